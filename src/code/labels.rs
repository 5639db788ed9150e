//! The units and the labels directly beside a number.

use super::keywords::is_capitalized;
use super::text::{self, Keyword, Text, set};

/// A unit follows (`step` 1), or the name of a currency precedes (`usize::MAX`, backwards). Between two numbers it
/// belongs to the first, unless that is named as a code (OTP 482913 JPY 5000) or a colon parts them (OTP 482913: JPY 5000).
#[inline(never)]
pub(super) fn is_amount(text: &Text, start: usize, mut at: usize, step: usize) -> bool {
    let mut colon = false;
    while text.is(at, " .:") {
        colon |= text.at(at) == ':' || text.is_end(at);
        at = at.wrapping_add(step);
    }
    let unit = text.keyword(at) == text::AMOUNT;
    let ascii = text.at(at).is_ascii();
    let mut first = start;
    // A point ends an abbreviation: Rs. 5000
    while text.keyword(at) == text::AMOUNT || text.is(at, " .") {
        at = at.wrapping_add(step);
    }
    let between = text.is_digit(at);
    if between && colon {
        return false;
    }
    if step > 1 {
        while text.is(at, set::NUMBER) {
            first = at;
            at = at.wrapping_sub(1);
        }
    }
    // Without branches, for the size of the field's build.
    let coded = ascii & (label_before(text, first) == text::CODE);
    unit & (!between | (coded == (step > 1)))
}

/// The keyword before an index, with nothing but separators, "number" and "is" between.
pub(super) fn label_before(text: &Text, mut i: usize) -> Keyword {
    loop {
        i = i.wrapping_sub(1);
        let keyword = text.keyword(i);
        let passed = text.is(i, " :#(\"")
            || matches!(keyword, text::NUMBER | text::IS)
            || (text.at(i) == '.' && is_label(text.keyword(i.wrapping_sub(1))));
        if !passed {
            return keyword;
        }
    }
}

/// A label of something else, or "number".
#[inline(never)]
pub(super) fn is_label(keyword: Keyword) -> bool {
    matches!(
        keyword,
        text::OTHER | text::MAYBE | text::CUSTOMER | text::NUMBER
    )
}

/// The first index after the keyword that covers `i`, or with `usize::MAX` as the step, before it.
#[inline(never)]
pub(super) fn edge(text: &Text, mut i: usize, step: usize) -> usize {
    let keyword = text.keyword(i);
    while text.keyword(i) == keyword {
        i = i.wrapping_add(step);
    }
    i
}

/// The label directly before the word for a code that begins after `before` (tracking code, Kundencode), or none.
#[inline(never)]
pub(super) fn sort(text: &Text, before: usize) -> Keyword {
    if text.is(before.wrapping_add(1), "ckCKкκКΚコ代码碼코رקकকက") {
        text.keyword(before.wrapping_sub(usize::from(text.at(before) == ' ')))
    } else {
        text::NONE
    }
}

/// The word for a code that covers `i` is one of another sort: a label is directly before it, or behind it without a
/// number of its own (code client, code de retrait). A capitalised label behind it is a name: code Commandéo. Behind
/// "to" it is a verb: code to order.
pub(super) fn is_of_another_sort(text: &Text, i: usize) -> bool {
    let is_sort = |keyword| matches!(keyword, text::OTHER | text::CUSTOMER);
    let start = edge(text, i, usize::MAX);
    let end = edge(text, i, 1);
    is_sort(sort(text, start))
        || (text.is(start.wrapping_add(1), "cCk")
            && text.at(end) == ' '
            && (end..end + 4).any(|space| {
                text.at(space) == ' '
                    && (space == end || text.folded(end + 1) != 't')
                    && is_sort(text.keyword(space + 1))
                    && !is_capitalized(text, space + 1)
                    && !labels_next(text, space + 1, false)
            }))
}

/// The keyword that begins at `first` is the label of a number that follows it: right behind it, or in the same
/// clause, where the keyword is `apart` from the number before.
pub(super) fn labels_next(text: &Text, first: usize, apart: bool) -> bool {
    let mut i = edge(text, first, 1);
    let (reach, most) = if apart { (40, 40) } else { (12, 3) };
    let end = i + reach;
    let mut letters = 0;
    while i < end && letters < most && (apart || !text.is_end(i)) {
        if text.keyword(i) == text::FREE {
            return true;
        }
        letters +=
            usize::from(text.is_letter(i) && !matches!(text.keyword(i), text::IS | text::NUMBER));
        i += 1;
    }
    false
}

/// The index behind the number that begins at `first`, and a space.
#[inline(never)]
pub(super) fn behind(text: &Text, first: usize) -> usize {
    let end = edge(text, first, 1);
    end + usize::from(text.at(end) == ' ')
}

/// Whether the words after the number that begins at `first` belong to it: 118204的验证码, 118204の認証コード.
#[inline(never)]
pub(super) fn is_owner(text: &Text, first: usize) -> bool {
    text.is(behind(text, first), "的の의")
}
