//! Key URIs: `otpauth://totp/Issuer:account?secret=…&issuer=Issuer`, the text of the QR code that an authenticator
//! scans. The format is described in the wiki of Google Authenticator
//! (<https://github.com/google/google-authenticator/wiki/Key-Uri-Format>).

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;

use zeroize::Zeroizing;

mod error;

use super::{Digits, Period, Secret};
pub use error::KeyUriError;

/// The moving factor of RFC 4226, which differs from code to code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovingFactor {
    /// The time (`totp`).
    Time {
        /// Length of a time step.
        period: Period,
    },
    /// A counter (`hotp`).
    Counter {
        /// The counter of the next code.
        counter: u64,
    },
}

/// A secret with its parameters for an authenticator. The algorithm is SHA-1.
#[derive(Debug, PartialEq, Eq)]
pub struct KeyUri {
    /// The shared secret.
    pub secret: Secret,
    /// Who issues the codes; authenticators show it above them: `Example`.
    pub issuer: Option<String>,
    /// Whose codes they are: `hana@example.com`.
    pub account: String,
    /// Digits of a code.
    pub digits: Digits,
    /// Time or counter.
    pub factor: MovingFactor,
}

impl KeyUri {
    /// The longest URI that is read, in bytes. A QR code holds fewer than 3,000.
    pub const MAX_LENGTH: usize = 4096;

    /// Reads a key URI. Other parameters (`image`, `lock`, …) are ignored. A `+` in a parameter is a space, since
    /// many services encode them like a form.
    ///
    /// # Errors
    ///
    /// [`KeyUriError`]: the first error found.
    pub fn read(text: &str) -> Result<KeyUri, KeyUriError> {
        if text.len() > Self::MAX_LENGTH {
            return Err(KeyUriError::TooLong);
        }
        let (scheme, rest) = text
            .trim()
            .split_once(':')
            // A pattern of several characters would bring the search for texts, a kilobyte of a page's module.
            .and_then(|(scheme, rest)| Some((scheme, rest.strip_prefix("//")?)))
            .ok_or(KeyUriError::NotOtpauth)?;
        if scheme.eq_ignore_ascii_case("otpauth-migration") {
            return Err(KeyUriError::Migration);
        }
        if !scheme.eq_ignore_ascii_case("otpauth") {
            return Err(KeyUriError::NotOtpauth);
        }
        // A fragment does not belong to the key.
        let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (kind, label) = path.split_once('/').unwrap_or((path, ""));
        let parameters = Parameters::read(query)?;

        let by_time = kind.eq_ignore_ascii_case("totp");
        if !by_time && !kind.eq_ignore_ascii_case("hotp") {
            return Err(KeyUriError::UnknownType(quotable(kind)));
        }
        let (issuer, account) = read_label(label, parameters.issuer)?;
        if let Some(algorithm) = parameters.algorithm {
            let algorithm = decode(algorithm, "algorithm", Plus::Space)?;
            // "HMACSHA1" and "SHA-1" are used as well, for the same algorithm.
            if !["SHA1", "SHA-1", "HMACSHA1"]
                .iter()
                .any(|known| algorithm.eq_ignore_ascii_case(known))
            {
                return Err(KeyUriError::Algorithm(quotable(&algorithm)));
            }
        }
        let digits = match parameters.digits {
            None => Digits::default(),
            Some(text) => number(text)
                .and_then(|count| Digits::from_count(u8::try_from(count).ok()?))
                .ok_or_else(|| KeyUriError::Digits(quotable(text)))?,
        };
        let factor = if by_time {
            let period = match parameters.period {
                None => Period::default(),
                Some(text) => number(text)
                    .and_then(|seconds| Period::from_seconds(u32::try_from(seconds).ok()?))
                    .ok_or_else(|| KeyUriError::Period(quotable(text)))?,
            };
            MovingFactor::Time { period }
        } else {
            let text = parameters.counter.ok_or(KeyUriError::MissingCounter)?;
            let counter = number(text).ok_or_else(|| KeyUriError::Counter(quotable(text)))?;
            MovingFactor::Counter { counter }
        };
        let secret = parameters.secret.filter(|secret| !secret.is_empty());
        let secret = decode(
            secret.ok_or(KeyUriError::MissingSecret)?,
            "secret",
            Plus::Space,
        )?;
        let secret = Secret::from_base32(&secret).map_err(KeyUriError::Secret)?;
        Ok(KeyUri {
            secret,
            issuer,
            account,
            digits,
            factor,
        })
    }

    /// Writes the key URI, to be shown as a QR code. It has every parameter, since authenticators differ in their
    /// defaults. The text contains the secret; it is wiped when dropped.
    ///
    /// # Errors
    ///
    /// [`KeyUriError::MissingAccount`], [`KeyUriError::Colon`] and [`KeyUriError::Control`] for names that an
    /// authenticator could not read; [`KeyUriError::TooLong`].
    pub fn write(&self) -> Result<Zeroizing<String>, KeyUriError> {
        let account = checked(&self.account, "account")?.ok_or(KeyUriError::MissingAccount)?;
        let issuer = match &self.issuer {
            Some(issuer) => checked(issuer, "issuer")?,
            None => None,
        };
        let names = account.len() + 2 * issuer.map_or(0, str::len);
        if names > Self::MAX_LENGTH {
            return Err(KeyUriError::TooLong);
        }
        // The capacity for everything: a string that grows would leave copies of the secret in memory.
        let capacity = 3 * names + 2 * Secret::MAX_BYTES + 128;
        let mut uri = Zeroizing::new(String::with_capacity(capacity));
        uri.push_str(match self.factor {
            MovingFactor::Time { .. } => "otpauth://totp/",
            MovingFactor::Counter { .. } => "otpauth://hotp/",
        });
        if let Some(issuer) = issuer {
            encode(issuer, &mut uri);
            uri.push(':');
        }
        encode(account, &mut uri);
        uri.push_str("?secret=");
        uri.push_str(&self.secret.to_base32());
        if let Some(issuer) = issuer {
            uri.push_str("&issuer=");
            encode(issuer, &mut uri);
        }
        uri.push_str("&algorithm=SHA1&digits=");
        uri.push_str(&self.digits.count().to_string());
        match self.factor {
            MovingFactor::Time { period } => {
                uri.push_str("&period=");
                uri.push_str(&period.seconds().to_string());
            }
            MovingFactor::Counter { counter } => {
                uri.push_str("&counter=");
                uri.push_str(&counter.to_string());
            }
        }
        if uri.len() > Self::MAX_LENGTH {
            return Err(KeyUriError::TooLong);
        }
        Ok(uri)
    }
}

/// The parameters, still encoded.
#[derive(Default)]
struct Parameters<'a> {
    secret: Option<&'a str>,
    issuer: Option<&'a str>,
    algorithm: Option<&'a str>,
    digits: Option<&'a str>,
    period: Option<&'a str>,
    counter: Option<&'a str>,
}

impl<'a> Parameters<'a> {
    fn read(query: &'a str) -> Result<Parameters<'a>, KeyUriError> {
        let mut parameters = Parameters::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, slot) = match name {
                "secret" => ("secret", &mut parameters.secret),
                "issuer" => ("issuer", &mut parameters.issuer),
                "algorithm" => ("algorithm", &mut parameters.algorithm),
                "digits" => ("digits", &mut parameters.digits),
                "period" => ("period", &mut parameters.period),
                "counter" => ("counter", &mut parameters.counter),
                _ => continue,
            };
            if slot.replace(value).is_some() {
                return Err(KeyUriError::Duplicate(name));
            }
        }
        Ok(parameters)
    }
}

/// Issuer and account of a label, `issuer:account` or `account`, with the parameter `issuer` beside it.
fn read_label(
    label: &str,
    parameter: Option<&str>,
) -> Result<(Option<String>, String), KeyUriError> {
    let label = decode(label, "label", Plus::Plus)?;
    let (prefix, account) = match label.split_once(':') {
        Some((prefix, account)) => (checked(prefix, "issuer")?, account),
        None => (None, label.as_str()),
    };
    let account = checked(account, "account")?.ok_or(KeyUriError::MissingAccount)?;
    let parameter = decode(parameter.unwrap_or(""), "issuer", Plus::Space)?;
    let parameter = checked(&parameter, "issuer")?;
    if let (Some(label), Some(parameter)) = (prefix, parameter)
        && label != parameter
    {
        return Err(KeyUriError::IssuerMismatch {
            label: quotable(label),
            parameter: quotable(parameter),
        });
    }
    Ok((prefix.or(parameter).map(str::to_owned), account.to_owned()))
}

/// A name without surrounding space, `None` if it is empty.
///
/// # Errors
///
/// [`KeyUriError::Colon`] and [`KeyUriError::Control`], which no label can hold.
fn checked<'a>(name: &'a str, part: &'static str) -> Result<Option<&'a str>, KeyUriError> {
    let name = name.trim();
    if name.contains(':') {
        return Err(KeyUriError::Colon { part });
    }
    if name.chars().any(char::is_control) {
        return Err(KeyUriError::Control { part });
    }
    Ok((!name.is_empty()).then_some(name))
}

/// The meaning of a `+`.
#[derive(Clone, Copy, PartialEq)]
enum Plus {
    Plus,
    Space,
}

fn decode(text: &str, part: &'static str, plus: Plus) -> Result<Zeroizing<String>, KeyUriError> {
    let wrong = || KeyUriError::Encoding { part };
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut nibble = || char::from(rest.next()?).to_digit(16);
                let high = nibble().ok_or_else(wrong)?;
                let low = nibble().ok_or_else(wrong)?;
                (high << 4 | low) as u8
            }
            b'+' if plus == Plus::Space => b' ',
            other => other,
        });
    }
    let text = core::str::from_utf8(&bytes).map_err(|_| wrong())?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// Percent-encodes all but RFC 3986's unreserved characters.
fn encode(text: &str, into: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                into.push(char::from(byte));
            }
            _ => {
                into.push('%');
                into.push(char::from(HEX[usize::from(byte >> 4)]));
                into.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

/// A whole number in ASCII digits alone: `str::parse` would take a sign.
fn number(text: &str) -> Option<u64> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

/// A text from outside, for an error message. Of a long one only the length is given: it could be a secret in the
/// wrong place, which has 26 characters or more and must not be quoted.
fn quotable(text: &str) -> String {
    match text.chars().count() {
        0..=24 => text.to_owned(),
        count => {
            let mut text = String::from("… ");
            crate::text::push_number(&mut text, count as u64);
            text.push_str(" characters …");
            text
        }
    }
}
