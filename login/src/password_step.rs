//! The first step: a name and a password. Counted, then checked; a right one begins a sign-in.

use zeroize::Zeroizing;

use crate::counted_password::CountedPassword;
use crate::error::Error;
use crate::service::{Requester, Service};
use crate::sign_in::{self, Begun};

/// The longest name that is looked up, in bytes.
const LONGEST_NAME: usize = 256;

/// Takes a name and a password. `previous`: the cookie of an earlier sign-in in the same browser, which is
/// ended. `None` where the name or the password is wrong.
///
/// # Errors
/// [`Error::InvalidInput`] for a name that is too long; [`Error::TooManyPasswords`]; [`Error::Busy`];
/// [`Error::NoMethod`].
/// Internal errors: database, randomness.
pub async fn submit(
    service: &Service,
    requester: &Requester,
    name: &str,
    password: &str,
    previous: Option<&str>,
) -> Result<Option<Begun>, Error> {
    let name = name.trim();
    if name.len() > LONGEST_NAME {
        return Err(Error::InvalidInput("the name is too long".into()));
    }
    // First a place in the queue of checks, then the count: a refusal of the queue is no guess.
    let turn = service.passwords.turn().await?;
    let counted = CountedPassword::count(service, requester, name).await?;
    let user = service.store.read().await?.user_by_name(name).await?;
    let stored = user.as_ref().map(|user| user.password.clone());
    let right = service
        .passwords
        .check(turn, stored, Zeroizing::new(password.to_owned()))
        .await?;
    match user.filter(|_| right) {
        Some(user) => sign_in::begin(service, requester, &user, &counted, previous)
            .await
            .map(Some),
        None => Ok(None),
    }
}
