//! Storage: what the domain asks of a database, and the rows that it gets.
//!
//! Reads come from a [`Snapshot`], writes go through a [`Transaction`], which reads as well. Every method
//! fails with [`StoreError`] when the database does not respond or responds with something unexpected.
//!
//! Every implementation guarantees:
//!
//! - A commit is on the disk before [`Transaction::commit`] returns. A dropped transaction leaves nothing.
//! - [`Store::begin_for`] holds the account's lock until the transaction ends: of two requests for one
//!   account at the same instant, the second sees everything that the first committed. The limit on
//!   guesses and the single use of codes rest on this.
//! - An error that is a conflict ([`StoreError::conflict`]) has rolled its transaction back, also where a commit fails with it.
//! - A message that was enqueued in a transaction exists if and only if that transaction was committed.

use std::fmt;

mod accounts; // an operator's reads and writes of accounts
mod audit; // the audit log
mod counters; // failures, and events in a sliding window
mod maintenance; // the time, sealed values and their keys
mod messages; // the queue of messages, and what became of them
mod places; // known places of an account
mod query; // a query that is under way, and its error
mod sessions; // who is signed in
mod sign_ins; // pending sign-ins, sent codes, submissions
mod users; // accounts and their factors

pub use accounts::{ReadAccounts, WriteAccounts};
pub use audit::{AuditEntry, AuditRange, NewAuditEntry, ReadAudit, WriteAudit};
pub use counters::{Counter, ReadCounters, WriteCounters};
pub use maintenance::{
    KeyUse, Keyed, ReadMaintenance, SealedFor, SealedKind, SealedValue, WriteMaintenance,
};
pub use messages::{
    Claim, DeliveryReport, DeliveryState, GatewayFailures, NewMessage, NewestCodes, PassedCode,
    QueueLength, QueuedMessage, ReadMessages, WriteMessages,
};
pub use places::{ReadPlaces, WritePlaces};
pub use query::{AccountId, Again, StoreError, StoreFuture};
pub use sessions::{
    Candidate, EndedSession, Live, NewSession, ReadSessions, Session, WriteSessions,
};
pub use sign_ins::{
    NewCode, NewSignIn, Outcome, ReadSignIns, SentCode, SignIn, Submission, SubmissionKey,
    WriteSignIns,
};
pub use users::{BackupCode, NewUser, ReadUsers, User, WriteUsers};

/// Which rows have expired. Times are milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug)]
pub struct Expired {
    /// A row with an end, or an event, has expired if that is before this time.
    pub before: u64,
    /// A failure has expired if it is from before this time.
    pub failures_before: u64,
    /// A known place has expired if the last sign-in there was completed before this time.
    pub places_before: u64,
    /// The record of a delivery has expired if its message was enqueued before this time.
    pub deliveries_before: u64,
    /// An entry of the audit log has expired if it is from before this time.
    pub audit_before: u64,
}

/// A database.
pub trait Store: fmt::Debug + Send + Sync {
    /// Begins reading: a consistent view of everything that was committed before. Takes no lock that
    /// writers wait for.
    fn read(&self) -> StoreFuture<'_, Box<dyn Snapshot>>;

    /// Begins a transaction that belongs to no single account. In a database with row locks it may run
    /// beside others: one that counts locks its counters first ([`WriteCounters::lock_counters`]).
    fn begin(&self) -> StoreFuture<'_, Box<dyn Transaction>>;

    /// Begins a transaction that holds the lock of one account until it ends.
    ///
    /// SQLite has one writer, so `BEGIN IMMEDIATE` is that lock. PostgreSQL does it by
    /// `SELECT … FOR NO KEY UPDATE` on the account's row.
    fn begin_for(&self, account: AccountId) -> StoreFuture<'_, Box<dyn Transaction>>;

    /// Deletes at most `limit` expired rows, all of one kind: writers that wait have their turn soon. Gives whether there were any.
    fn sweep(&self, expired: Expired, limit: u32) -> StoreFuture<'_, bool>;
}

/// Reads a consistent view of the database.
pub trait Snapshot:
    ReadUsers
    + ReadSignIns
    + ReadCounters
    + ReadPlaces
    + ReadSessions
    + ReadMessages
    + ReadMaintenance
    + ReadAccounts
    + ReadAudit
    + Send
{
}

/// Reads and writes. Everything happens at [`Transaction::commit`], or never.
pub trait Transaction:
    Snapshot
    + WriteUsers
    + WriteSignIns
    + WriteCounters
    + WritePlaces
    + WriteSessions
    + WriteMessages
    + WriteMaintenance
    + WriteAccounts
    + WriteAudit
{
    /// Commits. The writes are on the disk when this returns.
    fn commit(self: Box<Self>) -> StoreFuture<'static, ()>;
}
