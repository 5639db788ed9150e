//! The pages: what each template shows. Sentences come from the words, rules from the core's view.

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use todoita::entry::{Channel, Event, Facts, Site, State, update};
use todoita::view::{Action, Timer, View};
use todoita::words::Sentence;

use crate::answers::instant;
use crate::asker::Asker;
use crate::demo::Phone;
use crate::error::Error;
use crate::sign_in::{BACKUP_DIGITS, DIGITS, rule};
use crate::words::Words;

/// Where a person goes who cannot go on alone.
pub const SUPPORT: &str = "/help";

/// A page as an answer.
///
/// # Errors
/// When the template cannot be rendered.
pub fn page(status: StatusCode, template: &impl Template) -> Result<Response, Error> {
    let mut response = Response::new(Body::from(template.render()?));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Ok(response)
}

/// The login page.
#[derive(Template)]
#[template(path = "login.html")]
pub struct Login {
    /// The sentences.
    pub words: &'static Words,
    /// What went wrong with the last try.
    pub wrong: bool,
    /// Ready-made users: name, password, and what they have.
    pub users: Vec<(&'static str, &'static str, String)>,
}

/// The code step.
#[derive(Template)]
#[template(path = "code.html")]
pub struct Code {
    /// The sentences.
    pub words: &'static Words,
    /// The attributes of the element.
    pub attributes: Vec<(&'static str, String)>,
    /// A fresh attempt id.
    pub attempt: String,
    /// What the core says is to be shown.
    pub shown: Shown,
    /// The built files to preload.
    pub preload: Vec<String>,
    /// The demo's phone.
    pub phone: Option<Phone>,
}

/// A view in sentences.
pub struct Shown {
    /// `data-state`.
    pub status: &'static str,
    /// What stands in the field is known to be wrong.
    pub invalid: bool,
    /// Where the code went and how long it takes.
    pub sent: String,
    /// `data-tone` and text of the message.
    pub message: Option<(&'static str, String)>,
    /// How long the code lives.
    pub expiry: Option<String>,
    /// How long until the next try counts.
    pub retry: Option<String>,
    /// The buttons: value, label, and until when it does nothing.
    pub resend: Option<Button>,
    /// The other ways.
    pub ways: Vec<Button>,
    /// The button that opens the rest.
    pub help: String,
    /// What stands above the ways.
    pub intro: String,
    /// What the link to the support page says.
    pub support: String,
}

/// A submit button named `todoita-action`.
pub struct Button {
    /// Its value.
    pub value: &'static str,
    /// What it says.
    pub label: String,
    /// Until when it does nothing.
    pub wait: Option<String>,
}

impl Code {
    /// The code step as `facts` make it. `typed`: a text that was no code, so that the page can say why;
    /// it is not shown again.
    pub fn new(asker: &Asker, utc_offset: i32, facts: Facts, ways: Vec<Channel>, typed: Option<&str>) -> Code {
        let words = Words::of(asker.lang);
        let attributes = attributes(&facts, &ways);
        let site = Site { rule: rule(asker), ways, support: Some(SUPPORT.to_owned()), ..Site::default() };
        let mut state = State::new(site, facts, 0, 0);
        if let Some(text) = typed {
            update(&mut state, 0, Event::Submit { deed: None, text: text.to_owned(), fresh: String::new() });
        }
        let shown = Shown::new(words, utc_offset, &state.view());
        Code { words, attributes, attempt: String::new(), shown, preload: Vec::new(), phone: None }
    }
}

impl Shown {
    fn new(words: &'static Words, utc_offset: i32, view: &View) -> Shown {
        let joint = if words.lang() == "ja" { "" } else { " " };
        let say = |sentence: &Sentence| words.field(sentence, utc_offset);
        let all = |sentences: &[Sentence]| sentences.iter().map(say).collect::<Vec<_>>().join(joint);
        let timer = |timer: &Option<Timer>| timer.as_ref().map(|timer| say(&timer.sentence));
        let button = |action: &Action| Button {
            value: action.deed.as_str(),
            label: say(&action.label),
            wait: timer(&action.wait),
        };
        let bare = |word| say(&Sentence::bare(word));
        Shown {
            status: view.status.as_str(),
            invalid: view.invalid,
            sent: all(&view.sent),
            message: view.message.as_ref().map(|message| (message.tone.as_str(), all(&message.sentences))),
            expiry: timer(&view.expiry),
            retry: timer(&view.retry),
            resend: view.resend.as_ref().map(button),
            ways: view.ways.iter().map(button).collect(),
            help: bare(todoita::words::Word::Help),
            intro: bare(todoita::words::Word::HelpIntro),
            support: bare(todoita::words::Word::Support),
        }
    }
}

/// The contract's attributes.
fn attributes(facts: &Facts, ways: &[Channel]) -> Vec<(&'static str, String)> {
    let ways: Vec<&str> = ways.iter().map(|way| way.as_str()).collect();
    let told = [
        ("channel", facts.channel.map(|channel| channel.as_str().to_owned())),
        ("destination", facts.destination.clone()),
        ("now", facts.now.map(instant)),
        ("sent-at", facts.sent_at.map(instant)),
        ("expires-at", facts.expires_at.map(instant)),
        ("resend-at", facts.resend_at.map(instant)),
        ("attempts-left", facts.attempts_left.map(|left| left.to_string())),
        ("retry-at", facts.retry_at.map(instant)),
        ("cause", facts.cause.map(|cause| cause.as_str().to_owned())),
        ("alternatives", Some(ways.join(" "))),
        ("digits", Some(DIGITS.to_string())),
        ("backup", Some("digits".to_owned())),
        ("backup-digits", Some(BACKUP_DIGITS.to_string())),
        ("answers", Some("json".to_owned())),
        ("support", Some(SUPPORT.to_owned())),
    ];
    told.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
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
    /// Whether an app is enrolled.
    pub app: bool,
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

/// Enrolment of an app.
#[derive(Template)]
#[template(path = "app.html")]
pub struct App {
    /// The sentences.
    pub words: &'static Words,
    /// The proposed secret in groups of four, and its key URI.
    pub proposed: Option<(String, String)>,
    /// Whether the last code proved nothing.
    pub wrong: bool,
}

/// The demo's phone alone.
#[derive(Template)]
#[template(path = "outbox.html")]
pub struct Outbox {
    /// The sentences.
    pub words: &'static Words,
    /// What it shows.
    pub phone: Phone,
}

/// The support page.
#[derive(Template)]
#[template(path = "help.html")]
pub struct Help {
    /// The sentences.
    pub words: &'static Words,
}

/// What went wrong, in a sentence.
#[derive(Template)]
#[template(path = "error.html")]
pub struct Failed {
    /// The sentences.
    pub words: &'static Words,
    /// The sentence.
    pub sentence: String,
}
