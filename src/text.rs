//! The rules of sentences: values in braces, the condition at the beginning, paths through menus, the rounding of
//! clock times.
//!
//! A sentence of the guide may begin with `@flag:` (used only while the flag holds) or `@!flag:` (only while it
//! does not). `{name}` is replaced by a value; without it the sentence is left out. `[settings › apps]` is a path
//! through menus. `www/guide-words.js` follows the same rules in the page: `tests/sentences.json` holds both.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// Milliseconds in a minute.
pub const MINUTE: u64 = 60_000;

/// Rounds an instant from which something works to a full minute: never too early. Milliseconds since the Unix epoch.
pub const fn round_up(instant: u64) -> u64 {
    round_down(instant.saturating_add(MINUTE - 1))
}

/// Rounds an instant of the past, or until which something works, to a full minute: never too late. Milliseconds since
/// the Unix epoch.
pub const fn round_down(instant: u64) -> u64 {
    instant - instant % MINUTE
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text.
    Text(String),
    /// A path through menus: the names to choose, in order.
    Path(Vec<String>),
}

/// A sentence with its values filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichText(pub Vec<Piece>);

impl RichText {
    /// A text with its paths taken out. Brackets without a `›` between them are text; of
    /// nested ones the innermost count.
    pub fn new(text: &str) -> RichText {
        let mut pieces = Vec::new();
        let mut parts = text.split('[');
        let mut plain = String::from(parts.next().unwrap_or_default());
        for part in parts {
            match part.split_once(']') {
                Some((path, after)) if path.contains('›') => {
                    pieces.push(Piece::Text(core::mem::take(&mut plain)));
                    let steps = path.split('›').map(|step| step.trim().to_owned());
                    pieces.push(Piece::Path(steps.collect()));
                    plain.push_str(after);
                }
                _ => {
                    plain.push('[');
                    plain.push_str(part);
                }
            }
        }
        pieces.push(Piece::Text(plain));
        pieces.retain(|piece| *piece != Piece::Text(String::new()));
        RichText(pieces)
    }

    /// The sentence as one text, for where no path can be drawn.
    pub fn plain(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Path(steps) => steps.join(" › "),
        };
        self.0.iter().map(text).collect()
    }
}

/// Fills in a sentence of the guide. `None` where its condition does not hold (`holds` says whether a flag does) or
/// one of its values is not known.
pub fn fill_if_known(
    sentence: &str,
    holds: impl FnOnce(&str) -> bool,
    mut value: impl FnMut(&str) -> Option<String>,
) -> Option<String> {
    let (condition, text) = condition(sentence);
    if let Some((flag, wanted)) = condition
        && holds(flag) != wanted
    {
        return None;
    }
    let mut known = true;
    let filled = fill(text, &mut |name| {
        if !is_name(name) {
            return None;
        }
        let value = value(name).filter(|value| !value.is_empty());
        known &= value.is_some();
        value
    });
    known.then_some(filled)
}

/// A sentence and its condition: the flag, and whether it has to hold.
fn condition(sentence: &str) -> (Option<(&str, bool)>, &str) {
    let Some((flag, text)) = sentence
        .strip_prefix('@')
        .and_then(|rest| rest.split_once(':'))
    else {
        return (None, sentence);
    };
    let name = flag.strip_prefix('!').unwrap_or(flag);
    if is_name(name) {
        (Some((name, name == flag)), text)
    } else {
        (None, sentence)
    }
}

/// Whether this can be the name of a value or a flag.
fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    !name.is_empty()
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Fills the `{name}`s of a sentence. A name without a value stays as it is written, so that a mistake in an
/// overriding file can be seen and is no worse than that.
pub fn fill(sentence: &str, value: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut rest = sentence;
    while let Some((text, tail)) = rest.split_once('{') {
        filled.push_str(text);
        let found = tail
            .split_once('}')
            .and_then(|(name, after)| Some((value(name)?, after)));
        match found {
            Some((text, after)) => {
                filled.push_str(&text);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = tail;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// Appends a number in decimal digits.
pub fn push_number(text: &mut String, number: u64) {
    if number > 9 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_sentence_keeps_a_name_without_a_value() {
        let mut value = |name: &str| (name == "n").then(|| "6".to_owned());
        assert_eq!(fill("{n} 桁、{x}、{", &mut value), "6 桁、{x}、{");
    }

    #[test]
    fn clock_times_are_rounded_to_the_minute() {
        assert_eq!([0, 1, MINUTE].map(round_up), [0, MINUTE, MINUTE]);
        assert_eq!([0, MINUTE - 1, MINUTE].map(round_down), [0, 0, MINUTE]);
    }

    #[test]
    fn numbers_are_decimal() {
        for number in [0, 9, 10, 4_102_444_800_000, u64::MAX] {
            let mut text = String::new();
            push_number(&mut text, number);
            assert_eq!(text, alloc::format!("{number}"));
        }
    }
}
