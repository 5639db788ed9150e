//! A sign-in between the password and the signed-in page: how it begins, what its person may know, and
//! which way they take. What becomes of a code stands in [`crate::code_step`].

use sqlx::SqliteConnection;
use todoita::cause::Cause;
use todoita::channel::Channel;
use todoita::code;
use todoita::facts::{Facts, Instant};
use todoita::policy::{self, Gate};

use crate::app::Service;
use crate::asker::Asker;
use crate::error::Error;
use crate::key::{Use, hex};
use crate::random;
use crate::sending;
use crate::store::sign_ins::{self, SignIn};
use crate::store::users::{self, User};
use crate::store::{self, tries};

/// Digits of a sent or app code.
pub const DIGITS: u8 = 6;
/// Digits of a backup code.
pub const BACKUP_DIGITS: u8 = 8;

/// What codes look like here.
pub fn rule(asker: &Asker) -> code::Rule {
    code::Rule {
        digits: DIGITS,
        backup: code::Backup::Digits,
        backup_digits: BACKUP_DIGITS,
        host: Some(asker.host().to_owned()),
    }
}

/// What a person may know of a pending sign-in. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// What time it is.
    pub now: u64,
    /// Where the code went, or how the person finds one. `None`: nothing could be sent.
    pub channel: Option<Channel>,
    /// The masked destination.
    pub destination: Option<String>,
    /// When the code was sent.
    pub sent_at: Option<u64>,
    /// When its life ends.
    pub expires_at: Option<u64>,
    /// From when another may be asked for.
    pub resend_at: Option<u64>,
    /// Wrong tries that are left.
    pub attempts_left: u32,
    /// From when the next try counts.
    pub retry_at: Option<u64>,
    /// Why the last try was refused, or that the code step is locked.
    pub cause: Option<Cause>,
    /// How many codes were sent after the first.
    pub resends: usize,
}

impl Told {
    /// The same, refused for `cause`.
    pub fn refused(mut self, cause: Cause) -> Told {
        self.cause = Some(cause);
        self
    }

    /// The same as the field takes it.
    pub fn facts(&self) -> Facts {
        let instant = |at: Option<u64>| Instant::new(at?);
        Facts {
            now: Instant::new(self.now),
            channel: self.channel,
            destination: self.destination.clone(),
            sent_at: instant(self.sent_at),
            expires_at: instant(self.expires_at),
            resend_at: instant(self.resend_at),
            attempts_left: Some(self.attempts_left),
            retry_at: instant(self.retry_at),
            cause: self.cause,
            resends: u32::try_from(self.resends).ok(),
            unanswered: false,
        }
    }
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
    if before.cause == Some(Cause::Locked) {
        return Ok(Asked::Refused(before));
    }
    let mut message = None;
    if channel.is_sent() {
        match sending::prepare(service, asker, &mut db, &user, &sign_in.id, channel, now).await? {
            Ok(prepared) => message = Some(prepared),
            Err(until) => {
                before.resend_at = Some(until);
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
    let codes = sign_ins::codes(db, &sign_in.id).await?;
    let mut told = Told {
        now,
        channel: Channel::from_name(&sign_in.channel),
        attempts_left: policy::attempts_left(&failures, now, limits),
        retry_at,
        cause,
        resends: codes.len().saturating_sub(1),
        ..Told::default()
    };
    if let Some(channel) = told.channel.filter(|channel| channel.is_sent()) {
        let newest = codes
            .iter()
            .rev()
            .find(|code| code.channel == sign_in.channel);
        // Where nothing could be sent, nobody is told that it was.
        if newest.is_some() {
            told.destination =
                sending::destination(user, channel).map(|to| sending::masked(channel, to));
        } else {
            told.channel = None;
        }
        told.sent_at = newest.map(sign_ins::SentCode::sent_at);
        told.expires_at = told.sent_at.map(|at| at.saturating_add(limits.code_life));
        let next = sending::next(service, db, user, &codes, channel, now).await?;
        let cool_down = told
            .sent_at
            .map_or(now, |at| at.saturating_add(limits.resend_after));
        told.resend_at = Some(next.unwrap_or(cool_down));
    }
    Ok(told)
}
