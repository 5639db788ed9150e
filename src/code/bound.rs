//! The last line of an origin-bound message, `@example.com #482913`, optionally ` @embedded.example` after it.
//! <https://wicg.github.io/sms-one-time-codes/>
//!
//! The standard wants it on a line of its own. A message pasted into an `<input>` has lost its line ends, so
//! the line is known wherever it stands.

use super::sign::Text;
use super::{Backup, Problem, Rule, kind_of};

/// The place of the code that is bound to this page, or why the bound code is not to be used.
/// Nothing where no line is bound, or where ours holds no code that the rule allows.
pub(super) fn find(text: &Text, rule: &Rule) -> Option<Result<(usize, usize), Problem>> {
    let (mut ours, mut value) = (None, 0);
    let mut foreign = false;
    for at in 0..text.signs.len() {
        // Before the @ of a mail address stands a name.
        let before = text.at(at.wrapping_sub(1));
        if text.at(at) != '@'
            || before.is_ascii_alphanumeric()
            || matches!(before, '.' | '-' | '_' | '+')
        {
            continue;
        }
        let (host, after) = host(text, at + 1);
        if host == at + 1 || !text.is_space(after) || text.at(after + 1) != '#' {
            continue;
        }
        let start = after + 2;
        let (mut end, mut digits, mut letters) = (start, 0, 0);
        while text.at(end).is_ascii_alphanumeric() || text.at(end) == '-' {
            digits += usize::from(text.is_digit(end));
            letters += usize::from(text.is_letter(end));
            end += 1;
        }
        // After the code may stand the host of the frame for which it is meant, unless that begins a line like this.
        let (frame, beyond) = host_of_frame(text, end);
        let framed =
            frame > end && text.at(beyond + 1) != '#' && for_us(text, end + 2, frame, rule);
        if !framed && !for_us(text, at + 1, host, rule) {
            foreign |= digits > 0;
        } else if match letters {
            0 => kind_of(digits, rule).is_some(),
            _ => {
                rule.backup == Backup::Alphanumeric
                    && digits + letters == usize::from(rule.backup_digits)
            }
        } {
            if ours.is_some() && value != text.value(start, end) {
                return Some(Err(Problem::Ambiguous));
            }
            (ours, value) = (Some((start, end)), text.value(start, end));
        }
    }
    match ours {
        Some(code) => Some(Ok(code)),
        None => foreign.then_some(Err(Problem::OtherSite)),
    }
}

/// Where the host that begins here ends, and where its port does.
#[inline(never)]
fn host(text: &Text, start: usize) -> (usize, usize) {
    let mut end = start;
    while text.is_word(end) || matches!(text.at(end), '.' | '-') {
        end += 1;
    }
    let mut after = end;
    if text.at(end) == ':' {
        after += 1;
        while text.is_digit(after) {
            after += 1;
        }
    }
    (end, after)
}

fn host_of_frame(text: &Text, end: usize) -> (usize, usize) {
    let marked = text.is_space(end) && matches!(text.at(end + 1), '@' | '%');
    if marked {
        host(text, end + 2)
    } else {
        (end, end)
    }
}

/// The page's host is the one of this span, or one below it (`login.example.com` for `@example.com`).
fn for_us(text: &Text, start: usize, mut end: usize, rule: &Rule) -> bool {
    let Some(page) = &rule.host else { return true };
    let page = page.as_bytes();
    // The port counts for nothing.
    let mut left = page.iter().position(|&b| b == b':').unwrap_or(page.len());
    if text.at(end - 1) == '.' {
        end -= 1;
    }
    let mut dotted = false;
    let mut byte = || {
        left = left.wrapping_sub(1);
        page.get(left).map(|b| char::from(b.to_ascii_lowercase()))
    };
    while end > start {
        end -= 1;
        let ch = text.at(end).to_ascii_lowercase();
        dotted |= ch == '.';
        if byte() != Some(ch) {
            return false;
        }
    }
    byte().is_none_or(|ch| ch == '.' && dotted)
}
