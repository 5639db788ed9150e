//! The addresses of the demo: its phone and its test clock.

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;

use crate::demo::Phone;
use crate::service::Service;
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::request_context::Asker;
use crate::web::routes::Answer;
use crate::web::{pages, responses};
use crate::words::Words;

/// The phone on which all messages arrive (demo).
///
/// # Errors
/// What is ours.
pub async fn outbox_page(
    State(service): State<Service>,
    Extension(asker): Extension<Asker>,
) -> Answer {
    let words = Words::of(asker.lang);
    let phone = Phone::read(&service, words, None).await?;
    pages::page(StatusCode::OK, &pages::Outbox { words, phone })
}

/// The same for scripts and tests (demo): `?user=` for one user's phone.
///
/// # Errors
/// What is ours.
pub async fn outbox_json(
    State(service): State<Service>,
    Extension(asker): Extension<Asker>,
    RawQuery(query): RawQuery,
) -> Answer {
    let query = query.unwrap_or_default();
    let user = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "user")
        .map(|(_, user)| user);
    let phone = Phone::read(&service, Words::of(asker.lang), user.as_deref()).await?;
    responses::json(StatusCode::OK, "application/json", &phone)
}

/// Puts the clock forward by `milliseconds` (demo, for tests).
///
/// # Errors
/// [`Error::BadInput`].
pub async fn put_clock_forward(State(service): State<Service>, fields: Fields) -> Answer {
    let span = fields
        .one("milliseconds")?
        .and_then(|span| span.parse().ok());
    service
        .clock
        .put_forward(span.ok_or(Error::BadInput("milliseconds is no number".into()))?);
    let now = responses::instant(service.clock.now());
    responses::json(
        StatusCode::OK,
        "application/json",
        &serde_json::json!({ "now": now }),
    )
}
