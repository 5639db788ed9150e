//! A unit of work is run again from its beginning after it gave way to another one.

use std::time::Duration;

use crate::crypto::random;
use crate::error::Error;

/// How often a unit is run again.
const RERUNS: u32 = 3;
/// The longest pause before the first rerun, milliseconds. It grows by as much with each further one.
const PAUSE: u32 = 40;

/// Runs a unit of work, and again for as long as it ends in a conflict ([`crate::store::StoreError::conflict`]), three times at most.
///
/// A unit begins one transaction, decides by what it reads there, and commits as its last effect: of a run that ended in a
/// conflict the database has nothing, and the next one reads what the other unit has written. Only figures for the operator may
/// count a run that was rolled back.
///
/// # Errors
/// Those of the unit.
pub(crate) async fn on_conflict<T, Run: Future<Output = Result<T, Error>>>(
    unit: impl Fn() -> Run,
) -> Result<T, Error> {
    for run in 1..=RERUNS {
        match unit().await {
            Err(Error::Store(error)) if error.conflict => {
                tracing::debug!(run, %error, "a conflict with another transaction");
                tokio::time::sleep(pause(run, random::bytes()?)).await;
            }
            ended => return ended,
        }
    }
    unit().await
}

/// A random pause: units that gave way to each other do not meet again.
fn pause(run: u32, [random]: [u8; 1]) -> Duration {
    let longest = Duration::from_millis((run * PAUSE).into());
    longest * (u32::from(random) + 1) / 256
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::io;

    use super::*;
    use crate::store::{Again, StoreError};

    fn failed(again: Again) -> Error {
        StoreError::new(io::Error::other("no"), again).into()
    }

    #[tokio::test]
    async fn a_unit_is_run_again_after_a_conflict_and_after_nothing_else() {
        for (conflicts, expected) in [(0, Some(1)), (1, Some(2)), (3, Some(4)), (4, None)] {
            let runs = Cell::new(0);
            let ended = on_conflict(async || {
                runs.set(runs.get() + 1);
                if runs.get() <= conflicts {
                    return Err(failed(Again::AtOnce));
                }
                Ok(runs.get())
            });
            assert_eq!(ended.await.ok(), expected, "{conflicts}");
            assert_eq!(runs.get(), expected.unwrap_or(4));
        }
        for again in [Again::Later, Again::Never] {
            let runs = Cell::new(0);
            let ended = on_conflict(async || {
                runs.set(runs.get() + 1);
                Err::<(), Error>(failed(again))
            });
            assert!(ended.await.is_err());
            assert_eq!(runs.get(), 1, "{again:?}");
        }
    }

    #[test]
    fn a_pause_is_short_and_grows() {
        assert_eq!(pause(1, [255]), Duration::from_millis(40));
        assert_eq!(pause(3, [255]), Duration::from_millis(120));
        assert!(pause(1, [0]) > Duration::ZERO);
    }
}
