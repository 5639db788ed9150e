//! The router: which address is handled by what.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;

use crate::web::error::Error;
use crate::web::redirect::redirect;
use crate::web::routes::{account, code, delivery, enrolment, guide, login, number, step_up};
use crate::web::state::AppState;
use crate::web::{assets, middleware};

/// Builds the router, together with further routes (the demo's). Serve it with the peer's address
/// (`into_make_service_with_connect_info`), by which limits count.
pub fn router(state: AppState, further: Router<AppState>) -> Router {
    Router::new()
        .route("/", get(login::login_page))
        // The addresses of forms, typed or reloaded, lead back to the page with the form.
        .route(
            "/login",
            get(async || redirect("/")).post(login::submit_password),
        )
        .route("/login/code", get(code::code_page).post(code::submit_code))
        .route(
            "/login/guide",
            get(guide::guide_page).post(guide::submit_answer),
        )
        .route("/account", get(account::account_page))
        .route(
            "/account/backup",
            get(enrolment::backup_codes_page).post(enrolment::renew_backup_codes),
        )
        .route(
            "/account/app",
            get(enrolment::authenticator_page).post(enrolment::enrol_authenticator),
        )
        .route(
            "/account/number",
            get(number::number_page).post(number::submit_number),
        )
        .route(
            "/account/confirm/{goal}",
            get(step_up::step_up_page).post(step_up::submit_step_up),
        )
        .route(
            "/account/sessions",
            get(async || redirect("/account")).post(account::end_other_sessions),
        )
        .route(
            "/logout",
            get(async || redirect("/")).post(account::sign_out),
        )
        .route("/delivery/reports", post(delivery::receive_report))
        .route("/help", get(account::help_page))
        .route("/own/{file}", get(assets::own_file))
        .merge(assets::of_the_widget(&state.config.assets))
        .merge(further)
        .fallback(async || Error::NotFound)
        .method_not_allowed_fallback(async || Error::Method)
        .layer(CatchPanicLayer::custom(|_| {
            Error::Internal("a panic").into_response()
        }))
        .layer(from_fn_with_state(state.clone(), middleware::around))
        .with_state(state)
}
