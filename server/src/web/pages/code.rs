//! The page of the code step: the element's attributes, and the core's view in sentences.

use askama::Template;
use login::code_rule::{BACKUP_DIGITS, DIGITS, rule};
use login::status::SignInStatus;
use todoita::cause::Cause;
use todoita::channel::Channel;
use todoita::entry::{Event, Site, State, update};
use todoita::view::{Timer, Tone, View, kind_str};
use todoita::words::Word;

use super::SUPPORT;
use crate::config::Config;
use crate::instant::instant;
use crate::web::panels::Panel;
use crate::web::request_context::RequestContext;
use crate::web::sentences::{self, Notice};
use crate::words::{Values, Words};

/// The form that a code is asked for by.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Its address.
    pub action: &'static str,
    /// The key of the page's title.
    pub title: &'static str,
    /// Whether it belongs to a sign-in, which the guide without JavaScript helps with and which can be left for
    /// another account.
    pub is_sign_in: bool,
}

/// The code step.
#[derive(Template)]
#[template(path = "code.html")]
pub struct Code {
    /// The sentences.
    pub words: &'static Words,
    /// Its form.
    pub form: Form,
    /// The attributes of the element.
    pub attributes: Vec<(&'static str, String)>,
    /// A new idempotency key.
    pub idempotency_key: String,
    /// The view of the core, in sentences.
    pub view: CodeView,
    /// That no code was sent, that it could not be delivered or that it is late, and what works instead.
    pub notice: Option<Notice>,
    /// Whether the page looks from time to time whether that has changed.
    pub looks: bool,
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
    /// Where the code was sent.
    pub sent: String,
    /// That the code is for nobody else.
    pub secret: String,
    /// The same and how long the code takes; `None` where it is late or could not be delivered. The element would write how long
    /// into this part, so the page hides it then.
    pub usual: Option<String>,
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
        form: Form,
        status: &SignInStatus,
        methods: &[Channel],
        typed: Option<&str>,
    ) -> Code {
        let words = Words::of(context.lang);
        let notice = sentences::of_delivery(words, status, methods, config.utc_offset);
        let methods = &status.open_methods(methods)[..];
        let mut state = state(context, status, methods);
        if let Some(text) = typed {
            update(&mut state, 0, Event::Submit { action: None, text });
        }
        let view = CodeView::new(words, config.utc_offset, &state.view(), status);
        let attributes = attributes(context, config, status, methods);
        Code {
            words,
            form,
            attributes,
            idempotency_key: String::new(),
            view,
            notice,
            looks: config.delivery.any(),
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
                .or(status.resend_at)
                .map(|at| words.clock_time_from(at, status.now, utc_offset)),
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
            kind: kind_str(view.kind),
            cause: status.cause.map(Cause::as_str),
            tone: view.message.map(|message| message.tone.as_str()),
            invalid: view.invalid,
            quiet: of_tone(false),
            alert: of_tone(true),
            sent: view.sent[0].map(text).unwrap_or_default(),
            secret: view.secret.map(text).unwrap_or_default(),
            usual: (status.is_usual()).then(|| all([view.secret, view.sent[1]])),
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

/// The notice that codes are late: the operator's, or the guide's own sentence (an empty text) where the gateway of the code is
/// down or may not deliver.
pub fn incident(config: &Config, status: &SignInStatus) -> Option<String> {
    let own = status.late().or(status.doubtful()).map(|_| String::new());
    config.incident.clone().or(own)
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
        ("incident", incident(config, status)),
    ];
    given
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}
