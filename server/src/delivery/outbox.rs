//! Messages that are kept instead of delivered: in memory, for the demo's phone and for tests, or in a folder that several
//! nodes of a demo share. A real gateway takes its place.

use std::collections::VecDeque;
use std::future::ready;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use login::delivery::{Deliver, DeliveryError, Message, Receipt};

use super::delivered::{Delivered, NEWEST};
use super::outbox_folder::Folder;

/// The newest messages. Clones share them.
#[derive(Clone, Debug)]
pub struct Outbox {
    place: Arc<Place>,
}

#[derive(Debug)]
enum Place {
    Memory(Mutex<Inner>),
    Folder(Folder),
}

#[derive(Debug, Default)]
struct Inner {
    count: u64,
    newest: VecDeque<Delivered>,
}

impl Default for Outbox {
    /// An outbox in memory.
    fn default() -> Outbox {
        Outbox {
            place: Arc::new(Place::Memory(Mutex::default())),
        }
    }
}

impl Outbox {
    /// An outbox in a folder, which is made if it is not there; other nodes on this machine may have the same.
    ///
    /// # Errors
    /// If the folder cannot be made.
    pub fn in_folder(path: PathBuf) -> io::Result<Outbox> {
        Ok(Outbox {
            place: Arc::new(Place::Folder(Folder::open(path)?)),
        })
    }

    /// The newest messages, oldest first.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn messages(&self) -> io::Result<Vec<Delivered>> {
        match &*self.place {
            Place::Memory(inner) => Ok(lock(inner).newest.iter().cloned().collect()),
            Place::Folder(folder) => folder.messages(),
        }
    }

    fn push(&self, idempotency_key: &str, message: &Message) -> io::Result<()> {
        let inner = match &*self.place {
            Place::Memory(inner) => inner,
            Place::Folder(folder) => return folder.push(idempotency_key, message),
        };
        let mut inner = lock(inner);
        let delivered_before = inner
            .newest
            .iter()
            .any(|delivered| delivered.idempotency_key == idempotency_key);
        if delivered_before {
            return Ok(());
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
        Ok(())
    }
}

fn lock(inner: &Mutex<Inner>) -> MutexGuard<'_, Inner> {
    // The list is consistent between any two statements, so a panic elsewhere does no harm.
    inner.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Deliver for Outbox {
    fn in_order(&self) -> bool {
        true
    }

    fn deliver<'a>(
        &'a self,
        idempotency_key: &'a str,
        message: &'a Message,
    ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>> {
        let pushed = self.push(idempotency_key, message);
        let failed = |error: io::Error| DeliveryError::later(format!("the outbox: {error}"));
        Box::pin(ready(pushed.map(|()| Receipt::default()).map_err(failed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use todoita::channel::Channel;

    fn message(text: &str) -> Message {
        Message {
            at: 0,
            channel: Channel::Sms,
            user: "hanako".to_owned(),
            destination: "+819000005678".to_owned(),
            subject: None,
            text: text.to_owned(),
            lang: "en".to_owned(),
            expires_at: None,
        }
    }

    fn seen(outbox: &Outbox) -> Vec<(u64, String)> {
        let messages = outbox.messages().unwrap();
        let seen = |it: Delivered| (it.number, it.message.text);
        messages.into_iter().map(seen).collect()
    }

    #[tokio::test]
    async fn the_same_idempotency_key_is_delivered_once() {
        let folder = tempfile::TempDir::new().unwrap();
        for outbox in [
            Outbox::default(),
            Outbox::in_folder(folder.path().join("outbox")).unwrap(),
        ] {
            for key in ["a", "a", "b"] {
                outbox.deliver(key, &message(key)).await.unwrap();
            }
            assert_eq!(seen(&outbox), [(1, "a".to_owned()), (2, "b".to_owned())]);
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn two_nodes_share_a_folder() {
        let folder = tempfile::TempDir::new().unwrap();
        let nodes = [(), ()].map(|()| Outbox::in_folder(folder.path().to_owned()).unwrap());
        let deliveries: Vec<_> = (0..NEWEST)
            .map(|n| {
                let node = nodes[n % 2].clone();
                tokio::spawn(async move {
                    let key = format!("key {n}");
                    node.deliver(&key, &message(&key)).await.unwrap();
                })
            })
            .collect();
        for delivery in deliveries {
            delivery.await.unwrap();
        }
        assert_eq!(seen(&nodes[0]), seen(&nodes[1]));
        let numbers = seen(&nodes[0]).into_iter().map(|(number, _)| number);
        assert!(numbers.eq(1..=NEWEST as u64));
        nodes[1].deliver("the last", &message("")).await.unwrap();
        assert_eq!(seen(&nodes[0]).len(), NEWEST);
        assert_eq!(seen(&nodes[0])[0].0, 2);
    }
}
