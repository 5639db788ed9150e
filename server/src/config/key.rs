//! Where the keys come from. They are kept apart from the data: a backup of the data folder must not hold them.

use std::io;
use std::path::{Path, PathBuf};

use login::crypto::key_file;
use login::crypto::keys::Keys;
use login::store::Store as _;

use super::Start;
use crate::store::{Database, DatabaseLock, Hold, Tables};

/// The environment variable of the keys.
pub const KEY: &str = "TODOITA_KEY";
/// The name of a key file in the data folder.
const INSIDE: &str = "todoita.key";

/// Who makes a key where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nobody: it is an error.
    IsError,
    /// A service, or the command that adds the first account, for a database without accounts that only this machine can reach.
    IsMade,
}

/// An open database.
#[derive(Debug)]
pub struct Opened {
    /// The database.
    pub store: Database,
    /// Its keys.
    pub keys: Keys,
    /// Its lock for all machines. `None` for a file: the lock of its data folder is enough.
    pub lock: Option<DatabaseLock>,
}

impl Start {
    /// Locks and opens the database, and reads its keys: those of the environment variable [`KEY`] (`environment`), else those of the
    /// key file. Beside accounts no key is made: it would open none of their secrets, and what it made the service could not read.
    ///
    /// # Errors
    /// A sentence: the database cannot be opened; there is no key, it is malformed, others may read it, or it is in the data
    /// folder of a service that other machines can reach; others use the database, or its tables are those of another version.
    pub async fn open(
        &self,
        environment: Option<&str>,
        missing: Missing,
        hold: Hold,
        tables: Tables,
    ) -> Result<Opened, String> {
        let keys = self.keys(environment)?;
        if keys.is_none() && missing == Missing::IsError {
            return Err(self.no_key());
        }
        let (store, lock) = self.open_database(hold, tables).await?;
        let keys = match keys {
            Some(keys) => keys,
            None => self.first_keys(environment, &store).await?,
        };
        Ok(Opened { store, keys, lock })
    }

    /// The keys where there were none before the database was opened, which may have waited for another program that begins too. Each
    /// makes the key before an account: so the accounts are read first.
    async fn first_keys(
        &self,
        environment: Option<&str>,
        store: &Database,
    ) -> Result<Keys, String> {
        let has_accounts = has_accounts(store).await?;
        match self.keys(environment)? {
            Some(keys) => Ok(keys),
            None if has_accounts => Err(self.no_key()),
            None => self.make_key(),
        }
    }

    /// The keys. `None` where there are none and a service makes one.
    fn keys(&self, environment: Option<&str>) -> Result<Option<Keys>, String> {
        if let Some(text) = environment {
            return Keys::from_hex(text).map(Some).ok_or_else(|| {
                format!("{KEY} is not a list of distinct keys (64 hexadecimal digits each)")
            });
        }
        let path = self.key_path()?;
        if path.exists() {
            self.check_place(&path)?;
            key_file::read(&path).map(Some).map_err(named)
        } else if self.on_loopback() {
            Ok(None)
        } else {
            Err(format!(
                "off loopback a key is required: 64 hexadecimal digits in {KEY} or in {} (mode 0600); \
                 openssl rand -hex 32 makes one",
                path.display()
            ))
        }
    }

    /// Makes a key and its file. Gives that of another program where it has made one meanwhile.
    fn make_key(&self) -> Result<Keys, String> {
        let path = self.key_path()?;
        let keys = match key_file::create(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => key_file::read(&path),
            made => made,
        };
        let keys = keys.map_err(named)?;
        self.check_place(&path)?;
        Ok(keys)
    }

    /// The error where there is no key, and none is made.
    fn no_key(&self) -> String {
        let sentence = |path: PathBuf| {
            format!(
                "the key file {} is not there, and no new key is made for a database that may have accounts: name the file of \
                 the service by --key-file or its keys by {KEY}; where they are lost, openssl rand -hex 32 makes a new one",
                path.display()
            )
        };
        self.key_path().map_or_else(|error| error, sentence)
    }

    /// The path of the key file: `--key-file`, else beside the data folder (`data.key` for `data`).
    fn key_path(&self) -> Result<PathBuf, String> {
        if let Some(path) = &self.key_file {
            return Ok(path.clone());
        }
        let inside = self.data.join(INSIDE);
        let data = std::path::absolute(&self.data).map_err(|error| error.to_string())?;
        let Some(name) = data.file_name() else {
            return Err("the data folder has no name: give the keys with --key-file".into());
        };
        let mut name = name.to_owned();
        name.push(".key");
        let beside = data.with_file_name(name);
        // A key that is in use is never replaced by a new one.
        Ok(if !beside.exists() && inside.exists() {
            inside
        } else {
            beside
        })
    }

    fn check_place(&self, path: &Path) -> Result<(), String> {
        let (path, data) = match (path.canonicalize(), self.data.canonicalize()) {
            (Ok(path), Ok(data)) => (path, data),
            _ => return Ok(()),
        };
        if !path.starts_with(&data) {
            return Ok(());
        }
        let why = format!(
            "the key file {} is in the data folder, so that a backup of the folder holds both: move it out \
             and name it with --key-file, or put it beside the folder as {}.key",
            path.display(),
            data.display(),
        );
        if self.on_loopback() {
            tracing::warn!("{why}");
            Ok(())
        } else {
            Err(why)
        }
    }
}

fn named(error: io::Error) -> String {
    format!("the key file {error}")
}

async fn has_accounts(store: &Database) -> Result<bool, String> {
    let accounts = async { store.read().await?.accounts(0, 1).await };
    let first = accounts.await.map_err(|error| error.to_string())?;
    Ok(!first.is_empty())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn start(data: &Path, listen: &str) -> Start {
        Start {
            data: data.to_owned(),
            listen: listen.parse().unwrap(),
            ..Start::default()
        }
    }

    #[test]
    fn the_key_is_beside_the_data_folder_and_refused_inside_it_off_loopback() {
        let folder = tempfile::TempDir::new().unwrap();
        let data = folder.path().join("data");
        fs::create_dir(&data).unwrap();
        let here = start(&data, "127.0.0.1:80");
        let everywhere = start(&data, "0.0.0.0:80");
        let (beside, inside) = (folder.path().join("data.key"), data.join(INSIDE));

        assert!(everywhere.keys(None).unwrap_err().contains(KEY));
        assert!(!beside.exists() && !inside.exists());
        assert!(here.keys(None).unwrap().is_none());
        let made = here.make_key().unwrap();
        assert!(beside.exists() && !inside.exists());
        // Of another program that has begun at the same time.
        let same = here.make_key().unwrap();
        assert_eq!(same.current_id(), made.current_id());
        let found = everywhere.keys(None).unwrap().unwrap();
        assert_eq!(found.current_id(), made.current_id());

        fs::rename(&beside, &inside).unwrap();
        let found = here.keys(None).unwrap().unwrap();
        assert_eq!(found.current_id(), made.current_id(), "no new key");
        let refused = everywhere.keys(None).unwrap_err();
        assert!(refused.contains("move it out"), "{refused}");
        let named = Start {
            key_file: Some(inside.clone()),
            ..everywhere
        };
        assert!(named.keys(None).unwrap_err().contains("move it out"));
    }

    #[test]
    fn the_environment_may_hold_older_keys_too() {
        let start = start(Path::new("data"), "0.0.0.0:80");
        let (one, two) = ("01".repeat(32), "02".repeat(32));
        let keys = start.keys(Some(&format!("{one} {two}"))).unwrap().unwrap();
        let older = Keys::from_hex(&two).unwrap();
        assert!(keys.has(older.current_id()));
        assert_ne!(keys.current_id(), older.current_id());
        assert!(start.keys(Some("")).unwrap_err().contains(KEY));
    }
}
