//! The service that the functions of this crate work on, and the person who makes a request.

use std::sync::Arc;

use crate::clock::Clock;
use crate::crypto::key::Key;
use crate::delivery::{Deliver, Delivery, Wording};
use crate::error::Error;
use crate::password::Passwords;
use crate::settings::Settings;
use crate::store::Store;

/// The login service. Clones share everything.
#[derive(Clone, Debug)]
pub struct Service {
    /// Limits and lifetimes.
    pub settings: Arc<Settings>,
    /// The database.
    pub store: Arc<dyn Store>,
    /// The key, which is kept outside the database.
    pub key: Key,
    /// The clock.
    pub clock: Clock,
    /// Checks passwords.
    pub passwords: Passwords,
    /// The texts of messages.
    pub wording: Arc<dyn Wording>,
    /// Delivers queued messages.
    pub delivery: Delivery,
}

/// The parts that a service is built from.
#[derive(Debug)]
pub struct Parts {
    /// Limits and lifetimes.
    pub settings: Settings,
    /// The database.
    pub store: Arc<dyn Store>,
    /// The key.
    pub key: Key,
    /// The clock.
    pub clock: Clock,
    /// The texts of messages.
    pub wording: Arc<dyn Wording>,
    /// The gateway for messages.
    pub gateway: Arc<dyn Deliver>,
}

impl Service {
    /// Builds a service.
    ///
    /// # Errors
    /// [`Error::NoRandomness`].
    pub fn new(parts: Parts) -> Result<Service, Error> {
        Ok(Service {
            settings: Arc::new(parts.settings),
            store: parts.store,
            key: parts.key,
            clock: parts.clock,
            passwords: Passwords::new()?,
            wording: parts.wording,
            delivery: Delivery::new(parts.gateway),
        })
    }
}

/// The person who makes a request, as far as the domain needs to know.
#[derive(Clone, Debug)]
pub struct Requester {
    /// The host of the page, to which the last line of a message is bound.
    pub host: String,
    /// The tag of the language in which messages are written.
    pub lang: &'static str,
    /// The network of the request, by which limits count.
    pub network: String,
}
