//! What every handler may use.

use std::sync::Arc;

use crate::config::Config;
use crate::web::assets::preload;
use crate::web::panels::Panels;

/// What every handler may use. Clones share everything.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The configuration.
    pub config: Arc<Config>,
    /// The domain.
    pub login: login::Service,
    /// The addresses of the widget's WebAssembly files that a page loads at once.
    pub preload: Arc<[String]>,
    /// What is shown beside the pages: nothing, but for the demo.
    pub panels: Option<Arc<dyn Panels>>,
}

impl AppState {
    /// The state of a service without panels.
    pub fn new(config: Config, login: login::Service) -> AppState {
        let preload = preload(&config.assets);
        AppState {
            config: Arc::new(config),
            login,
            preload: preload.into(),
            panels: None,
        }
    }
}
