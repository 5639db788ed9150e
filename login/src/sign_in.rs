//! A pending sign-in, between the password and the session: how it begins and how it is looked up. Codes are
//! verified in [`crate::code_step`].

use todoita::cause::Cause;
use todoita::channel::Channel;

use crate::audit;
use crate::clock::past_everywhere;
use crate::counted_code;
use crate::counted_password::CountedPassword;
use crate::crypto::hex::hex;
use crate::error::Error;
use crate::factors;
use crate::gateway_health;
use crate::send_code::{self, Recipient};
use crate::service::{Requester, Service};
use crate::session::{self, stored_cookie};
use crate::status::{self, SignInStatus};
use crate::store::{NewSignIn, SignIn, Snapshot, Transaction, User};

/// The cookie by which a pending code is found.
#[derive(Clone, Copy, Debug)]
pub enum Cookie<'a> {
    /// Of a sign-in.
    SignIn(Option<&'a str>),
    /// Of a session, in which a step-up was begun ([`crate::step_up`]).
    Session(Option<&'a str>),
}

/// The cookies that a browser has from before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Former<'a> {
    /// Of a pending sign-in. It ends at once.
    pub sign_in: Option<&'a str>,
    /// Of a session. It ends when the new one begins.
    pub session: Option<&'a str>,
}

/// A sign-in that has begun.
#[derive(Debug)]
pub struct Begun {
    /// The value of its cookie.
    pub cookie: String,
    /// [`Cause::Limited`] where the first code could not be sent.
    pub refusal: Option<Cause>,
}

/// A pending sign-in as a page shows it.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Whose it is.
    pub user: User,
    /// The status of the sign-in.
    pub status: SignInStatus,
    /// The methods of the account, in the order in which they are offered.
    pub methods: Vec<Channel>,
}

/// How a sign-in begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begin<'a> {
    /// The account as it was before its password was checked, which takes a while.
    pub checked: &'a User,
    /// The right password, which is no longer counted: it is no guess.
    pub password: &'a CountedPassword,
    /// Whether it begins in a known place of the account.
    pub known: bool,
    /// The cookies that the browser has from before.
    pub former: Former<'a>,
}

/// Begins a sign-in after a right password, sends the first code, and ends the former sign-in of the same
/// browser. `None` where the account was disabled or has another password since that was checked.
///
/// # Errors
/// [`Error::NoMethod`] for an account that cannot receive or find a code. Internal errors: database,
/// randomness.
pub(crate) async fn begin(
    service: &Service,
    requester: &Requester,
    begin: Begin<'_>,
) -> Result<Option<Begun>, Error> {
    let Begin {
        checked,
        password,
        known,
        former,
    } = begin;
    // Id and cookie name the current key: everything of this sign-in is made with it, also after a change of the
    // key.
    let cookie = hex(&service.key.token::<32>()?);
    let mut tx = service.store.begin_for(checked.id).await?;
    let user = &tx.user(checked.id).await?;
    if user.disabled || user.password != checked.password {
        return Ok(None);
    }
    let now = service.clock.now();
    password.take_back(&mut *tx).await?;
    if let Some(cookie) = former.sign_in {
        let stored = stored_cookie(service, cookie);
        tx.end_sign_in(&stored, past_everywhere(now)).await?;
    }
    let former = match former.session {
        Some(cookie) => {
            let stored = stored_cookie(service, cookie);
            tx.session(&stored, session::live(service)).await?
        }
        None => None,
    };
    let methods = factors::methods(service, &mut *tx, user).await?;
    let first = methods.first().copied();
    let (db, entry) = (&mut *tx, password.entry());
    audit::right_password(service, db, requester, &user.name, entry, now, first).await?;
    let Some(channel) = first else {
        tx.commit().await?;
        return Err(Error::NoMethod);
    };
    let opening = Opening {
        cookie: Some(&stored_cookie(service, &cookie)),
        replaces: former.as_ref().map(|session| session.sign_in.as_slice()),
        known,
        channel,
    };
    let refusal = open(service, requester, &mut *tx, user, opening).await?;
    tx.commit().await?;
    service.delivery.wake();
    Ok(Some(Begun { cookie, refusal }))
}

/// The details of a new sign-in or step-up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening<'a> {
    /// The stored hash of its cookie; `None` for a step-up.
    pub cookie: Option<&'a [u8]>,
    /// The session (the id of its sign-in) that ends when the new one begins.
    pub replaces: Option<&'a [u8]>,
    /// Whether it begins in a known place of the account.
    pub known: bool,
    /// The first method.
    pub channel: Channel,
}

/// Stores a pending sign-in or step-up and sends its first code, if its method sends one. Gives
/// [`Cause::Limited`] where the code could not be sent.
///
/// # Errors
/// Internal errors: database, randomness.
pub(crate) async fn open(
    service: &Service,
    requester: &Requester,
    tx: &mut dyn Transaction,
    user: &User,
    opening: Opening<'_>,
) -> Result<Option<Cause>, Error> {
    let now = service.clock.now();
    let id = service.key.token::<16>()?;
    let Opening {
        cookie,
        replaces,
        known,
        channel,
    } = opening;
    tx.begin_sign_in(NewSignIn {
        id: &id,
        cookie,
        replaces,
        user: user.id,
        channel,
        known,
        now,
        expires_at: now.saturating_add(service.settings.sign_in_life),
    })
    .await?;
    let failures = counted_code::failures(tx, user.id, now).await?;
    let closed = counted_code::closed(service, &failures, known, now);
    // A code that is sent while the code step is locked would have expired when it opens.
    let locked = closed.is_some_and(|closed| closed.cause == Cause::Locked);
    if locked || !channel.is_sent() {
        return Ok(None);
    }
    let recipient = Recipient {
        user,
        sign_in: &id,
        known,
    };
    let sent = send_code::send(service, requester, tx, recipient, channel, now).await?;
    Ok(sent.err().map(|_| Cause::Limited))
}

/// The sign-in or step-up of a cookie, and its account. It may have been accepted already.
///
/// # Errors
/// [`Error::NoSignIn`]. Internal errors: database.
pub(crate) async fn by_cookie(
    service: &Service,
    db: &mut dyn Snapshot,
    cookie: Cookie<'_>,
) -> Result<(SignIn, User), Error> {
    let now = service.clock.now();
    let sign_in = match cookie {
        Cookie::SignIn(None) | Cookie::Session(None) => None,
        Cookie::SignIn(Some(cookie)) => db.sign_in(&stored_cookie(service, cookie), now).await?,
        Cookie::Session(Some(cookie)) => {
            let stored = stored_cookie(service, cookie);
            let live = db.session(&stored, session::live(service)).await?;
            let step_up = db.step_up(&stored, now).await?;
            // An accepted one has ended the session; a lost answer is given again.
            step_up.filter(|step_up| live.is_some() || step_up.accepted.is_some())
        }
    };
    let sign_in = sign_in.ok_or(Error::NoSignIn)?;
    let user = db.user(sign_in.user).await?;
    if user.disabled {
        return Err(Error::NoSignIn);
    }
    Ok((sign_in, user))
}

/// A pending sign-in as a page shows it. Reads only. `refusal`: the cause of a refused post that the page shows.
///
/// # Errors
/// [`Error::NoSignIn`], also for a sign-in that was accepted. Internal errors: database.
pub async fn pending(
    service: &Service,
    requester: &Requester,
    cookie: Cookie<'_>,
    refusal: Option<Cause>,
) -> Result<Pending, Error> {
    let now = service.clock.now();
    let mut db = service.store.read().await?;
    let (sign_in, user) = by_cookie(service, &mut *db, cookie).await?;
    if sign_in.accepted.is_some() {
        return Err(Error::NoSignIn);
    }
    let mut status = status::read(service, requester, &mut *db, &sign_in, &user, now).await?;
    status.cause = status.cause.or(refusal);
    let doubts = gateway_health::recent_doubts(service, &mut *db, now).await?;
    status.doubtful = doubts.into_iter().map(|(channel, _)| channel).collect();
    // Limited without a wait for codes: it was the sending. Without a channel, no code was sent from the start.
    let refused = status.cause == Some(Cause::Limited) && status.retry_at.is_none();
    if let Some(until) = status.resend_at
        && until > now
        && status.cause != Some(Cause::Locked)
        && (refused || status.channel.is_none())
    {
        let unsent = status::unsent(service, requester, &mut *db, &sign_in, &user, until).await?;
        status.unsent = Some(unsent);
    }
    let methods = factors::methods(service, &mut *db, &user).await?;
    Ok(Pending {
        user,
        status,
        methods,
    })
}
