//! Expiry, failures, locks and resending: pure rules over plain values.
//!
//! These functions store nothing. A server keeps the times in its database and asks what they mean at `now`.
//! Times are milliseconds since the Unix epoch, by the server's clock alone (RFC 6238 section 5.2 for the
//! window, NIST SP 800-63B-4 section 3.2.2 for the throttle).
//!
//! A clock that steps back must not open anything early: a time in the future counts as `now`, and a
//! wait that ends in the future is still a wait.
//!
//! ```
//! use todoita::policy::{CodeStatus, Gate, Limits, Sent, attempts_left, code_status, gate};
//!
//! let limits = Limits::default();
//! let now = 1_795_000_000_000;
//! // Five wrong codes, one a second: the fifth costs a wait of 30 seconds.
//! let failures = [now - 4_000, now - 3_000, now - 2_000, now - 1_000, now];
//! assert_eq!(gate(&failures, now, &limits), Gate::Wait { until: now + 30_000 });
//! assert_eq!(attempts_left(&failures, now, &limits), 5);
//!
//! // A code that was sent eleven minutes ago has expired.
//! let codes = [Sent { at: now - 11 * 60_000, consumed: false }];
//! assert_eq!(code_status(&codes, 0, now, &limits), CodeStatus::Expired);
//! ```

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;

/// Every limit of a code step. Durations are milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long a sent code is valid. NIST SP 800-63B-4 section 3.1.3.2 and OWASP ASVS 6.5.5 allow ten
    /// minutes at most.
    pub code_life: u64,
    /// How many of the newest sent codes stay valid, each within its own lifetime, so that a person whose
    /// messages arrive late is not always one code behind.
    pub codes_kept: usize,
    /// Failures in a row without a wait. The one after them costs [`Limits::first_wait`].
    pub free_failures: u32,
    /// The first wait; it doubles with each further failure, up to [`Limits::lock`].
    pub first_wait: u64,
    /// Failures within [`Limits::failures_within`] that lock the code step.
    pub failures: u32,
    /// The duration over which [`Limits::failures`] are counted.
    pub failures_within: u64,
    /// How long the code step stays locked.
    pub lock: u64,
    /// Failures within [`Limits::failures_within`] at which the code step stays locked until the oldest of them is
    /// that old.
    pub failures_per_day: u32,
    /// The same over 30 days (NIST SP 800-63B-4 section 3.2.2: at most 100). No success of another sign-in and no
    /// waiting makes room for more guesses than this.
    pub failures_per_month: u32,
    /// How long the next code on the same channel has to wait.
    pub resend_after: u64,
    /// Codes sent to one account within [`Limits::sends_within`].
    pub sends: u32,
    /// Codes sent to one destination (a phone number, a mail address), for all accounts.
    pub sends_per_destination: u32,
    /// Codes sent to one prefix of phone numbers or one mail domain, for all accounts: a limit on toll fraud with
    /// rented number ranges.
    pub sends_per_prefix: u32,
    /// Codes requested from one network address.
    pub sends_per_address: u32,
    /// The duration over which all sends are counted.
    pub sends_within: u64,
    /// Passwords tried for one name within [`Limits::passwords_within`], from all addresses. High, since it locks
    /// out the owner of the name too.
    pub passwords_per_name: u32,
    /// Passwords tried for one name from one network address.
    pub passwords_per_name_and_address: u32,
    /// Passwords tried from one network address.
    pub passwords_per_address: u32,
    /// The duration over which passwords are counted.
    pub passwords_within: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            code_life: 10 * MINUTE,
            codes_kept: 2,
            free_failures: 4,
            first_wait: 30 * SECOND,
            failures: 10,
            failures_within: 24 * HOUR,
            lock: HOUR,
            failures_per_day: 20,
            failures_per_month: 100,
            resend_after: 30 * SECOND,
            sends: 5,
            sends_per_destination: 10,
            sends_per_prefix: 100,
            sends_per_address: 60,
            sends_within: HOUR,
            passwords_per_name: 100,
            passwords_per_name_and_address: 10,
            passwords_per_address: 100,
            passwords_within: 15 * MINUTE,
        }
    }
}

/// Whether the code step accepts a code to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// It does.
    Open,
    /// Not before this time: the failures came too fast.
    Wait {
        /// When it opens.
        until: u64,
    },
    /// The code step is locked until this time.
    Locked {
        /// When it opens.
        until: u64,
    },
}

/// The duration over which [`Limits::failures_per_month`] are counted: failures older than this need not be kept.
pub const MONTH: u64 = 30 * 24 * HOUR;

/// Whether a code is accepted for comparison at `now`. `failures` are the times of an account's failures within
/// [`MONTH`], oldest first: for every kind of code, in every sign-in but those that succeeded. A success clears the
/// failures of its own sign-in alone, so that an owner who signs in does not make room for somebody who guesses.
pub fn gate(failures: &[u64], now: u64, limits: &Limits) -> Gate {
    let Some(&last) = failures.last() else {
        return Gate::Open;
    };
    let day = window(
        failures,
        limits.failures_per_day,
        limits.failures_within,
        now,
    );
    let month = window(failures, limits.failures_per_month, MONTH, now);
    if let Some(until) = day.max(month) {
        return Gate::Locked { until };
    }
    let recent = recent(failures, last, limits.failures_within);
    if recent >= limits.failures {
        let until = last.saturating_add(limits.lock);
        if now < until {
            return Gate::Locked { until };
        }
    } else if recent > limits.free_failures {
        let until = last.saturating_add(wait(recent, limits));
        if now < until {
            return Gate::Wait { until };
        }
    }
    Gate::Open
}

/// How many more codes may fail before the code step locks: the value of the attribute `attempts-left`. 0 only
/// during a lock. After a lock it is 1 until enough failures are older than [`Limits::failures_within`].
pub fn attempts_left(failures: &[u64], now: u64, limits: &Limits) -> u32 {
    match gate(failures, now, limits) {
        Gate::Locked { .. } => 0,
        Gate::Open | Gate::Wait { .. } => {
            let today = recent(failures, now, limits.failures_within);
            let month = recent(failures, now, MONTH);
            let left = [
                limits.failures.saturating_sub(today),
                limits.failures_per_day.saturating_sub(today),
                limits.failures_per_month.saturating_sub(month),
            ];
            left.into_iter().min().unwrap_or(0).max(1)
        }
    }
}

/// The wait after the n-th failure within a day.
fn wait(failures: u32, limits: &Limits) -> u64 {
    let doublings = failures.saturating_sub(limits.free_failures.saturating_add(1));
    1_u64
        .checked_shl(doublings)
        .map_or(limits.lock, |factor| {
            limits.first_wait.saturating_mul(factor)
        })
        .min(limits.lock)
}

/// How many failures are within the duration `within` that ends at `end`.
fn recent(failures: &[u64], end: u64, within: u64) -> u32 {
    let recent = failures
        .iter()
        .filter(|&&at| end.saturating_sub(at) < within);
    count(recent.count())
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A code that was sent for one sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// When it was sent.
    pub at: u64,
    /// Whether it was accepted.
    pub consumed: bool,
}

/// The status of a sent code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeStatus {
    /// It may be accepted.
    Live,
    /// It is older than [`Limits::code_life`].
    Expired,
    /// It, or another code of the same sign-in, was accepted; or newer codes have replaced it.
    Used,
}

/// The status of the code at `index` at `now`. `codes` are all codes sent for one sign-in, oldest first. An index
/// without a code is [`CodeStatus::Used`].
pub fn code_status(codes: &[Sent], index: usize, now: u64, limits: &Limits) -> CodeStatus {
    let Some(code) = codes.get(index) else {
        return CodeStatus::Used;
    };
    if codes.iter().any(|code| code.consumed) || codes.len() - index > limits.codes_kept {
        CodeStatus::Used
    } else if now.saturating_sub(code.at) >= limits.code_life {
        CodeStatus::Expired
    } else {
        CodeStatus::Live
    }
}

/// When the next code may be sent on a channel that was last used at `last`; `None` if it may be sent now.
pub fn resend_at(last: Option<u64>, now: u64, limits: &Limits) -> Option<u64> {
    last.map(|last| last.saturating_add(limits.resend_after))
        .filter(|&at| now < at)
}

/// A sliding window: `None` if one more event is allowed at `now`, otherwise the time from which it is.
/// `times` are the times of the earlier events, oldest first; `allowed` of them fit into `within` milliseconds.
pub fn window(times: &[u64], allowed: u32, within: u64, now: u64) -> Option<u64> {
    let recent = times.iter().filter(|&&at| now.saturating_sub(at) < within);
    let over = recent
        .clone()
        .count()
        .checked_sub(usize::try_from(allowed).unwrap_or(usize::MAX))?;
    // With `allowed` 0 there is never room; the time when the last event leaves is as good as any.
    let first_to_leave = recent
        .clone()
        .nth(over)
        .or(times.last())
        .copied()
        .unwrap_or(now);
    Some(first_to_leave.saturating_add(within))
}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;

    fn failures(n: u32) -> Vec<u64> {
        // One a second, regardless of the waits.
        (0..u64::from(n)).map(|i| i * SECOND).collect()
    }

    #[test]
    fn the_fifth_failure_costs_half_a_minute_and_each_further_one_twice_as_much() {
        let limits = Limits::default();
        let waits: Vec<u64> = (1..=9)
            .map(|n| {
                let failures = failures(n);
                let last = failures.last().copied().unwrap_or(0);
                match gate(&failures, last, &limits) {
                    Gate::Open => 0,
                    Gate::Wait { until } => (until - last) / SECOND,
                    other => panic!("failure {n}: {other:?}"),
                }
            })
            .collect();
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480]);
    }

    #[test]
    fn the_tenth_failure_of_a_day_locks_for_an_hour_and_each_one_after_it_too() {
        let limits = Limits::default();
        let mut times = failures(10);
        let last = 9 * SECOND;
        assert_eq!(
            gate(&times, last, &limits),
            Gate::Locked { until: last + HOUR }
        );
        assert_eq!(attempts_left(&times, last, &limits), 0);
        assert_eq!(gate(&times, last + HOUR, &limits), Gate::Open);
        assert_eq!(attempts_left(&times, last + HOUR, &limits), 1);
        times.push(last + HOUR);
        assert_eq!(
            gate(&times, last + HOUR, &limits),
            Gate::Locked {
                until: last + 2 * HOUR
            }
        );
    }

    #[test]
    fn a_wait_ends_at_its_last_millisecond_and_not_before() {
        let limits = Limits::default();
        let times = failures(5);
        let until = 4 * SECOND + 30 * SECOND;
        assert_eq!(gate(&times, until - 1, &limits), Gate::Wait { until });
        assert_eq!(gate(&times, until, &limits), Gate::Open);
    }

    #[test]
    fn a_failure_counts_for_a_day_and_not_a_millisecond_longer() {
        let limits = Limits::default();
        let day = limits.failures_within;
        assert_eq!(attempts_left(&[0], day - 1, &limits), 9);
        assert_eq!(attempts_left(&[0], day, &limits), 10);
    }

    #[test]
    fn attempts_left_is_ten_minus_the_failures() {
        let limits = Limits::default();
        let left: Vec<u32> = (0..=10)
            .map(|n| attempts_left(&failures(n), n.into(), &limits))
            .collect();
        assert_eq!(left, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    }

    #[test]
    fn the_twentieth_failure_of_a_day_locks_until_the_first_is_a_day_old() {
        let limits = Limits::default();
        let times: Vec<u64> = (0..20).map(|hour| hour * HOUR).collect();
        let day = 24 * HOUR;
        assert_eq!(gate(&times[1..], 20 * HOUR, &limits), Gate::Open);
        let locked = Gate::Locked { until: day };
        assert_eq!(gate(&times, 20 * HOUR, &limits), locked);
        assert_eq!(gate(&times, day - 1, &limits), locked);
        assert_eq!(gate(&times, day, &limits), Gate::Open);
        assert_eq!(attempts_left(&times, day, &limits), 1);
    }

    #[test]
    fn the_hundredth_failure_of_a_month_locks_until_the_first_is_a_month_old() {
        let limits = Limits::default();
        let times: Vec<u64> = (0..100).map(|n| n * 7 * HOUR).collect();
        let now = 29 * 24 * HOUR + 23 * HOUR;
        assert_eq!(gate(&times[1..], now, &limits), Gate::Open);
        assert_eq!(gate(&times, now, &limits), Gate::Locked { until: MONTH });
        assert_eq!(gate(&times, MONTH, &limits), Gate::Open);
    }

    #[test]
    fn the_newest_two_codes_are_live_until_one_is_accepted() {
        let limits = Limits::default();
        let sent = |at| Sent {
            at,
            consumed: false,
        };
        let mut codes = vec![sent(0), sent(40 * SECOND), sent(80 * SECOND)];
        let statuses = |codes: &[Sent], now| [0, 1, 2].map(|i| code_status(codes, i, now, &limits));
        assert_eq!(
            statuses(&codes, 90 * SECOND),
            [CodeStatus::Used, CodeStatus::Live, CodeStatus::Live]
        );
        let late = 10 * MINUTE + 40 * SECOND;
        assert_eq!(
            statuses(&codes, late - 1),
            [CodeStatus::Used, CodeStatus::Live, CodeStatus::Live]
        );
        assert_eq!(
            statuses(&codes, late),
            [CodeStatus::Used, CodeStatus::Expired, CodeStatus::Live]
        );
        codes[1].consumed = true;
        assert_eq!(statuses(&codes, 90 * SECOND), [CodeStatus::Used; 3]);
        assert_eq!(
            code_status(&codes, 3, 90 * SECOND, &limits),
            CodeStatus::Used
        );
    }

    #[test]
    fn a_window_returns_when_it_has_room_again() {
        assert_eq!(window(&[], 2, 10, 0), None);
        assert_eq!(window(&[1], 2, 10, 5), None);
        assert_eq!(window(&[1, 3], 2, 10, 5), Some(11));
        assert_eq!(window(&[1, 3], 2, 10, 11), None);
        assert_eq!(window(&[1, 3, 4], 2, 10, 5), Some(13));
        assert_eq!(window(&[4], 0, 10, 5), Some(14));
        assert_eq!(window(&[], 0, 10, 5), Some(15));
    }

    #[test]
    fn resending_waits_half_a_minute() {
        let limits = Limits::default();
        assert_eq!(resend_at(None, 5, &limits), None);
        assert_eq!(resend_at(Some(5), 5, &limits), Some(30_005));
        assert_eq!(resend_at(Some(5), 30_004, &limits), Some(30_005));
        assert_eq!(resend_at(Some(5), 30_005, &limits), None);
    }

    #[test]
    fn a_clock_that_steps_back_opens_nothing() {
        let limits = Limits::default();
        let times = failures(10);
        assert!(matches!(gate(&times, 0, &limits), Gate::Locked { .. }));
        assert!(window(&[50, 60], 2, 10, 5).is_some());
    }
}
