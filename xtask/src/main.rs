//! The project's commands: `cargo xtask <command>`.

mod audit; // licences, sources and known weaknesses of the dependencies
mod bench; // the figures of docs/performance.md
mod browser; // the browsers and their drivers
mod bundle; // builds the widget and the npm modules
mod fuzz; // runs the fuzz targets
mod hosts; // npm dependencies of tests/package and tests/hosts
mod mutants; // runs cargo-mutants and compares the survivors with tests/mutants.txt
mod process; // runs other programs
mod project; // paths of the checkout
mod size; // the size of the shipped files, and their budgets
mod suite; // the steps of `cargo xtask test`
mod test_report; // counts passed and failed tests
mod tools; // installs the tools into `.tools/`
mod words; // finds retired words

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use browser::Engine;
use project::Project;

const HELP: &str = "\
The project's commands. Missing tools are installed into .tools/ first; nothing is installed globally.

Usage: cargo xtask <command> [options]

  demo                  build the widget and start the login service with demo users on
                        127.0.0.1:8080, or on the next free port
                          --listen ADDRESS:PORT   listen there instead
  test                  run everything that CI runs, and print the number of passed and failed tests
                          --only PART             native, wasm, package, hosts, browser (Chromium),
                                                  firefox or webkit; may be repeated
                          -- ARGUMENTS            passed on to the test runners, for example a file
                                                  name: -- typing.test.mjs
  build                 build www/dist, and print the size and the SRI hash of each shipped file
                          --force                 rebuild parts that are up to date, too
  screenshots           photograph the widget in each of its states into target/screenshots
                          -- WORDS                only those whose names contain these words
  bench                 measure the verifier, natively and in Node (docs/performance.md)
  bench widget          compare the field with other widgets in a browser, and write the tables of
                        docs/performance.md
                          --quick                 a short run that writes nothing
  audit                 check licences, sources and lock files of the dependencies
                          --advisories            and known vulnerabilities, over the network
  fuzz [TARGET …]       run the fuzz targets, a minute each
                          --seconds N             run each for N seconds
  mutants [MODULE …]    check that the tests notice small changes to the code (mutation testing) of
                        policy, phone, otp, guide and code; takes hours, and can be run in parts
                          --again                 try the mutants that were caught before, too
  words [FOLDER …]      list the uses of retired words (tests/retired-words.txt), and their number in
                        each folder
                          --at REVISION           in a revision of git instead of the checkout
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
        listen,
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
        "demo" => demo(&project, listen.as_deref())?,
        "test" => return suite::run(&project, &only, &rest),
        "screenshots" => screenshots(&project, &rest)?,
        "bench" => bench::run(&project, &rest)?,
        "audit" => audit::run(&project, advisories)?,
        "fuzz" => fuzz::run(&project, &names(rest)?, seconds.unwrap_or(60))?,
        "mutants" => return mutants::run(&project, &names(rest)?, again),
        "words" => return words::run(&project, revision.as_deref(), &names(rest)?),
        _ => bail!("unknown command `{name}`; `cargo xtask --help` lists the commands"),
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Default)]
struct Options {
    help: bool,
    force: bool,
    listen: Option<String>,
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
                options.listen = Some(arguments.value()?.string()?);
            }
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
                    "test" | "screenshots" | "bench" | "fuzz" | "mutants" | "words"
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

/// Builds everything and runs the login service in the foreground, until Ctrl+C.
fn demo(project: &Project, listen: Option<&str>) -> Result<()> {
    tools::install(project)?;
    bundle::build(project, false)?;
    let address = match listen {
        Some(address) => address.to_owned(),
        None => free_address()?,
    };
    println!("· building the login service (the first build takes some minutes)");
    suite::build_server(project)?;
    println!("· starting the login service; Ctrl+C stops it");
    let data = project.target.join("demo");
    process::run(
        process::cargo(project)
            .args("run --quiet --locked --package todoita-server --".split(' '))
            .args(["--demo", "--listen", &address, "--assets", "www", "--data"])
            .arg(data),
        "the login service has stopped; its message above has the reason",
    )
}

/// 127.0.0.1 with port 8080, or the first free port after it.
fn free_address() -> Result<String> {
    const FIRST: u16 = 8080;
    for port in FIRST..FIRST + 50 {
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            if port != FIRST {
                println!("· port {FIRST} is in use: using {port}");
            }
            return Ok(format!("127.0.0.1:{port}"));
        }
    }
    bail!(
        "no free port from {FIRST} on; choose one with `cargo xtask demo --listen 127.0.0.1:PORT`"
    )
}

fn screenshots(project: &Project, names: &[OsString]) -> Result<()> {
    browser::install(&[Engine::Chrome])?;
    tools::install(project)?;
    bundle::build(project, false)?;
    suite::build_server(project)?;
    process::run(
        browser::find(project, Engine::Chrome)?
            .configure(process::command(project, "node"))
            .arg("tests/browser/screenshots.mjs")
            .args(names),
        "the output above names the state that could not be photographed",
    )
}
