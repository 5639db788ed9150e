//! Installs the npm dependencies of the package's tests: the checkers of tests/package, the libraries of tests/forms, and
//! the small projects of tests/hosts. All are pinned by lock files and installed into `.tools/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::tools;

/// None of these packages needs its install script.
const OPTIONS: [&str; 3] = ["--ignore-scripts", "--no-audit", "--no-fund"];

/// Hosts whose packages are installed at the same time.
const CONCURRENT_INSTALLATIONS: usize = 4;

/// Installs the checkers of tests/package.
///
/// # Errors
/// If npm cannot install them.
pub fn install_checks(project: &Project) -> Result<()> {
    let from = project.root.join("tests/package");
    tools::npm_ci(
        project,
        &from,
        "package",
        "the checkers of the package",
        &OPTIONS,
    )
}

/// Installs the libraries that sites of tests/forms load.
///
/// # Errors
/// If npm cannot install them.
pub fn install_forms(project: &Project) -> Result<()> {
    let from = project.root.join("tests/forms");
    tools::npm_ci(
        project,
        &from,
        "forms",
        "the libraries of the forms",
        &OPTIONS,
    )
}

/// Installs the dependencies of each project of tests/hosts. The package itself is installed by the tests.
///
/// # Errors
/// If tests/hosts cannot be read, or npm cannot install the dependencies of a project.
pub fn install(project: &Project) -> Result<()> {
    let hosts = project.root.join("tests/hosts");
    let mut folders: Vec<PathBuf> = fs::read_dir(&hosts)
        .with_context(|| format!("cannot read {}", hosts.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("package-lock.json").is_file())
        .collect();
    folders.sort();
    // npm mostly waits for the network.
    for together in folders.chunks(CONCURRENT_INSTALLATIONS) {
        thread::scope(|scope| {
            let started: Vec<_> = together
                .iter()
                .map(|folder| scope.spawn(|| install_host(project, folder)))
                .collect();
            started.into_iter().try_for_each(|installation| {
                installation
                    .join()
                    .unwrap_or_else(|_| bail!("the thread that installs from npm panicked"))
            })
        })?;
    }
    Ok(())
}

fn install_host(project: &Project, folder: &Path) -> Result<()> {
    let name = folder
        .file_name()
        .context("a folder has a name")?
        .to_string_lossy();
    let what = format!("the host {name}");
    tools::npm_ci(project, folder, &format!("hosts/{name}"), &what, &OPTIONS)
}
