//! Responses in JSON, as the widget reads them (docs/answers.md).

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;
use todoita::cause::Cause;
use todoita::channel::Channel;

use crate::instant::instant;
use crate::web::error::{Error, retry_after};
use crate::web::sentences::Notice;
use crate::words::Words;
use login::status::SignInStatus;

/// A refusal (RFC 9457), with the members of docs/answers.md.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Problem<'a> {
    /// Always `about:blank`: the meaning is in `cause`.
    r#type: &'static str,
    title: &'a str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    cause: &'static str,
    #[serde(flatten)]
    status_members: Members,
    /// The methods that work now, where no code was sent or it could not be delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Fresh<'a>>,
}

/// The status of the sign-in.
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
    fn new(status: &SignInStatus) -> Members {
        Members {
            now: instant(status.now),
            channel: status.channel.map(|channel| channel.as_str()),
            destination: status.destination.clone(),
            sent_at: status.sent_at.map(instant),
            expires_at: status.expires_at.map(instant),
            resend_at: status.resend_at.map(instant),
            attempts_left: Some(status.attempts_left),
            retry_at: status.retry_at.map(instant),
        }
    }
}

/// Fresh values of hidden fields.
#[derive(Debug, Serialize)]
struct Fresh<'a> {
    #[serde(rename = "todoita-attempt")]
    idempotency_key: &'a str,
}

/// The code or the password was accepted.
#[derive(Debug, Serialize)]
struct Accepted {
    status: &'static str,
    location: &'static str,
}

/// A sign-in waits for its code.
#[derive(Debug, Serialize)]
struct Waiting<'a> {
    status: &'static str,
    #[serde(flatten)]
    status_members: Members,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    open: Vec<&'static str>,
}

/// The delivery of a code outside a sign-in.
#[derive(Debug, Serialize)]
struct Delivery {
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<&'static str>,
}

/// A code was sent, or the method was changed.
#[derive(Debug, Serialize)]
struct Sent<'a> {
    status: &'static str,
    #[serde(flatten)]
    status_members: Members,
    fields: Fresh<'a>,
}

/// Accepted: the browser goes on to `location`.
///
/// # Errors
/// [`Error::Internal`] where the JSON cannot be written.
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

/// The name of the notice on the delivery of a code outside a sign-in, for its page.
///
/// # Errors
/// [`Error::Internal`] where the JSON cannot be written.
pub fn delivery(notice: Option<&'static str>) -> Result<Response, Error> {
    json(StatusCode::OK, "application/json", &Delivery { notice })
}

/// A code was sent, or the method was changed. `idempotency_key`: a fresh one for the next submit.
///
/// # Errors
/// [`Error::Internal`] where the JSON cannot be written.
pub fn sent(status: &SignInStatus, idempotency_key: &str) -> Result<Response, Error> {
    let answer = Sent {
        status: "sent",
        status_members: Members::new(status),
        fields: Fresh { idempotency_key },
    };
    json(StatusCode::OK, "application/json", &answer)
}

/// The state of a pending sign-in: what is known of the delivery of its code, and the methods that work now.
///
/// # Errors
/// [`Error::Internal`] where the JSON cannot be written.
pub fn pending(
    status: &SignInStatus,
    notice: Option<&Notice>,
    open: &[Channel],
) -> Result<Response, Error> {
    let answer = Waiting {
        status: "pending",
        status_members: Members::new(status),
        notice: notice.map(|notice| notice.name),
        detail: notice.map(|notice| notice.sentence.as_str()),
        open: names(open),
    };
    json(StatusCode::OK, "application/json", &answer)
}

fn names(methods: &[Channel]) -> Vec<&'static str> {
    methods.iter().map(|method| method.as_str()).collect()
}

/// A refused code, or a refusal to send one, with the status of the sign-in. `idempotency_key`: a fresh one for the next
/// submit. `unsent`: the sentence that no code was sent.
///
/// # Errors
/// [`Error::Internal`] where the JSON cannot be written.
pub fn refused(
    status: &SignInStatus,
    idempotency_key: &str,
    unsent: Option<&str>,
) -> Result<Response, Error> {
    let cause = status.cause.unwrap_or(Cause::Unknown);
    let code = status_of(cause);
    let mut response = problem(&Problem {
        r#type: "about:blank",
        title: code.canonical_reason().unwrap_or_default(),
        status: code.as_u16(),
        detail: unsent,
        cause: cause.as_str(),
        status_members: Members::new(status),
        open: status.open().map(names),
        fields: Some(Fresh { idempotency_key }),
    })?;
    if let (StatusCode::TOO_MANY_REQUESTS, Some(until)) =
        (code, status.retry_at.or(status.resend_at))
    {
        let after = retry_after(until, status.now);
        response.headers_mut().insert(header::RETRY_AFTER, after);
    }
    Ok(response)
}

/// The HTTP status of a refusal.
fn status_of(cause: Cause) -> StatusCode {
    match cause {
        Cause::Wrong | Cause::Expired | Cause::Used | Cause::Exhausted => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Cause::Locked | Cause::Limited => StatusCode::TOO_MANY_REQUESTS,
        Cause::Ended | Cause::Unknown => StatusCode::BAD_REQUEST,
    }
}

/// An error, for a client that wants JSON. `sentence`: that of the error, filled.
///
/// # Errors
/// [`Error::Internal`] where the JSON cannot be written.
pub fn failed(error: &Error, sentence: &str, now: u64) -> Result<Response, Error> {
    let (cause, retry_at) = match error.retry_at() {
        Some((retry_at, _)) => (Cause::Limited, Some(retry_at)),
        None => (Cause::Unknown, None),
    };
    problem(&Problem {
        r#type: "about:blank",
        title: error.status().canonical_reason().unwrap_or_default(),
        status: error.status().as_u16(),
        detail: Some(sentence),
        cause: cause.as_str(),
        status_members: Members {
            now: instant(now),
            retry_at: retry_at.map(instant),
            ..Members::default()
        },
        open: None,
        fields: None,
    })
}

/// The name or the password is wrong: the same bytes whether the name exists or not.
///
/// # Errors
/// [`Error::Internal`] where the JSON cannot be written.
pub fn wrong_password(words: &Words, now: u64) -> Result<Response, Error> {
    problem(&Problem {
        r#type: "about:blank",
        title: StatusCode::UNPROCESSABLE_ENTITY
            .canonical_reason()
            .unwrap_or_default(),
        status: StatusCode::UNPROCESSABLE_ENTITY.as_u16(),
        detail: Some(words.own("login-wrong")),
        cause: Cause::Wrong.as_str(),
        status_members: Members {
            now: instant(now),
            ..Members::default()
        },
        open: None,
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
    let text = serde_json::to_vec(value)
        .map_err(|_| Error::Internal("a response could not be written"))?;
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    Ok(response)
}
