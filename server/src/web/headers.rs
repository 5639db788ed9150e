//! The headers of every response.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::config::Config;
use crate::web::assets::is_hashed;

/// Sets the headers of every response: content security policy, cache, transport security.
pub fn set(config: &Config, path: &str, headers: &mut HeaderMap) {
    let script = if config.wasm {
        "'self' 'wasm-unsafe-eval'"
    } else {
        "'self'"
    };
    let policy = format!(
        "default-src 'none'; script-src {script}; connect-src 'self'; style-src 'self'; img-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types todoita"
    );
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not `no-referrer`: under it browsers send `Origin: null` with the service's own forms.
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if config.secure() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000"),
        );
    }
    let cache = match path.strip_prefix("/assets/") {
        Some(file) if is_hashed(file) => "public, max-age=31536000, immutable",
        Some(_) => "no-cache",
        None if path.starts_with("/own/") => "no-cache",
        None => "no-store",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
}
