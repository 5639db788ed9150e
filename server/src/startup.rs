//! Builds the service from its parts, for `main` and for the tests alike.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use login::clock::Clock;
use login::crypto::keys::Keys;
use login::delivery::Deliver;
use login::queue::Workers;
use login::service::Parts;
use login::store::Store;
use login::{gateway_watch, sweep, timekeeping};
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
    workers: Workers,
    tasks: JoinSet<()>,
}

/// How long the deliveries that are under way at the shutdown may take. A message that is not delivered by then is put back: another
/// machine, or the next start, delivers it.
const LAST_DELIVERIES: Duration = Duration::from_secs(10);

/// How long the last writes may take.
const LAST_WRITES: Duration = Duration::from_secs(5);

/// Starts the tasks in the background: the delivery of messages, the sweep, the storing of the time, and the watch of the
/// gateways.
pub fn spawn_background(login: &login::Service) -> Background {
    let mut tasks = JoinSet::new();
    tasks.spawn(sweep::run(login.clone()));
    tasks.spawn(timekeeping::run(login.clone()));
    tasks.spawn(gateway_watch::run(login.clone()));
    Background {
        login: login.clone(),
        workers: Workers::start(login),
        tasks,
    }
}

impl Background {
    /// Ends the tasks: messages that are being delivered have their time, and no further one is begun. A batch of the sweep is rolled
    /// back. To be called after the last request.
    pub async fn stop(self) {
        self.stop_within(LAST_DELIVERIES).await;
    }

    /// The same, with another time for the messages.
    pub async fn stop_within(mut self, last_deliveries: Duration) {
        self.workers.finish(last_deliveries).await;
        self.tasks.shutdown().await;
        let last_writes = async {
            self.workers.put_back().await;
            timekeeping::save(&self.login).await
        };
        match timeout(LAST_WRITES, last_writes).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(?error, "the time could not be stored"),
            Err(_) => tracing::warn!("the time could not be stored: the database does not answer"),
        }
    }
}
