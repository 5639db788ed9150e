//! The functions of the contract for callers outside Rust, with their arguments checked: options as the caller wrote
//! them in, results or the name of the invalid argument out. `todoita.wasm` (`json`), the Python package and the npm
//! package (`wasm::functions`) call them.
//!
//! No error quotes a secret, a code or a text.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use zeroize::Zeroizing;

use crate::cause::Cause;
use crate::code::{self, Reading};
use crate::otp::{
    Accepted, Digits, Hotp, KeyUri, KeyUriError, MovingFactor, Period, Secret, SecretError, Totp,
};
use crate::phone;

#[cfg(feature = "host")]
pub mod json; // JSON in and out, for todoita.wasm
mod options; // the form of a site's codes, as a caller writes it

pub use options::CodeOptions;

/// An argument that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// Its name in JavaScript: `backupDigits`.
    pub argument: &'static str,
    /// Why, and what is valid.
    pub reason: String,
}

impl Invalid {
    /// An argument and the reason why it was refused.
    pub fn new(argument: &'static str, reason: impl ToString) -> Invalid {
        let reason = reason.to_string();
        Invalid { argument, reason }
    }
}

impl From<SecretError> for Invalid {
    fn from(error: SecretError) -> Invalid {
        Invalid::new("secret", error)
    }
}

/// The error of writing a key URI.
impl From<KeyUriError> for Invalid {
    fn from(error: KeyUriError) -> Invalid {
        let argument = match error {
            KeyUriError::Colon { part } | KeyUriError::Control { part } => part,
            _ => "account",
        };
        Invalid::new(argument, error)
    }
}

/// The longest text that is read, in characters. No message is longer.
pub const LONGEST_TEXT: usize = 100_000;
/// The last millisecond of a JavaScript `Date`.
const LAST_TIME: f64 = 8.64e15;
/// The last step of a time before [`LAST_TIME`], with room: 2^53-1.
const LAST_STEP: u64 = (1 << 53) - 1;

/// A secret as a caller passes it.
pub enum GivenSecret {
    /// Raw bytes.
    Bytes(Vec<u8>),
    /// Base32 as people copy it.
    Base32(String),
}

impl GivenSecret {
    /// The secret.
    ///
    /// # Errors
    ///
    /// [`SecretError`]
    pub fn read(self) -> Result<Secret, SecretError> {
        match self {
            GivenSecret::Bytes(bytes) => Secret::from_bytes(bytes),
            GivenSecret::Base32(text) => Secret::from_base32(&Zeroizing::new(text)),
        }
    }
}

/// `code::read`.
///
/// # Errors
///
/// A text that is too long, and those of [`CodeOptions::rule`].
pub fn read_code(text: &str, options: &CodeOptions<'_>) -> Result<Reading, Invalid> {
    let rule = options.rule()?;
    Ok(code::read(bounded(text)?, &rule))
}

/// `phone::read`: a number, or the problem.
///
/// # Errors
///
/// A text that is too long, and another `region` than `JP`.
pub fn read_phone(
    text: &str,
    region: &str,
) -> Result<Result<phone::Phone, phone::Problem>, Invalid> {
    if region != "JP" {
        return Err(Invalid::new(
            "region",
            "must be \"JP\"; a number of another country is read with its +",
        ));
    }
    Ok(phone::read(bounded(text)?))
}

/// The code of a counter (RFC 4226).
///
/// # Errors
///
/// The invalid argument, here and in the functions below.
pub fn hotp(secret: GivenSecret, counter: u64, digits: i64) -> Result<String, Invalid> {
    let secret = secret.read()?;
    let hotp = Hotp {
        digits: digits_of(digits)?,
        look_ahead: 0,
    };
    Ok(hotp.code(&secret, counter).as_str().into())
}

/// The code at `time`, in milliseconds since the Unix epoch (RFC 6238).
pub fn totp(secret: GivenSecret, time: f64, digits: i64, period: i64) -> Result<String, Invalid> {
    let secret = secret.read()?;
    let totp = Totp {
        digits: digits_of(digits)?,
        period: period_of(period)?,
        window: 0,
    };
    Ok(totp.code(&secret, time_of(time)?).as_str().into())
}

/// The options of [`verify_totp`].
#[derive(Clone, Copy, Debug)]
pub struct TotpOptions {
    /// 6 to 8.
    pub digits: i64,
    /// Seconds of a step: 1 to 86400.
    pub period: i64,
    /// Steps of drift allowed either way: 0 to 10.
    pub window: i64,
    /// The step that was returned when a code of this secret was last accepted.
    pub last_step: Option<u64>,
}

impl Default for TotpOptions {
    fn default() -> Self {
        TotpOptions {
            digits: 6,
            period: 30,
            window: 1,
            last_step: None,
        }
    }
}

/// `Totp::verify` at `time`, in milliseconds since the Unix epoch: the accepted step, or [`Cause::Wrong`] or
/// [`Cause::Used`].
pub fn verify_totp(
    secret: GivenSecret,
    code: &str,
    time: f64,
    options: TotpOptions,
) -> Result<Result<u64, Cause>, Invalid> {
    let secret = secret.read()?;
    let totp = Totp {
        digits: digits_of(options.digits)?,
        period: period_of(options.period)?,
        window: whole("window", options.window, 0, 10)? as u8,
    };
    let time = time_of(time)?;
    if options.last_step.is_some_and(|step| step > LAST_STEP) {
        return Err(Invalid::new(
            "lastStep",
            "must be a whole number from 0 to 2^53-1, or absent",
        ));
    }
    Ok(totp.verify(&secret, code, time, options.last_step))
}

/// `Hotp::verify`. `look_ahead` is 0 to 100.
pub fn verify_hotp(
    secret: GivenSecret,
    code: &str,
    counter: u64,
    digits: i64,
    look_ahead: i64,
) -> Result<Result<Accepted, Cause>, Invalid> {
    let secret = secret.read()?;
    let hotp = Hotp {
        digits: digits_of(digits)?,
        look_ahead: whole("lookAhead", look_ahead, 0, 100)? as u8,
    };
    Ok(hotp.verify(&secret, code, counter))
}

/// `Hotp::resync`. `look_ahead` is 0 to 1000.
pub fn resync_hotp(
    secret: GivenSecret,
    first: &str,
    second: &str,
    counter: u64,
    digits: i64,
    look_ahead: i64,
) -> Result<Result<Accepted, Cause>, Invalid> {
    let secret = secret.read()?;
    let hotp = Hotp {
        digits: digits_of(digits)?,
        look_ahead: 0,
    };
    let most = i64::from(Hotp::MAX_RESYNC);
    let look_ahead = whole("lookAhead", look_ahead, 0, most)? as u16;
    Ok(hotp.resync(&secret, first, second, counter, look_ahead))
}

/// The arguments of [`key_uri`].
pub struct KeyOptions<'a> {
    /// `totp` or `hotp`.
    pub kind: &'a str,
    /// Who issues the codes.
    pub issuer: Option<&'a str>,
    /// Whose codes they are.
    pub account: &'a str,
    /// 6 to 8.
    pub digits: i64,
    /// Seconds of a step, 30 if absent; only for `totp`.
    pub period: Option<i64>,
    /// The counter of the next code; only for `hotp`.
    pub counter: Option<u64>,
    /// Only `SHA1`.
    pub algorithm: &'a str,
}

/// A key URI, wiped when it is dropped.
pub fn key_uri(
    secret: GivenSecret,
    options: &KeyOptions<'_>,
) -> Result<Zeroizing<String>, Invalid> {
    if options.algorithm != "SHA1" {
        return Err(Invalid::new(
            "algorithm",
            "must be \"SHA1\", which every authenticator supports",
        ));
    }
    let factor = match (options.kind, options.counter, options.period) {
        ("totp", None, period) => MovingFactor::Time {
            period: period_of(period.unwrap_or(30))?,
        },
        ("totp", Some(_), _) => {
            return Err(Invalid::new(
                "counter",
                "is allowed only with type \"hotp\"",
            ));
        }
        ("hotp", Some(counter), None) => MovingFactor::Counter { counter },
        ("hotp", None, _) => {
            return Err(Invalid::new("counter", "is required with type \"hotp\""));
        }
        ("hotp", _, Some(_)) => {
            return Err(Invalid::new("period", "is allowed only with type \"totp\""));
        }
        _ => return Err(Invalid::new("type", "must be \"totp\" or \"hotp\"")),
    };
    let uri = KeyUri {
        secret: secret.read()?,
        issuer: options.issuer.map(Into::into),
        account: options.account.into(),
        digits: digits_of(options.digits)?,
        factor,
    };
    Ok(uri.write()?)
}

/// The contents of a key URI.
pub fn read_key_uri(text: &str) -> Result<KeyUri, Invalid> {
    KeyUri::read(text).map_err(|error| Invalid::new("text", error))
}

/// A secret of random bytes, which the caller takes from the system's random source.
pub fn new_secret(random: &[u8]) -> Result<Secret, Invalid> {
    if random.len() != Secret::NEW_BYTES {
        let reason = format!("must be {} random bytes", Secret::NEW_BYTES);
        return Err(Invalid::new("random", reason));
    }
    Ok(Secret::from_bytes(random)?)
}

/// A whole number within a range.
fn whole(argument: &'static str, value: i64, least: i64, most: i64) -> Result<i64, Invalid> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    let reason = format!("must be a whole number from {least} to {most}, not {value}");
    Err(Invalid::new(argument, reason))
}

fn bounded(text: &str) -> Result<&str, Invalid> {
    if text.len() <= LONGEST_TEXT || text.chars().count() <= LONGEST_TEXT {
        return Ok(text);
    }
    let reason = format!("must have at most {LONGEST_TEXT} characters");
    Err(Invalid::new("text", reason))
}

fn digits_of(count: i64) -> Result<Digits, Invalid> {
    u8::try_from(count)
        .ok()
        .and_then(Digits::from_count)
        .ok_or_else(|| Invalid::new("digits", "must be 6, 7 or 8"))
}

fn period_of(seconds: i64) -> Result<Period, Invalid> {
    u32::try_from(seconds)
        .ok()
        .and_then(Period::from_seconds)
        .ok_or_else(|| Invalid::new("period", "must be 1 to 86400 seconds"))
}

fn time_of(time: f64) -> Result<u64, Invalid> {
    if (0.0..=LAST_TIME).contains(&time) {
        return Ok(time as u64);
    }
    Err(Invalid::new(
        "time",
        "must be milliseconds since 1970, from 0 to 8.64e15",
    ))
}
