//! What was typed: cleaned, the code found in a message, its digits counted, and what was fixed.
//!
//! The one digit rule of the project: page, Node and server all read through [`read`].
//!
//! Reading takes these steps, and the first that finds a code or a reason ends it:
//! 1. every character becomes a plain sign (`sign`): digits ASCII, spaces and dashes one kind each, the invisible gone;
//! 2. a line bound to a host, `@example.com #482913` (`bound`);
//! 3. the text is nothing but one number, however it is grouped (here);
//! 4. the text is a message: its numbers are weighed by the words around them (`message`, `cue`);
//! 5. there is no code, and the reason is told (here).

mod bound; // the line that says whom a code is for
mod cue; // the words around a number that say what it is
mod message; // the numbers of a message, and which of them is the code
mod sign; // one character at a time: what it stands for

use alloc::string::String;
use alloc::vec::Vec;

use message::Atom;
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
    pub fixes: Vec<Fix>,
    /// Why no code was read. `None` exactly where `kind` is some.
    pub problem: Option<Problem>,
}

/// Reads whatever was typed or pasted, a whole message included.
///
/// What is read is never guessed: where two numbers could be the code, the answer is
/// [`Problem::Ambiguous`]. Only the first 16,384 visible characters of a text are read (runs of white
/// space count as one); a mail is shorter, and a login field is no place for a book.
pub fn read(text: &str, rule: &Rule) -> Reading {
    let text = Text::of(text);
    if text.signs.iter().all(|s| sign::is_space(s.ch)) {
        return refused(Problem::Empty, String::new());
    }
    match bound::find(&text, rule) {
        Some(Ok(line)) => return taken(&text, line.0, line.1, rule, true),
        Some(Err(problem)) => return refused(problem, String::new()),
        None => {}
    }
    let atoms = message::atoms(&text, rule);
    let seen = Seen::of(&text);
    if let Some(reading) = number(&text, &atoms, &seen, rule) {
        return reading;
    }
    if let Some(reading) = lettered(&text, &seen, rule) {
        return reading;
    }
    match message::find(&text, &atoms, rule) {
        Ok(Some(code)) => taken(&text, code.0, code.1, rule, true),
        Ok(None) => refused(reason(&text, &seen), String::new()),
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
        for s in &text.signs {
            if s.ch.is_ascii_digit() {
                seen.digits += 1;
            } else if sign::look_alike(s.ch).is_some() {
                seen.looks += 1;
            } else if s.ch.is_ascii_alphabetic() && s.was & FOLDED == 0 {
                seen.letters += 1;
            } else if sign::is_word(s.ch)
                || matches!(s.ch, '$' | '%' | '&' | '=' | '@' | '^' | '\\')
            {
                seen.strange = true;
            }
        }
        seen
    }
}

/// The text is one number and nothing else: typed or pasted, in groups or not, wrapped or not.
fn number(text: &Text, atoms: &[Atom], seen: &Seen, rule: &Rule) -> Option<Reading> {
    let count = seen.digits + seen.looks;
    let repaired =
        seen.looks == 0 || (rule.backup != Backup::Alphanumeric && seen.digits > seen.looks);
    if seen.digits == 0 || seen.letters > 0 || seen.strange || text.clipped {
        return None;
    }
    let all = text.signs.len();
    let dated = (0..atoms.len()).any(|i| message::dated(text, atoms, i));
    let first = atoms.first()?;
    let plus = text.at(first.start.wrapping_sub(1)) == '+';
    // A group that is a code by itself beside other, different groups: 482913 10.
    let apart = atoms
        .iter()
        .any(|a| kind_of(a.end - a.start, rule).is_some())
        && atoms
            .iter()
            .any(|a| a.end - a.start != first.end - first.start);
    if repaired && !dated && !plus && kind_of(count, rule).is_some() {
        let trunk = count > 9 && atoms.len() > 1 && text.at(first.start) == '0';
        if apart {
            return Some(refused(Problem::Ambiguous, ascii_digits(text)));
        }
        if !trunk {
            return Some(taken(text, 0, all, rule, false));
        }
    }
    if seen.looks > 0 && !repaired {
        return None;
    }
    // A number that stands bare beside the others could be a part of the code: then nothing is taken out.
    let bare = |i: usize| {
        let a = &atoms[i];
        let edge = |c: char| sign::is_space(c) || c == '"';
        kind_of(a.end - a.start, rule).is_none()
            && edge(text.at(a.start.wrapping_sub(1)))
            && edge(text.at(a.end))
            && !message::grouped(text, atoms, i, rule)
    };
    if seen.looks == 0 && !(0..atoms.len()).any(bare) {
        match message::find(text, atoms, rule) {
            Ok(Some(code)) => return Some(taken(text, code.0, code.1, rule, true)),
            Ok(None) => {}
            Err(problem) => return Some(refused(problem, ascii_digits(text))),
        }
    }
    let least = match rule.backup {
        Backup::None => rule.digits,
        _ => rule.digits.min(rule.backup_digits),
    };
    let zero = text.at(first.start) == '0';
    let dashed = zero && first.end - first.start < 6 && text.at(first.end) == '-' && count > 6;
    let problem = if dated {
        Problem::Date
    } else if (plus && count > 7)
        || (zero && (count == 10 || count == 11))
        || (dashed && count < 12)
    {
        Problem::PhoneNumber
    } else if count < usize::from(least) {
        Problem::TooFew
    } else {
        Problem::TooMany
    };
    Some(refused(problem, ascii_digits(text)))
}

/// The text is one backup code of letters and digits, or the beginning of one.
fn lettered(text: &Text, seen: &Seen, rule: &Rule) -> Option<Reading> {
    let count = seen.digits + seen.looks + seen.letters;
    if rule.backup != Backup::Alphanumeric || seen.strange || text.clipped || count == 0 {
        return None;
    }
    let length = usize::from(rule.backup_digits);
    let mut groups: Vec<usize> = Vec::new();
    let mut spaced = false;
    let mut open = false;
    for s in &text.signs {
        let word = s.ch.is_ascii_alphanumeric();
        if word {
            match groups.last_mut() {
                Some(last) if open => *last += 1,
                _ => groups.push(1),
            }
        } else if sign::is_space(s.ch) {
            spaced |= !groups.is_empty();
        } else if !matches!(s.ch, '-' | '.' | '_' | '~' | '"' | '(' | ')' | ',') {
            return None;
        }
        open = word;
    }
    let even = groups.iter().all(|g| Some(g) == groups.first());
    let one = groups.len() == 1 || !spaced || even;
    if count == length && one && groups.iter().sum::<usize>() == count {
        return Some(taken(text, 0, text.signs.len(), rule, false));
    }
    if count < length && (groups.len() == 1 || !spaced) {
        let typed = text
            .signs
            .iter()
            .map(|s| s.ch)
            .filter(char::is_ascii_alphanumeric)
            .collect();
        return Some(refused(Problem::TooFew, typed));
    }
    None
}

/// Why a text that is more than a number has no code.
fn reason(text: &Text, seen: &Seen) -> Problem {
    let has = |c: char| text.signs.iter().any(|s| s.ch == c);
    let clock = |ch| {
        " \n/:-.,()\"TZAPMapm年月日時分秒曜火水木金土午前後令和平成时년월일시분초오전후"
            .chars()
            .any(|c| c == ch)
    };
    let clocked =
        has(':') || has('日') || has('月') || has('時') || has('일') || has('월') || has('시');
    if seen.digits > 0
        && clocked
        && text
            .signs
            .iter()
            .all(|s| s.ch.is_ascii_digit() || clock(s.ch))
    {
        return Problem::Date;
    }
    let token = text.signs.iter().all(|s| s.ch.is_ascii_graphic());
    let address = has('@') && has('.')
        || text
            .signs
            .windows(2)
            .any(|w| w[0].ch == '/' && w[1].ch == '/');
    if token && text.signs.len() <= 64 && seen.letters + seen.looks > 0 && !address {
        return Problem::Password;
    }
    Problem::NoCode
}

/// The ASCII digits of a text.
fn ascii_digits(text: &Text) -> String {
    text.signs
        .iter()
        .map(|s| s.ch)
        .filter(char::is_ascii_digit)
        .collect()
}

fn refused(problem: Problem, digits: String) -> Reading {
    Reading {
        kind: None,
        digits,
        fixes: Vec::new(),
        problem: Some(problem),
    }
}

/// The code between two places of the text, and what was changed to arrive at it.
fn taken(text: &Text, start: usize, end: usize, rule: &Rule, message: bool) -> Reading {
    let mut digits = String::new();
    let (mut was, mut looked, mut separated) = (0, false, false);
    for (i, s) in text.signs.iter().enumerate().take(end).skip(start) {
        let kept = if s.ch.is_ascii_digit() {
            was |= s.was & (FULL | OTHER);
            Some(s.ch)
        } else if rule.backup == Backup::Alphanumeric {
            let letter = s.ch.is_ascii_alphabetic().then_some(s.ch);
            was |= if letter.is_some() { s.was & FULL } else { 0 };
            letter
        } else {
            let digit = sign::look_alike(s.ch);
            looked |= digit.is_some();
            digit
        };
        match kept {
            Some(ch) => digits.push(ch),
            None => separated = true,
        }
        if i > start || !message {
            was |= s.was & INVISIBLE;
        }
    }
    if !message {
        was |= text.trailing;
    }
    let mut fixes = Vec::new();
    for (fix, done) in [
        (Fix::Message, message),
        (Fix::FullWidth, was & FULL != 0),
        (Fix::OtherDigits, was & OTHER != 0),
        (Fix::LookAlike, looked),
        (Fix::Separators, separated),
        (Fix::Invisible, was & INVISIBLE != 0),
    ] {
        if done {
            fixes.push(fix);
        }
    }
    Reading {
        kind: kind_of(digits.len(), rule),
        digits,
        fixes,
        problem: None,
    }
}
