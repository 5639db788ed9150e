//! Deletes expired rows in the background, in small batches: no request waits for it.

use std::time::Duration;

use todoita::policy::{DAY, MONTH};
use tokio::time::Instant;

use crate::error::Error;
use crate::known_places;
use crate::service::Service;
use crate::store::Expired;

/// Expired rows are kept for a day, milliseconds: whoever looks for the cause of a complaint finds them, and gateways are judged by the
/// codes of a day. Events that limits count are kept so long, too.
pub const KEPT: u64 = DAY;
/// For how long it is known what became of a message, from when it was enqueued: seven days, in milliseconds.
const DELIVERIES_KEPT: u64 = 7 * DAY;
/// The most rows that are deleted in one transaction, and the fewest. In a large table each of them is on pages of its own, of the
/// table and of every index.
const MOST: u32 = 100;
const FEWEST: u32 = 10;
/// How long a transaction should take at most: SQLite's other writers wait for it.
const LONGEST: Duration = Duration::from_millis(4);
/// The time between two sweeps.
const PERIOD: Duration = Duration::from_secs(60);
/// The pause between two transactions, as a multiple of the time that the last one took: writers that wait get their turn.
const PAUSE: u32 = 4;

/// Deletes all rows that expired more than a day ago (failures expire when they count no more), and the entries of the audit log
/// that are older than the settings keep them.
///
/// # Errors
/// Internal errors: database.
pub async fn sweep(service: &Service) -> Result<(), Error> {
    let now = service.clock.now();
    let before = |kept: u64| now.saturating_sub(kept);
    let expired = Expired {
        before: before(KEPT),
        failures_before: before(MONTH + KEPT),
        places_before: before(known_places::LIFE + KEPT),
        deliveries_before: before(DELIVERIES_KEPT),
        audit_before: before(service.settings.audit_kept),
    };
    let mut rows = FEWEST;
    loop {
        let began = Instant::now();
        let more = service.store.sweep(expired, rows).await?;
        let took = began.elapsed();
        if !more {
            return Ok(());
        }
        rows = next_batch(rows, took);
        tokio::time::sleep(took * PAUSE).await;
    }
}

/// The rows of the next transaction after one of `rows` that took so long.
fn next_batch(rows: u32, took: Duration) -> u32 {
    if took > LONGEST {
        (rows / 2).max(FEWEST)
    } else if took < LONGEST / 4 {
        (rows * 2).min(MOST)
    } else {
        rows
    }
}

/// Sweeps every minute, for as long as the service runs.
pub async fn run(service: Service) {
    loop {
        if let Err(error) = sweep(&service).await {
            tracing::error!(?error, "expired rows could not be deleted");
        }
        tokio::time::sleep(PERIOD).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_smaller_after_a_long_transaction_and_larger_after_a_short_one() {
        assert_eq!(next_batch(MOST, LONGEST * 2), MOST / 2);
        assert_eq!(next_batch(FEWEST, LONGEST * 2), FEWEST);
        assert_eq!(next_batch(30, LONGEST), 30);
        assert_eq!(next_batch(30, LONGEST / 8), 60);
        assert_eq!(next_batch(MOST, Duration::ZERO), MOST);
    }
}
