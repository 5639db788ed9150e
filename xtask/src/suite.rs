//! Everything CI runs. A step that fails does not keep the next from running; the last line counts.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::browser::{self, Engine};
use crate::bundle;
use crate::hosts;
use crate::process::{self, Stopwatch};
use crate::project::Project;
use crate::size;
use crate::test_report::TestCounts;
use crate::tools;

/// The parts, in the order in which they run. The end-to-end tests are one part for each engine: `browser`
/// is Chromium's.
const PARTS: [&str; 7] = [
    "native", "wasm", "package", "hosts", "browser", "firefox", "webkit",
];

/// What is tested in Chromium alone: what no engine changes (sentences, documents), and what is read off
/// Chromium's own pictures.
const CHROMIUM_ALONE: [&str; 3] = [
    "access-looks.test.mjs",
    "access-statement.test.mjs",
    "coverage.test.mjs",
];

/// Runs the parts named by `only`, or all; hands `rest` to their test runners.
///
/// # Errors
/// If `only` names what is not there. What fails in a step is counted and told, and sets the code.
pub fn run(project: &Project, only: &[String], rest: &[OsString]) -> Result<ExitCode> {
    if let Some(unknown) = only.iter().find(|name| !PARTS.contains(&name.as_str())) {
        bail!(
            "there is no part `{unknown}`: --only takes {}",
            PARTS.join(", ")
        );
    }
    let wants = |part: &str| only.is_empty() || only.iter().any(|name| name == part);
    let mut report = Report::default();

    let end_to_end: Vec<Engine> = ["browser", "firefox", "webkit"]
        .into_iter()
        .zip(Engine::ALL)
        .filter_map(|(part, engine)| wants(part).then_some(engine))
        .collect();
    let mut engines = if wants("wasm") {
        Engine::ALL.to_vec()
    } else {
        end_to_end.clone()
    };
    if wants("hosts") && !engines.contains(&Engine::Chrome) {
        engines.push(Engine::Chrome);
    }
    if wants("wasm") || wants("package") || !engines.is_empty() {
        report.step("set-up", || {
            set_up(project, &engines)?;
            Ok(TestCounts::PASSED)
        });
    }

    let cargo = |line: &str| {
        let mut cargo = process::cargo(project);
        cargo.args(line.split(' '));
        cargo
    };
    const LINT: &str = "mend what clippy names";
    if wants("native") {
        report.step("fmt", || {
            check(&mut cargo("fmt --all --check"), "`cargo fmt` mends it")
        });
        report.step("clippy", || {
            let line = "clippy --workspace --all-targets --locked -- --deny warnings";
            check(&mut cargo(line), LINT)
        });
        report.step("native tests", || {
            tests(cargo("test --workspace --no-fail-fast --locked").args(rest))
        });
    }
    if wants("wasm") {
        report.step("clippy of the browser's part", || {
            let line = "clippy --package todoita --lib --tests --locked \
                        --target wasm32-unknown-unknown --features field,guide,functions \
                        -- --deny warnings";
            check(&mut cargo(line), LINT)
        });
        for engine in Engine::ALL {
            report.step(
                &format!("tests in WebAssembly, in {}", engine.name()),
                || {
                    tests(
                        browser::find(project, engine)?
                            .wasm_pack(project)?
                            .args("-- --config wasm-pack.toml".split(' '))
                            .args("--features field,guide,functions".split(' '))
                            .args(rest),
                    )
                },
            );
        }
    }
    if wants("package") || wants("hosts") || !end_to_end.is_empty() {
        report.step("build", || {
            bundle::build(project, false)?;
            Ok(TestCounts::PASSED)
        });
    }
    if wants("package") {
        report.step("size", || size::check(project));
        report.step("the package", || {
            hosts::install_checks(project)?;
            tests(&mut node(project, "tests/package", rest, &[])?)
        });
    }
    if wants("hosts") {
        report.step("in other projects", || {
            hosts::install(project)?;
            let browser = browser::find(project, Engine::Chrome)?;
            tests(&mut browser.configure(node(project, "tests/hosts", rest, &[])?))
        });
    }
    if !end_to_end.is_empty() {
        report.step("the login service", || {
            build_server(project)?;
            Ok(TestCounts::PASSED)
        });
    }
    for engine in end_to_end {
        report.step(&format!("in {}", engine.name()), || {
            let browser = browser::find(project, engine)?;
            let others = [Engine::Firefox, Engine::WebKit].contains(&engine);
            let left_out: &[&str] = if others { &CHROMIUM_ALONE } else { &[] };
            let files = node(project, "tests/browser", rest, left_out)?;
            tests(&mut browser.configure(files))
        });
    }
    Ok(report.close())
}

/// Installs the tools, and beside it the engines.
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
            .unwrap_or_else(|_| bail!("the browsers' installation broke off"));
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
        "mend what rustc names",
    )
}

/// A command that passes or fails as a whole.
fn check(command: &mut Command, advice: &str) -> Result<TestCounts> {
    process::run(command, advice)?;
    Ok(TestCounts::PASSED)
}

/// A test runner, whose tests are counted.
fn tests(command: &mut Command) -> Result<TestCounts> {
    let mut counts = TestCounts::default();
    let status = process::run_with_lines(command, "", |line| counts.add_line(line))?;
    if counts == TestCounts::default() {
        println!("no test was run");
    }
    Ok(counts.checked(status.success()))
}

/// `node --test` with every `*.test.mjs` of a folder but those that are `left_out`, or with those that `rest` names.
fn node(project: &Project, folder: &str, rest: &[OsString], left_out: &[&str]) -> Result<Command> {
    let mut files: Vec<PathBuf> = fs::read_dir(project.root.join(folder))
        .with_context(|| format!("cannot read {folder}"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("{folder} has no *.test.mjs");
    }
    // A name of a file chooses it, everything else goes to the runner.
    let (chosen, options): (Vec<_>, Vec<_>) = rest
        .iter()
        .partition(|word| word.to_string_lossy().ends_with(".test.mjs"));
    if chosen.is_empty() {
        files.retain(|path| !left_out.iter().any(|name| path.ends_with(name)));
    } else {
        files.retain(|path| chosen.iter().any(|name| path.ends_with(name)));
    }
    let mut node = process::command(project, "node");
    node.args(["--test", "--test-reporter=spec", "--test-timeout=900000"])
        .args(options)
        .args(files);
    Ok(node)
}

/// The steps that were run, and what came of them.
#[derive(Default)]
struct Report {
    steps: Vec<(String, TestCounts, String)>,
}

impl Report {
    /// Runs a step and notes what came of it; an error is one failure, and told at once.
    fn step(&mut self, name: &str, work: impl FnOnce() -> Result<TestCounts>) {
        println!("\n━━ {name}");
        let stopwatch = Stopwatch::start();
        let counts = work().unwrap_or_else(|error| {
            println!("{error:#}");
            TestCounts::FAILED
        });
        let took = process::time(stopwatch.elapsed());
        println!("━━ {name}: {counts}, in {took}");
        self.steps.push((name.to_owned(), counts, took));
    }

    /// Prints the steps and the sum.
    fn close(self) -> ExitCode {
        let width = self
            .steps
            .iter()
            .map(|(name, ..)| name.chars().count())
            .max()
            .unwrap_or(0);
        println!();
        let mut sum = TestCounts::default();
        for (name, counts, took) in self.steps {
            let mark = if counts.failed == 0 { "✔" } else { "✘" };
            println!("{mark} {name:width$}  {counts}  ({took})");
            sum += counts;
        }
        println!("\n{sum}");
        if sum.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
