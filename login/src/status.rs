//! The status of a pending sign-in, as far as its person may know it.

use todoita::cause::Cause;
use todoita::channel::Channel;
use todoita::facts::{Facts, Instant};
use todoita::policy::{self, Gate};

use crate::error::Error;
use crate::factors::sent_code;
use crate::send_code;
use crate::service::Service;
use crate::store::{AccountId, SentCode, SignIn, Snapshot, User};

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
}

impl SignInStatus {
    /// The same, refused for `cause`.
    pub fn refused(mut self, cause: Cause) -> SignInStatus {
        self.cause = Some(cause);
        self
    }

    /// The same as the field takes it: spans of time instead of instants.
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

/// The failures of an account that count at `now`.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn failures(
    db: &mut dyn Snapshot,
    user: AccountId,
    now: u64,
) -> Result<Vec<u64>, Error> {
    Ok(db.failures(user, now.saturating_sub(policy::MONTH)).await?)
}

/// Reads the status of a sign-in. Its cause is [`Cause::Locked`] or none.
///
/// # Errors
/// Internal errors: database.
pub async fn read(
    service: &Service,
    db: &mut dyn Snapshot,
    sign_in: &SignIn,
    user: &User,
    now: u64,
) -> Result<SignInStatus, Error> {
    let limits = &service.settings.limits;
    let failures = self::failures(db, user.id, now).await?;
    let (retry_at, cause) = match policy::gate(&failures, now, limits) {
        Gate::Open => (None, None),
        Gate::Wait { until } => (Some(until), None),
        Gate::Locked { until } => (Some(until), Some(Cause::Locked)),
    };
    let codes = db.sent_codes(&sign_in.id).await?;
    let mut status = SignInStatus {
        now,
        channel: Some(sign_in.channel),
        attempts_left: policy::attempts_left(&failures, now, limits),
        retry_at,
        cause,
        resends: codes.len().saturating_sub(1),
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
        let next = send_code::next(service, db, user, &codes, channel, now).await?;
        let cool_down = status
            .sent_at
            .map_or(now, |at| at.saturating_add(limits.resend_after));
        status.resend_at = Some(next.unwrap_or(cool_down));
    }
    Ok(status)
}
