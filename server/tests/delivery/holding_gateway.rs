//! A gateway that holds messages until a test has it answer, and messages that no request has made.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use login::delivery::{Deliver, Delivery, DeliveryError, Message, Receipt};
use login::queue;
use todoita::channel::Channel;
use tokio::sync::{Semaphore, mpsc};

use crate::common::{MINUTE, Site};

/// The destination whose messages it holds.
pub const HELD: &str = "+819000000001";
/// One whose messages it takes at once.
pub const FREE: &str = "+819000000002";

/// An answer: whether it takes the message.
type Taken = bool;

/// The gateway.
#[derive(Debug)]
pub struct Holding {
    given: Mutex<Vec<String>>,
    begun: Semaphore,
    answer: mpsc::UnboundedSender<Taken>,
    /// Whoever waits for longest has the next answer.
    answers: tokio::sync::Mutex<mpsc::UnboundedReceiver<Taken>>,
}

impl Holding {
    pub fn new() -> Arc<Holding> {
        let (answer, answers) = mpsc::unbounded_channel();
        Arc::new(Holding {
            given: Mutex::default(),
            begun: Semaphore::new(0),
            answer,
            answers: tokio::sync::Mutex::new(answers),
        })
    }

    /// The service of a site, with this gateway.
    pub fn of(self: &Arc<Self>, site: &Site) -> login::Service {
        let mut login = site.login.clone();
        login.delivery = Delivery::new(self.clone());
        login
    }

    /// Waits until it has been given so many further messages.
    pub async fn is_given(&self, messages: u32) {
        self.begun.acquire_many(messages).await.unwrap().forget();
    }

    /// Answers the message that it has held for longest.
    pub fn answer(&self, taken: Taken) {
        self.answer.send(taken).unwrap();
    }

    /// The idempotency keys of the messages that it was given, in that order.
    pub fn given(&self) -> Vec<String> {
        self.given.lock().unwrap().clone()
    }
}

impl Deliver for Holding {
    fn deliver<'a>(
        &'a self,
        idempotency_key: &'a str,
        message: &'a Message,
    ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>> {
        Box::pin(async move {
            self.given.lock().unwrap().push(idempotency_key.to_owned());
            self.begun.add_permits(1);
            let taken =
                message.destination != HELD || self.answers.lock().await.recv().await.unwrap();
            let refused = || DeliveryError::later("the gateway is down");
            taken.then(Receipt::default).ok_or_else(refused)
        })
    }
}

/// Enqueues text messages to a destination. Gives their idempotency keys.
pub async fn enqueue(login: &login::Service, messages: usize, destination: &str) -> Vec<String> {
    let now = login.clock.now();
    let message = Message {
        at: now,
        channel: Channel::Sms,
        user: "jiro".to_owned(),
        destination: destination.to_owned(),
        subject: None,
        text: "482913".to_owned(),
        lang: "ja".to_owned(),
        expires_at: Some(now + 10 * MINUTE),
    };
    let mut tx = login.store.begin().await.unwrap();
    let mut keys = Vec::new();
    for _ in 0..messages {
        let expires_at = now + 10 * MINUTE;
        let key = queue::enqueue(login, &mut *tx, &message, now, expires_at).await;
        keys.push(key.unwrap());
    }
    tx.commit().await.unwrap();
    keys
}
