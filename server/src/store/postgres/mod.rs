//! PostgreSQL: one database for several machines, which share nothing else.
//!
//! A transaction of one account holds the lock of its row, so that the requests of an account queue and those of others
//! do not. It reads what was committed before each of its statements (`READ COMMITTED`): after the lock, everything that
//! the one before it wrote. Readers have a snapshot and no lock.

use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use login::store::{AccountId, Expired, Snapshot, Store, StoreFuture, Transaction};
use sqlx::error::DatabaseError;
use sqlx::migrate::{Migrate as _, MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgSslMode};
use sqlx::{ConnectOptions as _, Connection as _};

mod connection; // a transaction
mod counter_locks; // the rows that are locked in place of counters
pub mod import; // copies the database of a file
pub mod lock; // who uses the database
mod settings; // its connections and their limits

#[path = "../statements/mod.rs"]
mod statements; // the same in each database (store/mod.rs)

use crate::store::tables::Version;
use crate::store::values::{PoolState, pool_state};
use crate::this_machine::is_this_machine;
use connection::{Connection, Reading, Writing, is_reusable, query};
use lock::{DatabaseLock, Hold};
pub use settings::ServerSettings;
use statements::sweep;

/// A PostgreSQL database. Clones share its connections.
#[derive(Clone, Debug)]
pub struct PostgresStore {
    pool: PgPool,
    write_transactions: Arc<AtomicU64>,
}

/// Whether the URL leads to another machine without TLS by which its certificate and name are verified. `false` for a text that
/// is no such URL.
pub fn is_unverified(url: &str) -> bool {
    PgConnectOptions::from_str(url).is_ok_and(|options| {
        let host = options.get_host();
        let here = options.get_socket().is_some() || host.starts_with('/') || is_this_machine(host);
        !here && !matches!(options.get_ssl_mode(), PgSslMode::VerifyFull)
    })
}

/// Those of the connection on which the tables are brought up to date. A statement may read a whole table. The wait for a lock is
/// short, since every request that needs the table waits behind it, and is repeated.
const MIGRATION_LIMITS: [(&str, &str); 2] = [("statement_timeout", "0"), ("lock_timeout", "2s")];

/// The changes of the tables.
static MIGRATOR: Migrator = sqlx::migrate!("migrations/postgres");

/// The changes that the tables have, by their numbers.
const APPLIED: &str = "SELECT version FROM _sqlx_migrations WHERE success";

/// The pause before the migrations are tried again: requests that have waited for the table take their turn.
const MIGRATION_PAUSE: Duration = Duration::from_secs(3);

/// The code of a wait for a lock that took longer than its limit.
const LOCK_NOT_AVAILABLE: &str = "55P03";

impl PostgresStore {
    /// Connects, and brings the tables up to date. Of several nodes that start at once one does it, and the others wait. The limits of
    /// the settings come before those that the URL may have.
    ///
    /// # Errors
    /// When the URL is wrong, the server cannot be reached, or the tables cannot be brought up to date.
    pub async fn open(url: &str, settings: &ServerSettings) -> Result<PostgresStore, sqlx::Error> {
        let store = PostgresStore::connect(url, settings).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Connects, and leaves the tables as they are.
    ///
    /// # Errors
    /// When the URL is wrong or the server cannot be reached.
    pub async fn connect(
        url: &str,
        settings: &ServerSettings,
    ) -> Result<PostgresStore, sqlx::Error> {
        let options = PgConnectOptions::from_str(url)?.application_name("todoita-server");
        // A pool waits for a server that is starting.
        let pool = PgPoolOptions::new()
            .max_connections(settings.connections)
            .acquire_timeout(settings.wait)
            .after_release(|connection, _| Box::pin(is_reusable(connection)))
            .connect_with(options.options(settings.of_the_session()))
            .await?;
        Ok(PostgresStore {
            pool,
            write_transactions: Arc::default(),
        })
    }

    /// Locks the database for all machines (see [`lock`]).
    ///
    /// # Errors
    /// A sentence: it cannot be reached, or others use it.
    pub async fn lock(&self, hold: Hold) -> Result<DatabaseLock, String> {
        DatabaseLock::take(&self.pool.connect_options(), hold).await
    }

    /// Reads the version of the tables, after a node that makes or changes them now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn version(&self) -> Result<Version, sqlx::Error> {
        let mut db = self.pool.connect_options().connect().await?;
        // That of its session: it ends with the connection.
        db.lock().await?;
        let exist = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
        let mut applied = Vec::new();
        if sqlx::query_scalar(exist).fetch_one(&mut db).await? {
            applied = sqlx::query_scalar(APPLIED).fetch_all(&mut db).await?;
        }
        db.close().await?;
        Ok(Version::of(&applied, &MIGRATOR))
    }

    /// Makes the tables, or brings them up to date. Waits for another node that does so, and for transactions that use a table that is
    /// changed, such as that of a backup.
    ///
    /// # Errors
    /// When a change fails, or the tables are those of a newer version.
    pub(crate) async fn migrate(&self) -> Result<(), sqlx::Error> {
        let options = (*self.pool.connect_options()).clone();
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(self.pool.options().get_acquire_timeout())
            .connect_with(options.options(MIGRATION_LIMITS))
            .await?;
        while let Err(error) = MIGRATOR.run(&pool).await {
            if !is_locked(&error) {
                return Err(error.into());
            }
            tracing::warn!(
                "the tables are brought up to date as soon as another node or transaction has ended"
            );
            tokio::time::sleep(MIGRATION_PAUSE).await;
        }
        pool.close().await;
        Ok(())
    }

    /// How many write transactions were begun. For tests and measurements.
    pub fn write_transactions(&self) -> u64 {
        self.write_transactions.load(Ordering::Relaxed)
    }

    /// The connections at this moment.
    pub fn pools(&self) -> Vec<PoolState> {
        vec![pool_state("server", &self.pool)]
    }

    /// Closes the connections after everything that was begun has ended.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    async fn begin_writing(&self) -> Result<Connection<Writing>, sqlx::Error> {
        self.write_transactions.fetch_add(1, Ordering::Relaxed);
        // Without READ WRITE, which a standby refuses as a feature that it does not have; its refusal to write is transient.
        let begin = "BEGIN ISOLATION LEVEL READ COMMITTED";
        Ok(Connection::new(self.pool.begin_with(begin).await?))
    }
}

impl Store for PostgresStore {
    fn read(&self) -> StoreFuture<'_, Box<dyn Snapshot>> {
        query(async {
            let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
            let connection = Connection::<Reading>::new(self.pool.begin_with(begin).await?);
            Ok(Box::new(connection) as Box<dyn Snapshot>)
        })
    }

    fn begin(&self) -> StoreFuture<'_, Box<dyn Transaction>> {
        query(async { Ok(Box::new(self.begin_writing().await?) as Box<dyn Transaction>) })
    }

    fn begin_for(&self, account: AccountId) -> StoreFuture<'_, Box<dyn Transaction>> {
        query(async move {
            let mut connection = self.begin_writing().await?;
            // Rows that only refer to the account (a new sign-in) can be written beside it.
            sqlx::query("SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE")
                .bind(account)
                .execute(connection.db())
                .await?;
            Ok(Box::new(connection) as Box<dyn Transaction>)
        })
    }

    fn sweep(&self, expired: Expired, limit: u32) -> StoreFuture<'_, bool> {
        query(async move {
            let due = sweep::due(&mut *self.pool.acquire().await?, expired).await?;
            let Some(due) = due else {
                return Ok(false);
            };
            let mut connection = self.begin_writing().await?;
            sweep::delete(connection.db(), due, limit).await?;
            connection.transaction.commit().await?;
            Ok(true)
        })
    }
}

/// Whether a migration ended because somebody else has a lock.
fn is_locked(error: &MigrateError) -> bool {
    let (MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) = error else {
        return false;
    };
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.is_some_and(|code| code == LOCK_NOT_AVAILABLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_machine_without_a_verified_certificate_is_noticed() {
        for (url, expected) in [
            ("postgres://a@10.0.0.5/b", true),
            ("postgres://a@db.example/b?sslmode=require", true),
            ("postgres://a@db.example/b?sslmode=verify-ca", true),
            ("postgres://a@db.example/b?sslmode=verify-full", false),
            ("postgres://a@localhost/b", false),
            ("postgres://a@127.0.0.1:5433/b", false),
            ("postgres://a@[::1]/b", false),
            ("postgres:///b?host=/run/postgresql", false),
        ] {
            assert_eq!(is_unverified(url), expected, "{url}");
        }
    }
}
