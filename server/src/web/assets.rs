//! The files that pages load: the widget's built ones and the service's own.

use std::path::Path;

use axum::Router;
use axum::extract;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use tower_http::services::{ServeDir, ServeFile};

use crate::web::error::Error;
use crate::web::state::AppState;

/// Whether the name of a file contains the hash of its content (`todoita-1a2b3c4d.wasm`): the file never
/// changes.
pub fn is_hashed(path: &str) -> bool {
    let stem = path
        .rsplit('/')
        .next()
        .and_then(|file| file.rsplit_once('.'))
        .map(|(stem, _)| stem);
    let hash = stem
        .and_then(|stem| stem.rsplit_once('-'))
        .map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The files of a folder, without pages that list them.
pub fn folder(folder: &Path) -> ServeDir {
    ServeDir::new(folder).append_index_html_on_directories(false)
}

/// The files of the widget that its pages load (www/bin/served.js has the same list): scripts, style sheets and
/// WebAssembly, sentences, and drawings.
pub fn of_the_widget(assets: &Path) -> Router<AppState> {
    let mut router = Router::new();
    for part in ["dist", "words"] {
        router = router.nest_service(&format!("/assets/{part}"), folder(&assets.join(part)));
    }
    router.route_service(
        "/assets/pictures.json",
        ServeFile::new(assets.join("pictures.json")),
    )
}

/// The service's own style sheets, scripts and logo.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn own_file(extract::Path(file): extract::Path<String>) -> Result<Response, Error> {
    let (kind, text) = match file.as_str() {
        "service.css" => (
            "text/css; charset=utf-8",
            include_str!("../../assets/service.css"),
        ),
        "phone.css" => (
            "text/css; charset=utf-8",
            include_str!("../../assets/phone.css"),
        ),
        "copy.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../../assets/copy.js"),
        ),
        "phone.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../../assets/phone.js"),
        ),
        "delivery.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../../assets/delivery.js"),
        ),
        "logo.svg" => ("image/svg+xml", include_str!("../../assets/logo.svg")),
        _ => return Err(Error::NotFound),
    };
    Ok((
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind))],
        text,
    )
        .into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_is_recognised() {
        assert!(is_hashed("dist/todoita-1a2b3c4d.wasm"));
        assert!(!is_hashed("dist/todoita.js"));
        assert!(!is_hashed("dist/todoita-functions.wasm"));
        assert!(!is_hashed("todoita-1a2b3c4d"));
    }
}
