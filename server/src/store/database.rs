//! The database that the configuration names.

use std::path::Path;

use login::store::{AccountId, Expired, Snapshot, Store, StoreFuture, Transaction};
use metrics::histogram;
use sqlx::sqlite::SqlitePool;
use tokio::time::Instant;

use super::postgres::import::{Copied, ImportError};
use super::postgres::lock::{DatabaseLock, Hold};
use super::postgres::{PostgresStore, ServerSettings};
use super::sqlite::{self, SqliteStore};
use super::tables::{Tables, Version, sentence};
use super::values::PoolState;

/// Seconds until a transaction has its connection and its lock, by kind: `read`, `write`, `account`; until it has the locks of counters:
/// `counter`.
pub const WAIT: &str = "todoita_database_wait_seconds";

/// A database of one of the kinds. Clones share its connections.
#[derive(Clone, Debug)]
pub enum Database {
    /// A file on this machine.
    Sqlite(SqliteStore),
    /// A server.
    Postgres(PostgresStore),
}

impl Database {
    /// Opens the file at `path` (see [`SqliteStore::open`]).
    ///
    /// # Errors
    /// A sentence that names the file.
    pub async fn file(path: &Path) -> Result<Database, String> {
        let store = SqliteStore::open(path).await;
        store
            .map(Database::Sqlite)
            .map_err(|error| format!("{}: {}", path.display(), sentence(&error)))
    }

    /// Opens the file at `path`. `tables`: what may be done to its tables.
    ///
    /// # Errors
    /// A sentence that names the file.
    pub async fn file_with(path: &Path, tables: Tables) -> Result<Database, String> {
        if tables != Tables::BroughtUpToDate && path.exists() {
            // A service that starts may be making the tables.
            let lock = sqlite::migration_lock(path).await;
            let lock = lock.map_err(|error| format!("{}: {error}", path.display()))?;
            let file = read_file(path, false, tables).await?;
            file.close().await;
            drop(lock);
        }
        Database::file(path).await
    }

    /// Connects to a server (see [`PostgresStore::open`]).
    ///
    /// # Errors
    /// A sentence without the URL, which may hold a password.
    pub async fn server(url: &str, settings: &ServerSettings) -> Result<Database, String> {
        let store = PostgresStore::open(url, settings).await;
        store.map(Database::Postgres).map_err(|error| named(&error))
    }

    /// Connects to a server, and takes its lock before anything is done to the tables: `tables` says what.
    ///
    /// # Errors
    /// A sentence without the URL, which may hold a password: others use it, or the tables are those of another version.
    pub async fn server_with(
        url: &str,
        settings: &ServerSettings,
        hold: Hold,
        tables: Tables,
    ) -> Result<(Database, DatabaseLock), String> {
        let store = PostgresStore::connect(url, settings).await;
        let store = store.map_err(|error| named(&error))?;
        let lock = store.lock(hold).await?;
        let mut is_current = false;
        if tables != Tables::BroughtUpToDate {
            let version = store.version().await.map_err(|error| named(&error))?;
            let checked = tables.check(version);
            checked.map_err(|why| format!("the database: {why}"))?;
            is_current = version == Version::This;
        }
        if !is_current {
            store.migrate().await.map_err(|error| named(&error))?;
        }
        Ok((Database::Postgres(store), lock))
    }

    /// Copies all rows of the file at `from`, which nobody else has open, into this database, which is an empty one of PostgreSQL, and
    /// records it as of `now`. Gives each table and the number of its rows.
    ///
    /// # Errors
    /// A sentence; nothing is copied then.
    pub async fn import(&self, from: &Path, now: u64) -> Result<Vec<Copied>, String> {
        let Database::Postgres(store) = self else {
            return Err("name the PostgreSQL database by --database or TODOITA_DATABASE".into());
        };
        let file = read_file(from, true, Tables::OfThisVersion).await?;
        let imported = store.import(&file, now).await;
        file.close().await;
        imported.map_err(|error| match error {
            ImportError::NotEmpty(table) => format!(
                "the table {table} of the database has rows; the file is copied into an empty database"
            ),
            ImportError::Database(error) => named(&error),
            ImportError::Unrecorded(error) => format!("the entry of the audit log: {error:?}"),
        })
    }

    /// Locks the database for all machines. `None` for a file: the lock of its data folder is enough.
    ///
    /// # Errors
    /// A sentence: it cannot be reached, or others use it.
    pub async fn lock(&self, hold: Hold) -> Result<Option<DatabaseLock>, String> {
        match self {
            Database::Sqlite(_) => Ok(None),
            Database::Postgres(store) => store.lock(hold).await.map(Some),
        }
    }

    /// How many write transactions were begun. For tests and measurements.
    pub fn write_transactions(&self) -> u64 {
        match self {
            Database::Sqlite(store) => store.write_transactions(),
            Database::Postgres(store) => store.write_transactions(),
        }
    }

    /// Closes the database after everything that was begun has ended.
    pub async fn close(&self) {
        match self {
            Database::Sqlite(store) => store.close().await,
            Database::Postgres(store) => store.close().await,
        }
    }

    /// The connections at this moment.
    pub fn pools(&self) -> Vec<PoolState> {
        match self {
            Database::Sqlite(store) => store.pools(),
            Database::Postgres(store) => store.pools(),
        }
    }

    fn store(&self) -> &dyn Store {
        match self {
            Database::Sqlite(store) => store,
            Database::Postgres(store) => store,
        }
    }
}

/// A file to be read, whose tables have been checked. `alone`: nobody else opens it meanwhile.
async fn read_file(path: &Path, alone: bool, tables: Tables) -> Result<SqlitePool, String> {
    let named = |why: String| format!("{}: {why}", path.display());
    let file = sqlite::reader(path, alone).await;
    let file = file.map_err(|error| named(error.to_string()))?;
    let version = sqlite::version(&file).await;
    let version = version.map_err(|error| named(error.to_string()))?;
    tables.check(version).map_err(named)?;
    Ok(file)
}

/// An error of a server as a sentence.
fn named(error: &sqlx::Error) -> String {
    format!("the database: {}", sentence(error))
}

impl Store for Database {
    fn read(&self) -> StoreFuture<'_, Box<dyn Snapshot>> {
        timed("read", self.store().read())
    }

    fn begin(&self) -> StoreFuture<'_, Box<dyn Transaction>> {
        timed("write", self.store().begin())
    }

    fn begin_for(&self, account: AccountId) -> StoreFuture<'_, Box<dyn Transaction>> {
        timed("account", self.store().begin_for(account))
    }

    fn sweep(&self, expired: Expired, limit: u32) -> StoreFuture<'_, bool> {
        self.store().sweep(expired, limit)
    }
}

/// Measures how long a transaction waits before it begins.
fn timed<'a, T: 'a>(kind: &'static str, begin: StoreFuture<'a, T>) -> StoreFuture<'a, T> {
    Box::pin(async move {
        let asked = Instant::now();
        let begun = begin.await;
        histogram!(WAIT, "for" => kind).record(asked.elapsed());
        begun
    })
}
