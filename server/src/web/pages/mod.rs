//! The pages: what each template shows. Sentences come from the words, rules from the core's view.

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use todoita::cause::Cause;
use todoita::channel::Channel;
use todoita::entry::{Event, Site, State, update};
use todoita::view::{Timer, Tone, View};
use todoita::words::Word;

pub mod guide; // the guide without JavaScript

use crate::config::Config;
use crate::web::error::Error;
use crate::web::panels::Panel;
use crate::web::request_context::RequestContext;
use crate::web::responses::instant;
use crate::words::{Values, Words};
use login::code_rule::{BACKUP_DIGITS, DIGITS, rule};
use login::status::SignInStatus;

/// Where a person goes who cannot go on alone.
pub const SUPPORT: &str = "/help";

/// A page as an answer.
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
    /// What went wrong with the last try.
    pub wrong: bool,
    /// What is shown beside the form.
    pub panel: Option<Panel>,
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
    /// What is shown beside the form.
    pub panel: Option<Panel>,
}

/// A view in sentences, for the parts that the widget takes over (`www/parts.js`).
pub struct Shown {
    /// `data-state`.
    pub status: &'static str,
    /// `data-kind`.
    pub kind: &'static str,
    /// Why the last code was refused.
    pub cause: Option<&'static str>,
    /// `data-tone`.
    pub tone: Option<&'static str>,
    /// What stands in the field is known to be wrong.
    pub invalid: bool,
    /// The message under the field, where it is said politely.
    pub quiet: String,
    /// The message under the field, where it is said at once.
    pub alert: String,
    /// Where the code went and how long it takes.
    pub sent: String,
    /// How long until the next try counts, or how long the code lives.
    pub times: String,
    /// What "send again" says.
    pub resend_label: String,
    /// Whether it is offered, and until when it does nothing.
    pub resend: Option<Option<String>>,
    /// The other ways: value and label of each button.
    pub ways: Vec<(&'static str, String)>,
    /// The button that opens them.
    pub help: String,
    /// What stands above them.
    pub intro: String,
    /// The link to the support page.
    pub support_page: &'static str,
    /// What it says.
    pub support: String,
}

impl Code {
    /// The code step as the sign-in stands. `typed`: a text that was no code, so that the page can say
    /// why; it is not shown again.
    pub fn new(
        asker: &RequestContext,
        config: &Config,
        told: &SignInStatus,
        ways: &[Channel],
        typed: Option<&str>,
    ) -> Code {
        let words = Words::of(asker.lang);
        let mut state = state(asker, told, ways);
        if let Some(text) = typed {
            update(&mut state, 0, Event::Submit { action: None, text });
        }
        let shown = Shown::new(words, config.utc_offset, &state.view(), told);
        let attributes = attributes(asker, config, told, ways);
        Code {
            words,
            attributes,
            attempt: String::new(),
            shown,
            preload: Vec::new(),
            panel: None,
        }
    }
}

impl Shown {
    fn new(words: &'static Words, utc_offset: i32, view: &View, told: &SignInStatus) -> Shown {
        let joint = if words.lang() == "ja" { "" } else { " " };
        let values = Values {
            digits: view.length,
            have: view.entered,
            n: view.attempts_left,
            destination: told.destination.as_deref(),
            time: told
                .retry_at
                .map(|at| words.clock_time_from(at, at, utc_offset)),
            span: None,
        };
        let say = |word| words.field(word, &values);
        let all = |said: [Option<Word>; 2]| {
            said.into_iter()
                .flatten()
                .map(say)
                .collect::<Vec<_>>()
                .join(joint)
        };
        let timer = |timer: Timer| {
            words.field(
                timer.word,
                &Values {
                    span: Some(timer.span),
                    ..values.clone()
                },
            )
        };
        let of_tone = |alert: bool| match view.message {
            Some(message) if (message.tone == Tone::Alert) == alert => all(message.words),
            _ => String::new(),
        };
        Shown {
            status: view.status.as_str(),
            kind: view.kind_str(),
            cause: told.cause.map(Cause::as_str),
            tone: view.message.map(|message| message.tone.as_str()),
            invalid: view.invalid,
            quiet: of_tone(false),
            alert: of_tone(true),
            sent: all(view.sent),
            times: view.countdown.map(timer).unwrap_or_default(),
            resend_label: say(Word::Resend),
            resend: view.resend.then(|| view.resend_wait.map(timer)),
            ways: view
                .methods
                .into_iter()
                .flatten()
                .map(|action| (action.as_str(), say(action.word())))
                .collect(),
            help: say(Word::Help),
            intro: say(Word::HelpIntro),
            support_page: SUPPORT,
            support: say(Word::Support),
        }
    }
}

fn state(asker: &RequestContext, told: &SignInStatus, ways: &[Channel]) -> State {
    let site = Site {
        rule: rule(asker.host()),
        methods: Channel::ALL.map(|channel| ways.contains(&channel)),
        ..Site::default()
    };
    State::new(site, told.facts())
}

/// How long until a code may be sent once more, where that is not at once.
pub fn resend_wait(
    asker: &RequestContext,
    told: &SignInStatus,
    ways: &[Channel],
) -> Option<String> {
    let wait = state(asker, told, ways).view().resend_wait?;
    let span = Values {
        span: Some(wait.span),
        ..Values::default()
    };
    Some(Words::of(asker.lang).field(wait.word, &span))
}

/// The contract's attributes.
fn attributes(
    asker: &RequestContext,
    config: &Config,
    told: &SignInStatus,
    ways: &[Channel],
) -> Vec<(&'static str, String)> {
    let words = Words::of(asker.lang);
    let own = |key: &'static str| Some(words.own(key).to_owned());
    let ways: Vec<&str> = ways.iter().map(|way| way.as_str()).collect();
    let given = [
        (
            "channel",
            told.channel.map(|channel| channel.as_str().to_owned()),
        ),
        ("destination", told.destination.clone()),
        ("now", Some(instant(told.now))),
        ("sent-at", told.sent_at.map(instant)),
        ("expires-at", told.expires_at.map(instant)),
        ("resend-at", told.resend_at.map(instant)),
        ("attempts-left", Some(told.attempts_left.to_string())),
        ("retry-at", told.retry_at.map(instant)),
        ("cause", told.cause.map(|cause| cause.as_str().to_owned())),
        ("alternatives", Some(ways.join(" "))),
        ("digits", Some(DIGITS.to_string())),
        ("backup", Some("digits".to_owned())),
        ("backup-digits", Some(BACKUP_DIGITS.to_string())),
        ("answers", Some("json".to_owned())),
        ("support", Some(SUPPORT.to_owned())),
        // For the guide alone.
        ("site", own("service")),
        ("domain", Some(asker.host().to_owned())),
        ("sender", own("sender")),
        ("support-hours", own("support-hours")),
        ("support-answer", own("support-answer")),
        ("purpose", Some("sign-in".to_owned())),
        ("resends", Some(told.resends.to_string())),
        ("incident", config.incident.clone()),
    ];
    given
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
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
