//! What the project needs, installed into `.tools/`: the wasm32 target, wasm-pack, the wasm-bindgen
//! CLI of Cargo.lock's version, Binaryen and esbuild; for the tests in Firefox, geckodriver. What is there in
//! the right version stays.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::child::{self, Watch};
use crate::project::{self, Project};

const TARGET: &str = "wasm32-unknown-unknown";
const WASM_PACK: &str = "0.15.1";
const GECKODRIVER: &str = "0.37.1";
/// The oldest Node whose test runner and WebAssembly the project is tried with.
const NODE: u32 = 20;
const NETWORK: &str = "is the network there? run the same command again: what is done stays done";

/// Installs what is missing of what builds the project. Two commands at once wait for each other.
///
/// # Errors
/// If something is missing that only the person can install, or an installation fails.
pub fn install(project: &Project) -> Result<()> {
    fs::create_dir_all(&project.tools)
        .with_context(|| format!("cannot make {}", project.tools.display()))?;
    let _lock = lock(&project.tools.join("lock"))?;
    check_node(project)?;
    thread::scope(|scope| {
        // The downloads from npm need no processor: they go on while cargo compiles.
        let npm = scope.spawn(|| npm(project));
        let cargo = target(project)
            .and_then(|()| cargo_install(project, "wasm-pack", "wasm-pack", WASM_PACK))
            .and_then(|()| {
                let version = project.locked_version("wasm-bindgen")?;
                cargo_install(project, "wasm-bindgen-cli", "wasm-bindgen", &version)
            });
        let npm = npm
            .join()
            .unwrap_or_else(|_| bail!("the installation from npm broke off"));
        cargo.and(npm)
    })?;
    remove_compiled(project);
    Ok(())
}

/// Installs Firefox's driver, which Debian has no package of. `GECKODRIVER` may name one instead.
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

/// Where Firefox's driver is.
pub fn geckodriver(project: &Project) -> PathBuf {
    let named = std::env::var_os("GECKODRIVER").map(PathBuf::from);
    named.unwrap_or_else(|| project.tools.join("bin/geckodriver"))
}

/// What cargo compiled on the way is large, and needed again only if the installation broke off.
fn remove_compiled(project: &Project) {
    fs::remove_dir_all(project.tools.join("target")).ok();
}

/// Holds the lock until the file is dropped.
fn lock(path: &Path) -> Result<File> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        println!("· another `cargo xtask` is installing: waiting for it");
        file.lock().context("waiting for the other `cargo xtask`")?;
    }
    Ok(file)
}

fn check_node(project: &Project) -> Result<()> {
    let advice = format!("install Node.js {NODE} or newer, with npm: https://nodejs.org/");
    let version = child::output(child::command(project, "node").arg("--version"), &advice)?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|n| n.parse().ok());
    if major.is_none_or(|major: u32| major < NODE) {
        bail!("Node.js is {}\n{advice}", version.trim());
    }
    Ok(())
}

fn target(project: &Project) -> Result<()> {
    let advice = "is rustc on PATH? https://rustup.rs/ installs it";
    let folder = child::output(
        child::command(project, "rustc").args(["--print", "target-libdir", "--target", TARGET]),
        advice,
    )?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    step(&format!("rustup target add {TARGET}"), || {
        child::output(
            child::command(project, "rustup").args(["target", "add", TARGET]),
            &format!(
                "without rustup, install rustc's {TARGET} target yourself. With it: {NETWORK}"
            ),
        )
    })
}

/// Installs `program` of `package` in exactly this version, unless it is there.
///
/// # Errors
/// If it does not compile, or cannot be had.
pub fn cargo_install(project: &Project, package: &str, program: &str, version: &str) -> Result<()> {
    // What cargo itself notes of the tools: not every one tells its version alike.
    let noted = fs::read_to_string(project.tools.join(".crates.toml")).unwrap_or_default();
    let there = project.tools.join("bin").join(program).is_file();
    if there && noted.contains(&format!("\"{package} {version} (")) {
        return Ok(());
    }
    let install = |locked: &[&str]| {
        child::output(
            child::cargo(project)
                .args(["install", package, "--version", &format!("={version}")])
                .args([
                    "--force",
                    "--root",
                    ".tools",
                    "--target-dir",
                    ".tools/target",
                ])
                .args(locked)
                // They compile for longer than they will ever run.
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
            // Where its lock names a crate that was yanked since, it installs without it.
            install(&["--locked"]).or_else(|_| install(&[]))
        },
    )
}

/// Installs the tools of `xtask/tools/package-lock.json`, unless exactly these are there.
fn npm(project: &Project) -> Result<()> {
    let from = project.root.join("xtask/tools");
    npm_ci(project, &from, "npm", "Binaryen and esbuild", &[])
}

/// Installs what the lock in the folder `from` pins into `.tools/{to}`, unless exactly that is there.
///
/// # Errors
/// If the folder has no lock, or npm cannot install it.
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
        child::output(
            child::command(project, "npm")
                .arg("ci")
                .args(options)
                .current_dir(&to),
            NETWORK,
        )?;
        project::write(&stamp, &lock)
    })
}

/// Says what is being done, and how long it took.
///
/// # Errors
/// Those of `work`.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<()> {
    println!("· {name} …");
    let watch = Watch::start();
    work()?;
    println!("  {name}: done in {}", child::time(watch.elapsed()));
    Ok(())
}
