//! The last line of an origin-bound message, `@example.com #482913`, optionally ` @embedded.example` after it.
//! <https://wicg.github.io/sms-one-time-codes/>
//!
//! The standard wants it on a line of its own. A message pasted into an `<input>` has lost its line ends, so
//! the line is known wherever it stands.

use super::sign::{Text, is_space};
use super::{Backup, Problem, Rule, kind_of};

/// The place of the code that is bound to this page, or why the bound code is not to be used.
/// Nothing where no line is bound, or where ours holds no code that the rule allows.
pub(super) fn find(text: &Text, rule: &Rule) -> Option<Result<(usize, usize), Problem>> {
    let mut ours: Option<(usize, usize)> = None;
    let mut foreign = false;
    for at in 0..text.signs.len() {
        if text.at(at) != '@' || is_name(text.at(at.wrapping_sub(1))) {
            continue;
        }
        let Some((host, mut end)) = host(text, at + 1) else {
            continue;
        };
        if !is_space(text.at(end)) || text.at(end + 1) != '#' {
            continue;
        }
        let start = end + 2;
        end = start;
        while text.at(end).is_ascii_alphanumeric() || text.at(end) == '-' {
            end += 1;
        }
        let mine = for_us(text, host, rule)
            || embedded(text, end).is_some_and(|host| for_us(text, host, rule));
        let (mut digits, mut letters) = (0, 0);
        for i in start..end {
            digits += usize::from(text.at(i).is_ascii_digit());
            letters += usize::from(text.at(i).is_ascii_alphabetic());
        }
        if !mine {
            foreign |= digits > 0;
            continue;
        }
        let spelled = letters == 0 || rule.backup == Backup::Alphanumeric;
        if !spelled || kind_of(digits + letters, rule).is_none() {
            continue;
        }
        match ours {
            Some(other) if !same(text, other, (start, end)) => {
                return Some(Err(Problem::Ambiguous));
            }
            _ => ours = Some((start, end)),
        }
    }
    match ours {
        Some(code) => Some(Ok(code)),
        None if foreign => Some(Err(Problem::OtherSite)),
        None => None,
    }
}

/// The same code, whatever separates its digits.
pub(super) fn same(text: &Text, one: (usize, usize), other: (usize, usize)) -> bool {
    let code = |span: (usize, usize)| {
        (span.0..span.1)
            .map(|i| text.at(i))
            .filter(char::is_ascii_alphanumeric)
    };
    code(one).eq(code(other))
}

/// A character before which an @ is part of a mail address.
fn is_name(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || matches!(ch, '.' | '-' | '_' | '+')
}

fn is_host(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || ch == '.' || ch == '-' || !ch.is_ascii()
}

/// A host from here on: its place, and where it ends with its port.
fn host(text: &Text, start: usize) -> Option<((usize, usize), usize)> {
    let mut end = start;
    while is_host(text.at(end)) {
        end += 1;
    }
    let mut after = end;
    if text.at(end) == ':' {
        after += 1;
        while text.at(after).is_ascii_digit() {
            after += 1;
        }
    }
    (end > start).then_some(((start, end), after))
}

/// The embedded host after the code: the page in a frame for which the code is meant.
fn embedded(text: &Text, end: usize) -> Option<(usize, usize)> {
    if !is_space(text.at(end)) || !matches!(text.at(end + 1), '@' | '%') {
        return None;
    }
    let (place, after) = host(text, end + 2)?;
    // Another bound line, not an embedded host.
    (text.at(after + 1) != '#').then_some(place)
}

/// The page's host is the bound one, or one below it (`login.example.com` for `@example.com`).
fn for_us(text: &Text, bound: (usize, usize), rule: &Rule) -> bool {
    let Some(page) = &rule.host else { return true };
    let page = page.as_bytes();
    let mut left = page.iter().position(|&b| b == b':').unwrap_or(page.len());
    let mut end = bound.1;
    while text.at(end - 1) == '.' {
        end -= 1;
    }
    let mut dotted = false;
    while end > bound.0 {
        end -= 1;
        let ch = text.at(end);
        dotted |= ch == '.';
        let Some(b) = left.checked_sub(1).and_then(|i| page.get(i)) else {
            return false;
        };
        if char::from(*b).to_ascii_lowercase() != ch.to_ascii_lowercase() {
            return false;
        }
        left -= 1;
    }
    left == 0 || (dotted && page.get(left - 1) == Some(&b'.'))
}
