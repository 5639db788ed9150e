//! The files that pages load: the widget's built ones and the service's own.

use std::path::Path;

use axum::extract;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use crate::web::error::Error;

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

/// The addresses of the field's WebAssembly, to be fetched in parallel with the script. The guide's is fetched
/// when the guide is opened.
pub fn preload(assets: &Path) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(assets.join("dist")) else {
        return Vec::new();
    };
    let names = files
        .flatten()
        .filter_map(|file| file.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_field(name)).collect();
    names.sort();
    names
        .into_iter()
        .map(|name| format!("/assets/dist/{name}"))
        .collect()
}

/// `todoita-1a2b3c4d.wasm`, and not `todoita-guide-1a2b3c4d.wasm`.
fn is_field(name: &str) -> bool {
    let hash = name.strip_prefix("todoita-");
    name.ends_with(".wasm") && is_hashed(name) && hash.is_some_and(|hash| !hash.contains('-'))
}

/// The service's own style sheet, script and logo.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn own_file(extract::Path(file): extract::Path<String>) -> Result<Response, Error> {
    let (kind, text) = match file.as_str() {
        "demo.css" => (
            "text/css; charset=utf-8",
            include_str!("../../assets/demo.css"),
        ),
        "phone.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../../assets/phone.js"),
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
        assert!(is_field("todoita-1a2b3c4d.wasm"));
        assert!(!is_field("todoita-guide-1a2b3c4d.wasm"));
    }
}
