//! Rules for the sources that no compiler checks.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value};
use todoita::words::Word;

/// A text file of the project.
struct Source {
    /// Its path from the root, separated by `/`.
    path: String,
    text: String,
}

impl Source {
    /// The numbered lines of code, without comments and without the tests at the end of a Rust file.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let rust = self.path.ends_with(".rs");
        (1..)
            .zip(self.text.lines())
            .take_while(move |(_, line)| !(rust && line.trim() == "#[cfg(test)]"))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(number, line)| (number, line.split(" //").next().unwrap_or(line)))
    }

    /// The places where its code contains one of `words`.
    fn find(&self, words: &[&str]) -> Vec<String> {
        let found = |line: &str| words.iter().any(|word| contains_word(line, word));
        self.code()
            .filter(|(_, line)| found(line))
            .map(|(number, line)| format!("{}:{number}: {}", self.path, line.trim()))
            .collect()
    }
}

/// Whether `line` contains `word`, not as the end of a longer name.
fn contains_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let is_tail = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !(is_tail && word.starts_with(char::is_alphanumeric))
    })
}

/// Every text file that is tracked, or that `git add` would add.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = Command::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ])
        .current_dir(root)
        .output()
        .expect("git lists the project's files");
    assert!(
        list.status.success(),
        "git ls-files failed: is this a checkout?"
    );
    let list = String::from_utf8(list.stdout).expect("paths in UTF-8");
    let sources: Vec<Source> = list
        .split_terminator('\0')
        .filter_map(|path| {
            let text = fs::read_to_string(root.join(path)).ok()?;
            Some(Source {
                path: path.to_owned(),
                text,
            })
        })
        .collect();
    assert!(sources.len() > 20, "git lists only {} files", sources.len());
    sources
}

/// The files whose paths `which` accepts; there must be one.
fn sources_where(which: impl Fn(&str) -> bool) -> Vec<Source> {
    let picked: Vec<Source> = sources()
        .into_iter()
        .filter(|source| which(&source.path))
        .collect();
    assert!(!picked.is_empty(), "no file was checked");
    picked
}

fn find_in(sources: &[Source], words: &[&str]) -> String {
    sources
        .iter()
        .flat_map(|source| source.find(words))
        .collect::<Vec<_>>()
        .join("\n")
}

#[track_caller]
fn assert_none(found: &str, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{found}");
}

fn is_core(path: &str) -> bool {
    path.starts_with("src/")
        && path.ends_with(".rs")
        && !["src/wasm.rs", "src/wasm/"]
            .iter()
            .any(|it| path.starts_with(it))
}

#[test]
fn the_core_names_no_browser() {
    let found = find_in(
        &sources_where(is_core),
        &["web_sys", "js_sys", "wasm_bindgen"],
    );
    assert_none(&found, "only src/wasm may use the browser");
}

#[test]
fn only_lib_rs_depends_on_the_target() {
    let sources = sources_where(|path| path.starts_with("src/") && path != "src/lib.rs");
    let found = find_in(&sources, &["target_arch", "target_family", "target_os"]);
    assert_none(
        &found,
        "lib.rs alone decides which modules are compiled for a target",
    );
}

#[test]
fn pages_work_under_a_strict_policy() {
    let sources = sources_where(|path| {
        let [js, html] = [".js", ".html"].map(|ending| path.ends_with(ending));
        (path.starts_with("www/") || path.starts_with("server/")) && (js || html)
    });
    let found = find_in(
        &sources,
        &[
            " style=",
            "<style",
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "eval(",
            "new Function",
            "onclick=",
            "onsubmit=",
            "onload=",
            "javascript:",
        ],
    );
    assert_none(
        &found,
        "no inline style or handler, no HTML from strings, no code from strings",
    );
    // The answer of the form's own address, which the browser would have shown in place of the page.
    let elsewhere = sources_where(|path| {
        path.starts_with("www/") && path.ends_with(".js") && path != "www/submit.js"
    });
    assert_none(
        &find_in(&elsewhere, &["document.write"]),
        "no HTML from strings",
    );
}

/// A file of sentences: the keys in its order, each with a sentence or its plural forms.
fn words(path: &str) -> Map<String, Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("www/words")
        .join(path);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The `{name}`s in a sentence, those of its plural forms taken together.
fn placeholders(sentence: &Value) -> BTreeSet<&str> {
    let forms: Vec<&Value> = match sentence {
        Value::Object(forms) => forms.values().collect(),
        one => vec![one],
    };
    forms
        .into_iter()
        .flat_map(|form| {
            form.as_str()
                .expect("a sentence is a string")
                .split('{')
                .skip(1)
        })
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn both_languages_have_every_sentence_in_the_same_order() {
    let all: Vec<&str> = Word::ALL.iter().map(|word| word.as_str()).collect();
    for file in ["ja.json", "en.json"] {
        let words = words(file);
        let keys: Vec<&str> = words.keys().map(String::as_str).collect();
        assert_eq!(keys, all, "www/words/{file} against src/words.rs");
    }
}

#[test]
fn a_sentence_has_the_same_placeholders_in_both_languages() {
    let (ja, en) = (words("ja.json"), words("en.json"));
    for (key, sentence) in &ja {
        assert_eq!(placeholders(sentence), placeholders(&en[key]), "{key}");
    }
}

#[test]
fn no_file_names_a_folder_of_a_machine_or_a_registry() {
    // Joined here, so that this file does not contain them.
    let folders = ["work", "root", "Users"].map(|name| format!("/{name}/"));
    let words = [folders.as_slice(), &[["arti", "factory"].concat()]].concat();
    let names_a_folder = |line: &str| {
        words.iter().any(|word| {
            line.match_indices(word.as_str()).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || "._-~*})".contains(c))
            })
        })
    };
    let mut found = String::new();
    for Source { path, text } in sources() {
        for (number, line) in (1..).zip(text.lines()) {
            let resolved = path.ends_with("package-lock.json") && line.contains("\"resolved\":");
            if resolved || names_a_folder(line) {
                found += &format!("{path}:{number}: {}\n", line.trim());
            }
        }
    }
    assert_none(&found, "a file must not depend on one machine");
}

/// The most lines of a source file: it has one subject, and is read in one go.
const MOST_LINES: usize = 400;

#[test]
fn a_source_file_has_at_most_400_lines() {
    let code = |path: &str| path.ends_with(".rs") || path.ends_with(".js");
    let shipped = |path: &str| {
        ["src/", "login/src/", "server/src/", "www/", "xtask/src/"]
            .iter()
            .any(|folder| path.starts_with(folder))
    };
    let sources = sources_where(|path| code(path) && shipped(path));
    assert!(sources.len() > 100, "{} files", sources.len());
    assert_none(&too_long(&sources), "split it by subject");
}

fn too_long(sources: &[Source]) -> String {
    let mut found = String::new();
    for Source { path, text } in sources {
        let lines = text.lines().count();
        if lines > MOST_LINES {
            found += &format!("{path}: {lines} lines\n");
        }
    }
    found
}

#[test]
fn these_checks_can_fail() {
    let long = Source {
        path: "src/long.rs".to_owned(),
        text: "\n".repeat(MOST_LINES + 1),
    };
    assert_eq!(too_long(&[long]), "src/long.rs: 401 lines\n");
    let source = Source {
        path: "src/code.rs".to_owned(),
        text: "// web_sys in a comment\nuse web_sys::Node;\nlet my_web_sys = 1; // web_sys\n\n\
               #[cfg(test)]\nmod tests { use web_sys::Node; }\n"
            .to_owned(),
    };
    assert_eq!(
        source.find(&["web_sys"]),
        ["src/code.rs:2: use web_sys::Node;"]
    );
    assert!(is_core("src/code/read.rs") && is_core("src/words.rs"));
    assert!(
        is_core("src/page.rs")
            && !is_core("src/wasm/field.rs")
            && !is_core("src/wasm.rs")
            && !is_core("server/src/page.rs")
    );
    let plural = serde_json::json!({ "one": "{n} of {total}", "other": "{n}" });
    assert_eq!(placeholders(&plural), BTreeSet::from(["n", "total"]));
    assert_eq!(placeholders(&"{n} {".into()), BTreeSet::from(["n"]));
}
