//! The service's clock: the only place that reads the system's time.
//!
//! The service's time never goes back and never stops: it is the highest time that the system's clock has shown,
//! and goes on from there at the pace of the monotonic clock. So a system clock that is put back revives no code,
//! session or sign-in and prolongs none. A clock that jumped ahead by mistake leaves the service's time ahead:
//! durations stay right, and nothing is locked by it. [`crate::timekeeping`] keeps the time across restarts.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// By how much the clocks of two machines may differ, milliseconds. Where they are synchronized they agree within a second.
const DIFFERENCE: u64 = 5 * 60 * 1_000;

/// A time (milliseconds since the Unix epoch) that is past on every machine when this one's is `now`: what expired then has
/// expired for all of them.
pub fn past_everywhere(now: u64) -> u64 {
    now.saturating_sub(DIFFERENCE)
}

/// A clock. Clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock {
    source: Source,
    shared: Arc<Shared>,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    System { began: Instant },
    Fixed { wall: u64 },
}

#[derive(Debug, Default)]
struct Shared {
    /// The highest difference seen between the system's clock and the time that this clock has run.
    highest: AtomicU64,
    /// How far tests have put time forward, and the system's clock alone back.
    forward: AtomicU64,
    back: AtomicU64,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Clock {
        Clock {
            source: Source::System {
                began: system_instant(),
            },
            shared: Arc::default(),
        }
    }

    /// A clock for tests: it shows `now` (milliseconds since the Unix epoch) until it is put forward.
    pub fn fixed(now: u64) -> Clock {
        Clock {
            source: Source::Fixed { wall: now },
            shared: Arc::default(),
        }
    }

    /// The service's time, milliseconds since the Unix epoch. Never less than before.
    pub fn now(&self) -> u64 {
        let run = self.run();
        let seen = self.wall().saturating_sub(run);
        let highest = self.shared.highest.fetch_max(seen, Ordering::Relaxed);
        run.saturating_add(highest.max(seen))
    }

    /// The time that the system's clock shows, milliseconds since the Unix epoch: for codes of an authenticator,
    /// whose device has a clock of its own. A system clock set before 1970 shows 0.
    pub fn wall(&self) -> u64 {
        let wall = match self.source {
            Source::System { .. } => system_time(),
            Source::Fixed { wall } => wall,
        };
        wall.saturating_add(self.shared.forward.load(Ordering::Relaxed))
            .saturating_sub(self.shared.back.load(Ordering::Relaxed))
    }

    /// Raises the service's time to one that was seen before, by a process that has ended or another one.
    pub fn raise(&self, seen: u64) {
        let difference = seen.saturating_sub(self.run());
        self.shared.highest.fetch_max(difference, Ordering::Relaxed);
    }

    /// Puts the time forward, for tests.
    pub fn put_forward(&self, milliseconds: u64) {
        self.shared
            .forward
            .fetch_add(milliseconds, Ordering::Relaxed);
    }

    /// Puts the system's clock back as this clock sees it, for tests.
    pub fn put_back(&self, milliseconds: u64) {
        self.shared.back.fetch_add(milliseconds, Ordering::Relaxed);
    }

    /// How long this clock has run, milliseconds.
    fn run(&self) -> u64 {
        let run = match self.source {
            Source::System { began } => {
                milliseconds(system_instant().saturating_duration_since(began))
            }
            Source::Fixed { .. } => 0,
        };
        run.saturating_add(self.shared.forward.load(Ordering::Relaxed))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the service's one reading of the system's clock"
)]
fn system_time() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    milliseconds(since.unwrap_or_default())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the service's one reading of the monotonic clock"
)]
fn system_instant() -> Instant {
    Instant::now()
}

fn milliseconds(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_never_goes_back_and_never_stops() {
        let clock = Clock::fixed(1_000_000);
        clock.put_forward(5_000);
        assert_eq!(clock.now(), 1_005_000);
        clock.put_back(600_000);
        assert_eq!((clock.now(), clock.wall()), (1_005_000, 405_000));
        clock.put_forward(60_000);
        assert_eq!((clock.now(), clock.wall()), (1_065_000, 465_000));
    }

    #[test]
    fn a_raised_time_stays() {
        let clock = Clock::fixed(1_000);
        clock.raise(5_000);
        clock.raise(3_000);
        assert_eq!((clock.now(), clock.wall()), (5_000, 1_000));
        clock.put_forward(7_000);
        assert_eq!(clock.now(), 12_000);
    }

    #[test]
    fn the_systems_clock_goes_on() {
        let clock = Clock::system();
        let first = clock.now();
        std::thread::sleep(Duration::from_millis(5));
        assert!(clock.now() > first);
        assert!(clock.now().abs_diff(clock.wall()) < 1_000);
    }
}
