//! The database file: private to its owner, and never removed or replaced unnoticed while the service runs.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// The file that was opened at the start.
#[derive(Debug)]
pub struct DatabaseFile {
    path: PathBuf,
    identity: Identity,
}

/// Waits for the lock under which the tables are brought up to date, by one process or task at a time. It is released when this is
/// dropped. It is a lock on the folder: one on the database would be in the way of SQLite's own. `None` where the system has no
/// lock on a folder.
///
/// # Errors
/// When the folder cannot be opened or locked.
pub async fn migration_lock(path: &Path) -> io::Result<Option<File>> {
    if !cfg!(unix) {
        return Ok(None);
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let locked = tokio::task::spawn_blocking(move || {
        let folder = File::open(folder)?;
        folder.lock()?;
        Ok(Some(folder))
    });
    locked.await.map_err(io::Error::other)?
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

/// Creates the database file where there is none. Only its owner may read it: SQLite gives the write-ahead log and
/// its index the mode of the database. Files that were created with a wider mode lose it.
///
/// # Errors
/// When a file cannot be created or changed.
pub fn create_private(path: &Path) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    // An existing file is not opened: closing it would release the locks that SQLite holds on it in this process.
    match options.open(path) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    #[cfg(unix)]
    for suffix in ["", "-wal", "-shm"] {
        use std::os::unix::fs::PermissionsExt as _;
        let mut file = path.as_os_str().to_owned();
        file.push(suffix);
        match std::fs::metadata(&file) {
            Ok(metadata) if metadata.permissions().mode() & 0o077 == 0 => {}
            Ok(_) => std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
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
