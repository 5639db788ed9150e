//! An attempt to deliver a message.

use crate::crypto::key::{Seal, Unopened};
use crate::delivery::{About, DeliveryError, Message};
use crate::measure;
use crate::service::Service;
use crate::store::QueuedMessage;

/// The outcome of an attempt.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The gateway has taken the message.
    Taken { gateway_id: Option<String> },
    /// The gateway will never take it.
    Refused,
    /// The gateway could not take it now. `after`: the shortest wait that it asked for, milliseconds.
    Later { after: u64, about: About },
    /// Its code had expired.
    Expired,
    /// It does not open with the keys that this service has now.
    Closed,
    /// It is not a message.
    Malformed,
}

/// Opens and delivers a message.
pub(super) async fn deliver(service: &Service, queued: &QueuedMessage) -> Outcome {
    let key = queued.idempotency_key.as_str();
    if service.clock.now() >= queued.expires_at {
        tracing::warn!(id = key, "given up: its code has expired");
        return Outcome::Expired;
    }
    let opened = service
        .key
        .open(Seal::Message, key.as_bytes(), &queued.sealed);
    let text = match opened {
        Ok(text) => text,
        Err(why) => {
            tracing::error!(id = key, %why, "a queued message does not open");
            // With a key that was left out by mistake it is delivered later; else it expires.
            return if why == Unopened::Invalid {
                Outcome::Malformed
            } else {
                Outcome::Closed
            };
        }
    };
    let Ok(message) = serde_json::from_slice::<Message>(&text) else {
        tracing::error!(id = key, "a queued message is malformed: dropped");
        return Outcome::Malformed;
    };
    let channel = message.channel.as_str();
    let attempt = service.delivery.gateway.deliver(key, &message);
    let attempt = tokio::time::timeout(service.delivery.timeout, attempt).await;
    match attempt.unwrap_or_else(|_| Err(DeliveryError::later("the gateway did not answer"))) {
        Ok(receipt) => {
            measure::delivered(message.channel, message.at, service.clock.now());
            tracing::info!(id = key, channel, receipt = ?receipt.id, "delivered");
            Outcome::Taken {
                gateway_id: receipt.id,
            }
        }
        Err(error @ DeliveryError::Never(_)) => {
            tracing::error!(id = key, channel, %error, "a message was refused by the gateway: given up");
            Outcome::Refused
        }
        Err(DeliveryError::Later { why, after, about }) => {
            tracing::warn!(id = key, channel, error = %why, attempt = queued.claims, "a message was not delivered; it will be tried again");
            let after = after.map_or(0, |after| {
                u64::try_from(after.as_millis()).unwrap_or(u64::MAX)
            });
            Outcome::Later { after, about }
        }
    }
}
