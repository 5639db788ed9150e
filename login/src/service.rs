//! The service that the functions of this crate work on, and the person who makes a request.

use std::sync::Arc;

use crate::audit_budget::AuditBudget;
use crate::clock::Clock;
use crate::crypto::keys::Keys;
use crate::delivery::{Deliver, Delivery, Wording};
use crate::error::Error;
use crate::network::Network;
use crate::paid_budget::PaidBudget;
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
    /// The keys, which are kept outside the database.
    pub key: Keys,
    /// The clock.
    pub clock: Clock,
    /// Checks passwords.
    pub passwords: Passwords,
    /// The texts of messages.
    pub wording: Arc<dyn Wording>,
    /// Delivers queued messages.
    pub delivery: Delivery,
    /// The alarm of the budget for messages that cost money.
    pub paid_budget: PaidBudget,
    /// How many passwords the audit log records.
    pub audit_budget: AuditBudget,
}

/// The parts that a service is built from.
#[derive(Debug)]
pub struct Parts {
    /// Limits and lifetimes.
    pub settings: Settings,
    /// The database.
    pub store: Arc<dyn Store>,
    /// The keys.
    pub key: Keys,
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
            paid_budget: PaidBudget::default(),
            audit_budget: AuditBudget::default(),
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
    pub network: Network,
    /// The value of the cookie by which the browser is known, if it has one ([`crate::known_places`]).
    pub browser: Option<String>,
}
