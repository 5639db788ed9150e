//! Enrolment of an authenticator: a secret is proposed and shown; a code that it produces confirms it.

use todoita::code;
use todoita::otp::{KeyUri, MovingFactor, Totp};
use zeroize::Zeroizing;

use crate::code_rule::rule;
use crate::crypto::random;
use crate::error::Error;
use crate::factors::authenticator::{open, seal};
use crate::service::{Requester, Service};
use crate::store::{AccountId, User};

/// Bytes of a new secret (RFC 4226 section 4 recommends 160 bits).
const SECRET: usize = 20;

/// A proposed secret, to be shown.
#[derive(Debug)]
pub struct Proposal {
    /// The secret in base32.
    pub secret: String,
    /// The key URI (`otpauth://`).
    pub uri: String,
}

/// Proposes a new secret. It has no effect until a code confirms it.
///
/// # Errors
/// Internal errors: database, randomness.
pub async fn propose(service: &Service, user: AccountId) -> Result<(), Error> {
    let bytes: [u8; SECRET] = random::bytes()?;
    let sealed = seal(service, user, &bytes)?;
    let mut tx = service.store.begin_for(user).await?;
    tx.set_authenticator_candidate(user, &sealed).await?;
    tx.commit().await?;
    Ok(())
}

/// The secret that was proposed and is not confirmed yet. `issuer`: the name of the service.
///
/// # Errors
/// Internal errors: a sealed secret that does not open.
pub fn proposal(service: &Service, user: &User, issuer: &str) -> Result<Option<Proposal>, Error> {
    let Some(sealed) = &user.authenticator_candidate else {
        return Ok(None);
    };
    let secret = open(service, user.id, sealed)?;
    let base32 = secret.to_base32().to_string();
    let uri = KeyUri {
        secret,
        issuer: Some(issuer.to_owned()),
        account: user.name.clone(),
        digits: Totp::default().digits,
        factor: MovingFactor::Time {
            period: Totp::default().period,
        },
    };
    let uri = uri
        .write()
        .map_err(|_| Error::Internal("a key URI could not be written"))?;
    Ok(Some(Proposal {
        secret: base32,
        uri: uri.to_string(),
    }))
}

/// Enrols the proposed secret if the typed code confirms it. The code's time step is consumed. `Err` holds
/// the account as it is now, for the page that asks again.
///
/// # Errors
/// Internal errors: database, a sealed secret that does not open.
pub async fn confirm(
    service: &Service,
    requester: &Requester,
    user: AccountId,
    typed: &str,
) -> Result<Result<(), User>, Error> {
    let reading = code::read(typed, &rule(&requester.host));
    let digits = Zeroizing::new(reading.digits);
    let mut tx = service.store.begin_for(user).await?;
    // Read under the lock: another tab may have proposed a secret since.
    let user = tx.user(user).await?;
    let Some(sealed) = &user.authenticator_candidate else {
        return Ok(Err(user));
    };
    let secret = open(service, user.id, sealed)?;
    let Ok(step) = Totp::default().verify(&secret, &digits, service.clock.now(), None) else {
        return Ok(Err(user));
    };
    tx.set_authenticator(user.id, sealed, Some(step)).await?;
    tx.commit().await?;
    Ok(Ok(()))
}
