//! The exports of `todoita/core` and `todoita/node`. Options are unpacked and checked in JavaScript
//! (`www/functions.js`); strings, numbers, bigints and bytes cross the boundary.
//!
//! A secret arrives as bytes or as base32, in a vector or a string that is owned here and wiped. With base32 the
//! vector is empty.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;

use js_sys::RangeError;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::cause::Cause;
use crate::code::{self, Backup, Fix, Kind, Problem, Rule};
use crate::otp::{
    Accepted, Digits, Hotp, KeyUri, KeyUriError, MovingFactor, Period, Secret, SecretError, Totp,
};
use crate::phone;

/// The results of the hot functions for a refused code; that of an accepted one is 0 or more.
const WRONG: i32 = -1;
const USED: i32 = -2;
/// An invalid argument. [`totp`] with the same arguments returns the error that names it.
const INVALID_ARGUMENT: i32 = -3;

/// `code::read`. `backup` is `digits`, `alphanumeric` or `none`.
///
/// # Errors
///
/// A `RangeError` for another `backup`.
#[wasm_bindgen(js_name = readCode)]
pub fn read_code(
    text: &str,
    digits: u8,
    backup: &str,
    backup_digits: u8,
    host: Option<String>,
) -> Result<JsValue, JsValue> {
    let backup = match backup {
        "digits" => Backup::Digits,
        "alphanumeric" => Backup::Alphanumeric,
        "none" => Backup::None,
        _ => return Err(invalid("backup", "must be digits, alphanumeric or none")),
    };
    let reading = code::read(
        text,
        &Rule {
            digits,
            backup,
            backup_digits,
            host,
        },
    );
    to_object(&Reading {
        kind: reading.kind.map(kind_name),
        digits: &reading.digits,
        fixes: reading.fixes.iter().map(fix_name).collect(),
        problem: reading.problem.map(problem_name),
    })
}

/// `phone::read`.
#[wasm_bindgen(js_name = readPhone)]
pub fn read_phone(text: &str) -> Result<JsValue, JsValue> {
    match phone::read(text) {
        Ok(phone) => to_object(&Phone {
            e164: &phone.e164,
            national: phone.national.as_deref(),
            kind: phone.kind.as_str(),
            sms: phone.kind.sms(),
            fixes: phone.fixes.iter().map(phone::Fix::as_str).collect(),
        }),
        Err(problem) => to_object(&NotRead {
            problem: problem.as_str(),
        }),
    }
}

/// The code of a counter.
#[wasm_bindgen]
pub fn hotp(
    secret: Vec<u8>,
    base32: Option<String>,
    counter: u64,
    count: u8,
) -> Result<String, JsValue> {
    let secret = read_secret(secret, base32)?;
    let hotp = Hotp {
        digits: digits(count)?,
        look_ahead: 0,
    };
    Ok(hotp.code(&secret, counter).as_str().to_owned())
}

/// The code shown at `time` (milliseconds since the Unix epoch).
///
/// # Errors
///
/// A `RangeError` that begins with the name of the invalid argument, here and in the functions below.
#[wasm_bindgen]
pub fn totp(
    secret: Vec<u8>,
    base32: Option<String>,
    time: f64,
    count: u8,
    seconds: u32,
) -> Result<String, JsValue> {
    let secret = read_secret(secret, base32)?;
    let totp = Totp {
        digits: digits(count)?,
        period: period(seconds)?,
        window: 0,
    };
    Ok(totp.code(&secret, time as u64).as_str().to_owned())
}

/// The accepted step, [`WRONG`], [`USED`] or [`INVALID_ARGUMENT`]. A negative `last_step` is `None`.
///
/// Not a `Result`: that would cross the boundary as several values, in an array allocated for each call.
#[wasm_bindgen(js_name = verifyTotp)]
#[expect(clippy::too_many_arguments, reason = "options arrive unpacked")]
pub fn verify_totp(
    secret: Vec<u8>,
    base32: Option<String>,
    code: &str,
    time: f64,
    count: u8,
    seconds: u32,
    window: u8,
    last_step: f64,
) -> f64 {
    let (Ok(secret), Some(digits), Some(period)) = (
        parse_secret(secret, base32),
        Digits::from_count(count),
        Period::from_seconds(seconds),
    ) else {
        return f64::from(INVALID_ARGUMENT);
    };
    let totp = Totp {
        digits,
        period,
        window,
    };
    // JavaScript has checked that both are whole and below 2^53.
    let last_step = (last_step >= 0.0).then_some(last_step as u64);
    match totp.verify(&secret, code, time as u64, last_step) {
        Ok(step) => step as f64,
        Err(cause) => f64::from(refusal(cause)),
    }
}

/// The distance of the accepted code's counter from `counter`, or [`WRONG`].
#[wasm_bindgen(js_name = verifyHotp)]
pub fn verify_hotp(
    secret: Vec<u8>,
    base32: Option<String>,
    code: &str,
    counter: u64,
    count: u8,
    look_ahead: u8,
) -> Result<i32, JsValue> {
    let secret = read_secret(secret, base32)?;
    let hotp = Hotp {
        digits: digits(count)?,
        look_ahead,
    };
    Ok(ahead(counter, hotp.verify(&secret, code, counter)))
}

/// The distance of the second code's counter from `counter`, or [`WRONG`].
#[wasm_bindgen(js_name = resyncHotp)]
pub fn resync_hotp(
    secret: Vec<u8>,
    base32: Option<String>,
    first: &str,
    second: &str,
    counter: u64,
    count: u8,
    look_ahead: u16,
) -> Result<i32, JsValue> {
    let secret = read_secret(secret, base32)?;
    let hotp = Hotp {
        digits: digits(count)?,
        look_ahead: 0,
    };
    Ok(ahead(
        counter,
        hotp.resync(&secret, first, second, counter, look_ahead),
    ))
}

/// A key URI. With a `counter` it is `hotp`, without one `totp`.
#[wasm_bindgen(js_name = keyUri)]
pub fn key_uri(
    secret: Vec<u8>,
    base32: Option<String>,
    issuer: Option<String>,
    account: String,
    count: u8,
    seconds: u32,
    counter: Option<u64>,
) -> Result<String, JsValue> {
    let uri = KeyUri {
        secret: read_secret(secret, base32)?,
        issuer,
        account,
        digits: digits(count)?,
        factor: match counter {
            Some(counter) => MovingFactor::Counter { counter },
            None => MovingFactor::Time {
                period: period(seconds)?,
            },
        },
    };
    match uri.write() {
        Ok(text) => Ok(text.to_string()),
        Err(error) => {
            let argument = match error {
                KeyUriError::Colon { part } | KeyUriError::Control { part } => part,
                _ => "account",
            };
            Err(invalid(argument, error))
        }
    }
}

/// The contents of a key URI.
#[wasm_bindgen(js_name = readKeyUri)]
pub fn read_key_uri(text: String) -> Result<JsValue, JsValue> {
    let text = Zeroizing::new(text);
    let uri = KeyUri::read(&text).map_err(|error| invalid("text", error))?;
    let (kind, period, counter) = match uri.factor {
        MovingFactor::Time { period } => ("totp", Some(period.seconds()), None),
        MovingFactor::Counter { counter } => ("hotp", None, Some(counter)),
    };
    to_object(&Key {
        kind,
        secret: &uri.secret.to_base32(),
        issuer: uri.issuer.as_deref(),
        account: &uri.account,
        algorithm: "SHA1",
        digits: uri.digits.count(),
        period,
        counter,
    })
}

#[derive(Serialize)]
struct Reading<'a> {
    kind: Option<&'static str>,
    digits: &'a str,
    fixes: Vec<&'static str>,
    problem: Option<&'static str>,
}

#[derive(Serialize)]
struct Phone<'a> {
    e164: &'a str,
    national: Option<&'a str>,
    kind: &'static str,
    sms: Option<bool>,
    fixes: Vec<&'static str>,
}

#[derive(Serialize)]
struct NotRead {
    problem: &'static str,
}

#[derive(Serialize)]
struct Key<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    secret: &'a str,
    issuer: Option<&'a str>,
    account: &'a str,
    algorithm: &'static str,
    digits: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counter: Option<u64>,
}

/// A value as a JavaScript object: `None` is `null`, and 64 bits are a bigint.
fn to_object(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = Serializer::new()
        .serialize_missing_as_null(true)
        .serialize_large_number_types_as_bigints(true);
    Ok(value.serialize(&serializer)?)
}

fn read_secret(bytes: Vec<u8>, base32: Option<String>) -> Result<Secret, JsValue> {
    parse_secret(bytes, base32).map_err(|error| invalid("secret", error))
}

fn parse_secret(bytes: Vec<u8>, base32: Option<String>) -> Result<Secret, SecretError> {
    match base32.map(Zeroizing::new) {
        Some(text) => Secret::from_base32(&text),
        None => Secret::from_bytes(bytes),
    }
}

fn digits(count: u8) -> Result<Digits, JsValue> {
    Digits::from_count(count).ok_or_else(|| invalid("digits", "must be 6, 7 or 8"))
}

fn period(seconds: u32) -> Result<Period, JsValue> {
    Period::from_seconds(seconds).ok_or_else(|| invalid("period", "must be 1 to 86400 seconds"))
}

fn invalid(argument: &str, why: impl core::fmt::Display) -> JsValue {
    RangeError::new(&format!("{argument}: {why}")).into()
}

fn refusal(cause: Cause) -> i32 {
    if cause == Cause::Used { USED } else { WRONG }
}

fn ahead(counter: u64, verdict: Result<Accepted, Cause>) -> i32 {
    match verdict {
        // At most `u16::MAX` + 1.
        Ok(accepted) => (accepted.counter - counter) as i32,
        Err(cause) => refusal(cause),
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Code => "code",
        Kind::Backup => "backup",
    }
}

fn fix_name(fix: Fix) -> &'static str {
    match fix {
        Fix::Message => "message",
        Fix::FullWidth => "full-width",
        Fix::OtherDigits => "other-digits",
        Fix::LookAlike => "look-alike",
        Fix::Separators => "separators",
        Fix::Invisible => "invisible",
    }
}

fn problem_name(problem: Problem) -> &'static str {
    match problem {
        Problem::Empty => "empty",
        Problem::TooFew => "too-few",
        Problem::TooMany => "too-many",
        Problem::PhoneNumber => "phone-number",
        Problem::Date => "date",
        Problem::Password => "password",
        Problem::Ambiguous => "ambiguous",
        Problem::OtherSite => "other-site",
        Problem::NoCode => "no-code",
    }
}
