//! Counts passed and failed tests from the output of the test runners.

use std::fmt;
use std::ops::AddAssign;

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
    /// wasm-bindgen-test (one for each test program), and the summary of `node --test`.
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
    use super::TestCounts;

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
