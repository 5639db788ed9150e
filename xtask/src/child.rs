//! Running other programs: without a standard input, with the project's own tools first on PATH, and
//! with an advice for the case that they fail.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// `program`, to be run in the project's root.
pub fn command(project: &Project, program: impl AsRef<OsStr>) -> Command {
    let mut path: Vec<PathBuf> = vec![
        project.tools.join("bin"),
        project.tools.join("npm/node_modules/.bin"),
    ];
    if let Some(old) = std::env::var_os("PATH") {
        path.extend(std::env::split_paths(&old));
    }
    let mut command = Command::new(program);
    command.current_dir(&project.root).stdin(Stdio::null());
    if let Ok(path) = std::env::join_paths(path) {
        command.env("PATH", path);
    }
    command
}

/// The cargo that runs this program.
pub fn cargo(project: &Project) -> Command {
    command(
        project,
        std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
    )
}

/// Runs a command whose output the person sees.
///
/// # Errors
/// With `advice`, if it cannot be started or fails.
pub fn run(command: &mut Command, advice: &str) -> Result<()> {
    let status = command
        .status()
        .with_context(|| cannot_start(command, advice))?;
    succeeded(command, status, advice)
}

/// Runs a command in silence and returns what it wrote to its standard output.
///
/// # Errors
/// With `advice` and the last lines of what it wrote, if it cannot be started or fails.
pub fn output(command: &mut Command, advice: &str) -> Result<String> {
    let output = command
        .output()
        .with_context(|| cannot_start(command, advice))?;
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let both = format!("{out}{}", String::from_utf8_lossy(&output.stderr));
        let lines: Vec<&str> = both.lines().collect();
        let last = lines[lines.len().saturating_sub(30)..].join("\n  ");
        bail!("{}\n  {last}\n{advice}", failed(command, output.status));
    }
    Ok(out)
}

/// Runs a command whose output the person sees, and hands each line of its standard output on.
/// A status of failure is the caller's to judge.
///
/// # Errors
/// With `advice`, if it cannot be started.
pub fn watch(
    command: &mut Command,
    advice: &str,
    mut each: impl FnMut(&str),
) -> Result<ExitStatus> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| cannot_start(command, advice))?;
    let pipe: Option<Box<dyn Read>> = child
        .stdout
        .take()
        .map(|out| Box::new(out) as Box<dyn Read>);
    for line in BufReader::new(pipe.unwrap_or_else(|| Box::new(std::io::empty()))).split(b'\n') {
        let line = line.context("reading its output")?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        std::io::stdout().flush().ok();
        each(&line);
    }
    child.wait().context("waiting for its end")
}

/// An error with `advice` unless `status` is a success.
///
/// # Errors
/// See above.
pub fn succeeded(command: &Command, status: ExitStatus, advice: &str) -> Result<()> {
    if !status.success() {
        bail!("{}\n{advice}", failed(command, status));
    }
    Ok(())
}

fn cannot_start(command: &Command, advice: &str) -> String {
    format!(
        "`{}` cannot be started\n{advice}",
        command.get_program().to_string_lossy()
    )
}

fn failed(command: &Command, status: ExitStatus) -> String {
    let program = PathBuf::from(command.get_program());
    let mut line = program
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    format!("`{line}` failed ({status})")
}

/// A watch for the steps that a person waits for.
pub struct Watch(Instant);

impl Watch {
    /// Starts it.
    #[expect(
        clippy::disallowed_methods,
        reason = "the commands say how long their steps took"
    )]
    pub fn start() -> Watch {
        Watch(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// A span of time for people: `0.4 s`, `12 s`, `3 min 05 s`.
pub fn time(span: Duration) -> String {
    let seconds = span.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", span.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}
