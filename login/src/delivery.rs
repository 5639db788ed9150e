//! Messages: their texts, the sealed queue, and the worker that hands them to a gateway.
//!
//! A message is enqueued in the transaction that stores its code, so a crash loses neither without the
//! other. Delivery happens at least once: a gateway recognises a repetition by the idempotency key.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use todoita::channel::Channel;
use tokio::sync::{Mutex, Notify};

use crate::crypto::key::Seal;
use crate::crypto::random;
use crate::error::Error;
use crate::service::Service;
use crate::store::{NewMessage, QueuedMessage, Transaction};

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

/// What a message with a code is about.
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

/// What a gateway gives for a delivered message.
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

/// The gateway and its worker's state. Clones share it.
#[derive(Clone, Debug)]
pub struct Delivery {
    gateway: Arc<dyn Deliver>,
    wake: Arc<Notify>,
    turn: Arc<Mutex<()>>,
}

/// How long a claimed message is left to its worker, milliseconds: then it is delivered again.
const CLAIM: u64 = 30_000;
/// Messages claimed at a time.
const BATCH: u32 = 20;
/// How often the worker looks for messages that nobody announced: after a crash, or a failed delivery.
const POLL: Duration = Duration::from_secs(5);

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

/// Seals a message and enqueues it. `expires_at`: when its code expires.
///
/// # Errors
/// Internal errors: database, randomness.
pub async fn enqueue(
    service: &Service,
    tx: &mut dyn Transaction,
    message: &Message,
    now: u64,
    expires_at: u64,
) -> Result<(), Error> {
    let idempotency_key = random::idempotency_key()?;
    let text = zeroize::Zeroizing::new(
        serde_json::to_vec(message)
            .map_err(|_| Error::Internal("a message could not be written"))?,
    );
    let sealed = service
        .key
        .seal(Seal::Message, idempotency_key.as_bytes(), &text)?;
    tx.enqueue(NewMessage {
        idempotency_key: &idempotency_key,
        sealed: &sealed,
        now,
        expires_at,
    })
    .await?;
    Ok(())
}

/// Delivers all messages that are due. Gives how many were delivered.
///
/// # Errors
/// Internal errors: database.
pub async fn deliver_due(service: &Service) -> Result<usize, Error> {
    // One at a time, so that a caller that returns knows that what was enqueued before was handed over.
    let _turn = service.delivery.turn.lock().await;
    let mut delivered = 0;
    loop {
        let now = service.clock.now();
        if !service.store.read().await?.has_due_messages(now).await? {
            return Ok(delivered);
        }
        let mut tx = service.store.begin().await?;
        let until = now.saturating_add(CLAIM);
        let claimed = tx.claim_messages(now, until, BATCH).await?;
        tx.commit().await?;
        let mut done = Vec::with_capacity(claimed.len());
        for queued in &claimed {
            if deliver_one(service, queued).await {
                done.push(queued.id);
            }
        }
        if done.is_empty() {
            continue;
        }
        let mut tx = service.store.begin().await?;
        for &id in &done {
            tx.remove_message(id).await?;
        }
        tx.commit().await?;
        delivered += done.len();
    }
}

/// Opens and delivers a message. `false` where it has to be delivered again later.
async fn deliver_one(service: &Service, queued: &QueuedMessage) -> bool {
    let key = queued.idempotency_key.as_str();
    let opened = service
        .key
        .open(Seal::Message, key.as_bytes(), &queued.sealed);
    let Some(message) = opened.and_then(|text| serde_json::from_slice::<Message>(&text).ok())
    else {
        tracing::error!(message = key, "a queued message does not open: dropped");
        return true;
    };
    match service.delivery.gateway.deliver(key, &message).await {
        Ok(receipt) => {
            tracing::info!(message = key, channel = message.channel.as_str(), receipt = ?receipt.id, "delivered");
            true
        }
        Err(error) => {
            tracing::warn!(message = key, %error, "a message was not delivered; it will be tried again");
            false
        }
    }
}

/// The worker: delivers whatever is enqueued, for as long as the service runs.
pub async fn run(service: Service) {
    loop {
        if let Err(error) = deliver_due(&service).await {
            tracing::error!(?error, "messages could not be delivered");
        }
        let _ = tokio::time::timeout(POLL, service.delivery.wake.notified()).await;
    }
}
