//! What the tests of the package bring along from npm: the checks of tests/package, and the small projects of
//! tests/hosts that it is installed in. All of it is pinned by locks, and stays in `.tools/`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::tools;

/// Nothing of these needs a script to be installed.
const OPTIONS: [&str; 3] = ["--ignore-scripts", "--no-audit", "--no-fund"];

/// Installs what tests/package checks with.
///
/// # Errors
/// If npm cannot install it.
pub fn install_checks(project: &Project) -> Result<()> {
    let from = project.root.join("tests/package");
    tools::npm_ci(
        project,
        &from,
        "package",
        "the checks of the package",
        &OPTIONS,
    )
}

/// Installs what each project of tests/hosts is built with. The package itself is installed by the tests.
///
/// # Errors
/// If there is no project, or npm cannot install one.
pub fn install(project: &Project) -> Result<()> {
    let hosts = project.root.join("tests/hosts");
    let mut folders: Vec<PathBuf> = fs::read_dir(&hosts)
        .with_context(|| format!("cannot read {}", hosts.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("package-lock.json").is_file())
        .collect();
    folders.sort();
    for folder in folders {
        let name = folder
            .file_name()
            .context("a folder has a name")?
            .to_string_lossy();
        let what = format!("the host {name}");
        tools::npm_ci(project, &folder, &format!("hosts/{name}"), &what, &OPTIONS)?;
    }
    Ok(())
}
