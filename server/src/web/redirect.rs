//! Redirects within the service.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::web::error::Error;

/// Sends the browser on to a path of this host, by GET (303).
pub fn redirect(path: &str) -> Response {
    // A path that begins with two slashes would name another host.
    let location = format!("/{}", path.trim_start_matches(['/', '\\']));
    match HeaderValue::try_from(location) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => Error::NotFound.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leads_to_another_host() {
        let location = |to: &str| {
            redirect(to)
                .headers()
                .get(header::LOCATION)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        assert_eq!(location("/login/code"), "/login/code");
        assert_eq!(location("//evil.example"), "/evil.example");
        assert_eq!(location("/\\evil.example"), "/evil.example");
    }
}
