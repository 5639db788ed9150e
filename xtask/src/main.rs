//! The project's commands: `cargo xtask <command>`.

mod browser; // the browser and its driver
mod bundle; // the widget and the npm modules, built and measured
mod child; // running other programs
mod hosts; // the checks and the hosts of the npm package
mod project; // where things are
mod size; // the size of what is shipped, and its budget
mod suite; // everything CI runs
mod tally; // what passed and what failed
mod tools; // what the project needs, installed into `.tools/`

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use project::Project;

const HELP: &str = "\
The project's commands. What they need they install first, into .tools/; nothing global.

cargo xtask <command>
  demo                  build the widget and start the login service with its demo users on
                        127.0.0.1:8080, or the next free port   [--listen ADDRESS:PORT]
  test                  everything CI runs; the last line counts what passed and failed
                        [--only native|wasm|package|hosts|browser, repeatable] [-- ARGUMENTS FOR THE RUNNER]
  build                 build www/dist and print each shipped file's size and SRI hash
                        [--force: also what is up to date]
  shots                 photograph the widget's states into target/shots, to look at
                        [-- WORDS THAT A SHOT'S NAME MUST HOLD]
  bench                 the figures of docs/performance.md, native and in Node
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
        "bench" => bench(&project)?,
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
            Value(word) if matches!(name, "test" | "shots") => options.rest.push(word),
            other => {
                return Err(other.unexpected())
                    .with_context(|| format!("`cargo xtask {name}`; --help lists what it takes"));
            }
        }
    }
    Ok(options)
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
    let browser = browser::install()?;
    tools::install(project)?;
    bundle::build(project, false)?;
    suite::build_server(project)?;
    child::run(
        browser
            .name_to(child::command(project, "node"))
            .arg("tests/browser/shots.mjs")
            .args(names),
        "the state that could not be photographed is named above",
    )
}

fn bench(project: &Project) -> Result<()> {
    tools::install(project)?;
    bundle::build(project, false)?;
    child::run(
        child::cargo(project).args(["bench", "--package", "todoita", "--bench", "verify_totp"]),
        "the native benchmark is benches/verify_totp.rs",
    )?;
    child::run(
        child::command(project, "node").arg("benches/verify_totp.mjs"),
        "the benchmark in Node is benches/verify_totp.mjs",
    )
}
