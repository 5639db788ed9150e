//! Codes of authenticator apps: enrolment, and spending a time step. Secrets are sealed at rest.

use sqlx::SqliteConnection;
use todoita::otp::{KeyUri, MovingFactor, Secret, Totp};

use crate::random;
use crate::service::Service;
use crate::store::users::{self, User};
use crate::web::error::Error;

/// Bytes of a secret that is made here (RFC 4226 section 4 recommends 160 bits).
const SECRET: usize = 20;

/// Spends the time step of a code, if it is one of the account's app and no such step was spent before.
///
/// # Errors
/// When the database does not answer or the sealed secret cannot be opened.
pub async fn spend(
    service: &Service,
    db: &mut SqliteConnection,
    user: &User,
    code: &str,
    now: u64,
) -> Result<bool, Error> {
    let Some(sealed) = &user.app_secret else {
        return Ok(false);
    };
    let secret = open(service, user.id, sealed)?;
    let last = user.app_last_step.and_then(|step| u64::try_from(step).ok());
    match Totp::default().verify(&secret, code, now, last) {
        Ok(step) => Ok(users::spend_app_step(db, user.id, step).await?),
        // A step that was spent before: whoever types it hears `wrong`, right as it was.
        Err(_) => Ok(false),
    }
}

/// The code that an account's app shows, for the demo's phone.
///
/// # Errors
/// When the sealed secret cannot be opened.
pub fn shown(service: &Service, user: &User, now: u64) -> Result<Option<String>, Error> {
    let Some(sealed) = &user.app_secret else {
        return Ok(None);
    };
    let secret = open(service, user.id, sealed)?;
    Ok(Some(Totp::default().code(&secret, now).as_str().to_owned()))
}

/// Makes a secret to be shown for enrolment. It counts only when a code has proven it.
///
/// # Errors
/// When the database does not answer or there is no randomness to be had.
pub async fn propose(
    service: &Service,
    db: &mut SqliteConnection,
    user: &User,
) -> Result<(), Error> {
    let bytes: [u8; SECRET] = random::bytes()?;
    users::set_app_candidate(db, user.id, &seal(service, user.id, &bytes)?).await?;
    Ok(())
}

/// The secret that is being shown for enrolment, as base32 and as a key URI.
///
/// # Errors
/// When the sealed secret cannot be opened.
pub fn proposed(
    service: &Service,
    user: &User,
    issuer: &str,
) -> Result<Option<(String, String)>, Error> {
    let Some(sealed) = &user.app_candidate else {
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
    Ok(Some((base32, uri.to_string())))
}

/// Takes the proposed secret over, if the code proves that an app has it. That code is spent.
///
/// # Errors
/// When the database does not answer or the sealed secret cannot be opened.
pub async fn prove(
    service: &Service,
    db: &mut SqliteConnection,
    user: &User,
    code: &str,
    now: u64,
) -> Result<bool, Error> {
    let Some(sealed) = &user.app_candidate else {
        return Ok(false);
    };
    let secret = open(service, user.id, sealed)?;
    let Ok(step) = Totp::default().verify(&secret, code, now, None) else {
        return Ok(false);
    };
    users::enrol_app(db, user.id, sealed, Some(step)).await?;
    Ok(true)
}

/// Seals a secret for an account.
///
/// # Errors
/// When there is no randomness to be had.
pub fn seal(service: &Service, user: i64, secret: &[u8]) -> Result<Vec<u8>, Error> {
    Ok(service.key.seal(&user.to_be_bytes(), secret)?)
}

fn open(service: &Service, user: i64, sealed: &[u8]) -> Result<Secret, Error> {
    let mut bytes = service
        .key
        .open(&user.to_be_bytes(), sealed)
        .ok_or(Error::Internal("an app's secret does not open"))?;
    Secret::from_bytes(std::mem::take(&mut *bytes))
        .map_err(|_| Error::Internal("an app's secret is none"))
}
