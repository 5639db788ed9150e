//! Failures: the waits and locks that follow from them.

use alloc::vec::Vec;

use super::{Limits, MONTH, window};

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

/// A failure at the code step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// When.
    pub at: u64,
    /// Whether its sign-in began in a known place: one in which the account has completed a sign-in before.
    pub known: bool,
}

/// Whether a code is accepted for comparison at `now`, in a sign-in that began in a known place or elsewhere.
/// `failures` are an account's failures within [`MONTH`], oldest first: for every kind of code, in every sign-in but
/// those that succeeded. A success clears the failures of its own sign-in alone, so that an owner who signs in does
/// not make room for somebody who guesses.
///
/// All failures together are limited by day and month. From elsewhere less than that is allowed, and waits and the
/// lock of an hour in a known place follow from the failures in known places alone: somebody who has the password
/// and guesses from elsewhere does not keep the owner out.
pub fn gate(failures: &[Failure], known: bool, now: u64, limits: &Limits) -> Gate {
    let all: Vec<u64> = failures.iter().map(|failure| failure.at).collect();
    let [per_day, per_month] = allowed(known, limits);
    let day = window(&all, per_day, limits.failures_within, now);
    let month = window(&all, per_month, MONTH, now);
    let counted = counted(failures, known);
    // The latest, which after a step back of the clock is not the last that was counted.
    let last = counted.iter().copied().max().unwrap_or(0);
    let recent = recent(&counted, last, limits.failures_within);
    let after_last = |wait: u64| Some(last.saturating_add(wait)).filter(|&until| now < until);
    let lock = (recent >= limits.failures)
        .then(|| after_last(limits.lock))
        .flatten();
    // All of them have to end.
    if let Some(until) = day.max(month).max(lock) {
        return Gate::Locked { until };
    }
    if recent > limits.free_failures
        && recent < limits.failures
        && let Some(until) = after_last(wait(recent, limits))
    {
        return Gate::Wait { until };
    }
    Gate::Open
}

/// How many more codes may fail before the code step locks: the value of the attribute `attempts-left`. 0 only
/// during a lock. After a lock it is 1 until enough failures are older than [`Limits::failures_within`].
pub fn attempts_left(failures: &[Failure], known: bool, now: u64, limits: &Limits) -> u32 {
    if let Gate::Locked { .. } = gate(failures, known, now, limits) {
        return 0;
    }
    let all: Vec<u64> = failures.iter().map(|failure| failure.at).collect();
    let [per_day, per_month] = allowed(known, limits);
    let day = limits.failures_within;
    let left = [
        (limits.failures).saturating_sub(recent(&counted(failures, known), now, day)),
        per_day.saturating_sub(recent(&all, now, day)),
        per_month.saturating_sub(recent(&all, now, MONTH)),
    ];
    left.into_iter().min().unwrap_or(0).max(1)
}

/// The failures of a day and of a month that are allowed.
fn allowed(known: bool, limits: &Limits) -> [u32; 2] {
    let kept = |kept: u32| if known { 0 } else { kept };
    [
        (limits.failures_per_day).saturating_sub(kept(limits.failures_per_day_kept)),
        (limits.failures_per_month).saturating_sub(kept(limits.failures_per_month_kept)),
    ]
}

/// The times of the failures from which waits follow.
fn counted(failures: &[Failure], known: bool) -> Vec<u64> {
    let counted = failures.iter().filter(|failure| failure.known || !known);
    counted.map(|failure| failure.at).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::limits::{HOUR, SECOND};

    fn elsewhere(at: u64) -> Failure {
        Failure { at, known: false }
    }

    fn in_known_place(at: u64) -> Failure {
        Failure { at, known: true }
    }

    /// In a known place, one a second, regardless of the waits.
    fn failures(n: u32) -> Vec<Failure> {
        let times = (0..u64::from(n)).map(|i| i * SECOND);
        times.map(in_known_place).collect()
    }

    #[test]
    fn the_fifth_failure_costs_half_a_minute_and_each_further_one_twice_as_much() {
        let limits = Limits::default();
        let waits: Vec<u64> = (1..=9)
            .map(|n| {
                let failures = failures(n);
                let last = u64::from(n - 1) * SECOND;
                match gate(&failures, true, last, &limits) {
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
            gate(&times, true, last, &limits),
            Gate::Locked { until: last + HOUR }
        );
        assert_eq!(attempts_left(&times, true, last, &limits), 0);
        assert_eq!(gate(&times, true, last + HOUR, &limits), Gate::Open);
        assert_eq!(attempts_left(&times, true, last + HOUR, &limits), 1);
        times.push(in_known_place(last + HOUR));
        assert_eq!(
            gate(&times, true, last + HOUR, &limits),
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
        assert_eq!(gate(&times, true, until - 1, &limits), Gate::Wait { until });
        assert_eq!(gate(&times, true, until, &limits), Gate::Open);
    }

    #[test]
    fn a_failure_counts_for_a_day_and_not_a_millisecond_longer() {
        let limits = Limits::default();
        let day = limits.failures_within;
        assert_eq!(
            attempts_left(&[in_known_place(0)], true, day - 1, &limits),
            9
        );
        assert_eq!(attempts_left(&[in_known_place(0)], true, day, &limits), 10);
    }

    #[test]
    fn attempts_left_is_ten_minus_the_failures() {
        let limits = Limits::default();
        let left: Vec<u32> = (0..=10)
            .map(|n| attempts_left(&failures(n), true, n.into(), &limits))
            .collect();
        assert_eq!(left, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    }

    #[test]
    fn the_twentieth_failure_of_a_day_locks_until_the_first_is_a_day_old() {
        let limits = Limits::default();
        let times: Vec<Failure> = (0..20).map(|hour| in_known_place(hour * HOUR)).collect();
        let day = 24 * HOUR;
        assert_eq!(gate(&times[1..], true, 20 * HOUR, &limits), Gate::Open);
        let locked = Gate::Locked { until: day };
        assert_eq!(gate(&times, true, 20 * HOUR, &limits), locked);
        assert_eq!(gate(&times, true, day - 1, &limits), locked);
        assert_eq!(gate(&times, true, day, &limits), Gate::Open);
        assert_eq!(attempts_left(&times, true, day, &limits), 1);
    }

    #[test]
    fn the_hundredth_failure_of_a_month_locks_until_the_first_is_a_month_old() {
        let limits = Limits::default();
        let times: Vec<Failure> = (0..100).map(|n| in_known_place(n * 7 * HOUR)).collect();
        let now = 29 * 24 * HOUR + 23 * HOUR;
        assert_eq!(gate(&times[1..], true, now, &limits), Gate::Open);
        assert_eq!(
            gate(&times, true, now, &limits),
            Gate::Locked { until: MONTH }
        );
        assert_eq!(gate(&times, true, MONTH, &limits), Gate::Open);
    }

    #[test]
    fn a_clock_that_steps_back_opens_nothing() {
        let limits = Limits::default();
        let times = failures(10);
        assert!(matches!(
            gate(&times, true, 0, &limits),
            Gate::Locked { .. }
        ));
    }

    #[test]
    fn failures_elsewhere_neither_lock_nor_delay_a_known_place_and_leave_room_there() {
        let limits = Limits::default();
        let mut times: Vec<Failure> = (0..15).map(|n| elsewhere(n * HOUR)).collect();
        let now = 15 * HOUR;
        // Elsewhere the day is over, and so is the month after 80.
        let until = 24 * HOUR;
        assert_eq!(gate(&times, false, now, &limits), Gate::Locked { until });
        assert_eq!(gate(&times, true, now, &limits), Gate::Open);
        assert_eq!(attempts_left(&times, true, now, &limits), 5);
        times.extend((0..5).map(|_| in_known_place(now)));
        assert_eq!(attempts_left(&times, true, now, &limits), 0);
        let month: Vec<Failure> = (0..80).map(|n| elsewhere(n * 8 * HOUR)).collect();
        let (now, until) = (80 * 8 * HOUR, MONTH);
        assert_eq!(gate(&month, false, now, &limits), Gate::Locked { until });
        assert_eq!(gate(&month, true, now, &limits), Gate::Open);
        // A failure in a known place counts elsewhere too.
        let known = failures(10);
        let gate = gate(&known, false, 10 * SECOND, &limits);
        assert!(matches!(gate, Gate::Locked { .. }), "{gate:?}");
    }

    #[test]
    fn the_latest_failure_counts_also_where_the_clock_was_put_back() {
        let limits = Limits {
            failures: 2,
            ..Limits::default()
        };
        let failures = [in_known_place(60 * SECOND), in_known_place(30 * SECOND)];
        let until = 60 * SECOND + HOUR;
        assert_eq!(
            gate(&failures, true, 31 * SECOND, &limits),
            Gate::Locked { until }
        );
    }
}
