//! The steps of `cargo xtask test`: everything that CI runs. A failed step does not stop the others; the last line
//! has the numbers of passed and failed tests.
//!
//! Steps run in two lanes at the same time (`in_parallel`), since the machine has at least two processors: what only
//! needs cargo beside what needs the tools of `.tools/`. The tests in browsers come last, when nothing compiles: they
//! check times that a compiler would disturb. They are two lanes again, Chromium and the other engines; node_tests.rs
//! has the files of each engine.
//!
//! The tables of the pure core (`#[wasm_bindgen_test]`) run natively and, compiled to WebAssembly, in Chromium: no
//! engine has a WebAssembly of its own semantics. The boundary between WebAssembly and the page (tests/field.rs, tests/boundary.rs,
//! tests/setup_dom.rs), where engines do differ, runs in all three.

use std::ffi::OsString;
use std::process::{Command, ExitCode};
use std::thread;

use anyhow::{Result, bail};

use crate::browser::{self, Engine};
use crate::bundle;
use crate::crash;
use crate::disk;
use crate::hosts;
use crate::node_tests::{self, Selection, node};
use crate::postgres;
use crate::process::{self, Stopwatch};
use crate::project::Project;
use crate::python;
use crate::report::{Report, tests};
use crate::service_tests;
use crate::size;
use crate::test_report::TestCounts;
use crate::tools;

/// The names that `--only` takes. The tests in browsers are a part for each engine: `browser` is Chromium. `forms`
/// drives all forms of tests/forms in Chromium; the parts of the other engines drive a sample of them.
const PARTS: [&str; 8] = [
    "native", "wasm", "package", "hosts", "browser", "forms", "firefox", "webkit",
];

/// Test files that run at the same time, each with a browser of its own. A second lane of browsers beside it runs one:
/// more browsers than processors only wait for each other, and tests of times fail.
const FILES_AT_ONCE: usize = 2;

const CLIPPY_ADVICE: &str = "fix the warnings that clippy reports";

/// Runs the parts in `only`, or all; passes `rest` to their test runners.
///
/// # Errors
/// If `only` names an unknown part, or the disk has no room for all.
/// A failed step is not an error; it is counted and sets the exit code.
pub fn run(project: &Project, only: &[String], rest: &[OsString]) -> Result<ExitCode> {
    if let Some(unknown) = only.iter().find(|name| !PARTS.contains(&name.as_str())) {
        bail!(
            "unknown part `{unknown}`; --only takes {}",
            PARTS.join(", ")
        );
    }
    if only.is_empty() {
        disk::check(project)?;
    }
    let suite = Suite {
        project,
        only,
        rest,
        report: Report::default(),
    };
    let watch = Stopwatch::start();
    in_parallel(
        || suite.with_cargo(),
        || {
            suite.set_up();
            suite.package();
            suite.in_webassembly();
        },
    );
    in_parallel(
        || suite.in_browsers(&[Engine::Chrome]),
        || suite.in_browsers(&[Engine::Firefox, Engine::WebKit]),
    );
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

    /// Those of `ALL` engines in which a part of the tests runs. `chromium` is the part's name in Chromium.
    fn engines(&self, chromium: &str) -> Vec<Engine> {
        [chromium, "firefox", "webkit"]
            .into_iter()
            .zip(Engine::ALL)
            .filter_map(|(part, engine)| self.wants(part).then_some(engine))
            .collect()
    }

    /// The engines in which the end-to-end tests run.
    fn end_to_end(&self) -> Vec<Engine> {
        self.engines("browser")
    }

    /// The engines in which the forms of tests/forms are driven.
    fn forms(&self) -> Vec<Engine> {
        self.engines("forms")
    }

    fn set_up(&self) {
        let mut engines = if self.wants("wasm") {
            Engine::ALL.to_vec()
        } else {
            self.end_to_end()
        };
        if (self.wants("hosts") || self.wants("forms")) && !engines.contains(&Engine::Chrome) {
            engines.push(Engine::Chrome);
        }
        if self.wants("package") || !engines.is_empty() {
            self.report.step("set-up", || {
                set_up(self.project, &engines)?;
                Ok(TestCounts::PASSED)
            });
        }
    }

    /// Formatting, lints and native tests of the Rust sources, and the login service that the browser tests start.
    fn with_cargo(&self) {
        let cargo = |line: &str| cargo(self.project, line);
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
            self.report
                .step("the login service, with PostgreSQL and Exim", || {
                    service_tests::run(self.project)
                });
        }
        if !self.end_to_end().is_empty() {
            self.report.step("the login service", || {
                // After the native tests it is there; built by itself it would have other features of its dependencies,
                // and all of them would be compiled again.
                if self.wants("native") {
                    return check(
                        &mut cargo("test --workspace --no-run --locked"),
                        "mend the native tests",
                    );
                }
                build_server(self.project)?;
                Ok(TestCounts::PASSED)
            });
        }
    }

    /// The lints of the code that exists only in WebAssembly, and the tests that wasm-pack runs. Both need the set-up:
    /// it installs the target.
    fn in_webassembly(&self) {
        if self.wants("wasm") {
            self.report.step("clippy for WebAssembly", || {
                let line = "clippy --package todoita --lib --tests --locked \
                            --target wasm32-unknown-unknown --features field,guide,functions,host,setup \
                            -- --deny warnings";
                check(&mut cargo(self.project, line), CLIPPY_ADVICE)
            });
            for engine in Engine::ALL {
                self.report.step(
                    &format!("tests in WebAssembly, in {}", engine.name()),
                    || tests(&mut self.wasm_tests(engine)?),
                );
            }
        }
    }

    /// All tests in WebAssembly in Chromium, those of the boundary in the others.
    fn wasm_tests(&self, engine: Engine) -> Result<Command> {
        let mut command = browser::find(self.project, engine)?.wasm_pack(self.project)?;
        command
            .args("-- --config wasm-pack.toml".split(' '))
            .args("--features field,guide,functions,setup".split(' '));
        if engine != Engine::Chrome {
            command.args([
                "--test",
                "boundary",
                "--test",
                "field",
                "--test",
                "setup_dom",
            ]);
        }
        command.args(self.rest);
        Ok(command)
    }

    /// The build, its size, and the package: by itself and in other projects.
    fn package(&self) {
        let project = self.project;
        if ["package", "hosts", "forms"]
            .iter()
            .any(|part| self.wants(part))
            || !self.end_to_end().is_empty()
        {
            self.report.step("build", || {
                bundle::build(project, false)?;
                Ok(TestCounts::PASSED)
            });
        }
        if !self.forms().is_empty() {
            self.report.step("the libraries of the forms", || {
                hosts::install_forms(project)?;
                Ok(TestCounts::PASSED)
            });
        }
        if self.wants("package") {
            self.report.step("size", || size::check(project));
            self.report.step("the package", || {
                hosts::install_checks(project)?;
                tests(&mut node(
                    project,
                    "tests/package",
                    self.rest,
                    Selection::All,
                    FILES_AT_ONCE,
                )?)
            });
        }
        if self.wants("hosts") && self.rest.iter().all(|name| python::drives(name)) {
            self.report.step("in Python", || python::test(project));
        }
        if self.wants("hosts") {
            self.report.step("in other projects", || {
                let server = postgres::Server::start(project)?;
                hosts::install(project)?;
                let browser = browser::find(project, Engine::Chrome)?;
                let mut files = node(
                    project,
                    "tests/hosts",
                    self.rest,
                    Selection::All,
                    FILES_AT_ONCE,
                )?;
                files.env(postgres::URL, &server.url);
                tests(&mut browser.configure(files))
            });
            // The libraries that change a page's markup the most, in an engine with another handling of history.
            if self.wants("firefox") && self.rest.is_empty() {
                self.report.step("in other projects, in Firefox", || {
                    let browser = browser::find(project, Engine::Firefox)?;
                    let file = [OsString::from("hypermedia.test.mjs")];
                    let files = node(project, "tests/hosts", &file, Selection::All, FILES_AT_ONCE)?;
                    tests(&mut browser.configure(files))
                });
            }
        }
    }

    /// The end-to-end tests and the forms in some engines, one after another.
    fn in_browsers(&self, some: &[Engine]) {
        let parts = [
            (self.end_to_end(), "tests/browser", "in"),
            (self.forms(), "tests/forms", "forms, in"),
        ];
        for (engines, folder, title) in parts {
            if !node_tests::chooses(self.project, folder, self.rest) {
                continue;
            }
            for engine in engines.into_iter().filter(|it| some.contains(it)) {
                self.report.step(&format!("{title} {}", engine.name()), || {
                    let browser = browser::find(self.project, engine)?;
                    let selection = Selection::of(engine, self.only.is_empty());
                    let beside = engine != Engine::Chrome && self.wants("browser");
                    let at_once = if beside { 1 } else { FILES_AT_ONCE };
                    crash::tests(|rest| {
                        let rest = rest.unwrap_or(self.rest);
                        let files = node(self.project, folder, rest, selection, at_once)?;
                        Ok(browser.configure(files))
                    })
                });
            }
        }
    }
}

/// Prepares cargo for a line of arguments.
fn cargo(project: &Project, line: &str) -> Command {
    let mut cargo = process::cargo(project);
    cargo.args(line.split(' '));
    cargo
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
