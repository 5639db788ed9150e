//! `cargo xtask audit`: checks the dependencies. Licences, sources and bans are in deny.toml; the npm lock
//! files are also checked by tests/package/locks.test.mjs in every test run.

use anyhow::Result;

use crate::process;
use crate::project::Project;
use crate::tools;

const CARGO_DENY: &str = "0.20.2";

/// Checks the dependencies. With `advisories`, also looks up known vulnerabilities, which needs the network.
///
/// # Errors
/// If a dependency is not allowed, or a database of vulnerabilities is out of reach.
pub fn run(project: &Project, advisories: bool) -> Result<()> {
    tools::cargo_install(project, "cargo-deny", "cargo-deny", CARGO_DENY)?;
    process::run(
        process::cargo(project).args("deny check bans licenses sources".split(' ')),
        "deny.toml lists the allowed dependencies, with reasons",
    )?;
    process::run(
        process::command(project, "node").args(["--test", "tests/package/locks.test.mjs"]),
        "`npm install` in the folder of a lock file makes it again, without download addresses (.npmrc)",
    )?;
    if !advisories {
        println!("not checked: known vulnerabilities (`cargo xtask audit --advisories`)");
        return Ok(());
    }
    const NETWORK: &str = "update the vulnerable dependency named above, or check the network";
    process::run(
        process::cargo(project).args(["deny", "check", "advisories"]),
        NETWORK,
    )?;
    for folder in ["xtask/tools", "tests/package"] {
        let mut audit = process::command(project, "npm");
        audit
            .args(["audit", "--package-lock-only"])
            .current_dir(project.root.join(folder));
        process::run(&mut audit, NETWORK)?;
    }
    Ok(())
}
