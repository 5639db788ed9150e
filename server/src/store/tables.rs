//! The version of the tables of a database, and who may change them.

use sqlx::migrate::{MigrateError, Migrator};

/// Who may change the tables. Another version may be running on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// They are made, and brought up to date.
    BroughtUpToDate,
    /// They are made where there are none. Others have to be those of this version.
    MadeWhereNone,
    /// They have to be those of this version.
    OfThisVersion,
}

/// The version of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// There are none.
    None,
    /// Changes of this version are missing.
    Older,
    /// That of this program.
    This,
    /// They have changes that this version does not know.
    Newer,
}

const NEWER: &str = "the tables are those of a newer version, which alone can use them";

impl Version {
    /// That of tables with these changes.
    pub fn of(applied: &[i64], migrator: &Migrator) -> Version {
        if applied.is_empty() {
            Version::None
        } else if applied.iter().any(|it| !migrator.version_exists(*it)) {
            Version::Newer
        } else if migrator.iter().all(|it| applied.contains(&it.version)) {
            Version::This
        } else {
            Version::Older
        }
    }
}

impl Tables {
    /// Refuses tables that may not be used.
    ///
    /// # Errors
    /// A sentence that says what to do.
    pub fn check(self, version: Version) -> Result<(), String> {
        match version {
            Version::Newer => Err(NEWER.into()),
            Version::Older if self != Tables::BroughtUpToDate => Err(
                "the tables are those of an older version: start the service of this version first, which brings them up to date"
                    .into(),
            ),
            Version::None if self == Tables::OfThisVersion => {
                Err("there are no tables: start the service first, which makes them".into())
            }
            Version::None | Version::Older | Version::This => Ok(()),
        }
    }
}

/// An error at the opening of a database, as a sentence.
pub fn sentence(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Migrate(error) if matches!(**error, MigrateError::VersionMissing(_)) => {
            NEWER.into()
        }
        error => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_start_changes_tables_of_an_older_version() {
        let migrator = sqlx::migrate!("migrations/sqlite");
        let all: Vec<i64> = migrator.iter().map(|it| it.version).collect();
        let (&last, older) = all.split_last().unwrap();
        for (applied, version) in [
            (&[][..], Version::None),
            (older, Version::Older),
            (&all, Version::This),
            (&[&all[..], &[last + 1]].concat(), Version::Newer),
        ] {
            assert_eq!(Version::of(applied, &migrator), version);
        }
        for tables in [
            Tables::BroughtUpToDate,
            Tables::MadeWhereNone,
            Tables::OfThisVersion,
        ] {
            let allowed = [Version::None, Version::Older, Version::This, Version::Newer]
                .map(|version| tables.check(version).is_ok());
            let expected = match tables {
                Tables::BroughtUpToDate => [true, true, true, false],
                Tables::MadeWhereNone => [true, false, true, false],
                Tables::OfThisVersion => [false, false, true, false],
            };
            assert_eq!(allowed, expected, "{tables:?}");
        }
    }
}
