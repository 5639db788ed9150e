//! Builds the service from its parts, for `main` and for the tests alike.

use std::sync::Arc;

use axum::Router;
use login::clock::Clock;
use login::crypto::key::Key;
use login::service::Parts;
use login::store::Store;
use login::{queue, sweep};

use crate::config::Config;
use crate::delivery::outbox::Outbox;
use crate::demo::{self, DemoPanels};
use crate::web;
use crate::web::state::AppState;
use crate::words::messages::OwnWording;

/// A built service.
#[derive(Debug)]
pub struct Built {
    /// Responds to requests.
    pub router: Router,
    /// The domain.
    pub login: login::Service,
    /// The messages.
    pub outbox: Outbox,
}

/// Builds the service. With `config.demo` it has the demo's pages; its users are added by
/// [`demo::people::seed`].
///
/// # Errors
/// [`login::Error::NoRandomness`].
pub fn build(
    config: Config,
    store: Arc<dyn Store>,
    key: Key,
    clock: Clock,
) -> Result<Built, login::Error> {
    let outbox = Outbox::default();
    let login = login::Service::new(Parts {
        settings: config.login.clone(),
        store,
        key,
        clock,
        wording: Arc::new(OwnWording),
        gateway: Arc::new(outbox.clone()),
    })?;
    let mut state = AppState::new(config, login.clone());
    let mut further = Router::new();
    if state.config.demo {
        state.panels = Some(Arc::new(DemoPanels {
            state: state.clone(),
            outbox: outbox.clone(),
        }));
        further = demo::routes::routes(&state.config, &outbox);
    }
    Ok(Built {
        router: web::router::router(state, further),
        login,
        outbox,
    })
}

/// Starts the tasks in the background: the delivery of messages and the sweep. They end with the runtime.
pub fn spawn_background(login: &login::Service) {
    tokio::spawn(queue::run(login.clone()));
    tokio::spawn(sweep::run(login.clone()));
}
