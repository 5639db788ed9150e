//! Codes that were sent: by SMS, by a call, by mail.

use subtle::ConstantTimeEq as _;
use todoita::cause::Cause;
use todoita::channel::Channel;
use todoita::code::Kind;
use todoita::policy::{self, CodeStatus, Sent};

use super::typed_code::{TypedCode, Verdict};
use crate::crypto::key::{KeyId, Use};
use crate::error::Error;
use crate::measure;
use crate::service::Service;
use crate::store::{SentCode, Transaction, User};

/// The channels by which an account can be sent a code: those for which it has a destination and the service a gateway.
pub(super) fn methods(service: &Service, user: &User) -> Vec<Channel> {
    let reachable = |channel: &Channel| {
        destination(user, *channel).is_some() && service.delivery.delivers(*channel)
    };
    Channel::ALL.into_iter().filter(reachable).collect()
}

/// The destination of an account's codes by a channel.
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

/// The keyed hash of a code that is sent to a destination for a sign-in.
pub fn hash(service: &Service, sign_in: &[u8], destination: &str, code: &str) -> [u8; 32] {
    service.key.hash_under(
        KeyId::of(sign_in),
        Use::SentCode,
        &[sign_in, destination.as_bytes(), code.as_bytes()],
    )
}

pub(super) async fn verify(
    service: &Service,
    tx: &mut dyn Transaction,
    code: &TypedCode<'_>,
) -> Result<Verdict, Error> {
    if code.kind != Kind::Code {
        return Ok(Verdict::NoMatch);
    }
    let sent = tx.sent_codes(&code.sign_in.id).await?;
    let times: Vec<Sent> = sent
        .iter()
        .map(|sent| Sent {
            // A code that was refused as expired is as old as can be.
            at: if sent.expired { 0 } else { sent.sent_at },
            consumed: sent.consumed,
        })
        .collect();
    // All of them are compared, and the newest that matches counts.
    let mut found = None;
    for (index, sent) in sent.iter().enumerate() {
        // The hash is bound to the destination: after a change of the number the code is worth nothing.
        let Some(destination) = destination(code.user, sent.channel) else {
            continue;
        };
        let hash = hash(service, &code.sign_in.id, destination, code.digits);
        if bool::from(hash.ct_eq(sent.hash.as_slice())) {
            found = Some((index, sent.id));
        }
    }
    let Some((index, id)) = found else {
        return Ok(Verdict::NoMatch);
    };
    let limits = &service.settings.limits;
    Ok(match policy::code_status(&times, index, code.now, limits) {
        CodeStatus::Live => {
            tx.consume_sent_code(id, code.now).await?;
            let SentCode {
                channel,
                destination,
                sent_at,
                ..
            } = &sent[index];
            measure::arrived(*channel, destination, *sent_at, code.now);
            Verdict::Accepted(None)
        }
        CodeStatus::Expired => {
            tx.expire_sent_code(id, code.now).await?;
            Verdict::Refused(Cause::Expired)
        }
        CodeStatus::Used => Verdict::Refused(Cause::Used),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_destination_is_recognisable_only_to_its_owner() {
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
}
