//! A transaction of SQLite, and what the statements need of this database.

use login::store::{Again, Snapshot, StoreFuture, Transaction};
use sqlx::{Sqlite, SqliteConnection};

use crate::store::transaction;
pub use crate::store::transaction::{Access, Reading, Writing};
use crate::store::values::query_with;
pub use crate::store::values::{integer, number, unknown_word};

/// A row of SQLite.
pub type Row = sqlx::sqlite::SqliteRow;
/// A connection to SQLite.
pub type Db = SqliteConnection;

/// Claims messages of the channels `$4` to `$6` that are due at `$1`, at most `$3`, until `$2`. There is one writer, so nobody else
/// claims them. Each channel is read by its index: however many messages the others have.
pub const CLAIM: &str = "UPDATE messages SET due_at = $2, claims = claims + 1 WHERE id IN (SELECT id FROM ( \
     SELECT * FROM (SELECT id, due_at FROM messages WHERE channel = $4 AND due_at <= $1 ORDER BY due_at, id LIMIT $3) UNION \
     SELECT * FROM (SELECT id, due_at FROM messages WHERE channel = $5 AND due_at <= $1 ORDER BY due_at, id LIMIT $3) UNION \
     SELECT * FROM (SELECT id, due_at FROM messages WHERE channel = $6 AND due_at <= $1 ORDER BY due_at, id LIMIT $3) UNION \
     SELECT * FROM (SELECT id, due_at FROM messages WHERE channel = '' AND due_at <= $1 ORDER BY due_at, id LIMIT $3)) \
     ORDER BY due_at, id LIMIT $3) \
     RETURNING id, idempotency_key, channel, sealed, enqueued_at, expires_at, claims";

/// Removes one of the events of the counter `$1`, the key `$2` and the time `$3`. There is one writer, so nobody else removes it.
pub const REMOVE_EVENT: &str = "DELETE FROM events WHERE id = ( \
     SELECT id FROM events WHERE counter = $1 AND key = $2 AND at = $3 LIMIT 1)";

/// A transaction of SQLite.
pub type Connection<Mode> = transaction::Connection<Sqlite, Mode>;

impl Connection<Writing> {
    /// Locks the names of counters until the transaction ends: a writer of SQLite is alone in any case.
    #[expect(clippy::unused_async, reason = "other databases have to ask for it")]
    pub async fn lock_names(&mut self, _names: Vec<String>) -> Result<(), sqlx::Error> {
        Ok(())
    }
}

impl<Mode: Access> Snapshot for Connection<Mode> {}

impl Transaction for Connection<Writing> {
    fn commit(self: Box<Self>) -> StoreFuture<'static, ()> {
        query(async move { self.transaction.commit().await })
    }
}

/// A query as the traits want it.
pub fn query<'a, T>(
    query: impl Future<Output = Result<T, sqlx::Error>> + Send + 'a,
) -> StoreFuture<'a, T> {
    query_with(query, again)
}

/// SQLite's primary result codes (<https://www.sqlite.org/rescode.html>) after which the same request may
/// succeed: BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN.
const TRANSIENT: [u32; 7] = [5, 6, 7, 8, 10, 13, 14];

/// A writer is alone, so that none gives way to another.
fn again(error: &sqlx::Error) -> Again {
    let is_transient = match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => {
            let code = error.code().and_then(|code| code.parse::<u32>().ok());
            // The low byte of an extended code is the primary one.
            code.is_some_and(|code| TRANSIENT.contains(&(code & 0xFF)))
        }
        _ => false,
    };
    if is_transient {
        Again::Later
    } else {
        Again::Never
    }
}
