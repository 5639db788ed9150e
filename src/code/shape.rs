//! What the numbers of a text look like: how they are grouped, and what they are a part of.

use alloc::vec::Vec;

use super::sign::{self, Text};
use super::{Backup, Rule, cue, kind_of};

/// A run of ASCII letters and digits with at least one digit.
#[derive(Clone, Copy)]
pub(super) struct Atom {
    /// Its first character.
    pub start: usize,
    /// The place after its last.
    pub end: usize,
    /// Digits alone.
    pub plain: bool,
    /// Digits and a few letters that look like them, together as long as a code.
    pub look: bool,
}

impl Atom {
    pub(super) fn length(&self) -> usize {
        self.end - self.start
    }
}

/// The runs of digits of a text, in order.
pub(super) fn atoms(text: &Text, rule: &Rule) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let mut end = 0;
    while end < text.signs.len() {
        let start = end;
        let (mut digits, mut looks) = (0, 0);
        while text.is_word(end) || text.at(end) == '|' {
            let ch = text.at(end);
            let alike = sign::look_alike(ch).is_some();
            // A bar beside a letter is a rule between words; a letter beyond ASCII ends the run.
            let bar =
                ch == '|' && (text.is_letter(end + 1) || (end > start && text.is_letter(end - 1)));
            if bar || !(ch.is_ascii() || alike) {
                break;
            }
            digits += usize::from(ch.is_ascii_digit());
            looks += usize::from(alike);
            end += 1;
        }
        let length = end - start;
        if digits > 0 {
            let alike = digits + looks == length
                && looks > 0
                && digits > looks
                && kind_of(length, rule).is_some();
            let look = alike && rule.backup != Backup::Alphanumeric;
            atoms.push(Atom {
                start,
                end,
                plain: digits == length,
                look,
            });
        }
        end = end.max(start + 1);
    }
    atoms
}

/// What stands between an atom and the next: one separator, `=` for a dash between spaces, a line end for
/// anything else.
#[inline(never)]
pub(super) fn link(text: &Text, atoms: &[Atom], i: usize) -> char {
    let (Some(a), Some(b)) = (atoms.get(i), atoms.get(i.wrapping_add(1))) else {
        return '\n';
    };
    let (first, second) = (text.at(a.end), text.at(a.end + 1));
    match b.start - a.end {
        1 => first,
        2 if first == ',' && second == ' ' => ',',
        3 if first == ' ' && second == '-' && text.at(a.end + 2) == ' ' => '=',
        _ => '\n',
    }
}

/// A date or a time stands at this atom and the next: 10:30, 11/22, 11-22 before or after a year, 22.11.26.
pub(super) fn dated(text: &Text, atoms: &[Atom], i: usize) -> bool {
    let value = |i: usize| match atoms.get(i) {
        Some(a) if a.plain && a.length() < 5 => text.number(a.start, a.end),
        _ => 9999,
    };
    let joint = link(text, atoms, i);
    let (x, y) = (value(i), value(i + 1));
    if joint == ':' {
        return x < 25 && y < 60 && atoms.get(i + 1).is_some_and(|a| a.length() == 2);
    }
    let before = i.wrapping_sub(1);
    let third = if link(text, atoms, i + 1) == joint {
        value(i + 2)
    } else if link(text, atoms, before) == joint {
        value(before)
    } else {
        9999
    };
    let year = third.abs_diff(2000) < 100 || (third < 100 && joint == '.');
    is_day_and_month(x, y) && (joint == '/' || (year && matches!(joint, '.' | '-')))
}

/// Both could stand in a date, in either order.
pub(super) fn is_day_and_month(x: u32, y: u32) -> bool {
    x > 0 && y > 0 && x.min(y) < 13 && x.max(y) < 32
}

/// The place after the last atom of the evenly grouped code that begins at this atom (123 456, 12-34-56-78,
/// 4 8 2 9 1 3), and of how many atoms a code is made (several backup codes pasted as one line).
pub(super) fn group(text: &Text, atoms: &[Atom], i: usize, rule: &Rule) -> Option<(usize, usize)> {
    let joint = link(text, atoms, i);
    let loose = joint == ' ' || joint == '=';
    let size = atoms.get(i)?.length();
    let listed = matches!(joint, ',' | ';') && size == 1;
    if !loose && !listed && !matches!(joint, '-' | '~' | '.' | '_') {
        return None;
    }
    // An atom of this row: digits alone, and not tied to others by another separator.
    let tied = |k: usize| {
        let l = link(text, atoms, k);
        l != joint && matches!(l, '-' | '~' | '.' | '_' | ',' | ':' | '/' | '+')
    };
    let simple = |k: usize| {
        atoms.get(k).is_some_and(|a| a.plain && a.length() < 6)
            && !tied(k)
            && !tied(k.wrapping_sub(1))
    };
    let before = i.wrapping_sub(1);
    if !simple(i) || (link(text, atoms, before) == joint && (simple(before) || !loose)) {
        return None;
    }
    let (mut j, mut total, mut even, mut near) = (i, 0, true, true);
    while simple(j) && (j == i || link(text, atoms, j - 1) == joint) {
        let length = atoms.get(j)?.length();
        total += length;
        even &= length == size;
        near &= length.abs_diff(size) < 2;
        j += 1;
    }
    let row = j - i;
    if row > 1 && kind_of(total, rule).is_some() {
        return (even || (near && row == 2)).then_some((j, row));
    }
    // Three codes or more; sixteen digits in fours are a card.
    for length in [usize::from(rule.backup_digits), usize::from(rule.digits)] {
        if even && size < length && length % size == 0 && total % length == 0 && total > 2 * length
        {
            return kind_of(length, rule).map(|_| (j, length / size));
        }
    }
    None
}

/// Nothing is written up against the atoms `from..to` that makes them a part of something longer.
pub(super) fn open(text: &Text, atoms: &[Atom], from: usize, to: usize) -> bool {
    let (Some(a), Some(z)) = (atoms.get(from), atoms.get(to.wrapping_sub(1))) else {
        return false;
    };
    let before = a.start.wrapping_sub(1);
    let mut beyond = before.wrapping_sub(1);
    let left = match text.at(before) {
        // A short mark of the sender (G-482913), or a word for a code.
        '-' => {
            while text.is_letter(beyond) {
                beyond = beyond.wrapping_sub(1);
            }
            !text.is_digit(beyond)
                && (before.wrapping_sub(beyond) < 4
                    || text.mark(before.wrapping_sub(1)) == cue::CODE)
        }
        '/' | '_' => !text.is_word(beyond),
        ':' | ',' | '.' => !text.is_digit(beyond),
        '*' => text.at(z.end) == '*',
        ' ' => !sign::is_currency(text.at(beyond)),
        c => c != '+' && !sign::is_currency(c),
    };
    let next = z.end + 1;
    let right = match text.at(z.end) {
        '-' | '_' => !text.is_word(next),
        '/' | ':' | ',' | '.' => !text.is_digit(next),
        ' ' => !sign::is_currency(text.at(next)) || text.is_digit(next + 1),
        c => c != '%' && c != '@' && (!sign::is_currency(c) || text.is_digit(next)),
    };
    left && right && !trunk(text, atoms, from, z.end - a.start)
}

/// An area or country code stands before the number: 090 1234-5678, (03) 1234-5678, +81 90...
fn trunk(text: &Text, atoms: &[Atom], i: usize, length: usize) -> bool {
    let (Some(b), Some(a)) = (atoms.get(i), atoms.get(i.wrapping_sub(1))) else {
        return false;
    };
    let near = b.start < a.end + 3
        && (a.end..b.start).all(|k| matches!(text.at(k), ' ' | '(' | ')' | '-'));
    let all = a.length() + length;
    near && a.length() < 6
        && (text.at(a.start.wrapping_sub(1)) == '+'
            || (text.at(a.start) == '0' && all > 8 && all < 14))
}
