//! The router: which address does what.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::services::ServeDir;

use crate::demo::routes as demo_routes;
use crate::service::Service;
use crate::web::error::Error;
use crate::web::redirect::go;
use crate::web::routes::{account, code, guide, login};
use crate::web::{assets, middleware};

/// Builds the service: for `main` and for the tests alike. Serve it with the peer's address
/// (`into_make_service_with_connect_info`), by which limits count.
pub fn router(service: Service) -> Router {
    let mut router = Router::new()
        .route("/", get(login::login_page))
        // The addresses of forms, typed or reloaded: back to where the form stands.
        .route("/login", get(async || go("/")).post(login::give_password))
        .route("/login/code", get(code::code_page).post(code::give_code))
        .route(
            "/login/guide",
            get(guide::guide_page).post(guide::give_answer),
        )
        .route("/account", get(account::account_page))
        .route(
            "/account/backup",
            get(async || go("/account")).post(account::new_backup_codes),
        )
        .route(
            "/account/app",
            get(account::app_page).post(account::enrol_app),
        )
        .route("/logout", get(async || go("/")).post(account::log_out))
        .route("/help", get(account::help_page))
        .route("/own/{file}", get(assets::own_file))
        .nest_service(
            "/assets",
            ServeDir::new(&service.config.assets).append_index_html_on_directories(false),
        );
    if service.config.demo {
        router = router
            .route("/outbox", get(demo_routes::outbox_page))
            .route("/outbox.json", get(demo_routes::outbox_json));
    }
    if service.config.test_clock {
        router = router.route("/test/clock", post(demo_routes::put_clock_forward));
    }
    router
        .fallback(async || Error::NotFound)
        .method_not_allowed_fallback(async || Error::Method)
        .layer(CatchPanicLayer::custom(|_| {
            Error::Internal("a panic").into_response()
        }))
        .layer(from_fn_with_state(service.clone(), middleware::around))
        .with_state(service)
}
