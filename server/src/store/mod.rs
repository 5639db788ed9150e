//! What is kept: SQLite, every commit on the disk before anything is answered (WAL, `synchronous=FULL`).
//!
//! The functions below this module take a connection, so that whoever calls them decides what is one
//! transaction. Writers queue for one connection and begin with `BEGIN IMMEDIATE`: of two requests at
//! the same instant the second sees what the first has committed.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Sqlite, SqliteConnection, Transaction, pool::PoolConnection};

pub mod sessions; // who is signed in
pub mod sign_ins; // who gave a password and now gives a code; codes, attempts
pub mod tries; // what is counted: failures, sends, passwords
pub mod users; // accounts: destinations, app secrets, backup codes

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Store {
    /// Opens the database, making it where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// When the file cannot be opened or the tables cannot be brought up to date.
    pub async fn open(path: &Path) -> Result<Store, sqlx::Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // Another process (a backup, a second service) may hold the file for a moment.
            .busy_timeout(Duration::from_secs(10));
        let pool = |connections| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(WAIT)
        };
        let writer = pool(1).connect_with(options.clone()).await?;
        sqlx::migrate!().run(&writer).await?;
        let readers = pool(4).connect_with(options.read_only(true)).await?;
        Ok(Store { writer, readers })
    }

    /// Begins a transaction that may write. It ends by `commit`; dropped, it has never been.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// A connection to read by.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read(&self) -> Result<PoolConnection<Sqlite>, sqlx::Error> {
        self.readers.acquire().await
    }

    /// Closes the database, when all that was begun has ended.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// How long a request waits for its turn.
const WAIT: Duration = Duration::from_secs(30);

/// Forgets what nobody can ask for any more.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(db: &mut SqliteConnection, now: u64) -> Result<(), sqlx::Error> {
    const DAY: u64 = 24 * 60 * 60 * 1_000;
    let before = integer(now.saturating_sub(DAY));
    sqlx::query("DELETE FROM sign_ins WHERE expires_at < ?")
        .bind(before)
        .execute(&mut *db)
        .await?;
    sqlx::query("DELETE FROM sessions WHERE expires_at < ?")
        .bind(before)
        .execute(&mut *db)
        .await?;
    sqlx::query("DELETE FROM events WHERE at < ?")
        .bind(before)
        .execute(db)
        .await?;
    Ok(())
}

/// A time as SQLite keeps it.
fn integer(milliseconds: u64) -> i64 {
    i64::try_from(milliseconds).unwrap_or(i64::MAX)
}

/// A time as the rules take it.
fn milliseconds(integer: i64) -> u64 {
    u64::try_from(integer).unwrap_or(0)
}
