//! The numbers of a message, and which of them is the code.

use alloc::vec::Vec;

use super::keywords;
use super::labels::is_amount;
use super::numbers::add;
use super::reading::{Found, Problem};
use super::rule::{Alphabet, Kind, kind_of};
use super::score::{NEVER, score};
use super::text::{self, Form, Number, Text, is_in, set};
use super::words;

/// The score of a number beside a word for a code; farther away it is lower.
const BESIDE: i32 = 70;
/// The score of a word beside a word for a code; a verb of entering it gives 70.
const NAMED: i32 = 75;
/// The lead over every other candidate that the code needs.
const AHEAD: i32 = 12;

/// The code of a message, [`Problem::NoCode`] or [`Problem::Ambiguous`].
///
/// `numbers_only` is for a text without words: then no number is taken out from beside one that only spaces or
/// quotation marks surround, since that could be a part of the code.
#[inline(never)]
pub(super) fn find(text: &mut Text, numbers_only: bool) -> Found {
    let none = Found::not_found(Problem::NoCode);
    if text.numbers.is_empty() && !text.rule.has_letters() {
        return none;
    }
    keywords::find(text);
    text.find_phones();
    let mut found = Vec::new();
    candidates(text, &mut found);
    if text.rule.has_letters() {
        words::find(text, &mut found);
    }
    set_labelled(text, &found);
    if numbers_only {
        let inside = |i: usize| found.iter().any(|c: &Number| c.start <= i && i < c.end);
        for a in &text.numbers {
            if text.is(a.start.wrapping_sub(1), EDGE) && text.is(a.end, EDGE) && !inside(a.start) {
                return none;
            }
        }
    }
    // Are there words beside the candidates?
    let (mut worded, mut named) = (false, false);
    for i in 0..text.len() {
        worded |= text.is_letter(i) && text.keyword(i) != text::FREE;
        named |= text.keyword(i) == text::CODE;
    }
    for c in &mut found {
        c.score = score(text, c);
        // A line of its own names a code of letters and digits.
        if c.form == Form::Solid
            && c.score >= 0
            && text.at(c.start.wrapping_sub(1)) == '\n'
            && text.at(c.end) == '\n'
        {
            c.score = c.score.max(NAMED);
        }
    }
    let (mut best, mut rival, mut listed, mut value) = (NEVER, NEVER, NEVER, 0);
    let mut place = none;
    for (i, c) in found.iter().enumerate() {
        // A number without a keyword is taken only if the text has no word for a code; a backup code never.
        let least = if c.form != Form::Number {
            NAMED
        } else if c.weak {
            BESIDE
        } else if !worded {
            0
        } else if c.kind == Some(Kind::Code) {
            i32::from(named || !c.plain || text.rule.code != Alphabet::Digits)
        } else {
            40
        };
        if c.score < least {
            // Too low even to make the choice ambiguous.
        } else if c.score > best {
            if value != c.value {
                rival = best;
            }
            (best, value) = (c.score, c.value);
            place = Found::in_message(c.start, c.end);
        } else if value != c.value {
            rival = rival.max(c.score);
        }
        if let Some(next) = found.get(i + 1)
            && is_list(text, c, next)
        {
            listed = listed.max(c.score.max(next.score));
        }
    }
    if best > NEVER && best - rival.max(listed) < AHEAD {
        return Found::not_found(Problem::Ambiguous);
    }
    // Without a keyword it may be anything in a text of several numbers; short ones, years and phone numbers do not count.
    let is_other = |(i, n): (usize, &Number)| {
        n.length() > 2
            && text.keyword(n.start) != text::LINK
            && n.value != value
            && !(place.start..place.end).contains(&n.start)
            && text.short(i).abs_diff(2000) > 99
            && (n.length() < 10 || text.at(n.start) != '0')
    };
    if best == 0 && worded && text.numbers.iter().enumerate().any(is_other) {
        place = Found::not_found(Problem::NoCode);
    }
    place
}

/// The characters around a bare number.
const EDGE: &str = " \n\"";

/// Next to nothing is between two numbers: words about one of them are about both.
fn is_list(text: &Text, a: &Number, b: &Number) -> bool {
    let mut at = a.end;
    while at < a.end + 6
        && matches!(text.keyword(at), text::NONE | text::NUMBER)
        && text.at(at) != '!'
        && at < b.start
    {
        at += 1;
    }
    at == b.start
        && a.kind == b.kind
        && a.value != b.value
        && a.score.min(b.score) > NEVER
        && (a.score.max(b.score) >= BESIDE || !(a.weak | b.weak))
}

/// No link, no phone number, no amount, and no part of something longer.
fn is_free(text: &Text, from: usize, to: usize) -> bool {
    let start = text.number(from).start;
    text.keyword(start) != text::LINK
        && text.is_open(from, to)
        && !is_amount(text, start, text.number(to - 1).end, 1)
        && !is_amount(text, start, start.wrapping_sub(1), usize::MAX)
}

/// Sets the keyword of the numbers that may have a label.
fn set_labelled(text: &mut Text, found: &[Number]) {
    for i in 0..text.numbers.len() {
        let a = text.number(i);
        let (start, end) = (a.start, a.end);
        if a.plain && a.length() > 3 && is_free(text, i, i + 1) {
            text.set_keyword(start, end, text::FREE);
        }
    }
    for c in found {
        text.set_keyword(c.start, c.end, text::FREE);
    }
}

/// The numbers that could be a code by their form.
fn candidates(text: &Text, found: &mut Vec<Number>) {
    let mut i = 0;
    while i < text.numbers.len() {
        let a = text.number(i);
        let row = text.group(i);
        let (end, each) = row.unwrap_or((i + 1, 1));
        // Groups of two are as often dates.
        let loose =
            row.is_some() && (is_in(text.separator(i), ".,") || (each == 3 && a.length() == 2));
        // A word for a code may adjoin it: OTP482913.
        let mut start = a.end;
        while start > a.start && text.is_digit(start - 1) {
            start -= 1;
        }
        let glued = !a.plain && !a.weak && text.keyword(start.wrapping_sub(1)) == text::CODE;
        if !glued {
            start = a.start;
        }
        // A date before a time: 22-11-26 10:30
        let timed = loose && text.is_dated(end);
        let could = !timed && is_free(text, i, end) && (glued || a.plain || a.weak);
        while i < end {
            let (a, z) = (text.number(i), text.number(i + each - 1));
            let start = start.max(a.start);
            let length = (start..z.end).filter(|&i| text.is(i, set::CODE)).count();
            if could && kind_of(length, false, text.rule).is_some() {
                let prefixed =
                    text.at(start.wrapping_sub(1)) == '-' && text.is_letter(start.wrapping_sub(4));
                add(
                    found,
                    text,
                    start,
                    z.end,
                    length,
                    !prefixed,
                    loose || a.weak,
                );
            }
            i += each;
        }
    }
}
