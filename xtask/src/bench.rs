//! `cargo xtask bench`: the figures of docs/performance.md.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::browser::{self, Engine};
use crate::bundle;
use crate::child;
use crate::project::Project;
use crate::tools;

/// Runs the benchmark named: `widget`, or none for verifying, native and in Node.
///
/// # Errors
/// If there is none of that name, or it fails.
pub fn run(project: &Project, names: &[OsString]) -> Result<()> {
    tools::install(project)?;
    bundle::build(project, false)?;
    match names.first().map(|name| name.to_string_lossy()).as_deref() {
        None => verifying(project),
        Some("widget") => widget(project, &names[1..]),
        Some(name) => bail!("there is no benchmark `{name}`: `cargo xtask bench [widget]`"),
    }
}

fn verifying(project: &Project) -> Result<()> {
    let mut native = child::cargo(project);
    native.args(["bench", "--package", "todoita", "--bench", "verify_totp"]);
    match liboath(project) {
        Ok(program) => {
            native.env("LIBOATH", program);
        }
        Err(_) => println!("without liboath: `apt-get install liboath-dev` brings it"),
    }
    child::run(
        &mut native,
        "the native benchmark is benches/verify_totp.rs",
    )?;
    child::run(
        child::command(project, "node").arg("benches/verify_totp.mjs"),
        "the benchmark in Node is benches/verify_totp.mjs",
    )
}

/// liboath's side of the native benchmark, built.
fn liboath(project: &Project) -> Result<PathBuf> {
    let folder = project.target.join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let program = folder.join("liboath");
    child::output(
        child::command(project, "cc")
            .args(["-O2", "-o"])
            .arg(&program)
            .args(["benches/liboath.c", "-loath"]),
        "",
    )?;
    Ok(program)
}

/// The field beside its peers, in Chromium.
fn widget(project: &Project, options: &[OsString]) -> Result<()> {
    browser::install(&[Engine::Chrome])?;
    let from = project.root.join("benches/widget");
    tools::npm_ci(project, &from, "peers", "the peers", &["--ignore-scripts"])?;
    let browser = browser::find(project, Engine::Chrome).context("the benchmark's browser")?;
    child::run(
        browser
            .name_to(child::command(project, "node"))
            .arg("benches/widget/widget.mjs")
            .args(options),
        "the benchmark is benches/widget/widget.mjs",
    )
}
