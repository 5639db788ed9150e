//! The sealed queue of messages, and the worker that hands them to the gateway.
//!
//! A message is enqueued in the transaction that stores its code, so a crash loses neither without the
//! other. Delivery happens at least once: the gateway recognises a repetition by the idempotency key.

use std::time::Duration;

use crate::crypto::key::Seal;
use crate::crypto::random;
use crate::delivery::Message;
use crate::error::Error;
use crate::service::Service;
use crate::store::{NewMessage, QueuedMessage, Transaction};

/// How long a claimed message is left to its worker, milliseconds: then it is delivered again.
const CLAIM: u64 = 30_000;
/// Messages claimed at a time.
const BATCH: u32 = 20;
/// How often the worker looks for messages that nobody announced: after a crash, or a failed delivery.
const POLL: Duration = Duration::from_secs(5);

/// Seals a message and enqueues it. `expires_at`: when its code expires.
///
/// # Errors
/// Internal errors: database, randomness.
pub async fn enqueue(
    service: &Service,
    tx: &mut dyn Transaction,
    message: &Message,
    now: u64,
    expires_at: u64,
) -> Result<(), Error> {
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
        sealed: &sealed,
        now,
        expires_at,
    })
    .await?;
    Ok(())
}

/// Delivers all messages that are due. Gives how many were delivered.
///
/// # Errors
/// Internal errors: database.
pub async fn deliver_due(service: &Service) -> Result<usize, Error> {
    // One at a time, so that a caller that returns knows that what was enqueued before was handed over.
    let _turn = service.delivery.turn.lock().await;
    let mut delivered = 0;
    loop {
        let now = service.clock.now();
        if !service.store.read().await?.has_due_messages(now).await? {
            return Ok(delivered);
        }
        let mut tx = service.store.begin().await?;
        let until = now.saturating_add(CLAIM);
        let claimed = tx.claim_messages(now, until, BATCH).await?;
        tx.commit().await?;
        let mut done = Vec::with_capacity(claimed.len());
        for queued in &claimed {
            if deliver_one(service, queued).await {
                done.push(queued.id);
            }
        }
        if done.is_empty() {
            continue;
        }
        let mut tx = service.store.begin().await?;
        for &id in &done {
            tx.remove_message(id).await?;
        }
        tx.commit().await?;
        delivered += done.len();
    }
}

/// Opens and delivers a message. `false` where it has to be delivered again later.
async fn deliver_one(service: &Service, queued: &QueuedMessage) -> bool {
    let key = queued.idempotency_key.as_str();
    let opened = service
        .key
        .open(Seal::Message, key.as_bytes(), &queued.sealed);
    let Some(message) = opened.and_then(|text| serde_json::from_slice::<Message>(&text).ok())
    else {
        tracing::error!(message = key, "a queued message does not open: dropped");
        return true;
    };
    match service.delivery.gateway.deliver(key, &message).await {
        Ok(receipt) => {
            tracing::info!(message = key, channel = message.channel.as_str(), receipt = ?receipt.id, "delivered");
            true
        }
        Err(error) => {
            tracing::warn!(message = key, %error, "a message was not delivered; it will be tried again");
            false
        }
    }
}

/// The worker: delivers whatever is enqueued, for as long as the service runs.
pub async fn run(service: Service) {
    loop {
        if let Err(error) = deliver_due(&service).await {
            tracing::error!(?error, "messages could not be delivered");
        }
        let _ = tokio::time::timeout(POLL, service.delivery.wake.notified()).await;
    }
}
