//! A message that an outbox has taken.

use login::delivery::Message;

/// How many messages an outbox keeps: the newest.
pub const NEWEST: usize = 100;

/// A delivered message.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// Its position in the order of all messages, from 1.
    pub number: u64,
    /// The message.
    pub message: Message,
    /// By which its repetition is recognised.
    pub idempotency_key: String,
}
