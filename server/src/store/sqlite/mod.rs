//! SQLite: one file on one machine, every commit on the disk before anything is answered (WAL,
//! `synchronous=FULL`).
//!
//! Writers queue for one connection and begin with `BEGIN IMMEDIATE`: that is the lock of every account at
//! once. Readers have connections of their own and never wait for a writer.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use login::store::{AccountId, Snapshot, Store, StoreFuture, Transaction};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

mod connection; // a transaction
mod counters; // failures, events
mod messages; // the queue
mod sessions; // who is signed in
mod sign_ins; // pending sign-ins, sent codes, submissions
mod sweep; // deletes expired rows
mod users; // accounts and their factors

use connection::{Connection, Reading, Writing, query};

/// A SQLite database. Clones share its connections.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
    write_transactions: Arc<AtomicU64>,
}

/// How long a request waits for its turn.
const WAIT: Duration = Duration::from_secs(30);

impl SqliteStore {
    /// Opens the database, creating the file where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// When the file cannot be opened or the tables cannot be brought up to date.
    pub async fn open(path: &Path) -> Result<SqliteStore, sqlx::Error> {
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
        Ok(SqliteStore {
            writer,
            readers,
            write_transactions: Arc::default(),
        })
    }

    /// How many write transactions were begun. For tests and measurements.
    pub fn write_transactions(&self) -> u64 {
        self.write_transactions.load(Ordering::Relaxed)
    }

    /// Closes the database after everything that was begun has ended.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn begin_writing(&self) -> Result<Connection<Writing>, sqlx::Error> {
        self.write_transactions.fetch_add(1, Ordering::Relaxed);
        let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Connection::new(transaction))
    }
}

impl Store for SqliteStore {
    fn read(&self) -> StoreFuture<'_, Box<dyn Snapshot>> {
        query(async {
            let connection = Connection::<Reading>::new(self.readers.begin().await?);
            Ok(Box::new(connection) as Box<dyn Snapshot>)
        })
    }

    fn begin(&self) -> StoreFuture<'_, Box<dyn Transaction>> {
        query(async { Ok(Box::new(self.begin_writing().await?) as Box<dyn Transaction>) })
    }

    fn begin_for(&self, _account: AccountId) -> StoreFuture<'_, Box<dyn Transaction>> {
        self.begin()
    }

    fn sweep(&self, before: u64, limit: u32) -> StoreFuture<'_, bool> {
        query(async move {
            if !sweep::is_due(&mut *self.readers.acquire().await?, before).await? {
                return Ok(false);
            }
            let mut connection = self.begin_writing().await?;
            let deleted = sweep::delete(connection.db(), before, limit).await?;
            connection.transaction.commit().await?;
            Ok(deleted >= u64::from(limit))
        })
    }
}
