//! The page of the code step: the element's attributes, and the core's view in sentences.

use askama::Template;
use login::code_rule::{BACKUP_DIGITS, DIGITS, rule};
use login::status::SignInStatus;
use todoita::cause::Cause;
use todoita::channel::Channel;
use todoita::entry::{Event, Site, State, update};
use todoita::view::{Timer, Tone, View};
use todoita::words::Word;

use super::SUPPORT;
use crate::config::Config;
use crate::web::panels::Panel;
use crate::web::request_context::RequestContext;
use crate::web::responses::instant;
use crate::words::{Values, Words};

/// The code step.
#[derive(Template)]
#[template(path = "code.html")]
pub struct Code {
    /// The sentences.
    pub words: &'static Words,
    /// The attributes of the element.
    pub attributes: Vec<(&'static str, String)>,
    /// A new idempotency key.
    pub idempotency_key: String,
    /// The view of the core, in sentences.
    pub view: CodeView,
    /// The built files to preload.
    pub preload: Vec<String>,
    /// A panel beside the form.
    pub panel: Option<Panel>,
}

/// A view in sentences, for the parts that the widget uses (`www/render.js`).
pub struct CodeView {
    /// `data-state`.
    pub status: &'static str,
    /// `data-kind`.
    pub kind: &'static str,
    /// Why the last code was refused.
    pub cause: Option<&'static str>,
    /// `data-tone`.
    pub tone: Option<&'static str>,
    /// The content of the field is known to be wrong.
    pub invalid: bool,
    /// The message under the field, if it is announced politely.
    pub quiet: String,
    /// The message under the field, if it is announced at once.
    pub alert: String,
    /// Where the code was sent and how long it takes.
    pub sent: String,
    /// The time until the next code is checked, or until the code expires.
    pub times: String,
    /// The label of "send again".
    pub resend_label: String,
    /// Whether it is offered, and the wait until it may be pressed.
    pub resend: Option<Option<String>>,
    /// The other methods: value and label of each button.
    pub methods: Vec<(&'static str, String)>,
    /// The button that opens them.
    pub help: String,
    /// The text above them.
    pub intro: String,
    /// The link to the support page.
    pub support_page: &'static str,
    /// The text of the link.
    pub support: String,
}

impl Code {
    /// The code step of a sign-in. `typed`: a text that is not a code, so that the page can show why; the
    /// text itself is not repeated.
    pub fn new(
        context: &RequestContext,
        config: &Config,
        status: &SignInStatus,
        methods: &[Channel],
        typed: Option<&str>,
    ) -> Code {
        let words = Words::of(context.lang);
        let mut state = state(context, status, methods);
        if let Some(text) = typed {
            update(&mut state, 0, Event::Submit { action: None, text });
        }
        let view = CodeView::new(words, config.utc_offset, &state.view(), status);
        let attributes = attributes(context, config, status, methods);
        Code {
            words,
            attributes,
            idempotency_key: String::new(),
            view,
            preload: Vec::new(),
            panel: None,
        }
    }
}

impl CodeView {
    fn new(words: &'static Words, utc_offset: i32, view: &View, status: &SignInStatus) -> CodeView {
        let separator = if words.lang() == "ja" { "" } else { " " };
        let values = Values {
            digits: view.length,
            have: view.entered,
            n: view.attempts_left,
            destination: status.destination.as_deref(),
            time: status
                .retry_at
                .map(|at| words.clock_time_from(at, at, utc_offset)),
            span: None,
        };
        let text = |word| words.field(word, &values);
        let all = |words: [Option<Word>; 2]| {
            words
                .into_iter()
                .flatten()
                .map(text)
                .collect::<Vec<_>>()
                .join(separator)
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
        CodeView {
            status: view.status.as_str(),
            kind: view.kind_str(),
            cause: status.cause.map(Cause::as_str),
            tone: view.message.map(|message| message.tone.as_str()),
            invalid: view.invalid,
            quiet: of_tone(false),
            alert: of_tone(true),
            sent: all(view.sent),
            times: view.countdown.map(timer).unwrap_or_default(),
            resend_label: text(Word::Resend),
            resend: view.resend.then(|| view.resend_wait.map(timer)),
            methods: view
                .methods
                .into_iter()
                .flatten()
                .map(|action| (action.as_str(), text(action.word())))
                .collect(),
            help: text(Word::Help),
            intro: text(Word::HelpIntro),
            support_page: SUPPORT,
            support: text(Word::Support),
        }
    }
}

fn state(context: &RequestContext, status: &SignInStatus, methods: &[Channel]) -> State {
    let site = Site {
        rule: rule(context.host()),
        methods: Channel::ALL.map(|channel| methods.contains(&channel)),
        ..Site::default()
    };
    State::new(site, status.facts())
}

/// The wait until another code may be sent; `None` if there is none.
pub fn resend_wait(
    context: &RequestContext,
    status: &SignInStatus,
    methods: &[Channel],
) -> Option<String> {
    let wait = state(context, status, methods).view().resend_wait?;
    let span = Values {
        span: Some(wait.span),
        ..Values::default()
    };
    Some(Words::of(context.lang).field(wait.word, &span))
}

/// The attributes of the element.
fn attributes(
    context: &RequestContext,
    config: &Config,
    status: &SignInStatus,
    methods: &[Channel],
) -> Vec<(&'static str, String)> {
    let words = Words::of(context.lang);
    let own = |key: &'static str| Some(words.own(key).to_owned());
    let methods: Vec<&str> = methods.iter().map(|method| method.as_str()).collect();
    let given = [
        (
            "channel",
            status.channel.map(|channel| channel.as_str().to_owned()),
        ),
        ("destination", status.destination.clone()),
        ("now", Some(instant(status.now))),
        ("sent-at", status.sent_at.map(instant)),
        ("expires-at", status.expires_at.map(instant)),
        ("resend-at", status.resend_at.map(instant)),
        ("attempts-left", Some(status.attempts_left.to_string())),
        ("retry-at", status.retry_at.map(instant)),
        ("cause", status.cause.map(|cause| cause.as_str().to_owned())),
        ("alternatives", Some(methods.join(" "))),
        ("digits", Some(DIGITS.to_string())),
        ("backup", Some("digits".to_owned())),
        ("backup-digits", Some(BACKUP_DIGITS.to_string())),
        ("answers", Some("json".to_owned())),
        ("support", Some(SUPPORT.to_owned())),
        // Only for the guide.
        ("site", own("service")),
        ("domain", Some(context.host().to_owned())),
        ("sender", own("sender")),
        ("support-hours", own("support-hours")),
        ("support-answer", own("support-answer")),
        ("purpose", Some("sign-in".to_owned())),
        ("resends", Some(status.resends.to_string())),
        ("incident", config.incident.clone()),
    ];
    given
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}
