//! Test files whose browser crashed run once more.
//!
//! On a busy machine the process of a page of WebKitGTK 2.50 crashes about once in ten runs of all forms, each time in another
//! place. That is no failure of the project, and no run that could be called green: the failed files are repeated, and the report
//! names the tests. A crash that a page causes crashes the second run, too, and counts.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::process::Command;

use anyhow::Result;

use crate::report::{Outcome, tests_with_lines};

/// The words that MiniBrowser prints when the process of a page has crashed.
const CRASHED: &str = "WebProcess CRASHED";

/// Runs the test files for which `command` prepares the runner, and once more those that failed in a run in which the browser
/// crashed. `command` takes the names of files in place of the selection that was asked for.
///
/// # Errors
/// If the runner cannot be started. A failed test is counted.
pub fn tests(command: impl Fn(Option<&[OsString]>) -> Result<Command>) -> Result<Outcome> {
    let mut has_crashed = false;
    let mut places = Vec::new();
    let first = tests_with_lines(&mut command(None)?, |line| {
        has_crashed |= line.contains(CRASHED);
        places.extend(place_of_failure(line).map(str::to_owned));
    })?;
    if !has_crashed || first.counts.failed == 0 {
        return Ok(first);
    }
    println!("the browser crashed: the files whose tests failed run again");
    let again = failed_files(&places);
    let second = tests_with_lines(&mut command(again.as_deref())?, |_| ())?;
    Ok(merged(first, second))
}

/// The file of a failed test, in a line of the summary of `node --test`: `test at tests/browser/typing.test.mjs:12:1`.
fn place_of_failure(line: &str) -> Option<&str> {
    line.strip_prefix("test at ")?.split(':').next()
}

/// The names of the test files, or `None` where a test is declared in another file: then it is not known whose it is.
fn failed_files(places: &[String]) -> Option<Vec<OsString>> {
    let names: BTreeSet<&str> = places
        .iter()
        .map(|place| place.rsplit('/').next().unwrap_or(place))
        .collect();
    let are_files = !names.is_empty() && names.iter().all(|name| name.ends_with(".test.mjs"));
    are_files.then(|| names.into_iter().map(OsString::from).collect())
}

/// The outcome of both runs: a test that failed counts as the second run found it.
fn merged(first: Outcome, second: Outcome) -> Outcome {
    let mut counts = first.counts;
    counts.failed = second.counts.failed;
    counts.passed += first.counts.failed.saturating_sub(counts.failed);
    Outcome {
        counts,
        failed: second.failed,
        repeated: first.failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_report::TestCounts;

    #[test]
    fn the_files_of_failed_tests_run_again() {
        let lines = [
            "test at tests/browser/typing.test.mjs:12:1",
            "test at /project/tests/browser/typing.test.mjs:40:1",
            "test at tests/browser/facts.test.mjs:7:3",
            "✖ a test (2 ms)",
        ];
        let places: Vec<String> = lines
            .iter()
            .filter_map(|line| place_of_failure(line).map(str::to_owned))
            .collect();
        let files = ["facts.test.mjs", "typing.test.mjs"].map(OsString::from);
        assert_eq!(failed_files(&places), Some(files.to_vec()));
        assert_eq!(failed_files(&["tests/forms/table.mjs".to_owned()]), None);
        assert_eq!(failed_files(&[]), None);
    }

    #[test]
    fn the_second_run_decides() {
        let outcome = |passed, failed, names: &[&str]| Outcome {
            counts: TestCounts {
                passed,
                failed,
                skipped: 0,
            },
            failed: names.iter().map(|&name| name.to_owned()).collect(),
            repeated: Vec::new(),
        };
        let both = merged(outcome(8, 3, &["a", "b", "c"]), outcome(4, 1, &["b"]));
        assert_eq!((both.counts.passed, both.counts.failed), (10, 1));
        assert_eq!(both.failed, ["b"]);
        assert_eq!(both.repeated, ["a", "b", "c"]);
    }
}
