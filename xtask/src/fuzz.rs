//! `cargo xtask fuzz`: runs each target of fuzz/ for a while. It begins with the inputs of fuzz/seeds/, which
//! `cargo xtask test` checks too (tests/fuzzed.rs). Inputs that reach new code are kept in target/fuzz-corpus/ for
//! the next run.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::project::{self, Project};
use crate::tools;

#[path = "../../fuzz/seeds.rs"]
mod seeds;

const TARGETS: [&str; 7] = [
    "read", "key_uri", "base32", "phone", "page", "guide", "forms",
];
const CARGO_FUZZ: &str = "0.13.2";

/// Runs the targets in `names`, or all, for `seconds` each.
///
/// # Errors
/// If a target is not there, does not compile, or finds an input for which a property does not hold.
pub fn run(project: &Project, names: &[String], seconds: u32) -> Result<()> {
    if let Some(name) = names.iter().find(|name| !TARGETS.contains(&name.as_str())) {
        bail!(
            "unknown target `{name}`; the targets are {}",
            TARGETS.join(", ")
        );
    }
    tools::cargo_install(project, "cargo-fuzz", "cargo-fuzz", CARGO_FUZZ)?;
    for target in TARGETS {
        if !names.is_empty() && !names.iter().any(|name| name == target) {
            continue;
        }
        let corpus = project.target.join("fuzz-corpus").join(target);
        fs::create_dir_all(&corpus).with_context(|| format!("cannot make {}", corpus.display()))?;
        let file = project
            .root
            .join("fuzz/seeds")
            .join(target)
            .with_extension("txt");
        for (i, seed) in seeds::parse(&project::read(&file)?).iter().enumerate() {
            project::write(&corpus.join(format!("seed-{i:03}")), seed)?;
        }
        println!("\n━━ {target}: {seconds} s");
        let mut fuzz = process::cargo(project);
        // Stable Rust has no sanitizers; the properties are checked by assertions, and no unsafe code is in the
        // project.
        fuzz.args(["fuzz", "run", "--sanitizer", "none", "--target-dir"])
            .arg(project.target.join("fuzz"))
            .arg(target)
            .arg(&corpus)
            .args([
                "--",
                "-max_len=2048",
                "-timeout=10",
                "-verbosity=0",
                "-print_final_stats=1",
            ])
            .arg(format!("-max_total_time={seconds}"));
        process::run(
            &mut fuzz,
            &format!(
                "the input that failed is printed above: add it to {}, and mend the property or the code",
                file.display()
            ),
        )?;
    }
    Ok(())
}
