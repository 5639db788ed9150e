//! SQLite: one file on one machine, every commit on the disk before anything is answered (WAL,
//! `synchronous=FULL`).
//!
//! Writers queue for one connection and begin with `BEGIN IMMEDIATE`: that is the lock of every account at
//! once. Readers have connections of their own and never wait for a writer.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use login::store::{AccountId, Expired, Snapshot, Store, StoreFuture, Transaction};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

mod connection; // a transaction
mod file; // the database file

#[path = "../statements/mod.rs"]
mod statements; // the same in each database (store/mod.rs)

use crate::store::tables::Version;
use crate::store::values::{PoolState, pool_state};
use connection::{Connection, Reading, Writing, query};

use file::DatabaseFile;
pub(crate) use file::migration_lock;
use statements::sweep;

/// A SQLite database. Clones share its connections.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
    file: Arc<DatabaseFile>,
    write_transactions: Arc<AtomicU64>,
}

/// How long a request waits for its turn.
const WAIT: Duration = Duration::from_secs(30);

/// The changes of the tables.
static MIGRATOR: Migrator = sqlx::migrate!("migrations/sqlite");

/// After a checkpoint the write-ahead log is cut to this many bytes.
const JOURNAL_SIZE: u32 = 16 * 1024 * 1024;

/// A connection to a file that only reads, and leaves the file as it is. `alone`: nobody else opens it meanwhile.
///
/// # Errors
/// When the file cannot be opened.
pub(crate) async fn reader(path: &Path, alone: bool) -> Result<SqlitePool, sqlx::Error> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    // Where all is in the file, nothing is made beside it either.
    let is_whole = alone && !Path::new(&log).exists();
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let pool = SqlitePoolOptions::new().max_connections(1);
    pool.connect_with(options.immutable(is_whole)).await
}

/// Reads the version of the tables of a file.
///
/// # Errors
/// When it cannot be read.
pub(crate) async fn version(file: &SqlitePool) -> Result<Version, sqlx::Error> {
    let exist = "SELECT COUNT(*) > 0 FROM sqlite_master WHERE name = '_sqlx_migrations'";
    if !sqlx::query_scalar(exist).fetch_one(file).await? {
        return Ok(Version::None);
    }
    let applied = "SELECT version FROM _sqlx_migrations WHERE success";
    let applied: Vec<i64> = sqlx::query_scalar(applied).fetch_all(file).await?;
    Ok(Version::of(&applied, &MIGRATOR))
}

impl SqliteStore {
    /// Opens the database, creating the file where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// When the file cannot be opened or the tables cannot be brought up to date.
    pub async fn open(path: &Path) -> Result<SqliteStore, sqlx::Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("journal_size_limit", JOURNAL_SIZE.to_string())
            // Another process (a backup, a second service) may hold the file for a moment.
            .busy_timeout(Duration::from_secs(10));
        // Created here and nowhere else: a file that disappears later is an error.
        file::create_private(path)?;
        // Of several processes that start at once one brings the tables up to date, and the others wait: sqlx has no lock for SQLite.
        let lock = migration_lock(path).await?;
        let mut first = options.clone().connect().await?;
        MIGRATOR.run(&mut first).await?;
        first.close().await?;
        drop(lock);
        let pool = |connections| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(WAIT)
                .after_release(|connection, _| Box::pin(is_reusable(connection)))
        };
        Ok(SqliteStore {
            writer: pool(1).connect_with(options.clone()).await?,
            readers: pool(4).connect_with(options.read_only(true)).await?,
            file: Arc::new(DatabaseFile::new(path)?),
            write_transactions: Arc::default(),
        })
    }

    /// How many write transactions were begun. For tests and measurements.
    pub fn write_transactions(&self) -> u64 {
        self.write_transactions.load(Ordering::Relaxed)
    }

    /// The connections at this moment.
    pub fn pools(&self) -> Vec<PoolState> {
        let pools = [("writer", &self.writer), ("readers", &self.readers)];
        pools.map(|(name, pool)| pool_state(name, pool)).to_vec()
    }

    /// Closes the database after everything that was begun has ended.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn begin_writing(&self) -> Result<Connection<Writing>, sqlx::Error> {
        self.file.check()?;
        self.write_transactions.fetch_add(1, Ordering::Relaxed);
        let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Connection::new(transaction))
    }
}

/// Whether a connection may be used again. After some errors (a full disk, an I/O error) SQLite has rolled the
/// transaction back on its own; sqlx still counts it as open and would refuse to begin another one. Such a
/// connection is closed, and the next request gets a new one.
async fn is_reusable(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // The rollback of a dropped transaction is carried out before this returns.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

impl Store for SqliteStore {
    fn read(&self) -> StoreFuture<'_, Box<dyn Snapshot>> {
        query(async {
            self.file.check()?;
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

    fn sweep(&self, expired: Expired, limit: u32) -> StoreFuture<'_, bool> {
        query(async move {
            let due = sweep::due(&mut *self.readers.acquire().await?, expired).await?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::startup;
    use axum::body::Body;
    use axum::http::{Request, header};
    use login::clock::Clock;
    use login::crypto::key::Key;
    use login::store::Counter;
    use sqlx::Row as _;
    use tower::ServiceExt as _;

    async fn store() -> (SqliteStore, tempfile::TempDir) {
        let folder = tempfile::TempDir::new().unwrap();
        let store = SqliteStore::open(&folder.path().join("a.sqlite"))
            .await
            .unwrap();
        (store, folder)
    }

    async fn add(store: &SqliteStore, key: &str) -> Result<(), login::store::StoreError> {
        let mut tx = store.begin().await?;
        tx.add_event(Counter::PasswordForName, key, 1).await?;
        tx.commit().await
    }

    #[tokio::test]
    async fn a_full_disk_is_transient_and_the_first_request_after_it_works() {
        let (store, _folder) = store().await;
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
            .fetch_one(&store.writer)
            .await
            .unwrap();
        let limit = |pages: i64| sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
        sqlx::query(limit(pages))
            .execute(&store.writer)
            .await
            .unwrap();
        let long = "x".repeat(20_000);
        let full = add(&store, &long).await.unwrap_err();
        assert!(full.transient, "{full}");
        // The disk has room again. A new connection knows no limit either.
        sqlx::query(limit(1_000_000))
            .execute(&store.writer)
            .await
            .unwrap();
        add(&store, &long).await.unwrap();
        let mut db = store.read().await.unwrap();
        let mut event = async |newer| {
            db.events_before(Counter::PasswordForName, &long, 0, newer, 1)
                .await
                .unwrap()
        };
        assert_eq!((event(0).await, event(1).await), (vec![1], vec![]));
    }

    #[tokio::test]
    async fn a_database_that_cannot_be_written_or_is_locked_is_transient() {
        let (store, folder) = store().await;
        let keys = Key::generate().unwrap();
        let site = startup::build(
            Config::default(),
            Arc::new(store.clone()),
            keys,
            Clock::fixed(0),
        );
        let router = site.unwrap().router;
        let answered = async |status: u16| {
            let post = Request::post("/login").header(header::HOST, "localhost");
            let post = post.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let post = post.body(Body::from("name=a&password=b")).unwrap();
            let answer = router.clone().oneshot(post).await.unwrap();
            assert_eq!(answer.status(), status);
            let wait = answer.headers().get(header::RETRY_AFTER);
            assert_eq!(wait.is_some(), status == 503, "{wait:?}");
        };
        let set = async |pragma: &'static str| {
            sqlx::query(pragma).execute(&store.writer).await.unwrap();
        };
        let refused = async |code: &str| {
            let error = add(&store, "a").await.unwrap_err();
            assert!(error.transient, "{error}");
            assert!(format!("{error:?}").contains(code), "{error:?}");
            answered(503).await;
        };
        // READONLY.
        set("PRAGMA query_only = ON").await;
        refused("code: 8").await;
        set("PRAGMA query_only = OFF").await;
        add(&store, "a").await.unwrap();
        answered(422).await;
        // BUSY: another process holds the lock for longer than this one waits.
        let path = folder.path().join("a.sqlite");
        let options = SqliteConnectOptions::new().filename(path);
        let mut elsewhere = options.connect().await.unwrap();
        let lock = elsewhere.begin_with("BEGIN IMMEDIATE").await.unwrap();
        set("PRAGMA busy_timeout = 0").await;
        refused("code: 5").await;
        lock.rollback().await.unwrap();
        add(&store, "a").await.unwrap();
    }

    #[tokio::test]
    async fn the_write_ahead_log_is_cut_after_a_checkpoint() {
        let (store, folder) = store().await;
        let log = || {
            std::fs::metadata(folder.path().join("a.sqlite-wal"))
                .unwrap()
                .len()
        };
        let mut tx = store.begin().await.unwrap();
        let long = "x".repeat(1_000_000);
        for at in 0..20 {
            tx.add_event(Counter::PasswordForName, &long, at)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        assert!(log() > u64::from(JOURNAL_SIZE), "{}", log());
        sqlx::query("PRAGMA wal_checkpoint")
            .execute(&store.writer)
            .await
            .unwrap();
        add(&store, "a").await.unwrap();
        assert!(log() <= u64::from(JOURNAL_SIZE), "{}", log());
    }

    #[tokio::test]
    async fn a_wrong_query_is_not_transient() {
        let (store, _folder) = store().await;
        let mut tx = store.begin().await.unwrap();
        tx.begin_session(login::store::NewSession {
            sign_in: b"a",
            cookie: b"b",
            user: 1,
            now: 1,
            expires_at: 2,
        })
        .await
        .expect_err("there is no such user");
        let missing = tx.user(7).await.unwrap_err();
        assert!(!missing.transient, "{missing}");
    }

    /// A command beside the service in its first start, or in that of a new version.
    #[test]
    fn of_several_that_start_at_once_one_makes_the_tables() {
        for _ in 0..5 {
            let folder = tempfile::TempDir::new().unwrap();
            let path = folder.path().join("todoita.sqlite");
            let open = || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                runtime.block_on(SqliteStore::open(&path)).map(drop)
            };
            std::thread::scope(|scope| {
                let all: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
                for one in all {
                    one.join().unwrap().unwrap();
                }
            });
        }
    }

    #[tokio::test]
    async fn the_sweep_finds_expired_rows_by_an_index() {
        let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::migrate!("migrations/sqlite")
            .run(&mut db)
            .await
            .unwrap();
        for statement in sweep::KINDS
            .into_iter()
            .flat_map(|kind| [kind.is_due(), kind.delete(200)])
        {
            let plan = sqlx::query(sqlx::AssertSqlSafe(format!(
                "EXPLAIN QUERY PLAN {statement}"
            )))
            .bind(1)
            .fetch_all(&mut db)
            .await
            .unwrap();
            for row in plan {
                let step: &str = row.try_get("detail").unwrap();
                let full_scan = step.starts_with("SCAN") && step != "SCAN CONSTANT ROW";
                assert!(!full_scan, "{statement}: {step}");
            }
        }
    }
}
