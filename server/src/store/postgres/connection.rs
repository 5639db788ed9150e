//! A transaction of PostgreSQL, and what the statements need of this database.

use std::io;
use std::time::Duration;

use login::store::{Again, Snapshot, StoreFuture, Transaction};
use sqlx::{Connection as _, PgConnection, Postgres};

use crate::store::transaction;
pub use crate::store::transaction::{Access, Reading, Writing};
use crate::store::values::query_with;
pub use crate::store::values::{integer, number, unknown_word};

/// A row of PostgreSQL.
pub type Row = sqlx::postgres::PgRow;
/// A connection to PostgreSQL.
pub type Db = PgConnection;

/// Claims messages of the channels `$4` to `$6` that are due at `$1`, at most `$3` of each, until `$2`. Those that another worker is
/// claiming are left to it. For arrays the rows are found by their index; for `IN`, with a limit that is not known when it is planned,
/// all messages would be read.
pub const CLAIM: &str = "UPDATE messages SET due_at = $2, claims = claims + 1 WHERE id = ANY ( \
     ARRAY (SELECT id FROM messages WHERE channel = $4 AND due_at <= $1 ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED) || \
     ARRAY (SELECT id FROM messages WHERE channel = $5 AND due_at <= $1 ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED) || \
     ARRAY (SELECT id FROM messages WHERE channel = $6 AND due_at <= $1 ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED) || \
     ARRAY (SELECT id FROM messages WHERE channel = '' AND due_at <= $1 ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)) \
     RETURNING id, idempotency_key, channel, sealed, enqueued_at, expires_at, claims";

/// Removes one of the events of the counter `$1`, the key `$2` and the time `$3`. One that another transaction is removing is left to
/// it: of two that remove an event of the same instant each removes one.
pub const REMOVE_EVENT: &str = "DELETE FROM events WHERE id = ( \
     SELECT id FROM events WHERE counter = $1 AND key = $2 AND at = $3 LIMIT 1 FOR UPDATE SKIP LOCKED)";

/// A transaction of PostgreSQL.
pub type Connection<Mode> = transaction::Connection<Postgres, Mode>;

impl<Mode: Access> Snapshot for Connection<Mode> {}

impl Transaction for Connection<Writing> {
    fn commit(self: Box<Self>) -> StoreFuture<'static, ()> {
        query(async move { self.transaction.commit().await })
    }
}

/// How long a query may take, its wait for a connection included: longer than the server's own limits. Only a server that does
/// not answer at all takes so long, since its machine or the network is gone without a word.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// A query as the traits want it.
pub fn query<'a, T>(
    query: impl Future<Output = Result<T, sqlx::Error>> + Send + 'a,
) -> StoreFuture<'a, T> {
    let answered = async {
        let answer = tokio::time::timeout(PATIENCE, query).await;
        answer.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
    };
    query_with(answered, again)
}

/// Whether a connection may be used again: it answers. One whose query was given up is closed if it stays silent, since it would
/// keep its place until the system gives it up.
pub async fn is_reusable(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let answered = tokio::time::timeout(RELEASE, connection.ping()).await;
    Ok(answered.is_ok_and(|answer| answer.is_ok()))
}

/// How long a connection may take to answer after it was used.
const RELEASE: Duration = Duration::from_secs(2);

/// Codes (<https://www.postgresql.org/docs/current/errcodes-appendix.html>) of a transaction that was rolled back since it could not
/// be beside another one: it could not be serialized, or each waited for the other.
const CONFLICT: [&str; 2] = ["40001", "40P01"];

/// Codes and classes of codes after which the same
/// request may succeed: a lost connection, a transaction that gave way to another, a full disk or too many connections,
/// a lock or a statement that took too long, a server that is stopped or starting, a server that only reads.
const TRANSIENT: [&str; 7] = ["08", "40", "53", "55P03", "57", "58", "25006"];

fn again(error: &sqlx::Error) -> Again {
    match error {
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_) => Again::Later,
        sqlx::Error::Database(error) => match error.code() {
            Some(code) if CONFLICT.contains(&code.as_ref()) => Again::AtOnce,
            Some(code) if TRANSIENT.iter().any(|prefix| code.starts_with(prefix)) => Again::Later,
            _ => Again::Never,
        },
        _ => Again::Never,
    }
}
