//! The first step: a name and a password. Counted, then checked; a right one begins a sign-in.

use zeroize::Zeroizing;

use todoita::policy;

use crate::error::Error;
use crate::service::{Requester, Service};
use crate::sign_in::{self, Begun};
use crate::store::Counter;

/// The longest name that is looked up, in bytes.
const LONGEST_NAME: usize = 256;

/// Takes a name and a password. `previous`: the cookie of an earlier sign-in in the same browser, which is
/// ended. `None` where the name or the password is wrong.
///
/// # Errors
/// [`Error::InvalidInput`] for a name that is too long; [`Error::TooManyPasswords`]; [`Error::NoMethod`].
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
    let name_and_network = format!("{name} {}", requester.network);
    count(service, requester, name, &name_and_network).await?;
    let user = service.store.read().await?.user_by_name(name).await?;
    let stored = user.as_ref().map(|user| user.password.clone());
    let right = service
        .passwords
        .check(stored, Zeroizing::new(password.to_owned()))
        .await?;
    match user.filter(|_| right) {
        Some(user) => sign_in::begin(service, requester, &user, &name_and_network, previous)
            .await
            .map(Some),
        None => Ok(None),
    }
}

/// Counts a password before it is checked.
async fn count(
    service: &Service,
    requester: &Requester,
    name: &str,
    name_and_network: &str,
) -> Result<(), Error> {
    let (now, limits) = (service.clock.now(), &service.settings.limits);
    let counters = [
        (Counter::PasswordForName, name, limits.passwords_per_name),
        (
            Counter::PasswordForNameFromNetwork,
            name_and_network,
            limits.passwords_per_name_and_address,
        ),
        (
            Counter::PasswordFromNetwork,
            requester.network.as_str(),
            limits.passwords_per_address,
        ),
    ];
    let since = now.saturating_sub(limits.passwords_within);
    let mut tx = service.store.begin().await?;
    for (counter, key, allowed) in counters {
        let times = tx.events(counter, key, since).await?;
        if let Some(retry_at) = policy::window(&times, allowed, limits.passwords_within, now) {
            return Err(Error::TooManyPasswords { retry_at, now });
        }
    }
    for (counter, key, _) in counters {
        tx.add_event(counter, key, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
