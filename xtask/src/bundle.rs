//! Builds the widget and the npm modules: four WebAssembly builds of the root crate (the functions by wasm-pack, the modules
//! of a page by cargo and wasm-bindgen), and the bundled scripts and style sheets by esbuild.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::project::{self, Project};
use crate::tools;

/// Builds `www/dist`: `field/`, `guide/`, `functions/` and `setup/` (the WebAssembly modules), `todoita.js` with its WebAssembly
/// and sentences in it, `todoita-guide.js`, `todoita-setup.js`, and for the npm modules the content-hashed wasm. Parts that are up to date are skipped, unless `force`.
///
/// # Errors
/// If the sources do not compile, or a tool fails.
pub fn build(project: &Project, force: bool) -> Result<()> {
    for name in ["field", "guide", "functions", "setup"] {
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
    )?;
    part(
        project,
        "set-up elements",
        &SETUP_SOURCES,
        "www/dist/todoita-setup.js",
        force,
        || {
            process::output(
                process::command(project, "node").arg("xtask/tools/bundle-setup.mjs"),
                "fix the errors that esbuild reports for www/todoita-setup.js and its imports",
            )
        },
    )
}

const SETUP_SOURCES: [&str; 16] = [
    "www/dist/setup",
    "www/words/ja.setup.json",
    "www/words/en.setup.json",
    "www/todoita-setup.js",
    "www/setup.js",
    "www/address.js",
    "www/setup-bytes.inline.js",
    "www/setup-languages.inline.js",
    "www/keyed.inline.js",
    "www/todoita-setup.css",
    "www/fetch-json.js",
    "www/sentence.js",
    "www/wasm-instance.js",
    "xtask/tools/bundle-setup.mjs",
    "xtask/tools/bundling.mjs",
    "xtask/tools/package-lock.json",
];
const WASM_SOURCES: [&str; 9] = [
    "src",
    "Cargo.toml",
    "Cargo.lock",
    "wasm-pack.toml",
    "xtask/src/bundle.rs",
    "xtask/tools/features.mjs",
    "xtask/tools/glue.mjs",
    "xtask/tools/inline.mjs",
    "xtask/tools/package-lock.json",
];
/// The linker's options for the modules of a login page: their data at the smallest addresses, 1,024 and up, which take a byte
/// less each in the code than those behind a stack. A stack behind the data would overwrite it where it overflows; so
/// `xtask/tools/glue.mjs` takes no such module in which a function calls itself.
const LOW_ADDRESSES: [&str; 2] = ["--no-stack-first", "--global-base=1024"];
/// wasm-opt's option for them: nothing is below the data.
const NOTHING_BELOW_THE_DATA: &str = "--low-memory-unused";
/// wasm-opt for a page: flattened twice and optimised again each time, 1 % smaller than with one pass (brotli).
const SMALLER: [&str; 11] = [
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "-Oz",
    "--strip-producers",
    "--strip-target-features",
];
/// More passes of wasm-opt: functions in the order of their names, optimised once more, make the field some 50 bytes
/// smaller (brotli).
const SHORTER_FIELD: [&str; 2] = ["--reorder-functions-by-name", "-Oz"];
const DROP_IN_SOURCES: [&str; 8] = [
    "www/dist/field",
    "www/words",
    "www/*.js",
    "www/*.css",
    "www/dist/guide",
    "xtask/tools/bundle.mjs",
    "xtask/tools/bundling.mjs",
    "xtask/tools/package-lock.json",
];

fn wasm(project: &Project, name: &str) -> Result<String> {
    match name {
        "field" | "setup" => page_module(project, name, &SHORTER_FIELD),
        "guide" => page_module(project, name, &[]),
        _ => functions(project, name),
    }
}

const ADVICE: &str =
    "fix the errors that rustc reports; if there are none, try `cargo xtask build --force`";

/// Builds a module of a page, with wasm-bindgen's JavaScript made smaller by `xtask/tools/glue.mjs`. A page's modules
/// have no std and are optimised for size.
fn page_module(project: &Project, name: &str, more: &[&str]) -> Result<String> {
    let target = "wasm32-unknown-unknown";
    // The paths of the sources of dependencies, by which builds on two machines would differ.
    let cargo_home = std::env::var("CARGO_HOME")
        .or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")))
        .unwrap_or_default();
    // The set-up elements have functions that call themselves.
    let is_low = name != "setup";
    let linker: String = if is_low {
        LOW_ADDRESSES
            .map(|option| format!(", \"-Clink-arg={option}\""))
            .concat()
    } else {
        String::new()
    };
    // Objects cross by places in a list of JavaScript's (xtask/tools/glue.mjs), for which wasm-bindgen is compiled so.
    let flags = format!(
        "target.{target}.rustflags=[\"-Ctarget-feature=-reference-types,-multivalue\", \
         \"--remap-path-prefix={cargo_home}={CARGO_HOME}\"{linker}]"
    );
    let mut build = process::cargo(project);
    build
        .args("rustc --package todoita --lib --crate-type cdylib --release --locked".split(' '))
        .args(["--target", target, "--config", "wasm-pack.toml"])
        .args([
            "--config",
            "profile.release.opt-level=\"z\"",
            "--config",
            &flags,
        ])
        .args(["--features", &format!("{name},bare")]);
    let mut log = process::output(&mut build, ADVICE)?;
    let out = format!("www/dist/{name}");
    // Before wasm-opt, which leaves zeros out of the module's data.
    let built = project.target.join(target).join("release/todoita.wasm");
    let folder = project.target.join("xtask");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let blanked = folder.join(format!("{name}.wasm"));
    project::write(&blanked, without_texts_of_panics(&built)?)?;
    log += &process::output(
        process::command(project, "node")
            .arg("xtask/tools/glue.mjs")
            .arg(blanked)
            .args([&out, name])
            .args(is_low.then_some(NOTHING_BELOW_THE_DATA))
            .args(SMALLER)
            .args(more),
        ADVICE,
    )?;
    Ok(log)
}

/// Builds the functions, for speed (docs/performance.md).
fn functions(project: &Project, name: &str) -> Result<String> {
    let out = format!("www/dist/{name}");
    let mut log = process::output(&mut wasm_pack(project, name, "web", name, &[]), ADVICE)?;
    // A server's bundler moves the script and leaves a file beside it behind, so `todoita/node` has the bytes in
    // a script.
    let files = ["functions_bg.wasm", "bytes.js"].map(|file| format!("{out}/{file}"));
    log += &process::output(
        process::command(project, "node")
            .arg("xtask/tools/inline.mjs")
            .args(files),
        ADVICE,
    )?;
    Ok(log)
}

fn wasm_pack(
    project: &Project,
    name: &str,
    target: &str,
    features: &str,
    options: &[&str],
) -> Command {
    let mut build = process::command(project, project.tools.join("bin/wasm-pack"));
    build
        .args("build --release --no-pack --no-gitignore --mode no-install --target".split(' '))
        .args([
            target,
            "--out-dir",
            &format!("www/dist/{name}"),
            "--out-name",
            name,
        ])
        .args(options)
        .args([".", "--", "--config", "wasm-pack.toml", "--locked"])
        .args(["--features", features]);
    build
}

/// The place of cargo's own files in the texts of panics.
const CARGO_HOME: &str = "/cargo";

/// Texts of std and wasm-bindgen that only a panic, formatted output or the message of an error reads. A page's module has
/// none of these: its panic handler stops, and its errors have no message (xtask/tools/glue.mjs).
const TEXTS_OF_PANICS: [&str; 12] = [
    "internal error: entered unreachable code: ",
    "The JS binding should only ever produce a valid value or the specific 'invalid' value",
    "closure invoked recursively or after being dropped",
    "attempted to take ownership of Rust value while it was borrowed",
    "null pointer passed to rust",
    "recursive use of an object detected which would lead to unsafe aliasing in rust",
    "Tried to shrink to a larger capacity",
    "RefCell already ",
    "memory allocation of ",
    " bytes failed",
    "capacity overflow",
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
     5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899",
];

/// The bytes of a module in which the texts of panics and the paths of std's sources are zeros.
fn without_texts_of_panics(wasm: &Path) -> Result<Vec<u8>> {
    let mut bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    for text in TEXTS_OF_PANICS {
        blank(&mut bytes, text.as_bytes(), |_| false);
    }
    for folder in ["/rustc/", CARGO_HOME, "src/wasm/"] {
        blank(&mut bytes, folder.as_bytes(), |byte| {
            byte.is_ascii_alphanumeric() || b"/_.-".contains(&byte)
        });
    }
    Ok(bytes)
}

/// Overwrites each `text`, and the bytes after it that belong to it, by zeros.
fn blank(bytes: &mut [u8], text: &[u8], belongs: impl Fn(u8) -> bool) {
    let mut at = 0;
    while let Some(found) = bytes[at..]
        .windows(text.len())
        .position(|part| part == text)
    {
        let begin = at + found;
        let mut end = begin + text.len();
        while bytes.get(end).is_some_and(|&byte| belongs(byte)) {
            end += 1;
        }
        bytes[begin..end].fill(0);
        at = end;
    }
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
