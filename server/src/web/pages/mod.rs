//! The pages: the data of each template. Sentences come from the words, rules from the core's view.

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

pub mod code; // the code step
pub mod guide; // the guide without JavaScript

use crate::web::error::Error;
use crate::web::panels::Panel;
use crate::words::Words;

/// The address of the support page.
pub const SUPPORT: &str = "/help";

/// A page as a response.
///
/// # Errors
/// When the template cannot be rendered.
pub fn page(status: StatusCode, template: &impl Template) -> Result<Response, Error> {
    let mut response = Response::new(Body::from(template.render()?));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    Ok(response)
}

/// The login page.
#[derive(Template)]
#[template(path = "login.html")]
pub struct Login {
    /// The sentences.
    pub words: &'static Words,
    /// Whether the last password was wrong.
    pub wrong: bool,
    /// A panel beside the form.
    pub panel: Option<Panel>,
}

/// The signed-in page.
#[derive(Template)]
#[template(path = "account.html")]
pub struct Account {
    /// The sentences.
    pub words: &'static Words,
    /// The account's name.
    pub name: String,
    /// Backup codes that are left.
    pub backup_left: usize,
    /// Whether an authenticator is enrolled.
    pub authenticator: bool,
}

/// Ten new backup codes, shown once.
#[derive(Template)]
#[template(path = "backup.html")]
pub struct Backup {
    /// The sentences.
    pub words: &'static Words,
    /// The codes.
    pub codes: Vec<String>,
}

/// Enrolment of an authenticator.
#[derive(Template)]
#[template(path = "authenticator.html")]
pub struct Authenticator {
    /// The sentences.
    pub words: &'static Words,
    /// The proposed secret in groups of four, and its key URI.
    pub proposed: Option<(String, String)>,
    /// Whether the last code was wrong.
    pub wrong: bool,
}

/// The support page.
#[derive(Template)]
#[template(path = "help.html")]
pub struct Help {
    /// The sentences.
    pub words: &'static Words,
}

/// An error page.
#[derive(Template)]
#[template(path = "error.html")]
pub struct Failed {
    /// The sentences.
    pub words: &'static Words,
    /// The sentence.
    pub sentence: String,
}
