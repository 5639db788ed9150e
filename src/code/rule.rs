//! The form of a site's codes.

use alloc::string::String;

/// The form of a site's codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Characters of a code that was sent or that an authenticator shows: [`Rule::DIGITS`], 6 by default.
    pub digits: u8,
    /// The characters of such a code.
    pub code: Alphabet,
    /// The characters of backup codes.
    pub backup: Backup,
    /// Characters of a backup code: [`Rule::BACKUP_DIGITS`], 8 by default.
    pub backup_digits: u8,
    /// The shape in which a backup code is given out, set by [`Rule::set_backup_format`]; empty for its characters
    /// alone.
    pub backup_format: String,
    /// The host of this page. A code in a line that is bound to another host is [`super::Problem::OtherSite`];
    /// with `None` any host counts.
    pub host: Option<String>,
    /// More keywords, in the form of `src/code/keywords-more.txt`. The builds for pages do not contain that file, so a
    /// page in one of its languages adds it; other builds have it, and leave this empty.
    pub keywords: String,
}

impl Default for Rule {
    fn default() -> Self {
        Rule {
            digits: Rule::DIGITS.usual,
            code: Alphabet::Digits,
            backup: Backup::Digits,
            backup_digits: Rule::BACKUP_DIGITS.usual,
            backup_format: String::new(),
            host: None,
            keywords: String::new(),
        }
    }
}

impl Rule {
    /// The lengths of codes that are sent or that an authenticator shows.
    pub const DIGITS: Lengths = Lengths {
        least: 4,
        most: 10,
        usual: 6,
    };
    /// The lengths of backup codes.
    pub const BACKUP_DIGITS: Lengths = Lengths {
        least: 4,
        most: 32,
        usual: 8,
    };

    /// Sets length, characters and shape of backup codes by one example: `xxxx-xxxx-xxxx` is for letters and digits,
    /// `99999-99999` for digits. Between the places are single spaces or any of `- . _`; there are as many places as
    /// [`Rule::BACKUP_DIGITS`] allows.
    ///
    /// Gives false, and changes nothing, for any other text.
    pub fn set_backup_format(&mut self, format: &str) -> bool {
        let Some(places) = Rule::places(format) else {
            return false;
        };
        self.backup = if format.starts_with('9') {
            Backup::Digits
        } else {
            Backup::Alphanumeric
        };
        self.backup_digits = places;
        self.backup_format = format.into();
        true
    }

    /// The number of characters of a backup code in this shape; `None` where it is no shape for
    /// [`Rule::set_backup_format`].
    pub fn places(format: &str) -> Option<u8> {
        let place = if format.starts_with('9') { b'9' } else { b'x' };
        let (mut places, mut last) = (0u32, 0);
        for c in format.bytes() {
            if c == place {
                places += 1;
            } else if last != place || !matches!(c, b'-' | b'.' | b'_' | b' ') {
                return None;
            }
            last = c;
        }
        (last == place && Rule::BACKUP_DIGITS.contains(places)).then_some(places as u8)
    }

    /// Some code has letters. Then no look-alike letter is replaced, since it may be right.
    #[inline(never)]
    pub(super) fn has_letters(&self) -> bool {
        self.code == Alphabet::Alphanumeric || self.backup == Backup::Alphanumeric
    }
}

/// The lengths that a kind of code may have, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lengths {
    /// The shortest.
    pub least: u8,
    /// The longest.
    pub most: u8,
    /// That of a site that states none.
    pub usual: u8,
}

impl Lengths {
    /// Whether such a code may have this length.
    pub fn contains(self, length: u32) -> bool {
        (u32::from(self.least)..=self.most.into()).contains(&length)
    }

    /// The length that a page states; the usual one where it states none, or one that no such code may have.
    pub fn stated(self, length: Option<u32>) -> u8 {
        match length {
            Some(length) if self.contains(length) => length as u8,
            _ => self.usual,
        }
    }
}

/// The characters of codes that were sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// Decimal digits.
    Digits,
    /// Latin letters and digits, in the case in which they are written. No look-alike letter is replaced.
    Alphanumeric,
}

/// The characters of backup codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backup {
    /// Decimal digits.
    Digits,
    /// Latin letters and digits. No look-alike letter is replaced, since it may be right.
    Alphanumeric,
    /// The site has no backup codes.
    None,
}

/// Which kind of code was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A code that was sent, or that an authenticator shows.
    Code,
    /// A backup code.
    Backup,
}

/// The kind of code that has this many characters, some of which are letters if it is `lettered`. Where both kinds
/// is possible it is a code.
#[inline(never)]
pub(super) fn kind_of(length: usize, lettered: bool, rule: &Rule) -> Option<Kind> {
    if length == usize::from(rule.digits) && (!lettered || rule.code == Alphabet::Alphanumeric) {
        Some(Kind::Code)
    } else if length == usize::from(rule.backup_digits)
        && (rule.backup == Backup::Alphanumeric || (rule.backup == Backup::Digits && !lettered))
    {
        Some(Kind::Backup)
    } else {
        None
    }
}
