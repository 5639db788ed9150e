//! Messages kept in memory, for the demo's phone and for tests. A real gateway takes its place.

use std::collections::VecDeque;
use std::future::ready;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use login::delivery::{Deliver, DeliveryError, Message, Receipt};

/// A delivered message.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// Its position in the order of all messages, from 1.
    pub number: u64,
    /// The message.
    pub message: Message,
    idempotency_key: String,
}

/// The newest messages. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    count: u64,
    newest: VecDeque<Delivered>,
}

/// How many messages are kept.
const NEWEST: usize = 100;

impl Outbox {
    /// The newest messages, oldest first.
    pub fn messages(&self) -> Vec<Delivered> {
        self.lock().newest.iter().cloned().collect()
    }

    fn push(&self, idempotency_key: &str, message: &Message) {
        let mut inner = self.lock();
        let delivered_before = inner
            .newest
            .iter()
            .any(|delivered| delivered.idempotency_key == idempotency_key);
        if delivered_before {
            return;
        }
        inner.count += 1;
        if inner.newest.len() == NEWEST {
            inner.newest.pop_front();
        }
        let number = inner.count;
        inner.newest.push_back(Delivered {
            number,
            message: message.clone(),
            idempotency_key: idempotency_key.to_owned(),
        });
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // The list is consistent between any two statements, so a panic elsewhere does no harm.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Deliver for Outbox {
    fn deliver<'a>(
        &'a self,
        idempotency_key: &'a str,
        message: &'a Message,
    ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>> {
        self.push(idempotency_key, message);
        Box::pin(ready(Ok(Receipt::default())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use todoita::channel::Channel;

    #[tokio::test]
    async fn the_same_idempotency_key_is_delivered_once() {
        let outbox = Outbox::default();
        let message = Message {
            at: 0,
            channel: Channel::Sms,
            user: "hanako".to_owned(),
            destination: "+819000005678".to_owned(),
            subject: None,
            text: "482913".to_owned(),
            lang: "en".to_owned(),
        };
        for key in ["a", "a", "b"] {
            outbox.deliver(key, &message).await.unwrap();
        }
        let numbers: Vec<u64> = outbox.messages().iter().map(|it| it.number).collect();
        assert_eq!(numbers, [1, 2]);
    }
}
