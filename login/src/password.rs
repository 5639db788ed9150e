//! Passwords: Argon2id, and the same work for a name that no account has.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::Zeroizing;

use crate::error::Error;

/// Checks passwords, a few at a time: a check uses 19 MiB while it runs. A bounded number waits, and none for
/// long: a flood of passwords must not stop everybody else.
#[derive(Clone, Debug)]
pub struct Passwords {
    queue: Arc<Semaphore>,
    queue_of_known: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    patience: Duration,
    given: Arc<AtomicU64>,
    /// The hash of a random password: a name that no account has is checked against it.
    decoy: Arc<str>,
}

/// Checks at the same time.
const TURNS: usize = 4;
/// Checks that wait: a second of work.
const QUEUE: usize = 100;
/// Further checks that may wait for requests from a known place: a flood from elsewhere does not fill their queue.
const QUEUE_OF_KNOWN: usize = 20;
/// How long a check waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// Which queue a check waits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Everybody's.
    Open,
    /// That of requests from a known place of the account.
    KnownPlace,
}

/// A place among the running checks.
#[derive(Debug)]
pub struct Turn {
    _queue: OwnedSemaphorePermit,
    _turn: OwnedSemaphorePermit,
}

impl Passwords {
    /// Prepares the checks.
    ///
    /// # Errors
    /// [`Error::NoRandomness`].
    pub fn new() -> Result<Passwords, Error> {
        let decoy = hash(&crate::crypto::hex::hex(
            &crate::crypto::random::bytes::<32>()?,
        ))?;
        Ok(Passwords {
            queue: Arc::new(Semaphore::new(TURNS + QUEUE)),
            queue_of_known: Arc::new(Semaphore::new(QUEUE_OF_KNOWN)),
            turns: Arc::new(Semaphore::new(TURNS)),
            patience: PATIENCE,
            given: Arc::default(),
            decoy: decoy.into(),
        })
    }

    /// How many turns were given. For tests and measurements.
    pub fn turns_given(&self) -> u64 {
        self.given.load(Ordering::Relaxed)
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`Error::Busy`] where too many wait, or the wait was too long.
    pub async fn turn(&self, lane: Lane) -> Result<Turn, Error> {
        let queue = match lane {
            Lane::Open => &self.queue,
            Lane::KnownPlace => &self.queue_of_known,
        };
        let queue = queue.clone().try_acquire_owned();
        let queue = queue.map_err(|_| Error::Busy)?;
        let turn = self.turns.clone().acquire_owned();
        match tokio::time::timeout(self.patience, turn).await {
            Ok(Ok(turn)) => {
                self.given.fetch_add(1, Ordering::Relaxed);
                Ok(Turn {
                    _queue: queue,
                    _turn: turn,
                })
            }
            Ok(Err(_)) | Err(_) => Err(Error::Busy),
        }
    }

    /// Whether a password is that of the hash `stored`. `None` (no account has the name): `false`, after the
    /// same work.
    ///
    /// # Errors
    /// [`Error::Internal`] where the check could not run.
    pub async fn check(
        &self,
        turn: Turn,
        stored: Option<String>,
        given: Zeroizing<String>,
    ) -> Result<bool, Error> {
        let exists = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.to_string());
        let matches = tokio::task::spawn_blocking(move || {
            let hash = PasswordHash::new(&stored).ok()?;
            let matches = Argon2::default().verify_password(given.as_bytes(), &hash);
            // Held until the work is done, also where the request was given up.
            drop(turn);
            Some(matches.is_ok())
        });
        let matches = matches
            .await
            .ok()
            .flatten()
            .ok_or(Error::Internal("a password could not be checked"))?;
        Ok(matches && exists)
    }
}

/// The PHC string to store of a password.
///
/// # Errors
/// [`Error::Internal`] where the system gives no randomness.
pub fn hash(password: &str) -> Result<String, Error> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash
        .map_err(|_| Error::Internal("a password could not be hashed"))?
        .to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_and_an_unknown_name_never_matches() {
        let passwords = Passwords::new().unwrap();
        let stored = hash("ひらけごま").unwrap();
        assert!(stored.starts_with("$argon2id$"));
        let check = async |stored: Option<&str>, given: &str| {
            let turn = passwords.turn(Lane::Open).await.unwrap();
            passwords
                .check(
                    turn,
                    stored.map(str::to_owned),
                    Zeroizing::new(given.to_owned()),
                )
                .await
                .unwrap()
        };
        assert!(check(Some(&stored), "ひらけごま").await);
        assert!(!check(Some(&stored), "ひらけ").await);
        assert!(!check(None, "ひらけごま").await);
    }

    #[tokio::test]
    async fn the_queue_of_checks_is_bounded_and_nobody_waits_for_long() {
        let passwords = Passwords {
            queue: Arc::new(Semaphore::new(3)),
            queue_of_known: Arc::new(Semaphore::new(1)),
            turns: Arc::new(Semaphore::new(1)),
            patience: Duration::from_millis(50),
            given: Arc::default(),
            decoy: "".into(),
        };
        let turn = || passwords.turn(Lane::Open);
        let running = turn().await.unwrap();
        let (first, second, third) = tokio::join!(turn(), turn(), turn());
        for refused in [first, second, third] {
            assert!(matches!(refused, Err(Error::Busy)));
        }
        drop(running);
        let running = turn().await.unwrap();
        let full = (passwords.queue.clone().try_acquire_many_owned(2)).unwrap();
        let began = tokio::time::Instant::now();
        assert!(matches!(turn().await, Err(Error::Busy)));
        assert!(began.elapsed() < passwords.patience, "refused at once");
        // A known place has a queue of its own.
        drop(running);
        drop(passwords.turn(Lane::KnownPlace).await.unwrap());
        drop(full);
        assert!(turn().await.is_ok());
    }
}
