//! The first step: a name and a password. Counted, then checked; a right one begins a sign-in.

use zeroize::Zeroizing;

use crate::counted_password::CountedPassword;
use crate::error::Error;
use crate::known_places;
use crate::measure;
use crate::password::Lane;
use crate::rerun;
use crate::service::{Requester, Service};
use crate::sign_in::{self, Begin, Begun, Former};

/// The longest name that is looked up, in bytes.
pub(crate) const LONGEST_NAME: usize = 256;

/// Takes a name and a password. `former`: the cookies that the browser has from before. `None` where the name
/// or the password is wrong.
///
/// # Errors
/// [`Error::InvalidInput`] for a name that is too long or has a null character; [`Error::TooManyPasswords`]; [`Error::Busy`];
/// [`Error::NoMethod`].
/// Internal errors: database, randomness.
pub async fn submit(
    service: &Service,
    requester: &Requester,
    name: &str,
    password: &str,
    former: Former<'_>,
) -> Result<Option<Begun>, Error> {
    let result = check(service, requester, name, password, former).await;
    measure::password(&result, |begun| match begun {
        Some(_) => "right",
        None => "wrong",
    });
    result
}

async fn check(
    service: &Service,
    requester: &Requester,
    name: &str,
    password: &str,
    former: Former<'_>,
) -> Result<Option<Begun>, Error> {
    let name = name.trim();
    if name.len() > LONGEST_NAME {
        return Err(Error::InvalidInput("the name is too long".into()));
    }
    // PostgreSQL has no null character in a text.
    if name.contains('\0') {
        return Err(Error::InvalidInput("the name has a null character".into()));
    }
    let mut db = service.store.read().await?;
    let user = db.user_by_name(name).await?;
    let account = user.as_ref().map(|user| user.id);
    let place = known_places::find(service, &mut *db, account, requester).await?;
    let mut counted = CountedPassword::new(service, requester, name, place);
    counted.check(&mut *db).await?;
    drop(db);
    // First a turn of the checks, then the count: a refusal of the queue is no guess.
    let lane = if place.is_some() {
        Lane::KnownPlace
    } else {
        Lane::Open
    };
    let turn = service.passwords.turn(lane).await?;
    counted.count(service, requester, user.as_ref()).await?;
    let stored = user.as_ref().map(|user| user.password.clone());
    let right = service
        .passwords
        .check(turn, stored, Zeroizing::new(password.to_owned()))
        .await?;
    // A disabled account has no right password.
    match user.filter(|user| right && !user.disabled) {
        Some(user) => {
            let begin = Begin {
                checked: &user,
                password: &counted,
                known: place.is_some(),
                former,
            };
            rerun::on_conflict(|| sign_in::begin(service, requester, begin)).await
        }
        None => Ok(None),
    }
}
