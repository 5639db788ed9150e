//! `cargo xtask release`: the files of a release in `target/release-files/`. The same commit gives the same bytes in any clone, the
//! wheel with the same Rust, linker and C library.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result};

use crate::bundle;
use crate::process;
use crate::project::{self, Project};
use crate::python;
use crate::tools;

/// The crates in the WebAssembly of all builds, one a line: name, version, licence. Macros leave no code of their own.
const COMPONENTS: &str = "tree --package todoita --edges normal,no-proc-macro --target wasm32-unknown-unknown --locked \
                          --features bare,field,guide,functions,host,setup --prefix none --format";

/// Builds the widget and writes the npm package, the archive of served files, the wheel and source distribution of the Python
/// package, `todoita.wasm`, the list of components and the sums.
///
/// # Errors
/// If the build fails, or npm cannot pack the package.
pub fn run(project: &Project) -> Result<()> {
    tools::install(project)?;
    bundle::build(project, false)?;
    let folder = project.target.join("release-files");
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    process::output(
        process::command(project, "npm")
            .args(["pack", "./www", "--pack-destination"])
            .arg(&folder),
        "see the output of npm above",
    )?;
    let version = version(project)?;
    python::release(project, &folder, &version)?;
    process::output(
        process::command(project, "node")
            .arg("xtask/tools/release.mjs")
            .args([folder.as_os_str(), version.as_ref()])
            .stdin(Stdio::from(components(project)?)),
        "see the output of release.mjs above",
    )?;
    print!("{}", project::read(&folder.join("SHA256SUMS"))?);
    Ok(())
}

fn version(project: &Project) -> Result<String> {
    let manifest = project::read(&project.root.join("www/package.json"))?;
    let manifest: serde_json::Value =
        serde_json::from_str(&manifest).context("www/package.json is not JSON")?;
    let version = manifest["version"].as_str();
    Ok(version
        .context("www/package.json has no version")?
        .to_owned())
}

/// A file with the crates whose code is in the WebAssembly, each once.
fn components(project: &Project) -> Result<fs::File> {
    let path: PathBuf = project.target.join("xtask/components.txt");
    fs::create_dir_all(project.target.join("xtask")).context("cannot make target/xtask")?;
    project::write(&path, component_lines(project)?.join("\n"))?;
    fs::File::open(&path).with_context(|| format!("cannot read {}", path.display()))
}

fn component_lines(project: &Project) -> Result<Vec<String>> {
    let mut cargo = process::cargo(project);
    cargo.args(COMPONENTS.split_whitespace()).arg("{p} {l}");
    let tree = process::output(&mut cargo, "see the output of cargo above")?;
    let mut lines: Vec<String> = tree
        .lines()
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .filter(|line| !line.starts_with("todoita ") && line.split(' ').count() > 2)
        .collect();
    lines.sort_unstable();
    lines.dedup();
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_components_are_the_crates_whose_code_ships() -> Result<()> {
        let lines = component_lines(&Project::find()?)?;
        let has = |name: &str| {
            lines
                .iter()
                .any(|line| line.starts_with(&format!("{name} v")))
        };
        for shipped in [
            "hmac",
            "lol_alloc",
            "serde_json",
            "qrcodegen-no-heap",
            "web-sys",
        ] {
            assert!(has(shipped), "{shipped} is not listed");
        }
        for other in [
            "todoita",
            "syn",
            "serde_derive",
            "proptest",
            "wasm-bindgen-test",
        ] {
            assert!(!has(other), "{other} is listed");
        }
        Ok(())
    }
}
