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
//! - A message that was enqueued in a transaction exists if and only if that transaction was committed.

use std::fmt;

mod counters; // failures, and events in a sliding window
mod messages; // the queue of messages
mod query; // a query that is under way, and its error
mod sessions; // who is signed in
mod sign_ins; // pending sign-ins, sent codes, submissions
mod users; // accounts and their factors

pub use counters::{Counter, ReadCounters, WriteCounters};
pub use messages::{NewMessage, QueuedMessage, ReadMessages, WriteMessages};
pub use query::{AccountId, StoreError, StoreFuture};
pub use sessions::{NewSession, ReadSessions, Session, WriteSessions};
pub use sign_ins::{
    NewCode, NewSignIn, Outcome, ReadSignIns, SentCode, SignIn, Submission, SubmissionKey,
    WriteSignIns,
};
pub use users::{BackupCode, NewUser, ReadUsers, User, WriteUsers};

/// A database.
pub trait Store: fmt::Debug + Send + Sync {
    /// Begins reading: a consistent view of everything that was committed before. Takes no lock that
    /// writers wait for.
    fn read(&self) -> StoreFuture<'_, Box<dyn Snapshot>>;

    /// Begins a transaction that belongs to no single account. In a database with row locks it may run
    /// beside others, so [`ReadCounters::events`] has to lock the counter that it reads.
    fn begin(&self) -> StoreFuture<'_, Box<dyn Transaction>>;

    /// Begins a transaction that holds the lock of one account until it ends.
    ///
    /// SQLite has one writer, so `BEGIN IMMEDIATE` is that lock. PostgreSQL does it by
    /// `SELECT … FOR UPDATE` on the account's row.
    fn begin_for(&self, account: AccountId) -> StoreFuture<'_, Box<dyn Transaction>>;

    /// Deletes at most `limit` rows of each kind that expired before `before` (milliseconds since the Unix
    /// epoch). Gives whether there may be more.
    fn sweep(&self, before: u64, limit: u32) -> StoreFuture<'_, bool>;
}

/// Reads a consistent view of the database.
pub trait Snapshot:
    ReadUsers + ReadSignIns + ReadCounters + ReadSessions + ReadMessages + Send
{
}

/// Reads and writes. Everything happens at [`Transaction::commit`], or never.
pub trait Transaction:
    Snapshot + WriteUsers + WriteSignIns + WriteCounters + WriteSessions + WriteMessages
{
    /// Commits. The writes are on the disk when this returns.
    fn commit(self: Box<Self>) -> StoreFuture<'static, ()>;
}
