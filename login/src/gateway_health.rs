//! Which channels have a gateway that is down, so that people who wait for a code by them are offered the other methods; and
//! which have one that takes messages and may not deliver them, so that a notice says so.
//!
//! The database counts the failures of each gateway, so that all machines agree: those of all its channels together, since a
//! gateway that is dead is dead for each of them, and those of each channel, since one may fail while others are answered. A
//! gateway that fails is tried again with the messages that wait: codes at the latest after a minute, notices after 15. As long as
//! codes wait for it, the last failure is recent.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use todoita::channel::Channel;

pub use crate::delivery::Doubt;
use crate::delivery::{Delivery, RecentDoubts, SENT};
use crate::error::Error;
use crate::service::Service;
use crate::store::{NewestCodes, PassedCode, Snapshot};

/// Failures one after the other from which on a gateway counts as down.
const DOWN_AFTER: u64 = 3;
/// For how long a gateway counts as down after its last failure, milliseconds. Then it is tried with a new message.
const DOWN_FOR: u64 = 5 * 60 * 1_000;

/// The newest codes of a gateway by which it is judged.
const NEWEST: usize = 20;
/// The least number of different accounts among these codes, so that nobody alone raises an alarm.
const PEOPLE: usize = 10;
/// How old they may be, milliseconds. Sign-ins are kept with their codes until a day after their expiry, also those that were ended
/// before it.
const WITHIN: u64 = 24 * 60 * 60 * 1_000;

/// The channels whose gateway is down at `now` (milliseconds since the Unix epoch).
///
/// # Errors
/// Internal errors: database.
pub async fn down(
    delivery: &Delivery,
    db: &mut dyn Snapshot,
    now: u64,
) -> Result<Vec<Channel>, Error> {
    let mut failing = db.gateway_failures().await?;
    failing.retain(|it| it.failures >= DOWN_AFTER && now.saturating_sub(it.failed_at) < DOWN_FOR);
    let is_down = |channel: &Channel| {
        let gateway = delivery.gateway(*channel);
        failing.iter().any(|it| {
            gateway.as_deref() == Some(&it.gateway) && it.channel.is_none_or(|of| of == *channel)
        })
    };
    Ok(SENT.into_iter().filter(is_down).collect())
}

/// The channels whose gateway may not deliver what it takes at `now` (milliseconds since the Unix epoch), by its codes of the
/// last day: those of the channel, or else those of all channels of the gateway.
///
/// # Errors
/// Internal errors: database.
pub async fn doubts(
    service: &Service,
    db: &mut dyn Snapshot,
    now: u64,
) -> Result<Vec<(Channel, Doubt)>, Error> {
    let mut all = Vec::new();
    for channel in SENT {
        let Some(gateway) = service.delivery.gateway(channel) else {
            continue;
        };
        let codes = NewestCodes {
            gateway: &gateway,
            channel,
            after: now.saturating_sub(WITHIN),
            expired_until: now.saturating_sub(service.settings.limits.code_life),
            limit: u32::try_from(NEWEST).unwrap_or(u32::MAX),
        };
        let codes = db.newest_codes(codes).await?;
        all.push((channel, gateway, codes));
    }
    let of_gateway = |name: &str| {
        let own = all.iter().filter(|(_, gateway, _)| gateway == name);
        let mut codes: Vec<PassedCode> = own.flat_map(|(_, _, codes)| codes).copied().collect();
        codes.sort_by_key(|code| Reverse(code.sent_at));
        codes.truncate(NEWEST);
        judge(&codes)
    };
    let doubts = all.iter().filter_map(|(channel, gateway, codes)| {
        let doubt = judge(codes).or_else(|| of_gateway(gateway))?;
        Some((*channel, doubt))
    });
    Ok(doubts.collect())
}

/// For how long an answer is kept, milliseconds.
const KEPT: u64 = 5_000;

/// The same, as it was at most five seconds ago: for pages. Whoever waits for a code asks again and again, and the answer is the
/// same for all of them; it is worked out from all codes of the last minutes.
///
/// # Errors
/// Internal errors: database.
pub async fn recent_doubts(
    service: &Service,
    db: &mut dyn Snapshot,
    now: u64,
) -> Result<Vec<(Channel, Doubt)>, Error> {
    // Held while the database is asked: of many who ask at once, one asks it.
    let mut kept = service.delivery.doubts.lock().await;
    if let Some(kept) = &*kept
        && now.saturating_sub(kept.at) < KEPT
    {
        return Ok(kept.doubts.clone());
    }
    let doubts = doubts(service, db, now).await?;
    *kept = Some(RecentDoubts {
        at: now,
        doubts: doubts.clone(),
    });
    Ok(doubts)
}

/// Judges a gateway by its newest codes, at most [`NEWEST`].
fn judge(codes: &[PassedCode]) -> Option<Doubt> {
    let people = |which: &dyn Fn(&PassedCode) -> bool| {
        let accounts = codes.iter().filter(|code| which(code));
        let accounts: BTreeSet<_> = accounts.map(|code| code.account).collect();
        accounts.len()
    };
    if people(&|code| code.failed) >= PEOPLE {
        return Some(Doubt::Failing);
    }
    let none_entered = codes.iter().all(|code| !code.entered);
    let silent = codes.len() == NEWEST && none_entered && people(&|_| true) >= PEOPLE;
    silent.then_some(Doubt::Silent)
}

/// Each channel that has a gateway, with whether it is down and whether it is doubted: metrics.
///
/// # Errors
/// Internal errors: database.
pub async fn alarms(service: &Service) -> Result<Vec<Alarm>, Error> {
    let now = service.clock.now();
    let mut db = service.store.read().await?;
    let down = down(&service.delivery, &mut *db, now).await?;
    let doubts = doubts(service, &mut *db, now).await?;
    let with_gateway = SENT
        .into_iter()
        .filter(|channel| service.delivery.delivers(*channel));
    let alarm = |channel| Alarm {
        channel,
        down: down.contains(&channel),
        doubt: (doubts.iter().find(|(of, _)| *of == channel)).map(|(_, doubt)| *doubt),
    };
    Ok(with_gateway.map(alarm).collect())
}

/// The known troubles of the gateway of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// The channel.
    pub channel: Channel,
    /// Whether it is down.
    pub down: bool,
    /// Why it may not deliver what it takes.
    pub doubt: Option<Doubt>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(
        count: usize,
        people: usize,
        change: impl Fn(usize, &mut PassedCode),
    ) -> Vec<PassedCode> {
        let code = |place: usize| {
            let mut code = PassedCode {
                account: i64::try_from(place % people).unwrap_or(0),
                sent_at: 0,
                entered: false,
                failed: false,
            };
            change(place, &mut code);
            code
        };
        (0..count).map(code).collect()
    }

    #[test]
    fn a_gateway_is_silent_if_none_of_twenty_codes_to_ten_people_was_entered() {
        let lost = |count, people| judge(&codes(count, people, |_, _| {}));
        assert_eq!(lost(20, 10), Some(Doubt::Silent));
        assert_eq!(lost(19, 10), None);
        assert_eq!(lost(20, 9), None);
        let one = codes(20, 20, |place, code| code.entered = place == 19);
        assert_eq!(judge(&one), None);
    }

    #[test]
    fn a_gateway_is_failing_if_the_codes_to_ten_people_have_failed() {
        let failed = |failed, people| {
            judge(&codes(20, people, |place, code| {
                code.failed = place < failed;
                code.entered = !code.failed;
            }))
        };
        assert_eq!(failed(10, 20), Some(Doubt::Failing));
        assert_eq!(failed(9, 20), None);
        assert_eq!(failed(20, 9), None);
    }
}
