//! A listener for the operator's programs: whether the service lives, whether it is ready, and its metrics.
//!
//! The answers name nothing of the service, its version or its people.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;

mod health; // whether the service is ready
mod metrics; // in the text format of Prometheus

pub use health::Health;
pub use metrics::Metrics;

/// The router of the second listener. `metrics`: `None` where none are recorded.
pub fn router(health: Health, metrics: Option<Metrics>) -> Router {
    let render = async |State(metrics): State<Metrics>| {
        let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
        (kind, metrics.render().await)
    };
    let measured = metrics.map_or_else(Router::new, |metrics| {
        Router::new()
            .route("/metrics", get(render))
            .with_state(metrics)
    });
    Router::new()
        .route("/livez", get(async || text(StatusCode::OK, "ok\n")))
        .route("/readyz", get(ready))
        .with_state(health)
        .merge(measured)
}

async fn ready(State(health): State<Health>) -> impl IntoResponse {
    if health.is_ready().await {
        text(StatusCode::OK, "ok\n")
    } else {
        text(StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
    }
}

fn text(status: StatusCode, text: &'static str) -> impl IntoResponse {
    (status, [(header::CACHE_CONTROL, "no-store")], text)
}
