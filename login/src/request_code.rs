//! The buttons beside the code: another code, another method, back to the code that was sent.

use todoita::cause::Cause;
use todoita::channel::{Action, Channel};

use crate::error::Error;
use crate::factors;
use crate::rerun;
use crate::send_code;
use crate::service::{Requester, Service};
use crate::sign_in::{Cookie, by_cookie};
use crate::status::{self, SignInStatus};
use crate::store::{SignIn, User};

/// The outcome of a button.
#[derive(Debug)]
pub enum Requested {
    /// The method was changed, and a code sent if the method sends one.
    Done(SignInStatus),
    /// It was refused; the cause is in the status.
    Refused(SignInStatus),
}

/// Does what a button beside the code says.
///
/// # Errors
/// [`Error::NoSignIn`]; [`Error::InvalidInput`] for a method that the account lacks. Internal errors:
/// database, randomness.
pub async fn request(
    service: &Service,
    requester: &Requester,
    cookie: Cookie<'_>,
    action: Action,
) -> Result<Requested, Error> {
    let wanted = match action {
        Action::Resend => None,
        Action::Method(channel) => Some(channel),
        Action::Code => {
            let status = rerun::on_conflict(|| back(service, requester, cookie)).await;
            return status.map(Requested::Done);
        }
    };
    let now = service.clock.now();
    match rerun::on_conflict(|| switch(service, requester, cookie, wanted, now)).await? {
        Switched::Refused(status) => Ok(Requested::Refused(*status)),
        Switched::Done(sign_in, user) => {
            // After the commit: all messages wait for the counter that is locked until then.
            let mut db = service.store.read().await?;
            let status = status::read(service, requester, &mut *db, &sign_in, &user, now).await?;
            Ok(Requested::Done(status))
        }
    }
}

/// The outcome of a change of the method.
enum Switched {
    /// It was refused.
    Refused(Box<SignInStatus>),
    /// It was made, in this sign-in of this account.
    Done(SignIn, Box<User>),
}

/// Sends another code, or changes to another method. `wanted`: `None` for the same method again.
async fn switch(
    service: &Service,
    requester: &Requester,
    cookie: Cookie<'_>,
    wanted: Option<Channel>,
    now: u64,
) -> Result<Switched, Error> {
    let account = account(service, cookie).await?;
    let mut tx = service.store.begin_for(account).await?;
    let (mut sign_in, user) = by_cookie(service, &mut *tx, cookie).await?;
    if sign_in.accepted.is_some() {
        return Err(Error::NoSignIn);
    }
    let channel = wanted.unwrap_or(sign_in.channel);
    let methods = factors::methods(service, &mut *tx, &user).await?;
    if !methods.contains(&channel) || (wanted.is_none() && !channel.is_sent()) {
        return Err(Error::InvalidInput("the account has no such method".into()));
    }
    let mut before = status::read(service, requester, &mut *tx, &sign_in, &user, now).await?;
    if before.cause == Some(Cause::Locked) {
        return Ok(Switched::Refused(Box::new(before)));
    }
    // Before the counters are locked, in the order of a login that ends this sign-in: neither waits for the other. A
    // request that is refused changes nothing, since the transaction is not committed.
    tx.set_channel(&sign_in.id, channel).await?;
    if channel.is_sent() {
        let recipient = status::recipient(&sign_in, &user);
        let sent = send_code::send(service, requester, &mut *tx, recipient, channel, now).await?;
        if let Err(until) = sent {
            before.resend_at = Some(until);
            let unsent =
                status::unsent(service, requester, &mut *tx, &sign_in, &user, until).await?;
            before.unsent = Some(unsent);
            return Ok(Switched::Refused(Box::new(before.refused(Cause::Limited))));
        }
    }
    sign_in.channel = channel;
    tx.commit().await?;
    service.delivery.wake();
    Ok(Switched::Done(sign_in, Box::new(user)))
}

/// Back from a method that sends nothing to the code that was sent last.
async fn back(
    service: &Service,
    requester: &Requester,
    cookie: Cookie<'_>,
) -> Result<SignInStatus, Error> {
    let now = service.clock.now();
    let account = account(service, cookie).await?;
    let mut tx = service.store.begin_for(account).await?;
    let (mut sign_in, user) = by_cookie(service, &mut *tx, cookie).await?;
    let last = tx.sent_codes(&sign_in.id).await?.pop();
    let first = factors::methods(service, &mut *tx, &user)
        .await?
        .first()
        .copied();
    if let Some(channel) = last.map(|code| code.channel).or(first) {
        tx.set_channel(&sign_in.id, channel).await?;
        sign_in.channel = channel;
    }
    let status = status::read(service, requester, &mut *tx, &sign_in, &user, now).await?;
    tx.commit().await?;
    Ok(status)
}

/// The account of a sign-in's cookie, read without a lock.
async fn account(service: &Service, cookie: Cookie<'_>) -> Result<i64, Error> {
    let mut db = service.store.read().await?;
    Ok(by_cookie(service, &mut *db, cookie).await?.0.user)
}
