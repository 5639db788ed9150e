//! The errors of the domain. The web layer turns each into a status and a sentence.

use std::borrow::Cow;

use crate::crypto::random::NoRandomness;
use crate::store::StoreError;

/// Why a request of a person was not carried out. No variant holds anything that the person typed.
#[derive(Debug)]
pub enum Error {
    /// There is no pending sign-in: no password was accepted, or too long ago.
    NoSignIn,
    /// Nobody is signed in.
    NoSession,
    /// A fresh code is needed first ([`crate::step_up`]).
    StepUpNeeded,
    /// The account has no method to receive or find a code.
    NoMethod,
    /// The input is malformed. Says how.
    InvalidInput(Cow<'static, str>),
    /// The typed code is longer than any message that carries one ([`crate::code_rule::LONGEST_CODE`]).
    CodeTooLong,
    /// Too many passwords.
    TooManyPasswords {
        /// From when the next password is checked, milliseconds since the Unix epoch.
        retry_at: u64,
        /// When the request came, milliseconds since the Unix epoch.
        now: u64,
    },
    /// The factors of the account were changed too often.
    TooManyChanges {
        /// From when the next change is made, milliseconds since the Unix epoch.
        retry_at: u64,
        /// When the request came, milliseconds since the Unix epoch.
        now: u64,
    },
    /// Too many requests wait for the same work. The same request may succeed in a moment.
    Busy,
    /// The database failed.
    Store(StoreError),
    /// The system gave no randomness.
    NoRandomness(NoRandomness),
    /// An internal error. Says which.
    Internal(&'static str),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Error {
        Error::Store(error)
    }
}

impl From<NoRandomness> for Error {
    fn from(error: NoRandomness) -> Error {
        Error::NoRandomness(error)
    }
}
