//! What codes look like.

use todoita::code;

use crate::web::request_context::Asker;

/// Digits of a sent or app code.
pub const DIGITS: u8 = 6;
/// Digits of a backup code.
pub const BACKUP_DIGITS: u8 = 8;

/// What codes look like here.
pub fn rule(asker: &Asker) -> code::Rule {
    code::Rule {
        digits: DIGITS,
        backup: code::Backup::Digits,
        backup_digits: BACKUP_DIGITS,
        host: Some(asker.host().to_owned()),
    }
}
