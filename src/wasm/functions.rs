//! The exports of `todoita/core` and `todoita/node`. Options are unpacked and checked in JavaScript
//! (`www/functions.js`); strings, numbers, bigints and bytes cross the boundary.
//!
//! A secret arrives as bytes or as base32, in a vector or a string that is owned here and wiped. With base32 the
//! vector is empty.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use js_sys::RangeError;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::cause::Cause;
use crate::code::{self, Fix, Kind, Problem};
use crate::functions::{self, CodeOptions, GivenSecret, Invalid, KeyOptions, TotpOptions};
use crate::otp::{Accepted, MovingFactor, Secret};
use crate::phone;
use crate::wasm::clean_stack::with_clean_stack;

/// The results of the hot functions for a refused code; that of an accepted one is 0 or more.
const WRONG: i32 = -1;
const USED: i32 = -2;
/// An invalid argument. [`totp`] with the same arguments returns the error that names it.
const INVALID_ARGUMENT: i32 = -3;

#[wasm_bindgen]
extern "C" {
    /// The random source of browsers, Node, Deno, Bun and workers.
    #[wasm_bindgen(thread_local_v2, js_name = crypto)]
    static CRYPTO: web_sys::Crypto;
}

/// A new secret, from `crypto.getRandomValues`.
///
/// # Errors
///
/// An exception where there is no such source.
#[wasm_bindgen(js_name = newSecret)]
pub fn new_secret() -> Result<Vec<u8>, JsValue> {
    let mut secret = alloc::vec![0; Secret::NEW_BYTES];
    CRYPTO.with(|source| source.get_random_values_with_u8_array(&mut secret))?;
    Ok(secret)
}

/// `code::read`. `code` is `digits` or `alphanumeric`, `backup` that or `none`.
///
/// # Errors
///
/// A `RangeError` for the options that [`CodeOptions::rule`] refuses.
#[wasm_bindgen(js_name = readCode)]
pub fn read_code(
    text: &str,
    digits: u8,
    code: &str,
    backup: Option<String>,
    backup_digits: Option<u8>,
    backup_format: Option<String>,
    host: Option<String>,
) -> Result<JsValue, JsValue> {
    let options = CodeOptions {
        digits: digits.into(),
        code,
        backup: backup.as_deref(),
        backup_digits: backup_digits.map(Into::into),
        backup_format: backup_format.as_deref(),
        host: host.as_deref(),
    };
    let rule = options.rule().map_err(thrown)?;
    let reading = code::read(text, &rule);
    to_object(&Reading {
        kind: reading.kind.map(Kind::as_str),
        digits: &reading.digits,
        fixes: reading.fixes.iter().map(Fix::as_str).collect(),
        problem: reading.problem.map(Problem::as_str),
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
///
/// # Errors
///
/// A `RangeError` that begins with the name of the invalid argument, here and in the functions below.
#[wasm_bindgen]
pub fn hotp(
    secret: Vec<u8>,
    base32: Option<String>,
    counter: u64,
    digits: u8,
) -> Result<String, JsValue> {
    with_clean_stack(move || {
        functions::hotp(given(secret, base32), counter, digits.into()).map_err(thrown)
    })
}

/// The code shown at `time` (milliseconds since the Unix epoch).
#[wasm_bindgen]
pub fn totp(
    secret: Vec<u8>,
    base32: Option<String>,
    time: f64,
    digits: u8,
    period: u32,
) -> Result<String, JsValue> {
    with_clean_stack(move || {
        let secret = given(secret, base32);
        functions::totp(secret, time, digits.into(), period.into()).map_err(thrown)
    })
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
    digits: u8,
    period: u32,
    window: u8,
    last_step: f64,
) -> f64 {
    with_clean_stack(move || {
        let options = TotpOptions {
            digits: digits.into(),
            period: period.into(),
            window: window.into(),
            // JavaScript has checked that it is whole and below 2^53.
            last_step: (last_step >= 0.0).then_some(last_step as u64),
        };
        match functions::verify_totp(given(secret, base32), code, time, options) {
            Ok(Ok(step)) => step as f64,
            Ok(Err(cause)) => f64::from(refusal(cause)),
            Err(_) => f64::from(INVALID_ARGUMENT),
        }
    })
}

/// The distance of the accepted code's counter from `counter`, or [`WRONG`].
#[wasm_bindgen(js_name = verifyHotp)]
pub fn verify_hotp(
    secret: Vec<u8>,
    base32: Option<String>,
    code: &str,
    counter: u64,
    digits: u8,
    look_ahead: u8,
) -> Result<i32, JsValue> {
    with_clean_stack(move || {
        let secret = given(secret, base32);
        let verdict =
            functions::verify_hotp(secret, code, counter, digits.into(), look_ahead.into());
        Ok(ahead(counter, verdict.map_err(thrown)?))
    })
}

/// The distance of the second code's counter from `counter`, or [`WRONG`].
#[wasm_bindgen(js_name = resyncHotp)]
pub fn resync_hotp(
    secret: Vec<u8>,
    base32: Option<String>,
    first: &str,
    second: &str,
    counter: u64,
    digits: u8,
    look_ahead: u16,
) -> Result<i32, JsValue> {
    with_clean_stack(move || {
        let secret = given(secret, base32);
        let (digits, look_ahead) = (digits.into(), look_ahead.into());
        let verdict = functions::resync_hotp(secret, first, second, counter, digits, look_ahead);
        Ok(ahead(counter, verdict.map_err(thrown)?))
    })
}

/// A key URI. With a `counter` it is `hotp`, without one `totp`.
#[wasm_bindgen(js_name = keyUri)]
pub fn key_uri(
    secret: Vec<u8>,
    base32: Option<String>,
    issuer: Option<String>,
    account: &str,
    digits: u8,
    period: u32,
    counter: Option<u64>,
) -> Result<String, JsValue> {
    with_clean_stack(move || {
        let options = KeyOptions {
            kind: if counter.is_some() { "hotp" } else { "totp" },
            issuer: issuer.as_deref(),
            account,
            digits: digits.into(),
            period: counter.is_none().then_some(period.into()),
            counter,
            algorithm: "SHA1",
        };
        let uri = functions::key_uri(given(secret, base32), &options).map_err(thrown)?;
        Ok(uri.as_str().into())
    })
}

/// The contents of a key URI.
#[wasm_bindgen(js_name = readKeyUri)]
pub fn read_key_uri(text: String) -> Result<JsValue, JsValue> {
    with_clean_stack(move || {
        let text = Zeroizing::new(text);
        let uri = functions::read_key_uri(&text).map_err(thrown)?;
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
pub(super) fn to_object(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = Serializer::new()
        .serialize_missing_as_null(true)
        .serialize_large_number_types_as_bigints(true);
    Ok(value.serialize(&serializer)?)
}

fn given(bytes: Vec<u8>, base32: Option<String>) -> GivenSecret {
    base32.map_or(GivenSecret::Bytes(bytes), GivenSecret::Base32)
}

fn thrown(error: Invalid) -> JsValue {
    RangeError::new(&format!("{}: {}", error.argument, error.reason)).into()
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
