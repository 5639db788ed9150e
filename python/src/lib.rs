//! The functions of todoita as a Python module. Arguments are converted here; their ranges are checked in
//! `todoita::functions`. An argument of another type is a `TypeError`, one outside its range a `ValueError`; the message
//! begins with the argument's name and quotes no secret, code or text.

mod arguments; // from Python's values
mod results; // to Python's values

use pyo3::prelude::*;
use todoita::functions::{self, CodeOptions, KeyOptions, TotpOptions};

use arguments::{Optional, counter, invalid, text, whole};
use results::{HotpVerdict, Key, Phone, Reading, TotpVerdict};

type Value<'a, 'py> = &'a Bound<'py, PyAny>;

#[pyfunction]
#[pyo3(signature = (text, *, digits=None, code=None, backup=None, backup_digits=None, backup_format=None, host=None))]
fn read_code(
    text: Value,
    digits: Optional,
    code: Optional,
    backup: Optional,
    backup_digits: Optional,
    backup_format: Optional,
    host: Optional,
) -> PyResult<Reading> {
    let default = CodeOptions::default();
    let input = arguments::text("text", text)?;
    let code = arguments::optional("code", code, arguments::text)?;
    let backup = arguments::optional("backup", backup, arguments::text)?;
    let backup_format = arguments::optional("backup_format", backup_format, arguments::text)?;
    let host = arguments::optional("host", host, arguments::text)?;
    let options = CodeOptions {
        digits: arguments::optional("digits", digits, whole)?.unwrap_or(default.digits),
        code: code.as_deref().unwrap_or(default.code),
        backup: backup.as_deref(),
        backup_digits: arguments::optional("backup_digits", backup_digits, whole)?,
        backup_format: backup_format.as_deref(),
        host: host.as_deref(),
    };
    let reading = functions::read_code(&input, &options).map_err(invalid)?;
    Ok(reading.into())
}

#[pyfunction]
#[pyo3(signature = (text, *, region=None))]
fn read_phone(text: Value, region: Optional) -> PyResult<Phone> {
    let input = arguments::text("text", text)?;
    let region = arguments::optional("region", region, arguments::text)?;
    let region = region.as_deref().unwrap_or("JP");
    let phone = functions::read_phone(&input, region).map_err(invalid)?;
    Ok(phone.into())
}

#[pyfunction]
#[pyo3(signature = (secret, counter, digits=None))]
fn hotp(secret: Value, counter: Value, digits: Optional) -> PyResult<String> {
    let digits = arguments::optional("digits", digits, whole)?.unwrap_or(6);
    let counter = arguments::counter("counter", counter)?;
    functions::hotp(arguments::secret(secret)?, counter, digits).map_err(invalid)
}

#[pyfunction]
#[pyo3(signature = (secret, time, *, digits=None, period=None))]
fn totp(secret: Value, time: Value, digits: Optional, period: Optional) -> PyResult<String> {
    let digits = arguments::optional("digits", digits, whole)?.unwrap_or(6);
    let period = arguments::optional("period", period, whole)?.unwrap_or(30);
    let time = arguments::time(time)?;
    functions::totp(arguments::secret(secret)?, time, digits, period).map_err(invalid)
}

#[pyfunction]
#[pyo3(signature = (secret, code, time, *, digits=None, period=None, window=None, last_step=None))]
fn verify_totp(
    secret: Value,
    code: Value,
    time: Value,
    digits: Optional,
    period: Optional,
    window: Optional,
    last_step: Optional,
) -> PyResult<TotpVerdict> {
    let default = TotpOptions::default();
    let options = TotpOptions {
        digits: arguments::optional("digits", digits, whole)?.unwrap_or(default.digits),
        period: arguments::optional("period", period, whole)?.unwrap_or(default.period),
        window: arguments::optional("window", window, whole)?.unwrap_or(default.window),
        last_step: arguments::optional("last_step", last_step, counter)?,
    };
    let code = text("code", code)?;
    let verdict = functions::verify_totp(
        arguments::secret(secret)?,
        &code,
        arguments::time(time)?,
        options,
    );
    Ok(verdict.map_err(invalid)?.into())
}

#[pyfunction]
#[pyo3(signature = (secret, code, counter, *, digits=None, look_ahead=None))]
fn verify_hotp(
    secret: Value,
    code: Value,
    counter: Value,
    digits: Optional,
    look_ahead: Optional,
) -> PyResult<HotpVerdict> {
    let digits = arguments::optional("digits", digits, whole)?.unwrap_or(6);
    let look_ahead = arguments::optional("look_ahead", look_ahead, whole)?.unwrap_or(10);
    let code = text("code", code)?;
    let counter = arguments::counter("counter", counter)?;
    let secret = arguments::secret(secret)?;
    let verdict = functions::verify_hotp(secret, &code, counter, digits, look_ahead);
    Ok(verdict.map_err(invalid)?.into())
}

#[pyfunction]
#[pyo3(signature = (secret, first, second, counter, *, digits=None, look_ahead=None))]
fn resync_hotp(
    secret: Value,
    first: Value,
    second: Value,
    counter: Value,
    digits: Optional,
    look_ahead: Optional,
) -> PyResult<HotpVerdict> {
    let digits = arguments::optional("digits", digits, whole)?.unwrap_or(6);
    let look_ahead = arguments::optional("look_ahead", look_ahead, whole)?.unwrap_or(100);
    let (first, second) = (text("first", first)?, text("second", second)?);
    let counter = arguments::counter("counter", counter)?;
    let secret = arguments::secret(secret)?;
    let verdict = functions::resync_hotp(secret, &first, &second, counter, digits, look_ahead);
    Ok(verdict.map_err(invalid)?.into())
}

#[pyfunction]
#[pyo3(signature = (secret, account, *, issuer=None, r#type=None, digits=None, period=None, counter=None, algorithm=None))]
#[expect(clippy::too_many_arguments, reason = "keyword arguments")]
fn key_uri(
    secret: Value,
    account: Value,
    issuer: Optional,
    r#type: Optional,
    digits: Optional,
    period: Optional,
    counter: Optional,
    algorithm: Optional,
) -> PyResult<String> {
    let account = text("account", account)?;
    let issuer = arguments::optional("issuer", issuer, text)?;
    let kind = arguments::optional("type", r#type, text)?;
    let algorithm = arguments::optional("algorithm", algorithm, text)?;
    let options = KeyOptions {
        kind: kind.as_deref().unwrap_or("totp"),
        issuer: issuer.as_deref(),
        account: &account,
        digits: arguments::optional("digits", digits, whole)?.unwrap_or(6),
        period: arguments::optional("period", period, whole)?,
        counter: arguments::optional("counter", counter, arguments::counter)?,
        algorithm: algorithm.as_deref().unwrap_or("SHA1"),
    };
    let uri = functions::key_uri(arguments::secret(secret)?, &options).map_err(invalid)?;
    Ok(uri.as_str().to_owned())
}

#[pyfunction]
fn read_key_uri(text: Value) -> PyResult<Key> {
    let text = zeroize::Zeroizing::new(arguments::text("text", text)?);
    Ok(functions::read_key_uri(&text).map_err(invalid)?.into())
}

#[pymodule]
mod _core {
    #[pymodule_export]
    use super::results::{HotpVerdict, Key, Phone, Reading, TotpVerdict};
    #[pymodule_export]
    use super::{
        hotp, key_uri, read_code, read_key_uri, read_phone, resync_hotp, totp, verify_hotp,
        verify_totp,
    };

    /// The longest text that is read, in characters.
    #[pymodule_export]
    const LONGEST_TEXT: usize = todoita::functions::LONGEST_TEXT;
    /// Bytes of a new secret.
    #[pymodule_export]
    const NEW_SECRET_BYTES: usize = todoita::otp::Secret::NEW_BYTES;
}
