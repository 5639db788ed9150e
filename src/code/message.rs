//! The numbers of a message, and which of them is the code.

use alloc::vec::Vec;

use super::cue::{self, Mark};
use super::sign::{self, Text};
use super::{Backup, Kind, Problem, Rule, bound, kind_of};

/// What a run of letters and digits is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Digits alone.
    Digits,
    /// Digits and a few letters that look like them, together as long as a code.
    Look,
    /// Letters and digits.
    Mixed,
}

/// A run of digits, or a word with digits in it.
#[derive(Clone, Copy)]
pub(super) struct Atom {
    /// Its first character.
    pub start: usize,
    /// The place after its last.
    pub end: usize,
    /// What it is.
    pub sort: Sort,
}

impl Atom {
    fn length(&self) -> usize {
        self.end - self.start
    }
}

/// A number that could be the code.
struct Candidate {
    start: usize,
    end: usize,
    kind: Kind,
    /// Needs a word for a code right beside it.
    weak: bool,
    score: i32,
}

/// The score of a number beside a word for a code; what is further away has less.
const BESIDE: i32 = 70;
/// A candidate must be ahead by this much to be preferred.
const AHEAD: i32 = 12;
/// Never a code.
const NEVER: i32 = -1000;

/// The runs of digits of a text, in order.
pub(super) fn atoms(text: &Text, rule: &Rule) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let mut start = 0;
    while start < text.signs.len() {
        let mut end = start;
        let (mut digits, mut looks, mut letters) = (0, 0, 0);
        loop {
            let ch = text.at(end);
            // A bar is a look-alike beside digits, and a rule between words elsewhere.
            let bar = ch == '|'
                && (text.at(end.wrapping_sub(1)).is_ascii_digit()
                    || text.at(end + 1).is_ascii_digit())
                && !text.at(end + 1).is_ascii_alphabetic()
                && !text.at(end.wrapping_sub(1)).is_ascii_alphabetic();
            if ch.is_ascii_digit() {
                digits += 1;
            } else if sign::look_alike(ch).is_some() && (ch != '|' || bar) {
                looks += 1;
            } else if ch.is_ascii_alphabetic() {
                letters += 1;
            } else {
                break;
            }
            end += 1;
        }
        let length = end - start;
        if digits == length && digits > 0 {
            atoms.push(Atom {
                start,
                end,
                sort: Sort::Digits,
            });
        } else if digits > 0 {
            let alike = letters == 0 && digits > looks && kind_of(length, rule).is_some();
            let repaired = alike && rule.backup != Backup::Alphanumeric;
            atoms.push(Atom {
                start,
                end,
                sort: if repaired { Sort::Look } else { Sort::Mixed },
            });
        }
        start = end.max(start + 1);
    }
    atoms
}

/// What stands between an atom and the next: one separator, `=` for a dash between spaces, a line end for
/// anything else.
fn link(text: &Text, atoms: &[Atom], i: usize) -> char {
    let (Some(a), Some(b)) = (atoms.get(i), atoms.get(i.wrapping_add(1))) else {
        return '\n';
    };
    let middle = text.at(a.end);
    match b.start - a.end {
        1 => middle,
        2 if middle == ',' && text.at(a.end + 1) == ' ' => ',',
        3 if text.at(a.end + 1) == '-' && middle == ' ' && text.at(a.end + 2) == ' ' => '=',
        _ => '\n',
    }
}

/// The value of a short run of digits; a great number for a long one.
fn value(text: &Text, a: &Atom) -> u32 {
    if a.sort != Sort::Digits || a.length() > 4 {
        return u32::MAX;
    }
    (a.start..a.end)
        .filter_map(|i| text.at(i).to_digit(10))
        .fold(0, |n, d| n * 10 + d)
}

fn is_day_and_month(a: u32, b: u32) -> bool {
    a > 0 && b > 0 && a < 32 && b < 32 && a.min(b) < 13
}

/// A date or a time begins at this atom: 10:30, 11/22, 2026-11-22, 22.11.2026, 22.11.26.
pub(super) fn dated(text: &Text, atoms: &[Atom], i: usize) -> bool {
    let (Some(a), Some(b)) = (atoms.get(i), atoms.get(i + 1)) else {
        return false;
    };
    let (first, second) = (link(text, atoms, i), link(text, atoms, i + 1));
    let (x, y) = (value(text, a), value(text, b));
    match first {
        ':' => a.length() < 3 && b.length() == 2 && x < 25 && y < 60,
        '/' if second != '/' => a.length() < 3 && b.length() < 3 && is_day_and_month(x, y),
        '/' | '-' | '.' if second == first => {
            let Some(c) = atoms.get(i + 2) else {
                return false;
            };
            let z = value(text, c);
            let short = a.length() < 3 && b.length() < 3 && c.length() < 3 && first != '-';
            (a.length() == 4 && is_day_and_month(y, z))
                || (c.length() == 4 && is_day_and_month(x, y))
                || (short && (is_day_and_month(x, y) || is_day_and_month(y, z)))
        }
        _ => false,
    }
}

/// The place after the last atom of the evenly grouped code that begins at this atom (123 456, 12-34-56-78,
/// 4 8 2 9 1 3), and how many codes stand in the row (backup codes pasted as one line).
fn group(text: &Text, atoms: &[Atom], i: usize, rule: &Rule) -> Option<(usize, usize)> {
    let joint = link(text, atoms, i);
    let loose = joint == ' ' || joint == '=';
    if !matches!(joint, ' ' | '=' | '-' | '~' | '.' | '_' | ',' | ';') {
        return None;
    }
    // An atom of this row: digits alone, and not tied to others by another separator.
    let simple = |k: usize| {
        let tied = |l: char| !matches!(l, ' ' | '\n' | '=' | '(' | ')' | '"' | ';') && l != joint;
        atoms
            .get(k)
            .is_some_and(|a| a.sort == Sort::Digits && a.length() < 6)
            && !tied(link(text, atoms, k))
            && (k == 0 || !tied(link(text, atoms, k - 1)))
    };
    if !simple(i) || (i > 0 && link(text, atoms, i - 1) == joint && (simple(i - 1) || !loose)) {
        return None;
    }
    let mut j = i + 1;
    while simple(j) && link(text, atoms, j - 1) == joint {
        j += 1;
    }
    let row = atoms.get(i..j)?;
    let total: usize = row.iter().map(Atom::length).sum();
    let size = row.first()?.length();
    let even = row.iter().all(|a| a.length() == size);
    if matches!(joint, ',' | ';') && size > 1 {
        return None;
    }
    if kind_of(total, rule).is_some() && row.len() > 1 {
        let pair = row.len() == 2 && row.iter().all(|a| a.length().abs_diff(size) < 2);
        return (even || pair).then_some((j, 1));
    }
    for length in [usize::from(rule.backup_digits), usize::from(rule.digits)] {
        if even && size < length && length % size == 0 && total % length == 0 && total / length > 2
        {
            return kind_of(length, rule).map(|_| (j, total / length));
        }
    }
    None
}

/// The atom stands in an evenly grouped code.
pub(super) fn grouped(text: &Text, atoms: &[Atom], at: usize, rule: &Rule) -> bool {
    (at.saturating_sub(10)..=at)
        .any(|i| group(text, atoms, i, rule).is_some_and(|(end, _)| at < end))
}

/// The code of a message: its place, nothing, or [`Problem::Ambiguous`].
pub(super) fn find(
    text: &Text,
    atoms: &[Atom],
    rule: &Rule,
) -> Result<Option<(usize, usize)>, Problem> {
    let marks = cue::marks(text);
    let mut found = candidates(text, atoms, &marks, rule);
    if rule.backup == Backup::Alphanumeric {
        spelled(text, usize::from(rule.backup_digits), &mut found);
    }
    if found.is_empty() {
        return Ok(None);
    }
    let letter = |i: &usize| sign::is_word(text.at(*i)) && !text.at(*i).is_ascii_digit();
    let inside: usize = found
        .iter()
        .map(|c| (c.start..c.end).filter(letter).count())
        .sum();
    let worded = (0..text.signs.len()).filter(letter).count() > inside;
    for c in &mut found {
        c.score = score(text, &marks, c);
    }
    list(text, &marks, &mut found);
    for c in &mut found {
        let free = c.kind == Kind::Code || !worded || c.score >= 40;
        if !free || c.score < 0 || (c.weak && c.score < BESIDE) {
            c.score = NEVER;
        }
    }
    let mut best: Option<&Candidate> = None;
    for c in &found {
        if c.score > NEVER && best.is_none_or(|b| c.score > b.score) {
            best = Some(c);
        }
    }
    let Some(best) = best else { return Ok(None) };
    let rival = |c: &&Candidate| {
        c.score > NEVER
            && best.score - c.score < AHEAD
            && !bound::same(text, (c.start, c.end), (best.start, best.end))
    };
    if found.iter().any(|c| rival(&c)) {
        return Err(Problem::Ambiguous);
    }
    Ok(Some((best.start, best.end)))
}

/// Numbers in a row with next to nothing between them share what is said about one of them.
fn list(text: &Text, marks: &[Mark], found: &mut [Candidate]) {
    let pairs = 1..found.len();
    for i in pairs.clone().chain(pairs.rev()) {
        let Some([a, b]) = found.get_mut(i - 1..=i) else {
            continue;
        };
        let gap = a.end..b.start;
        let quiet =
            |i: usize| matches!(marks.get(i), Some(Mark::None | Mark::Number)) && text.at(i) != '!';
        if gap.len() < 7
            && a.kind == b.kind
            && a.score > NEVER
            && b.score > NEVER
            && gap.clone().all(quiet)
        {
            let most = a.score.max(b.score);
            (a.score, b.score) = (most, most);
        }
    }
}

/// The numbers whose shape allows them to be a code.
fn candidates(text: &Text, atoms: &[Atom], marks: &[Mark], rule: &Rule) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut push = |start: usize, end: usize, length: usize, weak: bool| {
        if let Some(kind) = kind_of(length, rule) {
            found.push(Candidate {
                start,
                end,
                kind,
                weak,
                score: 0,
            });
        }
    };
    let mut i = 0;
    while let Some(a) = atoms.get(i) {
        if let Some((end, codes)) = group(text, atoms, i, rule) {
            let row = atoms.get(i..end).unwrap_or_default();
            let joint = link(text, atoms, i);
            if let Some(last) = row.last()
                && open(text, atoms, marks, i, end)
            {
                let each = row.len() / codes;
                let short = row.len() == 3 && a.length() == 2 && is_date_of_three(text, row);
                for one in row.chunks(each) {
                    if let (Some(a), Some(z)) = (one.first(), one.last()) {
                        let length = one.iter().map(Atom::length).sum();
                        push(
                            a.start,
                            z.end,
                            length,
                            joint == '.' || joint == ',' || short,
                        );
                    }
                }
                debug_assert!(last.end > a.start);
            }
            i = end;
            continue;
        }
        let fits = match a.sort {
            Sort::Digits | Sort::Look => kind_of(a.length(), rule).is_some(),
            Sort::Mixed => false,
        };
        if fits && open(text, atoms, marks, i, i + 1) {
            push(a.start, a.end, a.length(), a.sort == Sort::Look);
        }
        i += 1;
    }
    found
}

/// The words that could be a backup code of letters and digits: both in one word, or capitals after a colon.
fn spelled(text: &Text, length: usize, found: &mut Vec<Candidate>) {
    let letter = |i: usize| text.at(i).is_ascii_alphanumeric();
    let mut end = 0;
    while end < text.signs.len() {
        let start = end;
        let (mut digits, mut capitals, mut small) = (0, 0, 0);
        while letter(end) || (end > start && text.at(end) == '-' && letter(end + 1)) {
            match text.at(end) {
                '0'..='9' => digits += 1,
                'A'..='Z' => capitals += 1,
                'a'..='z' => small += 1,
                _ => {}
            }
            end += 1;
        }
        let mut before = start.wrapping_sub(1);
        if text.at(before) == ' ' {
            before = before.wrapping_sub(1);
        }
        let labelled = matches!(text.at(before), ':' | '"') && small == 0;
        let apart = |c: char| !matches!(c, '/' | '_' | '@' | '+' | '=');
        let word =
            digits + capitals + small == length && digits < length && (digits > 0 || labelled);
        if word && apart(text.at(start.wrapping_sub(1))) && apart(text.at(end)) {
            found.push(Candidate {
                start,
                end,
                kind: Kind::Backup,
                weak: false,
                score: 0,
            });
        }
        end = end.max(start + 1);
    }
    // In the order of the text; few are out of it, and a sort would be longer than this module.
    for i in 1..found.len() {
        let mut k = i;
        while k > 0 && found[k].start < found[k - 1].start {
            found.swap(k, k - 1);
            k -= 1;
        }
    }
}

fn is_date_of_three(text: &Text, row: &[Atom]) -> bool {
    let v = |i: usize| row.get(i).map_or(u32::MAX, |a| value(text, a));
    is_day_and_month(v(0), v(1)) || is_day_and_month(v(1), v(2))
}

/// Nothing is written up against the atoms `from..to` that makes them a part of something longer.
fn open(text: &Text, atoms: &[Atom], marks: &[Mark], from: usize, to: usize) -> bool {
    let (Some(a), Some(z)) = (atoms.get(from), atoms.get(to.wrapping_sub(1))) else {
        return false;
    };
    let (before, after) = (text.at(a.start.wrapping_sub(1)), text.at(z.end));
    let beyond = text.at(a.start.wrapping_sub(2));
    let next = text.at(z.end + 1);
    let short = |k: usize| atoms.get(k).is_some_and(|a| a.length() < 4);
    let left = match before {
        '-' => prefix(text, marks, a.start - 1),
        '/' | '_' => !beyond.is_ascii_alphanumeric(),
        ':' => !beyond.is_ascii_digit(),
        ',' | '.' => !(beyond.is_ascii_digit() && short(from.wrapping_sub(1))),
        '+' => false,
        '*' => after == '*',
        c if is_currency(c) => false,
        ' ' => !is_currency(beyond),
        _ => true,
    };
    let right = match after {
        '-' | '_' => !next.is_ascii_alphanumeric(),
        '/' | ':' => !next.is_ascii_digit(),
        ',' | '.' => !(next.is_ascii_digit() && short(to)),
        '%' | '@' => false,
        c if is_currency(c) => next.is_ascii_digit(),
        ' ' => !is_currency(next) || text.at(z.end + 2).is_ascii_digit(),
        _ => true,
    };
    left && right && !trunk(text, atoms, from, z.end - a.start)
}

/// Before a dash: a short mark of the sender (G-482913), or a word that ends there.
fn prefix(text: &Text, marks: &[Mark], dash: usize) -> bool {
    let mut start = dash;
    while start > 0 && text.at(start - 1).is_ascii_alphanumeric() {
        start -= 1;
        if text.at(start).is_ascii_digit() {
            return false;
        }
    }
    dash - start < 3 || marks.get(dash - 1) == Some(&Mark::Code)
}

/// An area or country code stands before the number: 090 1234-5678, (03) 1234-5678, +81 90...
fn trunk(text: &Text, atoms: &[Atom], i: usize, length: usize) -> bool {
    let (Some(b), Some(a)) = (atoms.get(i), i.checked_sub(1).and_then(|k| atoms.get(k))) else {
        return false;
    };
    let near = b.start - a.end < 3
        && (a.end..b.start).all(|k| matches!(text.at(k), ' ' | '(' | ')' | '-'));
    let plus = text.at(a.start.wrapping_sub(1)) == '+';
    near && a.length() < 6
        && (plus || (text.at(a.start) == '0' && matches!(a.length() + length, 9..=13)))
}

fn is_currency(ch: char) -> bool {
    matches!(ch, '$' | '\u{A2}'..='\u{A5}' | '\u{E3F}' | '\u{20A0}'..='\u{20CF}')
}

/// How much the words around a candidate speak for it. Below zero: it is something else.
fn score(text: &Text, marks: &[Mark], c: &Candidate) -> i32 {
    let mark = |i: usize| marks.get(i).copied().unwrap_or(Mark::None);
    if mark(c.start) == Mark::Link || is_amount(text, marks, c) {
        return NEVER;
    }
    let before = before(text, marks, c);
    if before <= NEVER {
        return NEVER;
    }
    let after = after(text, marks, c);
    if after <= NEVER {
        NEVER
    } else {
        before.max(before.min(0) + after)
    }
}

/// A unit follows, or the name of a currency precedes.
fn is_amount(text: &Text, marks: &[Mark], c: &Candidate) -> bool {
    let unit = |i: usize| marks.get(i) == Some(&Mark::Unit);
    let mut at = c.end;
    if text.at(at) == ' ' {
        at += 1;
    }
    if unit(at) {
        return true;
    }
    let mut at = c.start.wrapping_sub(1);
    while matches!(text.at(at), ' ' | '.' | ':') && at < c.start {
        at = at.wrapping_sub(1);
    }
    if !unit(at) {
        return false;
    }
    while unit(at) {
        at = at.wrapping_sub(1);
    }
    !text.at(at).is_ascii_digit()
        && !(text.at(at) == ' ' && text.at(at.wrapping_sub(1)).is_ascii_digit())
}

/// The end of a sentence stands here.
fn is_end(text: &Text, i: usize) -> bool {
    match text.at(i) {
        '!' | '?' => true,
        '.' => sign::is_space(text.at(i + 1)),
        _ => false,
    }
}

/// What the words before the candidate say.
fn before(text: &Text, marks: &[Mark], c: &Candidate) -> i32 {
    let (mut gap, mut less, mut run) = (0, 0, 0);
    let mut doubt = 0;
    let mut sentence = true;
    for i in (0..c.start).rev().take(160) {
        let mark = marks.get(i).copied().unwrap_or(Mark::None);
        if text.at(i).is_ascii_digit() {
            run += 1;
            if run == 4 {
                less += 40;
                sentence = false;
            }
        } else {
            run = 0;
        }
        match mark {
            Mark::Code | Mark::Backup => return (100 - gap / 2 - less).max(0) - doubt,
            Mark::Use => return (60 - gap / 2 - less).max(0) - doubt,
            Mark::Other if gap <= 3 && sentence => return NEVER,
            Mark::Maybe if gap <= 8 && sentence => {
                doubt = 60;
                sentence = false;
            }
            Mark::Number | Mark::Is => {}
            _ if is_end(text, i) => {
                less += 15;
                sentence = false;
            }
            _ => gap += i32::from(sign::is_word(text.at(i))),
        }
    }
    -doubt
}

/// What the words after the candidate say.
fn after(text: &Text, marks: &[Mark], c: &Candidate) -> i32 {
    let (mut gap, mut run) = (0, 0);
    let mut is = false;
    for i in (c.end..text.signs.len()).take(100) {
        if text.at(i).is_ascii_digit() {
            run += 1;
            if run == 4 {
                return 0;
            }
        } else {
            run = 0;
        }
        match marks.get(i).copied().unwrap_or(Mark::None) {
            Mark::Code | Mark::Backup if !labels_next(text, marks, i) => return 80 - gap / 2,
            Mark::Use if !labels_next(text, marks, i) => return 50 - gap / 2,
            Mark::Other if is && gap <= 8 => return NEVER,
            Mark::Is => is |= gap < 2,
            _ if is_end(text, i) => return 0,
            _ => gap += i32::from(sign::is_word(text.at(i))) + i32::from(text.at(i) == '\n') * 10,
        }
    }
    0
}

/// The cue at this place is the label of a number that follows it.
fn labels_next(text: &Text, marks: &[Mark], mut i: usize) -> bool {
    let kind = marks.get(i);
    while marks.get(i) == kind {
        i += 1;
    }
    let mut letters = 0;
    for k in (i..text.signs.len()).take(12) {
        let ch = text.at(k);
        if ch.is_ascii_digit() {
            return (k..k + 4).all(|d| text.at(d).is_ascii_digit());
        }
        letters += usize::from(
            sign::is_word(ch) && !matches!(marks.get(k), Some(Mark::Is | Mark::Number)),
        );
        if letters > 2 || is_end(text, k) {
            return false;
        }
    }
    false
}
