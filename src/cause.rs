//! Why a verifier said no: the words that travel between server, page and guide.

use core::fmt;

/// The cause of a refusal, as it stands in an answer's `cause` member (RFC 9457 extension member).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The code does not match, or matches nothing that this person may be told more about.
    Wrong,
    /// The code was right once; its life is over.
    Expired,
    /// This same pending sign-in has spent the code, or a newer one has taken its place.
    Used,
    /// Too many failures: the code step is closed until `retryAt`.
    Locked,
    /// Too fast: the next try counts from `retryAt`.
    Limited,
    /// Something else went wrong on the server.
    Unknown,
}

impl Cause {
    /// Every cause, in the order of the contract.
    pub const ALL: [Cause; 6] = [
        Cause::Wrong,
        Cause::Expired,
        Cause::Used,
        Cause::Locked,
        Cause::Limited,
        Cause::Unknown,
    ];

    /// The cause's word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Cause::Wrong => "wrong",
            Cause::Expired => "expired",
            Cause::Used => "used",
            Cause::Locked => "locked",
            Cause::Limited => "limited",
            Cause::Unknown => "unknown",
        }
    }

    /// Reads a cause from the wire. A word that this version does not know is [`Cause::Unknown`]:
    /// a newer server must not break an older page.
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
