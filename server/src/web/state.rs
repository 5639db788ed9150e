//! The state that handlers share.

use std::sync::Arc;

use crate::config::Config;
use crate::web::assets::preload;
use crate::web::panels::Panels;

/// The state that handlers share. Clones share everything.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The configuration.
    pub config: Arc<Config>,
    /// The domain.
    pub login: login::Service,
    /// The addresses of the widget's WebAssembly files that a page loads at once.
    pub preload: Arc<[String]>,
    /// Panels beside the pages; only the demo has them.
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
