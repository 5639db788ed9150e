//! `cargo xtask mutants`: small faults put into the sources one at a time, each of which some test has to
//! notice. Outside CI: it takes hours. What was noticed once is not tried again, so that it can be run
//! in parts; `tests/mutants.txt` has a reason for each fault that none notices.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::child;
use crate::project::{self, Project};
use crate::tools;

/// The modules, and the tests that are about each.
const MODULES: [(&str, &str); 5] = [
    ("policy", "--lib --test policy_properties"),
    ("phone", "--lib --test phone"),
    (
        "otp",
        "--lib --test otp --test otp_vectors --test otp_key --test otp_properties",
    ),
    ("guide", "--lib --test guide --test guide_words"),
    ("code", "--lib --test code --test code_properties"),
];
/// A ratio of times, which is no measure beside a second build.
const TIMED: &str = "reading_time_grows_linearly";
const KNOWN: &str = "tests/mutants.txt";
const CARGO_MUTANTS: &str = "27.1.0";

/// Tries the modules named, or all, and compares what survived with the list. `again` forgets what was
/// noticed before.
///
/// # Errors
/// If a module is not there, or cargo-mutants cannot do its work.
pub fn run(project: &Project, names: &[String], again: bool) -> Result<ExitCode> {
    for name in names {
        if !MODULES.iter().any(|(module, _)| module == name) {
            let modules = MODULES.map(|(module, _)| module).join(", ");
            bail!("there is no module `{name}` to try: {modules}");
        }
    }
    tools::cargo_install(project, "cargo-mutants", "cargo-mutants", CARGO_MUTANTS)?;
    let known = known(&project::read(&project.root.join(KNOWN))?);
    let mut unknown = Vec::new();
    for (module, tests) in MODULES {
        if !names.is_empty() && !names.iter().any(|name| name == module) {
            continue;
        }
        let survived = attempt(project, module, tests, again)?;
        unknown.extend(
            survived
                .into_iter()
                .filter(|fault| !known.contains_key(fault)),
        );
    }
    if unknown.is_empty() {
        println!("\nno test noticed what {KNOWN} gives a reason for, and nothing else");
        return Ok(ExitCode::SUCCESS);
    }
    println!("\nno test noticed these: write one, or a reason into {KNOWN}");
    for fault in unknown {
        println!("{fault}");
    }
    Ok(ExitCode::FAILURE)
}

/// Tries a module, and gives the faults that survived.
fn attempt(project: &Project, module: &str, tests: &str, again: bool) -> Result<Vec<String>> {
    let out = project.target.join("mutants").join(module);
    let result = out.join("mutants.out");
    if again && out.exists() {
        fs::remove_dir_all(&out).with_context(|| format!("cannot remove {}", out.display()))?;
    }
    fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
    let mut mutants = child::cargo(project);
    mutants
        // A build of one crate keeps one processor busy, more or less.
        .args(
            "mutants --package todoita --iterate --profile mutants --no-shuffle --jobs 2"
                .split(' '),
        )
        .args(["--file", &format!("src/{module}.rs")])
        .args(["--file", &format!("src/{module}/*.rs")])
        .arg("--output")
        .arg(&out)
        // Only these are built, too.
        .args(tests.split(' ').map(|arg| format!("--cargo-arg={arg}")))
        .args("-- -- --skip".split(' '))
        .arg(TIMED)
        // That a law is broken is enough: by which text of all, nobody asks here.
        .env("PROPTEST_MAX_SHRINK_ITERS", "0")
        .env_remove("CARGO_TARGET_DIR");
    // It fails where something survived, too: its lists say what.
    child::watch(&mut mutants, "", |_| {})?;
    let list = |name: &str| lines(&result.join(name));
    Ok([list("missed.txt")?, list("timeout.txt")?].concat())
}

/// The faults of a list, without the place in the file, which every edit moves.
fn lines(path: &Path) -> Result<Vec<String>> {
    Ok(project::read(path)?.lines().map(placeless).collect())
}

/// `src/phone.rs:12:5: replace + with -` without `12:5`.
fn placeless(line: &str) -> String {
    let mut parts = line.splitn(4, ':');
    match (parts.next(), parts.nth(2)) {
        (Some(file), Some(fault)) => format!("{file}:{fault}"),
        _ => line.to_owned(),
    }
}

/// The faults with a reason: lines `fault  # reason`; a line that begins with `#` is for people.
fn known(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once("  # "))
        .map(|(fault, reason)| (fault.trim().to_owned(), reason.trim().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{known, placeless};

    #[test]
    fn a_fault_is_known_wherever_it_stands() {
        let list = "# 2026-11-23\nsrc/phone.rs: replace + with - in read  # the same number\n";
        let fault = placeless("src/phone.rs:12:5: replace + with - in read");
        assert_eq!(known(list)[&fault], "the same number");
    }
}
