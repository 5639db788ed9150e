//! Passwords: Argon2id, and the same work for a name that nobody has.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::web::error::Error;

/// Checks passwords, a few at a time: each check takes 19 MiB for a moment.
#[derive(Clone, Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// Of a password that nobody knows: what a name that nobody has is checked against.
    nobody: Arc<str>,
}

/// Checks at the same time.
const TURNS: usize = 4;

impl Passwords {
    /// Ready to check.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub fn new() -> Result<Passwords, Error> {
        let nobody = hash(&crate::hex::hex(&crate::random::bytes::<32>()?))?;
        Ok(Passwords {
            turns: Arc::new(Semaphore::new(TURNS)),
            nobody: nobody.into(),
        })
    }

    /// Whether a password is the one of `stored`. `None` (nobody has the name): no, after the same work.
    ///
    /// # Errors
    /// When the work could not be done.
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
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.to_string());
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
        Ok(matches && known)
    }
}

/// The PHC string to keep of a password.
///
/// # Errors
/// When there is no randomness to be had.
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
    async fn a_password_opens_its_own_account_and_nobodys_opens_none() {
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
