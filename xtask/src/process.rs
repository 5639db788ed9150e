//! Runs other programs: without standard input, with the project's tools first on PATH, with a temporary folder that goes
//! when the command ends, and with advice for the person where they fail.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// Prepares `program` to run in the project's root.
pub fn command(project: &Project, program: impl AsRef<OsStr>) -> Command {
    let mut path: Vec<PathBuf> = vec![
        project.tools.join("bin"),
        project.tools.join("npm/node_modules/.bin"),
    ];
    if let Some(old) = std::env::var_os("PATH") {
        path.extend(std::env::split_paths(&old));
    }
    let mut command = Command::new(program);
    command
        .current_dir(&project.root)
        .env("TMPDIR", project.temporary.path())
        .stdin(Stdio::null());
    // A run of CI compiles once: what makes the next compilation faster would only take room.
    if std::env::var_os("CI").is_some() {
        command.env("CARGO_INCREMENTAL", "0");
    }
    if let Ok(path) = std::env::join_paths(path) {
        command.env("PATH", path);
    }
    command
}

/// Prepares the cargo that runs this program.
pub fn cargo(project: &Project) -> Command {
    command(
        project,
        std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
    )
}

/// Runs a command; its output goes to the terminal.
///
/// # Errors
/// If it cannot be started or fails; the error has `advice`.
pub fn run(command: &mut Command, advice: &str) -> Result<()> {
    let status = command
        .status()
        .with_context(|| cannot_start(command, advice))?;
    succeeded(command, status, advice)
}

/// Runs a command without showing its output, and returns its standard output.
///
/// # Errors
/// If it cannot be started or fails; the error has the last lines of its output, and `advice`.
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

/// Runs a command, prints each line of its standard output and passes it to `each`. Returns the exit status,
/// also of a command that failed.
///
/// # Errors
/// If it cannot be started; the error has `advice`.
pub fn run_with_lines(
    command: &mut Command,
    advice: &str,
    mut each: impl FnMut(&str),
) -> Result<ExitStatus> {
    let mut running = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| cannot_start(command, advice))?;
    let pipe: Option<Box<dyn Read>> = running
        .stdout
        .take()
        .map(|out| Box::new(out) as Box<dyn Read>);
    for line in BufReader::new(pipe.unwrap_or_else(|| Box::new(std::io::empty()))).split(b'\n') {
        let line = line.context("reading the output of a program")?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        std::io::stdout().flush().ok();
        each(&line);
    }
    running.wait().context("waiting for a program to end")
}

/// Converts the exit status of `command` to a result.
///
/// # Errors
/// If `status` is not a success; the error has `advice`.
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

/// Measures how long a step takes.
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts measuring.
    #[expect(
        clippy::disallowed_methods,
        reason = "the commands report how long their steps took"
    )]
    pub fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Formats a span of time: `0.4 s`, `12 s`, `3 min 05 s`.
pub fn time(span: Duration) -> String {
    let seconds = span.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", span.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}
