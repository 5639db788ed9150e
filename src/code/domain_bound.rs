//! The last line of a domain-bound message, `@example.com #482913`, optionally ` @embedded.example` after it.
//! <https://wicg.github.io/sms-one-time-codes/>
//!
//! The standard demands a line of its own. A message pasted into an `<input>` has lost its line ends, so the line
//! is recognised anywhere in the text.

use super::reading::{Found, Problem};
use super::rule::kind_of;
use super::text::{Text, set};

/// The code that is bound to this page, or why the bound code cannot be used; [`Problem::NoCode`] if no line is
/// bound, or if the line bound to this page has no code that the rule allows.
pub(super) fn find(text: &Text) -> Found {
    let rule = text.rule;
    let mut found = Found::not_found(Problem::NoCode);
    for at in 0..text.len() {
        // A name precedes the @ of a mail address.
        if text.at(at) != '@' || text.is(at.wrapping_sub(1), set::MAIL_NAME) {
            continue;
        }
        let host = host(text, at + 1);
        let mut start = port(text, host);
        if host == at + 1 || !text.is_space(start) || text.at(start + 1) != '#' {
            continue;
        }
        start += 2;
        let (mut end, mut digits, mut letters) = (start, 0, 0);
        while text.is(end, set::HYPHENATED) {
            digits += usize::from(text.is_digit(end));
            letters += usize::from(text.is_letter(end));
            end += 1;
        }
        // The code may be followed by the host of the frame for which it is, unless that begins another such line.
        let framed = text.is_space(end) && text.is(end + 1, "@%") && {
            let frame = self::host(text, end + 2);
            frame > end + 2
                && text.at(port(text, frame) + 1) != '#'
                && is_page_host(text, end + 2, frame)
        };
        if !framed && !is_page_host(text, at + 1, host) {
            if digits > 0 && found.problem == Some(Problem::NoCode) {
                found.problem = Some(Problem::OtherSite);
            }
            continue;
        }
        if kind_of(digits + letters, letters > 0, rule).is_some() {
            if found.problem.is_none()
                && text.value(found.start, found.end, 36) != text.value(start, end, 36)
            {
                return Found::not_found(Problem::Ambiguous);
            }
            found = Found::in_message(start, end);
        }
    }
    found
}

/// The index after the host that begins at `end`.
#[inline(never)]
fn host(text: &Text, mut end: usize) -> usize {
    while text.is(end, set::HOST) {
        end += 1;
    }
    end
}

/// The index after the port, if there is one, of the host that ends at `end`.
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

/// The page's host is the host of this span, or a subdomain of it (`login.example.com` for `@example.com`).
#[inline(never)]
fn is_page_host(text: &Text, start: usize, mut end: usize) -> bool {
    let Some(page) = &text.rule.host else {
        return true;
    };
    let page = Text::new(page, text.rule);
    let mut left = host(&page, 0);
    if text.at(end - 1) == '.' {
        end -= 1;
    }
    let mut dotted = false;
    while end > start {
        end -= 1;
        left = left.wrapping_sub(1);
        dotted |= text.at(end) == '.';
        if !text.at(end).eq_ignore_ascii_case(&page.at(left)) {
            return false;
        }
    }
    left == 0 || (dotted && page.at(left.wrapping_sub(1)) == '.')
}
