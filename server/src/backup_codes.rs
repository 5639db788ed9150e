//! Backup codes: ten at a time, each good for one sign-in. Eight digits are 26.6 bits: they rest on the
//! throttle and on a key that the database does not have.

use sqlx::SqliteConnection;
use subtle::ConstantTimeEq as _;

use crate::code_rule::BACKUP_DIGITS;
use crate::key::Use;
use crate::random;
use crate::service::Service;
use crate::store::users::{self, BackupCode, User};
use crate::web::error::Error;

/// Codes in a set.
const SET: usize = 10;

/// Spends a backup code of the account, if it is one that was not spent before. A spent one is no longer
/// a code of the account: whoever types it hears `wrong`.
///
/// # Errors
/// When the database does not answer.
pub async fn spend(
    service: &Service,
    db: &mut SqliteConnection,
    user: &User,
    code: &str,
    now: u64,
) -> Result<bool, Error> {
    let mut found = None;
    for kept in users::backup_codes(db, user.id).await? {
        // All of them are compared, whichever matches.
        if is(service, user.id, &kept, code) && kept.spent_at.is_none() {
            found = Some(kept.id);
        }
    }
    match found {
        Some(id) => Ok(users::spend_backup_code(db, id, now).await?),
        None => Ok(false),
    }
}

/// Whether a kept code is `code`.
pub fn is(service: &Service, user: i64, kept: &BackupCode, code: &str) -> bool {
    hash(service, user, &kept.salt, code)
        .ct_eq(kept.hash.as_slice())
        .into()
}

/// A new set: its codes are to be shown once.
///
/// # Errors
/// When there is no randomness to be had.
pub fn new_set() -> Result<Vec<String>, Error> {
    let mut codes = Vec::with_capacity(SET);
    while codes.len() < SET {
        let code = random::code(BACKUP_DIGITS)?;
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Ok(codes)
}

/// Keeps a set in place of all earlier codes.
///
/// # Errors
/// When the database does not answer or there is no randomness to be had.
pub async fn replace<Code: AsRef<str>>(
    service: &Service,
    db: &mut SqliteConnection,
    user: i64,
    codes: &[Code],
) -> Result<(), Error> {
    let salt: [u8; 16] = random::bytes()?;
    let hashes: Vec<[u8; 32]> = codes
        .iter()
        .map(|code| hash(service, user, &salt, code.as_ref()))
        .collect();
    Ok(users::replace_backup_codes(db, user, &salt, &hashes).await?)
}

fn hash(service: &Service, user: i64, salt: &[u8], code: &str) -> [u8; 32] {
    service.key.hash(
        Use::BackupCode,
        &[&user.to_be_bytes(), salt, code.as_bytes()],
    )
}
