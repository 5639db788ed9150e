//! The service's own files, and the demo's phone and clock.

use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse as _;

use super::Answer;
use crate::app::Service;
use crate::asker::Asker;
use crate::demo::Phone;
use crate::error::Error;
use crate::fields::Fields;
use crate::words::Words;
use crate::{answers, pages};

/// The service's own style, script and mark.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn own_file(Path(file): Path<String>) -> Answer {
    let (kind, text) = match file.as_str() {
        "demo.css" => (
            "text/css; charset=utf-8",
            include_str!("../../assets/demo.css"),
        ),
        "phone.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../../assets/phone.js"),
        ),
        "mark.svg" => ("image/svg+xml", include_str!("../../assets/mark.svg")),
        _ => return Err(Error::NotFound),
    };
    Ok((
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind))],
        text,
    )
        .into_response())
}

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
    answers::json(StatusCode::OK, "application/json", &phone)
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
    let now = answers::instant(service.clock.now());
    answers::json(
        StatusCode::OK,
        "application/json",
        &serde_json::json!({ "now": now }),
    )
}
