//! The queue of messages, and what became of each. A message is sealed with the service's key: the database holds no code in
//! clear.

use todoita::channel::Channel;

use super::query::{AccountId, StoreFuture};

/// A message to be enqueued.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// Random: a gateway that gets the same key twice delivers once.
    pub idempotency_key: &'a str,
    /// By which channel it goes.
    pub channel: Channel,
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
    /// By which channel it goes; `None` where an earlier version has enqueued it.
    pub channel: Option<Channel>,
    /// The sealed message.
    pub sealed: Vec<u8>,
    /// When it was enqueued, milliseconds since the Unix epoch.
    pub enqueued_at: u64,
    /// When its code expires.
    pub expires_at: u64,
    /// How often it was claimed, with this time.
    pub claims: u32,
}

/// A claim of a message. One that has lapsed and one that was made after it differ in their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The number of the message.
    pub message: i64,
    /// How often the message was claimed, with this time.
    pub number: u32,
}

impl QueuedMessage {
    /// The claim by which its worker has it.
    pub fn claim(&self) -> Claim {
        Claim {
            message: self.id,
            number: self.claims,
        }
    }
}

/// How many messages wait, and since when: a metric.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueLength {
    /// Messages that no gateway has taken and that are not given up.
    pub messages: u64,
    /// When the oldest of them was enqueued, milliseconds since the Unix epoch.
    pub oldest: Option<u64>,
}

/// The state of a message. A state is only ever replaced by a later one of this list, so that reports may arrive twice and
/// in any order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeliveryState {
    /// No gateway has taken it yet.
    Queued,
    /// A gateway has taken it.
    Taken,
    /// It was given up, because its code had expired.
    Expired,
    /// The gateway refused it for good, or reported that it could not be delivered.
    Failed,
    /// The gateway reported that it was delivered.
    Delivered,
}

impl DeliveryState {
    /// All states, each before those that may replace it.
    pub const ALL: [DeliveryState; 5] = [
        DeliveryState::Queued,
        DeliveryState::Taken,
        DeliveryState::Expired,
        DeliveryState::Failed,
        DeliveryState::Delivered,
    ];

    /// The states of a message that is not delivered any more.
    pub const UNDELIVERED: [DeliveryState; 2] = [DeliveryState::Expired, DeliveryState::Failed];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            DeliveryState::Queued => "queued",
            DeliveryState::Taken => "taken",
            DeliveryState::Expired => "expired",
            DeliveryState::Failed => "failed",
            DeliveryState::Delivered => "delivered",
        }
    }
}

/// A report on a message.
#[derive(Clone, Copy, Debug)]
pub struct DeliveryReport<'a> {
    /// The message's idempotency key.
    pub idempotency_key: &'a str,
    /// Its state.
    pub state: DeliveryState,
    /// The gateway's own id of the message, if it gave one.
    pub gateway_id: Option<&'a str>,
    /// When it became known, milliseconds since the Unix epoch.
    pub now: u64,
}

/// The attempts that a gateway has failed since the last one that it answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayFailures {
    /// The name of the gateway ([`crate::delivery::Deliver::gateway`]).
    pub gateway: String,
    /// The channel whose attempts these are; `None`: those of all its channels.
    pub channel: Option<Channel>,
    /// How many attempts.
    pub failures: u64,
    /// When the last one was, milliseconds since the Unix epoch.
    pub failed_at: u64,
}

/// Which codes are asked for ([`ReadMessages::newest_codes`]). Times are milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug)]
pub struct NewestCodes<'a> {
    /// The name of the gateway that they went through.
    pub gateway: &'a str,
    /// Their channel.
    pub channel: Channel,
    /// Those that were sent after this time.
    pub after: u64,
    /// Codes that were sent up to this time have expired.
    pub expired_until: u64,
    /// How many.
    pub limit: u32,
}

/// A code that a gateway has taken, and of which it is known whether its person has entered it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassedCode {
    /// Whose it was.
    pub account: AccountId,
    /// When it was sent, milliseconds since the Unix epoch.
    pub sent_at: u64,
    /// Whether it was entered, in time or late.
    pub entered: bool,
    /// Whether the gateway refused it for good or reported that it could not be delivered.
    pub failed: bool,
}

/// Reads the queue.
pub trait ReadMessages {
    /// From when a message of one of the channels (at most three) waits for a worker, milliseconds since the Unix epoch: to be
    /// delivered, or to be given up. `None`: there is none.
    fn next_due_message<'a>(&'a mut self, channels: &'a [Channel]) -> StoreFuture<'a, Option<u64>>;

    /// How many messages wait at `now`, and since when.
    fn queue_length(&mut self, now: u64) -> StoreFuture<'_, QueueLength>;

    /// Which gateways have failed since the last attempt that they answered.
    fn gateway_failures(&mut self) -> StoreFuture<'_, Vec<GatewayFailures>>;

    /// Whether a message was given up, or a gateway has reported that it could not be delivered. Not where none has this key.
    fn is_undelivered<'a>(&'a mut self, idempotency_key: &'a str) -> StoreFuture<'a, bool>;

    /// The newest codes of a gateway and a channel that were entered, have failed, or have expired after the gateway had taken
    /// them; the newest first.
    fn newest_codes<'a>(&'a mut self, codes: NewestCodes<'a>) -> StoreFuture<'a, Vec<PassedCode>>;
}

/// Writes the queue.
pub trait WriteMessages {
    /// Enqueues a message in the transaction that stores its code.
    fn enqueue<'a>(&'a mut self, message: NewMessage<'a>) -> StoreFuture<'a, ()>;

    /// Claims at most `limit` messages of each of the channels (at most three) that are due, those that have been due for longest: no
    /// other worker gets them before `until`. A message that is neither removed nor postponed until then is claimed again. They
    /// are in the order in which they were enqueued.
    fn claim_messages<'a>(
        &'a mut self,
        channels: &'a [Channel],
        now: u64,
        until: u64,
        limit: u32,
    ) -> StoreFuture<'a, Vec<QueuedMessage>>;

    /// Leaves a claimed message in the queue until `due_at`. Changes nothing where the claim has lapsed and the message was claimed
    /// again.
    fn postpone_message(&mut self, claim: Claim, due_at: u64) -> StoreFuture<'_, ()>;

    /// Removes a claimed message that is given up. `false`, and nothing is changed, where the claim has lapsed and the message was
    /// claimed again, or is not in the queue any more.
    fn remove_message(&mut self, claim: Claim) -> StoreFuture<'_, bool>;

    /// Removes the message of an idempotency key, which a gateway has, if it is still in the queue, whoever has claimed it.
    fn remove_delivered<'a>(&'a mut self, idempotency_key: &'a str) -> StoreFuture<'a, ()>;

    /// Stores what became of a message, unless something later is known. `false` where no message has this key.
    fn report_delivery<'a>(&'a mut self, report: DeliveryReport<'a>) -> StoreFuture<'a, bool>;

    /// Counts attempts for a channel that a gateway has failed at `now`, for the channel and for the gateway as a whole. After
    /// an answer 0 resets both counters.
    fn count_gateway_failures<'a>(
        &'a mut self,
        gateway: &'a str,
        channel: Channel,
        failures: u64,
        now: u64,
    ) -> StoreFuture<'a, ()>;
}
