//! The service's time across restarts, and a system clock that is behind it.

use std::time::Duration;

use crate::audit::{self, Event};
use crate::command;
use crate::error::Error;
use crate::rerun;
use crate::service::Service;

/// How often the time is stored.
const PERIOD: Duration = Duration::from_secs(60);
/// How far the system's clock may be behind before it is reported, milliseconds.
const TOLERATED: u64 = 2 * 60 * 1_000;

/// Raises the service's time to the highest one that the database has seen. To be called before the first request.
///
/// # Errors
/// Internal errors: database.
pub async fn resume(service: &Service) -> Result<(), Error> {
    let seen = service.store.read().await?.highest_time().await?;
    service.clock.raise(seen);
    report(service, 0);
    Ok(())
}

/// Stores the service's time.
///
/// # Errors
/// Internal errors: database.
pub async fn save(service: &Service) -> Result<(), Error> {
    let save = async || {
        let mut tx = service.store.begin().await?;
        tx.save_time(service.clock.now()).await?;
        Ok(tx.commit().await?)
    };
    rerun::on_conflict(save).await
}

/// After a system clock that was ahead by mistake: the service's time is that of the system's clock again. All
/// sign-ins, sessions and queued messages end, since their times are those of the wrong clock; what was counted in
/// its future counts as now. No other process may use the database meanwhile.
///
/// # Errors
/// Internal errors: database.
pub async fn reset(service: &Service) -> Result<(), Error> {
    let now = service.clock.wall();
    let mut tx = service.store.begin().await?;
    tx.end_all(now).await?;
    tx.reset_time(now).await?;
    let event = Event::Command(command::CLOCK_RESET);
    audit::operator(&mut *tx, None, now, event).await?;
    tx.commit().await?;
    Ok(())
}

/// Stores the time every minute and reports a system clock that is behind, for as long as the service runs.
pub async fn run(service: Service) {
    let mut reported = behind(&service);
    loop {
        tokio::time::sleep(PERIOD).await;
        if let Err(error) = save(&service).await {
            tracing::error!(?error, "the time could not be stored");
        }
        reported = report(&service, reported);
    }
}

/// How far the system's clock is behind the service's time, milliseconds.
fn behind(service: &Service) -> u64 {
    service.clock.now().saturating_sub(service.clock.wall())
}

/// Reports a system clock that is behind further than `reported`. Gives how far it is behind.
fn report(service: &Service, reported: u64) -> u64 {
    let behind = behind(service);
    if behind > reported.saturating_add(TOLERATED) {
        tracing::error!(
            behind_seconds = behind / 1_000,
            "the system's clock was put back; the service keeps to the highest time seen \
             (todoita-server clock reset, if that time was wrong)"
        );
    }
    behind
}
