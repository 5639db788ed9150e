//! How many passwords the audit log records.
//!
//! Everything else that it records is bounded by the limits of the accounts. Passwords are not: their limits hold for each
//! name and network, and whoever has many networks would fill the disk. Right ones have a budget of their own, so that wrong
//! ones do not hide them.

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
    left_out: u64,
}

/// Whether an entry is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    /// It is.
    pub recorded: bool,
    /// How many entries the span before left out, if this is the first of a new one.
    pub left_out: u64,
}

impl AuditBudget {
    /// Takes an entry of a submitted password. `allowed`: how many a span has.
    pub(crate) fn take_counted(&self, allowed: u32, now: u64) -> Share {
        self.take(allowed, now, |hour| &mut hour.counted)
    }

    /// Takes an entry of a right password.
    pub(crate) fn take_right(&self, allowed: u32, now: u64) -> Share {
        self.take(allowed, now, |hour| &mut hour.right)
    }

    fn take(&self, allowed: u32, now: u64, of: fn(&mut Hour) -> &mut u32) -> Share {
        let mut hour = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left_out = 0;
        if now >= hour.since.saturating_add(SPAN) {
            left_out = hour.left_out;
            *hour = Hour {
                since: now,
                ..Hour::default()
            };
        }
        let count = of(&mut hour);
        let recorded = *count < allowed;
        if recorded {
            *count += 1;
        } else {
            if hour.left_out == 0 {
                tracing::warn!(
                    allowed,
                    "the audit log leaves out passwords for up to an hour"
                );
            }
            hour.left_out += 1;
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
        assert_eq!(
            budget.take_right(2, at + 3),
            share(true, 0),
            "its own budget"
        );
        assert_eq!(taken(at + SPAN), share(true, 2));
        assert_eq!(taken(at + SPAN + 1), share(true, 0));
    }
}
