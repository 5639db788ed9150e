//! The code step: count, commit, verify, accept.
//!
//! A submitted code is first counted as a failure, and that is committed. Only then is it verified; a
//! success deletes the failures of its sign-in and begins the session, in one transaction. So guesses at the same instant
//! cannot exceed the limit, a crash in between costs one attempt and never grants one, and of two right
//! codes at the same instant one is accepted.

use subtle::ConstantTimeEq as _;
use todoita::cause::Cause;
use todoita::code::{Kind, Reading};
use zeroize::Zeroizing;

use crate::audit::{self, Actor, Event};
use crate::code_rule;
use crate::counted_code::{self, Attempt};
use crate::crypto::hex::hex;
use crate::crypto::key::{KeyId, Use};
use crate::crypto::random;
use crate::error::Error;
use crate::factors::{self, SlowHash, TypedCode, backup_code};
use crate::known_places;
use crate::measure;
use crate::notice;
use crate::password::Lane;
use crate::rerun;
use crate::service::{Requester, Service};
use crate::session::{self, stored_cookie};
use crate::sign_in::{Cookie, Pending, by_cookie};
use crate::status::{self, SignInStatus};
use crate::store::{
    AccountId, NewSession, Outcome, SignIn, Submission, SubmissionKey, Transaction, User,
};

/// The longest idempotency key that is accepted, in bytes.
const LONGEST_KEY: usize = 64;

/// The outcome of a submitted code.
#[derive(Debug)]
pub enum Submitted {
    /// It was accepted: the value of the session's cookie.
    Accepted(String),
    /// It was refused; the cause is in the status.
    Refused(SignInStatus),
    /// It is not a code. Nothing was counted.
    Unreadable(Box<Pending>),
}

impl Submitted {
    /// Its name in the metrics.
    fn outcome(&self) -> &'static str {
        match self {
            Submitted::Accepted(_) => "accepted",
            Submitted::Refused(status) => status.cause.map_or("unknown", Cause::as_str),
            Submitted::Unreadable(_) => "unreadable",
        }
    }
}

/// Takes a typed code. `idempotency_key`: the same key with the same code gets the same outcome again;
/// `None` and an empty one make a new key.
///
/// # Errors
/// [`Error::NoSignIn`]; [`Error::InvalidInput`] for a key that is too long or has a null character; [`Error::CodeTooLong`]; [`Error::Busy`].
/// Internal errors: database, randomness.
pub async fn submit(
    service: &Service,
    requester: &Requester,
    cookie: Cookie<'_>,
    typed: &str,
    idempotency_key: Option<&str>,
) -> Result<Submitted, Error> {
    let result = check(service, requester, cookie, typed, idempotency_key).await;
    measure::verification("code-step", &result, Submitted::outcome);
    result
}

async fn check(
    service: &Service,
    requester: &Requester,
    cookie: Cookie<'_>,
    typed: &str,
    idempotency_key: Option<&str>,
) -> Result<Submitted, Error> {
    let now = service.clock.now();
    let idempotency_key = match idempotency_key {
        Some(key) if key.len() > LONGEST_KEY => {
            return Err(Error::InvalidInput("todoita-attempt is too long".into()));
        }
        Some(key) if key.contains('\0') => {
            let why = "todoita-attempt has a null character";
            return Err(Error::InvalidInput(why.into()));
        }
        Some(key) if !key.is_empty() => key.to_owned(),
        _ => random::idempotency_key()?,
    };
    let mut db = service.store.read().await?;
    let (sign_in, user) = by_cookie(service, &mut *db, cookie).await?;
    let reading = code_rule::read(typed, &requester.host)?;
    let Some(mut code) = Code::new(service, &sign_in, reading, idempotency_key) else {
        let status = status::read(service, requester, &mut *db, &sign_in, &user, now).await?;
        if status.cause == Some(Cause::Locked) {
            return Ok(Submitted::Refused(status));
        }
        let methods = factors::methods(service, &mut *db, &user).await?;
        return Ok(Submitted::Unreadable(Box::new(Pending {
            user,
            status,
            methods,
        })));
    };
    // A backup code needs a slow hash, unless the outcome is known. First a turn of these, then the count: a
    // refusal of the queue is no guess.
    let submission = db.submission(code.key(&sign_in)).await?;
    if submission.is_none() && sign_in.accepted.is_none() {
        let refusal = counted_code::refusal(service, &mut *db, user.id, sign_in.known, now);
        if let Some(closed) = refusal.await? {
            let status = status::read(service, requester, &mut *db, &sign_in, &user, now).await?;
            return Ok(Submitted::Refused(status.refused(closed.cause)));
        }
    }
    let known = sign_in.accepted.is_some() || matches!(submission, Some(Submission::Verified(_)));
    drop(db);
    let turn = if code.kind == Kind::Backup && !known {
        let lane = if sign_in.known {
            Lane::KnownPlace
        } else {
            Lane::Open
        };
        Some(service.passwords.turn(lane).await?)
    } else {
        None
    };
    let count = || count(service, requester, cookie, user.id, &code, now);
    if let Some(refused) = rerun::on_conflict(count).await? {
        return Ok(Submitted::Refused(refused));
    }
    if let Some(turn) = turn {
        let slow = backup_code::slow_hash(service, turn, user.id, &code.digits).await?;
        code.slow_hash = Some(slow);
    }
    rerun::on_conflict(|| verify(service, requester, cookie, user.id, &code, now)).await
}

/// A typed code, normalised.
struct Code {
    kind: Kind,
    digits: Zeroizing<String>,
    /// Of a backup code, its slow hash.
    slow_hash: Option<SlowHash>,
    /// Its keyed hash within this sign-in.
    digest: [u8; 32],
    idempotency_key: String,
}

impl Code {
    fn new(
        service: &Service,
        sign_in: &SignIn,
        reading: Reading,
        idempotency_key: String,
    ) -> Option<Code> {
        let kind = reading.kind?;
        let digits = Zeroizing::new(reading.digits);
        let digest = service.key.hash_under(
            KeyId::of(&sign_in.id),
            Use::TypedCode,
            &[&sign_in.id, digits.as_bytes()],
        );
        Some(Code {
            kind,
            digits,
            slow_hash: None,
            digest,
            idempotency_key,
        })
    }

    fn key<'a>(&'a self, sign_in: &'a SignIn) -> SubmissionKey<'a> {
        SubmissionKey {
            sign_in: &sign_in.id,
            idempotency_key: &self.idempotency_key,
            digest: &self.digest,
        }
    }
}

/// First transaction: counts the code as a failure and commits. Gives the refusal where the limits refuse it
/// uncounted.
async fn count(
    service: &Service,
    requester: &Requester,
    cookie: Cookie<'_>,
    account: AccountId,
    code: &Code,
    now: u64,
) -> Result<Option<SignInStatus>, Error> {
    let mut tx = service.store.begin_for(account).await?;
    let (sign_in, user) = by_cookie(service, &mut *tx, cookie).await?;
    let submission = tx.submission(code.key(&sign_in)).await?;
    // A repetition is counted already, and after an acceptance there is nothing to guess.
    if submission.is_some() || sign_in.accepted.is_some() {
        return Ok(None);
    }
    let attempt = Attempt {
        user: user.id,
        within: &sign_in.id,
        known: sign_in.known,
    };
    if let Err(closed) = counted_code::count(service, &mut *tx, attempt, now).await? {
        let status = status::read(service, requester, &mut *tx, &sign_in, &user, now).await?;
        return Ok(Some(status.refused(closed.cause)));
    }
    tx.add_submission(code.key(&sign_in)).await?;
    tx.commit().await?;
    Ok(None)
}

/// Second transaction: verifies the code. Everything is read again, since other requests may have committed
/// in between.
async fn verify(
    service: &Service,
    requester: &Requester,
    cookie: Cookie<'_>,
    account: AccountId,
    code: &Code,
    now: u64,
) -> Result<Submitted, Error> {
    let mut tx = service.store.begin_for(account).await?;
    let (sign_in, user) = by_cookie(service, &mut *tx, cookie).await?;
    let submission = tx.submission(code.key(&sign_in)).await?;
    let earlier = match submission {
        Some(Submission::Verified(outcome)) => Some(outcome),
        Some(Submission::Counted) | None => None,
    };
    // A code that was not counted is not recorded either: after an acceptance nothing bounds these.
    let is_counted = submission == Some(Submission::Counted);
    let verdict = match earlier {
        Some(Outcome::Accepted) => resume(service, &mut *tx, &sign_in, code)
            .await?
            .ok_or(Cause::Used),
        Some(Outcome::Refused(cause)) => Err(cause),
        None => verify_new(service, requester, &mut *tx, &sign_in, &user, code, now).await?,
    };
    if earlier.is_none() {
        let outcome = match &verdict {
            Ok(_) => Outcome::Accepted,
            Err(cause) => Outcome::Refused(*cause),
        };
        tx.set_outcome(code.key(&sign_in), outcome).await?;
    }
    let submitted = match verdict {
        Ok(session) => Submitted::Accepted(session),
        Err(cause) => {
            let status = status::read(service, requester, &mut *tx, &sign_in, &user, now).await?;
            // The failure that locked the code step is answered with the lock.
            let locked = status.cause == Some(Cause::Locked);
            if is_counted {
                record_refusal(&mut *tx, requester, &user, cause, locked, now).await?;
            }
            let cause = if locked { Cause::Locked } else { cause };
            Submitted::Refused(status.refused(cause))
        }
    };
    tx.commit().await?;
    service.delivery.wake();
    Ok(submitted)
}

/// Records a refused code, and the lock that it has brought about.
async fn record_refusal(
    tx: &mut dyn Transaction,
    requester: &Requester,
    user: &User,
    cause: Cause,
    locked: bool,
    now: u64,
) -> Result<(), Error> {
    let refused = Event::CodeRefused(cause, "code-step");
    audit::person(tx, requester, &user.name, now, refused).await?;
    if locked {
        let reached = Event::LimitReached(audit::CODE_FAILURES);
        audit::person(tx, requester, &user.name, now, reached).await?;
    }
    Ok(())
}

/// Verifies a code for the first time.
async fn verify_new(
    service: &Service,
    requester: &Requester,
    tx: &mut dyn Transaction,
    sign_in: &SignIn,
    user: &User,
    code: &Code,
    now: u64,
) -> Result<Result<String, Cause>, Error> {
    if let Some(accepted) = &sign_in.accepted {
        // The sign-in is over. Only the code that it accepted is recognised.
        let same: bool = accepted.as_slice().ct_eq(&code.digest).into();
        return Ok(Err(if same { Cause::Used } else { Cause::Wrong }));
    }
    let typed = TypedCode {
        sign_in,
        user,
        kind: code.kind,
        digits: &code.digits,
        slow_hash: code.slow_hash.as_ref(),
        now,
    };
    let (factor, notice) = match factors::verify(service, tx, &typed).await? {
        Ok(accepted) => accepted,
        Err(cause) => return Ok(Err(cause)),
    };
    let event = Event::CodeAccepted(factor);
    audit::person(tx, requester, &user.name, now, event).await?;
    let cookie = accept(service, requester, tx, sign_in, code, now).await?;
    if let Some(notice) = notice {
        notice::enqueue(service, tx, Actor::Person(requester), user, notice).await?;
    }
    Ok(Ok(cookie))
}

/// Accepts the sign-in: deletes its failures and begins its one session, in the place of the browser's former
/// one. Gives the session's cookie.
///
/// A sign-in may be ended, and the browser's session too, by a request that has the lock of another account: then nothing is accepted.
async fn accept(
    service: &Service,
    requester: &Requester,
    tx: &mut dyn Transaction,
    sign_in: &SignIn,
    code: &Code,
    now: u64,
) -> Result<String, Error> {
    if !tx.accept_sign_in(code.key(sign_in), now).await? {
        return Err(Error::NoSignIn);
    }
    counted_code::take_back(tx, &sign_in.id).await?;
    let cookie = session_cookie(service, sign_in, code);
    known_places::remember(service, tx, sign_in.user, requester, &cookie).await?;
    let mut expires_at = now.saturating_add(service.settings.session_life);
    let former = match &sign_in.replaces {
        Some(former) => tx.end_session(former, now).await?,
        None => None,
    };
    if sign_in.is_step_up && former.is_none() {
        return Err(Error::NoSignIn);
    }
    if let Some(former) = former {
        // That of the browser, which may be another account's.
        let name = tx.user(former.user).await?.name;
        let event = Event::SessionsEnded("replaced");
        audit::person(tx, requester, &name, now, event).await?;
        // A step-up continues the session: it does not live longer for it.
        if sign_in.is_step_up {
            expires_at = expires_at.min(former.expires_at);
        }
    }
    tx.begin_session(NewSession {
        sign_in: &sign_in.id,
        cookie: &stored_cookie(service, &cookie),
        user: sign_in.user,
        now,
        expires_at,
    })
    .await?;
    Ok(cookie)
}

/// The session that this submission began, unless it has ended: a lost answer is given again.
async fn resume(
    service: &Service,
    tx: &mut dyn Transaction,
    sign_in: &SignIn,
    code: &Code,
) -> Result<Option<String>, Error> {
    let cookie = session_cookie(service, sign_in, code);
    let stored = stored_cookie(service, &cookie);
    let session = tx.session(&stored, session::live(service)).await?;
    Ok(session
        .filter(|session| session.sign_in == sign_in.id)
        .map(|_| cookie))
}

/// The value of a session's cookie. It is derived from the sign-in and the idempotency key, so that the same
/// submission gets the same session even if the service crashed before it could answer.
fn session_cookie(service: &Service, sign_in: &SignIn, code: &Code) -> String {
    hex(&service.key.hash_under(
        KeyId::of(&sign_in.id),
        Use::SessionCookie,
        &[&sign_in.id, code.idempotency_key.as_bytes()],
    ))
}
