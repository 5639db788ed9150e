//! Limits and lifetimes that an operator chooses.

use todoita::policy::Limits;

const HOUR: u64 = 60 * 60 * 1_000;

/// Limits and lifetimes. Spans are milliseconds.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The limits on codes, passwords and messages.
    pub limits: Limits,
    /// How long a person may take from the password to the code: longer than a lock.
    pub sign_in_life: u64,
    /// How long a session lives, however much it is used.
    pub session_life: u64,
    /// How long a session lives without being used.
    pub session_idle: u64,
    /// How long after an accepted code a factor may be changed without another code.
    pub fresh_for: u64,
    /// How long an entry of the audit log is kept.
    pub audit_kept: u64,
    /// How many wrong and how many right passwords the audit log records in an hour, each process of its own.
    pub audit_passwords: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            limits: Limits::default(),
            sign_in_life: 3 * HOUR,
            session_life: 12 * HOUR,
            session_idle: HOUR,
            fresh_for: HOUR / 12,
            audit_kept: 90 * 24 * HOUR,
            audit_passwords: 1_000,
        }
    }
}
