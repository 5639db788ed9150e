//! Counts and measurements of the web layer, for the operator.

use std::time::Duration;

use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode};
use metrics::{counter, histogram};

/// Answered requests, by method, route and status.
pub const REQUESTS: &str = "todoita_http_requests_total";
/// Seconds from a request to its answer, by route.
pub const SECONDS: &str = "todoita_http_request_seconds";

/// The labels of a request. Both have few values, whatever is asked for.
#[derive(Clone, Debug)]
pub struct Kind {
    method: &'static str,
    route: String,
}

impl Kind {
    /// The kind of a request: its route is the pattern that it has matched, or `none`.
    pub fn of(request: &Request) -> Kind {
        let method = match *request.method() {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            _ => "other",
        };
        let route = request.extensions().get::<MatchedPath>();
        let route = route.map_or("none", MatchedPath::as_str).to_owned();
        Kind { method, route }
    }

    /// Counts its answer.
    pub fn answered(self, status: StatusCode, after: Duration) {
        let Kind { method, route } = self;
        let status = status.as_str().to_owned();
        histogram!(SECONDS, "route" => route.clone()).record(after);
        counter!(REQUESTS, "method" => method, "route" => route, "status" => status).increment(1);
    }
}
