//! What was typed: cleaned, the code found in a message, its digits counted, and what was fixed.
//!
//! The one digit rule of the project: page, Node and server all read through [`read`].
//!
//! Reading takes these steps, and the first that finds a code or a reason ends it:
//! 1. every character becomes a plain sign (`sign`): digits ASCII, spaces and dashes one kind each, the invisible gone;
//! 2. a line bound to a host, `@example.com #482913` (`bound`);
//! 3. the text is nothing but one number, however it is grouped (here);
//! 4. the text is a message: its numbers are weighed by their shape and by the words around them (`message`, `shape`, `weigh`, `cue`);
//! 5. there is no code, and the reason is told (here).

mod bound; // the line that says whom a code is for
mod cue; // the words around a number that say what it is
mod message; // the numbers of a message, and which of them is the code
mod shape; // what numbers look like, and what they are a part of
mod sign; // one character at a time: what it stands for
mod weigh; // how much the words around a number speak for it

use alloc::string::String;

use shape::Atom;
use sign::{FOLDED, FULL, INVISIBLE, OTHER, Text};

/// What a site's codes look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Digits of a sent or app code (6 by default).
    pub digits: u8,
    /// What backup codes are made of.
    pub backup: Backup,
    /// Characters of a backup code (8 by default).
    pub backup_digits: u8,
    /// This page's host: a line bound to another host is for somebody else. `None`: any host counts.
    pub host: Option<String>,
}

impl Default for Rule {
    fn default() -> Self {
        Rule {
            digits: 6,
            backup: Backup::Digits,
            backup_digits: 8,
            host: None,
        }
    }
}

/// What backup codes are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backup {
    /// Decimal digits.
    Digits,
    /// Latin letters and digits: no look-alike is repaired.
    Alphanumeric,
    /// The site has none.
    None,
}

/// Which kind of code was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A code that was sent, or that an app shows.
    Code,
    /// A backup code.
    Backup,
}

/// What was changed to arrive at the digits. In the order in which it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    /// The code was taken out of a longer text.
    Message,
    /// Full-width digits (U+FF10 to U+FF19) became ASCII.
    FullWidth,
    /// Other Unicode decimal digits became ASCII.
    OtherDigits,
    /// Look-alike letters became digits (O o l I |).
    LookAlike,
    /// Spaces, hyphens, dashes, dots and brackets were dropped.
    Separators,
    /// Invisible or bidirectional control characters were dropped.
    Invisible,
}

impl Fix {
    /// Every fix, in the order in which they are said.
    pub const ALL: [Fix; 6] = [
        Fix::Message,
        Fix::FullWidth,
        Fix::OtherDigits,
        Fix::LookAlike,
        Fix::Separators,
        Fix::Invisible,
    ];
}

/// Several [`Fix`]es, in the order in which they are said.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Fixes(u8);

impl Fixes {
    /// Nothing was changed.
    pub const NONE: Fixes = Fixes(0);

    /// These and one more.
    #[must_use]
    pub fn with(self, fix: Fix) -> Fixes {
        Fixes(self.0 | 1 << fix as u8)
    }

    /// Whether nothing was changed.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `fix` is among them.
    pub fn contains(self, fix: Fix) -> bool {
        self.0 >> fix as u8 & 1 == 1
    }

    /// One after the other.
    pub fn iter(self) -> impl Iterator<Item = Fix> {
        Fix::ALL.into_iter().filter(move |fix| self.contains(*fix))
    }
}

impl core::fmt::Debug for Fixes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Why nothing was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was typed.
    Empty,
    /// Fewer digits than the shortest code.
    TooFew,
    /// More digits than a code but fewer than a backup code (7), or more than any (9 and up).
    TooMany,
    /// A phone number.
    PhoneNumber,
    /// A date or a time.
    Date,
    /// Letters where digits are due: a password, it seems.
    Password,
    /// Several candidates and nothing to tell them apart.
    Ambiguous,
    /// The message's code is bound to another host.
    OtherSite,
    /// A text in which no code stands.
    NoCode,
}

/// What [`read`] made of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The kind of code, if one was read.
    pub kind: Option<Kind>,
    /// The code (ASCII); without a kind, the digits seen so far, for counting.
    pub digits: String,
    /// What was changed.
    pub fixes: Fixes,
    /// Why no code was read. `None` exactly where `kind` is some.
    pub problem: Option<Problem>,
}

/// Reads whatever was typed or pasted, a whole message included.
///
/// What is read is never guessed: where two numbers could be the code, the answer is
/// [`Problem::Ambiguous`]. Only the first 16,384 visible characters of a text are read (runs of white
/// space count as one); a mail is shorter, and a login field is no place for a book.
pub fn read(text: &str, rule: &Rule) -> Reading {
    let mut text = Text::of(text);
    let all = text.signs.len();
    if (0..all).all(|i| text.is_space(i)) {
        return refused(Problem::Empty, String::new());
    }
    let found = match bound::find(&text, rule) {
        Some(line) => line.map(Some),
        None => {
            let atoms = shape::atoms(&text, rule);
            let seen = Seen::of(&text);
            if let Some(reading) =
                number(&mut text, &atoms, &seen, rule).or_else(|| lettered(&text, &seen, rule))
            {
                return reading;
            }
            message::find(&mut text, &atoms, rule, false).and_then(|found| match found {
                None => Err(reason(&text, &seen)),
                found => Ok(found),
            })
        }
    };
    match found {
        Ok(Some((start, end))) => taken(&text, start, end, rule, true),
        Ok(None) => refused(Problem::NoCode, String::new()),
        Err(problem) => refused(problem, String::new()),
    }
}

/// The kind of code that has this many characters, if any has.
fn kind_of(length: usize, rule: &Rule) -> Option<Kind> {
    if length == usize::from(rule.digits) {
        Some(Kind::Code)
    } else if rule.backup != Backup::None && length == usize::from(rule.backup_digits) {
        Some(Kind::Backup)
    } else {
        None
    }
}

/// What stands in a text, counted once.
struct Seen {
    /// Digits.
    digits: usize,
    /// Letters that look like digits.
    looks: usize,
    /// Other ASCII letters, as they are or full-width.
    letters: usize,
    /// Anything but digits, look-alikes, ASCII letters and what may separate or wrap them.
    strange: bool,
}

impl Seen {
    fn of(text: &Text) -> Seen {
        let mut seen = Seen {
            digits: 0,
            looks: 0,
            letters: 0,
            strange: false,
        };
        for (i, s) in text.signs.iter().enumerate() {
            if text.is_digit(i) {
                seen.digits += 1;
            } else if sign::look_alike(s.ch).is_some() {
                seen.looks += 1;
            } else if s.ch.is_ascii_alphabetic() && s.was & FOLDED == 0 {
                seen.letters += 1;
            } else {
                seen.strange |=
                    text.is_word(i) || matches!(s.ch, '$' | '%' | '&' | '=' | '@' | '^' | '\\');
            }
        }
        seen
    }
}

/// The text is one number and nothing else: typed or pasted, in groups or not, wrapped or not.
fn number(text: &mut Text, atoms: &[Atom], seen: &Seen, rule: &Rule) -> Option<Reading> {
    let count = seen.digits + seen.looks;
    let first = atoms.first()?;
    let repaired =
        seen.looks == 0 || (rule.backup != Backup::Alphanumeric && seen.digits > seen.looks);
    if seen.letters > 0 || seen.strange || text.clipped || !repaired {
        return None;
    }
    let dated = (0..atoms.len()).any(|i| shape::dated(text, atoms, i));
    let plus = text.at(first.start.wrapping_sub(1)) == '+' && count > 7;
    let zero = text.at(first.start) == '0';
    let trunk = zero && first.length() < 6 && atoms.len() > 1;
    let telephone = plus || (trunk && count > 9);
    if !dated && !telephone && kind_of(count, rule).is_some() {
        // A group that is a code by itself, beside others: 482913 10.
        let apart = atoms.iter().any(|a| kind_of(a.length(), rule).is_some())
            && atoms.iter().any(|a| a.length() != first.length());
        if !apart {
            return Some(taken(text, 0, text.signs.len(), rule, false));
        }
        return Some(refused(Problem::Ambiguous, digits_of(text)));
    }
    let least = if rule.backup == Backup::None {
        rule.digits
    } else {
        rule.digits.min(rule.backup_digits)
    };
    let dashed = trunk && text.at(first.end) == '-' && count > 6 && count < 12;
    let problem = match message::find(text, atoms, rule, true) {
        Ok(Some((start, end))) if seen.looks == 0 => {
            return Some(taken(text, start, end, rule, true));
        }
        Err(problem) => problem,
        _ if dated => Problem::Date,
        _ if dashed || plus || (zero && (count == 10 || count == 11)) => Problem::PhoneNumber,
        _ if count < usize::from(least) => Problem::TooFew,
        _ => Problem::TooMany,
    };
    Some(refused(problem, digits_of(text)))
}

/// The text is one backup code of letters and digits, or the beginning of one.
fn lettered(text: &Text, seen: &Seen, rule: &Rule) -> Option<Reading> {
    if rule.backup != Backup::Alphanumeric || seen.strange || text.clipped {
        return None;
    }
    // How much stands before the first space between two words: nothing, or half of the code.
    let (mut count, mut half, mut spaced) = (0, 0, false);
    for (i, s) in text.signs.iter().enumerate() {
        if s.ch.is_ascii_alphanumeric() {
            if spaced && half == 0 {
                half = count;
            }
            count += 1;
        } else if text.is_space(i) {
            spaced = count > 0;
        } else if !matches!(s.ch, '-' | '.' | '_' | '~' | '"' | '(' | ')' | ',') {
            return None;
        }
    }
    let length = usize::from(rule.backup_digits);
    if count == length && (half == 0 || half * 2 == count) {
        return Some(taken(text, 0, text.signs.len(), rule, false));
    }
    if count == 0 || count > length || half > 0 {
        return None;
    }
    Some(refused(
        Problem::TooFew,
        kept(text, 0, text.signs.len(), Letters::All).0,
    ))
}

/// What dates and times are written with, beside digits; what is after the bar tells one by itself.
const CLOCK: [char; 46] = [
    ' ', '\n', '/', '-', '.', ',', '(', ')', '"', 'T', 'Z', 'A', 'P', 'M', 'a', 'p', 'm', '年',
    '分', '秒', '曜', '火', '水', '木', '金', '土', '午', '前', '後', '令', '和', '平', '成', '년',
    '분', '초', '오', '전', '후', ':', '月', '日', '時', '시', '월', '일',
];

/// Why a text that is more than a number has no code.
fn reason(text: &Text, seen: &Seen) -> Problem {
    let (mut date, mut told, mut token, mut at, mut dot) =
        (seen.digits > 0, false, true, false, false);
    let mut last = ' ';
    for s in &text.signs {
        let place = CLOCK.iter().position(|&c| c == s.ch);
        date &= s.ch.is_ascii_digit() || place.is_some();
        told |= place.is_some_and(|i| i > 38);
        token &= s.ch.is_ascii_graphic();
        at |= s.ch == '@' || (s.ch == '/' && last == '/');
        dot |= s.ch == '.' || s.ch == '/';
        last = s.ch;
    }
    if date && told {
        return Problem::Date;
    }
    // A token with letters that is neither a link nor a mail address.
    if token && text.signs.len() <= 64 && seen.letters + seen.looks > 0 && !(at && dot) {
        return Problem::Password;
    }
    Problem::NoCode
}

fn refused(problem: Problem, digits: String) -> Reading {
    Reading {
        kind: None,
        digits,
        fixes: Fixes::NONE,
        problem: Some(problem),
    }
}

/// What is left of a span when everything is dropped that is no part of a code, and which fixes that took: one bit
/// each, in the order of [`Fix::ALL`]. `also` are the letters that count.
fn kept(text: &Text, start: usize, end: usize, also: Letters) -> (String, u8) {
    let (mut code, mut done) = (String::new(), 0);
    for s in text.signs.get(start..end).unwrap_or_default() {
        let mut ch = s.ch;
        let letter = ch.is_ascii_alphabetic() && also == Letters::All;
        if ch.is_ascii_digit() || letter {
            done |= s.was & (FULL | OTHER);
        } else {
            ch = match sign::look_alike(ch) {
                Some(digit) if also == Letters::Alike => digit,
                _ => ' ',
            };
            done |= if ch == ' ' { 1 << 4 } else { 1 << 3 };
        }
        if ch != ' ' {
            // ASCII by now: one byte to write, not the four that a char may take.
            code.push(char::from(ch as u8));
        }
        done |= s.was & INVISIBLE;
    }
    (code, done)
}

/// Which letters belong to a code beside the digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    None,
    Alike,
    All,
}

/// The digits of a whole text, for counting.
fn digits_of(text: &Text) -> String {
    kept(text, 0, text.signs.len(), Letters::None).0
}

/// The bits of [`Fixes`].
const FIXES: u8 = (1 << Fix::ALL.len()) - 1;

/// The code between two places of the text, and what was changed to arrive at it.
fn taken(text: &Text, start: usize, end: usize, rule: &Rule, message: bool) -> Reading {
    let letters = if rule.backup == Backup::Alphanumeric {
        Letters::All
    } else {
        Letters::Alike
    };
    let (digits, done) = kept(text, start, end, letters);
    let done = done | if message { 1 } else { text.trailing };
    Reading {
        kind: kind_of(digits.len(), rule),
        digits,
        fixes: Fixes(done & FIXES),
        problem: None,
    }
}
