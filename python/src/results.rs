//! Results as Python's values: objects that cannot be changed.

use pyo3::prelude::*;
use todoita::cause::Cause;
use todoita::code;
use todoita::otp::{Accepted, KeyUri, MovingFactor};
use todoita::phone;

/// The result of reading a text.
#[pyclass(frozen, get_all, eq, module = "todoita")]
#[derive(PartialEq)]
pub struct Reading {
    kind: Option<&'static str>,
    digits: String,
    fixes: Vec<&'static str>,
    problem: Option<&'static str>,
}

#[pymethods]
impl Reading {
    fn __bool__(&self) -> bool {
        self.kind.is_some()
    }
}

impl From<code::Reading> for Reading {
    fn from(reading: code::Reading) -> Reading {
        Reading {
            kind: reading.kind.map(code::Kind::as_str),
            digits: reading.digits,
            fixes: reading.fixes.iter().map(code::Fix::as_str).collect(),
            problem: reading.problem.map(code::Problem::as_str),
        }
    }
}

/// A phone number, or the problem.
#[pyclass(frozen, get_all, eq, module = "todoita")]
#[derive(Default, PartialEq)]
pub struct Phone {
    e164: Option<String>,
    national: Option<String>,
    kind: Option<&'static str>,
    sms: Option<bool>,
    fixes: Vec<&'static str>,
    problem: Option<&'static str>,
}

#[pymethods]
impl Phone {
    fn __bool__(&self) -> bool {
        self.problem.is_none()
    }
}

impl From<Result<phone::Phone, phone::Problem>> for Phone {
    fn from(read: Result<phone::Phone, phone::Problem>) -> Phone {
        match read {
            Ok(phone) => Phone {
                kind: Some(phone.kind.as_str()),
                sms: phone.kind.sms(),
                fixes: phone.fixes.iter().map(phone::Fix::as_str).collect(),
                e164: Some(phone.e164),
                national: phone.national,
                problem: None,
            },
            Err(problem) => Phone {
                problem: Some(problem.as_str()),
                ..Phone::default()
            },
        }
    }
}

/// The result of verifying a TOTP code.
#[pyclass(frozen, get_all, eq, module = "todoita")]
#[derive(PartialEq)]
pub struct TotpVerdict {
    ok: bool,
    step: Option<u64>,
    cause: Option<&'static str>,
}

#[pymethods]
impl TotpVerdict {
    fn __bool__(&self) -> bool {
        self.ok
    }
}

impl From<Result<u64, Cause>> for TotpVerdict {
    fn from(verdict: Result<u64, Cause>) -> TotpVerdict {
        TotpVerdict {
            ok: verdict.is_ok(),
            step: verdict.ok(),
            cause: verdict.err().map(Cause::as_str),
        }
    }
}

/// The result of verifying an HOTP code.
#[pyclass(frozen, get_all, eq, module = "todoita")]
#[derive(PartialEq)]
pub struct HotpVerdict {
    ok: bool,
    counter: Option<u64>,
    next: Option<u64>,
    cause: Option<&'static str>,
}

#[pymethods]
impl HotpVerdict {
    fn __bool__(&self) -> bool {
        self.ok
    }
}

impl From<Result<Accepted, Cause>> for HotpVerdict {
    fn from(verdict: Result<Accepted, Cause>) -> HotpVerdict {
        HotpVerdict {
            ok: verdict.is_ok(),
            counter: verdict.ok().map(|accepted| accepted.counter),
            next: verdict.ok().and_then(|accepted| accepted.next),
            cause: verdict.err().map(Cause::as_str),
        }
    }
}

/// The contents of a key URI. Its representation does not show the secret.
#[pyclass(frozen, get_all, module = "todoita")]
pub struct Key {
    r#type: &'static str,
    secret: String,
    account: String,
    issuer: Option<String>,
    digits: u8,
    algorithm: &'static str,
    period: Option<u32>,
    counter: Option<u64>,
}

impl From<KeyUri> for Key {
    fn from(key: KeyUri) -> Key {
        let (kind, period, counter) = match key.factor {
            MovingFactor::Time { period } => ("totp", Some(period.seconds()), None),
            MovingFactor::Counter { counter } => ("hotp", None, Some(counter)),
        };
        Key {
            r#type: kind,
            secret: key.secret.to_base32().as_str().to_owned(),
            account: key.account,
            issuer: key.issuer,
            digits: key.digits.count(),
            algorithm: "SHA1",
            period,
            counter,
        }
    }
}
