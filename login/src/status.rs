//! The status of a pending sign-in, as far as its person may know it.

use todoita::cause::Cause;
use todoita::channel::Channel;
use todoita::facts::{Facts, Instant};
use todoita::policy;

use crate::counted_code;
use crate::error::Error;
use crate::factors::{self, sent_code};
use crate::gateway_health;
use crate::send_code::{self, Recipient};
use crate::service::{Requester, Service};
use crate::store::{SentCode, SignIn, Snapshot, User};

/// The status of a pending sign-in, as far as its person may know it. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, Default)]
pub struct SignInStatus {
    /// When this was read.
    pub now: u64,
    /// The channel of the code, or the method that the person uses. `None`: nothing could be sent.
    pub channel: Option<Channel>,
    /// The masked destination.
    pub destination: Option<String>,
    /// When the code was sent.
    pub sent_at: Option<u64>,
    /// When the code expires.
    pub expires_at: Option<u64>,
    /// From when another may be sent.
    pub resend_at: Option<u64>,
    /// Failures that are left before the code step locks.
    pub attempts_left: u32,
    /// From when the next code is taken.
    pub retry_at: Option<u64>,
    /// Why the last code was refused, or that the code step is locked.
    pub cause: Option<Cause>,
    /// How many codes were sent after the first.
    pub resends: usize,
    /// That a code was asked for and not sent.
    pub unsent: Option<Unsent>,
    /// That the newest code by the channel could not be delivered. Then it has no times: nothing is on its way.
    pub undelivered: Option<Undelivered>,
    /// The channels whose gateway is down: codes by them are late.
    pub down: Vec<Channel>,
    /// The channels whose gateway may not deliver what it takes ([`gateway_health::doubts`]): for pages alone.
    pub doubtful: Vec<Channel>,
}

/// A code was asked for and not sent: a limit did not allow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// From when it can be sent.
    pub until: u64,
    /// The account's methods that work now, in the order in which they are offered.
    pub open: Vec<Channel>,
}

/// A code could not be delivered: its gateway has refused it or reported so, or it has expired in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// By which channel it went.
    pub channel: Channel,
    /// The account's methods that work now, in the order in which they are offered.
    pub open: Vec<Channel>,
}

impl SignInStatus {
    /// The same, refused for `cause`.
    pub fn refused(mut self, cause: Cause) -> SignInStatus {
        self.cause = Some(cause);
        self
    }

    /// The account's methods that work now, in the order in which they are offered, where a code was not sent or could not be
    /// delivered. `None`: all of them but for those whose gateway is down.
    pub fn open(&self) -> Option<&[Channel]> {
        let unsent = self.unsent.as_ref().map(|unsent| &unsent.open);
        let undelivered = self.undelivered.as_ref().map(|it| &it.open);
        unsent.or(undelivered).map(Vec::as_slice)
    }

    /// The account's methods that can be used now, of `methods`: where a limit did not let a code be sent, without those that it
    /// would refuse as well; without those by which this sign-in's code could not be delivered; and without those whose gateway
    /// is down.
    pub fn open_methods(&self, methods: &[Channel]) -> Vec<Channel> {
        let open = self.open().unwrap_or(methods);
        let up = |channel: &Channel| !self.down.contains(channel);
        open.iter().copied().filter(up).collect()
    }

    /// The channel of the code, if its gateway is down: the code is late.
    pub fn late(&self) -> Option<Channel> {
        self.channel.filter(|channel| self.down.contains(channel))
    }

    /// The channel of the code, if its gateway may not deliver it.
    pub fn doubtful(&self) -> Option<Channel> {
        self.channel
            .filter(|channel| self.doubtful.contains(channel))
    }

    /// Whether the code usually arrives soon.
    pub fn is_usual(&self) -> bool {
        self.undelivered.is_none() && self.late().is_none() && self.doubtful().is_none()
    }

    /// The same facts in the form in which the field takes them.
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

/// Reads the status of a sign-in. Its cause is [`Cause::Locked`] or none.
///
/// # Errors
/// Internal errors: database.
pub async fn read(
    service: &Service,
    requester: &Requester,
    db: &mut dyn Snapshot,
    sign_in: &SignIn,
    user: &User,
    now: u64,
) -> Result<SignInStatus, Error> {
    let limits = &service.settings.limits;
    let failures = counted_code::failures(db, user.id, now).await?;
    let closed = counted_code::closed(service, &failures, sign_in.known, now);
    let locked = closed.filter(|closed| closed.cause == Cause::Locked);
    let codes = db.sent_codes(&sign_in.id).await?;
    let mut status = SignInStatus {
        now,
        channel: Some(sign_in.channel),
        attempts_left: policy::attempts_left(&failures, sign_in.known, now, limits),
        retry_at: closed.map(|closed| closed.until),
        cause: locked.map(|closed| closed.cause),
        resends: codes.len().saturating_sub(1),
        down: gateway_health::down(&service.delivery, db, now).await?,
        ..SignInStatus::default()
    };
    let channel = sign_in.channel;
    if channel.is_sent() {
        let newest = codes.iter().rev().find(|code| code.channel == channel);
        // Where no code could be sent, the page does not claim that one was.
        if newest.is_some() {
            status.destination =
                sent_code::destination(user, channel).map(|to| sent_code::masked(channel, to));
        } else {
            status.channel = None;
        }
        status.sent_at = newest.map(|code: &SentCode| code.sent_at);
        status.expires_at = status.sent_at.map(|at| at.saturating_add(limits.code_life));
        let next = send_code::next(
            service,
            requester,
            db,
            recipient(sign_in, user),
            &codes,
            channel,
        )
        .await?;
        let cool_down = status
            .sent_at
            .map_or(now, |at| at.saturating_add(limits.resend_after));
        status.resend_at = Some(next.unwrap_or(cool_down));
        if newest.is_some_and(|code| code.undelivered) {
            let open = open(service, requester, db, (sign_in, user), &codes, now).await?;
            status.undelivered = Some(Undelivered { channel, open });
            (status.sent_at, status.expires_at) = (None, None);
        }
    }
    Ok(status)
}

/// To whom the codes of a sign-in are sent.
pub(crate) fn recipient<'a>(sign_in: &'a SignIn, user: &'a User) -> Recipient<'a> {
    Recipient {
        user,
        sign_in: &sign_in.id,
        known: sign_in.known,
    }
}

/// That a code by the sign-in's channel was not sent, and what works instead.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn unsent(
    service: &Service,
    requester: &Requester,
    db: &mut dyn Snapshot,
    sign_in: &SignIn,
    user: &User,
    until: u64,
) -> Result<Unsent, Error> {
    let codes = db.sent_codes(&sign_in.id).await?;
    let now = service.clock.now();
    let open = open(service, requester, db, (sign_in, user), &codes, now).await?;
    Ok(Unsent { until, open })
}

/// The account's methods that work now: without those that a limit would refuse, those whose gateway is down, and those by which
/// the newest code of this sign-in could not be delivered. `codes`: those of the sign-in.
async fn open(
    service: &Service,
    requester: &Requester,
    db: &mut dyn Snapshot,
    (sign_in, user): (&SignIn, &User),
    codes: &[SentCode],
    now: u64,
) -> Result<Vec<Channel>, Error> {
    let down = gateway_health::down(&service.delivery, db, now).await?;
    let mut open = Vec::new();
    for channel in factors::methods(service, db, user).await? {
        let newest = codes.iter().rev().find(|code| code.channel == channel);
        if down.contains(&channel) || newest.is_some_and(|code| code.undelivered) {
            continue;
        }
        let next = if channel.is_sent() {
            let to = recipient(sign_in, user);
            send_code::next(service, requester, db, to, codes, channel).await?
        } else {
            None
        };
        if next.is_none() {
            open.push(channel);
        }
    }
    Ok(open)
}
