//! TOTP: codes from the time (RFC 6238), with SHA-1, which every authenticator supports.

use subtle::{Choice, ConditionallySelectable, ConstantTimeEq, ConstantTimeLess};

use super::{Code, Digits, Hotp, Secret};
use crate::cause::Cause;

/// The length of a time step: a whole number of seconds, from one second to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    seconds: u32,
}

impl Period {
    /// The longest period: a day.
    pub const MAX_SECONDS: u32 = 86_400;

    /// From seconds, the unit of key URIs; `None` for 0 and for more than a day.
    pub fn from_seconds(seconds: u32) -> Option<Period> {
        (1..=Self::MAX_SECONDS)
            .contains(&seconds)
            .then_some(Period { seconds })
    }

    /// The length in seconds.
    pub fn seconds(self) -> u32 {
        self.seconds
    }

    /// The time step that `time` (milliseconds since the Unix epoch) falls in: T of RFC 6238, 4.2, with
    /// T0 = 0.
    pub fn step(self, time: u64) -> u64 {
        time / 1000 / u64::from(self.seconds)
    }
}

impl Default for Period {
    /// 30 seconds.
    fn default() -> Self {
        Period { seconds: 30 }
    }
}

/// The parameters of a TOTP verifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totp {
    /// Digits of a code.
    pub digits: Digits,
    /// Length of a time step.
    pub period: Period,
    /// How many steps of drift are allowed either way. One is what RFC 6238 (5.2) recommends; every
    /// step is two more codes that a guess may match.
    pub window: u8,
}

impl Default for Totp {
    /// 6 digits, 30 seconds, one step of drift either way.
    fn default() -> Self {
        Totp {
            digits: Digits::Six,
            period: Period::default(),
            window: 1,
        }
    }
}

impl Totp {
    /// The code shown at `time` (milliseconds since the Unix epoch).
    pub fn code(&self, secret: &Secret, time: u64) -> Code {
        let hotp = Hotp {
            digits: self.digits,
            look_ahead: 0,
        };
        hotp.code(secret, self.period.step(time))
    }

    /// Verifies a code at `time` (milliseconds since the Unix epoch, the server's own clock), and
    /// returns its time step.
    ///
    /// `last_step` is the step that was returned the last time that a code of this secret was accepted,
    /// at enrolment too; only a later one is accepted (RFC 6238, 5.2). Store the returned step in the
    /// same transaction that grants the access, on the condition that the stored one is still lower: two
    /// requests at the same instant both get here.
    ///
    /// All candidate steps are computed and compared in constant time, whichever matches. A code of
    /// several steps of the window counts as the lowest unused of them.
    ///
    /// # Errors
    ///
    /// - [`Cause::Used`]: the code is right, but for no step later than `last_step`. It reveals that
    ///   the code was right: report it only to the sign-in that consumed the code, and `wrong` to every other.
    /// - [`Cause::Wrong`]: anything else, also a text that is not exactly as many ASCII digits as a code
    ///   has.
    pub fn verify(
        &self,
        secret: &Secret,
        code: &str,
        time: u64,
        last_step: Option<u64>,
    ) -> Result<u64, Cause> {
        let code = self.digits.parse(code).ok_or(Cause::Wrong)?;
        let now = self.period.step(time);
        let window = u64::from(self.window);
        // Without a last step every step is fresh, step 0 too.
        let (last, any) = match last_step {
            Some(last) => (last, Choice::from(0)),
            None => (0, Choice::from(1)),
        };
        let mut fresh = Choice::from(0);
        let mut used = Choice::from(0);
        let mut lowest = 0;
        for step in (now.saturating_sub(window)..=now.saturating_add(window)).rev() {
            let matches = self.digits.reduce(secret.truncated(step)).ct_eq(&code);
            let later = last.ct_lt(&step) | any;
            lowest.conditional_assign(&step, matches & later);
            fresh |= matches & later;
            used |= matches & !later;
        }
        match (bool::from(fresh), bool::from(used)) {
            (true, _) => Ok(lowest),
            (false, true) => Err(Cause::Used),
            (false, false) => Err(Cause::Wrong),
        }
    }
}
