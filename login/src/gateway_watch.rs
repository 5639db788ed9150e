//! Logs when something is wrong with a gateway, and when that is over: for an operator without metrics.

use std::time::Duration;

use todoita::channel::Channel;

use crate::gateway_health::{self, Alarm, Doubt};
use crate::service::Service;

/// How often.
const PERIOD: Duration = Duration::from_secs(60);

/// Watches every minute, for as long as the service runs.
pub async fn run(service: Service) {
    let mut known = Vec::new();
    loop {
        match gateway_health::alarms(&service).await {
            Ok(alarms) => {
                let wrong = wrong(&alarms);
                for (channel, is) in added(&known, &wrong) {
                    let channel = channel.as_str();
                    tracing::error!(channel, is, "something is wrong with a gateway");
                }
                for (channel, is) in added(&wrong, &known) {
                    let channel = channel.as_str();
                    tracing::info!(channel, is, "over: something was wrong with a gateway");
                }
                known = wrong;
            }
            Err(error) => tracing::error!(?error, "the gateways could not be watched"),
        }
        tokio::time::sleep(PERIOD).await;
    }
}

/// Each channel and what is wrong with its gateway: `down`, or the name of a doubt.
fn wrong(alarms: &[Alarm]) -> Vec<(Channel, &'static str)> {
    let of = |alarm: &Alarm| {
        let down = alarm.down.then_some("down");
        let doubt = alarm.doubt.map(Doubt::as_str);
        let channel = alarm.channel;
        let both = down.into_iter().chain(doubt);
        both.map(move |is| (channel, is))
    };
    alarms.iter().flat_map(of).collect()
}

/// Those of `now` that are not in `before`.
fn added<'a>(
    before: &'a [(Channel, &'static str)],
    now: &'a [(Channel, &'static str)],
) -> impl Iterator<Item = (Channel, &'static str)> {
    let is_new = |it: &&(Channel, &str)| !before.contains(it);
    now.iter().filter(is_new).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_gateway_is_logged_once_and_again_when_it_is_over() {
        let alarm = |down, doubt| Alarm {
            channel: Channel::Sms,
            down,
            doubt,
        };
        let fine = wrong(&[alarm(false, None)]);
        let down = wrong(&[alarm(true, None)]);
        let both = wrong(&[alarm(true, Some(Doubt::Silent))]);
        let names =
            |before: &[_], now: &[_]| -> Vec<_> { added(before, now).map(|(_, is)| is).collect() };
        assert_eq!(names(&fine, &down), ["down"]);
        assert!(names(&down, &down).is_empty());
        assert_eq!(names(&down, &both), ["silent"]);
        assert_eq!(names(&fine, &both), ["down", "silent"]);
        assert!(names(&both, &fine).is_empty());
    }
}
