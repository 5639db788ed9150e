//! Facts of a sign-in, from the server: kept and merged once for the field and the guide.

use alloc::string::String;
use core::num::NonZeroU64;

use crate::cause::Cause;
use crate::channel::Channel;

/// An instant of the server's clock: milliseconds since the Unix epoch, never 0.
pub type Instant = NonZeroU64;

/// Facts of a sign-in that the server gave in attributes or in answers. Its instants mean
/// something only beside `now`, the time at which they were sent, so that no clock of a phone is ever compared
/// with the server's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The server's time at which these facts held.
    pub now: Option<Instant>,
    /// Where the code went.
    pub channel: Option<Channel>,
    /// The masked destination: last digits of a number, or a masked address.
    pub destination: Option<String>,
    /// When the code was sent.
    pub sent_at: Option<Instant>,
    /// When the code expires.
    pub expires_at: Option<Instant>,
    /// From when another code may be asked for. `None`: the site does not offer it.
    pub resend_at: Option<Instant>,
    /// Failures that are left before the code step is locked.
    pub attempts_left: Option<u32>,
    /// From when the next attempt counts.
    pub retry_at: Option<Instant>,
    /// Why the last attempt was refused.
    pub cause: Option<Cause>,
    /// How many codes were sent after the first.
    pub resends: Option<u32>,
    /// The last request got no answer.
    pub unanswered: bool,
}

impl Facts {
    /// Takes over newer facts.
    ///
    /// - A newer cause and a newer `retry_at` replace the old ones even where they are missing: a refusal
    ///   and its wait are over with the next answer.
    /// - A destination counts only beside a channel; a channel without one has no known destination.
    /// - Everything else that is missing stays as it was.
    /// - Without `now`, newer instants count as missing.
    pub fn merge(&mut self, newer: Facts) {
        self.retry_at = None;
        if newer.now.is_some() {
            self.now = newer.now;
            self.sent_at = newer.sent_at.or(self.sent_at);
            self.expires_at = newer.expires_at.or(self.expires_at);
            self.resend_at = newer.resend_at.or(self.resend_at);
            self.retry_at = newer.retry_at;
        }
        if newer.channel.is_some() {
            self.channel = newer.channel;
            self.destination = newer.destination;
        }
        self.attempts_left = newer.attempts_left.or(self.attempts_left);
        self.cause = newer.cause;
        self.resends = newer.resends.or(self.resends);
        self.unanswered = newer.unanswered;
    }

    /// Milliseconds until `instant`, `elapsed` milliseconds after `now`; 0 where it is past or unknown. At
    /// most `u32::MAX` (49 days).
    pub fn until(&self, instant: Option<Instant>, elapsed: u32) -> u32 {
        span(ms(self.now).saturating_add(elapsed.into()), ms(instant))
    }

    /// Milliseconds from `begin`, or from `now` where `begin` is unknown or later, until `end`.
    pub fn whole_span(&self, begin: Option<Instant>, end: Option<Instant>) -> u32 {
        let now = ms(self.now);
        span(ms(begin.or(self.now)).min(now), ms(end))
    }
}

fn ms(instant: Option<Instant>) -> u64 {
    instant.map_or(0, Instant::get)
}

/// Milliseconds from `from` to `to`; 0 where `to` is earlier, at most `u32::MAX`.
// Not inlined: a hundred bytes of the field.
#[inline(never)]
fn span(from: u64, to: u64) -> u32 {
    u32::try_from(to.saturating_sub(from)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use alloc::borrow::ToOwned;

    use super::*;

    fn sent() -> Facts {
        Facts {
            now: Instant::new(1_000),
            channel: Some(Channel::Sms),
            destination: Some("5678".to_owned()),
            sent_at: Instant::new(1_000),
            expires_at: Instant::new(601_000),
            resend_at: Instant::new(31_000),
            attempts_left: Some(10),
            retry_at: Instant::new(5_000),
            cause: Some(Cause::Limited),
            resends: Some(2),
            unanswered: true,
        }
    }

    #[test]
    fn a_missing_fact_stays_but_for_cause_wait_and_lost_answer() {
        let mut facts = sent();
        facts.merge(Facts::default());
        let expected = Facts {
            retry_at: None,
            cause: None,
            unanswered: false,
            ..sent()
        };
        assert_eq!(facts, expected);
    }

    #[test]
    fn a_destination_belongs_to_its_channel() {
        let mut facts = sent();
        facts.merge(Facts {
            destination: Some("9999".to_owned()),
            ..Facts::default()
        });
        assert_eq!(facts.destination.as_deref(), Some("5678"));
        facts.merge(Facts {
            channel: Some(Channel::Email),
            ..Facts::default()
        });
        assert_eq!(
            (facts.channel, facts.destination),
            (Some(Channel::Email), None)
        );
    }

    #[test]
    fn instants_without_the_time_at_which_they_were_sent_are_ignored() {
        let mut facts = sent();
        facts.merge(Facts {
            now: None,
            ..sent()
        });
        assert_eq!(
            (facts.expires_at, facts.retry_at),
            (Instant::new(601_000), None)
        );
        let mut unknown = Facts::default();
        unknown.merge(Facts {
            now: None,
            ..sent()
        });
        assert_eq!((unknown.expires_at, unknown.now), (None, None));
    }

    #[test]
    fn spans_are_measured_on_the_servers_clock() {
        let facts = sent();
        assert_eq!(facts.until(facts.expires_at, 0), 600_000);
        assert_eq!(facts.until(facts.expires_at, 599_999), 1);
        assert_eq!(facts.until(facts.expires_at, 600_001), 0);
        assert_eq!(facts.until(None, 0), 0);
        assert_eq!(facts.until(Some(Instant::MAX), 0), u32::MAX);
        assert_eq!(facts.whole_span(Instant::new(500), facts.resend_at), 30_500);
        assert_eq!(facts.whole_span(None, facts.resend_at), 30_000);
        // A code that was sent in the future was sent now.
        assert_eq!(
            facts.whole_span(Instant::new(2_000), facts.resend_at),
            30_000
        );
    }
}
