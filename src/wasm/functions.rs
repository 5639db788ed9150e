//! What `todoita/core` and `todoita/node` call. Options are unpacked and checked in JavaScript
//! (`www/functions.js`); across come strings, numbers, bigints and bytes.
//!
//! A secret comes as bytes or as base32, in a vector or a string that is ours to wipe. With base32 the
//! bytes are none.

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

/// What the hot functions return for a refusal, where an accepted code is 0 or more.
const WRONG: i32 = -1;
const USED: i32 = -2;
/// An argument cannot be meant; which one, [`totp`] says, which takes the same.
const UNMEANT: i32 = -3;

/// `code::read`. `backup` is the contract's word.
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
        _ => return Err(wrong("backup", "it is digits, alphanumeric or none")),
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
    shape(&Reading {
        kind: reading.kind.map(kind_word),
        digits: &reading.digits,
        fixes: reading.fixes.iter().map(fix_word).collect(),
        problem: reading.problem.map(problem_word),
    })
}

/// `phone::read`.
#[wasm_bindgen(js_name = readPhone)]
pub fn read_phone(text: &str) -> Result<JsValue, JsValue> {
    match phone::read(text) {
        Ok(phone) => shape(&Phone {
            e164: &phone.e164,
            national: phone.national.as_deref(),
            kind: phone.kind.as_str(),
            sms: phone.kind.sms(),
            fixes: phone.fixes.iter().map(phone::Fix::as_str).collect(),
        }),
        Err(problem) => shape(&Unread {
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

/// The code shown at `time`.
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

/// The accepted step, [`WRONG`], [`USED`] or [`UNMEANT`]. A negative `last_step` is none.
///
/// Not a `Result`: it would come as several values, in an array made for each call.
#[wasm_bindgen(js_name = verifyTotp)]
#[expect(clippy::too_many_arguments, reason = "options come unpacked")]
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
        secret_of(secret, base32),
        Digits::from_count(count),
        Period::from_seconds(seconds),
    ) else {
        return f64::from(UNMEANT);
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

/// How far beyond `counter` the accepted code's counter is, or [`WRONG`].
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

/// How far beyond `counter` the second code's counter is, or [`WRONG`].
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
            Err(wrong(argument, error))
        }
    }
}

/// What a key URI says.
#[wasm_bindgen(js_name = readKeyUri)]
pub fn read_key_uri(text: String) -> Result<JsValue, JsValue> {
    let text = Zeroizing::new(text);
    let uri = KeyUri::read(&text).map_err(|error| wrong("text", error))?;
    let (kind, period, counter) = match uri.factor {
        MovingFactor::Time { period } => ("totp", Some(period.seconds()), None),
        MovingFactor::Counter { counter } => ("hotp", None, Some(counter)),
    };
    shape(&Key {
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
struct Unread {
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

/// An object: what is missing is `null`, and 64 bits are a bigint.
fn shape(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = Serializer::new()
        .serialize_missing_as_null(true)
        .serialize_large_number_types_as_bigints(true);
    Ok(value.serialize(&serializer)?)
}

fn read_secret(bytes: Vec<u8>, base32: Option<String>) -> Result<Secret, JsValue> {
    secret_of(bytes, base32).map_err(|error| wrong("secret", error))
}

fn secret_of(bytes: Vec<u8>, base32: Option<String>) -> Result<Secret, SecretError> {
    match base32.map(Zeroizing::new) {
        Some(text) => Secret::from_base32(&text),
        None => Secret::from_bytes(bytes),
    }
}

fn digits(count: u8) -> Result<Digits, JsValue> {
    Digits::from_count(count).ok_or_else(|| wrong("digits", "a code has 6, 7 or 8"))
}

fn period(seconds: u32) -> Result<Period, JsValue> {
    Period::from_seconds(seconds).ok_or_else(|| wrong("period", "it is 1 to 86400 seconds"))
}

fn wrong(argument: &str, why: impl core::fmt::Display) -> JsValue {
    RangeError::new(&format!("{argument}: {why}")).into()
}

fn refusal(cause: Cause) -> i32 {
    if cause == Cause::Used { USED } else { WRONG }
}

fn ahead(counter: u64, verdict: Result<Accepted, Cause>) -> i32 {
    match verdict {
        // Ahead, and by no more than a u16 and one.
        Ok(accepted) => (accepted.counter - counter) as i32,
        Err(cause) => refusal(cause),
    }
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Code => "code",
        Kind::Backup => "backup",
    }
}

fn fix_word(fix: Fix) -> &'static str {
    match fix {
        Fix::Message => "message",
        Fix::FullWidth => "full-width",
        Fix::OtherDigits => "other-digits",
        Fix::LookAlike => "look-alike",
        Fix::Separators => "separators",
        Fix::Invisible => "invisible",
    }
}

fn problem_word(problem: Problem) -> &'static str {
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
