//! How much the words around a number speak for it.

use super::labels::{
    behind, edge, is_label, is_of_another_sort, is_owner, label_before, labels_next, sort,
};
use super::numbers::is_day_and_month;
use super::outcome::is_reported;
use super::second_list::has_more;
use super::text::{self, Form, Keyword, Number, Text};

/// Never a code.
pub(super) const NEVER: i32 = -1000;
/// The points that a word for the purpose of a code (sign in, new) adds to a word for a code beside it.
const PURPOSE: i32 = 20;

/// The score of a candidate: how much the words around it speak for it. Below zero it is something else.
pub(super) fn score(text: &Text, c: &Number) -> i32 {
    let before = before(text, c);
    let after = after(text, c, before < 0);
    let (low, high) = (before.min(after), before.max(after));
    if low <= NEVER {
        return NEVER;
    }
    let day = c.start + 6;
    let date = c.end - c.start == 8
        && text.is_digit(c.start + 4)
        && text.value(c.start, c.start + 4, 10).abs_diff(2000) < 100
        && is_day_and_month(text.value(c.start + 4, day, 10), text.value(day, c.end, 10));
    // 20261122 is a backup code only where the words call it one.
    let mut score = high
        + if low > 0 && high < 80 {
            low / 3
        } else {
            before.min(0)
        };
    if date {
        score -= 60;
    }
    if score == 0 && is_inside(text, c) {
        return -1;
    }
    score
}

/// Words of the same sentence precede and follow the number, with nothing but a space between: room 482913 is ready.
fn is_inside(text: &Text, c: &Number) -> bool {
    let before = c.start.wrapping_sub(1);
    let before = before.wrapping_sub(usize::from(text.at(before) == ' '));
    let after = c.end + usize::from(text.at(c.end) == ' ');
    text.is_letter(before) && text.is_letter(after) && text.keyword(before) != text::IS
}

/// The score that the words before the candidate give.
fn before(text: &Text, c: &Number) -> i32 {
    let form = c.form;
    let (mut gap, mut less, mut doubt) = (0, 0, 0);
    let mut sentence = true;
    // How much is between the candidate and the number before it, if nothing else names that.
    let mut other = None;
    // The score of a word for the purpose of a code, and the place of the word.
    let mut purpose = None;
    // A label of something else names the purpose, if a word for a code precedes it: code for this order: 482913
    let (mut named, mut for_it) = (false, false);
    // The candidate is joined to the words before by a colon or "is".
    let (mut joined, mut linked) = (false, false);
    let (mut enclosed, mut far) = (false, false);
    // Another number was passed; the candidate is called the number of something.
    let (mut passed, mut numbered) = (false, false);
    let start = c.start;
    let is_subject = has_more() && text.keyword(behind(text, start)) == text::IS;
    let mut i = start;
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
        if keyword == text::FREE || text.is_digit(i) {
            // The first digit of another number, of four digits or more.
            if keyword == text::LINK {
                sentence = false;
                if named {
                    return NEVER;
                }
            }
            if keyword == text::FREE && text.keyword(i.wrapping_sub(1)) != text::FREE && !enclosed {
                let label = label_before(text, i);
                let alone = matches!(
                    label,
                    text::NONE | text::CODE | text::USE | text::OUTSIDE | text::FREE
                );
                less += if alone { 40 } else { 10 };
                (sentence, passed) = (false, true);
                if named || purpose.is_some() {
                    break;
                }
                let edge = i.wrapping_sub(1);
                let quote = edge.wrapping_sub(usize::from(text.at(edge) == ' '));
                if linked
                    && !is_subject
                    && (gap == 0 || (has_more() && is_owner(text, start)))
                    && (text.is(edge, "\n!")
                        || text.keyword(edge) == text::OUTSIDE
                        // 【ひばり】482913は
                        || (has_more() && alone && text.at(quote) == '"'))
                {
                    // 482913は31802245への振込の確認コードです
                    return NEVER;
                }
                other = alone.then_some(gap);
            }
            continue;
        }
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
        let is_end = text.is_end(i) || (form != Form::Number && gap > 0 && text.at(i) == '\n');
        let placed = match form {
            Form::Number => true,
            Form::Loose => sentence && joined && gap == 0,
            Form::Solid => sentence && (joined || gap == 0),
        };
        match keyword {
            text::CODE | text::USE if !placed => return 0,
            text::CODE => {
                if other.is_some_and(|other| gap < other + 4) {
                    // The keyword has its own number, though not of this site's length.
                    return 0;
                }
                if named && (!for_it || has_own_number(text, i)) {
                    return NEVER;
                }
                if (gap > 6 || !sentence) && !joined && has_own_number(text, i) {
                    less += 40;
                }
                let start = edge(text, i, usize::MAX);
                let label = sort(text, start);
                if is_label(label) {
                    if label != text::MAYBE {
                        return if passed { 0 } else { NEVER };
                    }
                    doubt = 60;
                }
                let adjective = adjective(text, start);
                if matches!(adjective, text::DEAD | text::OLD) {
                    return if passed { 0 } else { NEVER };
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
            text::OLD if gap < 4 && sentence && purpose.is_none() => return NEVER,
            text::OTHER if gap < 12 && sentence && gap > 3 => {
                far = true;
                gap += i32::from(text.is_word(i));
            }
            // 118204 is your order and 482913 is your code.
            text::OTHER if is_subject && gap < 4 && has_own_number(text, i) => {}
            text::OTHER if gap < 4 && sentence => {
                if !joined {
                    return NEVER;
                }
                if !named {
                    less += 30;
                }
                named = true;
            }
            text::MAYBE | text::CUSTOMER if gap < 9 && sentence => {
                // Code client, código do cliente, code pour le retrait
                let start = edge(text, i, usize::MAX);
                if gap == 0
                    && keyword == text::CUSTOMER
                    && (0..7).any(|k| text.keyword(start.wrapping_sub(k)) == text::CODE)
                {
                    return NEVER;
                }
                doubt = 60;
                sentence = false;
            }
            // Not where it is all of its sentence: Here is your code. Number: 482913
            text::NUMBER => {
                let before = edge(text, i, usize::MAX);
                let before = before.wrapping_sub(usize::from(text.at(before) == ' '));
                numbered |= sentence && gap < 16 && (gap > 0 || text.is_letter(before));
            }
            text::IS => {
                joined |= gap < 2;
                linked = true;
            }
            // Not after an abbreviation: No. 771204
            _ if is_end
                && !(is_label(text.keyword(i.wrapping_sub(1))) && text.at(i + 1) == ' ') =>
            {
                // Also where it is called the number of something in a sentence of its own.
                if named || numbered || purpose.is_some() {
                    break;
                }
                less += 15;
                sentence = false;
            }
            _ => {
                joined |= c == ':' && gap < 2;
                gap += i32::from(text.is_word(i));
            }
        }
        if purpose.is_some_and(|(_, place)| gap > place + 24) {
            break;
        }
    }
    if named {
        return NEVER;
    }
    match purpose {
        Some((score, _)) => score,
        None if far => NEVER,
        None => -doubt - i32::from(numbered),
    }
}

/// The keyword that qualifies the word for a code that begins after `i`: [`text::USE`], [`text::DEAD`],
/// [`text::OLD`], or none.
fn adjective(text: &Text, mut i: usize) -> Keyword {
    let first = i;
    let mut found = text::NONE;
    while i.wrapping_add(20) > first
        && !text.is(i, ",;:\n(")
        && !text.is_end(i)
        && !text.is_digit(i)
    {
        let keyword = text.keyword(i);
        match keyword {
            // It is about a number before it: code 118204 has expired, the code is 482913
            text::DEAD if has_own_number(text, i) => return found,
            text::DEAD => return keyword,
            text::OLD if found == text::NONE => return keyword,
            // The purpose may be between: the expired sign-in code
            text::USE => found = keyword,
            _ => {}
        }
        i = i.wrapping_sub(1);
    }
    found
}

/// The keyword that ends at `last` already belongs to a number before it: 482913 is your code.
fn has_own_number(text: &Text, last: usize) -> bool {
    let mut i = edge(text, last, usize::MAX);
    while !matches!(text.keyword(i), text::OUTSIDE | text::OTHER | text::CODE)
        && i + 40 > last
        && !text.is_end(i)
    {
        if text.is_digit(i) {
            let free = text.keyword(i) == text::FREE;
            // The number of an order is not the keyword's.
            let first = || edge(text, i, usize::MAX).wrapping_add(1);
            return free && label_before(text, first()) != text::OTHER;
        }
        i = i.wrapping_sub(1);
    }
    false
}

/// The score that the words after the candidate give. With `named`, words before it say what it is.
fn after(text: &Text, c: &Number, named: bool) -> i32 {
    let mut gap = 0;
    let (mut is, mut future) = (false, false);
    // A line, a sentence or a clause has ended.
    let (mut apart, mut comma, mut closed) = (false, false, false);
    // A label of something else follows, and that has a number: 482913 is the code for order 118204, 482913 是订单 118204 的验证码
    let (mut order, mut passed) = (false, 0);
    // The candidate is the number of what follows: 118204 numaralı sipariş. Only languages of the second list write so.
    let mut numbered = false;
    let (mut best, mut bonus) = (0, 0);
    if has_more() && is_reported(text, c.end) {
        return NEVER;
    }
    for i in c.end..c.end + 100 {
        let keyword = text.keyword(i);
        let sign = text.at(i);
        match keyword {
            text::FREE
                if passed == i
                    || (passed == 0
                        && !apart
                        // 118204 is your order and 482913 is your code.
                        && !(has_more() && text.keyword(behind(text, i)) == text::IS)
                        && (order
                            || (is && gap == 0)
                            || (has_more()
                                && ((is && is_owner(text, i))
                                    || text.keyword(behind(text, i)) == text::NUMBER)))) =>
            {
                passed = i + 1;
            }
            text::FREE | text::OUTSIDE => break,
            text::OLD if closed || apart || text.at(i - 1) == '(' => break,
            text::DEAD if gap < 30 && !future => {
                if !(is_future(text, i) || apart && labels_next(text, i, true)) {
                    return NEVER;
                }
            }
            text::LATER => future = true,
            text::CODE if c.form != Form::Number && !is => {}
            text::CODE if passed == 0 && is_of_another_sort(text, i) => {}
            text::CODE | text::USE if !closed && best < 80 && c.form != Form::Loose => {
                if !labels_next(text, i, apart) {
                    let given = if keyword == text::CODE { 80 } else { 50 };
                    best = best.max(given + bonus - gap / 2);
                    if keyword == text::USE {
                        bonus = PURPOSE;
                    }
                }
            }
            text::OTHER if gap < 9 && !comma && !closed => order = !apart,
            text::IS => is |= gap < 2,
            text::NUMBER => numbered |= has_more() && gap == 0,
            // A number that is a sentence by itself may be explained by the next.
            _ if text.is_end(i) && (gap > 0 || named || (has_more() && passed > 0)) => break,
            _ if text.is_end(i) => (gap, apart) = (30, true),
            _ if sign == '\n' => (gap, apart) = (gap + 10, true),
            _ if text.is(i, ",;/") => {
                // Words behind it add nothing to what is known; but the code may have expired.
                closed |= best > 0;
                comma |= !has_more() || !is || gap > 0;
            }
            _ => {
                // Not where it counts tries: 5回失敗したため無効です
                future |= text.is_digit(i) && !text.is(i + 1, "回次회");
                gap += i32::from(text.is_word(i));
            }
        }
    }
    // 118204 is your order number, the code for 118204 is 482913
    if order && ((is && best == 0) || (numbered && passed == 0)) {
        return NEVER;
    }
    if has_more() && is && best == 0 && passed > 0 {
        return NEVER;
    }
    best
}

/// The keyword at `i` is about the time to come: no longer valid after 10 minutes, 期限切れの場合は.
fn is_future(text: &Text, i: usize) -> bool {
    let next = edge(text, i, 1);
    let mut at = i;
    while at < i + 22 && !text.is_end(at) && !text.is(at, "d\n,;") {
        if at < next + 5 && text.keyword(at) == text::LATER {
            return true;
        }
        at += 1;
    }
    let mut end = at;
    while text.is_digit(end) {
        end += 1;
    }
    end > at && end < at + 3 && text.keyword(at) == text::NONE && !text.is(end, ":/.-")
}
