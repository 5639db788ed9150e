//! The step-up: a signed-in person confirms by a fresh code that it is still them, before a factor is changed
//! (OWASP ASVS 7.5.1).
//!
//! A step-up is a pending sign-in that was begun in a session instead of by a password. Its codes are sent,
//! counted and verified by the code step like all others, at [`Cookie::Session`]. When it is accepted, a new
//! session takes the place of the one in which it was begun and expires when that one would have (ASVS 7.2.4).

use todoita::cause::Cause;
use todoita::channel::Channel;

use crate::audit::{self, Event};
use crate::error::Error;
use crate::factors;
use crate::known_places;
use crate::rerun;
use crate::service::{Requester, Service};
use crate::session;
pub use crate::sign_in::Cookie;
use crate::sign_in::{self, Opening, by_cookie};

/// The outcome of [`begin`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// None is needed: the session's last code is recent enough.
    NotNeeded,
    /// A code is asked for. [`Cause::Limited`] where it could not be sent.
    Pending(Option<Cause>),
}

/// Begins a step-up in the session of a cookie, unless none is needed or one is pending. Where the account has
/// an authenticator, its code is asked for; else one is sent by the first method.
///
/// # Errors
/// [`Error::NoSession`]; [`Error::NoMethod`]. Internal errors: database, randomness.
pub async fn begin(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
) -> Result<Begun, Error> {
    rerun::on_conflict(|| begin_in(service, requester, cookie)).await
}

async fn begin_in(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
) -> Result<Begun, Error> {
    let (mut tx, signed_in) = session::begin(service, cookie).await?;
    if signed_in.is_fresh(service) {
        return Ok(Begun::NotNeeded);
    }
    match by_cookie(service, &mut *tx, Cookie::Session(cookie)).await {
        Ok(_) => return Ok(Begun::Pending(None)),
        Err(Error::NoSignIn) => {}
        Err(error) => return Err(error),
    }
    let methods = factors::methods(service, &mut *tx, &signed_in.user).await?;
    let authenticator = methods.iter().find(|channel| **channel == Channel::App);
    let channel = *authenticator.or(methods.first()).ok_or(Error::NoMethod)?;
    let account = Some(signed_in.user.id);
    let place = known_places::find(service, &mut *tx, account, requester).await?;
    let opening = Opening {
        cookie: None,
        replaces: Some(&signed_in.session.sign_in),
        known: place.is_some(),
        channel,
    };
    let (name, now) = (&signed_in.user.name, service.clock.now());
    let event = Event::StepUpBegun(channel);
    audit::person(&mut *tx, requester, name, now, event).await?;
    let refusal = sign_in::open(service, requester, &mut *tx, &signed_in.user, opening).await?;
    tx.commit().await?;
    service.delivery.wake();
    Ok(Begun::Pending(refusal))
}
