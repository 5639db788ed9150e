//! Whether the service is ready: the database answers, and it is not shutting down.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use login::store::StoreError;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long an answer is kept: the database is asked once in this time, however often somebody asks.
const KEPT: Duration = Duration::from_secs(1);

/// The health of the service. Clones share it.
#[derive(Clone, Debug)]
pub struct Health {
    login: login::Service,
    stopping: Arc<AtomicBool>,
    /// The last answer of the database, and when it was given. The lock is held while the database is asked.
    last: Arc<Mutex<Option<(Instant, bool)>>>,
}

impl Health {
    /// The health of a service that is not shutting down.
    pub fn new(login: login::Service) -> Health {
        Health {
            login,
            stopping: Arc::default(),
            last: Arc::default(),
        }
    }

    /// From now on it is not ready.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the service is ready for requests.
    pub async fn is_ready(&self) -> bool {
        !self.stopping.load(Ordering::Relaxed) && self.database_answers().await
    }

    async fn database_answers(&self) -> bool {
        let mut last = self.last.lock().await;
        if let Some((at, answers)) = *last
            && at.elapsed() < KEPT
        {
            return answers;
        }
        let answers = match timeout(PATIENCE, self.ask()).await {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::warn!(%error, "not ready");
                false
            }
            Err(_) => {
                tracing::warn!("not ready: the database does not answer");
                false
            }
        };
        *last = Some((Instant::now(), answers));
        answers
    }

    /// Reads one row.
    async fn ask(&self) -> Result<(), StoreError> {
        let mut db = self.login.store.read().await?;
        db.highest_time().await?;
        Ok(())
    }
}
