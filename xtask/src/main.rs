//! The project's commands: `cargo xtask <command>`.

mod audit; // what the project depends on
mod bench; // the figures of docs/performance.md
mod browser; // the browsers and their drivers
mod bundle; // the widget and the npm modules, built and measured
mod child; // running other programs
mod fuzz; // whatever a fuzzer thinks of
mod hosts; // the checks and the hosts of the npm package
mod mutants; // faults that a test has to notice
mod project; // where things are
mod size; // the size of what is shipped, and its budget
mod suite; // everything CI runs
mod tally; // what passed and what failed
mod tools; // what the project needs, installed into `.tools/`

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use browser::Engine;
use project::Project;

const HELP: &str = "\
The project's commands. What they need they install first, into .tools/; nothing global.

cargo xtask <command>
  demo                  build the widget and start the login service with its demo users on
                        127.0.0.1:8080, or the next free port   [--listen ADDRESS:PORT]
  test                  everything CI runs; the last line counts what passed and failed
                        [--only native|wasm|package|hosts|browser|firefox|webkit, repeatable] [-- ARGUMENTS
                        FOR THE RUNNER]; wasm runs in all three engines, browser is Chromium
  build                 build www/dist and print each shipped file's size and SRI hash
                        [--force: also what is up to date]
  shots                 photograph the widget's states into target/shots, to look at
                        [-- WORDS THAT A SHOT'S NAME MUST HOLD]
  bench                 verifying, native and in Node (docs/performance.md)
  bench widget          the field beside its peers, in a browser; writes the tables of
                        docs/performance.md   [--quick: a look, nothing is written]
  audit                 what is depended on: licences, sources, locks
                        [--advisories: and known weaknesses, over the network]
  fuzz                  look for inputs that break the properties of fuzz/properties.rs, a minute a target
                        [TARGET …] [--seconds N]
  mutants               put faults into the sources that some test has to notice; hours, in parts
                        [policy phone otp guide code] [--again: also those noticed before]
  setup                 only install what is missing
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
        "shots" => shots(&project, &rest)?,
        "bench" => bench::run(&project, &rest)?,
        "audit" => audit::run(&project, advisories)?,
        "fuzz" => fuzz::run(&project, &words(rest)?, seconds.unwrap_or(60))?,
        "mutants" => return mutants::run(&project, &words(rest)?, again),
        _ => bail!("there is no command `{name}`: `cargo xtask --help` lists them"),
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
    rest: Vec<OsString>,
}

/// Reads the options of the command called `name`; one that belongs to another command is an error.
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
            Value(word) if matches!(name, "test" | "shots" | "bench" | "fuzz" | "mutants") => {
                options.rest.push(word)
            }
            other => {
                return Err(other.unexpected())
                    .with_context(|| format!("`cargo xtask {name}`; --help lists what it takes"));
            }
        }
    }
    Ok(options)
}

/// Names, as text.
fn words(rest: Vec<OsString>) -> Result<Vec<String>> {
    rest.into_iter().map(|word| Ok(word.string()?)).collect()
}

/// Builds all and runs the login service in the foreground, until Ctrl+C.
fn demo(project: &Project, listen: Option<&str>) -> Result<()> {
    tools::install(project)?;
    bundle::build(project, false)?;
    let address = match listen {
        Some(address) => address.to_owned(),
        None => free_address()?,
    };
    println!("· the login service: building it (the first time takes some minutes)");
    suite::build_server(project)?;
    println!("· the login service: starting it; Ctrl+C ends it");
    let data = project.target.join("demo");
    child::run(
        child::cargo(project)
            .args("run --quiet --locked --package todoita-server --".split(' '))
            .args(["--demo", "--listen", &address, "--assets", "www", "--data"])
            .arg(data),
        "its own message above says why the login service ended",
    )
}

/// 127.0.0.1 with port 8080, or with the first free port after it.
fn free_address() -> Result<String> {
    const FIRST: u16 = 8080;
    for port in FIRST..FIRST + 50 {
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            if port != FIRST {
                println!("· port {FIRST} is taken: using {port}");
            }
            return Ok(format!("127.0.0.1:{port}"));
        }
    }
    bail!("no free port from {FIRST} on: name one with `cargo xtask demo --listen 127.0.0.1:PORT`")
}

fn shots(project: &Project, names: &[OsString]) -> Result<()> {
    browser::install(&[Engine::Chrome])?;
    tools::install(project)?;
    bundle::build(project, false)?;
    suite::build_server(project)?;
    child::run(
        browser::find(project, Engine::Chrome)?
            .name_to(child::command(project, "node"))
            .arg("tests/browser/shots.mjs")
            .args(names),
        "the state that could not be photographed is named above",
    )
}
