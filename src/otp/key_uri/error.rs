//! The errors of reading and writing key URIs.

use alloc::string::String;
use core::fmt;

use super::KeyUri;
use crate::otp::{Period, SecretError};

/// Why a text is not a key URI, or why none can be written. `Display` includes how to correct it. No variant
/// contains the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyUriError {
    /// Longer than [`KeyUri::MAX_LENGTH`] bytes.
    TooLong,
    /// It does not begin with `otpauth://`.
    NotOtpauth,
    /// An export of several keys (`otpauth-migration://`), which is another format.
    Migration,
    /// Neither `totp` nor `hotp`.
    UnknownType(String),
    /// A `%` without two hexadecimal digits after it, or bytes that are not UTF-8.
    Encoding {
        /// The part that is wrong: `label`, or a parameter's name.
        part: &'static str,
    },
    /// The label names no account.
    MissingAccount,
    /// An issuer or account with a colon, which separates the two.
    Colon {
        /// `issuer` or `account`.
        part: &'static str,
    },
    /// An issuer or account with a control character.
    Control {
        /// `issuer` or `account`.
        part: &'static str,
    },
    /// The issuer before the account and the parameter `issuer` differ.
    IssuerMismatch {
        /// The one in the label.
        label: String,
        /// The one in the parameter.
        parameter: String,
    },
    /// A parameter that occurs twice.
    Duplicate(&'static str),
    /// No `secret`.
    MissingSecret,
    /// The secret is invalid.
    Secret(SecretError),
    /// An algorithm other than SHA1.
    Algorithm(String),
    /// `digits` is not 6, 7 or 8.
    Digits(String),
    /// `period` is not a whole number of seconds from 1 to 86400.
    Period(String),
    /// `hotp` without a `counter`.
    MissingCounter,
    /// `counter` is not a whole number from 0 to 2^64-1.
    Counter(String),
}

impl fmt::Display for KeyUriError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyUriError::TooLong => {
                write!(f, "longer than the {} bytes of any key URI", KeyUri::MAX_LENGTH)
            }
            KeyUriError::NotOtpauth => f.write_str("a key URI begins with otpauth://"),
            KeyUriError::Migration => f.write_str(
                "otpauth-migration:// is an export of several keys; show each key's own QR code instead",
            ),
            KeyUriError::UnknownType(kind) => write!(f, "the type is totp or hotp, not {kind:?}"),
            KeyUriError::Encoding { part } => write!(
                f,
                "the {part} is not percent-encoded UTF-8; write a plain % as %25"
            ),
            KeyUriError::MissingAccount => {
                f.write_str("no account name; the label is Issuer:account or account")
            }
            KeyUriError::Colon { part } => {
                write!(f, "the {part} has a colon, which separates issuer and account; leave it out")
            }
            KeyUriError::Control { part } => {
                write!(f, "the {part} has a control character; leave it out")
            }
            KeyUriError::IssuerMismatch { label, parameter } => write!(
                f,
                "the label's issuer {label:?} and the parameter's {parameter:?} differ; make them the same"
            ),
            KeyUriError::Duplicate(name) => write!(f, "{name} occurs twice; leave one"),
            KeyUriError::MissingSecret => f.write_str("no secret; add secret= with the key in base32"),
            KeyUriError::Secret(error) => write!(f, "the secret: {error}"),
            KeyUriError::Algorithm(name) => write!(
                f,
                "the algorithm is SHA1, not {name:?}; make a key for SHA1, which every authenticator has"
            ),
            KeyUriError::Digits(text) => write!(f, "digits is 6, 7 or 8, not {text:?}"),
            KeyUriError::Period(text) => write!(
                f,
                "period is a whole number of seconds from 1 to {}, not {text:?}",
                Period::MAX_SECONDS
            ),
            KeyUriError::MissingCounter => {
                f.write_str("no counter; add counter= with that of the next code")
            }
            KeyUriError::Counter(text) => {
                write!(f, "counter is a whole number from 0 to 2^64-1, not {text:?}")
            }
        }
    }
}

impl core::error::Error for KeyUriError {}
