//! Deletes expired rows in the background, in small batches: no request waits for it.

use std::time::Duration;

use crate::error::Error;
use crate::service::Service;

/// Expired rows are kept for a day: whoever looks for the cause of a complaint finds them.
const KEPT: u64 = 24 * 60 * 60 * 1_000;
/// Rows of each kind deleted in one transaction.
const BATCH: u32 = 200;
/// How often.
const PERIOD: Duration = Duration::from_secs(60);
/// Between two batches the writers that wait get their turn.
const PAUSE: Duration = Duration::from_millis(20);

/// Deletes all rows that expired more than a day ago.
///
/// # Errors
/// Internal errors: database.
pub async fn sweep(service: &Service) -> Result<(), Error> {
    let before = service.clock.now().saturating_sub(KEPT);
    while service.store.sweep(before, BATCH).await? {
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
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
