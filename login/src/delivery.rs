//! Messages, their texts, and the gateways that deliver them.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use todoita::channel::Channel;
use tokio::sync::{Mutex, Notify};

/// A message to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// When it was written, milliseconds since the Unix epoch.
    pub at: u64,
    /// By which channel it goes.
    #[serde(with = "channel_name")]
    pub channel: Channel,
    /// The name of the account it is for.
    pub user: String,
    /// The phone number or mail address it goes to.
    pub destination: String,
    /// The subject of a mail.
    pub subject: Option<String>,
    /// The text; for a call, what is spoken.
    pub text: String,
    /// The tag of its language.
    pub lang: String,
    /// When its code expires, milliseconds since the Unix epoch: it is worth nothing after that.
    #[serde(default)]
    pub expires_at: Option<u64>,
}

/// A channel as its name.
mod channel_name {
    use serde::de::{Deserialize as _, Deserializer, Error as _};
    use serde::ser::Serializer;
    use todoita::channel::Channel;

    pub fn serialize<S: Serializer>(channel: &Channel, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(channel.as_str())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Channel, D::Error> {
        let name = String::deserialize(from)?;
        Channel::from_name(&name).ok_or_else(|| D::Error::custom("not a channel's name"))
    }
}

/// The content of a message with a code.
#[derive(Clone, Copy, Debug)]
pub struct CodeMessage<'a> {
    /// By which channel it goes.
    pub channel: Channel,
    /// The code.
    pub code: &'a str,
    /// For how many minutes the code is valid.
    pub minutes: u64,
    /// The host that the message is bound to.
    pub host: &'a str,
}

/// A change of an account that its person is informed of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// An authenticator was enrolled, in place of an earlier one.
    AuthenticatorAdded,
    /// The authenticator was removed by an operator.
    AuthenticatorRemoved,
    /// Codes go to another phone number.
    NumberChanged,
    /// New backup codes were made, in place of all earlier ones.
    BackupCodesRenewed,
    /// A backup code was accepted.
    BackupCodeUsed {
        /// How many are left.
        left: usize,
    },
    /// Sessions of the account were ended, by the person or by an operator.
    SessionsEnded,
}

impl Notice {
    /// The name of its kind in the database.
    pub fn name(self) -> &'static str {
        match self {
            Notice::AuthenticatorAdded => "authenticator-added",
            Notice::AuthenticatorRemoved => "authenticator-removed",
            Notice::NumberChanged => "number-changed",
            Notice::BackupCodesRenewed => "backup-codes-renewed",
            Notice::BackupCodeUsed { .. } => "backup-code-used",
            Notice::SessionsEnded => "sessions-ended",
        }
    }
}

/// The content of a notice.
#[derive(Clone, Copy, Debug)]
pub struct NoticeMessage<'a> {
    /// By which channel it goes.
    pub channel: Channel,
    /// The name of the account.
    pub user: &'a str,
    /// The change.
    pub notice: Notice,
}

/// A message in words.
#[derive(Clone, Debug)]
pub struct MessageText {
    /// The subject of a mail.
    pub subject: Option<String>,
    /// The text; for a call, what is spoken.
    pub text: String,
}

/// Writes messages.
pub trait Wording: fmt::Debug + Send + Sync {
    /// Writes a message with a code in the language of the tag `lang`.
    fn code_message(&self, lang: &str, message: &CodeMessage<'_>) -> MessageText;

    /// Writes a notice in the language of the tag `lang`. It has no link: a link in such a message is what a
    /// forged one would have.
    fn notice(&self, lang: &str, message: &NoticeMessage<'_>) -> MessageText;
}

/// A gateway: an SMS provider, a mail server, the demo's phone.
pub trait Deliver: fmt::Debug + Send + Sync {
    /// The name of the gateway of a channel, which stays the same as long as its address does: channels with one name have one
    /// gateway. `None`: there is none, and the channel is not offered.
    fn gateway(&self, channel: Channel) -> Option<String> {
        Some(channel.as_str().to_owned())
    }

    /// Whether messages are handed over one after the other in the order in which they were enqueued, whatever their channel: to
    /// an outbox that people read. Other gateways get those of a channel side by side.
    fn in_order(&self) -> bool {
        false
    }

    /// Delivers a message, or recognises by `idempotency_key` that it was delivered before.
    ///
    /// # Errors
    /// [`DeliveryError`].
    fn deliver<'a>(
        &'a self,
        idempotency_key: &'a str,
        message: &'a Message,
    ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>>;
}

/// A gateway's confirmation that it has taken a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The gateway's own id of the message.
    pub id: Option<String>,
}

/// A message could not be delivered. Says why, without the message.
#[derive(Debug)]
pub enum DeliveryError {
    /// The gateway cannot take the message now: it is not reachable, too busy, or does not accept this service; or the destination
    /// cannot be used for a while. The message is delivered again later, until it has expired.
    Later {
        /// Why.
        why: String,
        /// Before which time the gateway does not want to see it again, if it named one.
        after: Option<Duration>,
        /// Whether it is the gateway or the destination that cannot be used now.
        about: About,
    },
    /// The gateway works and will never take this message: the destination does not exist.
    Never(String),
}

/// The subject of a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The gateway: several one after the other, and it counts as down for everybody.
    Gateway,
    /// This destination alone: a mailbox that is busy. It says nothing on those of other people.
    Destination,
}

impl DeliveryError {
    /// The gateway cannot take messages now.
    pub fn later(why: impl Into<String>) -> DeliveryError {
        DeliveryError::Later {
            why: why.into(),
            after: None,
            about: About::Gateway,
        }
    }
}

impl fmt::Display for DeliveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DeliveryError::Later { why, .. } | DeliveryError::Never(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for DeliveryError {}

/// Why a gateway that takes messages may not deliver them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Of its newest 20 codes, which went to at least 10 people, none was entered, whatever it reported.
    Silent,
    /// Of its newest 20 codes, it has reported or refused those to at least 10 people as failed.
    Failing,
}

impl Doubt {
    /// Its name in the metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Doubt::Silent => "silent",
            Doubt::Failing => "failing",
        }
    }
}

/// How long an attempt may take at most: the longest time that a gateway may be given. Shorter than a worker's claim
/// ([`crate::queue`]).
pub const LONGEST_TIMEOUT: Duration = Duration::from_secs(20);

/// The channels by which messages go.
pub(crate) const SENT: [Channel; 3] = [Channel::Sms, Channel::Voice, Channel::Email];

/// The gateways, what wakes and serialises their workers, and the doubts about them. Clones share them.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub(crate) gateway: Arc<dyn Deliver>,
    pub(crate) timeout: Duration,
    pub(crate) lanes: Arc<[Lane]>,
    pub(crate) doubts: Arc<Mutex<Option<RecentDoubts>>>,
}

/// The doubts that pages have asked for last.
#[derive(Clone, Debug)]
pub(crate) struct RecentDoubts {
    /// When they asked, milliseconds since the Unix epoch.
    pub at: u64,
    /// The channels whose gateway is doubted.
    pub doubts: Vec<(Channel, Doubt)>,
}

/// A worker: each channel has one of its own, so that a gateway that is slow or dead holds up no other channel.
#[derive(Debug)]
pub(crate) struct Lane {
    pub channels: Vec<Channel>,
    pub wake: Notify,
    pub turn: Mutex<()>,
}

impl Delivery {
    /// Delivers by `gateway`, which ends its attempts itself: here they are ended after [`LONGEST_TIMEOUT`].
    pub fn new(gateway: Arc<dyn Deliver>) -> Delivery {
        Delivery::with_timeout(gateway, LONGEST_TIMEOUT)
    }

    /// Delivers by `gateway`, whose attempts are ended after `timeout`, at most [`LONGEST_TIMEOUT`].
    pub fn with_timeout(gateway: Arc<dyn Deliver>, timeout: Duration) -> Delivery {
        let lane = |channels: &[Channel]| Lane {
            channels: channels.to_vec(),
            wake: Notify::new(),
            turn: Mutex::new(()),
        };
        let lanes = if gateway.in_order() {
            Arc::new([lane(&SENT)]) as Arc<[Lane]>
        } else {
            Arc::new(SENT.map(|channel| lane(&[channel])))
        };
        Delivery {
            gateway,
            timeout: timeout.min(LONGEST_TIMEOUT),
            lanes,
            doubts: Arc::default(),
        }
    }

    /// The name of the gateway of a channel ([`Deliver::gateway`]).
    pub fn gateway(&self, channel: Channel) -> Option<String> {
        self.gateway.gateway(channel)
    }

    /// Whether there is a gateway for a channel.
    pub fn delivers(&self, channel: Channel) -> bool {
        self.gateway(channel).is_some()
    }

    /// Announces that a message was enqueued. To be called after the commit.
    pub fn wake(&self) {
        for lane in self.lanes.iter() {
            lane.wake.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Silent;

    impl Deliver for Silent {
        fn deliver<'a>(
            &'a self,
            _: &'a str,
            _: &'a Message,
        ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>> {
            Box::pin(std::future::pending())
        }
    }

    #[test]
    fn no_attempt_is_ended_before_the_longest_time_that_a_gateway_may_be_given() {
        assert_eq!(Delivery::new(Arc::new(Silent)).timeout, LONGEST_TIMEOUT);
    }
}
