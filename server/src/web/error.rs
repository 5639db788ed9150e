//! What may go wrong, and the one place that says with which status.

use std::borrow::Cow;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::random::NoRandomness;

/// Why a request got no answer of its own. None of them holds anything that was typed.
#[derive(Debug)]
pub enum Error {
    /// There is no such page.
    NotFound,
    /// The page is there, but not for this method.
    Method,
    /// The service is not known under the name in `Host`.
    Host,
    /// The request was sent by another site.
    CrossSite,
    /// The body is longer than any form of ours.
    TooLarge,
    /// The body did not come in time.
    TooSlow,
    /// The body is neither a form nor JSON.
    MediaType,
    /// The body is not what it says, or a field is not a single text. Says which.
    BadInput(Cow<'static, str>),
    /// Nobody gave a password, or too long ago.
    NoSignIn,
    /// Nobody is signed in.
    NoSession,
    /// Too many passwords; from when the next one counts (milliseconds since the Unix epoch).
    TooManyPasswords {
        /// When.
        retry_at: u64,
        /// What time it was.
        now: u64,
    },
    /// The account has no way to receive or find a code.
    NoWay,
    /// The database did not answer, or not as it should.
    Store(sqlx::Error),
    /// The system gave no randomness.
    NoRandomness(NoRandomness),
    /// A page could not be rendered.
    Page(askama::Error),
    /// Something of ours is broken. Says what.
    Internal(&'static str),
}

impl Error {
    /// The status that it is answered with.
    pub fn status(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Method => StatusCode::METHOD_NOT_ALLOWED,
            Error::Host => StatusCode::MISDIRECTED_REQUEST,
            Error::CrossSite | Error::NoSignIn | Error::NoSession | Error::NoWay => {
                StatusCode::FORBIDDEN
            }
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Error::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Error::BadInput(_) => StatusCode::BAD_REQUEST,
            Error::TooManyPasswords { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Store(sqlx::Error::PoolTimedOut) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Store(_) | Error::NoRandomness(_) | Error::Page(_) | Error::Internal(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    /// The key of its sentence in `server/words/`.
    pub fn word(&self) -> &'static str {
        match self {
            Error::NotFound => "error-not-found",
            Error::Method
            | Error::TooLarge
            | Error::TooSlow
            | Error::MediaType
            | Error::BadInput(_) => "error-request",
            Error::Host => "error-host",
            Error::CrossSite => "error-cross-site",
            Error::NoSignIn => "error-no-sign-in",
            Error::NoSession => "error-no-session",
            Error::TooManyPasswords { .. } => "error-passwords",
            Error::NoWay => "error-no-way",
            Error::Store(_) | Error::NoRandomness(_) | Error::Page(_) | Error::Internal(_) => {
                "error-ours"
            }
        }
    }

    /// Whether whoever wants JSON gets JSON. That a sign-in is over is said by a page: the widget shows a
    /// page by loading it, and the person is led back to the start instead of trying again.
    pub fn is_for_programs(&self) -> bool {
        !matches!(self, Error::NoSignIn)
    }

    /// Writes its log line.
    pub fn log(&self, method: &str, path: &str) {
        let status = self.status().as_u16();
        if self.status().is_server_error() {
            tracing::error!(%method, %path, status, error = ?self, "failed");
        } else {
            tracing::warn!(%method, %path, status, error = ?self, "refused");
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        Error::Store(error)
    }
}

impl From<NoRandomness> for Error {
    fn from(error: NoRandomness) -> Error {
        Error::NoRandomness(error)
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Error {
        Error::Page(error)
    }
}

/// A bare answer that carries the error to where the asker's language and formats are known
/// ([`crate::app`]).
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Error::TooManyPasswords { retry_at, now } = &self {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, retry_after(*retry_at, *now));
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// The value of `Retry-After`: whole seconds, never less than are left.
pub fn retry_after(retry_at: u64, now: u64) -> HeaderValue {
    retry_at.saturating_sub(now).div_ceil(1_000).into()
}
