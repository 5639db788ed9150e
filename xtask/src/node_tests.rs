//! The test files that `node --test` runs: which of a folder run in which engine, and how many at a time.
//!
//! Chromium runs every file. In Firefox and WebKit a whole run drives the files whose outcome depends on the engine
//! (keys, focus, input methods, the clipboard, history, layout, loading, screen readers' text); what the login service
//! answers, or what a page says, is the same in each engine. `--only firefox` and `--only webkit` run all files there
//! but those that check Chromium's screenshots or documents.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::browser::Engine;
use crate::process;
use crate::project::Project;

/// Files that no other engine runs: they check documents and words, which no engine changes, or colours and shapes on
/// Chromium's screenshots.
const CHROMIUM_ALONE: [&str; 4] = [
    "access-layout.test.mjs",
    "access-statement.test.mjs",
    "catalogue.test.mjs",
    "coverage.test.mjs",
];

/// Files that Firefox and WebKit run in a whole run.
const ENGINE_DEPENDENT: [&str; 17] = [
    "announcements.test.mjs",
    "core.test.mjs",
    "dropin.test.mjs",
    "facts.test.mjs",
    "fine.test.mjs",
    "guide-history.test.mjs",
    "guide-waits.test.mjs",
    "guide-words.test.mjs",
    "guide.test.mjs",
    "junk.test.mjs",
    "keyboard.test.mjs",
    "keyboards.test.mjs",
    "loading.test.mjs",
    "movement.test.mjs",
    "pasting.test.mjs",
    "setup.test.mjs",
    "typing.test.mjs",
];

/// The forms of other people's sites, a file for each family, which Chromium drives.
const FAMILIES: &str = "table-";
/// The sample of those forms (tests/forms/table.mjs) that Firefox and WebKit drive.
const SAMPLE: &str = "sample.test.mjs";

/// Which files of a folder run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// Every file: what they take a sample of, as a whole.
    All,
    /// Every file that has a meaning in an engine other than Chromium.
    OtherEngine,
    /// Those whose outcome depends on the engine.
    EngineDependent,
}

impl Selection {
    /// The files that an engine runs, in a whole run or in one of its parts (`--only`).
    pub const fn of(engine: Engine, is_whole_run: bool) -> Self {
        match engine {
            Engine::Chrome => Self::All,
            Engine::Firefox | Engine::WebKit if is_whole_run => Self::EngineDependent,
            Engine::Firefox | Engine::WebKit => Self::OtherEngine,
        }
    }

    fn has(self, file: &str) -> bool {
        match self {
            Self::All => file != SAMPLE,
            Self::OtherEngine => !CHROMIUM_ALONE.contains(&file) && !file.starts_with(FAMILIES),
            Self::EngineDependent => ENGINE_DEPENDENT.contains(&file) || file == SAMPLE,
        }
    }
}

/// The names of test files among the arguments for the test runners.
fn chosen(rest: &[OsString]) -> impl Iterator<Item = &OsString> {
    rest.iter()
        .filter(|word| word.to_string_lossy().ends_with(".test.mjs"))
}

/// Whether the arguments choose a file of `folder`, or leave the choice to the selection.
pub fn chooses(project: &Project, folder: &str, rest: &[OsString]) -> bool {
    chosen(rest).next().is_none()
        || chosen(rest).any(|name| project.root.join(folder).join(name).is_file())
}

/// Prepares `node --test` for the selected `*.test.mjs` in `folder`, or for those named in `rest`, of which `at_once`
/// run at the same time.
///
/// # Errors
/// If the folder cannot be read or has no such file.
pub fn node(
    project: &Project,
    folder: &str,
    rest: &[OsString],
    selection: Selection,
    at_once: usize,
) -> Result<Command> {
    let names: Vec<_> = chosen(rest).collect();
    let options = rest.iter().filter(|word| !names.contains(word));
    let mut files = test_files(project, folder)?;
    files.retain(|path| {
        let name = path.file_name().unwrap_or_default();
        if names.is_empty() {
            selection.has(&name.to_string_lossy())
        } else {
            names.iter().any(|it| *it == name)
        }
    });
    if files.is_empty() {
        bail!("{folder} has none of the files that were named");
    }
    let mut node = process::command(project, "node");
    node.args(["--test", "--test-reporter=spec", "--test-timeout=900000"])
        .arg(format!("--test-concurrency={at_once}"))
        .args(options)
        .args(files);
    Ok(node)
}

/// The `*.test.mjs` in a folder, in the order of their names.
fn test_files(project: &Project, folder: &str) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(project.root.join(folder))
        .with_context(|| format!("cannot read {folder}"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("{folder} has no *.test.mjs");
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that was renamed would silently run nowhere.
    #[test]
    fn every_file_that_is_named_here_is_there() -> Result<()> {
        let project = Project::find()?;
        let mut names = Vec::new();
        for folder in ["tests/browser", "tests/forms"] {
            for path in test_files(&project, folder)? {
                names.push(path.file_name().unwrap_or_default().to_owned());
            }
        }
        for name in CHROMIUM_ALONE
            .iter()
            .chain(&ENGINE_DEPENDENT)
            .chain(&[SAMPLE])
        {
            assert!(names.iter().any(|it| it == name), "{name}");
        }
        assert!(
            names
                .iter()
                .any(|it| it.to_string_lossy().starts_with(FAMILIES))
        );
        Ok(())
    }

    #[test]
    fn chromium_runs_every_file_and_the_others_do_not() {
        let whole = |engine| Selection::of(engine, true);
        for file in ["coverage.test.mjs", "demo.test.mjs", "typing.test.mjs"] {
            assert!(whole(Engine::Chrome).has(file));
        }
        assert!(!whole(Engine::Chrome).has(SAMPLE));
        for engine in [Engine::Firefox, Engine::WebKit] {
            assert!(whole(engine).has("typing.test.mjs"));
            for selection in [whole(engine), Selection::of(engine, false)] {
                assert!(selection.has(SAMPLE));
                assert!(!selection.has("table-python.test.mjs"));
            }
            assert!(!whole(engine).has("demo.test.mjs"));
            assert!(Selection::of(engine, false).has("demo.test.mjs"));
            assert!(!Selection::of(engine, false).has("coverage.test.mjs"));
        }
    }
}
