//! The sealed queue of messages, and the workers that hand them to the gateways.
//!
//! A message is enqueued in the transaction that stores its code, so a crash loses neither without the
//! other. Delivery happens at least once: the gateway recognises a repetition by the idempotency key. An attempt that failed is
//! repeated after a growing wait, until the code has expired.

mod attempt; // a message in the gateway's hands
mod settle; // what becomes of it
mod worker; // claims messages and delivers them

pub use worker::{Workers, deliver_due};

use crate::crypto::key::Seal;
use crate::crypto::random;
use crate::delivery::Message;
use crate::error::Error;
use crate::rerun;
use crate::service::Service;
use crate::store::{DeliveryReport, DeliveryState, NewMessage, QueueLength, Transaction};

/// Seals a message and enqueues it. Gives its idempotency key. `expires_at`: when its code expires; from then on it is not
/// delivered.
///
/// # Errors
/// Internal errors: database, randomness.
pub async fn enqueue(
    service: &Service,
    tx: &mut dyn Transaction,
    message: &Message,
    now: u64,
    expires_at: u64,
) -> Result<String, Error> {
    let idempotency_key = random::idempotency_key()?;
    let text = zeroize::Zeroizing::new(
        serde_json::to_vec(message)
            .map_err(|_| Error::Internal("a message could not be written"))?,
    );
    let sealed = service
        .key
        .seal(Seal::Message, idempotency_key.as_bytes(), &text)?;
    tx.enqueue(NewMessage {
        idempotency_key: &idempotency_key,
        channel: message.channel,
        sealed: &sealed,
        now,
        expires_at,
    })
    .await?;
    Ok(idempotency_key)
}

/// How many messages wait, and since when: a metric.
///
/// # Errors
/// Internal errors: database.
pub async fn length(service: &Service) -> Result<QueueLength, Error> {
    let now = service.clock.now();
    Ok(service.store.read().await?.queue_length(now).await?)
}

/// Stores what a gateway reports on a message. Reports may come twice and in any order ([`DeliveryState`]). `false` where
/// there is no such message, or none any more.
///
/// # Errors
/// Internal errors: database.
pub async fn report(
    service: &Service,
    idempotency_key: &str,
    state: DeliveryState,
) -> Result<bool, Error> {
    let known = rerun::on_conflict(|| store_report(service, idempotency_key, state)).await?;
    if known {
        let state = state.as_str();
        tracing::info!(id = idempotency_key, state, "a gateway has reported");
    }
    Ok(known)
}

async fn store_report(
    service: &Service,
    idempotency_key: &str,
    state: DeliveryState,
) -> Result<bool, Error> {
    let mut tx = service.store.begin().await?;
    if state == DeliveryState::Delivered {
        // Its answer may have been lost: then it would be delivered again. First, as a worker does it: none waits for the other.
        tx.remove_delivered(idempotency_key).await?;
    }
    let known = tx.report_delivery(DeliveryReport {
        idempotency_key,
        state,
        gateway_id: None,
        now: service.clock.now(),
    });
    let known = known.await?;
    tx.commit().await?;
    Ok(known)
}
