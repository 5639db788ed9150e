//! Sealing everything with the current key, and what is left under which key.

use crate::audit::{self, Event};
use crate::command;
use crate::crypto::key::Seal;
use crate::error::Error;
use crate::service::Service;
use crate::store::{KeyUse, SealedFor, SealedKind, SealedValue};

/// Values in one transaction: the writers that wait get their turn in between.
const BATCH: u32 = 100;

/// The result of [`rekey`].
#[derive(Debug)]
pub struct Rekeyed {
    /// Values that were sealed again.
    pub sealed: u64,
    /// Values that do not open: their key was not given, or they were altered.
    pub unopened: u64,
    /// Which values name which key now.
    pub uses: Vec<KeyUse>,
}

/// Seals all sealed values with the current key, in bounded batches beside a running service. Hashes cannot be made
/// again without their text: those of an older key stay valid as long as that key is given.
///
/// # Errors
/// Internal errors: database, randomness.
pub async fn rekey(service: &Service) -> Result<Rekeyed, Error> {
    let (mut sealed, mut unopened) = (0, 0);
    for kind in [
        SealedKind::AuthenticatorSecret,
        SealedKind::AuthenticatorCandidate,
        SealedKind::Message,
    ] {
        let mut after = 0;
        loop {
            let mut tx = service.store.begin().await?;
            let current = service.key.current_id();
            let values = tx.sealed_values(kind, current, after, BATCH).await?;
            let Some(last) = values.last() else {
                break;
            };
            after = last.row;
            for value in &values {
                let Some(again) = seal_again(service, kind, value)? else {
                    unopened += 1;
                    continue;
                };
                let replaced = tx.replace_sealed(kind, value.row, &value.sealed, &again);
                sealed += u64::from(replaced.await?);
            }
            tx.commit().await?;
        }
    }
    let now = service.clock.now();
    let mut tx = service.store.begin().await?;
    audit::operator(&mut *tx, None, now, Event::Command(command::REKEY)).await?;
    tx.commit().await?;
    let uses = service.store.read().await?.key_uses(now).await?;
    Ok(Rekeyed {
        sealed,
        unopened,
        uses,
    })
}

/// A value sealed with the current key. `None` where it does not open.
fn seal_again(
    service: &Service,
    kind: SealedKind,
    value: &SealedValue,
) -> Result<Option<Vec<u8>>, Error> {
    let purpose = match kind {
        SealedKind::AuthenticatorSecret | SealedKind::AuthenticatorCandidate => {
            Seal::AuthenticatorSecret
        }
        SealedKind::Message => Seal::Message,
    };
    let owner = match &value.owner {
        SealedFor::Account(account) => account.to_be_bytes().to_vec(),
        SealedFor::Message(idempotency_key) => idempotency_key.as_bytes().to_vec(),
    };
    match service.key.open(purpose, &owner, &value.sealed) {
        Ok(secret) => Ok(Some(service.key.seal(purpose, &owner, &secret)?)),
        Err(why) => {
            tracing::error!(?kind, row = value.row, %why, "a sealed value does not open");
            Ok(None)
        }
    }
}
