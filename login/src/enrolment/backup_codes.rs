//! New backup codes: ten, in place of all earlier ones.

use crate::code_rule::BACKUP_DIGITS;
use crate::crypto::random;
use crate::error::Error;
use crate::factors::backup_code::hash;
use crate::service::Service;
use crate::store::{AccountId, Transaction};

/// Codes in a set.
const SET: usize = 10;

/// Makes a new set in place of all earlier codes. The codes are to be shown once.
///
/// # Errors
/// Internal errors: database, randomness.
pub async fn renew(service: &Service, user: AccountId) -> Result<Vec<String>, Error> {
    let mut codes = Vec::with_capacity(SET);
    while codes.len() < SET {
        let code = random::code(BACKUP_DIGITS)?;
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let mut tx = service.store.begin_for(user).await?;
    replace(service, &mut *tx, user, &codes).await?;
    tx.commit().await?;
    Ok(codes)
}

/// How many codes of an account are left.
///
/// # Errors
/// Internal errors: database.
pub async fn left(service: &Service, user: AccountId) -> Result<usize, Error> {
    let codes = service.store.read().await?.backup_codes(user).await?;
    Ok(codes.iter().filter(|code| !code.consumed).count())
}

/// Stores a set in place of all earlier codes.
///
/// # Errors
/// Internal errors: database, randomness.
pub async fn replace<Code: AsRef<str>>(
    service: &Service,
    tx: &mut dyn Transaction,
    user: AccountId,
    codes: &[Code],
) -> Result<(), Error> {
    let salt: [u8; 16] = random::bytes()?;
    let hashes: Vec<[u8; 32]> = codes
        .iter()
        .map(|code| hash(service, user, &salt, code.as_ref()))
        .collect();
    Ok(tx.replace_backup_codes(user, &salt, &hashes).await?)
}
