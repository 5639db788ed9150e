//! Notices: messages to a person about a change of their account's factors or sessions (NIST SP 800-63B-4
//! section 4.6, OWASP ASVS 6.3.7).
//!
//! A notice is enqueued in the transaction that makes the change, through the same sealed queue as codes, so
//! that neither exists without the other. It goes to the mail address, which somebody who has the phone may
//! not have; to the phone where there is no address; and nowhere where there is neither.

use todoita::channel::Channel;

pub use crate::delivery::Notice;
use crate::delivery::{Message, NoticeMessage};
use crate::error::Error;
use crate::factors::sent_code::destination;
use crate::queue;
use crate::service::Service;
use crate::store::{Transaction, User};

/// How long the delivery of a notice is tried, milliseconds.
const DELIVERED_WITHIN: u64 = 3 * 24 * 60 * 60 * 1_000;

/// The channels of notices, the preferred one first.
const CHANNELS: [Channel; 2] = [Channel::Email, Channel::Sms];

/// Enqueues a notice to the person of `user`, in the language of the tag `lang`. It is delivered after `tx`
/// was committed; [`crate::delivery::Delivery::wake`] makes that happen at once.
///
/// # Errors
/// Internal errors: database, randomness.
pub async fn enqueue(
    service: &Service,
    tx: &mut dyn Transaction,
    user: &User,
    lang: &str,
    notice: Notice,
) -> Result<(), Error> {
    let reachable = CHANNELS
        .into_iter()
        .filter(|channel| service.delivery.delivers(*channel))
        .find_map(|channel| Some((channel, destination(user, channel)?)));
    let Some((channel, destination)) = reachable else {
        tracing::info!(?notice, "a notice has no destination");
        return Ok(());
    };
    let now = service.clock.now();
    let text = service.wording.notice(
        lang,
        &NoticeMessage {
            channel,
            user: &user.name,
            notice,
        },
    );
    let message = Message {
        at: now,
        channel,
        user: user.name.clone(),
        destination: destination.to_owned(),
        subject: text.subject,
        text: text.text,
        lang: lang.to_owned(),
        expires_at: None,
    };
    let expires_at = now.saturating_add(DELIVERED_WITHIN);
    queue::enqueue(service, tx, &message, now, expires_at).await?;
    Ok(())
}
