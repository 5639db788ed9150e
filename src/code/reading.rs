//! The result of reading: the code or the reason why there is none, and the changes.

use alloc::string::String;

use super::rule::Kind;

/// A change that was made to arrive at the digits.
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
    /// Every fix, in the order in which they are reported.
    pub const ALL: [Fix; 6] = [
        Fix::Message,
        Fix::FullWidth,
        Fix::OtherDigits,
        Fix::LookAlike,
        Fix::Separators,
        Fix::Invisible,
    ];
}

/// A set of [`Fix`]es.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Fixes(pub(super) u8);

impl Fixes {
    /// Nothing was changed.
    pub const NONE: Fixes = Fixes(0);

    /// Whether nothing was changed.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the set contains `fix`.
    pub fn contains(self, fix: Fix) -> bool {
        self.0 >> fix as u8 & 1 == 1
    }

    /// The fixes in the order of [`Fix::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Fix> {
        Fix::ALL.into_iter().filter(move |fix| self.contains(*fix))
    }
}

impl core::fmt::Debug for Fixes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Why no code was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text is empty, or nothing in it is visible.
    Empty,
    /// Fewer digits than the shortest code.
    TooFew,
    /// More digits than a code but fewer than a backup code (7), or more than any (9 and up).
    TooMany,
    /// A phone number.
    PhoneNumber,
    /// A date or a time.
    Date,
    /// Letters instead of digits: probably a password.
    Password,
    /// Several candidates, and nothing shows which of them is the code.
    Ambiguous,
    /// The message's code is bound to another host.
    OtherSite,
    /// A text without a code.
    NoCode,
}

/// The result of [`super::read`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The kind of code, if one was read.
    pub kind: Option<Kind>,
    /// The code in ASCII; without a kind, the digits seen so far, for counting.
    pub digits: String,
    /// The changes.
    pub fixes: Fixes,
    /// Why no code was read. `None` exactly where `kind` is some.
    pub problem: Option<Problem>,
}

/// The result of one step of reading: a span of the text.
pub(super) struct Found {
    /// Index of the first character of the code, or of the counted digits.
    pub start: usize,
    /// Index after the last character.
    pub end: usize,
    /// It was taken out of a longer text.
    pub message: bool,
    /// Why it is no code; [`Problem::NoCode`] where the next step may find one.
    pub problem: Option<Problem>,
}

impl Found {
    /// No code, and the reason.
    pub(super) fn not_found(problem: Problem) -> Found {
        Found {
            start: 0,
            end: 0,
            message: false,
            problem: Some(problem),
        }
    }

    /// A code inside a message.
    pub(super) fn in_message(start: usize, end: usize) -> Found {
        Found {
            start,
            end,
            message: true,
            problem: None,
        }
    }

    /// The whole text, which has `length` characters.
    pub(super) fn whole(length: usize, problem: Option<Problem>) -> Found {
        Found {
            start: 0,
            end: length,
            message: false,
            problem,
        }
    }
}
