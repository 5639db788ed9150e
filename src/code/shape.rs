//! What the numbers of a text look like: how they are grouped, and what they are a part of.

use alloc::vec::Vec;

use super::sign::{Text, is_of, look_alike};
use super::{Backup, Kind, Rule, cue, kind_of};

/// A number of a text: first each run of ASCII letters and digits with at least one digit, then those that
/// could be the code.
pub(super) struct Number {
    /// Its first character.
    pub start: usize,
    /// The place after its last.
    pub end: usize,
    /// Digits alone.
    pub plain: bool,
    /// Needs a word for a code right beside it, if it is a code: letters that look like digits are in it.
    pub weak: bool,
    /// Which code it would be, by its length.
    pub kind: Option<Kind>,
    /// The characters of the code as one number.
    pub value: u64,
    /// How much speaks for it.
    pub score: i32,
}

impl Number {
    pub(super) fn length(&self) -> usize {
        self.end - self.start
    }
}

/// Far from every other.
static NOWHERE: Number = Number {
    start: 1 << 30,
    end: 1 << 30,
    plain: false,
    weak: false,
    kind: None,
    value: 0,
    score: 0,
};

/// Adds a number of so many characters.
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
        kind: kind_of(length, text.rule),
        value: text.value(start, end, 36),
        score: 0,
    });
}

impl Text<'_> {
    /// Finds the runs of digits of the text.
    pub(super) fn count(&mut self) {
        let mut numbers = Vec::new();
        let mut end = 0;
        while end < self.len() {
            let start = end;
            let (mut digits, mut looks) = (0, 0);
            loop {
                let alike = look_alike(self.at(end)) != ' ';
                // A bar beside a letter is a rule between words; a letter beyond ASCII ends the run.
                let bar = self.at(end) == '|'
                    && (self.is_letter(end + 1) || self.is_letter(end.wrapping_sub(1)));
                if bar || !(alike || self.is(end, "dx")) {
                    break;
                }
                digits += usize::from(self.is_digit(end));
                looks += usize::from(alike);
                end += 1;
            }
            let length = end - start;
            if digits > 0 {
                let weak = digits + looks == length
                    && looks > 0
                    && digits > looks
                    && kind_of(length, self.rule).is_some()
                    && self.rule.backup != Backup::Alphanumeric;
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

    /// A number by its place in the order; one far from every other where there is none.
    #[inline(never)]
    pub(super) fn nth(&self, i: usize) -> &Number {
        self.numbers.get(i).unwrap_or(&NOWHERE)
    }

    /// What stands between a number and the next: one separator, `=` for a dash between spaces, a line end for
    /// anything else.
    #[inline(never)]
    pub(super) fn link(&self, i: usize) -> char {
        let end = self.nth(i).end;
        let first = self.at(end);
        match self.nth(i.wrapping_add(1)).start.wrapping_sub(end) {
            1 => first,
            2 if first == ',' && self.at(end + 1) == ' ' => ',',
            3 if first == ' ' && self.at(end + 1) == '-' && self.at(end + 2) == ' ' => '=',
            _ => '\n',
        }
    }

    /// A number of a date: at most four digits.
    #[inline(never)]
    fn short(&self, i: usize) -> u64 {
        let n = self.nth(i);
        if n.plain && n.length() < 5 {
            self.value(n.start, n.end, 10)
        } else {
            9999
        }
    }

    /// A date or a time stands at this number and the next: 10:30, 11/22, 11-22 before or after a year, 22.11.26.
    pub(super) fn is_dated(&self, i: usize) -> bool {
        let joint = self.link(i);
        let (x, y) = (self.short(i), self.short(i + 1));
        if joint == ':' {
            return x < 25 && y < 60 && self.nth(i + 1).length() == 2;
        }
        let before = i.wrapping_sub(1);
        let third = if self.link(i + 1) == joint {
            self.short(i + 2)
        } else if self.link(before) == joint {
            self.short(before)
        } else {
            9999
        };
        let year = third.abs_diff(2000) < 100 || (third < 100 && joint == '.');
        is_day_and_month(x, y) && (joint == '/' || (year && is_of(joint, ".-")))
    }

    /// One of a row of numbers joined alike: digits alone, and not tied to others by another separator.
    #[inline(never)]
    fn is_simple(&self, i: usize, joint: char) -> bool {
        let n = self.nth(i);
        let tied = |l: char| l != joint && is_of(l, "-~._,:/+");
        n.plain && n.length() < 6 && !tied(self.link(i)) && !tied(self.link(i.wrapping_sub(1)))
    }

    /// The place after the last number of the evenly grouped code that begins at this one (123 456, 12-34-56-78,
    /// 4 8 2 9 1 3), and of how many numbers a code is made (several backup codes pasted as one line).
    pub(super) fn group(&self, i: usize) -> Option<(usize, usize)> {
        let joint = self.link(i);
        let loose = is_of(joint, " =");
        let size = self.nth(i).length();
        let listed = is_of(joint, ",;") && size == 1;
        if !loose && !listed && !is_of(joint, "-~._") {
            return None;
        }
        let before = i.wrapping_sub(1);
        if !self.is_simple(i, joint)
            || (self.link(before) == joint && (self.is_simple(before, joint) || !loose))
        {
            return None;
        }
        let (mut end, mut total, mut uneven) = (i, 0, 0);
        while self.is_simple(end, joint) && (end == i || self.link(end - 1) == joint) {
            let length = self.nth(end).length();
            total += length;
            uneven |= length.abs_diff(size);
            end += 1;
        }
        let row = end - i;
        if row > 1 && kind_of(total, self.rule).is_some() {
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
                && kind_of(length, self.rule).is_some()
            {
                return Some((end, each));
            }
        }
        None
    }

    /// Nothing is written up against the numbers `from..to` that makes them a part of something longer.
    pub(super) fn is_open(&self, from: usize, to: usize) -> bool {
        let start = self.nth(from).start;
        let end = self.nth(to - 1).end;
        let before = start.wrapping_sub(1);
        let mut beyond = before.wrapping_sub(1);
        let mut tied = self.is_tied(before, beyond, "+$", "/_", ":,.");
        tied |= self.at(before) == ' ' && self.at(beyond) == '$';
        tied |= self.at(before) == '*' && self.at(end) != '*';
        if self.at(before) == '-' {
            // A short mark of the sender (G-482913), or a word for a code.
            while self.is_letter(beyond) {
                beyond = beyond.wrapping_sub(1);
            }
            tied = self.is_digit(beyond)
                || (before.wrapping_sub(beyond) > 3
                    && self.mark(before.wrapping_sub(1)) != cue::CODE);
        }
        // The sign of a currency belongs to the number that follows it.
        let next = end + usize::from(self.at(end) == ' ');
        tied |= self.at(next) == '$' && !self.is_digit(next + 1);
        tied |= self.is_tied(end, end + 1, "%@", "-_", "/:,.");
        !tied && !self.is_trunk(from, end - start)
    }

    /// What stands beside a number ties it to what is beyond: always, if that is of a word, if it is of a number.
    #[inline(never)]
    fn is_tied(&self, i: usize, beyond: usize, always: &str, word: &str, number: &str) -> bool {
        self.is(i, always)
            || (self.is(i, word) && self.is_word(beyond))
            || (self.is(i, number) && self.is_digit(beyond))
    }

    /// An area or country code stands before the number: 090 1234-5678, (03) 1234-5678, +81 90...
    fn is_trunk(&self, i: usize, length: usize) -> bool {
        let a = self.nth(i.wrapping_sub(1));
        let mut end = a.end;
        while self.is(end, " ()-") && end < a.end + 2 {
            end += 1;
        }
        let all = a.length() + length;
        end == self.nth(i).start
            && a.length() < 6
            && (self.at(a.start.wrapping_sub(1)) == '+'
                || (self.at(a.start) == '0' && all > 8 && all < 14))
    }
}

/// Both could stand in a date, in either order.
#[inline(never)]
pub(super) fn is_day_and_month(x: u64, y: u64) -> bool {
    x > 0 && y > 0 && x.min(y) < 13 && x.max(y) < 32
}
