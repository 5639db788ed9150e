//! The operator's commands, as they are written.

use login::command;
use login::operator::ResetFactor;

use super::audit::Period;
use crate::config::cli::CommandOptions;
use crate::words::Lang;

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `user list`
    List,
    /// `user add`
    Add {
        /// The name to sign in with.
        name: String,
        /// The phone number.
        phone: Option<String>,
        /// The mail address.
        mail: Option<String>,
        /// Whether backup codes are made.
        backup_codes: bool,
    },
    /// `user unlock`
    Unlock(String),
    /// `user reset-factor`
    ResetFactor(String, ResetFactor),
    /// `user end-sessions`
    EndSessions(String),
    /// `user disable`, `user enable`
    SetDisabled(String, bool),
    /// `rekey`
    Rekey,
    /// `after-restore`
    AfterRestore,
    /// `clock reset`
    ResetClock,
    /// `audit export`
    ExportAudit(Period),
    /// `import`
    Import,
}

impl Command {
    /// Reads the words of a command.
    ///
    /// # Errors
    /// A sentence: there is no such command, or an option belongs to another one.
    pub fn read(words: &[String], options: &CommandOptions) -> Result<Command, String> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let adds = matches!(words[..], ["user", "add", _]);
        if !adds && (options.phone.is_some() || options.mail.is_some() || options.backup_codes) {
            return Err("--phone, --mail and --backup-codes belong to user add".into());
        }
        let exports = words[..] == ["audit", "export"];
        if !exports && (options.since.is_some() || options.until.is_some()) {
            return Err("--since and --until belong to audit export".into());
        }
        Ok(match words[..] {
            ["user", "list"] => Command::List,
            ["user", "add", name] => Command::Add {
                name: name.to_owned(),
                phone: options.phone.clone(),
                mail: options.mail.clone(),
                backup_codes: options.backup_codes,
            },
            ["user", "unlock", name] => Command::Unlock(name.to_owned()),
            ["user", "reset-factor", name, factor] => {
                Command::ResetFactor(name.to_owned(), factor_named(factor)?)
            }
            ["user", "end-sessions", name] => Command::EndSessions(name.to_owned()),
            ["user", "disable", name] => Command::SetDisabled(name.to_owned(), true),
            ["user", "enable", name] => Command::SetDisabled(name.to_owned(), false),
            ["rekey"] => Command::Rekey,
            ["after-restore"] => Command::AfterRestore,
            ["clock", "reset"] => Command::ResetClock,
            ["import"] => Command::Import,
            ["audit", "export"] => {
                let (since, until) = (options.since.as_deref(), options.until.as_deref());
                Command::ExportAudit(Period::read(since, until)?)
            }
            _ => {
                let words = words.join(" ");
                return Err(format!("{words:?} is not a command; see --help"));
            }
        })
    }

    /// Its name in the log.
    pub fn action(&self) -> &'static str {
        match self {
            Command::List => "user list",
            Command::Add { .. } => command::USER_ADD,
            Command::Unlock(_) => command::USER_UNLOCK,
            Command::ResetFactor(_, ResetFactor::Authenticator) => {
                command::USER_RESET_AUTHENTICATOR
            }
            Command::ResetFactor(_, ResetFactor::BackupCodes) => command::USER_RESET_BACKUP_CODES,
            Command::EndSessions(_) => command::USER_END_SESSIONS,
            Command::SetDisabled(_, true) => command::USER_DISABLE,
            Command::SetDisabled(_, false) => command::USER_ENABLE,
            Command::Rekey => command::REKEY,
            Command::AfterRestore => command::AFTER_RESTORE,
            Command::ResetClock => command::CLOCK_RESET,
            Command::ExportAudit(_) => "audit export",
            Command::Import => command::IMPORT,
        }
    }

    /// The name of the account that it works on; empty where it works on none or all.
    pub fn account(&self) -> &str {
        match self {
            Command::Add { name, .. }
            | Command::Unlock(name)
            | Command::ResetFactor(name, _)
            | Command::EndSessions(name)
            | Command::SetDisabled(name, _) => name,
            Command::List
            | Command::Rekey
            | Command::AfterRestore
            | Command::ResetClock
            | Command::ExportAudit(_)
            | Command::Import => "",
        }
    }

    /// Whether the service has to be stopped: a running one would bring back the time, or begin sessions meanwhile.
    pub fn needs_service_stopped(&self) -> bool {
        matches!(
            self,
            Command::AfterRestore | Command::ResetClock | Command::Import
        )
    }
}

fn factor_named(name: &str) -> Result<ResetFactor, String> {
    match name {
        "app" => Ok(ResetFactor::Authenticator),
        "backup-codes" => Ok(ResetFactor::BackupCodes),
        _ => Err(format!("{name:?} is not a factor: app or backup-codes")),
    }
}

/// The language of notices.
///
/// # Errors
/// A sentence: the service does not speak it.
pub fn lang(options: &CommandOptions) -> Result<Lang, String> {
    match options.lang.as_deref() {
        None => Ok(Lang::default()),
        Some(tag) => Lang::from_name(tag).ok_or_else(|| format!("{tag:?} is not ja or en")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_command_is_named() {
        let read = |line: &str| {
            let words: Vec<String> = line.split(' ').map(Into::into).collect();
            Command::read(&words, &CommandOptions::default())
        };
        assert_eq!(read("user unlock a"), Ok(Command::Unlock("a".into())));
        for wrong in [
            "user",
            "user ad a",
            "user unlock",
            "user unlock a b",
            "clock",
        ] {
            assert!(read(wrong).unwrap_err().contains(wrong));
        }
        assert!(read("user reset-factor a sms").unwrap_err().contains("sms"));
        let phone = CommandOptions {
            phone: Some("1".into()),
            lang: Some("fr".into()),
            ..CommandOptions::default()
        };
        assert!(Command::read(&["rekey".into()], &phone).is_err());
        assert!(lang(&phone).is_err());
    }
}
