//! A typed code, and the verdict of a factor on it.

use todoita::cause::Cause;
use todoita::code::Kind;
use zeroize::Zeroizing;

use crate::store::{SignIn, User};

/// A code that a person typed, normalised.
#[derive(Debug)]
pub struct TypedCode<'a> {
    /// The sign-in that it was submitted to.
    pub sign_in: &'a SignIn,
    /// The account.
    pub user: &'a User,
    /// Whether it has the length of a code or of a backup code.
    pub kind: Kind,
    /// Its digits.
    pub digits: &'a Zeroizing<String>,
    /// When it was submitted, milliseconds since the Unix epoch.
    pub now: u64,
}

/// The verdict of one factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The code was right, and is consumed.
    Accepted,
    /// The code belongs to this factor, but is valid no more.
    Refused(Cause),
    /// The code does not belong to this factor.
    NoMatch,
}
