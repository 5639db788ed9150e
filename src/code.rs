//! Reads what was typed or pasted: cleans it, finds the code in a message, counts its digits, and reports the
//! changes.
//!
//! The digit rule of the project exists here alone: page, Node and server all call [`read`].
//!
//! Reading takes these steps. The first that finds a code or a problem other than [`Problem::NoCode`] ends it:
//! 1. every character is normalized (`normalize`, `text`): digits become ASCII, spaces and dashes one kind each,
//!    invisible characters are dropped;
//! 2. a line bound to a host, `@example.com #482913` (`domain_bound`);
//! 3. a text that is a single number, grouped in any way, or a single code of letters and digits (`whole`);
//! 4. a message (`message`): its numbers (`numbers`) and words that could be codes (`words`) are scored by the words
//!    around them (`score`, `labels`, `keywords`);
//! 5. there is no code, and the text decides the problem (`whole`).
//!
//! Each of these modules uses only those below it: `whole` → `message` → `score`, `words` → `labels`, `numbers`,
//! `outcome`, `domain_bound` → `keywords` → `text` → `normalize`, `reading` → `rule`.

mod domain_bound; // the line that names the host for which a code is
mod keywords; // the words around a number that identify it
mod labels; // the units and labels directly beside a number
mod message; // the numbers of a message, and which of them is the code
mod names; // the names of a reading's parts outside Rust
mod normalize; // the meaning of each character
mod numbers; // how numbers are grouped, and what contains them
mod outcome; // sentences that report the outcome of a code
mod reading; // the result
mod rule; // the form of a site's codes
mod score; // how much the words around a number speak for it
mod second_list; // whether the build has the second list of keywords
mod text; // the normalized text with its keywords and numbers
mod whole; // a text that is nothing but one code, and the problem of a text without a code
mod words; // the words of a message that could be a code of letters and digits

use alloc::string::String;

use normalize::{FIXES, INVISIBLE, MARKUP};
use reading::Found;
use rule::kind_of;
use text::{Text, look_alike, set};
use whole::Counts;

pub use reading::{Fix, Fixes, Problem, Reading};
pub use rule::{Alphabet, Backup, Kind, Lengths, Rule};
#[cfg(test)]
#[allow(unused_imports, reason = "tests in WebAssembly read no files")]
pub(crate) use second_list::with_first_list_alone;

/// The fixes that a character of the code brings with it: [`Fix::FullWidth`] and [`Fix::OtherDigits`].
const OF_DIGITS: u32 = 1 << Fix::FullWidth as u32 | 1 << Fix::OtherDigits as u32;

/// [`Fix::Separators`] as a bit of a set.
const SEPARATORS: u32 = 1 << Fix::Separators as u32;

/// Reads whatever was typed or pasted, a whole message included.
///
/// Where two numbers could be the code, the answer is [`Problem::Ambiguous`], never a guess. The only number of a
/// message is taken unless its words name it as something else. Only the first 16,384 visible characters of a
/// text are read (runs of white space count as one).
///
/// ```
/// use todoita::code::{Fix, Kind, Problem, Rule, read};
///
/// let rule = Rule::default(); // codes of 6 digits, backup codes of 8
/// let typed = read("４８２ ９１３", &rule);
/// assert_eq!(typed.kind, Some(Kind::Code));
/// assert_eq!(typed.digits, "482913");
/// assert!(typed.fixes.iter().eq([Fix::FullWidth, Fix::Separators]));
///
/// let pasted = read("ご注文番号：118204\n認証コード：482913（10分間有効）", &rule);
/// assert_eq!((pasted.kind, pasted.digits.as_str()), (Some(Kind::Code), "482913"));
///
/// // Without a code there is a reason, and the digits seen so far.
/// assert_eq!(read("4829", &rule).problem, Some(Problem::TooFew));
/// assert_eq!(read("482913 or 118204", &rule).problem, Some(Problem::Ambiguous));
///
/// // A line bound to another host is for another site.
/// let rule = Rule { host: Some("shop.example".into()), ..rule };
/// assert_eq!(read("@bank.example #482913", &rule).problem, Some(Problem::OtherSite));
/// ```
pub fn read(text: &str, rule: &Rule) -> Reading {
    let mut text = Text::new(text, rule);
    let found = find(&mut text);
    let mut reading = Reading {
        kind: None,
        digits: String::new(),
        fixes: Fixes::NONE,
        problem: found.problem,
    };
    let mut fixes = if found.message { 1 } else { text.trailing };
    let (letters, mut lettered, mut hidden) = (rule.has_letters(), false, 0);
    for i in found.start..found.end {
        let mut c = text.at(i);
        let mut fix = text.fixes(i) & OF_DIGITS;
        let letter = letters && text.is(i, set::LETTER);
        lettered |= letter;
        if !(letter || c.is_ascii_digit()) {
            c = if found.problem.is_none() && !letters {
                look_alike(c)
            } else {
                ' '
            };
            fix = if c == ' ' {
                SEPARATORS
            } else {
                1 << Fix::LookAlike as u32
            };
        }
        if c != ' ' {
            // ASCII by now: one byte to write, not the four that a char may take.
            reading.digits.push(char::from(c as u8 & 127));
        }
        fixes |= fix;
        hidden |= text.fixes(i) & ((INVISIBLE | MARKUP) >> FIXES);
    }
    if found.problem.is_none() {
        reading.kind = kind_of(reading.digits.len(), lettered, rule);
        if reading.kind == Some(Kind::Backup) && !rule.backup_format.is_empty() {
            fixes &= !SEPARATORS;
            if shape(&mut reading.digits, &text, &found) {
                fixes |= SEPARATORS;
            }
        }
        reading.fixes = Fixes((fixes | hidden) as u8);
    }
    reading
}

/// Gives a backup code the shape of the site's, and whether other separators than those were between its characters.
fn shape(code: &mut String, text: &Text, found: &Found) -> bool {
    let format = &text.rule.backup_format;
    let mut characters = code.chars();
    let mut shaped = String::new();
    let mut changed = found.end - found.start != format.len();
    for (i, place) in (found.start..).zip(format.bytes()) {
        let c = if matches!(place, b'x' | b'9') {
            changed |= !text.is(i, set::CODE);
            characters.next().map_or(0, |c| c as u8)
        } else {
            // A dash of another kind or width became this one.
            changed |=
                text.at(i) != char::from(place) || text.fixes(i) & !(INVISIBLE >> FIXES) != 0;
            place
        };
        shaped.push(char::from(c & 127));
    }
    *code = shaped;
    changed
}

fn find(text: &mut Text) -> Found {
    let counts = Counts::of(text);
    if counts.blank {
        return Found::not_found(Problem::Empty);
    }
    let mut found = domain_bound::find(text);
    if found.problem == Some(Problem::NoCode) {
        if whole::has_the_format(text) {
            return Found::whole(text.len(), None);
        }
        text.find_numbers();
        found = whole::number(text, &counts);
    }
    if found.problem == Some(Problem::NoCode) {
        found = whole::alphanumeric(text, &counts);
    }
    if found.problem == Some(Problem::NoCode) {
        found = message::find(text, false);
    }
    if found.problem == Some(Problem::NoCode) {
        found.problem = Some(whole::reason(text, &counts));
    }
    found
}
