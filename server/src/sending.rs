//! Sending a code: where it goes, whether it may, and what the message says.

use sqlx::SqliteConnection;
use todoita::channel::Channel;
use todoita::policy;

use crate::code_rule::DIGITS;
use crate::delivery::outbox::Message;
use crate::key::Use;
use crate::random;
use crate::service::Service;
use crate::store::sign_ins::{self, SentCode};
use crate::store::tries::{self, What};
use crate::store::users::User;
use crate::web::error::Error;
use crate::web::request_context::Asker;
use crate::words::Words;

/// Where an account's codes go by a channel.
pub fn destination(user: &User, channel: Channel) -> Option<&str> {
    match channel {
        Channel::Sms | Channel::Voice => user.phone.as_deref(),
        Channel::Email => user.email.as_deref(),
        Channel::App | Channel::Backup => None,
    }
}

/// As much of a destination as its owner needs to recognise it.
pub fn masked(channel: Channel, destination: &str) -> String {
    match (channel, destination.split_once('@')) {
        (Channel::Email, Some((name, domain))) => {
            let first = name.chars().next().map(String::from).unwrap_or_default();
            format!("{first}•••@{domain}")
        }
        _ => {
            let digits: Vec<char> = destination.chars().filter(char::is_ascii_digit).collect();
            digits[digits.len().saturating_sub(4)..].iter().collect()
        }
    }
}

/// What numbers or addresses of one owner have in common: a range of 10,000 numbers or so, a domain.
fn prefix(destination: &str) -> String {
    match destination.split_once('@') {
        Some((_, domain)) => domain.to_lowercase(),
        None => destination
            .chars()
            .take(destination.chars().count().saturating_sub(4))
            .collect(),
    }
}

/// When the next code may be sent by a channel. `None` for now. The cool-down is the channel's own, so
/// that nobody waits to be called instead; the hourly limits are one for all channels.
///
/// # Errors
/// When the database does not answer.
pub async fn next(
    service: &Service,
    db: &mut SqliteConnection,
    user: &User,
    codes: &[SentCode],
    channel: Channel,
    now: u64,
) -> Result<Option<u64>, Error> {
    let limits = &service.config.limits;
    let last = codes
        .iter()
        .rev()
        .find(|code| code.channel == channel.as_str())
        .map(SentCode::sent_at);
    let cool_down = policy::resend_at(last, now, limits);
    let since = now.saturating_sub(limits.sends_within);
    let times = tries::events(db, What::SentToAccount, &user.id.to_string(), since).await?;
    Ok(cool_down.max(policy::window(
        &times,
        limits.sends,
        limits.sends_within,
        now,
    )))
}

/// Makes a code, keeps its hash, counts it, and gives the message to push once that is committed; or the
/// time from which it may be sent.
///
/// # Errors
/// When the database does not answer or there is no randomness to be had.
pub async fn prepare(
    service: &Service,
    asker: &Asker,
    db: &mut SqliteConnection,
    user: &User,
    sign_in: &[u8],
    channel: Channel,
    now: u64,
) -> Result<Result<Message, u64>, Error> {
    let limits = &service.config.limits;
    let to = destination(user, channel).ok_or(Error::NoWay)?;
    let codes = sign_ins::codes(db, sign_in).await?;
    let mut until = next(service, db, user, &codes, channel, now).await?;
    let account = user.id.to_string();
    let prefix = prefix(to);
    let counted = [
        (What::SentToDestination, to, limits.sends_per_destination),
        (What::SentToPrefix, &prefix, limits.sends_per_prefix),
        (
            What::SentForAddress,
            &asker.network,
            limits.sends_per_address,
        ),
    ];
    for (what, who, allowed) in counted {
        let times = tries::events(db, what, who, now.saturating_sub(limits.sends_within)).await?;
        until = until.max(policy::window(&times, allowed, limits.sends_within, now));
    }
    if let Some(until) = until {
        return Ok(Err(until));
    }
    for (what, who, _) in counted
        .into_iter()
        .chain([(What::SentToAccount, account.as_str(), 0)])
    {
        tries::add_event(db, what, who, now).await?;
    }
    let code = random::code(DIGITS)?;
    let hash = hash(service, sign_in, to, &code);
    sign_ins::add_code(db, sign_in, channel.as_str(), to, &hash, now).await?;
    Ok(Ok(message(service, asker, user, channel, to, &code, now)))
}

/// The keyed hash of a code that is sent for a sign-in.
pub fn hash(service: &Service, sign_in: &[u8], destination: &str, code: &str) -> [u8; 32] {
    service.key.hash(
        Use::SentCode,
        &[sign_in, destination.as_bytes(), code.as_bytes()],
    )
}

fn message(
    service: &Service,
    asker: &Asker,
    user: &User,
    channel: Channel,
    to: &str,
    code: &str,
    now: u64,
) -> Message {
    let words = Words::of(asker.lang);
    let minutes = (service.config.limits.code_life / 60_000)
        .max(1)
        .to_string();
    // Spoken digit by digit, and twice.
    let digits: Vec<String> = code.chars().map(String::from).collect();
    let spoken = digits.join(words.own("voice-pause"));
    let host = asker.host();
    let values = [
        ("code", code),
        ("spoken", &spoken),
        ("minutes", &minutes),
        ("host", host),
    ];
    let (subject, text) = match channel {
        Channel::Email => (Some("mail-subject"), "mail-text"),
        Channel::Voice => (None, "voice-text"),
        _ => (None, "sms-text"),
    };
    Message {
        number: 0,
        at: now,
        channel,
        user: user.name.clone(),
        destination: to.to_owned(),
        subject: subject.map(|subject| words.own_with(subject, &values)),
        text: words.own_with(text, &values),
        lang: words.lang(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_shown_only_to_whom_it_says_something() {
        assert_eq!(masked(Channel::Sms, "+819012345678"), "5678");
        assert_eq!(masked(Channel::Voice, "12"), "12");
        assert_eq!(
            masked(Channel::Email, "hanako@example.com"),
            "h•••@example.com"
        );
        assert_eq!(
            masked(Channel::Email, "花子@example.com"),
            "花•••@example.com"
        );
    }

    #[test]
    fn neighbours_have_a_prefix_in_common() {
        assert_eq!(prefix("+819012345678"), prefix("+819012340000"));
        assert_ne!(prefix("+819012345678"), prefix("+819012445678"));
        assert_eq!(prefix("a@Example.com"), prefix("b@example.com"));
    }
}
