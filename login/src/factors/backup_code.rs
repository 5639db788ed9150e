//! Backup codes: ten at a time, each accepted once.
//!
//! Eight digits are 26.6 bits. They are stored under a keyed hash (HMAC-SHA-256), which is worth nothing without
//! the service's key, and that under a slow one, so that the key does not suffice either: Argon2id (RFC 9106)
//! with 19 MiB of memory, two passes and one lane, the parameters of the passwords. A set has one salt, so that
//! one typed code costs one slow hash, whether it is a code of the account or not. A salt for each code would need an
//! index to find the row. One byte of index would let an attacker with the database and the key skip 255 of 256
//! candidates, which is worse than one salt for ten codes.

use argon2::{Algorithm, Argon2, Params, Version};
use subtle::ConstantTimeEq as _;
use todoita::channel::Channel;
use todoita::code::Kind;
use zeroize::Zeroizing;

use super::typed_code::{SlowHash, TypedCode, Verdict};
use crate::crypto::key::{KeyId, Use};
use crate::crypto::keys::Keys;
use crate::delivery::Notice;
use crate::error::Error;
use crate::password::Turn;
use crate::service::Service;
use crate::store::{AccountId, Snapshot, Transaction, User};

/// Memory of the slow hash, in KiB.
const MEMORY: u32 = 19 * 1024;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;

/// The method of an account that has a backup code left.
pub(super) async fn methods(db: &mut dyn Snapshot, user: &User) -> Result<Vec<Channel>, Error> {
    let codes = db.backup_codes(user.id).await?;
    let left = codes.iter().any(|code| !code.consumed);
    Ok(left.then_some(Channel::Backup).into_iter().collect())
}

/// A consumed code is no longer a code of the account: it is refused as wrong.
pub(super) async fn verify(
    tx: &mut dyn Transaction,
    code: &TypedCode<'_>,
) -> Result<Verdict, Error> {
    if code.kind != Kind::Backup {
        return Ok(Verdict::NoMatch);
    }
    let slow = code.slow_hash.ok_or(Error::Internal(
        "a backup code was verified without its hash",
    ))?;
    let stored = tx.backup_codes(code.user.id).await?;
    let mut found = None;
    for stored in &stored {
        // All of them are compared, whichever matches. Of a set that was replaced since, none does.
        let same: bool = slow.hash.ct_eq(stored.hash.as_slice()).into();
        if same && stored.salt == slow.salt && !stored.consumed {
            found = Some(stored.id);
        }
    }
    let accepted = match found {
        Some(id) => tx.consume_backup_code(id, code.now).await?,
        None => false,
    };
    if !accepted {
        return Ok(Verdict::NoMatch);
    }
    let left = stored.iter().filter(|code| !code.consumed).count() - 1;
    Ok(Verdict::Accepted(Some(Notice::BackupCodeUsed { left })))
}

/// Hashes a typed code for the account's set of codes. An account without codes costs the same.
///
/// # Errors
/// Internal errors: database, or the hash could not be made.
pub(crate) async fn slow_hash(
    service: &Service,
    turn: Turn,
    user: AccountId,
    digits: &str,
) -> Result<SlowHash, Error> {
    let stored = service.store.read().await?.backup_codes(user).await?;
    let (key, salt) = match stored.into_iter().next() {
        Some(code) => (KeyId::of(&code.hash), code.salt),
        None => (service.key.current_id(), vec![0; 16]),
    };
    let mut hashes = slow_hashes(&service.key, turn, key, user, salt.clone(), &[digits]).await?;
    let hash = hashes.pop().ok_or(NOT_MADE)?;
    Ok(SlowHash { salt, hash })
}

/// Hashes the codes of an account's new set, with the current key.
///
/// # Errors
/// [`Error::Internal`] where the hashes could not be made.
pub(crate) async fn hashes_of_set<Code: AsRef<str>>(
    service: &Service,
    turn: Turn,
    user: AccountId,
    salt: &[u8],
    codes: &[Code],
) -> Result<Vec<[u8; 32]>, Error> {
    let codes: Vec<&str> = codes.iter().map(AsRef::as_ref).collect();
    let key = service.key.current_id();
    slow_hashes(&service.key, turn, key, user, salt.to_vec(), &codes).await
}

const NOT_MADE: Error = Error::Internal("a backup code could not be hashed");

/// For each code the id of the key, then the slow hash of its keyed hash. Not on the threads that serve requests.
async fn slow_hashes(
    keys: &Keys,
    turn: Turn,
    key: KeyId,
    user: AccountId,
    salt: Vec<u8>,
    codes: &[&str],
) -> Result<Vec<[u8; 32]>, Error> {
    let user = user.to_be_bytes();
    let keyed = codes.iter().map(|code| {
        let parts = [&user[..], &salt, code.as_bytes()];
        Zeroizing::new(keys.hash_under(key, Use::BackupCode, &parts))
    });
    let keyed: Vec<Zeroizing<[u8; 32]>> = keyed.collect();
    let hashes = tokio::task::spawn_blocking(move || {
        let params = Params::new(MEMORY, PASSES, LANES, None).ok()?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash = |keyed: &Zeroizing<[u8; 32]>| {
            let mut hash = [0; 32];
            let (id, slow) = hash.split_at_mut(KeyId::BYTES);
            id.copy_from_slice(&keyed[..KeyId::BYTES]);
            argon2.hash_password_into(&keyed[..], &salt, slow).ok()?;
            Some(hash)
        };
        let hashes: Option<Vec<_>> = keyed.iter().map(hash).collect();
        // Held until the work is done, also where the request was given up.
        drop(turn);
        hashes
    });
    hashes.await.ok().flatten().ok_or(NOT_MADE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::key::Key;
    use crate::password::{self, Lane, Passwords};

    #[tokio::test]
    async fn a_backup_code_is_stored_under_argon2id_of_its_keyed_hash() {
        let key = Key::generate().unwrap();
        let keys = Keys::from(key.clone());
        let passwords = Passwords::new().unwrap();
        let (salt, codes) = ([7; 16], ["20718346", "59140268"]);
        let hashes = async |keys: &Keys, user: AccountId, salt: [u8; 16]| {
            let turn = passwords.turn(Lane::Open).await.unwrap();
            slow_hashes(keys, turn, key.id(), user, salt.to_vec(), &codes)
                .await
                .unwrap()
        };
        let stored = hashes(&keys, 5, salt).await;
        // The parameters are those that the string of a password's hash names.
        assert!(
            password::hash("a").unwrap().contains("m=19456,t=2,p=1")
                && (MEMORY, PASSES, LANES) == (19_456, 2, 1)
        );
        for (code, stored) in codes.iter().zip(&stored) {
            let parts = [&5_i64.to_be_bytes()[..], &salt, code.as_bytes()];
            let keyed = key.hash(Use::BackupCode, &parts);
            let mut slow = [0; 32 - KeyId::BYTES];
            Argon2::default()
                .hash_password_into(&keyed, &salt, &mut slow)
                .unwrap();
            assert_eq!(stored[KeyId::BYTES..], slow);
            assert_eq!(KeyId::of(stored), key.id(), "it names its key");
        }
        assert_ne!(stored[0], stored[1]);
        assert_ne!(hashes(&keys, 6, salt).await, stored, "another account");
        assert_ne!(hashes(&keys, 5, [8; 16]).await, stored, "another set");
        let other = Keys::from(Key::generate().unwrap());
        assert_ne!(hashes(&other, 5, salt).await, stored, "another key");
    }
}
