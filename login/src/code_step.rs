//! The code step: count, commit, verify, accept.
//!
//! A submitted code is first counted as a failure, and that is committed. Only then is it verified; a
//! success deletes the failures of its sign-in and begins the session, in one transaction. So guesses at the same instant
//! cannot exceed the limit, a crash in between costs one attempt and never grants one, and of two right
//! codes at the same instant one is accepted.

use subtle::ConstantTimeEq as _;
use todoita::cause::Cause;
use todoita::code::{self, Kind, Reading};
use todoita::policy::{self, Gate};
use zeroize::Zeroizing;

use crate::code_rule::rule;
use crate::crypto::hex::hex;
use crate::crypto::key::Use;
use crate::crypto::random;
use crate::error::Error;
use crate::factors::{self, TypedCode};
use crate::service::{Requester, Service};
use crate::session::stored_cookie;
use crate::sign_in::{Pending, by_cookie};
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

/// Takes a typed code. `idempotency_key`: the same key with the same code gets the same outcome again;
/// `None` and an empty one make a new key.
///
/// # Errors
/// [`Error::NoSignIn`]; [`Error::InvalidInput`] for a key that is too long. Internal errors: database,
/// randomness, a sealed secret that does not open.
pub async fn submit(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
    typed: &str,
    idempotency_key: Option<&str>,
) -> Result<Submitted, Error> {
    let now = service.clock.now();
    let idempotency_key = match idempotency_key {
        Some(key) if key.len() > LONGEST_KEY => {
            return Err(Error::InvalidInput("todoita-attempt is too long".into()));
        }
        Some(key) if !key.is_empty() => key.to_owned(),
        _ => random::idempotency_key()?,
    };
    let mut db = service.store.read().await?;
    let (sign_in, user) = by_cookie(service, &mut *db, cookie).await?;
    let reading = code::read(typed, &rule(&requester.host));
    let Some(code) = Code::new(service, &sign_in, reading, idempotency_key) else {
        let status = status::read(service, &mut *db, &sign_in, &user, now).await?;
        if status.cause == Some(Cause::Locked) {
            return Ok(Submitted::Refused(status));
        }
        let methods = factors::methods(&mut *db, &user).await?;
        return Ok(Submitted::Unreadable(Box::new(Pending {
            user,
            status,
            methods,
        })));
    };
    drop(db);
    if let Some(refused) = count(service, cookie, user.id, &code, now).await? {
        return Ok(Submitted::Refused(refused));
    }
    verify(service, cookie, user.id, &code, now).await
}

/// A typed code, normalised.
struct Code {
    kind: Kind,
    digits: Zeroizing<String>,
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
        let digest = service
            .key
            .hash(Use::TypedCode, &[&sign_in.id, digits.as_bytes()]);
        Some(Code {
            kind,
            digits,
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
    cookie: Option<&str>,
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
    let failures = status::failures(&mut *tx, user.id, now).await?;
    let cause = match policy::gate(&failures, now, &service.settings.limits) {
        Gate::Open => None,
        Gate::Wait { .. } => Some(Cause::Limited),
        Gate::Locked { .. } => Some(Cause::Locked),
    };
    if let Some(cause) = cause {
        let status = status::read(service, &mut *tx, &sign_in, &user, now).await?;
        return Ok(Some(status.refused(cause)));
    }
    tx.add_failure(user.id, &sign_in.id, now).await?;
    tx.add_submission(code.key(&sign_in)).await?;
    tx.commit().await?;
    Ok(None)
}

/// Second transaction: verifies the code. Everything is read again, since other requests may have committed
/// in between.
async fn verify(
    service: &Service,
    cookie: Option<&str>,
    account: AccountId,
    code: &Code,
    now: u64,
) -> Result<Submitted, Error> {
    let mut tx = service.store.begin_for(account).await?;
    let (sign_in, user) = by_cookie(service, &mut *tx, cookie).await?;
    let earlier = match tx.submission(code.key(&sign_in)).await? {
        Some(Submission::Verified(outcome)) => Some(outcome),
        Some(Submission::Counted) | None => None,
    };
    let verdict = match earlier {
        Some(Outcome::Accepted) => resume(service, &mut *tx, &sign_in, code, now)
            .await?
            .ok_or(Cause::Used),
        Some(Outcome::Refused(cause)) => Err(cause),
        None => verify_new(service, &mut *tx, &sign_in, &user, code, now).await?,
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
            let status = status::read(service, &mut *tx, &sign_in, &user, now).await?;
            // The failure that locked the code step is answered with the lock.
            let locked = status.cause == Some(Cause::Locked);
            let cause = if locked { Cause::Locked } else { cause };
            Submitted::Refused(status.refused(cause))
        }
    };
    tx.commit().await?;
    Ok(submitted)
}

/// Verifies a code for the first time.
async fn verify_new(
    service: &Service,
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
        now,
    };
    match factors::verify(service, tx, &typed).await? {
        Ok(()) => accept(service, tx, sign_in, code, now).await.map(Ok),
        Err(cause) => Ok(Err(cause)),
    }
}

/// Accepts the sign-in: deletes its failures and begins its one session. Gives the session's cookie.
async fn accept(
    service: &Service,
    tx: &mut dyn Transaction,
    sign_in: &SignIn,
    code: &Code,
    now: u64,
) -> Result<String, Error> {
    if !tx.accept_sign_in(code.key(sign_in)).await? {
        return Err(Error::Internal(
            "a sign-in was accepted while its account was locked",
        ));
    }
    tx.clear_failures(&sign_in.id).await?;
    let cookie = session_cookie(service, sign_in, code);
    tx.begin_session(NewSession {
        sign_in: &sign_in.id,
        cookie: &stored_cookie(service, &cookie),
        user: sign_in.user,
        now,
        expires_at: now.saturating_add(service.settings.session_life),
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
    now: u64,
) -> Result<Option<String>, Error> {
    let cookie = session_cookie(service, sign_in, code);
    let session = tx.session(&stored_cookie(service, &cookie), now).await?;
    Ok(session
        .filter(|session| session.sign_in == sign_in.id)
        .map(|_| cookie))
}

/// The value of a session's cookie. It is derived from the sign-in and the idempotency key, so that the same
/// submission gets the same session even if the service crashed before it could answer.
fn session_cookie(service: &Service, sign_in: &SignIn, code: &Code) -> String {
    hex(&service.key.hash(
        Use::SessionCookie,
        &[&sign_in.id, code.idempotency_key.as_bytes()],
    ))
}
