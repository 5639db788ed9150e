//! The numbers of a message, and which of them is the code.

use alloc::vec::Vec;

use super::shape::{self, Atom};
use super::sign::Text;
use super::weigh::{NEVER, score};
use super::{Backup, Kind, Problem, Rule, cue, kind_of};

/// A number that could be the code.
pub(super) struct Candidate {
    /// Its first character.
    pub start: usize,
    /// The place after its last.
    pub end: usize,
    /// Which code it would be, by its length.
    pub kind: Kind,
    /// The characters of the code as one number.
    pub value: u64,
    /// Needs a word for a code right beside it.
    pub weak: bool,
    /// How much speaks for it.
    pub score: i32,
}

/// The score of a number beside a word for a code; what is further away has less.
const BESIDE: i32 = 70;
/// A candidate must be ahead by this much to be preferred.
const AHEAD: i32 = 12;
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
        edge(a.start.wrapping_sub(1))
            && edge(a.end)
            && !found.iter().any(|c| c.start <= a.start && a.end <= c.end)
    };
    if whole && atoms.iter().any(bare) {
        return Ok(None);
    }
    // Are there words beside the candidates?
    let mut letters = (0..text.signs.len()).filter(|&i| text.is_letter(i)).count();
    for c in &found {
        letters -= (c.start..c.end)
            .filter(|&i| text.is_letter(i))
            .count()
            .min(letters);
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
    if place.is_some() && best - rival < AHEAD {
        Err(Problem::Ambiguous)
    } else {
        Ok(place)
    }
}

/// Numbers in a row with next to nothing between them share what is said about one of them.
fn list(text: &Text, found: &mut [Candidate]) {
    let pairs = 1..found.len();
    for i in pairs.clone().chain(pairs.rev()) {
        let Some([a, b]) = found.get_mut(i - 1..=i) else {
            continue;
        };
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
        let row = shape::group(text, atoms, i, rule);
        // Groups of two are as often dates.
        let joint = shape::link(text, atoms, i);
        let weak =
            row.is_some_and(|row| matches!(joint, '.' | ',') || (row.1 == 3 && a.length() == 2));
        let (end, each) = row.unwrap_or((i + 1, 1));
        // A word for a code may be written up against it: OTP482913.
        let mut digits = a.end;
        while digits > a.start && text.is_digit(digits - 1) {
            digits -= 1;
        }
        let glued = !a.plain && !a.look && text.mark(digits.wrapping_sub(1)) == cue::CODE;
        let start = if glued { digits } else { a.start };
        if shape::open(text, atoms, i, end) && (glued || row.is_some() || a.plain || a.look) {
            while i < end {
                if let (Some(a), Some(z)) = (atoms.get(i), atoms.get(i + each - 1)) {
                    push(
                        text,
                        &mut found,
                        (start.max(a.start), z.end),
                        weak || a.look,
                        rule,
                    );
                }
                i += each;
            }
        }
        i = end;
    }
    found
}

/// Adds a candidate, if it is as long as a code.
fn push(
    text: &Text,
    found: &mut Vec<Candidate>,
    (start, end): (usize, usize),
    weak: bool,
    rule: &Rule,
) {
    let length = (start..end)
        .filter(|&i| text.is_word(i) || text.at(i) == '|')
        .count();
    if let Some(kind) = kind_of(length, rule) {
        found.push(Candidate {
            start,
            end,
            kind,
            value: text.value(start, end),
            weak,
            score: 0,
        });
    }
}

/// The words that could be a backup code of letters and digits: both in one word, or capitals after a colon.
fn spelled(text: &Text, length: usize, found: &mut Vec<Candidate>) {
    let mut end = 0;
    while end < text.signs.len() {
        let start = end;
        let (mut count, mut digits, mut small) = (0, 0, false);
        while text.at(end).is_ascii_alphanumeric()
            || (text.at(end) == '-' && count > 0 && text.is_word(end + 1))
        {
            digits += usize::from(text.is_digit(end));
            count += usize::from(text.is_word(end));
            small |= text.at(end).is_ascii_lowercase();
            end += 1;
        }
        let before = text.at(start.wrapping_sub(1));
        let labelled = before == '"'
            || before == ':'
            || (before == ' ' && text.at(start.wrapping_sub(2)) == ':');
        let apart = |c: char| !matches!(c, '/' | '_' | '@' | '+' | '=');
        if count == length
            && digits < length
            && (digits > 0 || (labelled && !small))
            && apart(before)
            && apart(text.at(end))
        {
            let value = text.value(start, end);
            found.push(Candidate {
                start,
                end,
                kind: Kind::Backup,
                value,
                weak: false,
                score: 0,
            });
        }
        end = end.max(start + 1);
    }
}
