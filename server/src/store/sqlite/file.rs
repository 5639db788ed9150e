//! The database file: notices that it was removed or replaced while the service runs.

use std::io;
use std::path::{Path, PathBuf};

/// The file that was opened at the start.
#[derive(Debug)]
pub struct DatabaseFile {
    path: PathBuf,
    identity: Identity,
}

/// The device and the number of a file; where the system has none, only its existence counts.
type Identity = (u64, u64);

fn identity(path: &Path) -> io::Result<Identity> {
    let metadata = std::fs::metadata(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        Ok((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        Ok((0, 0))
    }
}

impl DatabaseFile {
    /// Remembers a file that exists.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn new(path: &Path) -> io::Result<DatabaseFile> {
        Ok(DatabaseFile {
            path: path.to_owned(),
            identity: identity(path)?,
        })
    }

    /// Whether the path still leads to the same file. An open connection would go on writing to a removed
    /// file, and a new one would begin with an empty database.
    ///
    /// # Errors
    /// When the file was removed or replaced.
    pub fn check(&self) -> io::Result<()> {
        match identity(&self.path) {
            Ok(identity) if identity == self.identity => Ok(()),
            Ok(_) => Err(io::Error::other(
                "the database file was replaced; restart the service",
            )),
            Err(error) => Err(error),
        }
    }
}
