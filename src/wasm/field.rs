//! What the field's element (`www/element.js`) and the page (`src/page.rs`) are to each other.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlElement, HtmlInputElement};

use crate::code::{Backup, Rule};
use crate::entry::{self, Answer, Channel, Facts, Site};
use crate::page::Page;

#[wasm_bindgen]
extern "C" {
    /// The element around the input, with what only JavaScript does well.
    #[wasm_bindgen(extends = HtmlElement)]
    pub type Host;
    /// Lets the submit `event` go out with this code and attempt id.
    #[wasm_bindgen(method)]
    pub fn send(this: &Host, event: Option<&Event>, code: Option<String>, attempt: &str);
    /// Gives up the request that is under way.
    #[wasm_bindgen(method, js_name = giveUp)]
    pub fn give_up(this: &Host);
    /// Goes to `location`, if it is the page's own origin.
    #[wasm_bindgen(method)]
    pub fn follow(this: &Host, location: &str);
    /// Tells the page, as an event of the element.
    #[wasm_bindgen(method)]
    pub fn tell(this: &Host, name: &str, a: Option<String>, b: Option<String>, have: u32);
    /// Calls `tick` after so many milliseconds, and not the time before.
    #[wasm_bindgen(method)]
    pub fn wake(this: &Host, after: Option<f64>);

    /// The sentences of one language.
    pub type Words;
    /// The sentence of a key, in its plural form for `n`.
    #[wasm_bindgen(method)]
    pub fn get(this: &Words, key: &str, n: Option<f64>) -> String;
    /// An instant as the reader's clock shows it.
    #[wasm_bindgen(method)]
    pub fn time(this: &Words, at: f64) -> String;
    /// What stands between two sentences.
    #[wasm_bindgen(method, getter)]
    pub fn joint(this: &Words) -> String;
    /// The language to mark our texts with, where it is not the page's.
    #[wasm_bindgen(method, getter)]
    pub fn mark(this: &Words) -> Option<String>;
}

/// One field, alive. Every method may be called from within another's effects.
#[wasm_bindgen]
pub struct Field {
    page: Page,
}

#[wasm_bindgen]
impl Field {
    /// Binds to the page's own `input` inside `host`. `given`: the site's attributes and the server's
    /// facts, as one object; `age`: how many milliseconds ago those facts were said.
    #[wasm_bindgen(constructor)]
    pub fn new(
        host: Host,
        input: HtmlInputElement,
        words: Words,
        given: &JsValue,
        age: f64,
    ) -> Field {
        let page = Page::new(host, input, words, site(given), facts(given), age);
        page.start();
        Field { page }
    }

    /// Takes an event of the input, the form or the window.
    pub fn handle(&self, event: &Event) {
        self.page.handle(event);
    }

    /// An input method has finished, or something other than a person filled the field.
    pub fn settle(&self) {
        self.page.settle();
    }

    /// A code came by another road (WebOTP).
    pub fn receive(&self, text: &str) {
        self.page.receive(text);
    }

    /// The attributes changed.
    pub fn given(&self, given: &JsValue) {
        self.page.run(entry::Event::Site(site(given)));
        self.page.run(entry::Event::Facts(facts(given)));
    }

    /// The person is in.
    pub fn accepted(&self, location: Option<String>) {
        self.answered(Answer::Accepted(location));
    }

    /// The code was refused.
    pub fn refused(&self, given: &JsValue) {
        self.answered(Answer::Refused(facts(given)));
    }

    /// A code was sent, or the way was changed.
    pub fn sent(&self, given: &JsValue) {
        self.answered(Answer::Sent(facts(given)));
    }

    /// No answer came.
    pub fn unreachable(&self) {
        self.answered(Answer::Unreachable);
    }

    /// The submit went its own way.
    pub fn released(&self) {
        self.page.run(entry::Event::Released);
    }

    /// Time has passed.
    pub fn tick(&self) {
        self.page.run(entry::Event::Tick);
    }

    fn answered(&self, answer: Answer) {
        self.page.run(entry::Event::Answered(answer));
    }
}

fn member(given: &JsValue, name: &str) -> JsValue {
    Reflect::get(given, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn text(given: &JsValue, name: &str) -> Option<String> {
    member(given, name).as_string()
}

/// A whole number that is not negative; anything else is as if it were not there.
fn number(given: &JsValue, name: &str) -> Option<u64> {
    let n = member(given, name).as_f64()?;
    (n >= 0.0).then_some(n as u64)
}

fn site(given: &JsValue) -> Site {
    let digits = |name, usual| match number(given, name) {
        Some(n @ 4..=12) => n as u8,
        _ => usual,
    };
    let ways = text(given, "alternatives").unwrap_or_default();
    Site {
        rule: Rule {
            digits: digits("digits", 6),
            backup: match text(given, "backup").as_deref() {
                Some("alphanumeric") => Backup::Alphanumeric,
                Some("none") => Backup::None,
                _ => Backup::Digits,
            },
            backup_digits: digits("backupDigits", 8),
            host: text(given, "host"),
        },
        ways: ways
            .split_ascii_whitespace()
            .filter_map(Channel::from_name)
            .collect(),
        support: text(given, "support"),
        auto_submit: member(given, "autoSubmit").is_truthy(),
        json: member(given, "json").is_truthy(),
    }
}

fn facts(given: &JsValue) -> Facts {
    Facts {
        now: number(given, "now"),
        channel: text(given, "channel").and_then(|name| Channel::from_name(&name)),
        destination: text(given, "destination"),
        sent_at: number(given, "sentAt"),
        expires_at: number(given, "expiresAt"),
        resend_at: number(given, "resendAt"),
        attempts_left: number(given, "attemptsLeft").map(|n| n as u32),
        retry_at: number(given, "retryAt"),
        cause: text(given, "cause").map(|word| crate::cause::Cause::from_wire(&word)),
    }
}
