//! Backup codes: ten at a time, each accepted once. Eight digits are 26.6 bits: they rest on the throttle
//! and on a key that the database does not have.

use subtle::ConstantTimeEq as _;
use todoita::channel::Channel;
use todoita::code::Kind;

use super::typed_code::{TypedCode, Verdict};
use crate::crypto::key::Use;
use crate::error::Error;
use crate::service::Service;
use crate::store::{AccountId, BackupCode, Snapshot, Transaction, User};

/// The method of an account that has a backup code left.
pub(super) async fn methods(db: &mut dyn Snapshot, user: &User) -> Result<Vec<Channel>, Error> {
    let codes = db.backup_codes(user.id).await?;
    let left = codes.iter().any(|code| !code.consumed);
    Ok(left.then_some(Channel::Backup).into_iter().collect())
}

/// A consumed code is no longer a code of the account: it is refused as wrong.
pub(super) async fn verify(
    service: &Service,
    tx: &mut dyn Transaction,
    code: &TypedCode<'_>,
) -> Result<Verdict, Error> {
    if code.kind != Kind::Backup {
        return Ok(Verdict::NoMatch);
    }
    let mut found = None;
    for stored in tx.backup_codes(code.user.id).await? {
        // All of them are compared, whichever matches.
        if matches(service, code.user.id, &stored, code.digits) && !stored.consumed {
            found = Some(stored.id);
        }
    }
    let accepted = match found {
        Some(id) => tx.consume_backup_code(id, code.now).await?,
        None => false,
    };
    Ok(if accepted {
        Verdict::Accepted
    } else {
        Verdict::NoMatch
    })
}

/// Whether a stored code is `code`. Takes the same time for every code.
pub fn matches(service: &Service, user: AccountId, stored: &BackupCode, code: &str) -> bool {
    hash(service, user, &stored.salt, code)
        .ct_eq(stored.hash.as_slice())
        .into()
}

/// The keyed hash of a code of an account, in a set with `salt`.
pub(crate) fn hash(service: &Service, user: AccountId, salt: &[u8], code: &str) -> [u8; 32] {
    service.key.hash(
        Use::BackupCode,
        &[&user.to_be_bytes(), salt, code.as_bytes()],
    )
}
