//! How many passwords the audit log records.
//!
//! Everything else that it records is bounded by the limits of the accounts. Passwords are not: their limits hold for each
//! name and network, and whoever has many networks would fill the disk. A password is recorded as wrong before it is checked, and
//! becomes right in its entry. Right ones have a budget of their own and give their share of the other one back: neither hides the
//! other.

use std::sync::{Arc, Mutex, PoisonError};

/// The span of a budget: an hour, in milliseconds.
const SPAN: u64 = 60 * 60 * 1_000;

/// The budget of this process. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct AuditBudget(Arc<Mutex<Hour>>);

#[derive(Debug, Default)]
struct Hour {
    /// When the span began, milliseconds since the Unix epoch.
    since: u64,
    counted: u32,
    right: u32,
    left_out: u32,
    warned: bool,
}

/// Whether an entry is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    /// It is.
    pub recorded: bool,
    /// How many entries the span before left out, if this is the first of a new one.
    pub left_out: u32,
}

impl AuditBudget {
    /// Takes an entry of a submitted password, which may be wrong. `allowed`: how many a span has.
    pub(crate) fn take_counted(&self, allowed: u32, now: u64) -> Share {
        let mut hour = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left_out = hour.pass(now);
        hour.take(allowed, left_out, |hour| &mut hour.counted)
    }

    /// Takes an entry of a right password in place of that which it took at `counted_at`, if it was `recorded`.
    pub(crate) fn take_right(
        &self,
        allowed: u32,
        (counted_at, recorded): (u64, bool),
        now: u64,
    ) -> Share {
        let mut hour = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left_out = hour.pass(now);
        if counted_at >= hour.since {
            let taken = if recorded {
                &mut hour.counted
            } else {
                &mut hour.left_out
            };
            *taken = taken.saturating_sub(1);
        }
        hour.take(allowed, left_out, |hour| &mut hour.right)
    }
}

impl Hour {
    /// Begins the next span where this one is over. Gives how many entries the span before left out.
    fn pass(&mut self, now: u64) -> u32 {
        if now < self.since.saturating_add(SPAN) {
            return 0;
        }
        let left_out = self.left_out;
        *self = Hour {
            since: now,
            ..Hour::default()
        };
        left_out
    }

    fn take(&mut self, allowed: u32, left_out: u32, of: fn(&mut Hour) -> &mut u32) -> Share {
        let count = of(self);
        let recorded = *count < allowed;
        if recorded {
            *count += 1;
        } else {
            if !self.warned {
                self.warned = true;
                tracing::warn!(
                    allowed,
                    "the audit log leaves out passwords for up to an hour"
                );
            }
            self.left_out = self.left_out.saturating_add(1);
        }
        Share { recorded, left_out }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_has_its_entries_and_the_next_one_states_how_many_were_left_out() {
        let budget = AuditBudget::default();
        let at = 10 * SPAN;
        let taken = |now| budget.take_counted(2, now);
        let share = |recorded, left_out| Share { recorded, left_out };
        assert_eq!(taken(at), share(true, 0));
        assert_eq!(taken(at + 1), share(true, 0));
        assert_eq!(taken(at + 2), share(false, 0));
        assert_eq!(taken(at + SPAN - 1), share(false, 0));
        assert_eq!(taken(at + SPAN), share(true, 2));
        assert_eq!(taken(at + SPAN + 1), share(true, 0));
    }

    #[test]
    fn a_right_password_takes_from_its_own_budget_and_gives_its_first_entry_back() {
        let budget = AuditBudget::default();
        let at = 10 * SPAN;
        let counted = |now| budget.take_counted(2, now).recorded;
        let right = |counted, now| budget.take_right(2, counted, now).recorded;
        assert_eq!([1, 2, 3].map(|n| counted(at + n)), [true, true, false]);
        assert!(right((at + 2, true), at + 4));
        assert!(right((at + 3, false), at + 5), "it was left out");
        assert_eq!([6, 7].map(|n| counted(at + n)), [true, false]);
        assert!(!right((at + 6, true), at + 8), "a third right one");
        assert!(counted(at + 9), "in its place");
        // A share of an earlier hour is not given back, and the first one of either kind states how many that hour left out.
        let next = at + 1 + SPAN;
        let first = budget.take_right(2, (at + 9, true), next);
        assert_eq!((first.recorded, first.left_out), (true, 2));
        let taken = [1, 2, 3].map(|n| counted(next + n));
        assert_eq!(taken, [true, true, false]);
    }
}
