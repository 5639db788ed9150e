//! The Python package, its Django app, and `todoita.wasm` for programs in any language: built and tested.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::browser;
use crate::process;
use crate::project::{self, Project};
use crate::report::{Outcome, tests};
use crate::tools;

const TARGET: &str = "wasm32-unknown-unknown";
/// The packages of the virtual environment, all pinned.
const REQUIREMENTS: &str = "python/requirements.txt";
/// The files of tests/hosts that drive the installed wheel in a browser.
const BROWSER_TESTS: [&str; 2] = ["django.test.mjs", "flask-security.test.mjs"];
/// Where the wheel of a release is built. Always the same folder, since cargo derives the names of symbols, and with them the order of
/// functions, from the path of a package.
const RELEASE_SOURCES: &str = "/tmp/todoita-wheel";
const NETWORK: &str =
    "check the network and run the same command again; finished steps are not repeated";
const ADVICE: &str = "fix the errors that rustc reports";
const NO_VENV: &str = "install Python 3.9 or newer with its module venv; on Debian or Ubuntu, as root: \
                       apt-get install python3-venv";

/// Whether a file of tests/hosts needs the virtual environment.
pub fn drives(file: &OsStr) -> bool {
    BROWSER_TESTS.iter().any(|name| file == *name)
}

/// Builds `todoita.wasm` and the wheel, installs the wheel in a virtual environment, and runs their tests in Python and in Node.
/// `BROWSER_TESTS` need this environment.
///
/// # Errors
/// If something does not compile, or a package cannot be installed. A failed test is counted.
pub fn test(project: &Project) -> Result<Outcome> {
    let mut format = process::cargo(project);
    format.args("fmt --check --manifest-path python/Cargo.toml".split(' '));
    process::run(&mut format, "run `cargo fmt` in python")?;
    environment(project)?;
    wasm(project)?;
    install(project)?;
    let mut outcome = tests(python(project).args(["-m", "pytest", "-q", "python"]))?;
    let mut node = process::command(project, "node");
    node.args([
        "--test",
        "--test-reporter=spec",
        "tests/wasm-abi/abi.test.mjs",
    ]);
    let abi = tests(&mut node)?;
    outcome.counts += abi.counts;
    outcome.failed.extend(abi.failed);
    Ok(outcome)
}

/// Builds `target/wasm-abi/todoita.wasm` (docs/wasm-abi.md).
///
/// # Errors
/// If it does not compile, or imports something.
pub fn wasm(project: &Project) -> Result<()> {
    let folder = project.target.join("wasm-abi");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut build = process::cargo(project);
    build
        .args("rustc --package todoita --lib --crate-type cdylib --release --locked".split(' '))
        .args(["--target", TARGET, "--config", "wasm-pack.toml"])
        .args(["--features", "host"]);
    tools::step("building todoita.wasm", || {
        process::output(&mut build, ADVICE)?;
        let built = project.target.join(TARGET).join("release/todoita.wasm");
        let mut tool = process::command(project, "node");
        tool.arg("xtask/tools/host.mjs")
            .args([built, folder.join("todoita.wasm")])
            .args(["-O3", "--strip-producers"]);
        process::output(&mut tool, ADVICE)
    })
}

/// The folder of the virtual environment.
fn folder(project: &Project) -> PathBuf {
    project.tools.join("python")
}

fn program(project: &Project, name: &str) -> Command {
    process::command(project, folder(project).join("bin").join(name))
}

fn python(project: &Project) -> Command {
    program(project, "python")
}

/// Makes the virtual environment, unless it is there with the pinned packages.
fn environment(project: &Project) -> Result<()> {
    let requirements = project::read(&project.root.join(REQUIREMENTS))?;
    let stamp = folder(project).join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == requirements) {
        return Ok(());
    }
    tools::step("a virtual environment of Python, and pip install", || {
        let create = || {
            let mut venv = process::command(project, "python3");
            venv.args(["-m", "venv", "--clear"]).arg(folder(project));
            process::output(&mut venv, NO_VENV)
        };
        if create().is_err() && browser::is_root() {
            // Debian has the module in a package of its own.
            browser::apt_install(&["python3-venv"], NO_VENV)?;
        }
        create()?;
        pip(project, ["-r".as_ref(), REQUIREMENTS.as_ref()])?;
        project::write(&stamp, &requirements)
    })
}

fn pip<const N: usize>(project: &Project, arguments: [&OsStr; N]) -> Result<String> {
    let mut pip = python(project);
    pip.args("-m pip install --quiet --disable-pip-version-check --no-compile".split(' '))
        .args(arguments);
    process::output(&mut pip, NETWORK)
}

/// Builds the wheel, the source distribution and `todoita.wasm` for a release into `folder`.
///
/// # Errors
/// If something does not compile.
pub fn release(project: &Project, folder: &Path, version: &str) -> Result<()> {
    environment(project)?;
    wasm(project)?;
    let module = folder.join(format!("todoita-{version}.wasm"));
    fs::copy(project.target.join("wasm-abi/todoita.wasm"), &module)
        .with_context(|| format!("cannot write {}", module.display()))?;
    tools::step("building the wheel and the source distribution", || {
        static_files(project)?;
        let mut sdist = maturin(project, "sdist", &project.root, folder);
        process::output(&mut sdist, ADVICE)?;
        let packed = folder.join(format!("todoita-{version}.tar.gz"));
        release_wheel(project, &packed, folder)
    })
}

/// Builds the wheel into `folder` from a source distribution, which shows that this is complete.
fn release_wheel(project: &Project, packed: &Path, folder: &Path) -> Result<()> {
    let sources = Path::new(RELEASE_SOURCES);
    if sources.exists() {
        fs::remove_dir_all(sources).with_context(|| format!("cannot remove {RELEASE_SOURCES}"))?;
    }
    // Not with its parents: that would take a folder that somebody else has made meanwhile.
    fs::create_dir(sources).with_context(|| format!("cannot make {RELEASE_SOURCES}"))?;
    let mut unpack = process::command(project, "tar");
    unpack.arg("-xzf").arg(packed).arg("-C").arg(sources);
    process::output(unpack.arg("--strip-components=1"), ADVICE)?;
    let crates = cargo_home()?.join("registry/src");
    let flags = [(sources, "/todoita"), (&crates, "/crates")]
        .map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display()));
    let mut build = maturin(project, "build", sources, folder);
    // Crates with and without these flags have one identity: rustc refuses them in one folder.
    build
        .args(["--release", "--locked", "--target-dir"])
        .arg(project.target.join("python-release"))
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    process::output(&mut build, ADVICE)?;
    fs::remove_dir_all(sources).with_context(|| format!("cannot remove {RELEASE_SOURCES}"))
}

/// The folder in which cargo keeps the sources of crates.
fn cargo_home() -> Result<PathBuf> {
    if let Some(home) = env::var_os("CARGO_HOME") {
        return Ok(home.into());
    }
    let home = env::var_os("HOME").context("neither CARGO_HOME nor HOME is set")?;
    Ok(Path::new(&home).join(".cargo"))
}

/// A command of maturin on the sources in `root`, with its result in `folder`. The entries have no date of the build.
fn maturin(project: &Project, command: &str, root: &Path, folder: &Path) -> Command {
    let mut maturin = program(project, "maturin");
    maturin
        .args([command, "--manifest-path"])
        .arg(root.join("python/Cargo.toml"))
        .arg("--out")
        .arg(folder)
        .env("SOURCE_DATE_EPOCH", "315532800");
    maturin
}

/// Builds the wheel and installs it.
fn install(project: &Project) -> Result<()> {
    let wheels = project.target.join("python/wheels");
    tools::step("building the wheel", || {
        static_files(project)?;
        if wheels.exists() {
            fs::remove_dir_all(&wheels)
                .with_context(|| format!("cannot empty {}", wheels.display()))?;
        }
        let mut build = maturin(project, "build", &project.root, &wheels);
        build
            .args(["--release", "--locked", "--target-dir"])
            .arg(project.target.join("python"));
        process::output(&mut build, ADVICE)?;
        let wheel = fs::read_dir(&wheels)
            .ok()
            .and_then(|mut files| files.next()?.ok())
            .context("maturin made no wheel")?;
        let path = wheel.path();
        pip(
            project,
            [
                "--force-reinstall".as_ref(),
                "--no-deps".as_ref(),
                path.as_ref(),
            ],
        )
    })
}

/// The files that a page loads, in the package: those that `npx todoita copy` copies.
fn static_files(project: &Project) -> Result<()> {
    const FOLDER: &str = "python/todoita/django/static/todoita";
    // Names with a hash of another build would stay.
    let folder = project.root.join(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let mut copy = process::command(project, "node");
    copy.args(["www/bin/todoita.js", "copy", FOLDER]);
    process::output(&mut copy, "run `cargo xtask build` first").map(drop)
}
