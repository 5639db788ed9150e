//! A lock on a whole database of PostgreSQL, for all machines: shared by running services and commands beside them, exclusive for
//! commands that need every service stopped. `data_lock` is the same for the data folder of one machine.
//!
//! It is an advisory lock of a session, on a connection of its own: the server frees it when the process ends or its machine is gone.
//! <https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS>

use std::fmt;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};
use tokio::time::{Instant, sleep, timeout};

/// Who else may use the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Others that hold it so too.
    Beside,
    /// Nobody.
    Alone,
}

/// The lock among those of two numbers, of which nothing else here takes any.
const KEY: (i32, i32) = (0x746f_646f, 1);

/// For how long a lock is asked for: the server may not have noticed yet that a process has ended.
const PATIENCE: Duration = Duration::from_secs(1);
/// Between two questions within it.
const PAUSE: Duration = Duration::from_millis(50);
/// How often a service looks whether it still has its lock.
const PERIOD: Duration = Duration::from_secs(2);

/// A held lock. It ends when this is dropped.
pub struct DatabaseLock {
    connection: PgConnection,
    options: PgConnectOptions,
    hold: Hold,
}

impl fmt::Debug for DatabaseLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The options have the password.
        let mut debug = f.debug_struct("DatabaseLock");
        debug.field("hold", &self.hold).finish_non_exhaustive()
    }
}

impl DatabaseLock {
    /// Takes it.
    ///
    /// # Errors
    /// A sentence: the database cannot be reached, or others hold it.
    pub(super) async fn take(
        options: &PgConnectOptions,
        hold: Hold,
    ) -> Result<DatabaseLock, String> {
        let asked = Instant::now();
        let named = |error: sqlx::Error| format!("the lock of the database: {error}");
        let mut connection = options.connect().await.map_err(named)?;
        while !ask(&mut connection, hold).await.map_err(named)? {
            if asked.elapsed() > PATIENCE {
                return Err(match hold {
                    Hold::Beside => "a command that needs the service stopped uses the database",
                    Hold::Alone => "a service, which has to be stopped first, uses the database: on this machine or another one",
                }
                .into());
            }
            sleep(PAUSE).await;
        }
        Ok(DatabaseLock {
            connection,
            options: options.clone(),
            hold,
        })
    }

    /// Keeps it for as long as the service runs: takes it again where the connection was lost, as at a restart of the server.
    pub async fn keep(mut self) {
        loop {
            sleep(PERIOD).await;
            if timeout(PERIOD, self.connection.ping())
                .await
                .is_ok_and(|answer| answer.is_ok())
            {
                continue;
            }
            match timeout(2 * PERIOD, DatabaseLock::take(&self.options, self.hold)).await {
                Ok(Ok(again)) => self = again,
                Ok(Err(error)) => tracing::error!(error, "the database is used without its lock"),
                Err(_) => {
                    tracing::error!("the database is used without its lock: it does not answer")
                }
            }
        }
    }
}

/// Asks for it once; `false` where others hold it.
async fn ask(connection: &mut PgConnection, hold: Hold) -> Result<bool, sqlx::Error> {
    let select = match hold {
        Hold::Beside => "SELECT pg_try_advisory_lock_shared($1, $2)",
        Hold::Alone => "SELECT pg_try_advisory_lock($1, $2)",
    };
    sqlx::query_scalar(select)
        .bind(KEY.0)
        .bind(KEY.1)
        .fetch_one(connection)
        .await
}
