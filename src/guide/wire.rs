//! The guide's wire format: facts come in, a screen goes out as lines of names and numbers, separated by spaces.
//!
//! No sentence crosses: a line names it, and the page has the words and the facts.

use alloc::string::String;

use super::facts::{GuideFacts, VALUES, Value};
use super::replay;
use crate::text::push_number;
use crate::word_list::take_until;

/// The screen to which the fact `answers` leads, as lines: its name; the answers that were taken; each `flag`; the values of
/// its sentences (`fact`, its name and that of the fact; `number` or `time`, its name and the number); and its parts in
/// order, each with its name ([`super::view::Part`]).
pub fn screen(facts: &str) -> String {
    let facts = GuideFacts(facts);
    let screen = replay(&facts.context(), facts.text("answers").unwrap_or_default());
    let mut lines = Lines(String::new());
    lines.0.push_str(screen.step.as_str());
    lines.named(&screen.answers, "");
    for flag in screen.flags.names() {
        lines.named("flag", flag);
    }
    let mut names = VALUES;
    while !names.is_empty() {
        let name = take_until(&mut names, b' ');
        let Some(value) = facts.value(name, screen.step.about()) else {
            continue;
        };
        match value {
            Value::Fact(fact) => {
                lines.named("fact", name);
                lines.value(fact);
            }
            Value::Number(number) => lines.number("number", name, number),
            Value::Time(instant) => lines.number("time", name, instant),
        }
    }
    screen.parts(|part, name| lines.named(part.as_str(), name));
    lines.0
}

/// The names of the screens that [`super::find`] finds, separated by spaces. The input is the groups,
/// U+001F and the text.
pub fn find(values: &str) -> String {
    let mut text = values;
    let groups = take_until(&mut text, 0x1F);
    let mut names = Lines(String::new());
    for step in super::find(groups, text).into_iter().flatten() {
        names.value(step.as_str());
    }
    names.0
}

struct Lines(String);

impl Lines {
    #[inline(never)]
    fn named(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(name);
        if !value.is_empty() {
            self.value(value);
        }
    }

    #[inline(never)]
    fn number(&mut self, kind: &str, name: &str, number: u64) {
        self.named(kind, name);
        self.value("");
        push_number(&mut self.0, number);
    }

    #[inline(never)]
    fn value(&mut self, value: &str) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(value);
    }
}
