//! How much the words around a number speak for it.

use super::numbers::is_day_and_month;
use super::text::{self, Keyword, Number, Text};

/// Never a code.
pub(super) const NEVER: i32 = -1000;
/// What a word for the purpose of a code (sign in, new) adds to a word for a code beside it.
const PURPOSE: i32 = 20;

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

/// A unit follows (`step` 1), or the name of a currency precedes (`usize::MAX`, backwards). Between two numbers, an
/// ASCII name may belong to the second, 482913 JPY 5000, and any other unit belongs to the first, 5000円 482913.
#[inline(never)]
fn is_amount(text: &Text, mut at: usize, step: usize) -> bool {
    let mut colon = false;
    while text.is(at, " .:") {
        colon |= text.at(at) == ':';
        at = at.wrapping_add(step);
    }
    let unit = text.keyword(at) == text::AMOUNT;
    let other = colon || text.at(at).is_ascii() == (step == 1);
    while text.keyword(at) == text::AMOUNT || text.at(at) == ' ' {
        at = at.wrapping_add(step);
    }
    unit && !(other && text.is_digit(at))
}

/// The keyword before an index, with nothing but separators, "number" and "is" between; FOR for a currency sign.
fn label_before(text: &Text, mut i: usize) -> Keyword {
    let mut colon = false;
    loop {
        i = i.wrapping_sub(1);
        colon |= text.at(i) == ':';
        if text.at(i) == '$' && !colon {
            return text::FOR;
        }
        if !text.is(i, " :.#(\"") && !matches!(text.keyword(i), text::NUMBER | text::IS) {
            return text.keyword(i);
        }
    }
}

/// The score that the words before the candidate give.
fn before(text: &Text, c: &Number) -> i32 {
    let (mut gap, mut less, mut run, mut doubt) = (0, 0, 0, 0);
    let mut sentence = true;
    // How much is between the candidate and the number before it, if that is no date, amount or the like.
    let mut other = None;
    // The score of a word for the purpose of a code, and the place of the word.
    let mut purpose = None;
    // A label of something else names the purpose, if a word for a code precedes it: code for this order: 482913
    let (mut named, mut for_it) = (false, false);
    // The candidate is joined to the words before by a colon or "is".
    let mut joined = false;
    let mut enclosed = false;
    // The last digit of the number that is being passed.
    let mut last = 0;
    let mut i = c.start;
    // The short prefix of a sender: HLB-482913
    if text.at(i.wrapping_sub(1)) == '-' {
        i -= 1;
        while text.is_letter(i.wrapping_sub(1)) && text.keyword(i.wrapping_sub(1)) != text::CODE {
            i -= 1;
        }
    } else if label_before(text, i) == text::FOR {
        return NEVER;
    }
    while i > 0 && i + 400 > c.start {
        i -= 1;
        let keyword = text.keyword(i);
        if text.is_digit(i) {
            if run == 0 {
                last = i;
            }
            run += 1;
            if run == 4 && !enclosed {
                let mut first = i;
                while text.is_word(first.wrapping_sub(1)) {
                    first -= 1;
                }
                let tied = keyword == text::LINK
                    || text.at(last + 1) == '年'
                    || text.is_digit(last + 2)
                    || text.keyword(last + 2) == text::AMOUNT
                    || !matches!(
                        label_before(text, first),
                        text::NONE | text::CODE | text::USE | text::OUTSIDE
                    );
                less += if tied { 10 } else { 40 };
                sentence = false;
                if named {
                    return NEVER;
                }
                if let Some((score, _)) = purpose {
                    return score;
                }
                other = (!tied).then_some(gap);
            }
            continue;
        }
        if text.is(i, " -") && text.is_digit(i + 1) && text.is_digit(i.wrapping_sub(1)) {
            continue;
        }
        run = 0;
        let c = text.at(i);
        if c == ')' {
            let mut open = i;
            while open.wrapping_add(40) > i && !text.is(open, "(\n") {
                open = open.wrapping_sub(1);
            }
            enclosed = text.at(open) == '(';
        }
        if c == '(' {
            // Inside parentheses after the word for a code, with a label of its own.
            if !enclosed && gap > 0 {
                less += 30;
            }
            enclosed = false;
        }
        let is_end = text.is_end(i);
        match keyword {
            text::CODE => {
                if other.is_some_and(|other| gap < other + 4) {
                    // The keyword has its own number, though not of this site's length.
                    return 0;
                }
                if named && !for_it {
                    return NEVER;
                }
                if (gap > 6 || !sentence) && !joined && has_own_number(text, i) {
                    less += 40;
                }
                let mut start = i;
                while text.keyword(start) == text::CODE {
                    start = start.wrapping_sub(1);
                }
                // A code of another sort: tracking code, Kundencode
                let label = text.keyword(start.wrapping_sub(usize::from(text.at(start) == ' ')));
                if is_label(label) && text.is(start + 1, "ckCKкκКΚ") {
                    if label == text::OTHER {
                        return NEVER;
                    }
                    doubt = 60;
                }
                let adjective = adjective(text, start);
                if adjective == text::DEAD {
                    return NEVER;
                }
                let bonus = if adjective == text::USE || purpose.is_some() {
                    PURPOSE
                } else {
                    0
                };
                return (100 + bonus - gap / 2 - less).max(1) - doubt;
            }
            _ if enclosed => {}
            text::USE => {
                for_it = true;
                if purpose.is_none() {
                    purpose = Some(((60 - gap / 2 - less).max(0) - doubt, gap));
                }
            }
            text::FOR => for_it = true,
            text::OTHER if gap < 4 && sentence => {
                if !joined {
                    return NEVER;
                }
                if !named {
                    less += 30;
                }
                named = true;
            }
            text::MAYBE if gap < 9 && sentence => {
                doubt = 60;
                sentence = false;
            }
            text::NUMBER => {}
            text::IS => joined |= gap < 2,
            // Not after an abbreviation: No. 771204
            _ if is_end && !(c == '.' && is_label(text.keyword(i.wrapping_sub(1)))) => {
                if named {
                    return NEVER;
                }
                if let Some((score, _)) = purpose {
                    return score;
                }
                less += 15;
                sentence = false;
            }
            _ => {
                joined |= c == ':' && gap < 2;
                gap += i32::from(text.is_word(i));
            }
        }
        if let Some((score, place)) = purpose
            && gap > place + 24
        {
            return if named { NEVER } else { score };
        }
    }
    if named {
        return NEVER;
    }
    match purpose {
        Some((score, _)) => score,
        None => -doubt,
    }
}

/// The keyword that qualifies the word for a code that begins after `i`: [`text::USE`], [`text::DEAD`], or none.
fn adjective(text: &Text, mut i: usize) -> Keyword {
    let first = i;
    while i.wrapping_add(12) > first
        && !text.is(i, ",;:\n(")
        && !text.is_end(i)
        && !text.is_digit(i)
    {
        let keyword = text.keyword(i);
        if matches!(keyword, text::USE | text::DEAD | text::OUTSIDE) {
            return keyword;
        }
        i = i.wrapping_sub(1);
    }
    text::NONE
}

#[inline(never)]
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
    let (mut best, mut bonus) = (0, 0);
    for i in c.end..c.end + 100 {
        if text.is_digit(i) && text.is_digit(i + 3) {
            return best;
        }
        let keyword = text.keyword(i);
        match keyword {
            text::DEAD if gap < 30 => return NEVER,
            text::CODE | text::USE if best < 80 => {
                if !labels_next(text, i) {
                    best = best.max(
                        if keyword == text::CODE {
                            80 + bonus
                        } else {
                            50
                        } - gap / 2,
                    );
                    if keyword == text::USE {
                        bonus = PURPOSE;
                    }
                }
            }
            text::OUTSIDE => return best,
            text::OTHER if is && gap < 9 && best == 0 => return NEVER,
            text::IS => is |= gap < 2,
            // A number that is a sentence by itself may be explained by the next.
            _ if text.is_end(i) && gap > 0 => return best,
            _ if text.is_end(i) => gap = 30,
            _ if text.at(i) == '\n' => gap += 10,
            _ if best > 0 && text.is(i, ",;") => return best,
            _ => gap += i32::from(text.is_word(i)),
        }
    }
    best
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
