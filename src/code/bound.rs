//! The last line of an origin-bound message, `@example.com #482913`, optionally ` @embedded.example` after it.
//! <https://wicg.github.io/sms-one-time-codes/>
//!
//! The standard wants it on a line of its own. A message pasted into an `<input>` has lost its line ends, so
//! the line is known wherever it stands.

use super::sign::Text;
use super::{Backup, Found, Problem, kind_of};

/// The code that is bound to this page, or why the bound code is not to be used; [`Problem::NoCode`] where no
/// line is bound, or where ours holds no code that the rule allows.
pub(super) fn find(text: &Text) -> Found {
    let rule = text.rule;
    let mut found = Found::none(Problem::NoCode);
    for at in 0..text.len() {
        // Before the @ of a mail address stands a name.
        if text.at(at) != '@' || text.is(at.wrapping_sub(1), "dx.-_+") {
            continue;
        }
        let host = host(text, at + 1);
        let mut start = port(text, host);
        if host == at + 1 || !text.is_space(start) || text.at(start + 1) != '#' {
            continue;
        }
        start += 2;
        let (mut end, mut digits, mut letters) = (start, 0, 0);
        while text.is(end, "dx-") {
            digits += usize::from(text.is_digit(end));
            letters += usize::from(text.is_letter(end));
            end += 1;
        }
        // After the code may stand the host of the frame for which it is meant, unless that begins a line like this.
        let framed = text.is_space(end) && text.is(end + 1, "@%") && {
            let frame = self::host(text, end + 2);
            frame > end + 2 && text.at(port(text, frame) + 1) != '#' && for_us(text, end + 2, frame)
        };
        if !framed && !for_us(text, at + 1, host) {
            if digits > 0 && found.problem == Some(Problem::NoCode) {
                found.problem = Some(Problem::OtherSite);
            }
            continue;
        }
        let allowed = if letters == 0 {
            kind_of(digits, rule).is_some()
        } else {
            rule.backup == Backup::Alphanumeric
                && digits + letters == usize::from(rule.backup_digits)
        };
        if allowed {
            if found.problem.is_none()
                && text.value(found.start, found.end, 36) != text.value(start, end, 36)
            {
                return Found::none(Problem::Ambiguous);
            }
            found = Found::code(start, end);
        }
    }
    found
}

/// Where the host that begins here ends.
#[inline(never)]
fn host(text: &Text, mut end: usize) -> usize {
    while text.is(end, "dy.-") {
        end += 1;
    }
    end
}

/// Where the port of the host that ends here does.
#[inline(never)]
fn port(text: &Text, mut end: usize) -> usize {
    if text.at(end) == ':' {
        end += 1;
        while text.is_digit(end) {
            end += 1;
        }
    }
    end
}

/// The page's host is the one of this span, or one below it (`login.example.com` for `@example.com`).
#[inline(never)]
fn for_us(text: &Text, start: usize, mut end: usize) -> bool {
    let Some(page) = &text.rule.host else {
        return true;
    };
    let page = Text::of(page, text.rule);
    let mut left = host(&page, 0);
    if text.at(end - 1) == '.' {
        end -= 1;
    }
    let mut dotted = false;
    while end > start {
        end -= 1;
        left = left.wrapping_sub(1);
        dotted |= text.at(end) == '.';
        if text.small(end) != page.small(left) {
            return false;
        }
    }
    left == 0 || (dotted && page.at(left.wrapping_sub(1)) == '.')
}
