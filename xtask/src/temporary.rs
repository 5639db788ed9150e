//! The folder for the temporary files of one command: browsers, tests and databases that are stopped leave theirs behind,
//! gigabytes of them in time. It goes when the command ends, or, where the command itself crashed, when the next one
//! begins.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

const PREFIX: &str = "todoita-run-";
/// A file in the folder that is locked as long as its command runs. A folder without it is being made.
const LOCK: &str = "lock";

/// A temporary folder. It goes when this is dropped.
pub struct TemporaryFolder {
    path: PathBuf,
    _lock: File,
}

impl TemporaryFolder {
    /// Makes a folder in `parent`, and removes those of commands that crashed.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn new(parent: &Path) -> Result<TemporaryFolder> {
        remove_abandoned(parent);
        let path = create(parent)?;
        // Locked before it has its name: nobody takes it for an abandoned one.
        let unnamed = path.join("lock.new");
        let lock = File::create(&unnamed).and_then(|file| {
            file.lock()?;
            fs::rename(&unnamed, path.join(LOCK))?;
            Ok(file)
        });
        let lock = lock.with_context(|| format!("cannot make a lock in {}", path.display()))?;
        Ok(TemporaryFolder { path, _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Makes a folder whose name no other has.
fn create(parent: &Path) -> Result<PathBuf> {
    let mut number = std::process::id();
    loop {
        let path = parent.join(format!("{PREFIX}{number}"));
        match fs::create_dir(&path) {
            Ok(()) => {
                // PostgreSQL and Exim have users of their own, with folders of their own in it.
                #[cfg(unix)]
                {
                    use std::os::unix::fs::PermissionsExt as _;
                    fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
                }
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                number = number.wrapping_add(1);
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot make {}", path.display()));
            }
        }
    }
}

/// Removes the folders whose command runs no longer. A PostgreSQL server that outlived its command ends by itself when its
/// files are gone.
fn remove_abandoned(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(PREFIX) && is_abandoned(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_abandoned(folder: &Path) -> bool {
    let Ok(lock) = File::open(folder.join(LOCK)) else {
        return false;
    };
    !matches!(lock.try_lock(), Err(TryLockError::WouldBlock))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_goes_with_its_command_or_before_the_next_one() -> Result<()> {
        let parent = TemporaryFolder::new(&std::env::temp_dir())?;
        let folder = |name: &str| parent.path().join(format!("{PREFIX}{name}"));
        let running = TemporaryFolder::new(parent.path())?;
        fs::write(running.path().join("kept"), "")?;
        // A command that crashed leaves its folder: the lock is a file that nobody holds.
        fs::create_dir(folder("crashed"))?;
        fs::write(folder("crashed").join(LOCK), "")?;
        fs::write(folder("crashed").join("large"), "")?;
        fs::create_dir(folder("being-made"))?;
        let next = TemporaryFolder::new(parent.path())?;
        assert!(!folder("crashed").exists());
        assert!(folder("being-made").exists());
        assert!(running.path().join("kept").exists());
        assert_ne!(running.path(), next.path());
        let path = next.path().to_owned();
        drop(next);
        assert!(!path.exists());
        Ok(())
    }
}
