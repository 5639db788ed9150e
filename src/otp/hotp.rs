//! HOTP: codes from a counter (RFC 4226).

use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};

use super::{Code, Digits, Secret};
use crate::cause::Cause;

/// The parameters of an HOTP verifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hotp {
    /// Digits of a code.
    pub digits: Digits,
    /// How many counters beyond the expected one are tried as well, for codes that were generated and never sent
    /// (RFC 4226, 7.4). Every one of them is one more code that a guess may match.
    pub look_ahead: u8,
}

impl Default for Hotp {
    /// 6 digits, 10 counters ahead.
    fn default() -> Self {
        Hotp {
            digits: Digits::Six,
            look_ahead: 10,
        }
    }
}

/// An accepted HOTP code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The counter of the code.
    pub counter: u64,
    /// The counter to expect from now on: store it before granting access, or the code would be accepted again.
    /// `None` after 2^64-1, when the secret is exhausted.
    pub next: Option<u64>,
}

impl Accepted {
    fn at(counter: u64) -> Accepted {
        Accepted {
            counter,
            next: counter.checked_add(1),
        }
    }
}

impl Hotp {
    /// The largest `look_ahead` of [`resync`](Hotp::resync).
    pub const MAX_RESYNC: u16 = 1000;

    /// The code of a counter.
    pub fn code(&self, secret: &Secret, counter: u64) -> Code {
        Code::new(self.digits.reduce(secret.truncated(counter)), self.digits)
    }

    /// Verifies a code against `counter`, the one expected next, and those ahead of it. It never looks
    /// back: a counter that has passed is not accepted.
    ///
    /// All candidates are computed and compared in constant time, whichever matches. If two match,
    /// the lower one counts.
    ///
    /// # Errors
    ///
    /// [`Cause::Wrong`], also for a text that is not exactly as many ASCII digits as a code has. The
    /// verifier looks ahead only, so a code that was accepted before is wrong like any other.
    pub fn verify(&self, secret: &Secret, code: &str, counter: u64) -> Result<Accepted, Cause> {
        let code = self.digits.parse(code).ok_or(Cause::Wrong)?;
        let last = counter.saturating_add(u64::from(self.look_ahead));
        let mut found = Choice::from(0);
        let mut lowest = 0;
        for candidate in (counter..=last).rev() {
            let matches = self.digits.reduce(secret.truncated(candidate)).ct_eq(&code);
            lowest.conditional_assign(&candidate, matches);
            found |= matches;
        }
        if bool::from(found) {
            Ok(Accepted::at(lowest))
        } else {
            Err(Cause::Wrong)
        }
    }

    /// Finds a token that ran ahead further than [`verify`](Hotp::verify) looks, by two codes in a row
    /// (RFC 4226, 7.4 and E.4). Tries `counter` and `look_ahead` counters beyond it for the first code,
    /// at most [`MAX_RESYNC`](Hotp::MAX_RESYNC); the second must be the one right after.
    ///
    /// The accepted counter is that of the second code. Count a failure like a wrong code: two codes in a row are
    /// as hard to guess as one with twice the digits, at `look_ahead` places.
    ///
    /// # Errors
    ///
    /// [`Cause::Wrong`], as for [`verify`](Hotp::verify).
    pub fn resync(
        &self,
        secret: &Secret,
        first: &str,
        second: &str,
        counter: u64,
        look_ahead: u16,
    ) -> Result<Accepted, Cause> {
        let first = self.digits.parse(first).ok_or(Cause::Wrong)?;
        let second = self.digits.parse(second).ok_or(Cause::Wrong)?;
        let span = u64::from(look_ahead.min(Self::MAX_RESYNC)) + 1;
        let last = counter.saturating_add(span);
        let mut found = Choice::from(0);
        let mut lowest = 0;
        let mut follows = Choice::from(0);
        for candidate in (counter..=last).rev() {
            let value = self.digits.reduce(secret.truncated(candidate));
            // Downwards, so `follows` belongs to the counter right after this one.
            let matches = value.ct_eq(&first) & follows;
            lowest.conditional_assign(&candidate, matches);
            found |= matches;
            follows = value.ct_eq(&second);
        }
        // The first code always has a counter after it here, so this does not overflow.
        if bool::from(found) {
            Ok(Accepted::at(lowest.saturating_add(1)))
        } else {
            Err(Cause::Wrong)
        }
    }
}
