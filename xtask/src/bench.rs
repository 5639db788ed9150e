//! `cargo xtask bench`: the figures of docs/performance.md.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::browser::{self, Engine};
use crate::bundle;
use crate::postgres;
use crate::process;
use crate::project::Project;
use crate::tools;

/// Runs the benchmark `widget`, `login` or `server`, or without a name the one of the verifier, natively and in Node.
///
/// # Errors
/// If there is no benchmark of that name, or it fails.
pub fn run(project: &Project, names: &[OsString]) -> Result<()> {
    if names.first().is_some_and(|name| name == "login") {
        return login(project);
    }
    if names.first().is_some_and(|name| name == "server") {
        return server(project, &names[1..]);
    }
    tools::install(project)?;
    bundle::build(project, false)?;
    match names.first().map(|name| name.to_string_lossy()).as_deref() {
        None => verifying(project),
        Some("widget") => widget(project, &names[1..]),
        Some(name) => {
            bail!("unknown benchmark `{name}`; usage: `cargo xtask bench [widget|login|server]`")
        }
    }
}

/// The login service under load. It needs no files of the widget.
fn login(project: &Project) -> Result<()> {
    let mut bench = process::cargo(project);
    bench.args(["bench", "--package", "todoita-server", "--bench", "login"]);
    process::run(&mut bench, "the benchmark is in server/benches/login.rs")
}

/// The login service with each database: all parts of the benchmark, or those that are named.
fn server(project: &Project, parts: &[OsString]) -> Result<()> {
    let server = postgres::Server::start_durable(project)?;
    let pgbench =
        postgres::program("pgbench").context("PostgreSQL has no pgbench on this machine")?;
    // Each connection is an open file: the limit is raised as far as the system allows.
    let mut bench = process::command(project, "sh");
    bench
        .args(["-c", "ulimit -n \"$(ulimit -Hn)\"; exec \"$0\" \"$@\""])
        .arg(process::cargo(project).get_program())
        .args("bench --package todoita-server --bench verification --".split(' '))
        .args(parts)
        .env("TODOITA_BENCH_POSTGRES", &server.url)
        .env("TODOITA_BENCH_PGBENCH", pgbench);
    process::run(
        &mut bench,
        "the benchmark is in server/benches/verification",
    )
}

fn verifying(project: &Project) -> Result<()> {
    let mut native = process::cargo(project);
    native.args(["bench", "--package", "todoita", "--bench", "verify_totp"]);
    match liboath(project) {
        Ok(program) => {
            native.env("LIBOATH", program);
        }
        Err(_) => println!("measuring without liboath; `apt-get install liboath-dev` installs it"),
    }
    process::run(
        &mut native,
        "the native benchmark is in benches/verify_totp.rs",
    )?;
    process::run(
        process::command(project, "node").arg("benches/verify_totp.mjs"),
        "the benchmark in Node is in benches/verify_totp.mjs",
    )
}

/// Builds the program that measures liboath, for comparison.
fn liboath(project: &Project) -> Result<PathBuf> {
    let folder = project.target.join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let program = folder.join("liboath");
    process::output(
        process::command(project, "cc")
            .args(["-O2", "-o"])
            .arg(&program)
            .args(["benches/liboath.c", "-loath"]),
        "",
    )?;
    Ok(program)
}

/// Compares the field with other widgets, in Chromium.
fn widget(project: &Project, options: &[OsString]) -> Result<()> {
    browser::install(&[Engine::Chrome])?;
    let from = project.root.join("benches/widget");
    tools::npm_ci(
        project,
        &from,
        "peers",
        "the widgets for comparison",
        &["--ignore-scripts"],
    )?;
    let browser = browser::find(project, Engine::Chrome).context("the benchmark needs Chromium")?;
    process::run(
        browser
            .configure(process::command(project, "node"))
            .arg("benches/widget/widget.mjs")
            .args(options),
        "the benchmark is in benches/widget/widget.mjs",
    )
}
