//! Confirming a new factor by a code: the outcome, and the steps that all factors share.

use todoita::cause::Cause;

use crate::audit::{self, Actor, Event};
use crate::counted_code::{self, Attempt, Closed};
use crate::crypto::hex::hex;
use crate::crypto::key::{KeyId, Use};
use crate::error::Error;
use crate::known_places;
use crate::notice::{self, Notice};
use crate::service::{Requester, Service};
use crate::session::SignedIn;
use crate::sliding_window::{Room, SlidingWindow};
use crate::store::{Counter, Snapshot, Transaction};

/// The outcome of confirming a new factor by a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// The factor is the account's.
    Enrolled,
    /// None is proposed in this session any more.
    NotProposed,
    /// The code does not confirm it.
    Wrong,
    /// The limits on failures allow no code to be compared.
    Refused(Closed),
}

impl Confirmed {
    /// Its name in the metrics.
    pub(super) fn outcome(&self) -> &'static str {
        match self {
            Confirmed::Enrolled => "accepted",
            Confirmed::NotProposed => "ended",
            Confirmed::Wrong => "wrong",
            Confirmed::Refused(closed) => closed.cause.as_str(),
        }
    }
}

/// Changes of factors within [`CHANGES_WITHIN`], in one session or in several ([`changes`]). Each writes to the audit log and informs
/// the person, and new backup codes cost ten slow hashes.
const CHANGES: u32 = 10;
/// An hour, milliseconds.
const CHANGES_WITHIN: u64 = 60 * 60 * 1_000;

/// The window of the changes of factors that a session's count in.
///
/// A session that a sent code has begun has its own: whoever has changed factors keeps nobody from it who gets a code. An account gets
/// few sent codes in an hour, whatever its factors are. All other sessions of the account share one, since each new backup code and each
/// new authenticator could begin another session with ten more changes, without end.
async fn changes(db: &mut dyn Snapshot, signed_in: &SignedIn) -> Result<SlidingWindow, Error> {
    let SignedIn { session, user } = signed_in;
    let codes = db.sent_codes(&session.sign_in).await?;
    let key = if codes.iter().any(|code| code.consumed) {
        format!("{} {}", user.id, hex(&session.sign_in))
    } else {
        user.id.to_string()
    };
    Ok(SlidingWindow {
        counter: Counter::FactorChanged,
        key,
        allowed: CHANGES,
        within: CHANGES_WITHIN,
    })
}

/// Refuses to begin a change of a factor in a session where too many were made. A change that was begun is refused by [`changed`].
///
/// # Errors
/// [`Error::TooManyChanges`]. Internal errors: database.
pub(super) async fn may_change(
    db: &mut dyn Snapshot,
    signed_in: &SignedIn,
    now: u64,
) -> Result<(), Error> {
    match changes(db, signed_in).await?.full(db, now).await? {
        Some(retry_at) => Err(Error::TooManyChanges { retry_at, now }),
        None => Ok(()),
    }
}

/// Counts and records a change of a factor by its person, and ends the other sessions of the account. The caller has the account's
/// lock, and commits nothing where this fails: several changes may have been begun before the last one that is allowed was made.
///
/// # Errors
/// [`Error::TooManyChanges`]. Internal errors: database.
pub(super) async fn changed(
    requester: &Requester,
    tx: &mut dyn Transaction,
    signed_in: &SignedIn,
    event: Event<'_>,
    now: u64,
) -> Result<(), Error> {
    let name = &signed_in.user.name;
    let window = changes(tx, signed_in).await?;
    let room = match window.room(tx, now).await? {
        Room::Full(retry_at) => return Err(Error::TooManyChanges { retry_at, now }),
        room => room,
    };
    tx.add_event(window.counter, &window.key, now).await?;
    audit::person(tx, requester, name, now, event).await?;
    if room == Room::One {
        let reached = Event::LimitReached(window.counter.as_str());
        audit::person(tx, requester, name, now, reached).await?;
    }
    end_others(requester, tx, signed_in, now).await
}

/// A factor that a code is to confirm in a session.
#[derive(Clone, Copy, Debug)]
pub(super) struct Enrolment<'a> {
    /// The session and its account.
    pub signed_in: &'a SignedIn,
    /// The name of its entry point in the metrics and in the audit log.
    pub entry_point: &'static str,
    /// The value that the codes confirm, such as a number. Empty for an authenticator: its secret is shown, and nobody guesses its codes.
    pub factor: &'a [u8],
}

impl Enrolment<'_> {
    /// The id within which its failures count. Each factor has its own: who confirms a factor of their own makes no room for
    /// guesses at the codes for somebody else's number.
    fn id(&self, service: &Service) -> [u8; 32] {
        let session = &self.signed_in.session.sign_in;
        let parts = [session, self.entry_point.as_bytes(), self.factor];
        let key = KeyId::of(session);
        service.key.hash_under(key, Use::Enrolment, &parts)
    }
}

/// The refusal of a code that the limits allow no more, before the account's lock is waited for. [`count`] decides.
///
/// # Errors
/// [`Error::TooManyChanges`]. Internal errors: database.
pub(super) async fn refusal(
    service: &Service,
    requester: &Requester,
    enrolment: Enrolment<'_>,
    now: u64,
) -> Result<Option<Closed>, Error> {
    let user = enrolment.signed_in.user.id;
    let mut db = service.store.read().await?;
    may_change(&mut *db, enrolment.signed_in, now).await?;
    let place = known_places::find(service, &mut *db, Some(user), requester).await?;
    counted_code::refusal(service, &mut *db, user, place.is_some(), now).await
}

/// Counts a code as a failure of the session's account, unless the limits allow none. The caller commits before it
/// compares. Where no factor may be changed it is not counted: a right one would be a failure too.
///
/// # Errors
/// [`Error::TooManyChanges`]. Internal errors: database.
pub(super) async fn count(
    service: &Service,
    requester: &Requester,
    tx: &mut dyn Transaction,
    enrolment: Enrolment<'_>,
    now: u64,
) -> Result<Result<(), Closed>, Error> {
    let user = &enrolment.signed_in.user;
    may_change(tx, enrolment.signed_in, now).await?;
    let place = known_places::find(service, &mut *tx, Some(user.id), requester).await?;
    let attempt = Attempt {
        user: user.id,
        within: &enrolment.id(service),
        known: place.is_some(),
    };
    counted_code::count(service, tx, attempt, now).await
}

/// Commits a factor that the caller has stored and `event` records: its failures are taken back, the other sessions of the account
/// end, and the person is informed where the account of `enrolment` was reached before.
///
/// # Errors
/// [`Error::TooManyChanges`]. Internal errors: database, randomness.
pub(super) async fn commit(
    service: &Service,
    requester: &Requester,
    mut tx: Box<dyn Transaction>,
    enrolment: Enrolment<'_>,
    (notice, event): (Notice, Event<'_>),
    now: u64,
) -> Result<Confirmed, Error> {
    let signed_in = enrolment.signed_in;
    let user = &signed_in.user;
    counted_code::take_back(&mut *tx, &enrolment.id(service)).await?;
    changed(requester, &mut *tx, signed_in, event, now).await?;
    let actor = Actor::Person(requester);
    notice::enqueue(service, &mut *tx, actor, user, notice).await?;
    tx.commit().await?;
    service.delivery.wake();
    Ok(Confirmed::Enrolled)
}

/// Ends the other sessions of an account whose factor was changed, and records it.
///
/// # Errors
/// Internal errors: database.
async fn end_others(
    requester: &Requester,
    tx: &mut dyn Transaction,
    signed_in: &SignedIn,
    now: u64,
) -> Result<(), Error> {
    let SignedIn { session, user } = signed_in;
    let ended = tx
        .end_sessions(user.id, Some(&session.sign_in), now)
        .await?;
    if ended > 0 {
        let event = Event::SessionsEnded("the-others");
        audit::person(tx, requester, &user.name, now, event).await?;
    }
    Ok(())
}

/// Records a counted code that confirms nothing, and commits.
///
/// # Errors
/// Internal errors: database.
pub(super) async fn refuse(
    requester: &Requester,
    mut tx: Box<dyn Transaction>,
    enrolment: Enrolment<'_>,
    now: u64,
) -> Result<Confirmed, Error> {
    let event = Event::CodeRefused(Cause::Wrong, enrolment.entry_point);
    let name = &enrolment.signed_in.user.name;
    audit::person(&mut *tx, requester, name, now, event).await?;
    tx.commit().await?;
    Ok(Confirmed::Wrong)
}
