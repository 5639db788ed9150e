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
    /// How long a session lives.
    pub session_life: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            limits: Limits::default(),
            sign_in_life: 3 * HOUR,
            session_life: 12 * HOUR,
        }
    }
}
