//! The form of a site's codes, as a caller writes it.

use super::{Invalid, whole};
use crate::code::{Alphabet, Backup, Lengths, Rule};

/// The options of [`super::read_code`].
#[derive(Clone, Debug)]
pub struct CodeOptions<'a> {
    /// Characters of a code: 4 to 10.
    pub digits: i64,
    /// `digits` or `alphanumeric`.
    pub code: &'a str,
    /// `digits`, `alphanumeric` or `none`; by default what the format has, or `digits`.
    pub backup: Option<&'a str>,
    /// Characters of a backup code, 4 to 32; by default those of the format, or 8.
    pub backup_digits: Option<i64>,
    /// The shape of a backup code, as for [`Rule::set_backup_format`].
    pub backup_format: Option<&'a str>,
    /// The site's host.
    pub host: Option<&'a str>,
}

impl Default for CodeOptions<'_> {
    fn default() -> Self {
        CodeOptions {
            digits: 6,
            code: "digits",
            backup: None,
            backup_digits: None,
            backup_format: None,
            host: None,
        }
    }
}

/// A length that a code may have.
fn length(name: &'static str, count: i64, lengths: Lengths) -> Result<u8, Invalid> {
    Ok(whole(name, count, lengths.least.into(), lengths.most.into())? as u8)
}

impl CodeOptions<'_> {
    /// The rule that the options describe.
    ///
    /// # Errors
    ///
    /// An option that is out of its range, or that contradicts the format.
    pub fn rule(&self) -> Result<Rule, Invalid> {
        let mut rule = Rule {
            digits: length("digits", self.digits, Rule::DIGITS)?,
            host: self.host.map(Into::into),
            ..Rule::default()
        };
        rule.code = match self.code {
            "digits" => Alphabet::Digits,
            "alphanumeric" => Alphabet::Alphanumeric,
            _ => return Err(Invalid::new("code", "must be digits or alphanumeric")),
        };
        if let Some(format) = self.backup_format
            && !rule.set_backup_format(format)
        {
            return Err(Invalid::new(
                "backupFormat",
                "must be like xxxx-xxxx (letters and digits) or 9999-9999 (digits), with 4 to 32 places",
            ));
        }
        if let Some(count) = self.backup_digits {
            let count = length("backupDigits", count, Rule::BACKUP_DIGITS)?;
            if self.backup_format.is_some() && count != rule.backup_digits {
                return Err(Invalid::new(
                    "backupDigits",
                    "must be as many as the places of the format",
                ));
            }
            rule.backup_digits = count;
        }
        rule.backup = match self.backup {
            None => rule.backup,
            Some("digits") => Backup::Digits,
            Some("alphanumeric") => Backup::Alphanumeric,
            Some("none") => Backup::None,
            Some(_) => {
                return Err(Invalid::new(
                    "backup",
                    "must be digits, alphanumeric or none",
                ));
            }
        };
        Ok(rule)
    }
}
