//! The parts that a field adds around the page's input, and how a view is put into them.
//!
//! A server may have rendered them already (`data-part`): then they are taken over as they stand.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlDocument, HtmlElement, HtmlInputElement, window};

use crate::view::{Action, Timer, Tone, View};
use crate::wasm::field::{Host, Words};
use crate::words::{Sentence, Value, Word, fill};

pub(super) struct Parts {
    words: Words,
    document: Document,
    attempt: HtmlInputElement,
    status: Element,
    alert: Element,
    count: Element,
    sent: Element,
    times: Element,
    resend: Element,
    wait: Element,
    ways: Element,
    choices: Element,
    support: Element,
    phase: Element,
    /// What the choices were made from: they are made anew only when they change.
    made: RefCell<Option<(Vec<Action>, Option<String>)>>,
    /// Whether the page had its input read-only.
    read_only: bool,
}

impl Parts {
    pub(super) fn new(host: &Host, input: &HtmlInputElement, words: Words) -> Parts {
        let document = host.owner_document().unwrap_or_else(|| {
            // An element that runs is in a document; the type alone does not know.
            wasm_bindgen::throw_str("no document")
        });
        let make = Make {
            document: &document,
        };
        let message = make.part(
            host,
            "[data-part=message]",
            "div",
            &[("data-part", "message")],
        );
        if message.parent_element().is_none() {
            let _ = input.insert_adjacent_element("afterend", &message);
        }
        let status = make.part(&message, "[role=status]", "p", &[("role", "status")]);
        let alert = make.part(&message, "[role=alert]", "p", &[("role", "alert")]);
        let count = make.part(
            &message,
            "[data-part=count]",
            "span",
            &[
                ("data-part", "count"),
                ("aria-hidden", "true"),
                ("translate", "no"),
            ],
        );
        let more = make.part(host, "[data-part=more]", "div", &[("data-part", "more")]);
        let sent = make.named(&more, "sent", "p");
        let times = make.named(&more, "times", "p");
        let actions = make.named(&more, "actions", "div");
        let resend = make.button(&actions, "resend");
        let wait = make.named(&actions, "wait", "span");
        let ways = make.named(&more, "ways", "details");
        let summary = make.part(&ways, "summary", "summary", &[]);
        let intro = make.named(&ways, "intro", "p");
        let choices = make.named(&ways, "choices", "div");
        let support = make.named(&ways, "support", "a");
        let phase = make.part(
            &more,
            "[data-part=phase]",
            "p",
            &[("data-part", "phase"), ("role", "status")],
        );
        let attempt = make.part(
            host,
            "[name=todoita-attempt]",
            "input",
            &[("type", "hidden"), ("name", "todoita-attempt")],
        );
        // Live regions must stand in the page before their text does.
        for (place, part) in [(&message, &status), (&message, &alert), (&message, &count)] {
            put(place, part);
        }
        put(host, &more);
        for part in [&sent, &times, &actions, &ways, &phase] {
            put(&more, part);
        }
        put(&actions, &resend);
        put(&actions, &wait);
        for part in [&summary, &intro, &choices, &support] {
            put(&ways, part);
        }
        put(host, &attempt);
        if let Some(mark) = words.mark() {
            let _ = message.set_attribute("lang", &mark);
            let _ = more.set_attribute("lang", &mark);
        }
        for (part, word) in [
            (&resend, Word::Resend),
            (&summary, Word::Help),
            (&intro, Word::HelpIntro),
            (&support, Word::Support),
        ] {
            set_text(part, &words.get(word.as_str(), None));
        }
        describe(input, &[&sent, &status, &alert]);
        Parts {
            document: document.clone(),
            attempt: attempt.unchecked_into(),
            status,
            alert,
            count,
            sent,
            times,
            resend,
            wait,
            ways,
            choices,
            support,
            phase,
            made: RefCell::new(None),
            read_only: input.read_only(),
            words,
        }
    }

    pub(super) fn show(&self, host: &Host, input: &HtmlInputElement, view: &View) {
        let _ = host.set_attribute("data-state", view.status.as_str());
        let _ = host.set_attribute("data-kind", view.kind_str());
        let _ = host
            .style()
            .set_property("--todoita-want", &view.want.to_string());
        let (mut quiet, mut alert, mut tone) = (String::new(), String::new(), "");
        if let Some(message) = &view.message {
            let place = if message.tone == Tone::Alert {
                &mut alert
            } else {
                &mut quiet
            };
            *place = self.say(&message.sentences);
            tone = message.tone.as_str();
        }
        let _ = host.set_attribute("data-tone", tone);
        set_text(&self.status, &quiet);
        set_text(&self.alert, &alert);
        let count = if view.have == 0 {
            String::new()
        } else {
            [&view.have.to_string(), " / ", &view.want.to_string()].concat()
        };
        set_text(&self.count, &count);
        set_text(&self.sent, &self.say(&view.sent));
        let times: Vec<Sentence> = [&view.retry, &view.expiry]
            .into_iter()
            .flatten()
            .map(|timer| timer.sentence.clone())
            .collect();
        // The wait that stands in the way is the one to show.
        set_text(&self.times, &self.say(times.get(..1).unwrap_or_default()));
        self.draw(&self.times, view.retry.as_ref().or(view.expiry.as_ref()));
        set_hidden(&self.resend, view.resend.is_none());
        let wait = view.resend.as_ref().and_then(|action| action.wait.as_ref());
        set_flag(&self.resend, "aria-disabled", wait.is_some());
        let left = wait.map(|timer| self.say(std::slice::from_ref(&timer.sentence)));
        set_text(&self.wait, &left.unwrap_or_default());
        self.draw(&self.wait, wait);
        let phase = view.phase.iter().cloned().collect::<Vec<_>>();
        set_text(&self.phase, &self.say(&phase));
        self.offer(view);
        input.set_read_only(self.read_only || view.busy);
        set_flag(input, "aria-busy", view.busy);
        set_flag(input, "aria-invalid", view.invalid);
    }

    /// The other ways in. A choice that has the focus is not taken away under the person's finger
    /// without need: they are made anew only when they change.
    fn offer(&self, view: &View) {
        let offered = Some((view.ways.clone(), view.support.clone()));
        if *self.made.borrow() == offered {
            return;
        }
        self.choices.set_text_content(None);
        let make = Make {
            document: &self.document,
        };
        for action in &view.ways {
            let button = make.button(&self.choices, action.deed.as_str());
            set_text(&button, &self.words.get(action.label.word.as_str(), None));
            put(&self.choices, &button);
        }
        let support = view.support.as_deref();
        set_hidden(&self.support, support.is_none());
        let _ = self.support.set_attribute("href", support.unwrap_or("#"));
        set_hidden(&self.ways, view.ways.is_empty() && support.is_none());
        *self.made.borrow_mut() = offered;
    }

    /// How much of a span is left, for the style sheet to draw.
    fn draw(&self, part: &Element, timer: Option<&Timer>) {
        let share = timer.map_or(0, |timer| timer.left * 100 / timer.total.max(1));
        if let Some(part) = part.dyn_ref::<HtmlElement>() {
            let _ = part
                .style()
                .set_property("--todoita-left", &share.to_string());
        }
    }

    fn say(&self, sentences: &[Sentence]) -> String {
        let mut said = String::new();
        for sentence in sentences {
            if !said.is_empty() {
                said.push_str(&self.words.joint());
            }
            let number = sentence.number().map(|n| n as f64);
            let text = self.words.get(sentence.word.as_str(), number);
            said.push_str(&fill(&text, &mut |name| {
                let (_, value) = sentence.values.iter().find(|(known, _)| *known == name)?;
                Some(self.value(value))
            }));
        }
        said
    }

    fn value(&self, value: &Value) -> String {
        match value {
            Value::Number(n) => n.to_string(),
            Value::Text(text) => text.clone(),
            Value::Time(at) => self.words.time(*at as f64),
            Value::Span(word, n) => {
                let text = self.words.get(word.as_str(), Some(*n as f64));
                fill(&text, &mut |_| Some(n.to_string()))
            }
        }
    }

    /// The id that the page or an earlier submit left in the form, or a new random one.
    pub(super) fn fresh_attempt(&self) -> String {
        let kept = self.attempt.value();
        if kept.is_empty() { random_id() } else { kept }
    }

    pub(super) fn keep_attempt(&self, id: &str) {
        self.attempt.set_value(id);
    }

    /// An answer came: the next attempt has an id of its own.
    pub(super) fn spend_attempt(&self) {
        self.attempt.set_value("");
    }

    pub(super) fn has_focus(&self, input: &HtmlInputElement) -> bool {
        input.matches(":focus").unwrap_or(false)
    }

    /// Inserts at the selection the way a person's typing does; `false` where the browser will not.
    pub(super) fn insert_text(&self, text: &str) -> bool {
        let document: &HtmlDocument = self.document.unchecked_ref();
        document
            .exec_command_with_show_ui_and_value("insertText", false, text)
            .unwrap_or(false)
    }
}

/// 128 random bits. Without a secure context there is no `crypto.randomUUID`, so it is not used.
fn random_id() -> String {
    let mut bytes = [0u8; 16];
    if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

struct Make<'a> {
    document: &'a Document,
}

impl Make<'_> {
    /// The part that stands under `place` already, or a new one, not yet in the page.
    fn part(&self, place: &Element, selector: &str, tag: &str, marks: &[(&str, &str)]) -> Element {
        if let Ok(Some(found)) = place.query_selector(selector) {
            return found;
        }
        let Ok(made) = self.document.create_element(tag) else {
            wasm_bindgen::throw_str("no element")
        };
        for (name, value) in marks {
            let _ = made.set_attribute(name, value);
        }
        made
    }

    fn named(&self, place: &Element, name: &str, tag: &str) -> Element {
        let selector = ["[data-part=", name, "]"].concat();
        self.part(place, &selector, tag, &[("data-part", name)])
    }

    /// A submit button of the page's own form, so that it would work without us too.
    fn button(&self, place: &Element, deed: &str) -> Element {
        let selector = ["[name=todoita-action][value=", deed, "]"].concat();
        self.part(
            place,
            &selector,
            "button",
            &[
                ("name", "todoita-action"),
                ("value", deed),
                ("formnovalidate", ""),
            ],
        )
    }
}

fn put(place: &Element, part: &Element) {
    if part.parent_element().is_none() {
        let _ = place.append_child(part);
    }
}

/// Changes a text only if it is another: a live region speaks every change.
fn set_text(part: &Element, text: &str) {
    if part.text_content().as_deref() != Some(text) {
        part.set_text_content(Some(text));
    }
}

fn set_flag(part: &Element, name: &str, on: bool) {
    let _ = if on {
        part.set_attribute(name, "true")
    } else {
        part.remove_attribute(name)
    };
}

fn set_hidden(part: &Element, hidden: bool) {
    let _ = part.toggle_attribute_with_force("hidden", hidden);
}

/// Adds the parts to what describes the input.
fn describe(input: &HtmlInputElement, parts: &[&Element]) {
    let mut ids = input.get_attribute("aria-describedby").unwrap_or_default();
    for part in parts {
        if part.id().is_empty() {
            part.set_id(&["todoita-", &random_id()].concat());
        }
        let id = part.id();
        if !ids.split_ascii_whitespace().any(|known| known == id) {
            ids.push(' ');
            ids.push_str(&id);
        }
    }
    let _ = input.set_attribute("aria-describedby", ids.trim());
}
