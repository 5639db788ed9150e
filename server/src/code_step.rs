//! The code step: what is counted, compared and accepted, and in which order.
//!
//! A code that comes in is first counted as a failure, and that is committed. Only then is it compared;
//! a success takes the failures back and begins the session, in one transaction. So guesses at the same
//! instant cannot exceed the budget, a crash in between costs one try and never gives one away, and of
//! two right codes at the same instant one is accepted.

use sqlx::SqliteConnection;
use subtle::ConstantTimeEq as _;
use todoita::cause::Cause;
use todoita::channel::Channel;
use todoita::code::{self, Kind, Reading};
use todoita::policy::{self, Gate, Standing};

use crate::code_rule::rule;
use crate::hex::hex;
use crate::key::Use;
use crate::random;
use crate::service::Service;
use crate::sign_in::{Told, pending, told};
use crate::store::sign_ins::{self, SignIn};
use crate::store::users::User;
use crate::store::{sessions, tries};
use crate::web::error::Error;
use crate::web::request_context::Asker;
use crate::{app_codes, backup_codes, sending};

/// The longest attempt id that is taken as one.
const LONGEST_ATTEMPT: usize = 64;

/// What became of a code that was typed.
#[derive(Debug)]
pub enum Outcome {
    /// It was accepted: the value of the session's cookie.
    Accepted(String),
    /// It was refused, and why.
    Refused(Told),
    /// It is no code. Nothing was counted.
    Unreadable(Told),
}

/// Takes a code that was typed.
///
/// # Errors
/// [`Error::NoSignIn`], and what is ours.
pub async fn give(
    service: &Service,
    asker: &Asker,
    cookie: Option<&str>,
    typed: &str,
    attempt: Option<&str>,
) -> Result<Outcome, Error> {
    let now = service.clock.now();
    let attempt = match attempt {
        Some(id) if !id.is_empty() && id.len() <= LONGEST_ATTEMPT => id.to_owned(),
        Some(id) if id.len() > LONGEST_ATTEMPT => {
            return Err(Error::BadInput("todoita-attempt is too long".into()));
        }
        _ => random::attempt()?,
    };
    let reading = code::read(typed, &rule(asker));

    // First: counted, and committed.
    let mut db = service.store.begin().await?;
    let (sign_in, user) = pending(service, &mut db, cookie).await?;
    let Some(typed) = Typed::new(service, &sign_in, reading) else {
        let told = told(service, &mut db, &sign_in, &user, now).await?;
        return Ok(match told.cause {
            Some(Cause::Locked) => Outcome::Refused(told),
            _ => Outcome::Unreadable(told.refused(Cause::Wrong)),
        });
    };
    match sign_ins::outcome(&mut db, &sign_in.id, &attempt, &typed.mark).await? {
        // Known, and compared: the same outcome again, below.
        Some(Some(_)) => {}
        // Counted, and then the service stopped: counted it is.
        Some(None) => {}
        None if sign_in.accepted_attempt.is_some() => {}
        None => {
            let failures = tries::failures(&mut db, user.id).await?;
            let cause = match policy::gate(&failures, now, &service.config.limits) {
                Gate::Open => None,
                Gate::Wait { .. } => Some(Cause::Limited),
                Gate::Locked { .. } | Gate::Closed => Some(Cause::Locked),
            };
            if let Some(cause) = cause {
                let told = told(service, &mut db, &sign_in, &user, now).await?;
                return Ok(Outcome::Refused(told.refused(cause)));
            }
            tries::add_failure(&mut db, user.id, now).await?;
            sign_ins::add_attempt(&mut db, &sign_in.id, &attempt, &typed.mark).await?;
        }
    }
    db.commit().await?;

    // Then: compared. Everything is read again, since others may have come in between.
    let mut db = service.store.begin().await?;
    let (sign_in, user) = pending(service, &mut db, cookie).await?;
    let known = sign_ins::outcome(&mut db, &sign_in.id, &attempt, &typed.mark)
        .await?
        .flatten();
    let verdict = match known.as_deref() {
        Some(ACCEPTED) => session_of(service, &mut db, &sign_in, &attempt, now)
            .await?
            .ok_or(Cause::Used),
        Some(cause) => Err(Cause::from_wire(cause)),
        None if sign_in.accepted_attempt.is_some() => Err(typed.after_acceptance(&sign_in)),
        None => match compare(service, &mut db, &sign_in, &user, &typed, now).await? {
            Ok(()) => Ok(accept(service, &mut db, &sign_in, &attempt, &typed, now).await?),
            Err(cause) => Err(cause),
        },
    };
    let outcome = verdict
        .as_ref()
        .map_or_else(|cause| cause.as_str(), |_| ACCEPTED);
    if known.is_none() {
        sign_ins::set_outcome(&mut db, &sign_in.id, &attempt, &typed.mark, outcome).await?;
    }
    let outcome = match verdict {
        Ok(session) => Outcome::Accepted(session),
        Err(cause) => {
            let told = told(service, &mut db, &sign_in, &user, now).await?;
            // The try that locked the code step hears that it did.
            let cause = if told.cause == Some(Cause::Locked) {
                Cause::Locked
            } else {
                cause
            };
            Outcome::Refused(told.refused(cause))
        }
    };
    db.commit().await?;
    Ok(outcome)
}

/// The outcome of an attempt that was accepted; every other one is a cause's word.
const ACCEPTED: &str = "accepted";

/// A code that was typed, clean.
struct Typed {
    kind: Kind,
    digits: zeroize::Zeroizing<String>,
    /// Its keyed hash within this sign-in.
    mark: [u8; 32],
}

impl Typed {
    fn new(service: &Service, sign_in: &SignIn, reading: Reading) -> Option<Typed> {
        let kind = reading.kind?;
        let digits = zeroize::Zeroizing::new(reading.digits);
        let mark = service
            .key
            .hash(Use::TypedCode, &[&sign_in.id, digits.as_bytes()]);
        Some(Typed { kind, digits, mark })
    }

    /// What a sign-in that is over says: whether this is the code that it took.
    fn after_acceptance(&self, sign_in: &SignIn) -> Cause {
        let same = sign_in
            .accepted_mark
            .as_deref()
            .is_some_and(|mark| mark.ct_eq(&self.mark).into());
        if same { Cause::Used } else { Cause::Wrong }
    }
}

/// Compares a code with everything that it may be, and spends what it is.
async fn compare(
    service: &Service,
    db: &mut SqliteConnection,
    sign_in: &SignIn,
    user: &User,
    typed: &Typed,
    now: u64,
) -> Result<Result<(), Cause>, Error> {
    if typed.kind == Kind::Backup {
        return backup_codes::spend(service, db, user, &typed.digits, now)
            .await
            .map(|spent| if spent { Ok(()) } else { Err(Cause::Wrong) });
    }
    let codes = sign_ins::codes(db, &sign_in.id).await?;
    let times: Vec<policy::Sent> = codes.iter().map(sign_ins::SentCode::times).collect();
    // All of them are compared, and the newest that matches counts.
    let mut found = None;
    for (index, code) in codes.iter().enumerate() {
        // Bound to where it went: after a change of the number it is worth nothing.
        let Some(destination) = Channel::from_name(&code.channel)
            .and_then(|channel| sending::destination(user, channel))
        else {
            continue;
        };
        let hash = sending::hash(service, &sign_in.id, destination, &typed.digits);
        if bool::from(hash.ct_eq(code.hash.as_slice())) {
            found = Some((index, code.id));
        }
    }
    let sent = found.map(|(index, id)| {
        (
            policy::standing(&times, index, now, &service.config.limits),
            id,
        )
    });
    if let Some((Standing::Live, id)) = sent {
        sign_ins::spend_code(db, id, now).await?;
        return Ok(Ok(()));
    }
    if app_codes::spend(service, db, user, &typed.digits, now).await? {
        return Ok(Ok(()));
    }
    Ok(Err(match sent {
        Some((Standing::Expired, _)) => Cause::Expired,
        Some((Standing::Used, _)) => Cause::Used,
        _ => Cause::Wrong,
    }))
}

/// Lets the person in: the failures are forgotten, the sign-in is over, its one session begins.
async fn accept(
    service: &Service,
    db: &mut SqliteConnection,
    sign_in: &SignIn,
    attempt: &str,
    typed: &Typed,
    now: u64,
) -> Result<String, Error> {
    if !sign_ins::accept(db, &sign_in.id, attempt, &typed.mark).await? {
        return Err(Error::Internal(
            "a sign-in was accepted under a transaction that had it open",
        ));
    }
    tries::clear_failures(db, sign_in.user).await?;
    let (cookie, stored) = session_cookie(service, sign_in, attempt);
    let expires_at = now.saturating_add(service.config.session_life);
    sessions::begin(db, &sign_in.id, &stored, sign_in.user, now, expires_at).await?;
    Ok(cookie)
}

/// The session that this attempt began, if it is not over: an answer that was lost is given again.
async fn session_of(
    service: &Service,
    db: &mut SqliteConnection,
    sign_in: &SignIn,
    attempt: &str,
    now: u64,
) -> Result<Option<String>, Error> {
    let (cookie, stored) = session_cookie(service, sign_in, attempt);
    let session = sessions::by_cookie(db, &stored, now).await?;
    Ok(session
        .filter(|session| session.sign_in == sign_in.id)
        .map(|_| cookie))
}

/// The value of a session's cookie and what is stored of it. It follows from sign-in and attempt, so that
/// the same attempt gets the same session even if the service was killed before it could answer.
fn session_cookie(service: &Service, sign_in: &SignIn, attempt: &str) -> (String, [u8; 32]) {
    let cookie = hex(&service
        .key
        .hash(Use::SessionCookie, &[&sign_in.id, attempt.as_bytes()]));
    let stored = service.key.hash(Use::StoredCookie, &[cookie.as_bytes()]);
    (cookie, stored)
}
