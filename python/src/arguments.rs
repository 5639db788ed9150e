//! Arguments from Python's values. Each error begins with the argument's name.

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyFloat, PyInt, PyString};
use todoita::functions::{GivenSecret, Invalid};

/// A keyword argument that may be absent or None.
pub type Optional<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// The last second of the year 9999. Milliseconds instead of seconds are later than that.
const LAST_SECOND: f64 = 253_402_300_799.0;

/// The error for an argument that the project's functions refuse. Their names are JavaScript's.
pub fn invalid(error: Invalid) -> PyErr {
    let mut name = String::new();
    for c in error.argument.chars() {
        if c.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
    }
    PyValueError::new_err(format!("{name}: {}", error.reason))
}

/// An argument that is present, converted.
pub fn optional<'py, T>(
    name: &str,
    value: Optional<'_, 'py>,
    convert: impl FnOnce(&str, &Bound<'py, PyAny>) -> PyResult<T>,
) -> PyResult<Option<T>> {
    value.map(|value| convert(name, value)).transpose()
}

/// A text. Half characters (lone surrogates), as `surrogateescape` makes them, become U+FFFD.
pub fn text(name: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    let text = value.cast::<PyString>();
    let text = text.map_err(|_| must_be(name, "a str", value))?;
    Ok(text.to_string_lossy().into_owned())
}

/// A whole number.
pub fn whole(name: &str, value: &Bound<'_, PyAny>) -> PyResult<i64> {
    integer(name, value)?
        .extract()
        .map_err(|error| out_of_range(name, value, error))
}

/// A counter or a step: 0 to 2^64-1.
pub fn counter(name: &str, value: &Bound<'_, PyAny>) -> PyResult<u64> {
    integer(name, value)?
        .extract()
        .map_err(|error| out_of_range(name, value, error))
}

/// Raw bytes or base32.
pub fn secret(value: &Bound<'_, PyAny>) -> PyResult<GivenSecret> {
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Ok(GivenSecret::Bytes(bytes.as_bytes().to_vec()));
    }
    if let Ok(bytes) = value.cast::<PyByteArray>() {
        return Ok(GivenSecret::Bytes(bytes.to_vec()));
    }
    if value.is_instance_of::<PyString>() {
        return Ok(GivenSecret::Base32(text("secret", value)?));
    }
    Err(must_be("secret", "bytes or a base32 str", value))
}

/// Milliseconds since 1970, of seconds (as `time.time()` gives them) or of a datetime with a time zone.
pub fn time(value: &Bound<'_, PyAny>) -> PyResult<f64> {
    const EXPECTED: &str = "seconds since 1970 or a datetime with a time zone";
    let datetime = value.py().import("datetime")?.getattr("datetime")?;
    let seconds: f64 = if value.is_instance(&datetime)? {
        if value.call_method0("utcoffset")?.is_none() {
            return Err(PyValueError::new_err("time: the datetime has no time zone"));
        }
        value.call_method0("timestamp")?.extract()?
    } else if value.is_instance_of::<PyBool>() {
        return Err(must_be("time", EXPECTED, value));
    } else if value.is_instance_of::<PyFloat>() || value.is_instance_of::<PyInt>() {
        value.extract().unwrap_or(f64::NAN)
    } else {
        return Err(must_be("time", EXPECTED, value));
    };
    if !(0.0..=LAST_SECOND).contains(&seconds) {
        return Err(PyValueError::new_err(
            "time: must be seconds since 1970, before the year 10000",
        ));
    }
    Ok(seconds * 1000.0)
}

/// An int that is no bool.
fn integer<'a, 'py>(name: &str, value: &'a Bound<'py, PyAny>) -> PyResult<&'a Bound<'py, PyAny>> {
    if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
        return Ok(value);
    }
    Err(must_be(name, "an int", value))
}

fn out_of_range(name: &str, value: &Bound<'_, PyAny>, error: PyErr) -> PyErr {
    if error.is_instance_of::<PyOverflowError>(value.py()) {
        return PyValueError::new_err(format!("{name}: is out of range"));
    }
    error
}

fn must_be(name: &str, expected: &str, value: &Bound<'_, PyAny>) -> PyErr {
    let kind = value
        .get_type()
        .name()
        .map(|name| name.to_string())
        .unwrap_or_default();
    PyTypeError::new_err(format!("{name}: must be {expected}, not {kind}"))
}
