//! The end of an attempt: the message is removed, given up, or left for another one.

use std::sync::Arc;

use todoita::channel::Channel;

use super::attempt::Outcome;
use crate::backoff;
use crate::crypto::random;
use crate::delivery::{About, Lane};
use crate::error::Error;
use crate::service::Service;
use crate::store::{DeliveryReport, DeliveryState, QueuedMessage, Transaction};

/// Stores what became of attempts, all in one transaction, and counts those that a gateway has failed.
pub(super) async fn settle_all(
    service: &Service,
    lane: &Lane,
    ended: &[(Arc<QueuedMessage>, Outcome)],
) -> Result<(), Error> {
    let mut tx = service.store.begin().await?;
    let now = service.clock.now();
    for (queued, outcome) in ended {
        settle(&mut *tx, queued, outcome, now).await?;
    }
    for &channel in &lane.channels {
        if let Some(gateway) = service.delivery.gateway(channel) {
            count_failures(&mut *tx, (&gateway, channel), ended, now).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// Stores what became of an attempt. A worker whose claim has lapsed changes nothing for the one that has the message now, unless a
/// gateway has taken it: then nobody needs to deliver it again.
async fn settle(
    tx: &mut dyn Transaction,
    queued: &QueuedMessage,
    outcome: &Outcome,
    now: u64,
) -> Result<(), Error> {
    let mut after = 0;
    let mut given_up = match outcome {
        Outcome::Taken { gateway_id } => {
            tx.remove_delivered(&queued.idempotency_key).await?;
            let gateway_id = gateway_id.as_deref();
            return report(tx, queued, DeliveryState::Taken, gateway_id, now).await;
        }
        Outcome::Refused | Outcome::Malformed => Some(DeliveryState::Failed),
        Outcome::Expired => Some(DeliveryState::Expired),
        Outcome::Later { after: wanted, .. } => {
            after = *wanted;
            None
        }
        Outcome::Closed => None,
    };
    if given_up.is_none() && now >= queued.expires_at {
        tracing::warn!(
            id = queued.idempotency_key,
            "given up: its code has expired"
        );
        given_up = Some(DeliveryState::Expired);
    }
    if let Some(state) = given_up {
        if tx.remove_message(queued.claim()).await? {
            report(tx, queued, state, None, now).await?;
        }
        return Ok(());
    }
    let random = u32::from_be_bytes(random::bytes()?);
    let life = queued.expires_at.saturating_sub(queued.enqueued_at);
    let due_at = now.saturating_add(backoff::wait(queued.claims, life, random).max(after));
    // At its end it is due once more, to be given up.
    tx.postpone_message(queued.claim(), due_at.min(queued.expires_at))
        .await?;
    Ok(())
}

async fn report(
    tx: &mut dyn Transaction,
    queued: &QueuedMessage,
    state: DeliveryState,
    gateway_id: Option<&str>,
    now: u64,
) -> Result<(), Error> {
    tx.report_delivery(DeliveryReport {
        idempotency_key: &queued.idempotency_key,
        state,
        gateway_id,
        now,
    })
    .await?;
    Ok(())
}

/// Counts the attempts for a channel that its gateway has failed. One that it answered begins the count again; an answer about the
/// destination alone says nothing on the gateway.
async fn count_failures(
    tx: &mut dyn Transaction,
    (gateway, channel): (&str, Channel),
    ended: &[(Arc<QueuedMessage>, Outcome)],
    now: u64,
) -> Result<(), Error> {
    let mut failed = 0;
    for (_, outcome) in ended
        .iter()
        .filter(|(queued, _)| queued.channel == Some(channel))
    {
        match outcome {
            Outcome::Taken { .. } | Outcome::Refused => {
                tx.count_gateway_failures(gateway, channel, 0, now).await?;
                return Ok(());
            }
            Outcome::Later {
                about: About::Gateway,
                ..
            } => failed += 1,
            Outcome::Later {
                about: About::Destination,
                ..
            }
            | Outcome::Expired
            | Outcome::Closed
            | Outcome::Malformed => {}
        }
    }
    if failed > 0 {
        tx.count_gateway_failures(gateway, channel, failed, now)
            .await?;
    }
    Ok(())
}
