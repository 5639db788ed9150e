//! The steps of `cargo xtask test`: everything that CI runs. A failed step does not stop the others; the last line
//! has the numbers of passed and failed tests.
//!
//! Steps that mostly compile run beside steps that mostly wait (`in_parallel`), since the machine has at least two
//! processors. The tests in browsers come last and alone: they check times that a compiler would disturb. Each of
//! their files starts a browser of its own, so that two files run at the same time.
//!
//! The tables of the pure core (`#[wasm_bindgen_test]`) run natively and, compiled to WebAssembly, in Chromium: no
//! engine has a WebAssembly of its own semantics. The boundary between WebAssembly and the page (tests/boundary.rs),
//! where engines do differ, runs in all three.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::browser::{self, Engine};
use crate::bundle;
use crate::hosts;
use crate::process::{self, Stopwatch};
use crate::project::Project;
use crate::size;
use crate::test_report::TestCounts;
use crate::tools;

/// The names that `--only` takes. The tests in browsers are a part for each engine: `browser` is Chromium.
const PARTS: [&str; 7] = [
    "native", "wasm", "package", "hosts", "browser", "firefox", "webkit",
];

/// Test files that run in Chromium alone: they check documents and words, which no engine changes, or colours and
/// shapes on Chromium's screenshots.
const CHROMIUM_ALONE: [&str; 3] = [
    "access-layout.test.mjs",
    "access-statement.test.mjs",
    "coverage.test.mjs",
];

/// Files of tests that run at the same time, each with a browser of its own.
const CONCURRENT_FILES: &str = "2";

const CLIPPY_ADVICE: &str = "fix the warnings that clippy reports";

/// Runs the parts in `only`, or all; passes `rest` to their test runners.
///
/// # Errors
/// If `only` names an unknown part. A failed step is not an error; it is counted and sets the exit code.
pub fn run(project: &Project, only: &[String], rest: &[OsString]) -> Result<ExitCode> {
    if let Some(unknown) = only.iter().find(|name| !PARTS.contains(&name.as_str())) {
        bail!(
            "unknown part `{unknown}`; --only takes {}",
            PARTS.join(", ")
        );
    }
    let suite = Suite {
        project,
        only,
        rest,
        report: Report::default(),
    };
    let watch = Stopwatch::start();
    suite.set_up();
    in_parallel(|| suite.checks_of_sources(), || suite.package());
    suite.in_browsers();
    Ok(suite.report.close(watch.elapsed()))
}

/// Runs two lanes of steps at the same time.
fn in_parallel(first: impl FnOnce() + Send, second: impl FnOnce()) {
    thread::scope(|scope| {
        scope.spawn(first);
        second();
    });
}

struct Suite<'a> {
    project: &'a Project,
    only: &'a [String],
    rest: &'a [OsString],
    report: Report,
}

impl Suite<'_> {
    fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == part)
    }

    /// The engines in which the end-to-end tests run.
    fn end_to_end(&self) -> Vec<Engine> {
        ["browser", "firefox", "webkit"]
            .into_iter()
            .zip(Engine::ALL)
            .filter_map(|(part, engine)| self.wants(part).then_some(engine))
            .collect()
    }

    fn set_up(&self) {
        let mut engines = if self.wants("wasm") {
            Engine::ALL.to_vec()
        } else {
            self.end_to_end()
        };
        if self.wants("hosts") && !engines.contains(&Engine::Chrome) {
            engines.push(Engine::Chrome);
        }
        if self.wants("package") || !engines.is_empty() {
            self.report.step("set-up", || {
                set_up(self.project, &engines)?;
                Ok(TestCounts::PASSED)
            });
        }
    }

    /// Formatting, lints and tests of the Rust sources.
    fn checks_of_sources(&self) {
        let cargo = |line: &str| {
            let mut cargo = process::cargo(self.project);
            cargo.args(line.split(' '));
            cargo
        };
        if self.wants("native") {
            self.report.step("fmt", || {
                check(&mut cargo("fmt --all --check"), "run `cargo fmt`")
            });
            self.report.step("clippy", || {
                let line = "clippy --workspace --all-targets --locked -- --deny warnings";
                check(&mut cargo(line), CLIPPY_ADVICE)
            });
            self.report.step("native tests", || {
                tests(cargo("test --workspace --no-fail-fast --locked").args(self.rest))
            });
        }
        if self.wants("wasm") {
            self.report.step("clippy for WebAssembly", || {
                let line = "clippy --package todoita --lib --tests --locked \
                            --target wasm32-unknown-unknown --features field,guide,functions \
                            -- --deny warnings";
                check(&mut cargo(line), CLIPPY_ADVICE)
            });
            for engine in Engine::ALL {
                self.report.step(
                    &format!("tests in WebAssembly, in {}", engine.name()),
                    || tests(&mut self.wasm_tests(engine)?),
                );
            }
        }
        if !self.end_to_end().is_empty() {
            self.report.step("the login service", || {
                build_server(self.project)?;
                Ok(TestCounts::PASSED)
            });
        }
    }

    /// All tests in WebAssembly in Chromium, those of the boundary in the others.
    fn wasm_tests(&self, engine: Engine) -> Result<Command> {
        let mut command = browser::find(self.project, engine)?.wasm_pack(self.project)?;
        command
            .args("-- --config wasm-pack.toml".split(' '))
            .args("--features field,guide,functions".split(' '));
        if engine != Engine::Chrome {
            command.args(["--test", "boundary"]);
        }
        command.args(self.rest);
        Ok(command)
    }

    /// The build, its size, and the package: by itself and in other projects.
    fn package(&self) {
        let project = self.project;
        if self.wants("package") || self.wants("hosts") || !self.end_to_end().is_empty() {
            self.report.step("build", || {
                bundle::build(project, false)?;
                Ok(TestCounts::PASSED)
            });
        }
        if self.wants("package") {
            self.report.step("size", || size::check(project));
            self.report.step("the package", || {
                hosts::install_checks(project)?;
                tests(&mut node(project, "tests/package", self.rest, &[])?)
            });
        }
        if self.wants("hosts") {
            self.report.step("in other projects", || {
                hosts::install(project)?;
                let browser = browser::find(project, Engine::Chrome)?;
                tests(&mut browser.configure(node(project, "tests/hosts", self.rest, &[])?))
            });
        }
    }

    /// The end-to-end tests.
    fn in_browsers(&self) {
        for engine in self.end_to_end() {
            self.report.step(&format!("in {}", engine.name()), || {
                let browser = browser::find(self.project, engine)?;
                let skipped: &[&str] = match engine {
                    Engine::Chrome => &[],
                    Engine::Firefox | Engine::WebKit => &CHROMIUM_ALONE,
                };
                let files = node(self.project, "tests/browser", self.rest, skipped)?;
                tests(&mut browser.configure(files))
            });
        }
    }
}

/// Installs the tools and, at the same time, the browsers.
fn set_up(project: &Project, engines: &[Engine]) -> Result<()> {
    thread::scope(|scope| {
        let browsers = scope.spawn(|| browser::install(engines));
        let tools = tools::install(project).and_then(|()| {
            let firefox = engines.contains(&Engine::Firefox);
            firefox
                .then(|| tools::install_geckodriver(project))
                .transpose()
        });
        let browsers = browsers
            .join()
            .unwrap_or_else(|_| bail!("the thread that installs browsers panicked"));
        tools.and(browsers)
    })
}

/// Builds the login service that the browser tests start.
///
/// # Errors
/// If it does not compile.
pub fn build_server(project: &Project) -> Result<()> {
    process::run(
        process::cargo(project).args(["build", "--package", "todoita-server", "--locked"]),
        "fix the errors that rustc reports",
    )
}

/// Runs a command that passes or fails as a whole.
fn check(command: &mut Command, advice: &str) -> Result<TestCounts> {
    process::run(command, advice)?;
    Ok(TestCounts::PASSED)
}

/// Runs a test runner and counts its tests.
fn tests(command: &mut Command) -> Result<TestCounts> {
    let mut counts = TestCounts::default();
    let status = process::run_with_lines(command, "", |line| counts.add_line(line))?;
    if counts == TestCounts::default() {
        println!("no test ran");
    }
    Ok(counts.checked(status.success()))
}

/// Prepares `node --test` for every `*.test.mjs` in `folder` except those in `skipped`, or for those named in `rest`.
fn node(project: &Project, folder: &str, rest: &[OsString], skipped: &[&str]) -> Result<Command> {
    let mut files: Vec<PathBuf> = fs::read_dir(project.root.join(folder))
        .with_context(|| format!("cannot read {folder}"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("{folder} has no *.test.mjs");
    }
    // File names choose files; other arguments are for the runner.
    let (chosen, options): (Vec<_>, Vec<_>) = rest
        .iter()
        .partition(|word| word.to_string_lossy().ends_with(".test.mjs"));
    if chosen.is_empty() {
        files.retain(|path| !skipped.iter().any(|name| path.ends_with(name)));
    } else {
        files.retain(|path| chosen.iter().any(|name| path.ends_with(name)));
    }
    let mut node = process::command(project, "node");
    node.args(["--test", "--test-reporter=spec", "--test-timeout=900000"])
        .arg(format!("--test-concurrency={CONCURRENT_FILES}"))
        .args(options)
        .args(files);
    Ok(node)
}

/// The results of the steps, in the order in which they ended.
#[derive(Default)]
struct Report {
    steps: Mutex<Vec<Step>>,
}

struct Step {
    name: String,
    counts: TestCounts,
    took: Duration,
}

impl Report {
    /// Runs a step and records its result. An error of `work` counts as one failure.
    fn step(&self, name: &str, work: impl FnOnce() -> Result<TestCounts>) {
        println!("\n━━ {name}");
        let stopwatch = Stopwatch::start();
        let counts = work().unwrap_or_else(|error| {
            println!("{error:#}");
            TestCounts::FAILED
        });
        let took = stopwatch.elapsed();
        println!("━━ {name}: {counts}, in {}", process::time(took));
        self.steps().push(Step {
            name: name.to_owned(),
            counts,
            took,
        });
    }

    fn steps(&self) -> std::sync::MutexGuard<'_, Vec<Step>> {
        // A panic elsewhere leaves the list as it was: a step is added in one move.
        self.steps
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Prints the steps, their sum and the time that all took.
    fn close(self, elapsed: Duration) -> ExitCode {
        let steps = self.steps();
        let width = steps
            .iter()
            .map(|step| step.name.chars().count())
            .max()
            .unwrap_or(0);
        println!();
        let mut sum = TestCounts::default();
        for Step { name, counts, took } in steps.iter() {
            let sign = if counts.failed == 0 { "✔" } else { "✘" };
            println!("{sign} {name:width$}  {counts}  ({})", process::time(*took));
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
