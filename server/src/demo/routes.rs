//! The addresses of the demo: its phone, its test clock, and the pages that show the widget.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Extension, Router};

use super::phone::Phone;
use crate::config::Config;
use crate::delivery::outbox::Outbox;
use crate::instant::instant;
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::request_context::RequestContext;
use crate::web::routes::Answer;
use crate::web::state::AppState;
use crate::web::{assets, pages, responses};
use crate::words::Words;

/// The demo's routes, to be merged into the service's.
pub fn routes(config: &Config, outbox: &Outbox) -> Router<AppState> {
    let mut router = Router::new()
        .route("/outbox", get(outbox_page))
        .route("/outbox.json", get(outbox_json))
        // Elsewhere the origin of a login has the files that pages load, and no page of scripts beside its own.
        .nest_service("/assets", assets::folder(&config.assets));
    if config.test_clock {
        router = router.route("/test/clock", post(put_clock_forward));
    }
    router.layer(Extension(outbox.clone()))
}

/// The phone of all users, alone on a page.
#[derive(Template)]
#[template(path = "outbox.html")]
struct OutboxPage {
    words: &'static Words,
    phone: Phone,
}

/// The phone on which all messages arrive.
///
/// # Errors
/// Internal errors: database, template.
async fn outbox_page(
    State(state): State<AppState>,
    Extension(outbox): Extension<Outbox>,
    Extension(context): Extension<RequestContext>,
) -> Answer {
    let words = Words::of(context.lang);
    let phone = Phone::read(&state, &outbox, words, None).await?;
    pages::page(StatusCode::OK, &OutboxPage { words, phone })
}

/// The same for scripts and tests. `?user=` gives the phone of one user.
///
/// # Errors
/// Internal errors: database.
async fn outbox_json(
    State(state): State<AppState>,
    Extension(outbox): Extension<Outbox>,
    Extension(context): Extension<RequestContext>,
    RawQuery(query): RawQuery,
) -> Answer {
    let query = query.unwrap_or_default();
    let user = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "user")
        .map(|(_, user)| user);
    let words = Words::of(context.lang);
    let phone = Phone::read(&state, &outbox, words, user.as_deref()).await?;
    responses::json(StatusCode::OK, "application/json", &phone)
}

/// Puts the clock forward by `milliseconds`, for tests.
///
/// # Errors
/// [`Error::InvalidInput`].
async fn put_clock_forward(State(state): State<AppState>, fields: Fields) -> Answer {
    let milliseconds = fields
        .one("milliseconds")?
        .and_then(|span| span.parse().ok());
    state.login.clock.put_forward(
        milliseconds.ok_or(Error::InvalidInput("milliseconds is not a number".into()))?,
    );
    let now = instant(state.login.clock.now());
    responses::json(
        StatusCode::OK,
        "application/json",
        &serde_json::json!({ "now": now }),
    )
}
