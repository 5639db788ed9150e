//! The rules of sentences, for every shell: values in braces, the condition at the beginning, paths through
//! menus, and clock times.
//!
//! A sentence may begin with `@flag:` (used only while the flag holds) or `@!flag:` (only while it does
//! not). `{name}` is replaced by a value. `[settings › apps]` is a path through menus.

use alloc::string::String;

use crate::word_list::take_until;

/// Milliseconds in a minute.
pub const MINUTE: u64 = 60_000;

/// A piece of a filled sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text; it may be empty.
    Text(&'a str),
    /// A number.
    Number(u64),
    /// A path through menus. [`take_step`] gives its steps.
    Path(&'a str),
    /// An instant to write as a clock time (milliseconds since the Unix epoch), already rounded by [`round_up`] or
    /// [`round_down`]. A shell writes it in the reader's time zone, with its day where that is not today.
    Time(u64),
}

/// Rounds an instant from which something works: never too early.
pub const fn round_up(instant: u64) -> u64 {
    round_down(instant.saturating_add(MINUTE - 1))
}

/// Rounds an instant until which something works, or that is in the past: never too late.
pub const fn round_down(instant: u64) -> u64 {
    instant - instant % MINUTE
}

/// Fills a sentence in and hands out its pieces in order. `false` where its condition does not hold or one of its values is not
/// known; the pieces that were handed out are then to be dropped.
pub fn pieces<'a>(
    sentence: &'a str,
    holds: impl FnOnce(&str) -> bool,
    value: impl Fn(&str) -> Option<Piece<'a>>,
    mut each: impl FnMut(Piece<'a>),
) -> bool {
    let mut rest = sentence;
    if let Some((flag, negated, text)) = condition(sentence) {
        if holds(flag) == negated {
            return false;
        }
        rest = text;
    }
    let mut at = 0;
    while let Some(&byte) = rest.as_bytes().get(at) {
        at += 1;
        let close = match byte {
            b'{' => b'}',
            b'[' => b']',
            _ => continue,
        };
        let tail = rest.get(at..).unwrap_or_default();
        let Some((inside, after)) = split(tail, close) else {
            continue;
        };
        let piece = if byte == b'[' {
            if !inside.chars().any(|character| character == '›') {
                continue;
            }
            Piece::Path(inside)
        } else {
            if !is_name(inside) {
                continue;
            }
            match value(inside) {
                Some(piece) => piece,
                None => return false,
            }
        };
        each(Piece::Text(rest.get(..at - 1).unwrap_or_default()));
        each(piece);
        rest = after;
        at = 0;
    }
    each(Piece::Text(rest));
    true
}

/// The condition of a sentence: its flag, whether that is negated, and the sentence behind it.
fn condition(sentence: &str) -> Option<(&str, bool, &str)> {
    let mut name = sentence;
    if !skip(&mut name, b'@') {
        return None;
    }
    let negated = skip(&mut name, b'!');
    let (name, text) = split(name, b':')?;
    is_name(name).then_some((name, negated, text))
}

/// Whether `name` can be the name of a value or a flag.
fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    !name.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Removes `byte` from the beginning of a text; whether it was there.
fn skip(text: &mut &str, byte: u8) -> bool {
    let found = text.as_bytes().first() == Some(&byte);
    if found {
        *text = text.get(1..).unwrap_or_default();
    }
    found
}

/// The text before the first `separator` and the text behind it.
fn split(text: &str, separator: u8) -> Option<(&str, &str)> {
    let mut rest = text;
    let part = take_until(&mut rest, separator);
    (part.len() < text.len()).then_some((part, rest))
}

/// Removes the first step from a path and returns it.
pub fn take_step<'a>(path: &mut &'a str) -> &'a str {
    let mut end = 0;
    for character in path.chars() {
        if character == '›' {
            break;
        }
        end += character.len_utf8();
    }
    let step = path.get(..end).unwrap_or_default();
    *path = path.get(end + '›'.len_utf8()..).unwrap_or_default();
    step.trim_ascii()
}

/// Appends a number in decimal digits.
pub fn push_number(text: &mut String, number: u64) {
    if number > 9 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

/// Fills the `{name}`s of a sentence of the field. A name without a value stays as it is written, so that a
/// mistake in an overriding file can be seen and is no worse than that.
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
