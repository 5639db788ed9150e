//! What every request may use.

use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::delivery::outbox::Outbox;
use crate::key::Key;
use crate::password::Passwords;
use crate::store::Store;
use crate::web::assets::preload;
use crate::web::error::Error;

/// What every request may use.
#[derive(Clone, Debug)]
pub struct Service {
    /// What the operator decided.
    pub config: Arc<Config>,
    /// The database.
    pub store: Store,
    /// The key outside the database.
    pub key: Key,
    /// The clock.
    pub clock: Clock,
    /// Where messages go.
    pub outbox: Outbox,
    /// Checks passwords.
    pub passwords: Passwords,
    /// The widget's built files that a page loads at once: addresses below `/assets/`.
    pub preload: Arc<[String]>,
}

impl Service {
    /// The service, with an empty outbox.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub fn new(config: Config, store: Store, key: Key, clock: Clock) -> Result<Service, Error> {
        let preload = preload(&config.assets);
        Ok(Service {
            config: Arc::new(config),
            store,
            key,
            clock,
            outbox: Outbox::default(),
            passwords: Passwords::new()?,
            preload: preload.into(),
        })
    }
}
