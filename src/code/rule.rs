//! The form of a site's codes.

use alloc::string::String;

/// The form of a site's codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Digits of a code that was sent or that an authenticator shows: 4 to 10, 6 by default.
    pub digits: u8,
    /// The characters of backup codes.
    pub backup: Backup,
    /// Characters of a backup code: 4 to 32, 8 by default.
    pub backup_digits: u8,
    /// The host of this page. A code in a line that is bound to another host is [`super::Problem::OtherSite`];
    /// with `None` any host counts.
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

/// The kind of code that has this many characters, if any has.
#[inline(never)]
pub(super) fn kind_of(length: usize, rule: &Rule) -> Option<Kind> {
    if length == usize::from(rule.digits) {
        Some(Kind::Code)
    } else if rule.backup != Backup::None && length == usize::from(rule.backup_digits) {
        Some(Kind::Backup)
    } else {
        None
    }
}
