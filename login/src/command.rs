//! The names of the operator's commands that change something, as they are written and as the audit log has them.

/// An account is added.
pub const USER_ADD: &str = "user add";
/// The failures of an account are forgotten.
pub const USER_UNLOCK: &str = "user unlock";
/// The authenticator of an account is removed.
pub const USER_RESET_AUTHENTICATOR: &str = "user reset-factor app";
/// The backup codes of an account are replaced.
pub const USER_RESET_BACKUP_CODES: &str = "user reset-factor backup-codes";
/// The sessions of an account are ended.
pub const USER_END_SESSIONS: &str = "user end-sessions";
/// An account is disabled.
pub const USER_DISABLE: &str = "user disable";
/// An account is enabled again.
pub const USER_ENABLE: &str = "user enable";
/// Sealed values are sealed with the current key.
pub const REKEY: &str = "rekey";
/// Everything that was under way when a backup was made is ended.
pub const AFTER_RESTORE: &str = "after-restore";
/// The service's time is that of the system's clock again.
pub const CLOCK_RESET: &str = "clock reset";
/// The database of a file is copied into that of a server.
pub const IMPORT: &str = "import";
