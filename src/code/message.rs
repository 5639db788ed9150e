//! The numbers of a message, and which of them is the code.

use super::cue;
use super::sign::{self, Text};
use super::{Backup, Kind, Problem, Rule, kind_of};

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

/// A number that could be the code.
struct Candidate {
    start: usize,
    end: usize,
    kind: Kind,
    /// The characters of the code as one number.
    value: u64,
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
    let mut end = 0;
    while end < text.signs.len() {
        let start = end;
        let (mut digits, mut looks) = (0, 0);
        while text.is_word(end) || text.at(end) == '|' {
            let ch = text.at(end);
            let alike = sign::look_alike(ch).is_some();
            // A bar beside a letter is a rule between words; a letter beyond ASCII ends the run.
            let bar = ch == '|' && (text.is_letter(end + 1) || (end > start && text.is_letter(end - 1)));
            if bar || !(ch.is_ascii() || alike) {
                break;
            }
            digits += usize::from(ch.is_ascii_digit());
            looks += usize::from(alike);
            end += 1;
        }
        let length = end - start;
        if digits > 0 {
            let alike = digits + looks == length && looks > 0 && digits > looks && kind_of(length, rule).is_some();
            let look = alike && rule.backup != Backup::Alphanumeric;
            atoms.push(Atom { start, end, plain: digits == length, look });
        }
        end = end.max(start + 1);
    }
    atoms
}

/// What stands between an atom and the next: one separator, `=` for a dash between spaces, a line end for
/// anything else.
#[inline(never)]
fn link(text: &Text, atoms: &[Atom], i: usize) -> char {
    let (Some(a), Some(b)) = (atoms.get(i), atoms.get(i.wrapping_add(1))) else { return '\n' };
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
        Some(a) if a.plain && a.length() < 3 => text.number(a.start, a.end),
        _ => 99,
    };
    let length = |i: usize| atoms.get(i).map_or(0, Atom::length);
    let joint = link(text, atoms, i);
    let (x, y) = (value(i), value(i + 1));
    if joint == ':' {
        return x < 25 && y < 60 && length(i + 1) == 2;
    }
    if x == 0 || y == 0 || x.min(y) > 12 || x.max(y) > 31 {
        return false;
    }
    let before = i.wrapping_sub(1);
    let third = if link(text, atoms, i + 1) == joint {
        length(i + 2)
    } else if link(text, atoms, before) == joint {
        length(before)
    } else {
        0
    };
    joint == '/' || (matches!(joint, '.' | '-') && (third == 4 || (third == 2 && joint == '.')))
}

/// The place after the last atom of the evenly grouped code that begins at this atom (123 456, 12-34-56-78,
/// 4 8 2 9 1 3), and of how many atoms a code is made (several backup codes pasted as one line).
fn group(text: &Text, atoms: &[Atom], i: usize, rule: &Rule) -> Option<(usize, usize)> {
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
    let simple =
        |k: usize| atoms.get(k).is_some_and(|a| a.plain && a.length() < 6) && !tied(k) && !tied(k.wrapping_sub(1));
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
        if even && size < length && length % size == 0 && total % length == 0 && total > 2 * length {
            return kind_of(length, rule).map(|_| (j, length / size));
        }
    }
    None
}

/// The code of a message: its place, nothing, or [`Problem::Ambiguous`].
///
/// `whole` is for a text of numbers alone: then nothing is taken out from beside a number that stands bare,
/// since that could be a part of the code.
pub(super) fn find(
    text: &mut Text,
    atoms: &[Atom],
    rule: &Rule,
    whole: bool,
) -> Result<Option<(usize, usize)>, Problem> {
    if atoms.is_empty() && rule.backup != Backup::Alphanumeric {
        return Ok(None);
    }
    cue::mark(text);
    let text = &*text;
    let mut found = candidates(text, atoms, rule);
    if rule.backup == Backup::Alphanumeric {
        spelled(text, usize::from(rule.backup_digits), &mut found);
    }
    let edge = |i: usize| text.is_space(i) || text.at(i) == '"';
    let bare = |a: &Atom| {
        edge(a.start.wrapping_sub(1)) && edge(a.end) && !found.iter().any(|c| c.start <= a.start && a.end <= c.end)
    };
    if whole && atoms.iter().any(bare) {
        return Ok(None);
    }
    // Are there words beside the candidates?
    let mut letters = (0..text.signs.len()).filter(|&i| text.is_letter(i)).count();
    for c in &found {
        letters -= (c.start..c.end).filter(|&i| text.is_letter(i)).count().min(letters);
    }
    let cued = text.marks.contains(&cue::CODE);
    for c in &mut found {
        c.score = score(text, c);
    }
    list(text, &mut found);
    let (mut best, mut place, mut value) = (NEVER, None, 0);
    let mut rival = NEVER;
    for c in &found {
        // A number that no cue speaks for is taken where the text has none; a long one never.
        let least = match c.kind {
            _ if c.weak => BESIDE,
            _ if letters == 0 => 0,
            Kind::Code => i32::from(cued),
            Kind::Backup => 40,
        };
        if c.score < least {
            continue;
        }
        if c.score > best {
            if value != c.value {
                rival = best;
            }
            (best, place, value) = (c.score, Some((c.start, c.end)), c.value);
        } else if value != c.value {
            rival = rival.max(c.score);
        }
    }
    if place.is_some() && best - rival < AHEAD { Err(Problem::Ambiguous) } else { Ok(place) }
}

/// Numbers in a row with next to nothing between them share what is said about one of them.
fn list(text: &Text, found: &mut [Candidate]) {
    let pairs = 1..found.len();
    for i in pairs.clone().chain(pairs.rev()) {
        let Some([a, b]) = found.get_mut(i - 1..=i) else { continue };
        let quiet = |i: usize| matches!(text.mark(i), cue::NONE | cue::NUMBER) && text.at(i) != '!';
        let near = a.end < b.start && b.start < a.end + 7;
        if near && a.kind == b.kind && a.score.min(b.score) > NEVER && (a.end..b.start).all(quiet) {
            let most = a.score.max(b.score);
            (a.score, b.score) = (most, most);
        }
    }
}

/// The numbers whose shape allows them to be a code.
fn candidates(text: &Text, atoms: &[Atom], rule: &Rule) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(a) = atoms.get(i) {
        let row = group(text, atoms, i, rule);
        // Groups of two are as often dates.
        let joint = link(text, atoms, i);
        let weak = row.is_some_and(|row| matches!(joint, '.' | ',') || (row.1 == 3 && a.length() == 2));
        let (end, each) = row.unwrap_or((i + 1, 1));
        if open(text, atoms, i, end) && (row.is_some() || a.plain || a.look) {
            while i < end {
                if let (Some(a), Some(z)) = (atoms.get(i), atoms.get(i + each - 1)) {
                    push(text, &mut found, (a.start, z.end), weak || a.look, rule);
                }
                i += each;
            }
        }
        i = end;
    }
    found
}

/// Adds a candidate, if it is as long as a code.
fn push(text: &Text, found: &mut Vec<Candidate>, (start, end): (usize, usize), weak: bool, rule: &Rule) {
    let length = (start..end).filter(|&i| text.is_word(i) || text.at(i) == '|').count();
    if let Some(kind) = kind_of(length, rule) {
        found.push(Candidate { start, end, kind, value: text.value(start, end), weak, score: 0 });
    }
}

/// The words that could be a backup code of letters and digits: both in one word, or capitals after a colon.
fn spelled(text: &Text, length: usize, found: &mut Vec<Candidate>) {
    let mut end = 0;
    while end < text.signs.len() {
        let start = end;
        let (mut count, mut digits, mut small) = (0, 0, false);
        while text.at(end).is_ascii_alphanumeric() || (text.at(end) == '-' && count > 0 && text.is_word(end + 1)) {
            digits += usize::from(text.is_digit(end));
            count += usize::from(text.is_word(end));
            small |= text.at(end).is_ascii_lowercase();
            end += 1;
        }
        let before = text.at(start.wrapping_sub(1));
        let labelled = before == '"' || before == ':' || (before == ' ' && text.at(start.wrapping_sub(2)) == ':');
        let apart = |c: char| !matches!(c, '/' | '_' | '@' | '+' | '=');
        if count == length
            && digits < length
            && (digits > 0 || (labelled && !small))
            && apart(before)
            && apart(text.at(end))
        {
            let value = text.value(start, end);
            found.push(Candidate { start, end, kind: Kind::Backup, value, weak: false, score: 0 });
        }
        end = end.max(start + 1);
    }
}

/// Nothing is written up against the atoms `from..to` that makes them a part of something longer.
fn open(text: &Text, atoms: &[Atom], from: usize, to: usize) -> bool {
    let (Some(a), Some(z)) = (atoms.get(from), atoms.get(to.wrapping_sub(1))) else { return false };
    let before = a.start.wrapping_sub(1);
    let mut beyond = before.wrapping_sub(1);
    let left = match text.at(before) {
        // A short mark of the sender (G-482913), or a word for a code.
        '-' => {
            while text.is_letter(beyond) {
                beyond = beyond.wrapping_sub(1);
            }
            !text.is_digit(beyond)
                && (before.wrapping_sub(beyond) < 4 || text.mark(before.wrapping_sub(1)) == cue::CODE)
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
    let (Some(b), Some(a)) = (atoms.get(i), atoms.get(i.wrapping_sub(1))) else { return false };
    let near = b.start < a.end + 3 && (a.end..b.start).all(|k| matches!(text.at(k), ' ' | '(' | ')' | '-'));
    let all = a.length() + length;
    near && a.length() < 6
        && (text.at(a.start.wrapping_sub(1)) == '+' || (text.at(a.start) == '0' && all > 8 && all < 14))
}

/// How much the words around a candidate speak for it. Below zero: it is something else.
fn score(text: &Text, c: &Candidate) -> i32 {
    if text.mark(c.start) == cue::LINK || is_amount(text, c) {
        return NEVER;
    }
    let before = before(text, c);
    let after = after(text, c);
    if before.min(after) <= NEVER { NEVER } else { before.max(before.min(0) + after) }
}

/// A unit follows, or the name of a currency precedes.
fn is_amount(text: &Text, c: &Candidate) -> bool {
    let unit = |i: usize| text.mark(i) == cue::AMOUNT;
    if unit(c.end + usize::from(text.at(c.end) == ' ')) {
        return true;
    }
    let mut at = c.start.wrapping_sub(1);
    while matches!(text.at(at), ' ' | '.' | ':') {
        at = at.wrapping_sub(1);
    }
    if !unit(at) {
        return false;
    }
    while unit(at) || text.at(at) == ' ' {
        at = at.wrapping_sub(1);
    }
    !text.is_digit(at)
}

/// What the words before the candidate say.
fn before(text: &Text, c: &Candidate) -> i32 {
    let (mut gap, mut less, mut run, mut doubt) = (0, 0, 0, 0);
    let mut sentence = true;
    // How much stood between the candidate and the number before it, if that is no date or amount.
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
        match text.mark(i) {
            cue::CODE | cue::BACKUP => {
                if other.is_some_and(|other| gap < other + 4) {
                    // The cue has its number, though not of this site's length.
                    return 0;
                }
                if (gap > 6 || !sentence) && is_spent(text, i) {
                    less += 40;
                }
                return (100 - gap / 2 - less).max(1) - doubt;
            }
            cue::USE => return (60 - gap / 2 - less).max(0) - doubt,
            cue::OTHER if gap < 4 && sentence => return NEVER,
            cue::MAYBE if gap < 9 && sentence => {
                doubt = 60;
                sentence = false;
            }
            cue::NUMBER | cue::IS => {}
            // Not after an abbreviation: No. 771204
            _ if is_end && !(text.at(i) == '.' && is_label(text.mark(i.wrapping_sub(1)))) => {
                less += 15;
                sentence = false;
            }
            _ => gap += i32::from(text.is_word(i)),
        }
    }
    -doubt
}

fn is_label(mark: cue::Mark) -> bool {
    matches!(mark, cue::OTHER | cue::MAYBE | cue::NUMBER)
}

/// The cue that ends here already belongs to a number before it: 482913 is your code.
fn is_spent(text: &Text, cue: usize) -> bool {
    let mut i = cue;
    while text.mark(i) == text.mark(cue) {
        i = i.wrapping_sub(1);
    }
    while !matches!(text.mark(i), cue::OUTSIDE | cue::OTHER | cue::CODE) && i + 40 > cue && !text.is_end(i) {
        if text.is_digit(i) {
            return text.is_digit(i.wrapping_sub(3));
        }
        i = i.wrapping_sub(1);
    }
    false
}

/// What the words after the candidate say.
fn after(text: &Text, c: &Candidate) -> i32 {
    let mut gap = 0;
    let mut is = false;
    for i in c.end..c.end + 100 {
        if text.is_digit(i) && text.is_digit(i + 3) {
            return 0;
        }
        let said = match text.mark(i) {
            cue::CODE | cue::BACKUP => 80,
            cue::USE => 50,
            _ => 0,
        };
        if said > 0 && !labels_next(text, i) {
            return said - gap / 2;
        }
        match text.mark(i) {
            cue::OUTSIDE => return 0,
            cue::OTHER if is && gap < 9 => return NEVER,
            cue::IS => is |= gap < 2,
            // A number that is a sentence by itself may be explained by the next.
            _ if text.is_end(i) && gap > 0 => return 0,
            _ if text.is_end(i) => gap = 30,
            _ if text.at(i) == '\n' => gap += 10,
            _ => gap += i32::from(text.is_word(i)),
        }
    }
    0
}

/// The cue at this place is the label of a number that follows it.
fn labels_next(text: &Text, cue: usize) -> bool {
    let mut i = cue;
    while text.mark(i) == text.mark(cue) {
        i += 1;
    }
    let end = i + 12;
    let mut letters = 0;
    while i < end && letters < 3 && !text.is_end(i) {
        if text.is_digit(i) {
            return text.is_digit(i + 3);
        }
        letters += usize::from(text.is_word(i) && !matches!(text.mark(i), cue::IS | cue::NUMBER));
        i += 1;
    }
    false
}
