//! Messages, their texts, and the gateways that deliver them.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use todoita::channel::Channel;
use tokio::sync::{Mutex, Notify};

/// A message to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// When its code was made, milliseconds since the Unix epoch.
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
}

/// A gateway: an SMS provider, a mail server, the demo's phone.
pub trait Deliver: fmt::Debug + Send + Sync {
    /// Delivers a message, or recognises by `idempotency_key` that it was delivered before.
    ///
    /// # Errors
    /// [`DeliveryError`]; the message is delivered again later, until its code has expired.
    fn deliver<'a>(
        &'a self,
        idempotency_key: &'a str,
        message: &'a Message,
    ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>>;
}

/// A gateway's confirmation of a delivered message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The gateway's own id of the message.
    pub id: Option<String>,
}

/// A message could not be delivered. Says why, without the message.
#[derive(Debug)]
pub struct DeliveryError(pub String);

impl fmt::Display for DeliveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DeliveryError {}

/// The gateway, and what wakes and serialises its workers. Clones share it.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub(crate) gateway: Arc<dyn Deliver>,
    pub(crate) wake: Arc<Notify>,
    pub(crate) turn: Arc<Mutex<()>>,
}

impl Delivery {
    /// Delivers by `gateway`.
    pub fn new(gateway: Arc<dyn Deliver>) -> Delivery {
        Delivery {
            gateway,
            wake: Arc::default(),
            turn: Arc::default(),
        }
    }

    /// Announces that a message was enqueued. To be called after the commit.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}
