//! The alarm of the budget for messages that cost money (SMS, calls).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How often the alarm is repeated at most: an hour, in milliseconds.
const PERIOD: u64 = 60 * 60 * 1_000;

/// Counts the messages that the budget refused, and raises the alarm. Clones share the counts.
#[derive(Clone, Debug, Default)]
pub struct PaidBudget {
    refused: Arc<AtomicU64>,
    alarms: Arc<AtomicU64>,
    /// When the alarm may be raised again, milliseconds since the Unix epoch.
    next_alarm: Arc<AtomicU64>,
}

impl PaidBudget {
    /// Messages refused since the start: a metric.
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// Alarms raised since the start.
    pub fn alarms(&self) -> u64 {
        self.alarms.load(Ordering::Relaxed)
    }

    /// A message was refused: `budget` messages were sent within the last hour (or what is configured). The first one
    /// of an hour writes a line at the level `error`.
    pub(crate) fn refuse(&self, budget: u32, now: u64) {
        let refused = self.refused.fetch_add(1, Ordering::Relaxed) + 1;
        let due = self.next_alarm.load(Ordering::Relaxed);
        let next = now.saturating_add(PERIOD);
        let raised = now >= due
            && (self.next_alarm)
                .compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        if raised {
            self.alarms.fetch_add(1, Ordering::Relaxed);
            tracing::error!(
                budget,
                refused,
                "the budget for SMS and calls is exhausted: none are sent until it has room"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alarm_is_raised_once_an_hour() {
        let budget = PaidBudget::default();
        for now in [5, 6, PERIOD + 4, PERIOD + 5, PERIOD + 6] {
            budget.refuse(1, now);
        }
        assert_eq!((budget.refused(), budget.alarms()), (5, 2));
    }
}
