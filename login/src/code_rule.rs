//! The length and alphabet of codes.

use todoita::code::{Backup, Rule};

/// Digits of a sent code and of an authenticator's code.
pub const DIGITS: u8 = 6;
/// Digits of a backup code.
pub const BACKUP_DIGITS: u8 = 8;

/// The rule by which typed codes are read. A code bound to another host than `host` is refused.
pub fn rule(host: &str) -> Rule {
    Rule {
        digits: DIGITS,
        backup: Backup::Digits,
        backup_digits: BACKUP_DIGITS,
        host: Some(host.to_owned()),
    }
}
