//! The code step: what is counted, compared and accepted, and in which order.
//!
//! A code that comes in is first counted as a failure, and that is committed. Only then is it compared;
//! a success takes the failures back and begins the session, in one transaction. So guesses at the same
//! instant cannot exceed the budget, a crash in between costs one try and never gives one away, and of
//! two right codes at the same instant one is accepted.

use sqlx::SqliteConnection;
use subtle::ConstantTimeEq as _;
use todoita::cause::Cause;
use todoita::code::{self, Kind, Reading};
use todoita::entry::{Channel, Facts};
use todoita::policy::{self, Gate, Standing};

use crate::app::Service;
use crate::app_codes;
use crate::asker::Asker;
use crate::error::Error;
use crate::key::{Use, hex};
use crate::random;
use crate::sending;
use crate::store::sign_ins::{self, SignIn};
use crate::store::users::{self, User};
use crate::store::{self, sessions, tries};

/// Digits of a sent or app code.
pub const DIGITS: u8 = 6;
/// Digits of a backup code.
pub const BACKUP_DIGITS: u8 = 8;
/// The longest attempt id that is taken as one.
const LONGEST_ATTEMPT: usize = 64;

/// What a person may know of a pending sign-in.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Times, counts, and a cause.
    pub facts: Facts,
    /// The masked destination.
    pub destination: Option<String>,
}

impl Told {
    /// The same, refused for `cause`.
    fn refused(mut self, cause: Cause) -> Told {
        self.facts.cause = Some(cause);
        self
    }
}

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

/// What became of asking for another way, or for a code once more.
#[derive(Debug)]
pub enum Asked {
    /// The way was changed, and a code sent where one is.
    Done(Told),
    /// It was refused, and why.
    Refused(Told),
}

/// Begins a sign-in for somebody whose password was right, and sends the first code. Gives the value of
/// the sign-in's cookie.
///
/// # Errors
/// [`Error::NoWay`] for an account that cannot receive or find a code; and what is ours.
pub async fn begin(service: &Service, asker: &Asker, user: &User) -> Result<String, Error> {
    let now = service.clock.now();
    let id: [u8; 16] = random::bytes()?;
    let cookie = hex(&random::bytes::<32>()?);
    let mut db = service.store.begin().await?;
    store::forget(&mut db, now).await?;
    let ways = ways(&mut db, user).await?;
    let &channel = ways.first().ok_or(Error::NoWay)?;
    let stored = service.key.hash(Use::StoredCookie, &[cookie.as_bytes()]);
    let expires_at = now.saturating_add(service.config.sign_in_life);
    sign_ins::begin(
        &mut db,
        &id,
        &stored,
        user.id,
        channel.as_str(),
        now,
        expires_at,
    )
    .await?;
    let failures = tries::failures(&mut db, user.id).await?;
    // A code that comes while the code step is locked would be dead when it opens.
    let open = matches!(
        policy::gate(&failures, now, &service.config.limits),
        Gate::Open | Gate::Wait { .. }
    );
    let mut message = None;
    if open && channel.is_sent() {
        match sending::prepare(service, asker, &mut db, user, &id, channel, now).await? {
            Ok(prepared) => message = Some(prepared),
            Err(_) => sign_ins::set_refusal(&mut db, &id, Some(Cause::Limited.as_str())).await?,
        }
    }
    db.commit().await?;
    if let Some(message) = message {
        service.outbox.push(message);
    }
    Ok(cookie)
}

/// The ways in that an account has, in the order in which they are offered.
///
/// # Errors
/// When the database does not answer.
pub async fn ways(db: &mut SqliteConnection, user: &User) -> Result<Vec<Channel>, Error> {
    let backup = users::backup_codes(db, user.id)
        .await?
        .iter()
        .any(|code| code.spent_at.is_none());
    let has = |channel: &Channel| match channel {
        Channel::Sms | Channel::Voice => user.phone.is_some(),
        Channel::Email => user.email.is_some(),
        Channel::App => user.app_secret.is_some(),
        Channel::Backup => backup,
    };
    Ok(Channel::ALL.into_iter().filter(has).collect())
}

/// The pending sign-in behind a cookie, and whose it is.
///
/// # Errors
/// [`Error::NoSignIn`] where there is none.
pub async fn pending(
    service: &Service,
    db: &mut SqliteConnection,
    cookie: Option<&str>,
) -> Result<(SignIn, User), Error> {
    let cookie = cookie.ok_or(Error::NoSignIn)?;
    let stored = service.key.hash(Use::StoredCookie, &[cookie.as_bytes()]);
    let sign_in = sign_ins::by_cookie(db, &stored, service.clock.now())
        .await?
        .ok_or(Error::NoSignIn)?;
    let user = users::by_id(db, sign_in.user).await?;
    Ok((sign_in, user))
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
        return Ok(match told.facts.cause {
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
            let cause = if told.facts.cause == Some(Cause::Locked) {
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

/// What codes look like here.
pub fn rule(asker: &Asker) -> code::Rule {
    code::Rule {
        digits: DIGITS,
        backup: code::Backup::Digits,
        backup_digits: BACKUP_DIGITS,
        host: Some(asker.host().to_owned()),
    }
}

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
        return spend_backup_code(service, db, user, typed, now).await;
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
        let hash = sent_code_hash(service, &sign_in.id, destination, &typed.digits);
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

/// The keyed hash of a code that is sent for a sign-in.
pub fn sent_code_hash(
    service: &Service,
    sign_in: &[u8],
    destination: &str,
    code: &str,
) -> [u8; 32] {
    service.key.hash(
        Use::SentCode,
        &[sign_in, destination.as_bytes(), code.as_bytes()],
    )
}

async fn spend_backup_code(
    service: &Service,
    db: &mut SqliteConnection,
    user: &User,
    typed: &Typed,
    now: u64,
) -> Result<Result<(), Cause>, Error> {
    let mut found = None;
    for code in users::backup_codes(db, user.id).await? {
        let hash = backup_code_hash(service, user.id, &code.salt, &typed.digits);
        // A spent one is no longer a code of the account: whoever types it hears `wrong`.
        if bool::from(hash.ct_eq(code.hash.as_slice())) && code.spent_at.is_none() {
            found = Some(code.id);
        }
    }
    let spent = match found {
        Some(id) => users::spend_backup_code(db, id, now).await?,
        None => false,
    };
    Ok(if spent { Ok(()) } else { Err(Cause::Wrong) })
}

/// The keyed hash of a backup code.
pub fn backup_code_hash(service: &Service, user: i64, salt: &[u8], code: &str) -> [u8; 32] {
    service.key.hash(
        Use::BackupCode,
        &[&user.to_be_bytes(), salt, code.as_bytes()],
    )
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

/// Sends a code once more, or by another way; or changes to a way that sends nothing. `None` for the
/// channel: the same way again.
///
/// # Errors
/// [`Error::NoSignIn`]; [`Error::BadInput`] for a way that the account has not; and what is ours.
pub async fn ask(
    service: &Service,
    asker: &Asker,
    cookie: Option<&str>,
    wanted: Option<Channel>,
) -> Result<Asked, Error> {
    let now = service.clock.now();
    let mut db = service.store.begin().await?;
    let (mut sign_in, user) = pending(service, &mut db, cookie).await?;
    if sign_in.accepted_attempt.is_some() {
        return Err(Error::NoSignIn);
    }
    let channel = wanted
        .or(Channel::from_name(&sign_in.channel))
        .ok_or(Error::Internal("a channel's name is not ours"))?;
    if !ways(&mut db, &user).await?.contains(&channel) || (wanted.is_none() && !channel.is_sent()) {
        return Err(Error::BadInput("the account has no such way".into()));
    }
    let mut before = told(service, &mut db, &sign_in, &user, now).await?;
    if before.facts.cause == Some(Cause::Locked) {
        return Ok(Asked::Refused(before));
    }
    let mut message = None;
    if channel.is_sent() {
        match sending::prepare(service, asker, &mut db, &user, &sign_in.id, channel, now).await? {
            Ok(prepared) => message = Some(prepared),
            Err(until) => {
                before.facts.resend_at = Some(until);
                return Ok(Asked::Refused(before.refused(Cause::Limited)));
            }
        }
    }
    sign_ins::set_channel(&mut db, &sign_in.id, channel.as_str()).await?;
    channel.as_str().clone_into(&mut sign_in.channel);
    let after = told(service, &mut db, &sign_in, &user, now).await?;
    db.commit().await?;
    if let Some(message) = message {
        service.outbox.push(message);
    }
    Ok(Asked::Done(after))
}

/// Back from a way that sends nothing to the code that was sent last.
///
/// # Errors
/// [`Error::NoSignIn`], and what is ours.
pub async fn back_to_code(service: &Service, cookie: Option<&str>) -> Result<Told, Error> {
    let now = service.clock.now();
    let mut db = service.store.begin().await?;
    let (mut sign_in, user) = pending(service, &mut db, cookie).await?;
    let last = sign_ins::codes(&mut db, &sign_in.id)
        .await?
        .pop()
        .map(|code| code.channel);
    let first = ways(&mut db, &user)
        .await?
        .first()
        .map(|channel| channel.as_str().to_owned());
    if let Some(channel) = last.or(first) {
        sign_ins::set_channel(&mut db, &sign_in.id, &channel).await?;
        sign_in.channel = channel;
    }
    let told = told(service, &mut db, &sign_in, &user, now).await?;
    db.commit().await?;
    Ok(told)
}

/// What the person may know of a pending sign-in. The cause is [`Cause::Locked`] or none.
///
/// # Errors
/// When the database does not answer.
pub async fn told(
    service: &Service,
    db: &mut SqliteConnection,
    sign_in: &SignIn,
    user: &User,
    now: u64,
) -> Result<Told, Error> {
    let limits = &service.config.limits;
    let failures = tries::failures(db, user.id).await?;
    let (retry_at, cause) = match policy::gate(&failures, now, limits) {
        Gate::Open => (None, None),
        Gate::Wait { until } => (Some(until), None),
        Gate::Locked { until } => (Some(until), Some(Cause::Locked)),
        Gate::Closed => (None, Some(Cause::Locked)),
    };
    let channel = Channel::from_name(&sign_in.channel);
    let mut facts = Facts {
        now: Some(now),
        channel,
        attempts_left: Some(policy::attempts_left(&failures, now, limits)),
        retry_at,
        cause,
        ..Facts::default()
    };
    let mut destination = None;
    if let Some(channel) = channel.filter(|channel| channel.is_sent()) {
        let codes = sign_ins::codes(db, &sign_in.id).await?;
        let newest = codes
            .iter()
            .rev()
            .find(|code| code.channel == sign_in.channel);
        // Where nothing could be sent, nobody is told that it was.
        if newest.is_some() {
            destination =
                sending::destination(user, channel).map(|to| sending::masked(channel, to));
        } else {
            facts.channel = None;
        }
        facts.destination = destination.is_some();
        facts.sent_at = newest.map(sign_ins::SentCode::sent_at);
        facts.expires_at = facts.sent_at.map(|at| at.saturating_add(limits.code_life));
        let next = sending::next(service, db, user, &codes, channel, now).await?;
        facts.resend_at = Some(
            next.unwrap_or(
                facts
                    .sent_at
                    .map_or(now, |at| at.saturating_add(limits.resend_after)),
            ),
        );
    }
    Ok(Told { facts, destination })
}
