//! The paths of the checkout.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::temporary::TemporaryFolder;

/// The folders of the checkout.
pub struct Project {
    /// The folder of the workspace's Cargo.toml.
    pub root: PathBuf,
    /// The installed tools: ignored by git, kept by `cargo clean`.
    pub tools: PathBuf,
    /// Cargo's target folder, which may be deleted at any time.
    pub target: PathBuf,
    /// For the temporary files of the programs that this command runs.
    pub temporary: TemporaryFolder,
}

impl Project {
    /// Finds the checkout that this program was built from.
    ///
    /// # Errors
    /// If it has been moved or deleted since, or no temporary folder can be made.
    pub fn find() -> Result<Project> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let root = root.canonicalize().with_context(|| {
            format!(
                "the project has moved away from {}; run `cargo xtask` in its new place",
                root.display()
            )
        })?;
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), |dir| root.join(dir));
        Ok(Project {
            tools: root.join(".tools"),
            target,
            temporary: TemporaryFolder::new(&std::env::temp_dir())?,
            root,
        })
    }

    /// Gives the version of `package` in Cargo.lock.
    ///
    /// # Errors
    /// If Cargo.lock cannot be read or lacks the package.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let lock = read(&self.root.join("Cargo.lock"))?;
        version_in(&lock, package)
            .map(str::to_owned)
            .with_context(|| format!("Cargo.lock has no package {package}: run `cargo check`"))
    }
}

fn version_in<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

/// Reads a text file; the error names it.
///
/// # Errors
/// If it cannot be read as UTF-8.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file; the error names it.
///
/// # Errors
/// If it cannot be written.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn reads_the_locked_version_of_the_package_of_exactly_that_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-test\"\nversion = \"0.3.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"r\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm"), None);
    }
}
