//! Sending a code: whether it may be sent, the stored hash, the queued message.

use todoita::channel::Channel;
use todoita::policy::{self, Limits};

use crate::audit::{self, Actor, Event};
use crate::code_rule::DIGITS;
use crate::crypto::random;
use crate::delivery::{CodeMessage, Message};
use crate::error::Error;
use crate::factors::sent_code::{destination, hash};
use crate::measure;
use crate::queue;
use crate::service::{Requester, Service};
use crate::sliding_window::{self, Rooms, SlidingWindow, rooms};
use crate::store::{Counter, NewCode, SentCode, Snapshot, Transaction, User};

/// The person to whom a code is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recipient<'a> {
    /// The account.
    pub user: &'a User,
    /// The id of the sign-in.
    pub sign_in: &'a [u8],
    /// Whether the sign-in began in a known place.
    pub known: bool,
}

/// Where a code is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Destination<'a> {
    /// The channel.
    pub channel: Channel,
    /// The number (E.164) or the mail address.
    pub address: &'a str,
}

/// The windows of a code for an account by a channel to a destination, each for what it protects: the person from
/// messages (account, destination), the operator's money from rented number ranges and from sums (prefix, budget),
/// and both from one network. A number that is not the account's has a window of its own, half as large: what others ask for takes no
/// codes from its owner. Of that window one account has half, so that it does not keep others from confirming their number.
fn windows(
    service: &Service,
    requester: &Requester,
    recipient: Recipient<'_>,
    to: Destination<'_>,
) -> Vec<SlidingWindow> {
    let Destination {
        channel,
        address: to,
    } = to;
    let limits = &service.settings.limits;
    let network = &requester.network;
    let window = |counter, key: &str, allowed| SlidingWindow {
        counter,
        key: key.to_owned(),
        allowed,
        within: limits.sends_within,
    };
    let account = recipient.user.id.to_string();
    let kept = if recipient.known {
        0
    } else {
        limits.sends_kept
    };
    let mut windows = vec![window(
        Counter::SentToAccount,
        &account,
        limits.sends.saturating_sub(kept),
    )];
    let allowed = limits.sends_per_destination;
    if destination(recipient.user, channel) == Some(to) {
        windows.push(window(Counter::SentToDestination, to, allowed));
    } else {
        let allowed = allowed.div_ceil(2);
        windows.push(window(Counter::SentToNewNumber, to, allowed));
        let (pair, allowed) = (format!("{account} {to}"), allowed.div_ceil(2));
        windows.push(window(Counter::SentToNewNumberForAccount, &pair, allowed));
    }
    windows.extend([
        window(
            Counter::SentForAddress,
            &network.address,
            limits.sends_per_address,
        ),
        window(
            Counter::SentForRange,
            &network.range,
            limits.sends_per_range,
        ),
    ]);
    if is_paid(channel) {
        windows.extend(paid_windows(limits, to));
    } else if let (Some(allowed), Some((_, domain))) =
        (limits.sends_per_domain, to.rsplit_once('@'))
    {
        windows.push(window(
            Counter::SentToDomain,
            &domain.to_lowercase(),
            allowed,
        ));
    }
    windows
}

/// Whether each message of a channel costs money.
fn is_paid(channel: Channel) -> bool {
    matches!(channel, Channel::Sms | Channel::Voice)
}

/// The windows of a message that costs money: what is sent to the range of a number, and to all.
fn paid_windows(limits: &Limits, number: &str) -> [SlidingWindow; 2] {
    let within = limits.sends_within;
    [
        SlidingWindow {
            counter: Counter::SentToPrefix,
            key: number_prefix(number),
            allowed: limits.sends_per_prefix,
            within,
        },
        SlidingWindow {
            counter: Counter::SentPaid,
            key: String::new(),
            allowed: limits.sends_paid,
            within,
        },
    ]
}

/// The common part of the numbers of one owner: a range of 10,000 numbers or so.
fn number_prefix(number: &str) -> String {
    let length = number.chars().count().saturating_sub(4);
    number.chars().take(length).collect()
}

/// From when the next code may be sent by a channel (milliseconds since the Unix epoch). `None` for now.
/// Each channel has a cool-down of its own, so that nobody waits to be called instead; the hourly limits
/// count all channels. `codes`: those of the sign-in.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn next(
    service: &Service,
    requester: &Requester,
    db: &mut dyn Snapshot,
    recipient: Recipient<'_>,
    codes: &[SentCode],
    channel: Channel,
) -> Result<Option<u64>, Error> {
    let (now, limits) = (service.clock.now(), &service.settings.limits);
    let last = codes.iter().rev().find(|code| code.channel == channel);
    let cool_down = policy::resend_at(last.map(|code| code.sent_at), now, limits);
    let Some(to) = destination(recipient.user, channel) else {
        return Ok(cool_down);
    };
    let to = Destination {
        channel,
        address: to,
    };
    let windows = windows(service, requester, recipient, to);
    let full = rooms(db, &windows, now).await?.full;
    Ok(cool_down.max(full.map(|(_, until)| until)))
}

/// Makes a code, stores its hash, counts it and enqueues its message, all in `tx`. `Err` holds the time from
/// which it may be sent: nothing is sent before.
///
/// # Errors
/// [`Error::NoMethod`] where the account has no destination. Internal errors: database, randomness.
pub(crate) async fn send(
    service: &Service,
    requester: &Requester,
    tx: &mut dyn Transaction,
    recipient: Recipient<'_>,
    channel: Channel,
    now: u64,
) -> Result<Result<(), u64>, Error> {
    let Recipient { user, sign_in, .. } = recipient;
    let limits = &service.settings.limits;
    let to = destination(user, channel).ok_or(Error::NoMethod)?;
    let codes = tx.sent_codes(sign_in).await?;
    let last = codes.iter().rev().find(|code| code.channel == channel);
    if let Some(until) = policy::resend_at(last.map(|code| code.sent_at), now, limits) {
        return Ok(Err(until));
    }
    let to = Destination {
        channel,
        address: to,
    };
    if let Err(until) = count(service, requester, tx, recipient, to, now).await? {
        return Ok(Err(until));
    }
    let code = zeroize::Zeroizing::new(random::code(DIGITS)?);
    let message = enqueue(service, requester, tx, user, to, &code, now).await?;
    tx.add_sent_code(NewCode {
        sign_in,
        channel,
        destination: to.address,
        hash: &hash(service, sign_in, to.address, &code),
        message: &message,
        gateway: &service.delivery.gateway(channel).unwrap_or_default(),
        now,
    })
    .await?;
    Ok(Ok(()))
}

/// Counts a code to a number that it is to confirm, as [`count`] does, unless the cool-down after the last one to it
/// lasts, whoever asked for that.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn count_to_confirm(
    service: &Service,
    requester: &Requester,
    tx: &mut dyn Transaction,
    recipient: Recipient<'_>,
    to: Destination<'_>,
    now: u64,
) -> Result<Result<(), u64>, Error> {
    let windows = windows(service, requester, recipient, to);
    sliding_window::lock(tx, of_some(&windows)).await?;
    for counter in [Counter::SentToDestination, Counter::SentToNewNumber] {
        let last = SlidingWindow {
            counter,
            key: to.address.to_owned(),
            allowed: 1,
            within: service.settings.limits.resend_after,
        };
        if let Some(until) = last.full(tx, now).await? {
            return Ok(Err(until));
        }
    }
    count_in(service, requester, tx, (recipient.user, &windows), to, now).await
}

/// Counts a code in all windows of its destination. `Err` holds the time from which it may be sent: nothing is counted then.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn count(
    service: &Service,
    requester: &Requester,
    tx: &mut dyn Transaction,
    recipient: Recipient<'_>,
    to: Destination<'_>,
    now: u64,
) -> Result<Result<(), u64>, Error> {
    let windows = windows(service, requester, recipient, to);
    sliding_window::lock(tx, of_some(&windows)).await?;
    count_in(service, requester, tx, (recipient.user, &windows), to, now).await
}

/// The windows that not all messages share, which is the last one of those that cost money.
fn of_some(windows: &[SlidingWindow]) -> &[SlidingWindow] {
    match windows.split_last() {
        Some((last, others)) if last.counter == Counter::SentPaid => others,
        _ => windows,
    }
}

/// Counts a code in windows whose counters are locked, but for that of all messages: that one is locked last, by a code that the others
/// allow, since everybody waits for it.
async fn count_in(
    service: &Service,
    requester: &Requester,
    tx: &mut dyn Transaction,
    (user, windows): (&User, &[SlidingWindow]),
    to: Destination<'_>,
    now: u64,
) -> Result<Result<(), u64>, Error> {
    let others = of_some(windows);
    let of_all = windows.get(others.len()..).unwrap_or_default();
    let mut room = rooms(tx, others, now).await?;
    if room.full.is_none() {
        sliding_window::lock(tx, of_all).await?;
    }
    room.add(rooms(tx, of_all, now).await?);
    let Rooms { full, used_up } = room;
    if let Some((counter, until)) = full {
        measure::send(to.channel, to.address, "limited");
        if counter == Counter::SentPaid {
            let allowed = service.settings.limits.sends_paid;
            service.paid_budget.refuse(allowed, now);
        }
        return Ok(Err(until));
    }
    let actor = Actor::Person(requester);
    add(tx, (actor, user), windows, &used_up, now).await?;
    Ok(Ok(()))
}

/// Counts a message that costs money in the windows of all such messages, which do not refuse it.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn count_paid(
    service: &Service,
    tx: &mut dyn Transaction,
    by: (Actor<'_>, &User),
    number: &str,
    now: u64,
) -> Result<(), Error> {
    let windows = paid_windows(&service.settings.limits, number);
    let others = of_some(&windows);
    sliding_window::lock(tx, others).await?;
    sliding_window::lock(tx, windows.get(others.len()..).unwrap_or_default()).await?;
    let Rooms { used_up, .. } = rooms(tx, &windows, now).await?;
    add(tx, by, &windows, &used_up, now).await
}

/// Counts a message in windows whose counters are locked, and records those that it uses up.
async fn add(
    tx: &mut dyn Transaction,
    (actor, user): (Actor<'_>, &User),
    windows: &[SlidingWindow],
    used_up: &[Counter],
    now: u64,
) -> Result<(), Error> {
    for SlidingWindow { counter, key, .. } in windows {
        tx.add_event(*counter, key, now).await?;
    }
    for counter in used_up {
        audit::limit_reached(tx, actor, &user.name, now, *counter).await?;
    }
    Ok(())
}

/// Enqueues the message with a code, and records it. Gives its idempotency key.
///
/// # Errors
/// Internal errors: database, randomness.
pub(crate) async fn enqueue(
    service: &Service,
    requester: &Requester,
    tx: &mut dyn Transaction,
    user: &User,
    to: Destination<'_>,
    code: &str,
    now: u64,
) -> Result<String, Error> {
    let code_life = service.settings.limits.code_life;
    let text = service.wording.code_message(
        requester.lang,
        &CodeMessage {
            channel: to.channel,
            code,
            minutes: (code_life / 60_000).max(1),
            host: &requester.host,
        },
    );
    let message = Message {
        at: now,
        channel: to.channel,
        user: user.name.clone(),
        destination: to.address.to_owned(),
        subject: text.subject,
        text: text.text,
        lang: requester.lang.to_owned(),
        expires_at: Some(now.saturating_add(code_life)),
    };
    measure::send(to.channel, to.address, "queued");
    let event = Event::CodeSent(to.channel, to.address);
    audit::person(tx, requester, &user.name, now, event).await?;
    queue::enqueue(service, tx, &message, now, now.saturating_add(code_life)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_numbers_share_a_prefix() {
        assert_eq!(
            number_prefix("+819012345678"),
            number_prefix("+819012340000")
        );
        assert_ne!(
            number_prefix("+819012345678"),
            number_prefix("+819012445678")
        );
    }
}
