//! Codes of an authenticator (RFC 6238). Secrets are sealed at rest; a time step is consumed once.

use todoita::channel::Channel;
use todoita::code::Kind;
use todoita::otp::{Secret, Totp};

use super::typed_code::{TypedCode, Verdict};
use crate::crypto::key::Seal;
use crate::error::Error;
use crate::service::Service;
use crate::store::{AccountId, Transaction, User};

/// The method of an account with an authenticator.
pub(super) fn methods(user: &User) -> Vec<Channel> {
    let enrolled = user.authenticator_secret.is_some();
    enrolled.then_some(Channel::App).into_iter().collect()
}

pub(super) async fn verify(
    service: &Service,
    tx: &mut dyn Transaction,
    code: &TypedCode<'_>,
) -> Result<Verdict, Error> {
    let Some(sealed) = code
        .user
        .authenticator_secret
        .as_ref()
        .filter(|_| code.kind == Kind::Code)
    else {
        return Ok(Verdict::NoMatch);
    };
    let Some(secret) = open(service, code.user.id, sealed) else {
        return Ok(Verdict::NoMatch);
    };
    let last = code.user.authenticator_last_step;
    // By the system's clock, as the authenticator goes by its device's.
    let time = service.clock.wall();
    let accepted = match Totp::default().verify(&secret, code.digits, time, last) {
        Ok(step) => tx.consume_step(code.user.id, step).await?,
        // Wrong, or of a step that was consumed before: the same refusal for both.
        Err(_) => false,
    };
    Ok(if accepted {
        Verdict::Accepted(None)
    } else {
        Verdict::NoMatch
    })
}

/// The code that an account's authenticator shows, for the demo's phone. `None` without an authenticator.
pub fn current_code(service: &Service, user: &User) -> Option<String> {
    let sealed = user.authenticator_secret.as_ref()?;
    let secret = open(service, user.id, sealed)?;
    let code = Totp::default().code(&secret, service.clock.wall());
    Some(code.as_str().to_owned())
}

/// Seals a secret for an account.
///
/// # Errors
/// Internal errors: randomness.
pub fn seal(service: &Service, user: AccountId, secret: &[u8]) -> Result<Vec<u8>, Error> {
    Ok(service
        .key
        .seal(Seal::AuthenticatorSecret, &user.to_be_bytes(), secret)?)
}

/// Opens an account's sealed secret. `None` where that fails, with a line in the log: the account then has no
/// working authenticator, and its other methods stay.
pub(crate) fn open(service: &Service, user: AccountId, sealed: &[u8]) -> Option<Secret> {
    let opened = service
        .key
        .open(Seal::AuthenticatorSecret, &user.to_be_bytes(), sealed);
    match opened {
        Ok(mut bytes) => Secret::from_bytes(std::mem::take(&mut *bytes)).ok(),
        Err(why) => {
            tracing::error!(user, %why, "an authenticator's secret does not open");
            None
        }
    }
}
