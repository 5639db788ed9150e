//! Redirects, and the cookie of the language.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::cookie::{Cookie, SameSite};

use crate::config::Config;
use crate::web::error::Error;
use crate::web::request_context::LANG_COOKIE;
use crate::words::Lang;

/// The cookie of the language that was chosen.
pub fn lang_cookie(config: &Config, lang: Lang) -> Cookie<'static> {
    Cookie::build((LANG_COOKIE, lang.as_str()))
        .path("/")
        .same_site(SameSite::Lax)
        .secure(config.secure())
        .permanent()
        .build()
}

/// Sends the browser on, by GET.
pub fn go(location: &str) -> Response {
    // A path that begins with two slashes would be another host's.
    let location = format!("/{}", location.trim_start_matches(['/', '\\']));
    match HeaderValue::try_from(location) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => Error::NotFound.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_host() {
        let location = |to: &str| {
            go(to)
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
