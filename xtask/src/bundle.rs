//! Builds the widget and the npm modules: three WebAssembly builds of the root crate by wasm-pack, and the
//! bundled scripts and style sheets by esbuild.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process;
use crate::project::{self, Project};
use crate::tools;

/// Builds `www/dist`: `field/`, `guide/` and `functions/` (wasm-pack's modules), `todoita.js`,
/// `todoita-guide.js` and their content-hashed wasm. Parts that are up to date are skipped, unless `force`.
///
/// # Errors
/// If the sources do not compile, or a tool fails.
pub fn build(project: &Project, force: bool) -> Result<()> {
    for name in ["field", "guide", "functions"] {
        let module = format!("www/dist/{name}/{name}_bg.wasm");
        part(project, name, &WASM_SOURCES, &module, force, || {
            wasm(project, name)
        })?;
    }
    part(
        project,
        "drop-in",
        &DROP_IN_SOURCES,
        "www/dist/todoita.js",
        force,
        || {
            process::output(
                process::command(project, "node").arg("xtask/tools/bundle.mjs"),
                "fix the errors that esbuild reports for www/todoita.js and its imports",
            )
        },
    )
}

const WASM_SOURCES: [&str; 6] = [
    "src",
    "Cargo.toml",
    "Cargo.lock",
    "wasm-pack.toml",
    "xtask/src/bundle.rs",
    "xtask/tools/package-lock.json",
];
const DROP_IN_SOURCES: [&str; 6] = [
    "www/dist/field",
    "www/*.js",
    "www/*.css",
    "www/dist/guide",
    "xtask/tools/bundle.mjs",
    "xtask/tools/package-lock.json",
];

fn wasm(project: &Project, name: &str) -> Result<String> {
    // A page's modules have no std, and JavaScript calls their exports directly: wasm-bindgen's own glue is larger.
    let page = name != "functions";
    let (features, target) = if page {
        (format!("{name},bare"), "bundler")
    } else {
        (name.to_owned(), "web")
    };
    let out = format!("www/dist/{name}");
    let advice =
        "fix the errors that rustc reports; if there are none, try `cargo xtask build --force`";
    let mut build = process::command(project, project.tools.join("bin/wasm-pack"));
    build
        .args("build --release --no-pack --no-gitignore --mode no-install --target".split(' '))
        .args([target, "--out-dir", &out, "--out-name", name]);
    if page {
        build.arg("--no-opt");
    }
    build
        .args([".", "--", "--config", "wasm-pack.toml", "--locked"])
        .args(["--features", &features]);
    // A page's modules are optimised for size, the functions for speed (docs/performance.md).
    if page {
        build.args(["--config", "profile.release.opt-level=\"z\""]);
    }
    let mut log = process::output(&mut build, advice)?;
    if page {
        let wasm = format!("{out}/{name}_bg.wasm");
        log += &process::output(
            process::command(project, "wasm-opt")
                // Our JavaScript provides no imports and calls only the crate's own exports, so everything
                // that wasm-bindgen adds for strings and objects is removed. Its one import reports a
                // wrong use from JavaScript; a trap follows the call anyway.
                .args(
                    [
                        "memory",
                        "__wbindgen_*",
                        "__abort_handler",
                        "__instance_terminated",
                    ]
                    .map(|export| format!("--remove-exports={export}")),
                )
                .arg("--remove-imports")
                // Flattened once and optimised three times: 1 % smaller than with one pass (brotli).
                .args("-Oz --flatten --rereloop -Oz -Oz -Oz".split(' '))
                .args(["--strip-producers", "--strip-target-features"])
                .args([&wasm, "-o", &wasm]),
            advice,
        )?;
    }
    Ok(log)
}

/// Runs `work` if `force` is set, if `product` is missing, or if `sources` have changed since it was built.
fn part<T>(
    project: &Project,
    name: &str,
    sources: &[&str],
    product: &str,
    force: bool,
    work: impl FnOnce() -> Result<T>,
) -> Result<()> {
    let stamps = project.target.join("xtask");
    let stamp = stamps.join(name);
    let print = fingerprint(&project.root, sources)?;
    let fresh = project.root.join(product).is_file()
        && fs::read_to_string(&stamp).is_ok_and(|built_from| built_from == print);
    if fresh && !force {
        return Ok(());
    }
    tools::step(&format!("building the {name}"), work)?;
    fs::create_dir_all(&stamps).with_context(|| format!("cannot make {}", stamps.display()))?;
    project::write(&stamp, print)
}

/// A fingerprint of every file below `sources` (files, folders, or `folder/*.ending`).
fn fingerprint(root: &Path, sources: &[&str]) -> Result<String> {
    let mut files = BTreeSet::new();
    for source in sources {
        match source.split_once("/*") {
            Some((folder, ending)) => files.extend(
                files_of(&root.join(folder))?
                    .into_iter()
                    .filter(|path| path.is_file() && path.to_string_lossy().ends_with(ending)),
            ),
            None => all_files(&root.join(source), &mut files)?,
        }
    }
    let mut hasher = DefaultHasher::new();
    for file in files {
        hasher.write(file.to_string_lossy().as_bytes());
        hasher.write(&fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn all_files(path: &Path, files: &mut BTreeSet<PathBuf>) -> Result<()> {
    if path.is_dir() {
        for inner in files_of(path)? {
            all_files(&inner, files)?;
        }
    } else if path.exists() {
        files.insert(path.to_owned());
    }
    Ok(())
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    entries
        .map(|entry| {
            Ok(entry
                .with_context(|| format!("reading {}", folder.display()))?
                .path())
        })
        .collect()
}
