//! The pages: the data of each template. Sentences come from the words, rules from the core's view.

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

pub mod code; // the code step
pub mod guide; // the guide without JavaScript
pub mod guide_request; // the facts of its pages

use todoita::setup::qr::Qr;

use crate::web::error::Error;
use crate::web::panels::Panel;
use crate::web::sentences::Notice;
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
    /// The name that was typed, where it or the password was wrong.
    pub refused: Option<String>,
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
    /// The day on which they were made, if that is known.
    pub backup_made: Option<String>,
    /// Whether an authenticator is enrolled.
    pub authenticator: bool,
    /// The last digits of the phone number.
    pub number: Option<String>,
    /// How many other sessions the account has.
    pub other_sessions: usize,
}

/// The page before a fresh code is asked for.
#[derive(Template)]
#[template(path = "step_up.html")]
pub struct StepUp {
    /// The sentences.
    pub words: &'static Words,
    /// The address of its form.
    pub action: &'static str,
}

/// The page before new backup codes are made.
#[derive(Template)]
#[template(path = "new_backup.html")]
pub struct NewBackup {
    /// The sentences.
    pub words: &'static Words,
}

/// Ten new backup codes, shown once.
#[derive(Template)]
#[template(path = "backup.html")]
pub struct Backup {
    /// The sentences.
    pub words: &'static Words,
    /// The account's name, for the file.
    pub account: String,
    /// When they were made, in milliseconds since the Unix epoch.
    pub made: u64,
    /// The codes.
    pub codes: Vec<String>,
}

/// A key for an authenticator.
pub struct ProposedKey {
    /// The secret in groups of four.
    pub groups: String,
    /// The key URI.
    pub uri: String,
    /// The QR code of the key URI.
    pub qr: Option<Qr>,
}

/// Enrolment of an authenticator.
#[derive(Template)]
#[template(path = "authenticator.html")]
pub struct Authenticator {
    /// The sentences.
    pub words: &'static Words,
    /// The proposed key, where it may be shown.
    pub proposed: Option<ProposedKey>,
    /// Now, in milliseconds since the Unix epoch: the page compares the authenticator's clock with it.
    pub now: u64,
    /// Whether a code can confirm a proposed secret, shown or not.
    pub confirmable: bool,
    /// Why the last code was refused.
    pub refusal: Option<String>,
}

/// A number that waits for its code. Times as in the attributes of `<todoita-code>`.
pub struct WaitingNumber {
    /// The number, as people write it.
    pub written: String,
    /// Its last digits.
    pub destination: String,
    /// Now.
    pub now: String,
    /// When the newest code was sent.
    pub sent_at: String,
    /// When that code expires.
    pub expires_at: String,
    /// Whether that code could not be delivered.
    pub undelivered: bool,
    /// That it could not be delivered, or is late.
    pub notice: Option<Notice>,
    /// Whether the page asks from time to time whether that has changed.
    pub looks: bool,
}

/// The phone number of an account.
#[derive(Template)]
#[template(path = "number.html")]
pub struct Number {
    /// The sentences.
    pub words: &'static Words,
    /// The last digits of the account's number.
    pub current: Option<String>,
    /// The number to which a code was sent.
    pub waiting: Option<WaitingNumber>,
    /// Why the last form was refused.
    pub refusal: Option<String>,
    /// The number as it was typed.
    pub typed: String,
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
    /// The key of the title.
    pub title: &'static str,
    /// The sentence.
    pub sentence: String,
}
