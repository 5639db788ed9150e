//! Sliding windows over the events that the store counts.

use todoita::policy;

use crate::error::Error;
use crate::store::{Counter, Snapshot, Transaction};

/// A sliding window: at most `allowed` events of a counter's key within a duration.
#[derive(Clone, Debug)]
pub(crate) struct SlidingWindow {
    /// The kind of event.
    pub counter: Counter,
    /// An account, a name, a network …
    pub key: String,
    /// How many events.
    pub allowed: u32,
    /// Within how many milliseconds.
    pub within: u64,
}

/// How much room a window has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// For more than one event.
    Open,
    /// For one event.
    One,
    /// For none; for the next one from this time on (milliseconds since the Unix epoch).
    Full(u64),
}

/// Locks the counters of windows, before they are read in order to count.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn lock(tx: &mut dyn Transaction, windows: &[SlidingWindow]) -> Result<(), Error> {
    if windows.is_empty() {
        return Ok(());
    }
    let counters: Vec<_> = windows
        .iter()
        .map(|window| (window.counter, window.key.as_str()))
        .collect();
    Ok(tx.lock_counters(&counters).await?)
}

impl SlidingWindow {
    /// How much room it has at `now`.
    ///
    /// # Errors
    /// Internal errors: database.
    pub async fn room(&self, db: &mut dyn Snapshot, now: u64) -> Result<Room, Error> {
        let Some(before) = self.allowed.checked_sub(1) else {
            let until = policy::window(&[], 0, self.within, now);
            return Ok(until.map_or(Room::Open, Room::Full));
        };
        let since = now.saturating_sub(self.within);
        // The window is full while the `allowed`-th newest event is inside it. If only the (`allowed` - 1)-th newest is, one
        // more fits.
        let (newer, limit) = match before.checked_sub(1) {
            Some(newer) => (newer, 2),
            None => (0, 1),
        };
        let times = db
            .events_before(self.counter, &self.key, since, newer, limit)
            .await?;
        let oldest = times.get(usize::from(limit == 2)).copied();
        let full = oldest.and_then(|at| policy::window(&[at], 1, self.within, now));
        Ok(match full {
            Some(until) => Room::Full(until),
            None if before == 0 || !times.is_empty() => Room::One,
            None => Room::Open,
        })
    }

    /// From when one more event is allowed (milliseconds since the Unix epoch); `None` if it is at `now`.
    ///
    /// # Errors
    /// Internal errors: database.
    pub async fn full(&self, db: &mut dyn Snapshot, now: u64) -> Result<Option<u64>, Error> {
        Ok(match self.room(db, now).await? {
            Room::Full(until) => Some(until),
            Room::One | Room::Open => None,
        })
    }
}

/// The room of several windows.
pub(crate) struct Rooms {
    /// The window that has room last, and from when (milliseconds since the Unix epoch). `None` where all have room.
    pub full: Option<(Counter, u64)>,
    /// The windows that one more event fills.
    pub used_up: Vec<Counter>,
}

impl Rooms {
    /// Adds those of further windows.
    pub fn add(&mut self, further: Rooms) {
        let latest = |full: Option<(Counter, u64)>| full.map(|(_, until)| until);
        if latest(self.full) < latest(further.full) {
            self.full = further.full;
        }
        self.used_up.extend(further.used_up);
    }
}

/// How much room windows have at `now`.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn rooms(
    db: &mut dyn Snapshot,
    windows: &[SlidingWindow],
    now: u64,
) -> Result<Rooms, Error> {
    let (mut full, mut used_up) = (None, Vec::new());
    for window in windows {
        match window.room(db, now).await? {
            Room::Open => {}
            Room::One => used_up.push(window.counter),
            Room::Full(until) => {
                if full.is_none_or(|(_, latest)| latest < until) {
                    full = Some((window.counter, until));
                }
            }
        }
    }
    Ok(Rooms { full, used_up })
}
