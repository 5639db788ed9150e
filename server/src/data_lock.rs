//! A lock on the data folder: shared by running services and commands beside them, exclusive for commands that
//! need the service stopped.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// A held lock. It ends with the process at the latest.
#[derive(Debug)]
pub struct DataLock {
    _file: File,
}

impl DataLock {
    /// Locks a data folder beside others.
    ///
    /// # Errors
    /// A sentence: the file cannot be opened, or a command that needs the service stopped is running.
    pub fn shared(data: &Path) -> Result<DataLock, String> {
        let file = open(data)?;
        let held = file.try_lock_shared();
        finish(data, file, held, "a command that needs the service stopped")
    }

    /// Locks a data folder for this process alone.
    ///
    /// # Errors
    /// A sentence: the file cannot be opened, or a service is running.
    pub fn exclusive(data: &Path) -> Result<DataLock, String> {
        let file = open(data)?;
        let held = file.try_lock();
        finish(
            data,
            file,
            held,
            "the service, which has to be stopped first,",
        )
    }
}

fn open(data: &Path) -> Result<File, String> {
    let path = data.join("todoita.lock");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
        .open(&path)
        .map_err(|error| format!("{}: {error}", path.display()))
}

fn finish(
    data: &Path,
    file: File,
    held: Result<(), TryLockError>,
    other: &str,
) -> Result<DataLock, String> {
    match held {
        Ok(()) => Ok(DataLock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(format!("{other} uses {}", data.display())),
        Err(TryLockError::Error(error)) => Err(format!("{}: {error}", data.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exclusive_lock_is_refused_beside_others_and_refuses_others() {
        let folder = tempfile::TempDir::new().unwrap();
        let one = DataLock::shared(folder.path()).unwrap();
        let two = DataLock::shared(folder.path()).unwrap();
        let refused = DataLock::exclusive(folder.path()).unwrap_err();
        assert!(refused.contains("stopped"), "{refused}");
        drop((one, two));
        let alone = DataLock::exclusive(folder.path()).unwrap();
        assert!(DataLock::shared(folder.path()).is_err());
        drop(alone);
    }
}
