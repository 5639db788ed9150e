//! Failures at the code step, and events that a sliding window limits.

use super::query::{AccountId, StoreFuture};

/// A kind of event that a sliding window counts. Each is counted for each key (an account, a name, a network …).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// Codes sent to an account.
    SentToAccount,
    /// Codes sent to a destination.
    SentToDestination,
    /// Codes sent to a prefix of phone numbers or a mail domain.
    SentToPrefix,
    /// Codes sent on the request of a network.
    SentForNetwork,
    /// Passwords submitted for a name.
    PasswordForName,
    /// Passwords submitted for a name from a network.
    PasswordForNameFromNetwork,
    /// Passwords submitted from a network.
    PasswordFromNetwork,
}

/// Reads counters.
pub trait ReadCounters {
    /// The times of an account's failures after `since`, oldest first (milliseconds since the Unix epoch), in
    /// all sign-ins but those that succeeded.
    fn failures(&mut self, user: AccountId, since: u64) -> StoreFuture<'_, Vec<u64>>;

    /// The times of a counter's events after `since`, oldest first.
    fn events<'a>(
        &'a mut self,
        counter: Counter,
        key: &'a str,
        since: u64,
    ) -> StoreFuture<'a, Vec<u64>>;
}

/// Writes counters.
pub trait WriteCounters {
    /// Counts a failure at the code step, in a sign-in (its id).
    fn add_failure<'a>(
        &'a mut self,
        user: AccountId,
        sign_in: &'a [u8],
        now: u64,
    ) -> StoreFuture<'a, ()>;

    /// Deletes the failures of a sign-in after its success. Those of other sign-ins stay.
    fn clear_failures<'a>(&'a mut self, sign_in: &'a [u8]) -> StoreFuture<'a, ()>;

    /// Counts an event.
    fn add_event<'a>(&'a mut self, counter: Counter, key: &'a str, now: u64)
    -> StoreFuture<'a, ()>;

    /// Deletes one event of a counter, counted at `at`.
    fn remove_event<'a>(
        &'a mut self,
        counter: Counter,
        key: &'a str,
        at: u64,
    ) -> StoreFuture<'a, ()>;

    /// Deletes the events of a counter for one key.
    fn clear_events<'a>(&'a mut self, counter: Counter, key: &'a str) -> StoreFuture<'a, ()>;
}
