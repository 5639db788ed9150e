//! One-time codes: HOTP (RFC 4226), TOTP (RFC 6238), their secrets, and the key URI that carries a
//! secret to an authenticator.
//!
//! ```
//! use todoita::otp::{Secret, Totp};
//!
//! let secret = Secret::from_base32("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")?;
//! let totp = Totp::default(); // 6 digits, 30 seconds, one step of drift either way
//! let code = totp.code(&secret, 59_000);
//! let step = totp.verify(&secret, code.as_str(), 59_000, None);
//! assert_eq!(step, Ok(1));
//! // The step is stored, and the same code is not accepted again.
//! assert_eq!(totp.verify(&secret, code.as_str(), 59_000, Some(1)), Err(todoita::cause::Cause::Used));
//! # Ok::<(), todoita::otp::SecretError>(())
//! ```

use core::fmt;

pub mod base32;
mod hotp;
mod key_uri;
mod secret;
mod totp;

pub use hotp::{Accepted, Hotp};
pub use key_uri::{KeyUri, KeyUriError, MovingFactor};
pub use secret::{Secret, SecretError};
pub use totp::{Period, Totp};

/// How many digits a code has: 6 to 8 (RFC 4226, 5.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Digits {
    /// The usual six.
    #[default]
    Six,
    /// Seven.
    Seven,
    /// Eight.
    Eight,
}

impl Digits {
    /// All three, shortest first.
    pub const ALL: [Digits; 3] = [Digits::Six, Digits::Seven, Digits::Eight];

    /// From a count; `None` for anything but 6, 7 and 8.
    pub fn from_count(count: u8) -> Option<Digits> {
        match count {
            6 => Some(Digits::Six),
            7 => Some(Digits::Seven),
            8 => Some(Digits::Eight),
            _ => None,
        }
    }

    /// The count.
    pub fn count(self) -> u8 {
        match self {
            Digits::Six => 6,
            Digits::Seven => 7,
            Digits::Eight => 8,
        }
    }

    /// The truncated value modulo ten to the power of the count. Each arm divides by a constant,
    /// which compiles to a multiplication: no division whose time depends on the value.
    fn reduce(self, value: u32) -> u32 {
        match self {
            Digits::Six => value % 1_000_000,
            Digits::Seven => value % 10_000_000,
            Digits::Eight => value % 100_000_000,
        }
    }

    /// The value of a code of exactly this many ASCII digits; `None` for every other text
    /// (a sign, a space, full-width digits, a digit too few or too many).
    fn parse(self, code: &str) -> Option<u32> {
        let code = code.as_bytes();
        if code.len() != usize::from(self.count()) || !code.iter().all(u8::is_ascii_digit) {
            return None;
        }
        // Eight digits at most: below 10^8, which fits.
        Some(
            code.iter()
                .fold(0, |value, digit| value * 10 + u32::from(digit - b'0')),
        )
    }
}

/// A code as it is shown: 6 to 8 ASCII digits, leading zeros included.
///
/// Its `Debug` does not show the digits, so that no log line carries a code by accident.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code {
    ascii: [u8; 8],
    digits: Digits,
}

impl Code {
    fn new(mut value: u32, digits: Digits) -> Code {
        let mut ascii = [b'0'; 8];
        for place in ascii[..usize::from(digits.count())].iter_mut().rev() {
            *place = b'0' + (value % 10) as u8;
            value /= 10;
        }
        Code { ascii, digits }
    }

    /// The digits as text.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.ascii[..usize::from(self.digits.count())])
            .expect("ASCII digits are UTF-8")
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({} digits)", self.digits.count())
    }
}
