//! `cargo xtask audit`: what the project depends on. Licences, sources and bans (deny.toml); what of npm is
//! pinned, tests/package/locks.test.mjs holds in every run.

use anyhow::Result;

use crate::child;
use crate::project::Project;
use crate::tools;

const CARGO_DENY: &str = "0.20.2";

/// Checks the dependencies; `advisories`: and asks the databases of known weaknesses, which needs the
/// network.
///
/// # Errors
/// If something may not be depended on, or a database cannot be asked.
pub fn run(project: &Project, advisories: bool) -> Result<()> {
    tools::cargo_install(project, "cargo-deny", "cargo-deny", CARGO_DENY)?;
    child::run(
        child::cargo(project).args("deny check bans licenses sources".split(' ')),
        "deny.toml says what may be depended on, and why",
    )?;
    child::run(
        child::command(project, "node").args(["--test", "tests/package/locks.test.mjs"]),
        "a lock is made again by `npm install` in its folder, whose .npmrc leaves addresses out",
    )?;
    if !advisories {
        println!("known weaknesses: `cargo xtask audit --advisories` asks the databases");
        return Ok(());
    }
    const NETWORK: &str =
        "is it a weakness (update what it names), or is the database out of reach?";
    child::run(
        child::cargo(project).args(["deny", "check", "advisories"]),
        NETWORK,
    )?;
    for folder in ["xtask/tools", "tests/package"] {
        let mut audit = child::command(project, "npm");
        audit
            .args(["audit", "--package-lock-only"])
            .current_dir(project.root.join(folder));
        child::run(&mut audit, NETWORK)?;
    }
    Ok(())
}
