//! Counts passed and failed tests from the output of the test runners.

use std::fmt;
use std::ops::AddAssign;

/// The name of a test that failed, in a line of a runner's output: `test … ... FAILED` of libtest, `✖ …` of `node --test`,
/// `FAILED file::test - …` of pytest, or `ERROR …` where it could not be run.
pub fn failed_test(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if let Some(name) = line.strip_prefix("✖ ") {
        let (name, _took) = name.rsplit_once(" (")?;
        return Some(name);
    }
    if let Some(test) = line.strip_prefix("FAILED ").or(line.strip_prefix("ERROR "))
        && test.contains(".py")
        && !test.starts_with(' ')
    {
        return test.split(" - ").next();
    }
    line.strip_prefix("test ")?.strip_suffix(" ... FAILED")
}

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TestCounts {
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed, or could not be run.
    pub failed: u32,
    /// Tests that were skipped on purpose.
    pub skipped: u32,
}

impl TestCounts {
    /// One check that passed.
    pub const PASSED: TestCounts = TestCounts {
        passed: 1,
        failed: 0,
        skipped: 0,
    };
    /// One check that failed.
    pub const FAILED: TestCounts = TestCounts {
        passed: 0,
        failed: 1,
        skipped: 0,
    };

    /// Adds the numbers in a line of a runner's output, if it has any: `test result: …` of libtest and
    /// wasm-bindgen-test (one for each test program), the summary of `node --test`, and pytest's last line.
    pub fn add_line(&mut self, line: &str) {
        if let Some(result) = line.trim_start().strip_prefix("test result: ") {
            for part in result.split([';', '.']) {
                let mut words = part.split_whitespace();
                let (Some(Ok(count)), Some(what)) =
                    (words.next().map(str::parse::<u32>), words.next())
                else {
                    continue;
                };
                match what {
                    "passed" => self.passed += count,
                    "failed" => self.failed += count,
                    "ignored" => self.skipped += count,
                    _ => {}
                }
            }
        } else if line.starts_with("This test suite is only configured to run in node.js") {
            // The test program lacks `wasm_bindgen_test_configure!(run_in_browser)`: its tests did not run.
            self.failed += 1;
        } else if let Some(summary) = line.strip_prefix("ℹ ").or(line.strip_prefix("# ")) {
            let Some((what, Ok(count))) = summary
                .split_once(' ')
                .map(|(what, count)| (what, count.trim().parse::<u32>()))
            else {
                return;
            };
            match what {
                "pass" => self.passed += count,
                "fail" | "cancelled" => self.failed += count,
                "skipped" | "todo" => self.skipped += count,
                _ => {}
            }
        } else if let Some(counts) = pytest_summary(line) {
            *self += counts;
        }
    }

    /// Adds a failure where a runner failed without reporting a failed test, or ran no test at all.
    pub fn checked(mut self, success: bool) -> TestCounts {
        if self.failed == 0 && (!success || self.passed == 0) {
            self.failed = 1;
        }
        self
    }
}

/// The numbers of pytest's last line: `61 passed, 1 skipped in 2.34s`.
fn pytest_summary(line: &str) -> Option<TestCounts> {
    let (summary, took) = line.trim_matches(['=', ' ']).rsplit_once(" in ")?;
    took.split(' ')
        .next()?
        .strip_suffix('s')?
        .parse::<f32>()
        .ok()?;
    let mut counts = TestCounts::default();
    for part in summary.split(", ") {
        let (count, what) = part.split_once(' ')?;
        let count: u32 = count.parse().ok()?;
        match what {
            "passed" => counts.passed += count,
            "failed" | "error" | "errors" => counts.failed += count,
            "skipped" | "xfailed" => counts.skipped += count,
            _ => {}
        }
    }
    Some(counts)
}

impl AddAssign for TestCounts {
    fn add_assign(&mut self, other: TestCounts) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for TestCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{TestCounts, failed_test};

    fn read(output: &str) -> TestCounts {
        let mut counts = TestCounts::default();
        output.lines().for_each(|line| counts.add_line(line));
        counts
    }

    #[test]
    fn sums_the_test_programs_of_cargo_test() {
        let counts = read(
            "running 3 tests\ntest a ... ok\n\n\
             test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n\
             test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n",
        );
        assert_eq!(
            counts,
            TestCounts {
                passed: 6,
                failed: 2,
                skipped: 1
            }
        );
    }

    #[test]
    fn reads_the_summary_of_node_test() {
        let counts = read(
            "✔ pastes a message (120ms)\nℹ tests 9\nℹ suites 0\nℹ pass 5\nℹ fail 1\nℹ cancelled 1\n\
             ℹ skipped 1\nℹ todo 1\nℹ duration_ms 812.2\n",
        );
        assert_eq!(
            counts,
            TestCounts {
                passed: 5,
                failed: 2,
                skipped: 2
            }
        );
    }

    #[test]
    fn reads_the_last_line_of_pytest() {
        let counts = read(
            "...F [100%]\nFAILED test_functions.py::test_x - assert 1 in 2\n\
             1 failed, 60 passed, 2 skipped in 2.34s\n===== 3 passed, 1 error in 61.10s (0:01:01) =====\n\
             2 failed in the last run\n",
        );
        let all = TestCounts {
            passed: 63,
            failed: 2,
            skipped: 2,
        };
        assert_eq!(counts, all);
    }

    #[test]
    fn a_failed_test_is_named() {
        for (line, name) in [
            ("test a::b ... FAILED", Some("a::b")),
            ("test a::b ... ok", None),
            ("test result: FAILED. 4 passed; 2 failed;", None),
            (
                "  ✖ one (of two) is pasted (120.5ms)",
                Some("one (of two) is pasted"),
            ),
            ("✖ failing tests:", None),
            (
                "FAILED python/tests/test_x.py::test_y[a-b] - assert 1 in 2",
                Some("python/tests/test_x.py::test_y[a-b]"),
            ),
            (
                "ERROR python/tests/test_x.py",
                Some("python/tests/test_x.py"),
            ),
            ("FAILED to connect", None),
            (
                "ERROR    django.request:log.py:253 Internal Server Error",
                None,
            ),
            ("✔ pastes a message (120ms)", None),
        ] {
            assert_eq!(failed_test(line), name, "{line}");
        }
    }

    #[test]
    fn a_test_program_that_the_browser_runner_skips_counts_as_failed() {
        let counts = read(
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.16s\n\
             This test suite is only configured to run in node.js, but we're only running\n\
             browser tests so skipping.\n",
        );
        assert_eq!((counts.passed, counts.failed), (12, 1));
    }

    #[test]
    fn a_run_without_tests_or_with_an_unreported_failure_counts_as_failed() {
        assert_eq!(TestCounts::default().checked(true).failed, 1);
        assert_eq!(
            TestCounts {
                passed: 3,
                ..TestCounts::default()
            }
            .checked(false)
            .failed,
            1
        );
        assert_eq!(
            TestCounts {
                passed: 3,
                ..TestCounts::default()
            }
            .checked(true)
            .failed,
            0
        );
        assert_eq!(
            TestCounts {
                failed: 2,
                ..TestCounts::default()
            }
            .checked(false)
            .failed,
            2
        );
    }

    #[test]
    fn skipped_tests_are_printed_only_if_there_are_any() {
        assert_eq!(
            TestCounts {
                passed: 3,
                failed: 0,
                skipped: 0
            }
            .to_string(),
            "3 passed, 0 failed"
        );
        assert_eq!(
            TestCounts {
                passed: 3,
                failed: 1,
                skipped: 2
            }
            .to_string(),
            "3 passed, 1 failed, 2 skipped"
        );
    }
}
