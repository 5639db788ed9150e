//! Errors as responses: the one place that maps an error to its status and its sentence.

use std::borrow::Cow;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Why a request was not carried out. No variant holds anything that the person typed.
#[derive(Debug)]
pub enum Error {
    /// There is no such page.
    NotFound,
    /// The page does not take this method.
    Method,
    /// `Host` names another service.
    Host,
    /// The signature of a report is missing, wrong or too old.
    Signature,
    /// The request was sent by another site.
    CrossSite,
    /// The body is longer than any form of this service.
    TooLarge,
    /// The body did not arrive in time.
    TooSlow,
    /// The body is neither a form nor JSON.
    MediaType,
    /// The body or a field is malformed. Says how.
    InvalidInput(Cow<'static, str>),
    /// The answer took too long: the database does not answer.
    TooLate,
    /// The domain refused or failed.
    Login(login::Error),
    /// A page could not be rendered.
    Page(askama::Error),
    /// An internal error. Says which.
    Internal(&'static str),
}

impl Error {
    /// Its status.
    pub fn status(&self) -> StatusCode {
        use login::Error as Login;
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Method => StatusCode::METHOD_NOT_ALLOWED,
            Error::Host => StatusCode::MISDIRECTED_REQUEST,
            Error::CrossSite
            | Error::Signature
            | Error::Login(
                Login::NoSignIn | Login::NoSession | Login::StepUpNeeded | Login::NoMethod,
            ) => StatusCode::FORBIDDEN,
            Error::TooLarge | Error::Login(Login::CodeTooLong) => StatusCode::PAYLOAD_TOO_LARGE,
            Error::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Error::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Error::InvalidInput(_) | Error::Login(Login::InvalidInput(_)) => {
                StatusCode::BAD_REQUEST
            }
            Error::Login(Login::TooManyPasswords { .. } | Login::TooManyChanges { .. }) => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Error::TooLate | Error::Login(Login::Busy) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Login(Login::Store(error)) if error.transient => StatusCode::SERVICE_UNAVAILABLE,
            Error::Login(Login::Store(_) | Login::NoRandomness(_) | Login::Internal(_))
            | Error::Page(_)
            | Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The key of its sentence in `server/words/`.
    pub fn word(&self) -> &'static str {
        use login::Error as Login;
        match self {
            Error::NotFound => "error-not-found",
            Error::Method
            | Error::Signature
            | Error::TooLarge
            | Error::TooSlow
            | Error::MediaType
            | Error::InvalidInput(_)
            | Error::Login(Login::InvalidInput(_) | Login::CodeTooLong) => "error-request",
            Error::Host => "error-host",
            Error::CrossSite => "error-cross-site",
            Error::Login(Login::NoSignIn) => "error-no-sign-in",
            Error::Login(Login::NoSession) => "error-no-session",
            Error::Login(Login::StepUpNeeded) => "error-step-up",
            Error::Login(Login::TooManyPasswords { .. }) => "error-passwords",
            Error::Login(Login::TooManyChanges { .. }) => "error-changes",
            Error::Login(Login::NoMethod) => "error-no-method",
            Error::TooLate | Error::Login(Login::Busy) => "error-unavailable",
            Error::Login(Login::Store(error)) if error.transient => "error-unavailable",
            Error::Login(Login::Store(_) | Login::NoRandomness(_) | Login::Internal(_))
            | Error::Page(_)
            | Error::Internal(_) => "error-internal",
        }
    }

    /// From when the request may be repeated, and when it came (milliseconds since the Unix epoch).
    pub fn retry_at(&self) -> Option<(u64, u64)> {
        match *self {
            Error::Login(
                login::Error::TooManyPasswords { retry_at, now }
                | login::Error::TooManyChanges { retry_at, now },
            ) => Some((retry_at, now)),
            _ => None,
        }
    }

    /// Whether a client that wants JSON gets JSON. A sign-in that is over is answered with a page: the
    /// widget shows a page by loading it, which leads the person back to the start.
    pub fn has_json(&self) -> bool {
        !matches!(self, Error::Login(login::Error::NoSignIn))
    }

    /// Writes its log line. Of a long path, its beginning.
    pub fn log(&self, method: &str, path: &str) {
        let path = beginning(path);
        let status = self.status().as_u16();
        if self.status().is_server_error() {
            tracing::error!(%method, %path, status, error = ?self, "failed");
        } else {
            tracing::warn!(%method, %path, status, error = ?self, "refused");
        }
    }
}

/// Bytes of a path that a log line holds: those of this service are shorter.
const LOGGED_PATH: usize = 200;

fn beginning(path: &str) -> &str {
    path.split_at(path.floor_char_boundary(LOGGED_PATH)).0
}

impl From<login::Error> for Error {
    fn from(error: login::Error) -> Error {
        Error::Login(error)
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Error {
        Error::Page(error)
    }
}

/// A response without a body that carries the error to the middleware, where the language and the format are
/// known ([`crate::web::router`]).
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        let wait = match self.retry_at() {
            Some((retry_at, now)) => Some(retry_after(retry_at, now)),
            None if self.status() == StatusCode::SERVICE_UNAVAILABLE => Some(UNAVAILABLE.into()),
            None => None,
        };
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, wait);
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Seconds after which a request that met a transient error may be repeated.
const UNAVAILABLE: u64 = 5;

/// The value of `Retry-After`: whole seconds, rounded up.
pub fn retry_after(retry_at: u64, now: u64) -> HeaderValue {
    retry_at.saturating_sub(now).div_ceil(1_000).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_is_logged_by_its_beginning() {
        assert_eq!(beginning("/account"), "/account");
        assert_eq!(beginning(&"/a".repeat(30_000)), "/a".repeat(100));
        assert_eq!(beginning(&format!("/{}", "花".repeat(100))).len(), 199);
    }
}
