//! Why a code was refused: the words in the answers between server, page and guide.

use core::fmt;

/// The cause of a refusal: the `cause` member of an answer (an extension member, RFC 9457).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The code does not match, or this sign-in may not learn more about it.
    Wrong,
    /// The code was right, but has expired.
    Expired,
    /// This same pending sign-in has consumed the code, or a newer code has replaced it.
    Used,
    /// This code takes no more attempts: a new one is needed.
    Exhausted,
    /// Too many failures: the code step is closed until `retryAt`.
    Locked,
    /// Too fast: no code is compared before `retryAt`.
    Limited,
    /// This pending sign-in is over: it has to begin again.
    Ended,
    /// Another error on the server.
    Unknown,
}

impl Cause {
    /// Every cause, in the order of the contract.
    pub const ALL: [Cause; 8] = [
        Cause::Wrong,
        Cause::Expired,
        Cause::Used,
        Cause::Exhausted,
        Cause::Locked,
        Cause::Limited,
        Cause::Ended,
        Cause::Unknown,
    ];

    /// The cause's word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Cause::Wrong => "wrong",
            Cause::Expired => "expired",
            Cause::Used => "used",
            Cause::Exhausted => "exhausted",
            Cause::Locked => "locked",
            Cause::Limited => "limited",
            Cause::Ended => "ended",
            Cause::Unknown => "unknown",
        }
    }

    /// The cause with this word. A word that this version does not know is [`Cause::Unknown`], so that a newer
    /// server does not break an older page.
    pub fn from_wire(word: &str) -> Cause {
        Cause::ALL
            .into_iter()
            .find(|cause| cause.as_str() == word)
            .unwrap_or(Cause::Unknown)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
