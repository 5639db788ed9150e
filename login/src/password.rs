//! Passwords: Argon2id, and the same work for a name that no account has.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::error::Error;

/// Checks passwords, a few at a time: a check uses 19 MiB while it runs.
#[derive(Clone, Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// The hash of a random password: a name that no account has is checked against it.
    decoy: Arc<str>,
}

/// Checks at the same time.
const TURNS: usize = 4;

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
            turns: Arc::new(Semaphore::new(TURNS)),
            decoy: decoy.into(),
        })
    }

    /// Whether a password is that of the hash `stored`. `None` (no account has the name): `false`, after the
    /// same work.
    ///
    /// # Errors
    /// [`Error::Internal`] where the check could not run.
    pub async fn check(
        &self,
        stored: Option<String>,
        given: Zeroizing<String>,
    ) -> Result<bool, Error> {
        let _turn = self
            .turns
            .acquire()
            .await
            .map_err(|_| Error::Internal("the checks of passwords have ended"))?;
        let exists = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.to_string());
        let matches = tokio::task::spawn_blocking(move || {
            let hash = PasswordHash::new(&stored).ok()?;
            Some(
                Argon2::default()
                    .verify_password(given.as_bytes(), &hash)
                    .is_ok(),
            )
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
            passwords
                .check(stored.map(str::to_owned), Zeroizing::new(given.to_owned()))
                .await
                .unwrap()
        };
        assert!(check(Some(&stored), "ひらけごま").await);
        assert!(!check(Some(&stored), "ひらけ").await);
        assert!(!check(None, "ひらけごま").await);
    }
}
