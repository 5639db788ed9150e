//! Notices: messages to a person about a change of their account's factors or sessions (NIST SP 800-63B-4
//! section 4.6, OWASP ASVS 6.3.7).
//!
//! A notice is enqueued in the transaction that makes the change, through the same sealed queue as codes, so
//! that neither exists without the other. It goes to the mail address, which somebody who has the phone may
//! not have; to the phone where there is no address; and nowhere where there is neither.
//!
//! A text message costs money, and a change can be repeated: an account gets few of one kind in an hour. They count in the budget
//! for SMS and calls, which does not refuse them: nobody changes a factor in silence by exhausting it.

use todoita::channel::Channel;

use crate::audit::Actor;
pub use crate::delivery::Notice;
use crate::delivery::{Message, NoticeMessage};
use crate::error::Error;
use crate::factors::sent_code::destination;
use crate::queue;
use crate::send_code;
use crate::service::Service;
use crate::sliding_window::SlidingWindow;
use crate::store::{Counter, Transaction, User};

/// How long the delivery of a notice is tried, milliseconds.
const DELIVERED_WITHIN: u64 = 3 * 24 * 60 * 60 * 1_000;

/// The channels of notices, the preferred one first.
const CHANNELS: [Channel; 2] = [Channel::Email, Channel::Sms];

/// Text messages of one kind to one account within the duration over which sends are counted.
const TEXT_MESSAGES: u32 = 3;

/// Enqueues a notice to the person of `user` on what `actor` does, in the language of the request. It is delivered after `tx`
/// was committed; [`crate::delivery::Delivery::wake`] makes that happen at once.
///
/// It locks counters: a transaction enqueues one notice, after its writes to sign-ins and sessions
/// ([`crate::store::WriteCounters::lock_counters`]).
///
/// # Errors
/// Internal errors: database, randomness.
pub(crate) async fn enqueue(
    service: &Service,
    tx: &mut dyn Transaction,
    actor: Actor<'_>,
    user: &User,
    notice: Notice,
) -> Result<(), Error> {
    let lang = actor.requester().lang;
    let reachable = CHANNELS
        .into_iter()
        .filter(|channel| service.delivery.delivers(*channel))
        .find_map(|channel| Some((channel, destination(user, channel)?)));
    let Some((channel, destination)) = reachable else {
        tracing::info!(?notice, "a notice has no destination");
        return Ok(());
    };
    let now = service.clock.now();
    if channel == Channel::Sms
        && !count(service, tx, (actor, user), (notice, destination), now).await?
    {
        tracing::warn!(
            ?notice,
            "a notice is left out: the account got several of its kind"
        );
        return Ok(());
    }
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

/// Counts a text message to a number. `false` where the account got so many of this kind that no more is sent. The caller has the
/// account's lock.
async fn count(
    service: &Service,
    tx: &mut dyn Transaction,
    (actor, user): (Actor<'_>, &User),
    (notice, number): (Notice, &str),
    now: u64,
) -> Result<bool, Error> {
    let own = SlidingWindow {
        counter: Counter::NoticeToAccount,
        key: format!("{} {}", user.id, notice.name()),
        allowed: TEXT_MESSAGES,
        within: service.settings.limits.sends_within,
    };
    if own.full(tx, now).await?.is_some() {
        return Ok(false);
    }
    tx.add_event(own.counter, &own.key, now).await?;
    send_code::count_paid(service, tx, (actor, user), number, now).await?;
    Ok(true)
}
