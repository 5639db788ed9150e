//! The length and alphabet of codes, and the reading of a typed one.

use todoita::code::{self, Backup, Reading, Rule};

use crate::error::Error;

/// Digits of a sent code and of an authenticator's code.
pub const DIGITS: u8 = 6;
/// Digits of a backup code.
pub const BACKUP_DIGITS: u8 = 8;
/// Bytes of a typed code: any message that carries a code fits.
pub const LONGEST_CODE: usize = 2 * 1024;

/// The rule by which typed codes are read. A code bound to another host than `host` is refused.
pub fn rule(host: &str) -> Rule {
    Rule {
        digits: DIGITS,
        backup: Backup::Digits,
        backup_digits: BACKUP_DIGITS,
        host: Some(host.to_owned()),
        ..Rule::default()
    }
}

/// Reads a typed code. Every entry point of a code reads it here and after its cookie was found valid: reading is the
/// work that a request without one must not cause.
///
/// # Errors
/// [`Error::CodeTooLong`].
pub(crate) fn read(typed: &str, host: &str) -> Result<Reading, Error> {
    if typed.len() > LONGEST_CODE {
        return Err(Error::CodeTooLong);
    }
    Ok(code::read(typed, &rule(host)))
}
