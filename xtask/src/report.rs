//! The report of `cargo xtask test`: each step with its numbers, its time and the names of the tests that failed.

use std::ops::AddAssign;
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::time::Duration;

use anyhow::Result;

use crate::process::{self, Stopwatch};
use crate::test_report::{TestCounts, failed_test};

/// The results of the steps, in the order in which they ended.
#[derive(Default)]
pub struct Report {
    steps: Mutex<Vec<Step>>,
}

struct Step {
    name: String,
    outcome: Outcome,
    took: Duration,
}

/// The outcome of a step.
pub struct Outcome {
    /// Their numbers.
    pub counts: TestCounts,
    /// The names of the tests that failed.
    pub failed: Vec<String>,
    /// The names of the tests that failed when their browser crashed, and whose files ran once more.
    pub repeated: Vec<String>,
}

impl From<TestCounts> for Outcome {
    fn from(counts: TestCounts) -> Outcome {
        Outcome {
            counts,
            failed: Vec::new(),
            repeated: Vec::new(),
        }
    }
}

impl AddAssign for Outcome {
    fn add_assign(&mut self, other: Outcome) {
        self.counts += other.counts;
        self.failed.extend(other.failed);
        self.repeated.extend(other.repeated);
    }
}

/// Runs a test runner, counts its tests and keeps the names of those that failed.
///
/// # Errors
/// If it cannot be started. A failed test is counted.
pub fn tests(command: &mut Command) -> Result<Outcome> {
    tests_with_lines(command, |_| ())
}

/// Like `tests`, and passes each line of the output to `each`.
///
/// # Errors
/// If it cannot be started. A failed test is counted.
pub fn tests_with_lines(command: &mut Command, mut each: impl FnMut(&str)) -> Result<Outcome> {
    let mut counts = TestCounts::default();
    let mut failed: Vec<String> = Vec::new();
    let status = process::run_with_lines(command, "", |line| {
        counts.add_line(line);
        each(line);
        // `node --test` names a test again in its summary.
        if let Some(name) = failed_test(line)
            && !failed.iter().any(|it| it == name)
        {
            failed.push(name.to_owned());
        }
    })?;
    if counts == TestCounts::default() {
        println!("no test ran");
    }
    Ok(Outcome {
        counts: counts.checked(status.success()),
        failed,
        repeated: Vec::new(),
    })
}

impl Report {
    /// Runs a step and records its result. An error of `work` counts as one failure.
    pub fn step<R: Into<Outcome>>(&self, name: &str, work: impl FnOnce() -> Result<R>) {
        println!("\n━━ {name}");
        let stopwatch = Stopwatch::start();
        let outcome = work().map_or_else(
            |error| {
                println!("{error:#}");
                TestCounts::FAILED.into()
            },
            R::into,
        );
        let took = stopwatch.elapsed();
        println!("━━ {name}: {}, in {}", outcome.counts, process::time(took));
        self.steps().push(Step {
            name: name.to_owned(),
            outcome,
            took,
        });
    }

    fn steps(&self) -> std::sync::MutexGuard<'_, Vec<Step>> {
        // A panic elsewhere leaves the list as it was: a step is added in one move.
        self.steps
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Prints the steps with the tests that failed, their sum and the time that all took.
    pub fn close(self, elapsed: Duration) -> ExitCode {
        let steps = self.steps();
        let width = steps
            .iter()
            .map(|step| step.name.chars().count())
            .max()
            .unwrap_or(0);
        println!();
        let mut sum = TestCounts::default();
        for step in steps.iter() {
            let Outcome {
                counts,
                failed,
                repeated,
            } = &step.outcome;
            let sign = if counts.failed == 0 { "✔" } else { "✘" };
            let took = process::time(step.took);
            println!("{sign} {:width$}  {counts}  ({took})", step.name);
            failed.iter().for_each(|name| println!("    ✘ {name}"));
            for name in repeated {
                println!("    ↻ run again, since the browser had crashed: {name}");
            }
            sum += *counts;
        }
        println!("\nin {}\n{sum}", process::time(elapsed));
        if sum.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
