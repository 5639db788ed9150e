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
//! use todoita::policy::{CodeStatus, Failure, Gate, Limits, Sent, attempts_left, code_status, gate};
//!
//! let limits = Limits::default();
//! let now = 1_795_000_000_000;
//! // Five wrong codes, one a second: the fifth costs a wait of 30 seconds.
//! let failures = [4_000, 3_000, 2_000, 1_000, 0].map(|ago| Failure { at: now - ago, known: false });
//! assert_eq!(gate(&failures, false, now, &limits), Gate::Wait { until: now + 30_000 });
//! assert_eq!(attempts_left(&failures, false, now, &limits), 5);
//!
//! // A code that was sent eleven minutes ago has expired.
//! let codes = [Sent { at: now - 11 * 60_000, consumed: false }];
//! assert_eq!(code_status(&codes, 0, now, &limits), CodeStatus::Expired);
//! ```

mod failures; // what follows from failures
mod limits; // the limits and their defaults

pub use failures::{Failure, Gate, attempts_left, gate};
pub use limits::{DAY, Limits, MONTH};

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

    use super::limits::{MINUTE, SECOND};
    use super::*;

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
    fn a_window_in_the_future_is_full() {
        assert!(window(&[50, 60], 2, 10, 5).is_some());
    }
}
