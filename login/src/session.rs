//! Who is signed in: looking a session up, ending it, ending the others of its account.
//!
//! A session ends by signing out, at its expiry, when it was not used for a while, when a later sign-in or a
//! step-up of the same browser takes its place, and when another session of the account changes a factor.

use crate::audit::{self, Actor, Event};
use crate::clock::past_everywhere;
use crate::crypto::key::{KeyId, Use};
use crate::error::Error;
use crate::notice::{self, Notice};
use crate::rerun;
use crate::service::{Requester, Service};
use crate::store::{Live, Session, Snapshot, Transaction, User};

/// The shortest time between two writes of `last_seen`, milliseconds: most requests only read.
pub const SEEN_EVERY: u64 = 60_000;

/// A session and its account.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// The account.
    pub user: User,
}

impl SignedIn {
    /// Whether the session's last code was accepted so recently that a factor may be changed without another.
    pub fn is_fresh(&self, service: &Service) -> bool {
        let until = self
            .session
            .began_at
            .saturating_add(service.settings.fresh_for);
        service.clock.now() < until
    }
}

/// The session of a cookie, and its account. Notes that the session is used.
///
/// # Errors
/// [`Error::NoSession`]. Internal errors: database.
pub async fn signed_in(service: &Service, cookie: Option<&str>) -> Result<SignedIn, Error> {
    let signed_in = peek(service, cookie).await?;
    let now = service.clock.now();
    if now.saturating_sub(signed_in.session.last_seen) >= SEEN_EVERY {
        let seen = rerun::on_conflict(|| see(service, &signed_in.session, now)).await;
        // Without the note the session ends sooner; that is no reason to refuse the request.
        if let Err(error) = seen {
            tracing::warn!(?error, "the use of a session was not noted");
        }
    }
    Ok(signed_in)
}

/// The session of a cookie and its account, without recording that it is used: for a request that a page makes by itself.
///
/// # Errors
/// [`Error::NoSession`]. Internal errors: database.
pub async fn peek(service: &Service, cookie: Option<&str>) -> Result<SignedIn, Error> {
    let mut db = service.store.read().await?;
    by_cookie(service, &mut *db, cookie).await
}

async fn see(service: &Service, session: &Session, now: u64) -> Result<(), Error> {
    let mut tx = service.store.begin_for(session.user).await?;
    tx.see_session(&session.sign_in, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The session of a cookie, and its account.
///
/// # Errors
/// [`Error::NoSession`]. Internal errors: database.
pub(crate) async fn by_cookie(
    service: &Service,
    db: &mut dyn Snapshot,
    cookie: Option<&str>,
) -> Result<SignedIn, Error> {
    let cookie = cookie.ok_or(Error::NoSession)?;
    let stored = stored_cookie(service, cookie);
    let session = db
        .session(&stored, live(service))
        .await?
        .ok_or(Error::NoSession)?;
    let user = db.user(session.user).await?;
    if user.disabled {
        return Err(Error::NoSession);
    }
    Ok(SignedIn { session, user })
}

/// Begins a transaction for the account of a session's cookie, and reads both again under its lock.
///
/// # Errors
/// [`Error::NoSession`]. Internal errors: database.
pub(crate) async fn begin(
    service: &Service,
    cookie: Option<&str>,
) -> Result<(Box<dyn Transaction>, SignedIn), Error> {
    let mut db = service.store.read().await?;
    let account = by_cookie(service, &mut *db, cookie).await?.user.id;
    drop(db);
    let mut tx = service.store.begin_for(account).await?;
    let signed_in = by_cookie(service, &mut *tx, cookie).await?;
    Ok((tx, signed_in))
}

/// Which sessions are live now.
pub(crate) fn live(service: &Service) -> Live {
    let now = service.clock.now();
    Live {
        now,
        seen_since: now.saturating_sub(service.settings.session_idle),
    }
}

/// How many other live sessions the account of a session has.
///
/// # Errors
/// Internal errors: database.
pub async fn others(service: &Service, signed_in: &SignedIn) -> Result<usize, Error> {
    let mut db = service.store.read().await?;
    let sessions = db.sessions(signed_in.user.id, live(service)).await?;
    Ok(sessions.saturating_sub(1))
}

/// Ends all other sessions of the account of a session's cookie, and informs its person.
///
/// # Errors
/// [`Error::NoSession`]. Internal errors: database, randomness.
pub async fn end_others(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
) -> Result<(), Error> {
    rerun::on_conflict(|| end_all_but_one(service, requester, cookie)).await
}

async fn end_all_but_one(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
) -> Result<(), Error> {
    let (mut tx, signed_in) = begin(service, cookie).await?;
    let SignedIn { session, user } = signed_in;
    let now = service.clock.now();
    let ended = tx
        .end_sessions(user.id, Some(&session.sign_in), now)
        .await?;
    if ended > 0 {
        let actor = Actor::Person(requester);
        notice::enqueue(service, &mut *tx, actor, &user, Notice::SessionsEnded).await?;
        let event = Event::SessionsEnded("the-others");
        audit::person(&mut *tx, requester, &user.name, now, event).await?;
    }
    tx.commit().await?;
    service.delivery.wake();
    Ok(())
}

/// Ends a session, and the sign-in that began it, by their cookies.
///
/// # Errors
/// Internal errors: database.
pub async fn sign_out(
    service: &Service,
    requester: &Requester,
    session: Option<&str>,
    sign_in: Option<&str>,
) -> Result<(), Error> {
    rerun::on_conflict(|| end(service, requester, session, sign_in)).await
}

async fn end(
    service: &Service,
    requester: &Requester,
    session: Option<&str>,
    sign_in: Option<&str>,
) -> Result<(), Error> {
    let now = service.clock.now();
    let mut db = service.store.read().await?;
    let session = match session {
        Some(cookie) => {
            let stored = stored_cookie(service, cookie);
            db.session(&stored, live(service)).await?
        }
        None => None,
    };
    let sign_in = match sign_in {
        Some(cookie) => {
            let stored = stored_cookie(service, cookie);
            let sign_in = db.sign_in(&stored, now).await?;
            sign_in.map(|sign_in| (stored, sign_in.user))
        }
        None => None,
    };
    drop(db);
    let of_session = session.as_ref().map(|session| session.user);
    let of_sign_in = sign_in.map(|(_, user)| user);
    // Without a valid cookie there is nothing to end, and no lock is taken. The sign-in may be another account's than the session.
    let Some(account) = of_session.or(of_sign_in) else {
        return Ok(());
    };
    let mut tx = service.store.begin_for(account).await?;
    // In the order of the code step, which accepts a sign-in and then ends the session that it replaces: neither waits for the other.
    if let Some((stored, _)) = sign_in {
        tx.end_sign_in(&stored, past_everywhere(now)).await?;
    }
    if let Some(session) = session
        && tx.end_session(&session.sign_in, now).await?.is_some()
    {
        let name = tx.user(session.user).await?.name;
        let event = Event::SessionsEnded("signed-out");
        audit::person(&mut *tx, requester, &name, now, event).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The hash that the database keeps of a cookie's value, made with the key that the cookie names.
pub(crate) fn stored_cookie(service: &Service, cookie: &str) -> [u8; 32] {
    let key = KeyId::of_hex(cookie);
    service
        .key
        .hash_under(key, Use::StoredCookie, &[cookie.as_bytes()])
}
