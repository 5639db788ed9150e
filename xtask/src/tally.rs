//! What passed and what failed, read from what the test runners print.

use std::fmt;
use std::ops::AddAssign;

/// Counted tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed, or could not be run.
    pub failed: u32,
    /// Tests that were left out on purpose.
    pub skipped: u32,
}

impl Tally {
    /// One check that passed.
    pub const PASSED: Tally = Tally {
        passed: 1,
        failed: 0,
        skipped: 0,
    };
    /// One check that failed.
    pub const FAILED: Tally = Tally {
        passed: 0,
        failed: 1,
        skipped: 0,
    };

    /// Adds what a line of a runner's output counts, if it is one that counts: libtest's and
    /// wasm-bindgen-test's `test result: …` (one for each test program) and the closing lines of
    /// `node --test`.
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
            // A test program that wants `wasm_bindgen_test_configure!(run_in_browser)`; its tests were not run.
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

    /// What a runner counted, judged by how it ended: one that fails without naming a failed test,
    /// and one that ran no test at all, are failures.
    pub fn judged(mut self, success: bool) -> Tally {
        if self.failed == 0 && (!success || self.passed == 0) {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
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
    use super::Tally;

    fn read(output: &str) -> Tally {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.add_line(line));
        tally
    }

    #[test]
    fn adds_up_the_test_programs_of_cargo_test() {
        let tally = read(
            "running 3 tests\ntest a ... ok\n\n\
             test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n\
             test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n",
        );
        assert_eq!(
            tally,
            Tally {
                passed: 6,
                failed: 2,
                skipped: 1
            }
        );
    }

    #[test]
    fn reads_the_closing_lines_of_node_test() {
        let tally = read(
            "✔ pastes a message (120ms)\nℹ tests 9\nℹ suites 0\nℹ pass 5\nℹ fail 1\nℹ cancelled 1\n\
             ℹ skipped 1\nℹ todo 1\nℹ duration_ms 812.2\n",
        );
        assert_eq!(
            tally,
            Tally {
                passed: 5,
                failed: 2,
                skipped: 2
            }
        );
    }

    #[test]
    fn a_test_program_that_the_browser_runner_leaves_out_has_failed() {
        let tally = read(
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.16s\n\
             This test suite is only configured to run in node.js, but we're only running\n\
             browser tests so skipping.\n",
        );
        assert_eq!((tally.passed, tally.failed), (12, 1));
    }

    #[test]
    fn a_runner_without_tests_or_with_an_unnamed_failure_has_failed() {
        assert_eq!(Tally::default().judged(true).failed, 1);
        assert_eq!(
            Tally {
                passed: 3,
                ..Tally::default()
            }
            .judged(false)
            .failed,
            1
        );
        assert_eq!(
            Tally {
                passed: 3,
                ..Tally::default()
            }
            .judged(true)
            .failed,
            0
        );
        assert_eq!(
            Tally {
                failed: 2,
                ..Tally::default()
            }
            .judged(false)
            .failed,
            2
        );
    }

    #[test]
    fn the_last_line_names_skipped_tests_only_where_there_are_any() {
        assert_eq!(
            Tally {
                passed: 3,
                failed: 0,
                skipped: 0
            }
            .to_string(),
            "3 passed, 0 failed"
        );
        assert_eq!(
            Tally {
                passed: 3,
                failed: 1,
                skipped: 2
            }
            .to_string(),
            "3 passed, 1 failed, 2 skipped"
        );
    }
}
