//! Failures at the code step, and events that a sliding window limits.

use todoita::policy::Failure;

use super::query::{AccountId, StoreFuture};

/// A kind of event that a sliding window counts. Each is counted for each key (an account, a name, a network …).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// Codes sent to an account.
    SentToAccount,
    /// Codes sent to a destination of the account that asks for them.
    SentToDestination,
    /// Codes sent to a phone number that is not the account's, to confirm it.
    SentToNewNumber,
    /// The same on the request of one account.
    SentToNewNumberForAccount,
    /// Codes and notices sent to a prefix of phone numbers.
    SentToPrefix,
    /// Codes sent to a mail domain.
    SentToDomain,
    /// Codes sent on the request of a network address.
    SentForAddress,
    /// Codes sent on the request of a range of addresses.
    SentForRange,
    /// Codes and notices sent by a channel that costs money, for all accounts (one key: the empty one).
    SentPaid,
    /// Notices of one kind by SMS to an account.
    NoticeToAccount,
    /// Changes of an account's factors by its person: in a session that a sent code has begun, or in all its others.
    FactorChanged,
    /// Passwords submitted for a name, from places that are not known.
    PasswordForName,
    /// Passwords submitted for a name from a network address or in a known browser.
    PasswordForNameFromAddress,
    /// Passwords submitted for a name from a range of addresses.
    PasswordForNameFromRange,
    /// Passwords submitted from a network address.
    PasswordFromAddress,
    /// Passwords submitted from a subnet.
    PasswordFromSubnet,
    /// Passwords submitted from a range of addresses.
    PasswordFromRange,
}

impl Counter {
    /// Its name in the database and in the audit log.
    pub fn as_str(self) -> &'static str {
        match self {
            Counter::SentToAccount => "sent-to-account",
            Counter::SentToDestination => "sent-to-destination",
            Counter::SentToNewNumber => "sent-to-new-number",
            Counter::SentToNewNumberForAccount => "sent-to-new-number-for-account",
            Counter::SentToPrefix => "sent-to-prefix",
            Counter::SentToDomain => "sent-to-domain",
            Counter::SentForAddress => "sent-for-address",
            Counter::SentForRange => "sent-for-range",
            Counter::SentPaid => "sent-paid",
            Counter::NoticeToAccount => "notice-to-account",
            Counter::FactorChanged => "factor-changed",
            Counter::PasswordForName => "password-for-name",
            Counter::PasswordForNameFromAddress => "password-for-name-from-address",
            Counter::PasswordForNameFromRange => "password-for-name-from-range",
            Counter::PasswordFromAddress => "password-from-address",
            Counter::PasswordFromSubnet => "password-from-subnet",
            Counter::PasswordFromRange => "password-from-range",
        }
    }
}

/// Reads counters.
pub trait ReadCounters {
    /// An account's failures after `since` (milliseconds since the Unix epoch), oldest first, in all sign-ins and enrolments but
    /// those that succeeded.
    fn failures(&mut self, user: AccountId, since: u64) -> StoreFuture<'_, Vec<Failure>>;

    /// The times of at most `limit` events of a counter after `since`, newest first, without the newest `newer` ones.
    fn events_before<'a>(
        &'a mut self,
        counter: Counter,
        key: &'a str,
        since: u64,
        newer: u32,
        limit: u32,
    ) -> StoreFuture<'a, Vec<u64>>;
}

/// Writes counters.
pub trait WriteCounters {
    /// Counts a failure at the code step, within a sign-in or an enrolment (its id).
    fn add_failure<'a>(
        &'a mut self,
        user: AccountId,
        within: &'a [u8],
        failure: Failure,
    ) -> StoreFuture<'a, ()>;

    /// Deletes the failures within a sign-in or an enrolment after its success. All others stay.
    fn clear_failures<'a>(&'a mut self, within: &'a [u8]) -> StoreFuture<'a, ()>;

    /// Locks counters, each with its key, until the transaction ends: of two transactions that lock a counter, read it and
    /// count, the second sees the event of the first. To be called once in a transaction, with all the counters that it needs but for
    /// [`Counter::SentPaid`], which is locked alone after them: two that lock the same ones never wait for each other in a circle. To be
    /// called after every write to a sign-in or a session,
    /// which a request that has the lock of another account may write too (that of the same browser).
    fn lock_counters<'a>(&'a mut self, counters: &'a [(Counter, &'a str)]) -> StoreFuture<'a, ()>;

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
