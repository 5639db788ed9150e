//! Sending a code: whether it may be sent, the stored hash, the queued message.

use todoita::channel::Channel;
use todoita::policy;

use crate::code_rule::DIGITS;
use crate::crypto::random;
use crate::delivery::{CodeMessage, Message};
use crate::error::Error;
use crate::factors::sent_code::{destination, hash};
use crate::queue;
use crate::service::{Requester, Service};
use crate::store::{Counter, NewCode, SentCode, Snapshot, Transaction, User};

/// The common part of numbers or addresses of one owner: a range of 10,000 numbers or so, a domain.
fn prefix(destination: &str) -> String {
    match destination.split_once('@') {
        Some((_, domain)) => domain.to_lowercase(),
        None => destination
            .chars()
            .take(destination.chars().count().saturating_sub(4))
            .collect(),
    }
}

/// From when the next code may be sent by a channel (milliseconds since the Unix epoch). `None` for now.
/// Each channel has a cool-down of its own, so that nobody waits to be called instead; the hourly limits
/// count all channels.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn next(
    service: &Service,
    db: &mut dyn Snapshot,
    user: &User,
    codes: &[SentCode],
    channel: Channel,
    now: u64,
) -> Result<Option<u64>, Error> {
    let limits = &service.settings.limits;
    let last = codes
        .iter()
        .rev()
        .find(|code| code.channel == channel)
        .map(|code| code.sent_at);
    let cool_down = policy::resend_at(last, now, limits);
    let since = now.saturating_sub(limits.sends_within);
    let times = db
        .events(Counter::SentToAccount, &user.id.to_string(), since)
        .await?;
    Ok(cool_down.max(policy::window(
        &times,
        limits.sends,
        limits.sends_within,
        now,
    )))
}

/// Makes a code, stores its hash, counts it and enqueues its message, all in `tx`. `Err` holds the time from
/// which it may be sent.
///
/// # Errors
/// [`Error::NoMethod`] where the account has no destination. Internal errors: database, randomness.
pub(crate) async fn send(
    service: &Service,
    requester: &Requester,
    tx: &mut dyn Transaction,
    user: &User,
    sign_in: &[u8],
    channel: Channel,
    now: u64,
) -> Result<Result<(), u64>, Error> {
    let limits = &service.settings.limits;
    let to = destination(user, channel).ok_or(Error::NoMethod)?;
    let codes = tx.sent_codes(sign_in).await?;
    let mut until = next(service, tx, user, &codes, channel, now).await?;
    let account = user.id.to_string();
    let prefix = prefix(to);
    let counters = [
        (Counter::SentToDestination, to, limits.sends_per_destination),
        (Counter::SentToPrefix, &prefix, limits.sends_per_prefix),
        (
            Counter::SentForNetwork,
            &requester.network,
            limits.sends_per_address,
        ),
    ];
    let since = now.saturating_sub(limits.sends_within);
    for (counter, key, allowed) in counters {
        let times = tx.events(counter, key, since).await?;
        until = until.max(policy::window(&times, allowed, limits.sends_within, now));
    }
    if let Some(until) = until {
        return Ok(Err(until));
    }
    for (counter, key, _) in counters {
        tx.add_event(counter, key, now).await?;
    }
    tx.add_event(Counter::SentToAccount, &account, now).await?;
    let code = zeroize::Zeroizing::new(random::code(DIGITS)?);
    tx.add_sent_code(NewCode {
        sign_in,
        channel,
        destination: to,
        hash: &hash(service, sign_in, to, &code),
        now,
    })
    .await?;
    let text = service.wording.code_message(
        requester.lang,
        &CodeMessage {
            channel,
            code: &code,
            minutes: (limits.code_life / 60_000).max(1),
            host: &requester.host,
        },
    );
    let message = Message {
        at: now,
        channel,
        user: user.name.clone(),
        destination: to.to_owned(),
        subject: text.subject,
        text: text.text,
        lang: requester.lang.to_owned(),
    };
    let expires_at = now.saturating_add(limits.code_life);
    queue::enqueue(service, tx, &message, now, expires_at).await?;
    Ok(Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_destinations_share_a_prefix() {
        assert_eq!(prefix("+819012345678"), prefix("+819012340000"));
        assert_ne!(prefix("+819012345678"), prefix("+819012445678"));
        assert_eq!(prefix("a@Example.com"), prefix("b@example.com"));
    }
}
