//! The field's whole behaviour as a person meets it, without a browser: a [`Typist`] plays a page
//! with its input. The same bodies run natively and, through wasm-bindgen-test, in a browser.

use todoita::cause::Cause;
use todoita::channel::{Action, Channel};
use todoita::code::{Backup, Kind, Rule};
use todoita::entry::{Answer, Dispatch, Effects, Event, Replace, Site, State, update};
use todoita::facts::{Facts, Instant};
use todoita::view::{Message, Timer, View, kind_str};
use todoita::words::Word;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

use typist::Typist;

const SECOND: u32 = 1_000;
const MINUTE: u32 = 60 * SECOND;
const HOUR: u32 = 60 * MINUTE;

fn message(view: &View) -> String {
    let Some(Message { tone, words }) = view.message else {
        return String::new();
    };
    let words = words.into_iter().flatten().map(Word::as_str);
    let words: Vec<_> = [tone.as_str()].into_iter().chain(words).collect();
    words.join(" ")
}

/// A span in words: the key of the unit and its number.
fn in_words(timer: Option<Timer>) -> String {
    match timer {
        Some(timer) => format!("{} {}", timer.span.1, timer.span.0.as_str()),
        None => String::new(),
    }
}

/// A site with every method, which leaves the submit to the browser.
fn site() -> Site {
    Site {
        methods: [true; 5],
        ..Site::default()
    }
}

/// A site that answers requests.
fn json() -> Site {
    Site {
        json: true,
        ..site()
    }
}

fn auto_submit() -> Site {
    Site {
        auto_submit: true,
        ..json()
    }
}

fn ruled(rule: Rule) -> Site {
    Site { rule, ..site() }
}

fn letters() -> Site {
    ruled(Rule {
        backup: Backup::Alphanumeric,
        ..Rule::default()
    })
}

/// The server's time when the page was made.
const NOW: u64 = 1_795_000_000_000;

/// An instant of the server's, a span after its `now`.
fn after(span: u32) -> Option<Instant> {
    Instant::new(NOW + u64::from(span))
}

fn ago(span: u32) -> Option<Instant> {
    Instant::new(NOW - u64::from(span))
}

/// An answer without facts.
fn no_facts() -> Facts {
    Facts {
        now: after(0),
        ..Facts::default()
    }
}

/// A code that was sent just now.
fn sms() -> Facts {
    Facts {
        channel: Some(Channel::Sms),
        destination: Some("5678".to_owned()),
        sent_at: after(0),
        expires_at: after(10 * MINUTE),
        resend_at: after(30 * SECOND),
        attempts_left: Some(10),
        ..no_facts()
    }
}

fn by(channel: Channel) -> Facts {
    Facts {
        channel: Some(channel),
        ..no_facts()
    }
}

fn refused(cause: Cause) -> Answer {
    Answer::Refused(because(cause))
}

fn because(cause: Cause) -> Facts {
    Facts {
        cause: Some(cause),
        ..no_facts()
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[path = "entry/acts.rs"]
mod acts;
#[path = "entry/answers.rs"]
mod answers;
#[path = "entry/completing.rs"]
mod completing;
#[path = "entry/pasting.rs"]
mod pasting;
#[cfg(not(target_arch = "wasm32"))]
#[path = "entry/properties.rs"]
mod properties;
#[path = "entry/refusals.rs"]
mod refusals;
#[path = "entry/sent_codes.rs"]
mod sent_codes;
#[path = "entry/submitting.rs"]
mod submitting;
#[path = "entry/times.rs"]
mod times;
#[path = "entry/typing.rs"]
mod typing;
#[path = "entry/typist.rs"]
mod typist;
