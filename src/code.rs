//! What was typed: cleaned, the code found in a message, its digits counted, and what was fixed.
//!
//! The one digit rule of the project: page, Node and server all read through [`read`].

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
pub fn read(text: &str, rule: &Rule) -> Reading {
    let _ = rule;
    Reading {
        kind: None,
        digits: text.to_owned(),
        fixes: Vec::new(),
        problem: Some(Problem::Empty),
    }
}
