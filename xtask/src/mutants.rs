//! `cargo xtask mutants`: mutation testing by cargo-mutants. It changes the code in one small place at a time,
//! and a test has to fail for each change. It takes hours, so it is not part of CI and can be run in parts:
//! mutants that were caught before are skipped. `tests/mutants.txt` has a reason for each mutant that survives.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::project::{self, Project};
use crate::tools;

/// The modules, and the tests that are run for the mutants of each.
const MODULES: [(&str, &str); 5] = [
    ("policy", "--lib --test policy_properties"),
    ("phone", "--lib --test phone"),
    (
        "otp",
        "--lib --test otp --test otp_vectors --test otp_key --test otp_properties",
    ),
    ("guide", "--lib --test guide --test guide_words"),
    // Not `--lib`, which compiles the crate once more: the one test there is about the list of keywords.
    ("code", "--test code --test code_properties --test vectors"),
];
const KNOWN: &str = "tests/mutants.txt";
const CARGO_MUTANTS: &str = "27.1.0";

/// Tests the mutants of the modules in `names`, or of all, and compares the survivors with the list. With
/// `again`, mutants that were caught before are tested, too.
///
/// # Errors
/// If a module does not exist, or cargo-mutants cannot run.
pub fn run(project: &Project, names: &[String], again: bool) -> Result<ExitCode> {
    for name in names {
        if !MODULES.iter().any(|(module, _)| module == name) {
            let modules = MODULES.map(|(module, _)| module).join(", ");
            bail!("unknown module `{name}`; the modules are {modules}");
        }
    }
    tools::cargo_install(project, "cargo-mutants", "cargo-mutants", CARGO_MUTANTS)?;
    let known = known(&project::read(&project.root.join(KNOWN))?);
    let mut unknown = Vec::new();
    for (module, tests) in MODULES {
        if !names.is_empty() && !names.iter().any(|name| name == module) {
            continue;
        }
        let survivors = test_mutants(project, module, tests, again)?;
        unknown.extend(
            survivors
                .into_iter()
                .filter(|mutant| !known.contains_key(mutant)),
        );
    }
    if unknown.is_empty() {
        println!("\nevery mutant was caught, but for those that {KNOWN} gives a reason for");
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "\nthese mutants survived; write a test that fails for them, or a reason into {KNOWN}"
    );
    for mutant in unknown {
        println!("{mutant}");
    }
    Ok(ExitCode::FAILURE)
}

/// Tests the mutants of a module, and returns the survivors.
fn test_mutants(project: &Project, module: &str, tests: &str, again: bool) -> Result<Vec<String>> {
    let out = project.target.join("mutants").join(module);
    let result = out.join("mutants.out");
    if again && out.exists() {
        fs::remove_dir_all(&out).with_context(|| format!("cannot remove {}", out.display()))?;
    }
    fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
    let mut mutants = process::cargo(project);
    mutants
        // Building one crate uses about one processor.
        .args(
            "mutants --package todoita --iterate --profile mutants --no-shuffle --jobs 2 --timeout 60"
                .split(' '),
        )
        .args(["--file", &format!("src/{module}.rs")])
        .args(["--file", &format!("src/{module}/*.rs")])
        .arg("--output")
        .arg(&out)
        // Build only these tests.
        .args(tests.split(' ').map(|arg| format!("--cargo-arg={arg}")))
        // A failed property is enough; the smallest failing input is not needed.
        .env("PROPTEST_MAX_SHRINK_ITERS", "0")
        // Most mutants are caught by other tests; a survivor is tried with all cases by hand.
        .env("TODOITA_PROPERTY_CASES", "200")
        .env("RUST_BACKTRACE", "0")
        .env_remove("CARGO_TARGET_DIR");
    // The exit status is a failure also where mutants survived; the files below list them.
    process::run_with_lines(&mut mutants, "", |_| {})?;
    let list = |name: &str| mutants_of(&result.join(name));
    Ok([list("missed.txt")?, list("timeout.txt")?].concat())
}

/// Reads a list of mutants, without line and column, which change with every edit of the file.
fn mutants_of(path: &Path) -> Result<Vec<String>> {
    Ok(project::read(path)?.lines().map(without_position).collect())
}

/// `src/phone.rs:12:5: replace + with -` without `12:5`.
fn without_position(line: &str) -> String {
    let mut parts = line.splitn(4, ':');
    match (parts.next(), parts.nth(2)) {
        (Some(file), Some(mutant)) => format!("{file}:{mutant}"),
        _ => line.to_owned(),
    }
}

/// Parses the list of accepted survivors: lines `mutant  # reason`. Lines that begin with `#` are comments.
fn known(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once("  # "))
        .map(|(mutant, reason)| (mutant.trim().to_owned(), reason.trim().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{known, without_position};

    #[test]
    fn a_mutant_is_recognised_on_any_line() {
        let list = "# 2026-11-23\nsrc/phone.rs: replace + with - in read  # the same number\n";
        let mutant = without_position("src/phone.rs:12:5: replace + with - in read");
        assert_eq!(known(list)[&mutant], "the same number");
    }
}
