//! The queue of messages. A message is sealed with the service's key: the database holds no code in clear.

use super::query::StoreFuture;

/// A message to be enqueued.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// Random: a gateway that gets the same key twice delivers once.
    pub idempotency_key: &'a str,
    /// The sealed message.
    pub sealed: &'a [u8],
    /// When it is enqueued, milliseconds since the Unix epoch.
    pub now: u64,
    /// When its code expires: it is not delivered after that.
    pub expires_at: u64,
}

/// A message that a worker has claimed.
#[derive(Clone, Debug)]
pub struct QueuedMessage {
    /// Its number.
    pub id: i64,
    /// Its idempotency key.
    pub idempotency_key: String,
    /// The sealed message.
    pub sealed: Vec<u8>,
}

/// Reads the queue.
pub trait ReadMessages {
    /// Whether a message waits for delivery at `now`.
    fn has_due_messages(&mut self, now: u64) -> StoreFuture<'_, bool>;
}

/// Writes the queue.
pub trait WriteMessages {
    /// Enqueues a message in the transaction that stores its code.
    fn enqueue<'a>(&'a mut self, message: NewMessage<'a>) -> StoreFuture<'a, ()>;

    /// Claims at most `limit` messages that are due, oldest first: no other worker gets them before
    /// `until`. A message that is not removed until then is claimed again.
    fn claim_messages(
        &mut self,
        now: u64,
        until: u64,
        limit: u32,
    ) -> StoreFuture<'_, Vec<QueuedMessage>>;

    /// Removes a delivered message.
    fn remove_message(&mut self, id: i64) -> StoreFuture<'_, ()>;
}
