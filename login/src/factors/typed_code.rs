//! A typed code, and the verdict of a factor on it.

use todoita::cause::Cause;
use todoita::code::Kind;
use zeroize::Zeroizing;

use crate::delivery::Notice;
use crate::store::{SignIn, User};

/// A typed backup code under the slow hash of the set that its account had.
#[derive(Debug)]
pub struct SlowHash {
    /// The salt of the set.
    pub salt: Vec<u8>,
    /// The hash.
    pub hash: [u8; 32],
}

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
    /// The slow hash of a backup code.
    pub slow_hash: Option<&'a SlowHash>,
    /// When it was submitted, milliseconds since the Unix epoch.
    pub now: u64,
}

/// The verdict of one factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The code was right, and is consumed. Its person gets the notice, if there is one.
    Accepted(Option<Notice>),
    /// The code belongs to this factor, but is valid no more.
    Refused(Cause),
    /// The code does not belong to this factor.
    NoMatch,
}
