//! A transaction of SQLite, and the conversions that all queries share.

use std::marker::PhantomData;

use login::store::{Snapshot, StoreError, StoreFuture, Transaction};
use sqlx::{Sqlite, SqliteConnection};

/// A transaction of SQLite that reads, or reads and writes.
pub struct Connection<Mode> {
    pub transaction: sqlx::Transaction<'static, Sqlite>,
    mode: PhantomData<Mode>,
}

/// Reads.
pub struct Reading;
/// Reads and writes.
pub struct Writing;

impl<Mode> Connection<Mode> {
    /// A transaction that has begun.
    pub fn new(transaction: sqlx::Transaction<'static, Sqlite>) -> Connection<Mode> {
        Connection {
            transaction,
            mode: PhantomData,
        }
    }

    /// The connection, for queries.
    pub fn db(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }
}

impl<Mode: Send> Snapshot for Connection<Mode> {}

impl Transaction for Connection<Writing> {
    fn commit(self: Box<Self>) -> StoreFuture<'static, ()> {
        query(async move { self.transaction.commit().await })
    }
}

/// A query as the traits want it.
pub fn query<'a, T>(
    query: impl Future<Output = Result<T, sqlx::Error>> + Send + 'a,
) -> StoreFuture<'a, T> {
    Box::pin(async move {
        query.await.map_err(|error| {
            let transient = is_transient(&error);
            StoreError::new(error, transient)
        })
    })
}

/// SQLite's primary result codes (<https://www.sqlite.org/rescode.html>) after which the same request may
/// succeed: BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN.
const TRANSIENT: [u32; 7] = [5, 6, 7, 8, 10, 13, 14];

fn is_transient(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => {
            let code = error.code().and_then(|code| code.parse::<u32>().ok());
            // The low byte of an extended code is the primary one.
            code.is_some_and(|code| TRANSIENT.contains(&(code & 0xFF)))
        }
        _ => false,
    }
}

/// A time or a step as SQLite stores it.
pub fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A time or a step as the domain has it.
pub fn number(integer: i64) -> u64 {
    u64::try_from(integer).unwrap_or(0)
}

/// A stored word that no version of this service writes.
pub fn unknown_word(column: &str, word: &str) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: format!("unknown word: {word}").into(),
    }
}
