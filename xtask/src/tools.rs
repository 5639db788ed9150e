//! Installs the project's tools into `.tools/`: wasm-pack, the wasm-bindgen CLI of Cargo.lock's version,
//! Binaryen, esbuild, and geckodriver for the tests in Firefox; and the wasm32 target by rustup. Tools that are
//! installed in the right version are left alone.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::process::{self, Stopwatch};
use crate::project::{self, Project};

const TARGET: &str = "wasm32-unknown-unknown";
const WASM_PACK: &str = "0.15.1";
const GECKODRIVER: &str = "0.37.1";
/// The oldest supported major version of Node.
const NODE: u32 = 20;
const NETWORK: &str =
    "check the network and run the same command again; finished steps are not repeated";

/// Installs the missing build tools. Commands that run at the same time wait for each other.
///
/// # Errors
/// If an installation fails, or a tool is missing that the person has to install.
pub fn install(project: &Project) -> Result<()> {
    fs::create_dir_all(&project.tools)
        .with_context(|| format!("cannot make {}", project.tools.display()))?;
    let _lock = lock(&project.tools.join("lock"))?;
    check_node(project)?;
    thread::scope(|scope| {
        // npm downloads while cargo compiles.
        let npm = scope.spawn(|| npm(project));
        let cargo = target(project)
            .and_then(|()| cargo_install(project, "wasm-pack", "wasm-pack", WASM_PACK))
            .and_then(|()| {
                let version = project.locked_version("wasm-bindgen")?;
                cargo_install(project, "wasm-bindgen-cli", "wasm-bindgen", &version)
            });
        let npm = npm
            .join()
            .unwrap_or_else(|_| bail!("the thread that installs from npm panicked"));
        cargo.and(npm)
    })?;
    remove_compiled(project);
    Ok(())
}

/// Installs geckodriver, which Debian does not package, unless the variable `GECKODRIVER` names one.
///
/// # Errors
/// If the installation fails.
pub fn install_geckodriver(project: &Project) -> Result<()> {
    if std::env::var_os("GECKODRIVER").is_some() {
        return Ok(());
    }
    let _lock = lock(&project.tools.join("lock"))?;
    cargo_install(project, "geckodriver", "geckodriver", GECKODRIVER)?;
    remove_compiled(project);
    Ok(())
}

/// The path of geckodriver.
pub fn geckodriver(project: &Project) -> PathBuf {
    let named = std::env::var_os("GECKODRIVER").map(PathBuf::from);
    named.unwrap_or_else(|| project.tools.join("bin/geckodriver"))
}

/// Removes cargo's build folder of the tools, which is large and needed only to resume an installation.
fn remove_compiled(project: &Project) {
    fs::remove_dir_all(project.tools.join("target")).ok();
}

/// Takes the lock, which is held until the returned file is dropped.
fn lock(path: &Path) -> Result<File> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        println!("· waiting for another `cargo xtask` that is installing tools");
        file.lock().context("waiting for the other `cargo xtask`")?;
    }
    Ok(file)
}

fn check_node(project: &Project) -> Result<()> {
    let advice = format!("install Node.js {NODE} or newer, with npm: https://nodejs.org/");
    let version = process::output(process::command(project, "node").arg("--version"), &advice)?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|n| n.parse().ok());
    if major.is_none_or(|major: u32| major < NODE) {
        bail!("Node.js {} is too old\n{advice}", version.trim());
    }
    Ok(())
}

fn target(project: &Project) -> Result<()> {
    let advice = "install Rust: https://rustup.rs/";
    let folder = process::output(
        process::command(project, "rustc").args(["--print", "target-libdir", "--target", TARGET]),
        advice,
    )?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    step(&format!("rustup target add {TARGET}"), || {
        process::output(
            process::command(project, "rustup").args(["target", "add", TARGET]),
            &format!("without rustup, install rustc's {TARGET} target by hand; with it, {NETWORK}"),
        )
    })
}

/// Installs `program` of `package` in exactly this version, unless it is installed.
///
/// # Errors
/// If it cannot be downloaded or does not compile.
pub fn cargo_install(project: &Project, package: &str, program: &str, version: &str) -> Result<()> {
    // Cargo's own record of the installed versions: the programs print theirs in different formats.
    let recorded = fs::read_to_string(project.tools.join(".crates.toml")).unwrap_or_default();
    let present = project.tools.join("bin").join(program).is_file();
    if present && recorded.contains(&format!("\"{package} {version} (")) {
        return Ok(());
    }
    let install = |locked: &[&str]| {
        process::output(
            process::cargo(project)
                .args(["install", package, "--version", &format!("={version}")])
                .args([
                    "--force",
                    "--root",
                    ".tools",
                    "--target-dir",
                    ".tools/target",
                ])
                .args(locked)
                // Optimising them would take longer than they ever run.
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
                .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
            NETWORK,
        )
    };
    step(
        &format!("cargo install {package} {version} (one to four minutes)"),
        || {
            // The lock file of the package may name a crate that was yanked since.
            install(&["--locked"]).or_else(|_| install(&[]))
        },
    )
}

/// Installs the tools of `xtask/tools/package-lock.json`, unless they are installed.
fn npm(project: &Project) -> Result<()> {
    let from = project.root.join("xtask/tools");
    npm_ci(project, &from, "npm", "Binaryen and esbuild", &[])
}

/// Installs the packages of the lock file in the folder `from` into `.tools/{to}`, unless they are installed.
///
/// # Errors
/// If the folder has no lock file, or npm fails.
pub fn npm_ci(
    project: &Project,
    from: &Path,
    to: &str,
    what: &str,
    options: &[&str],
) -> Result<()> {
    let to = project.tools.join(to);
    let lock = project::read(&from.join("package-lock.json"))?;
    let stamp = to.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step(&format!("npm ci: {what}"), || {
        fs::create_dir_all(&to).with_context(|| format!("cannot make {}", to.display()))?;
        for name in ["package.json", "package-lock.json", ".npmrc"] {
            if from.join(name).exists() {
                project::write(&to.join(name), project::read(&from.join(name))?)?;
            }
        }
        process::output(
            process::command(project, "npm")
                .arg("ci")
                .args(options)
                .current_dir(&to),
            NETWORK,
        )?;
        project::write(&stamp, &lock)
    })
}

/// Runs `work`, and prints its name before and the time it took after.
///
/// # Errors
/// Those of `work`.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<()> {
    println!("· {name} …");
    let stopwatch = Stopwatch::start();
    work()?;
    println!("  {name}: done in {}", process::time(stopwatch.elapsed()));
    Ok(())
}
