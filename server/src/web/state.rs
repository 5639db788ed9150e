//! The state that handlers share.

use std::sync::Arc;

use crate::config::Config;
use crate::signature::Secrets;
use crate::web::panels::Panels;

/// The state that handlers share. Clones share everything.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The configuration.
    pub config: Arc<Config>,
    /// The domain.
    pub login: login::Service,
    /// Panels beside the pages; only the demo has them.
    pub panels: Option<Arc<dyn Panels>>,
    /// The secrets that the webhook's reports are signed with; `None` where there is no webhook.
    pub report_secrets: Option<Secrets>,
}

impl AppState {
    /// The state of a service without panels.
    pub fn new(config: Config, login: login::Service) -> AppState {
        AppState {
            config: Arc::new(config),
            login,
            panels: None,
            report_secrets: None,
        }
    }
}
