//! `cargo xtask fuzz`: runs the targets of fuzz/. Inputs that reach new code are kept in fuzz/corpus/, which
//! `cargo xtask test` replays (tests/fuzzed.rs).

use std::fs;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::project::Project;
use crate::tools;

const TARGETS: [&str; 7] = [
    "read", "key_uri", "base32", "phone", "page", "guide", "forms",
];
const CARGO_FUZZ: &str = "0.13.2";

/// Runs the targets in `names`, or all, for `seconds` each.
///
/// # Errors
/// If a target does not exist, does not compile, or finds an input that violates a property.
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
        let kept = format!("fuzz/corpus/{target}");
        let found = project.target.join("fuzz-found").join(target);
        for folder in [&project.root.join(&kept), &found] {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        println!("\n━━ {target}: {seconds} s");
        let time = format!("-max_total_time={seconds}");
        let run = |first: &std::path::Path, second: &std::path::Path, options: &[&str]| {
            let mut fuzz = process::cargo(project);
            // Stable Rust has no sanitizers. The targets check properties, and the project has no unsafe code.
            fuzz.args(["fuzz", "run", "--sanitizer", "none", "--target-dir"])
                .arg(project.target.join("fuzz"))
                .arg(target)
                .args([first, second])
                .args([
                    "--",
                    "-max_len=2048",
                    "-timeout=10",
                    "-verbosity=0",
                    "-print_final_stats=1",
                ])
                .args(options);
            process::run(
                &mut fuzz,
                "add the input named above to fuzz/corpus, and fix the code or the property",
            )
        };
        let kept = project.root.join(kept);
        run(&found, &kept, &[&time])?;
        run(&kept, &found, &["-merge=1"])?;
    }
    Ok(())
}
