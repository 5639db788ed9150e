//! The answers of the contract: JSON for the widget, and what a page's attributes say as well.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;
use todoita::cause::Cause;

use crate::sign_in::Told;
use crate::web::error::{self, Error};
use crate::words::Words;

/// An instant (milliseconds since the Unix epoch) as RFC 3339 has it, in UTC, with milliseconds.
pub fn instant(at: u64) -> String {
    let at = i64::try_from(at)
        .ok()
        .and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    format!("{:.3}", at.unwrap_or(jiff::Timestamp::MAX))
}

/// A refusal: RFC 9457, with the contract's members.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Problem<'a> {
    /// The meaning stands in `cause`; there is no page to read about it.
    r#type: &'static str,
    title: &'a str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    cause: &'static str,
    #[serde(flatten)]
    told: Members,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Fresh<'a>>,
}

/// What the server says about the sign-in.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    now: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resend_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts_left: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_at: Option<String>,
}

impl Members {
    fn of(told: &Told) -> Members {
        Members {
            now: instant(told.now),
            channel: told.channel.map(|channel| channel.as_str()),
            destination: told.destination.clone(),
            sent_at: told.sent_at.map(instant),
            expires_at: told.expires_at.map(instant),
            resend_at: told.resend_at.map(instant),
            attempts_left: Some(told.attempts_left),
            retry_at: told.retry_at.map(instant),
        }
    }
}

/// Fresh values of hidden fields.
#[derive(Debug, Serialize)]
struct Fresh<'a> {
    #[serde(rename = "todoita-attempt")]
    attempt: &'a str,
}

/// The person is in.
#[derive(Debug, Serialize)]
struct Accepted {
    status: &'static str,
    location: &'static str,
}

/// A code was sent, or the way was changed.
#[derive(Debug, Serialize)]
struct Sent<'a> {
    status: &'static str,
    #[serde(flatten)]
    told: Members,
    fields: Fresh<'a>,
}

/// The person is in, and goes to `location`.
///
/// # Errors
/// Never, but for a serializer that fails.
pub fn accepted(location: &'static str) -> Result<Response, Error> {
    json(
        StatusCode::OK,
        "application/json",
        &Accepted {
            status: "accepted",
            location,
        },
    )
}

/// A code was sent, or the way was changed. `attempt`: a fresh id.
///
/// # Errors
/// Never, but for a serializer that fails.
pub fn sent(told: &Told, attempt: &str) -> Result<Response, Error> {
    let answer = Sent {
        status: "sent",
        told: Members::of(told),
        fields: Fresh { attempt },
    };
    json(StatusCode::OK, "application/json", &answer)
}

/// A refusal, with what the person may know. `attempt`: a fresh id.
///
/// # Errors
/// Never, but for a serializer that fails.
pub fn refused(told: &Told, attempt: &str) -> Result<Response, Error> {
    let cause = told.cause.unwrap_or(Cause::Unknown);
    let status = status(cause);
    let mut response = problem(&Problem {
        r#type: "about:blank",
        title: status.canonical_reason().unwrap_or_default(),
        status: status.as_u16(),
        detail: None,
        cause: cause.as_str(),
        told: Members::of(told),
        fields: Some(Fresh { attempt }),
    })?;
    if let (StatusCode::TOO_MANY_REQUESTS, Some(until)) = (status, told.retry_at.or(told.resend_at))
    {
        let after = error::retry_after(until, told.now);
        response.headers_mut().insert(header::RETRY_AFTER, after);
    }
    Ok(response)
}

/// The status of a refusal.
pub fn status(cause: Cause) -> StatusCode {
    match cause {
        Cause::Wrong | Cause::Expired | Cause::Used => StatusCode::UNPROCESSABLE_ENTITY,
        Cause::Locked | Cause::Limited => StatusCode::TOO_MANY_REQUESTS,
        Cause::Unknown => StatusCode::BAD_REQUEST,
    }
}

/// What went wrong, for whoever wants JSON.
///
/// # Errors
/// Never, but for a serializer that fails.
pub fn failed(error: &Arc<Error>, words: &Words, now: u64) -> Result<Response, Error> {
    let (cause, retry_at) = match **error {
        Error::TooManyPasswords { retry_at, .. } => (Cause::Limited, Some(retry_at)),
        _ => (Cause::Unknown, None),
    };
    problem(&Problem {
        r#type: "about:blank",
        title: error.status().canonical_reason().unwrap_or_default(),
        status: error.status().as_u16(),
        detail: Some(words.own(error.word())),
        cause: cause.as_str(),
        told: Members {
            now: instant(now),
            retry_at: retry_at.map(instant),
            ..Members::default()
        },
        fields: None,
    })
}

/// The name or the password is not right. The same to the byte, whoever's name it was.
///
/// # Errors
/// Never, but for a serializer that fails.
pub fn no_password(words: &Words, now: u64) -> Result<Response, Error> {
    problem(&Problem {
        r#type: "about:blank",
        title: StatusCode::UNPROCESSABLE_ENTITY
            .canonical_reason()
            .unwrap_or_default(),
        status: StatusCode::UNPROCESSABLE_ENTITY.as_u16(),
        detail: Some(words.own("login-wrong")),
        cause: Cause::Wrong.as_str(),
        told: Members {
            now: instant(now),
            ..Members::default()
        },
        fields: None,
    })
}

fn problem(problem: &Problem<'_>) -> Result<Response, Error> {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    json(status, "application/problem+json", problem)
}

/// Any value as JSON.
///
/// # Errors
/// When it cannot be written.
pub fn json<T: Serialize>(
    status: StatusCode,
    kind: &'static str,
    value: &T,
) -> Result<Response, Error> {
    let text =
        serde_json::to_vec(value).map_err(|_| Error::Internal("an answer could not be written"))?;
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_has_milliseconds_and_is_utc() {
        assert_eq!(instant(1_795_000_000_007), "2026-11-18T11:06:40.007Z");
        assert_eq!(instant(0), "1970-01-01T00:00:00.000Z");
        assert!(instant(u64::MAX).starts_with("9999-"));
    }
}
