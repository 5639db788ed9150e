//! Builds the service from its parts, for `main` and for the tests alike.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use login::clock::Clock;
use login::crypto::keys::Keys;
use login::delivery::Deliver;
use login::service::Parts;
use login::store::Store;
use login::{gateway_watch, queue, sweep, timekeeping};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::config::Config;
use crate::delivery::Connected;
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
/// [`login::Error::NoRandomness`]; an internal error if the folder of the outbox cannot be made.
pub fn build(
    config: Config,
    store: Arc<dyn Store>,
    keys: impl Into<Keys>,
    clock: Clock,
) -> Result<Built, login::Error> {
    build_with(config, store, keys, clock, None)
}

/// The same, with gateways. `None`: messages go to the outbox.
///
/// # Errors
/// As [`build`].
pub fn build_with(
    config: Config,
    store: Arc<dyn Store>,
    keys: impl Into<Keys>,
    clock: Clock,
    connected: Option<Connected>,
) -> Result<Built, login::Error> {
    let outbox = match &config.outbox {
        Some(folder) => Outbox::in_folder(folder.clone())
            .map_err(|_| login::Error::Internal("the folder of the outbox cannot be made"))?,
        None => Outbox::default(),
    };
    let (gateway, report_secrets) = match connected {
        Some(connected) => (connected.gateways, connected.report_secrets),
        None => (Arc::new(outbox.clone()) as Arc<dyn Deliver>, None),
    };
    let login = login::Service::new(Parts {
        settings: config.login.clone(),
        store,
        key: keys.into(),
        clock,
        wording: Arc::new(OwnWording),
        gateway,
    })?;
    let mut state = AppState::new(config, login.clone());
    state.report_secrets = report_secrets;
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

/// The tasks in the background. They end when this is dropped.
#[derive(Debug)]
pub struct Background {
    login: login::Service,
    tasks: JoinSet<()>,
}

/// How long the deliveries that are under way at the shutdown may take. A message that is not delivered by then
/// is delivered by another machine, or after the next start, as soon as its claim has lapsed.
const LAST_DELIVERIES: Duration = Duration::from_secs(10);

/// How long the last write may take.
const LAST_WRITE: Duration = Duration::from_secs(5);

/// Starts the tasks in the background: the delivery of messages, the sweep, the storing of the time, and the watch of the
/// gateways.
pub fn spawn_background(login: &login::Service) -> Background {
    let mut tasks = JoinSet::new();
    tasks.spawn(queue::run(login.clone()));
    tasks.spawn(sweep::run(login.clone()));
    tasks.spawn(timekeeping::run(login.clone()));
    tasks.spawn(gateway_watch::run(login.clone()));
    Background {
        login: login.clone(),
        tasks,
    }
}

impl Background {
    /// Ends the tasks: messages that are due, or are being delivered, are delivered first. A batch of the sweep is rolled back.
    /// To be called after the last request.
    pub async fn stop(mut self) {
        // It waits for its turn, that is until the worker holds no message.
        match timeout(LAST_DELIVERIES, queue::deliver_due(&self.login)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(?error, "the last messages were not delivered"),
            Err(_) => {
                tracing::warn!("messages were being delivered at the deadline of the shutdown")
            }
        }
        self.tasks.shutdown().await;
        match timeout(LAST_WRITE, timekeeping::save(&self.login)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(?error, "the time could not be stored"),
            Err(_) => tracing::warn!("the time could not be stored: the database does not answer"),
        }
    }
}
