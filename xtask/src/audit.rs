//! `cargo xtask audit`: checks the dependencies. Licences, sources and bans are in deny.toml; the npm lock
//! files are also checked by tests/package/locks.test.mjs in every test run.

use std::process::Command;

use anyhow::Result;

use crate::process;
use crate::project::Project;
use crate::tools;

const CARGO_DENY: &str = "0.20.2";

/// The manifests with a Cargo.lock of their own.
const MANIFESTS: [&str; 3] = ["Cargo.toml", "python/Cargo.toml", "fuzz/Cargo.toml"];

/// Checks the dependencies. With `advisories`, also looks up known vulnerabilities, which needs the network.
///
/// # Errors
/// If a dependency is not allowed, or a database of vulnerabilities is out of reach.
pub fn run(project: &Project, advisories: bool) -> Result<()> {
    tools::cargo_install(project, "cargo-deny", "cargo-deny", CARGO_DENY)?;
    for manifest in MANIFESTS {
        process::run(
            deny(project, manifest).args(["bans", "licenses", "sources"]),
            "deny.toml lists the allowed dependencies, with reasons",
        )?;
    }
    process::run(
        process::command(project, "node").args(["--test", "tests/package/locks.test.mjs"]),
        "`npm install` in the folder of a lock file makes it again, without download addresses (.npmrc)",
    )?;
    if !advisories {
        println!("not checked: known vulnerabilities (`cargo xtask audit --advisories`)");
        return Ok(());
    }
    const NETWORK: &str = "update the vulnerable dependency named above, or check the network";
    for manifest in MANIFESTS {
        process::run(deny(project, manifest).arg("advisories"), NETWORK)?;
    }
    for folder in ["xtask/tools", "tests/package"] {
        let mut audit = process::command(project, "npm");
        audit
            .args(["audit", "--package-lock-only"])
            .current_dir(project.root.join(folder));
        process::run(&mut audit, NETWORK)?;
    }
    Ok(())
}

/// Prepares `cargo deny check` for the crates of a manifest.
fn deny(project: &Project, manifest: &str) -> Command {
    let mut deny = process::cargo(project);
    deny.args("deny --config deny.toml --manifest-path".split(' '))
        .args([manifest, "check"]);
    deny
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::MANIFESTS;

    #[test]
    fn every_lock_file_of_cargo_is_checked() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let folders = fs::read_dir(root).unwrap().flatten();
        let folders = folders.map(|entry| entry.path()).chain([root.to_owned()]);
        let locked = folders
            .filter(|folder| folder.join("Cargo.lock").is_file())
            .map(|folder| folder.join("Cargo.toml"));
        let checked = MANIFESTS.map(|manifest| root.join(manifest));
        assert_eq!(BTreeSet::from_iter(locked), BTreeSet::from(checked));
    }
}
