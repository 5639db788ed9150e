//! Reports of a gateway on the messages that it has taken (docs/delivery.md).

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use login::queue;
use login::store::DeliveryState;
use serde::Deserialize;

use super::Answer;
use crate::signature::{self, Signed};
use crate::web::error::Error;
use crate::web::form::read_body;
use crate::web::state::AppState;

/// A report. Further members are ignored.
#[derive(Debug, Deserialize)]
struct Report {
    r#type: String,
    data: Data,
}

#[derive(Debug, Deserialize)]
struct Data {
    id: String,
}

/// Takes a signed report. One that is repeated changes nothing, so that a copy within the five minutes in which a signature is
/// valid does no harm.
///
/// # Errors
/// [`Error::NotFound`] where no webhook is configured, and for a message that is not known (any more). [`Error::Signature`].
/// [`Error::InvalidInput`], [`Error::TooLarge`], [`Error::TooSlow`]. Internal errors: database.
pub async fn receive_report(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let secrets = state.report_secrets.as_ref().ok_or(Error::NotFound)?;
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let signed = Signed {
        id: text(signature::ID).ok_or(Error::Signature)?,
        timestamp: text(signature::TIMESTAMP).ok_or(Error::Signature)?,
        signature: text(signature::SIGNATURE).ok_or(Error::Signature)?,
    };
    let body = read_body(body).await?;
    if !secrets.verify(signed, &body, state.login.clock.wall()) {
        return Err(Error::Signature);
    }
    let report: Report = serde_json::from_slice(&body)
        .map_err(|_| Error::InvalidInput("the report is malformed".into()))?;
    let delivered = match report.r#type.as_str() {
        "message.delivered" => DeliveryState::Delivered,
        "message.failed" => DeliveryState::Failed,
        // A kind of report that a later version may know.
        _ => return Ok(StatusCode::NO_CONTENT.into_response()),
    };
    if queue::report(&state.login, &report.data.id, delivered).await? {
        Ok(StatusCode::NO_CONTENT.into_response())
    } else {
        Err(Error::NotFound)
    }
}
