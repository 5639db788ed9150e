//! The project's commands: `cargo xtask <command>`.

mod audit; // licences, sources and known weaknesses of the dependencies
mod balancer; // spreads connections over servers
mod bench; // the figures of docs/performance.md
mod browser; // the browsers and their drivers
mod bundle; // builds the widget and the npm modules
mod crash; // test files whose browser crashed run once more
mod demo; // the login service with demo users
mod disk; // the room that the tests need
mod exim; // the mail server of the tests of mail
mod fuzz; // runs the fuzz targets
mod hosts; // npm dependencies of tests/package and tests/hosts
mod language; // checks the sentences of a language
mod mutants; // runs cargo-mutants and compares the survivors with tests/mutants.txt
mod node_tests; // the test files that `node --test` runs, by engine
mod postgres; // a PostgreSQL server of the tests' own
mod process; // runs other programs
mod project; // paths of the checkout
mod python; // the Python package and todoita.wasm
mod release; // the files of a release
mod report; // the results of the steps
mod service_tests; // the tests of the login service with PostgreSQL and Exim
mod size; // the size of the shipped files, and their budgets
mod suite; // the steps of `cargo xtask test`
mod systemd; // the login service under a real systemd
mod temporary; // the temporary files of a command
mod test_report; // counts passed and failed tests
mod tools; // installs the tools into `.tools/`
mod words; // finds retired words

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use browser::Engine;
use process::Stopwatch;
use project::Project;
use report::Report;

const HELP: &str = "\
The project's commands. Missing tools are installed into .tools/ first; nothing is installed globally.

Usage: cargo xtask <command> [options]

  demo                  build the widget and start the login service with demo users on
                        127.0.0.1:8080, or on the next free port
                          --listen ADDRESS:PORT   listen there instead
                          --postgres              two nodes behind a proxy, with a PostgreSQL of their own
                          --no-build              start what was built before
  test                  run everything that CI runs, and print the number of passed and failed tests
                          --only PART             native, wasm, package, hosts, browser (Chromium), forms
                                                  (Chromium), firefox or webkit; may be repeated
                          -- ARGUMENTS            passed on to the test runners, for example a file
                                                  name: -- typing.test.mjs
  build                 build www/dist, and print the size and the SRI hash of each shipped file
                          --force                 rebuild parts that are up to date, too
  screenshots (shots)   photograph the widget in each of its states into target/screenshots
                          -- WORDS                only those whose names contain these words
  film                  make docs/images/film.png, the film of the README, from the first page
  minutes [SYSTEM …]    measure how long each page of docs/integrations takes from an empty folder to the
                        first sign-in, and print the rows of its table; needs the network
  bench                 measure the verifier, natively and in Node (docs/performance.md)
  bench widget          compare the field with other widgets in a browser, and write the tables of
                        docs/performance.md
                          --quick                 a short run that writes nothing
  bench server [PART …] measure the login service with each database: verifications, nodes, rows, idle
                        (docs/performance.md)
  bench login           measure the login service under load; fails where a limit of SECURITY.md does not hold
  faults                stop nodes of the login service in the middle of sign-ins, a hundred times with each
                        database, and check that nothing is lost or accepted twice
  systemd               boot Debian in a virtual machine and check the service there under systemd: its sandbox,
                        restarts, stops, a power cut (docs/operating.md)
  audit                 check licences, sources and lock files of the dependencies
                          --advisories            and known vulnerabilities, over the network
  fuzz [TARGET …]       run the fuzz targets, a minute each
                          --seconds N             run each for N seconds
  mutants [MODULE …]    check that the tests notice small changes to the code (mutation testing) of
                        policy, phone, otp, guide and code; takes hours, and can be run in parts
                          --again                 try the mutants that were caught before, too
  release               write the npm package, an archive of the files that a site serves, the list of
                        components and their sums into target/release-files
  words [FOLDER …]      list the uses of retired words (tests/retired-words.txt), and their number in
                        each folder
                          --at REVISION           in a revision of git instead of the checkout
  language LANG         check the sentences of a language (docs/translating.md)
  setup                 only install the missing tools
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("\nerror: {failure:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let project = Project::find()?;
    let mut arguments = lexopt::Parser::from_env();
    let name = match arguments.next()? {
        Some(Value(name)) => name.string()?,
        None | Some(Short('h') | Long("help")) => "help".to_owned(),
        Some(other) => return Err(other.unexpected().into()),
    };
    let Options {
        force,
        demo,
        only,
        rest,
        help,
        seconds,
        again,
        advisories,
        revision,
    } = options(&name, arguments)?;
    if help || name == "help" {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    match name.as_str() {
        "setup" => tools::install(&project)?,
        "build" => {
            tools::install(&project)?;
            bundle::build(&project, force)?;
            size::print(&size::measure(&project)?);
        }
        "demo" => demo::run(&project, &demo)?,
        "test" => return suite::run(&project, &only, &rest),
        "screenshots" | "shots" => drive(&project, "tests/browser/screenshots.mjs", &rest)?,
        "film" => drive(&project, "tests/browser/film.mjs", &[])?,
        "minutes" => {
            prepare_chromium(&project)?;
            in_chromium(&project, "tests/hosts/minutes.mjs", &rest)?;
        }
        "bench" => bench::run(&project, &rest)?,
        "faults" => {
            let report = Report::default();
            let watch = Stopwatch::start();
            report.step("faults", || service_tests::faults(&project));
            return Ok(report.close(watch.elapsed()));
        }
        "systemd" => {
            let report = Report::default();
            let watch = Stopwatch::start();
            report.step("systemd", || systemd::run(&project));
            return Ok(report.close(watch.elapsed()));
        }
        "release" => release::run(&project)?,
        "audit" => audit::run(&project, advisories)?,
        "fuzz" => fuzz::run(&project, &names(rest)?, seconds.unwrap_or(60))?,
        "mutants" => return mutants::run(&project, &names(rest)?, again),
        "language" => match names(rest)?.as_slice() {
            [language] => return language::run(&project, language),
            _ => bail!("`cargo xtask language` takes one language, such as ko"),
        },
        "words" => return words::run(&project, revision.as_deref(), &names(rest)?),
        _ => bail!("unknown command `{name}`; `cargo xtask --help` lists the commands"),
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Default)]
struct Options {
    help: bool,
    force: bool,
    demo: demo::Options,
    only: Vec<String>,
    seconds: Option<u32>,
    again: bool,
    advisories: bool,
    revision: Option<String>,
    rest: Vec<OsString>,
}

/// Parses the options of the command `name`. An option of another command is an error.
fn options(name: &str, mut arguments: lexopt::Parser) -> Result<Options> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Short('h') | Long("help") => options.help = true,
            Long("force") if name == "build" => options.force = true,
            Long("listen") if name == "demo" => {
                options.demo.listen = Some(arguments.value()?.string()?);
            }
            Long("postgres") if name == "demo" => options.demo.postgres = true,
            Long("no-build") if name == "demo" => options.demo.is_built = true,
            Long("only") if name == "test" => options.only.push(arguments.value()?.string()?),
            Long("seconds") if name == "fuzz" => {
                options.seconds = Some(arguments.value()?.parse()?)
            }
            Long("quick") if name == "bench" => options.rest.push("--quick".into()),
            Long("advisories") if name == "audit" => options.advisories = true,
            Long("again") if name == "mutants" => options.again = true,
            Long("at") if name == "words" => {
                options.revision = Some(arguments.value()?.string()?);
            }
            Value(word)
                if matches!(
                    name,
                    "test"
                        | "screenshots"
                        | "shots"
                        | "minutes"
                        | "bench"
                        | "fuzz"
                        | "mutants"
                        | "words"
                        | "language"
                ) =>
            {
                options.rest.push(word)
            }
            other => {
                return Err(other.unexpected()).with_context(|| {
                    format!("`cargo xtask {name}`: `cargo xtask --help` lists its options")
                });
            }
        }
    }
    Ok(options)
}

/// Converts positional arguments to text.
fn names(rest: Vec<OsString>) -> Result<Vec<String>> {
    rest.into_iter().map(|word| Ok(word.string()?)).collect()
}

/// Builds the widget and the login service, and runs a program of the tests that drives Chromium.
fn drive(project: &Project, program: &str, names: &[OsString]) -> Result<()> {
    prepare_chromium(project)?;
    suite::build_server(project)?;
    in_chromium(project, program, names)
}

/// Installs Chromium and the tools, and builds the widget.
fn prepare_chromium(project: &Project) -> Result<()> {
    browser::install(&[Engine::Chrome])?;
    tools::install(project)?;
    bundle::build(project, false)
}

fn in_chromium(project: &Project, program: &str, names: &[OsString]) -> Result<()> {
    process::run(
        browser::find(project, Engine::Chrome)?
            .configure(process::command(project, "node"))
            .arg(program)
            .args(names),
        "the output above names what failed",
    )
}
