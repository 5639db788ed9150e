//! What the tests of the package bring along from npm: the checks of tests/package, pinned by its lock.

use anyhow::Result;

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
