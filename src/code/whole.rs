//! A text that is nothing but one code, typed or pasted; and the problem of a text without a code.

use super::message;
use super::reading::{Found, Problem};
use super::rule::{Alphabet, Backup, kind_of};
use super::text::{Text, look_alike, set};

/// How many characters of each sort a text has.
pub(super) struct Counts {
    /// Digits.
    digits: usize,
    /// Letters that look like digits.
    look_alikes: usize,
    /// Other ASCII letters, full-width ones too.
    letters: usize,
    /// It has a character that is neither a digit, a look-alike nor an ASCII letter, and that does not separate
    /// or enclose those.
    foreign: bool,
    /// It has nothing but white space.
    pub blank: bool,
}

impl Counts {
    pub(super) fn of(text: &Text) -> Counts {
        let mut counts = Counts {
            digits: 0,
            look_alikes: 0,
            letters: 0,
            foreign: false,
            blank: true,
        };
        for i in 0..text.len() {
            counts.blank &= text.is_space(i);
            if text.is_digit(i) {
                counts.digits += 1;
            } else if look_alike(text.at(i)) != ' ' {
                counts.look_alikes += 1;
            } else if text.is(i, set::LETTER) {
                counts.letters += 1;
            } else {
                counts.foreign |= text.is(i, set::FOREIGN);
            }
        }
        counts
    }
}

/// The text is in the site's format of backup codes, to the character. Then it is one, even where it looks like a date, a telephone
/// number or two codes.
pub(super) fn has_the_format(text: &Text) -> bool {
    let format = text.rule.backup_format.as_bytes();
    let fits = |(i, &place): (usize, &u8)| match place {
        b'x' => text.is(i, set::ALPHANUMERIC),
        b'9' => text.is_digit(i),
        _ => text.at(i) == char::from(place),
    };
    !format.is_empty() && format.len() == text.len() && format.iter().enumerate().all(fits)
}

/// The text is a single number: typed or pasted, in groups or not, in brackets or not.
pub(super) fn number(text: &mut Text, counts: &Counts) -> Found {
    let rule = text.rule;
    let count = counts.digits + counts.look_alikes;
    let replaceable =
        counts.look_alikes == 0 || (!rule.has_letters() && counts.digits > counts.look_alikes);
    if counts.digits == 0 || counts.letters > 0 || counts.foreign || text.clipped || !replaceable {
        return Found::not_found(Problem::NoCode);
    }
    let (mut dated, mut complete, mut uneven) = (false, false, false);
    let first = text.number(0);
    for (i, a) in text.numbers.iter().enumerate() {
        dated |= text.is_dated(i);
        complete |= kind_of(a.length(), false, rule).is_some();
        uneven |= a.length() != first.length();
    }
    let plus = text.at(first.start.wrapping_sub(1)) == '+' && count > 7;
    let zero = text.at(first.start) == '0';
    let trunk = zero && first.length() < 6 && text.numbers.len() > 1;
    let dashed = trunk && text.at(first.end) == '-' && count > 6 && count < 12;
    let telephone = plus || (trunk && count > 9);
    if !dated && !telephone && kind_of(count, false, rule).is_some() {
        // A group that is a code by itself, beside others: 482913 10.
        let doubtful = complete && uneven;
        return Found::whole(text.len(), doubtful.then_some(Problem::Ambiguous));
    }
    let mut found = message::find(text, true);
    if counts.look_alikes == 0 && found.problem.is_none() {
        return found;
    }
    let shortest = if rule.backup == Backup::None {
        rule.digits
    } else {
        rule.digits.min(rule.backup_digits)
    };
    if found.problem != Some(Problem::Ambiguous) {
        found.problem = Some(if dated {
            Problem::Date
        } else if dashed || plus || (zero && (count == 10 || count == 11)) {
            Problem::PhoneNumber
        } else if count < usize::from(shortest) {
            Problem::TooFew
        } else {
            Problem::TooMany
        });
    }
    Found::whole(text.len(), found.problem)
}

/// The text is one code of letters and digits, or the beginning of one.
pub(super) fn alphanumeric(text: &Text, counts: &Counts) -> Found {
    let none = Found::not_found(Problem::NoCode);
    let rule = text.rule;
    if !rule.has_letters() || counts.foreign || text.clipped {
        return none;
    }
    // Spaces may be between groups of equal length. `group`: how many characters the first has; `since`: how many
    // follow the last space. A line end is behind the text.
    let (mut count, mut group, mut since, mut even) = (0, 0, 0, true);
    let mut small = false;
    for i in 0..text.len() + 1 {
        if text.is(i, set::ALPHANUMERIC) {
            count += 1;
            since += 1;
            small |= text.at(i).is_ascii_lowercase();
        } else if text.is_space(i) {
            if group == 0 {
                group = since;
            }
            even &= since == 0 || since == group;
            since = 0;
        } else if !text.is(i, "-._~\"(),") {
            return none;
        }
    }
    // Words have small letters.
    even &= group == count || counts.digits > 0 || !small;
    if even && kind_of(count, true, rule).is_some() {
        return Found::whole(text.len(), None);
    }
    if count == 0 || group < count {
        return none;
    }
    let mut longest = 0;
    if rule.code == Alphabet::Alphanumeric {
        longest = rule.digits;
    }
    if rule.backup == Backup::Alphanumeric {
        longest = longest.max(rule.backup_digits);
    }
    if count < usize::from(longest) {
        Found::whole(text.len(), Some(Problem::TooFew))
    } else if rule.code == Alphabet::Alphanumeric {
        Found::whole(text.len(), Some(Problem::TooMany))
    } else {
        none
    }
}

/// The problem of a text that is more than a number and has no code.
pub(super) fn reason(text: &Text, counts: &Counts) -> Problem {
    let (mut date, mut dated, mut token, mut lettered, mut at, mut dot) =
        (counts.digits > 0, false, true, false, false, false);
    for i in 0..text.len() {
        // Dates and times consist of digits and these characters; at least one of the first set is needed.
        let sure = text.is(i, ":月日時시월일");
        dated |= sure;
        date &= sure
            || text.is(
                i,
                "d \n/-.,()\"TZAPMapm年分秒曜火水木金土午前後令和平成년분초오전후",
            );
        token &= text.folded(i).is_ascii_graphic();
        lettered |= text.folded(i).is_ascii_alphabetic();
        at |= text.at(i) == '@' || (text.at(i) == '/' && text.at(i + 1) == '/');
        dot |= text.is(i, "./");
    }
    if date && dated {
        return Problem::Date;
    }
    // One word with letters that is neither a link nor a mail address.
    if token && text.len() <= 64 && lettered && !(at && dot) {
        return Problem::Password;
    }
    Problem::NoCode
}
