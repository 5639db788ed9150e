//! The functions as JSON in and JSON out, for `todoita.wasm`: a request is an object of arguments, whose names are those
//! of the JavaScript functions; a result is an object too, `{"error": {"type", "argument", "message"}}` for an invalid
//! request. docs/wasm-abi.md is its description for callers.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::{CodeOptions, GivenSecret, Invalid, KeyOptions, TotpOptions};
use crate::cause::Cause;
use crate::otp::{Accepted, MovingFactor};
use crate::phone;

/// A function of a request.
pub type Function = fn(&mut Arguments) -> Result<Value, Refused>;

/// Calls a function with a request in JSON, and gives the result in JSON. Both may hold a secret; the result is wiped
/// when it is dropped.
pub fn call(function: Function, request: &[u8]) -> Zeroizing<Vec<u8>> {
    answer(Arguments::read(request).and_then(|mut arguments| function(&mut arguments)))
}

/// [`super::new_secret`]: the request is the random bytes themselves.
pub fn new_secret(random: &[u8]) -> Zeroizing<Vec<u8>> {
    let secret = super::new_secret(random).map_err(Refused::Range);
    answer(secret.map(|secret| json!({ "secret": secret.to_base32().as_str() })))
}

fn answer(result: Result<Value, Refused>) -> Zeroizing<Vec<u8>> {
    let value = result.unwrap_or_else(|refused| refused.to_json());
    Zeroizing::new(value.to_string().into_bytes())
}

/// Why a request was refused.
pub enum Refused {
    /// An argument of another type, or an unknown one.
    Type(String, String),
    /// An argument outside its range.
    Range(Invalid),
}

impl From<Invalid> for Refused {
    fn from(invalid: Invalid) -> Refused {
        Refused::Range(invalid)
    }
}

impl Refused {
    fn to_json(&self) -> Value {
        let (kind, argument, reason) = match self {
            Refused::Type(argument, reason) => ("type", argument.as_str(), reason),
            Refused::Range(invalid) => ("range", invalid.argument, &invalid.reason),
        };
        json!({ "error": {
            "type": kind,
            "argument": argument,
            "message": format!("{argument}: {reason}"),
        }})
    }
}

/// The description of a valid argument, and its value if the JSON has it.
type Expected<T> = (&'static str, fn(&Value) -> Option<T>);

const TEXT: Expected<String> = ("a string", |value| value.as_str().map(Into::into));
const WHOLE: Expected<i64> = ("a whole number", Value::as_i64);
const NUMBER: Expected<f64> = ("a number", Value::as_f64);
/// A number of 64 bits, or its digits in a string for parsers that have no such numbers.
const COUNTER: Expected<u64> = ("a whole number from 0 to 2^64-1", |value| {
    let text = match value {
        Value::String(text) => text,
        other => return other.as_u64(),
    };
    let all = text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok())?
});

/// The arguments of a request that have not been taken yet.
pub struct Arguments(Map<String, Value>);

impl Arguments {
    fn read(request: &[u8]) -> Result<Arguments, Refused> {
        match serde_json::from_slice(request) {
            Ok(Value::Object(members)) => Ok(Arguments(members)),
            // The parser's own message would quote the request.
            _ => Err(must_be("request", "a JSON object in UTF-8")),
        }
    }

    /// An argument; `null` is an absent one.
    fn optional<T>(
        &mut self,
        name: &str,
        (expected, convert): Expected<T>,
    ) -> Result<Option<T>, Refused> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => convert(&value)
                .map(Some)
                .ok_or_else(|| must_be(name, expected)),
        }
    }

    fn required<T>(&mut self, name: &str, expected: Expected<T>) -> Result<T, Refused> {
        self.optional(name, expected)?
            .ok_or_else(|| must_be(name, expected.0))
    }

    fn secret(&mut self) -> Result<GivenSecret, Refused> {
        Ok(GivenSecret::Base32(self.required("secret", TEXT)?))
    }

    /// Refuses arguments that no function took, so that a misspelt option is not ignored.
    fn end(&self) -> Result<(), Refused> {
        let Some(unknown) = self.0.keys().next() else {
            return Ok(());
        };
        let name: String = unknown.chars().take(40).collect();
        Err(Refused::Type(
            name,
            "is no argument of this function".into(),
        ))
    }
}

fn must_be(argument: &str, expected: &str) -> Refused {
    Refused::Type(argument.into(), format!("must be {expected}"))
}

/// `{"text", "digits", "code", "backup", "backupDigits", "backupFormat", "host"}`
pub fn read_code(arguments: &mut Arguments) -> Result<Value, Refused> {
    let text = arguments.required("text", TEXT)?;
    let default = CodeOptions::default();
    let digits = arguments
        .optional("digits", WHOLE)?
        .unwrap_or(default.digits);
    let code = arguments.optional("code", TEXT)?;
    let backup = arguments.optional("backup", TEXT)?;
    let backup_digits = arguments.optional("backupDigits", WHOLE)?;
    let backup_format = arguments.optional("backupFormat", TEXT)?;
    let host = arguments.optional("host", TEXT)?;
    arguments.end()?;
    let options = CodeOptions {
        digits,
        code: code.as_deref().unwrap_or(default.code),
        backup: backup.as_deref(),
        backup_digits,
        backup_format: backup_format.as_deref(),
        host: host.as_deref(),
    };
    let reading = super::read_code(&text, &options)?;
    let fixes: Vec<&str> = reading.fixes.iter().map(crate::code::Fix::as_str).collect();
    Ok(json!({
        "kind": reading.kind.map(crate::code::Kind::as_str),
        "digits": reading.digits,
        "fixes": fixes,
        "problem": reading.problem.map(crate::code::Problem::as_str),
    }))
}

/// `{"text", "region"}`
pub fn read_phone(arguments: &mut Arguments) -> Result<Value, Refused> {
    let text = arguments.required("text", TEXT)?;
    let region = arguments.optional("region", TEXT)?;
    arguments.end()?;
    Ok(
        match super::read_phone(&text, region.as_deref().unwrap_or("JP"))? {
            Ok(number) => {
                let fixes: Vec<&str> = number.fixes.iter().map(phone::Fix::as_str).collect();
                json!({
                    "e164": number.e164,
                    "national": number.national,
                    "kind": number.kind.as_str(),
                    "sms": number.kind.sms(),
                    "fixes": fixes,
                })
            }
            Err(problem) => json!({ "problem": problem.as_str() }),
        },
    )
}

/// `{"secret", "counter", "digits"}`
pub fn hotp(arguments: &mut Arguments) -> Result<Value, Refused> {
    let secret = arguments.secret()?;
    let counter = arguments.required("counter", COUNTER)?;
    let digits = arguments.optional("digits", WHOLE)?.unwrap_or(6);
    arguments.end()?;
    Ok(json!({ "code": super::hotp(secret, counter, digits)? }))
}

/// `{"secret", "time", "digits", "period"}`
pub fn totp(arguments: &mut Arguments) -> Result<Value, Refused> {
    let secret = arguments.secret()?;
    let time = arguments.required("time", NUMBER)?;
    let digits = arguments.optional("digits", WHOLE)?.unwrap_or(6);
    let period = arguments.optional("period", WHOLE)?.unwrap_or(30);
    arguments.end()?;
    Ok(json!({ "code": super::totp(secret, time, digits, period)? }))
}

/// `{"secret", "code", "time", "digits", "period", "window", "lastStep"}`
pub fn verify_totp(arguments: &mut Arguments) -> Result<Value, Refused> {
    let secret = arguments.secret()?;
    let code = arguments.required("code", TEXT)?;
    let time = arguments.required("time", NUMBER)?;
    let default = TotpOptions::default();
    let options = TotpOptions {
        digits: arguments
            .optional("digits", WHOLE)?
            .unwrap_or(default.digits),
        period: arguments
            .optional("period", WHOLE)?
            .unwrap_or(default.period),
        window: arguments
            .optional("window", WHOLE)?
            .unwrap_or(default.window),
        last_step: arguments.optional("lastStep", COUNTER)?,
    };
    arguments.end()?;
    Ok(match super::verify_totp(secret, &code, time, options)? {
        Ok(step) => json!({ "ok": true, "step": step }),
        Err(cause) => refused(cause),
    })
}

/// `{"secret", "code", "counter", "digits", "lookAhead"}`
pub fn verify_hotp(arguments: &mut Arguments) -> Result<Value, Refused> {
    let secret = arguments.secret()?;
    let code = arguments.required("code", TEXT)?;
    let counter = arguments.required("counter", COUNTER)?;
    let digits = arguments.optional("digits", WHOLE)?.unwrap_or(6);
    let look_ahead = arguments.optional("lookAhead", WHOLE)?.unwrap_or(10);
    arguments.end()?;
    let verdict = super::verify_hotp(secret, &code, counter, digits, look_ahead)?;
    Ok(hotp_verdict(verdict))
}

/// `{"secret", "first", "second", "counter", "digits", "lookAhead"}`
pub fn resync_hotp(arguments: &mut Arguments) -> Result<Value, Refused> {
    let secret = arguments.secret()?;
    let first = arguments.required("first", TEXT)?;
    let second = arguments.required("second", TEXT)?;
    let counter = arguments.required("counter", COUNTER)?;
    let digits = arguments.optional("digits", WHOLE)?.unwrap_or(6);
    let look_ahead = arguments.optional("lookAhead", WHOLE)?.unwrap_or(100);
    arguments.end()?;
    let verdict = super::resync_hotp(secret, &first, &second, counter, digits, look_ahead)?;
    Ok(hotp_verdict(verdict))
}

/// `{"type", "secret", "issuer", "account", "digits", "period", "counter", "algorithm"}`
pub fn key_uri(arguments: &mut Arguments) -> Result<Value, Refused> {
    let kind = arguments.optional("type", TEXT)?;
    let secret = arguments.secret()?;
    let issuer = arguments.optional("issuer", TEXT)?;
    let account = arguments.required("account", TEXT)?;
    let digits = arguments.optional("digits", WHOLE)?.unwrap_or(6);
    let period = arguments.optional("period", WHOLE)?;
    let counter = arguments.optional("counter", COUNTER)?;
    let algorithm = arguments.optional("algorithm", TEXT)?;
    arguments.end()?;
    let options = KeyOptions {
        kind: kind.as_deref().unwrap_or("totp"),
        issuer: issuer.as_deref(),
        account: &account,
        digits,
        period,
        counter,
        algorithm: algorithm.as_deref().unwrap_or("SHA1"),
    };
    Ok(json!({ "uri": super::key_uri(secret, &options)?.as_str() }))
}

/// `{"text"}`
pub fn read_key_uri(arguments: &mut Arguments) -> Result<Value, Refused> {
    let text = Zeroizing::new(arguments.required("text", TEXT)?);
    arguments.end()?;
    let key = super::read_key_uri(&text)?;
    let mut result = json!({
        "secret": key.secret.to_base32().as_str(),
        "issuer": key.issuer,
        "account": key.account,
        "algorithm": "SHA1",
        "digits": key.digits.count(),
    });
    match key.factor {
        MovingFactor::Time { period } => {
            result["type"] = "totp".into();
            result["period"] = period.seconds().into();
        }
        MovingFactor::Counter { counter } => {
            result["type"] = "hotp".into();
            result["counter"] = counter.into();
        }
    }
    Ok(result)
}

fn hotp_verdict(verdict: Result<Accepted, Cause>) -> Value {
    match verdict {
        Ok(Accepted { counter, next }) => json!({ "ok": true, "counter": counter, "next": next }),
        Err(cause) => refused(cause),
    }
}

fn refused(cause: Cause) -> Value {
    json!({ "ok": false, "cause": cause.as_str() })
}
