//! The alarm of the budget for messages that cost money (SMS, calls).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How often the alarm is repeated at most: an hour, in milliseconds.
const PERIOD: u64 = 60 * 60 * 1_000;

/// Raises the alarm. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct PaidBudget {
    /// Messages refused since the start.
    refused: Arc<AtomicU64>,
    /// When the alarm may be raised again, milliseconds since the Unix epoch.
    next_alarm: Arc<AtomicU64>,
}

impl PaidBudget {
    /// A message was refused: `budget` messages were sent within the last hour (or what is configured). The first one
    /// of an hour raises the alarm, a line at the level `error`; gives whether it did.
    pub(crate) fn refuse(&self, budget: u32, now: u64) -> bool {
        let refused = self.refused.fetch_add(1, Ordering::Relaxed) + 1;
        let due = self.next_alarm.load(Ordering::Relaxed);
        let next = now.saturating_add(PERIOD);
        let raised = now >= due
            && (self.next_alarm)
                .compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        if raised {
            tracing::error!(
                budget,
                refused,
                "the budget for SMS and calls is exhausted: none are sent until it has room"
            );
        }
        raised
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alarm_of_the_budget_for_sms_and_calls_is_raised_once_an_hour() {
        let budget = PaidBudget::default();
        for (now, raised) in [
            (5, true),
            (6, false),
            (PERIOD + 4, false),
            (PERIOD + 5, true),
            (PERIOD + 6, false),
        ] {
            assert_eq!(budget.refuse(1, now), raised, "{now}");
        }
    }
}
