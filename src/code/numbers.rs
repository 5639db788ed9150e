//! The numbers of a text: how they are grouped, and whether they are part of something longer.

use alloc::vec::Vec;

use super::rule::{Rule, kind_of};
use super::second_list::has_more;
use super::text::{self, Form, Number, Text, is_in, look_alike, set};

/// Adds a number with `length` characters besides separators.
#[inline(never)]
pub(super) fn add(
    numbers: &mut Vec<Number>,
    text: &Text,
    start: usize,
    end: usize,
    length: usize,
    plain: bool,
    weak: bool,
) {
    numbers.push(Number {
        start,
        end,
        plain,
        weak,
        form: Form::Number,
        kind: kind_of(length, false, text.rule),
        value: text.value(start, end, 36),
        score: 0,
    });
}

impl Text<'_> {
    /// Fills in the numbers of the text: its runs of ASCII letters and digits that contain a digit.
    pub(super) fn find_numbers(&mut self) {
        let mut numbers = Vec::new();
        let mut end = 0;
        while end < self.len() {
            let start = end;
            let (mut digits, mut look_alikes) = (0, 0);
            loop {
                let alike = look_alike(self.at(end)) != ' ';
                // A bar beside a letter separates words; a letter beyond ASCII ends the run.
                let bar = self.at(end) == '|'
                    && (self.is_letter(end + 1) || self.is_letter(end.wrapping_sub(1)));
                if bar || !(alike || self.is(end, set::ALPHANUMERIC)) {
                    break;
                }
                digits += usize::from(self.is_digit(end));
                look_alikes += usize::from(alike);
                end += 1;
            }
            let length = end - start;
            if digits > 0 {
                let weak = digits + look_alikes == length
                    && look_alikes > 0
                    && digits > look_alikes
                    && kind_of(length, false, self.rule).is_some()
                    && !self.rule.has_letters();
                add(
                    &mut numbers,
                    self,
                    start,
                    end,
                    length,
                    digits == length,
                    weak,
                );
            }
            end = end.max(start + 1);
        }
        self.numbers = numbers;
    }

    /// The separator between a number and the next: one separator, `=` for a dash between spaces, a line end for
    /// anything else.
    #[inline(never)]
    pub(super) fn separator(&self, i: usize) -> char {
        let end = self.number(i).end;
        let first = self.at(end);
        match self.number(i.wrapping_add(1)).start.wrapping_sub(end) {
            1 => first,
            2 if first == ',' && self.at(end + 1) == ' ' => ',',
            // Digits that are read aloud: 4. 8. 2. 9. 1. 3.
            2 if first == '.' && self.at(end + 1) == ' ' => ';',
            3 if first == ' ' && self.at(end + 1) == '-' && self.at(end + 2) == ' ' => '=',
            _ => '\n',
        }
    }

    /// The value of a number that may be part of a date: at most four digits. 9999 for others.
    #[inline(never)]
    pub(super) fn short(&self, i: usize) -> u64 {
        let n = self.number(i);
        if n.plain && n.length() < 5 {
            self.value(n.start, n.end, 10)
        } else {
            9999
        }
    }

    /// This number and the next are of a date or a time: 10:30, 11/22, 11-22 before or after a year, 22.11.26.
    pub(super) fn is_dated(&self, i: usize) -> bool {
        let separator = self.separator(i);
        let (x, y) = (self.short(i), self.short(i + 1));
        if separator == ':' {
            return x < 25 && y < 60 && self.number(i + 1).length() == 2;
        }
        let before = i.wrapping_sub(1);
        let third = if self.separator(i + 1) == separator {
            self.short(i + 2)
        } else if self.separator(before) == separator {
            self.short(before)
        } else {
            9999
        };
        let year = third.abs_diff(2000) < 100 || (third < 100 && separator == '.');
        is_day_and_month(x, y) && (separator == '/' || (year && is_in(separator, ".-")))
    }

    /// A number that may be a group of a code: digits alone, with no other separator tying it to a neighbour.
    #[inline(never)]
    fn is_simple(&self, i: usize, separator: char) -> bool {
        let n = self.number(i);
        let tied = |l: char| l != separator && is_in(l, "-~._,:/+");
        n.plain
            && n.length() < 6
            // A year: 7304 2026年
            && self.keyword(n.end) != text::AMOUNT
            && !tied(self.separator(i))
            && !tied(self.separator(i.wrapping_sub(1)))
    }

    /// The evenly grouped code that begins at this number (123 456, 12-34-56-78, 4 8 2 9 1 3): the index after its
    /// last number, and how many numbers make one code (several backup codes may be pasted as one line).
    pub(super) fn group(&self, i: usize) -> Option<(usize, usize)> {
        let separator = self.separator(i);
        let loose = is_in(separator, " =");
        let size = self.number(i).length();
        let listed = is_in(separator, ",;") && size == 1;
        if !loose && !listed && !is_in(separator, "-~._") {
            return None;
        }
        let before = i.wrapping_sub(1);
        if !self.is_simple(i, separator)
            || (self.separator(before) == separator
                && (self.is_simple(before, separator) || !loose))
        {
            return None;
        }
        let (mut end, mut total, mut uneven) = (i, 0, 0);
        while self.is_simple(end, separator) && (end == i || self.separator(end - 1) == separator) {
            let length = self.number(end).length();
            total += length;
            uneven |= length.abs_diff(size);
            end += 1;
        }
        let row = end - i;
        if row > 1 && kind_of(total, false, self.rule).is_some() {
            return (uneven == 0 || (uneven == 1 && row == 2)).then_some((end, row));
        }
        // Three codes or more; sixteen digits in fours are a card.
        let Rule {
            digits,
            backup_digits,
            ..
        } = *self.rule;
        for length in [backup_digits, digits] {
            let length = usize::from(length);
            let each = length / size.max(1);
            if uneven == 0
                && each > 1
                && each * size == length
                && row.is_multiple_of(each)
                && row > 2 * each
                && kind_of(length, false, self.rule).is_some()
            {
                return Some((end, each));
            }
        }
        None
    }

    /// Nothing adjoins the numbers `from..to` that makes them part of something longer.
    pub(super) fn is_open(&self, from: usize, to: usize) -> bool {
        let start = self.number(from).start;
        let end = self.number(to - 1).end;
        let before = start.wrapping_sub(1);
        let mut beyond = before.wrapping_sub(1);
        let mut tied = self.is_tied(before, beyond, "+$&", "/_", ":,.");
        tied |= self.at(before) == ' ' && self.at(beyond) == '$';
        tied |= self.at(before) == '*' && self.at(end) != '*';
        if self.at(before) == '-' {
            // A short prefix of the sender (G-482913), or a word for a code.
            while self.is_letter(beyond) {
                beyond = beyond.wrapping_sub(1);
            }
            tied = self.is_digit(beyond)
                || (before.wrapping_sub(beyond) > 3
                    && self.keyword(before.wrapping_sub(1)) != text::CODE
                    && !self.is_prefix(beyond.wrapping_add(1), before));
        }
        // A currency sign belongs to the number that follows it.
        let next = end + usize::from(self.at(end) == ' ');
        let beyond = next + 1 + usize::from(self.at(next + 1) == ' ');
        tied |= self.at(next) == '$' && !self.is_digit(beyond);
        // A time follows the comma, not a decimal: 482913,5分钟内有效
        let unit = self.number(to).end;
        let unit = unit + usize::from(self.at(unit) == ' ');
        let timed = has_more() && self.at(end) == ',' && self.is(unit, "分秒年小");
        tied |= !timed && self.is_tied(end, end + 1, "%@&", "-_", "/:,.");
        !tied
    }

    /// The character at `i`, beside a number, ties it to the one at `beyond`: those of `always` do in any case,
    /// those of `word` before a word, those of `number` before a digit.
    #[inline(never)]
    fn is_tied(&self, i: usize, beyond: usize, always: &str, word: &str, number: &str) -> bool {
        self.is(i, always)
            || (self.is(i, word) && self.is_word(beyond))
            || (self.is(i, number) && self.is_digit(beyond))
    }

    /// The prefix of a sender, of three to six capitals: HLB-482913.
    fn is_prefix(&self, start: usize, end: usize) -> bool {
        end - start < 7 && (start..end).all(|i| self.at(i).is_ascii_uppercase())
    }

    /// Sets the keyword of phone numbers that are written in groups: +44 7700 900417, 0049 30 900417,
    /// (03) 1234-5678.
    pub(super) fn find_phones(&mut self) {
        for i in 0..self.numbers.len() {
            let first = self.number(i);
            let start = first.start;
            let plus = self.at(start.wrapping_sub(1)) == '+';
            // 00 in most of the world, 011 in North America
            let abroad = plus
                || (self.at(start) == '0'
                    && (self.at(start + 1) == '0'
                        || (first.length() == 3 && self.value(start, first.end, 10) == 11)));
            if !first.plain
                || first.length() > 15
                || !(plus || self.at(start) == '0' && first.length() < 6)
            {
                continue;
            }
            let (least, most) = if abroad { (7, 15) } else { (9, 11) };
            let (mut total, mut end, mut groups) = (first.length(), first.end, 1);
            loop {
                let next = self.number(i + groups);
                let near = next.start < end + 3
                    && (end..next.start).all(|k| self.is(k, " ()-.") && !self.is_end(k));
                // A group of more than four digits after a whole number is another number.
                if !near
                    || !next.plain
                    || total + next.length() > most
                    || (total >= least + 3 && next.length() > 4)
                {
                    break;
                }
                total += next.length();
                end = next.end;
                groups += 1;
            }
            if total >= least && (plus || groups > 1) {
                self.set_keyword(start, end, text::LINK);
            }
        }
    }
}

/// Both could be in a date, in either order.
#[inline(never)]
pub(super) fn is_day_and_month(x: u64, y: u64) -> bool {
    x > 0 && y > 0 && x.min(y) < 13 && x.max(y) < 32
}
