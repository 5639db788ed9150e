//! The sealed queue of messages, and the workers that hand them to the gateways.
//!
//! A message is enqueued in the transaction that stores its code, so a crash loses neither without the
//! other. Delivery happens at least once: the gateway recognises a repetition by the idempotency key. An attempt that failed is
//! repeated after a growing wait, until the code has expired.

use std::time::Duration;

use todoita::channel::Channel;
use tokio::task::JoinSet;

use crate::backoff;
use crate::crypto::key::{Seal, Unopened};
use crate::crypto::random;
use crate::delivery::{DeliveryError, Lane, Message};
use crate::error::Error;
use crate::measure;
use crate::service::Service;
use crate::store::{
    DeliveryReport, DeliveryState, NewMessage, QueueLength, QueuedMessage, Transaction,
};

/// How long a claimed message is left to its worker, milliseconds: then it is delivered again.
const CLAIM: u64 = 30_000;
/// Messages of a channel that are claimed and delivered at a time.
const BATCH: u32 = 20;
/// How often a worker looks for messages that nobody announced: those of another machine, or of a worker that crashed.
const POLL: Duration = Duration::from_secs(5);
/// The shortest time until a worker looks again, milliseconds: another machine may be claiming the messages that are due.
const SHORTEST_POLL: u64 = 100;

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
    let mut tx = service.store.begin().await?;
    let known = tx.report_delivery(DeliveryReport {
        idempotency_key,
        state,
        gateway_id: None,
        now: service.clock.now(),
    });
    let known = known.await?;
    if state == DeliveryState::Delivered {
        // Its answer may have been lost: then it would be delivered again.
        tx.remove_delivered(idempotency_key).await?;
    }
    tx.commit().await?;
    if known {
        let state = state.as_str();
        tracing::info!(id = idempotency_key, state, "a gateway has reported");
    }
    Ok(known)
}

/// Delivers all messages that are due. Gives how many a gateway has taken.
///
/// # Errors
/// Internal errors: database.
pub async fn deliver_due(service: &Service) -> Result<usize, Error> {
    let mut workers = JoinSet::new();
    for place in 0..service.delivery.lanes.len() {
        let service = service.clone();
        workers.spawn(async move { deliver_lane(&service, &service.delivery.lanes[place]).await });
    }
    let mut taken = 0;
    for done in workers.join_all().await {
        taken += done?.taken;
    }
    Ok(taken)
}

/// The work that a worker has done.
#[derive(Debug, Default)]
struct Delivered {
    /// How many messages the gateway has taken.
    taken: usize,
    /// From when the next one is due.
    next_due: Option<u64>,
}

async fn deliver_lane(service: &Service, lane: &Lane) -> Result<Delivered, Error> {
    // One at a time, so that a caller that returns knows that what was enqueued before was handed over.
    let _turn = lane.turn.lock().await;
    let mut taken = 0;
    loop {
        let now = service.clock.now();
        let next_due = (service.store.read().await?)
            .next_due_message(&lane.channels)
            .await?;
        let done = Delivered { taken, next_due };
        if next_due.is_none_or(|due| due > now) {
            return Ok(done);
        }
        let mut tx = service.store.begin().await?;
        let until = now.saturating_add(CLAIM);
        let claimed = (tx.claim_messages(&lane.channels, now, until, BATCH)).await?;
        tx.commit().await?;
        if claimed.is_empty() {
            // Another machine is claiming them.
            return Ok(done);
        }
        taken += deliver_claimed(service, lane, claimed).await?;
    }
}

/// Delivers messages, side by side unless the gateway wants them in order, and stores what became of them. Gives how many the
/// gateway has taken.
async fn deliver_claimed(
    service: &Service,
    lane: &Lane,
    claimed: Vec<QueuedMessage>,
) -> Result<usize, Error> {
    let mut outcomes = Vec::with_capacity(claimed.len());
    if service.delivery.gateway.in_order() {
        for queued in claimed {
            let outcome = deliver_one(service, &queued).await;
            outcomes.push((queued, outcome));
        }
    } else {
        let mut deliveries = JoinSet::new();
        for queued in claimed {
            let service = service.clone();
            deliveries.spawn(async move {
                let outcome = deliver_one(&service, &queued).await;
                (queued, outcome)
            });
        }
        while let Some(attempt) = deliveries.join_next().await {
            match attempt {
                Ok(outcome) => outcomes.push(outcome),
                // Its claim ends by itself.
                Err(error) => tracing::error!(%error, "an attempt to deliver broke off"),
            }
        }
    }
    let now = service.clock.now();
    let mut tx = service.store.begin().await?;
    for (queued, outcome) in &outcomes {
        settle(&mut *tx, queued, outcome, now).await?;
    }
    for &channel in &lane.channels {
        if let Some(gateway) = service.delivery.gateway(channel) {
            count_failures(&mut *tx, (&gateway, channel), &outcomes, now).await?;
        }
    }
    tx.commit().await?;
    let taken = |outcome: &Outcome| matches!(outcome, Outcome::Taken { .. });
    Ok(outcomes
        .iter()
        .filter(|(_, outcome)| taken(outcome))
        .count())
}

/// Counts the attempts for a channel that its gateway has failed. One that it answered begins the count again.
async fn count_failures(
    tx: &mut dyn Transaction,
    (gateway, channel): (&str, Channel),
    outcomes: &[(QueuedMessage, Outcome)],
    now: u64,
) -> Result<(), Error> {
    let mut failed = 0;
    for (_, outcome) in outcomes
        .iter()
        .filter(|(queued, _)| queued.channel == Some(channel))
    {
        match outcome {
            Outcome::Taken { .. } | Outcome::Refused => {
                tx.count_gateway_failures(gateway, channel, 0, now).await?;
                return Ok(());
            }
            Outcome::Later { .. } => failed += 1,
            Outcome::Expired | Outcome::Closed | Outcome::Malformed => {}
        }
    }
    if failed > 0 {
        tx.count_gateway_failures(gateway, channel, failed, now)
            .await?;
    }
    Ok(())
}

/// The outcome of an attempt.
#[derive(Debug)]
enum Outcome {
    /// The gateway has taken the message.
    Taken { gateway_id: Option<String> },
    /// The gateway will never take it.
    Refused,
    /// The gateway could not take it now. `after`: the shortest wait that it asked for, milliseconds.
    Later { after: u64 },
    /// Its code had expired.
    Expired,
    /// It does not open with the keys that this service has now.
    Closed,
    /// It is not a message.
    Malformed,
}

/// Stores what became of an attempt.
async fn settle(
    tx: &mut dyn Transaction,
    queued: &QueuedMessage,
    outcome: &Outcome,
    now: u64,
) -> Result<(), Error> {
    let mut gateway_id = None;
    let mut after = 0;
    let mut state = match outcome {
        Outcome::Taken { gateway_id: id } => {
            gateway_id = id.as_deref();
            Some(DeliveryState::Taken)
        }
        Outcome::Refused | Outcome::Malformed => Some(DeliveryState::Failed),
        Outcome::Expired => Some(DeliveryState::Expired),
        Outcome::Later { after: wanted } => {
            after = *wanted;
            None
        }
        Outcome::Closed => None,
    };
    if state.is_none() && now >= queued.expires_at {
        tracing::warn!(
            id = queued.idempotency_key,
            "given up: its code has expired"
        );
        state = Some(DeliveryState::Expired);
    }
    let Some(state) = state else {
        let random = u32::from_be_bytes(random::bytes()?);
        let life = queued.expires_at.saturating_sub(queued.enqueued_at);
        let due_at = now.saturating_add(backoff::wait(queued.claims, life, random).max(after));
        // At its end it is due once more, to be given up.
        tx.postpone_message(queued.id, due_at.min(queued.expires_at))
            .await?;
        return Ok(());
    };
    tx.report_delivery(DeliveryReport {
        idempotency_key: &queued.idempotency_key,
        state,
        gateway_id,
        now,
    })
    .await?;
    tx.remove_message(queued.id).await?;
    Ok(())
}

/// Opens and delivers a message.
async fn deliver_one(service: &Service, queued: &QueuedMessage) -> Outcome {
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
        Err(DeliveryError::Later { why, after }) => {
            tracing::warn!(id = key, channel, error = %why, attempt = queued.claims, "a message was not delivered; it will be tried again");
            let after = after.map_or(0, |after| {
                u64::try_from(after.as_millis()).unwrap_or(u64::MAX)
            });
            Outcome::Later { after }
        }
    }
}

/// The workers: deliver whatever is enqueued, for as long as the service runs.
pub async fn run(service: Service) {
    let mut workers = JoinSet::new();
    for place in 0..service.delivery.lanes.len() {
        let service = service.clone();
        workers.spawn(async move { run_lane(&service, &service.delivery.lanes[place]).await });
    }
    workers.join_all().await;
}

async fn run_lane(service: &Service, lane: &Lane) {
    loop {
        let idle = match deliver_lane(service, lane).await {
            Ok(done) => {
                let now = service.clock.now();
                let due = done
                    .next_due
                    .map(|due| due.saturating_sub(now).max(SHORTEST_POLL));
                due.map_or(POLL, |due| POLL.min(Duration::from_millis(due)))
            }
            Err(error) => {
                tracing::error!(?error, "messages could not be delivered");
                POLL
            }
        };
        let _ = tokio::time::timeout(idle, lane.wake.notified()).await;
    }
}
