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

use sign::{Text, look_alike};

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
/// Where two numbers could be the code, the answer is [`Problem::Ambiguous`], never a guess. The only number
/// of a message that names neither a code nor anything else is taken. Only the first 16,384 visible characters of a text are read (runs of white
/// space count as one); a mail is shorter, and a login field is no place for a book.
pub fn read(text: &str, rule: &Rule) -> Reading {
    let mut text = Text::of(text, rule);
    let found = find(&mut text);
    let mut reading = Reading {
        kind: None,
        digits: String::new(),
        fixes: Fixes::NONE,
        problem: found.problem,
    };
    let mut done = if found.message { 1 } else { text.trailing };
    for i in found.start..found.end {
        let mut ch = text.at(i);
        let mut fix = text.was(i) & KEPT;
        if !(ch.is_ascii_digit() || (rule.backup == Backup::Alphanumeric && text.is(i, "x"))) {
            ch = if found.problem.is_none() && rule.backup != Backup::Alphanumeric {
                look_alike(ch)
            } else {
                ' '
            };
            fix = if ch == ' ' { 1 << 4 } else { 1 << 3 };
        }
        if ch != ' ' {
            // ASCII by now: one byte to write, not the four that a char may take.
            reading.digits.push(char::from(ch as u8 & 127));
        }
        done |= fix | text.was(i) & INVISIBLE;
    }
    if found.problem.is_none() {
        reading.kind = kind_of(reading.digits.len(), rule);
        reading.fixes = Fixes(done as u8);
    }
    reading
}

/// Of [`Fixes`], those that a character may bring that is kept, and the one that any may.
const KEPT: u32 = 1 << 1 | 1 << 2;
const INVISIBLE: u32 = 1 << 5;

/// What a step of reading arrives at.
struct Found {
    /// The first character of the code, or of what is counted.
    start: usize,
    /// The place after the last.
    end: usize,
    /// It was taken out of a longer text.
    message: bool,
    /// Why it is no code; [`Problem::NoCode`] where the next step may find one.
    problem: Option<Problem>,
}

impl Found {
    /// Nothing, and why.
    fn none(problem: Problem) -> Found {
        Found {
            start: 0,
            end: 0,
            message: false,
            problem: Some(problem),
        }
    }

    /// A code that stands in a message.
    fn code(start: usize, end: usize) -> Found {
        Found {
            start,
            end,
            message: true,
            problem: None,
        }
    }

    /// The whole text.
    fn all(text: &Text, problem: Option<Problem>) -> Found {
        Found {
            start: 0,
            end: text.len(),
            message: false,
            problem,
        }
    }
}

fn find(text: &mut Text) -> Found {
    let seen = Seen::of(text);
    if seen.blank {
        return Found::none(Problem::Empty);
    }
    let mut found = bound::find(text);
    if found.problem == Some(Problem::NoCode) {
        text.count();
        found = number(text, &seen);
    }
    if found.problem == Some(Problem::NoCode) {
        found = lettered(text, &seen);
    }
    if found.problem == Some(Problem::NoCode) {
        found = message::find(text, false);
    }
    if found.problem == Some(Problem::NoCode) {
        found.problem = Some(reason(text, &seen));
    }
    found
}

/// The kind of code that has this many characters, if any has.
#[inline(never)]
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
    /// Nothing but white space.
    blank: bool,
}

impl Seen {
    fn of(text: &Text) -> Seen {
        let mut seen = Seen {
            digits: 0,
            looks: 0,
            letters: 0,
            strange: false,
            blank: true,
        };
        for i in 0..text.len() {
            seen.blank &= text.is_space(i);
            if text.is_digit(i) {
                seen.digits += 1;
            } else if look_alike(text.at(i)) != ' ' {
                seen.looks += 1;
            } else if text.is_plain_letter(i) {
                seen.letters += 1;
            } else {
                seen.strange |= text.is(i, "y$%&=@^\\");
            }
        }
        seen
    }
}

/// The text is one number and nothing else: typed or pasted, in groups or not, wrapped or not.
fn number(text: &mut Text, seen: &Seen) -> Found {
    let rule = text.rule;
    let count = seen.digits + seen.looks;
    let repaired =
        seen.looks == 0 || (rule.backup != Backup::Alphanumeric && seen.digits > seen.looks);
    if seen.digits == 0 || seen.letters > 0 || seen.strange || text.clipped || !repaired {
        return Found::none(Problem::NoCode);
    }
    let (mut dated, mut whole, mut uneven) = (false, false, false);
    let first = text.nth(0);
    for (i, a) in text.numbers.iter().enumerate() {
        dated |= text.is_dated(i);
        whole |= kind_of(a.length(), rule).is_some();
        uneven |= a.length() != first.length();
    }
    let plus = text.at(first.start.wrapping_sub(1)) == '+' && count > 7;
    let zero = text.at(first.start) == '0';
    let trunk = zero && first.length() < 6 && text.numbers.len() > 1;
    let dashed = trunk && text.at(first.end) == '-' && count > 6 && count < 12;
    let telephone = plus || (trunk && count > 9);
    if !dated && !telephone && kind_of(count, rule).is_some() {
        // A group that is a code by itself, beside others: 482913 10.
        let apart = whole && uneven;
        return Found::all(text, apart.then_some(Problem::Ambiguous));
    }
    let mut found = message::find(text, true);
    if seen.looks == 0 && found.problem.is_none() {
        return found;
    }
    let least = if rule.backup == Backup::None {
        rule.digits
    } else {
        rule.digits.min(rule.backup_digits)
    };
    if found.problem != Some(Problem::Ambiguous) {
        found.problem = Some(if dated {
            Problem::Date
        } else if dashed || plus || (zero && (count == 10 || count == 11)) {
            Problem::PhoneNumber
        } else if count < usize::from(least) {
            Problem::TooFew
        } else {
            Problem::TooMany
        });
    }
    Found::all(text, found.problem)
}

/// The text is one backup code of letters and digits, or the beginning of one.
fn lettered(text: &Text, seen: &Seen) -> Found {
    let none = Found::none(Problem::NoCode);
    if text.rule.backup != Backup::Alphanumeric || seen.strange || text.clipped {
        return none;
    }
    // How much stands before the first space between two words: nothing, or half of the code.
    let (mut count, mut half, mut spaced) = (0, 0, false);
    for i in 0..text.len() {
        if text.is(i, "dx") {
            if spaced && half == 0 {
                half = count;
            }
            count += 1;
        } else if text.is_space(i) {
            spaced = count > 0;
        } else if !text.is(i, "-._~\"(),") {
            return none;
        }
    }
    let length = usize::from(text.rule.backup_digits);
    if count == length && (half == 0 || half * 2 == count) {
        return Found::all(text, None);
    }
    if count == 0 || count > length || half > 0 {
        return none;
    }
    Found::all(text, Some(Problem::TooFew))
}

/// Why a text that is more than a number has no code.
fn reason(text: &Text, seen: &Seen) -> Problem {
    let (mut date, mut told, mut token, mut at, mut dot) =
        (seen.digits > 0, false, true, false, false);
    for i in 0..text.len() {
        // What dates and times are written with, beside digits; some tell one by themselves.
        let tells = text.is(i, ":月日時시월일");
        told |= tells;
        date &= tells
            || text.is(
                i,
                "d \n/-.,()\"TZAPMapm年分秒曜火水木金土午前後令和平成년분초오전후",
            );
        token &= text.at(i).is_ascii_graphic();
        at |= text.at(i) == '@' || (text.at(i) == '/' && text.at(i + 1) == '/');
        dot |= text.is(i, "./");
    }
    if date && told {
        return Problem::Date;
    }
    // A token with letters that is neither a link nor a mail address.
    if token && text.len() <= 64 && seen.letters + seen.looks > 0 && !(at && dot) {
        return Problem::Password;
    }
    Problem::NoCode
}
