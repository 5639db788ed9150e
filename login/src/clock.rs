//! The service's clock: the only place that reads the system's time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A clock. Clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock {
    source: Source,
    ahead: Arc<AtomicU64>,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    System,
    Fixed(u64),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Clock {
        Clock {
            source: Source::System,
            ahead: Arc::default(),
        }
    }

    /// A clock for tests: it shows `now` (milliseconds since the Unix epoch) until it is put forward.
    pub fn fixed(now: u64) -> Clock {
        Clock {
            source: Source::Fixed(now),
            ahead: Arc::default(),
        }
    }

    /// Milliseconds since the Unix epoch. A system clock set before 1970 shows 0.
    pub fn now(&self) -> u64 {
        let base = match self.source {
            Source::Fixed(now) => now,
            Source::System => system_time(),
        };
        base.saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// Puts the clock forward, for tests.
    pub fn put_forward(&self, milliseconds: u64) {
        self.ahead.fetch_add(milliseconds, Ordering::Relaxed);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the service's one reading of the system's clock"
)]
fn system_time() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
