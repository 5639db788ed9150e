//! How much the words around a number speak for it.

use super::numbers::is_day_and_month;
use super::text::{self, Keyword, Number, Text};

/// Never a code.
pub(super) const NEVER: i32 = -1000;

/// The score of a candidate: how much the words around it speak for it. Below zero it is something else.
pub(super) fn score(text: &Text, c: &Number) -> i32 {
    if text.keyword(c.start) == text::LINK
        || is_amount(text, c.end, 1)
        || is_amount(text, c.start.wrapping_sub(1), usize::MAX)
    {
        return NEVER;
    }
    let before = before(text, c);
    let after = after(text, c);
    let day = c.start + 6;
    let date = c.end - c.start == 8
        && text.is_digit(c.start + 4)
        && text.value(c.start, c.start + 4, 10).abs_diff(2000) < 100
        && is_day_and_month(text.value(c.start + 4, day, 10), text.value(day, c.end, 10));
    match before.min(after) <= NEVER {
        true => NEVER,
        // 20261122 is a backup code only where the words call it one.
        false => before.max(before.min(0) + after) - if date { 60 } else { 0 },
    }
}

/// A unit follows, or the name of a currency precedes: `step` is the direction, 1 or `usize::MAX` for backwards.
/// A name between two numbers belongs to the other: 482913 JPY 5000
#[inline(never)]
fn is_amount(text: &Text, mut at: usize, step: usize) -> bool {
    while text.is(at, " .:") {
        at = at.wrapping_add(step);
    }
    let unit = text.keyword(at) == text::AMOUNT;
    while text.keyword(at) == text::AMOUNT || text.at(at) == ' ' {
        at = at.wrapping_add(step);
    }
    unit && !text.is_digit(at)
}

/// The score that the words before the candidate give.
fn before(text: &Text, c: &Number) -> i32 {
    let (mut gap, mut less, mut run, mut doubt) = (0, 0, 0, 0);
    let mut sentence = true;
    // How much is between the candidate and the number before it, if that is no date or amount.
    let mut other = None;
    let mut i = c.start;
    while i > 0 && i + 400 > c.start {
        i -= 1;
        if text.is_digit(i) {
            run += 1;
            if run == 4 {
                less += 40;
                sentence = false;
                let tied = text.at(i + 4) == '年' || text.is_digit(i + 5);
                other = (!tied).then_some(gap);
            }
            continue;
        }
        run = 0;
        let is_end = text.is_end(i);
        match text.keyword(i) {
            text::CODE => {
                if other.is_some_and(|other| gap < other + 4) {
                    // The keyword has its own number, though not of this site's length.
                    return 0;
                }
                if (gap > 6 || !sentence) && has_own_number(text, i) {
                    less += 40;
                }
                return (100 - gap / 2 - less).max(1) - doubt;
            }
            text::USE => return (60 - gap / 2 - less).max(0) - doubt,
            text::OTHER if gap < 4 && sentence => return NEVER,
            text::MAYBE if gap < 9 && sentence => {
                doubt = 60;
                sentence = false;
            }
            text::NUMBER | text::IS => {}
            // Not after an abbreviation: No. 771204
            _ if is_end && !(text.at(i) == '.' && is_label(text.keyword(i.wrapping_sub(1)))) => {
                less += 15;
                sentence = false;
            }
            _ => gap += i32::from(text.is_word(i)),
        }
    }
    -doubt
}

fn is_label(keyword: Keyword) -> bool {
    matches!(keyword, text::OTHER | text::MAYBE | text::NUMBER)
}

/// The keyword that ends at `last` already belongs to a number before it: 482913 is your code.
fn has_own_number(text: &Text, last: usize) -> bool {
    let mut i = last;
    while text.keyword(i) == text.keyword(last) {
        i = i.wrapping_sub(1);
    }
    while !matches!(text.keyword(i), text::OUTSIDE | text::OTHER | text::CODE)
        && i + 40 > last
        && !text.is_end(i)
    {
        if text.is_digit(i) {
            return text.is_digit(i.wrapping_sub(3));
        }
        i = i.wrapping_sub(1);
    }
    false
}

/// The score that the words after the candidate give.
fn after(text: &Text, c: &Number) -> i32 {
    let mut gap = 0;
    let mut is = false;
    for i in c.end..c.end + 100 {
        if text.is_digit(i) && text.is_digit(i + 3) {
            return 0;
        }
        let given = match text.keyword(i) {
            text::CODE => 80,
            text::USE => 50,
            _ => 0,
        };
        if given > 0 && !labels_next(text, i) {
            return given - gap / 2;
        }
        match text.keyword(i) {
            text::OUTSIDE => return 0,
            text::OTHER if is && gap < 9 => return NEVER,
            text::IS => is |= gap < 2,
            // A number that is a sentence by itself may be explained by the next.
            _ if text.is_end(i) && gap > 0 => return 0,
            _ if text.is_end(i) => gap = 30,
            _ if text.at(i) == '\n' => gap += 10,
            _ => gap += i32::from(text.is_word(i)),
        }
    }
    0
}

/// The keyword that begins at `first` is the label of a number that follows it.
fn labels_next(text: &Text, first: usize) -> bool {
    let mut i = first;
    while text.keyword(i) == text.keyword(first) {
        i += 1;
    }
    let end = i + 12;
    let mut letters = 0;
    while i < end && letters < 3 && !text.is_end(i) {
        if text.is_digit(i) {
            return text.is_digit(i + 3);
        }
        letters +=
            usize::from(text.is_word(i) && !matches!(text.keyword(i), text::IS | text::NUMBER));
        i += 1;
    }
    false
}
