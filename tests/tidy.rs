//! What the design promises about the sources, and no compiler checks.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use todoita::words::Word;

/// A text file of the project.
struct Source {
    /// Its path from the root, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The lines of code, numbered: without comments, and without the tests that close a Rust file.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let rust = self.path.ends_with(".rs");
        (1..)
            .zip(self.text.lines())
            .take_while(move |(_, line)| !(rust && line.trim() == "#[cfg(test)]"))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(number, line)| (number, line.split(" //").next().unwrap_or(line)))
    }

    /// Where its code contains one of `words`.
    fn find(&self, words: &[&str]) -> Vec<String> {
        let found = |line: &str| words.iter().any(|word| contains_word(line, word));
        self.code()
            .filter(|(_, line)| found(line))
            .map(|(number, line)| format!("{}:{number}: {}", self.path, line.trim()))
            .collect()
    }
}

/// Whether `word` stands in `line`, not as the tail of a longer name.
fn contains_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let is_tail = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !(is_tail && word.starts_with(char::is_alphanumeric))
    })
}

/// Every text file that is tracked, or would be by `git add`.
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

/// The files that `which` picks by path; there must be one.
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
    assert_none(&found, "only wasm knows a browser");
}

#[test]
fn only_the_map_asks_for_the_target() {
    let sources = sources_where(|path| path.starts_with("src/") && path != "src/lib.rs");
    let found = find_in(&sources, &["target_arch", "target_family", "target_os"]);
    assert_none(
        &found,
        "what is compiled for which target is decided in lib.rs alone",
    );
}

#[test]
fn the_core_reads_no_clock() {
    let sources = sources_where(|path| path.starts_with("src/"));
    let found = find_in(&sources, &["SystemTime::now", "Instant::now"]);
    assert_none(&found, "`now` arrives as a value");
}

#[test]
fn nothing_is_unwrapped() {
    let sources = sources_where(|path| path.contains("src/") && path.ends_with(".rs"));
    assert_none(
        &find_in(&sources, &[".unwrap()"]),
        "say why it cannot fail (`expect`), or handle it",
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
            "document.write",
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
}

/// The keys of a file of sentences, in its order: those that stand two spaces from the edge.
fn keys(json: &str) -> Vec<&str> {
    json.lines()
        .filter_map(|line| {
            line.strip_prefix("  \"")?
                .split_once("\":")
                .map(|(key, _)| key)
        })
        .collect()
}

/// The `{name}`s of each key's sentence, plural forms taken together.
fn names(json: &str) -> Vec<(&str, BTreeSet<&str>)> {
    let mut all: Vec<(&str, BTreeSet<&str>)> = Vec::new();
    for line in json.lines() {
        if let Some((key, _)) = line
            .strip_prefix("  \"")
            .and_then(|line| line.split_once("\":"))
        {
            all.push((key, BTreeSet::new()));
        }
        let Some((_, names)) = all.last_mut() else {
            continue;
        };
        names.extend(line.split('{').skip(1).filter_map(|part| {
            let (name, _) = part.split_once('}')?;
            name.chars()
                .all(|c| c.is_ascii_lowercase() || c == '-')
                .then_some(name)
        }));
    }
    all
}

fn words(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("www/words")
        .join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_sentence_stands_in_both_languages_in_the_same_order() {
    let (ja, en) = (words("ja.json"), words("en.json"));
    let all: Vec<&str> = Word::ALL.iter().map(|word| word.as_str()).collect();
    assert_eq!(keys(&ja), all, "www/words/ja.json against src/words.rs");
    assert_eq!(keys(&en), all, "www/words/en.json against src/words.rs");
}

#[test]
fn a_sentence_has_the_same_values_in_both_languages() {
    let (ja, en) = (words("ja.json"), words("en.json"));
    for ((key, ja), (same, en)) in names(&ja).into_iter().zip(names(&en)) {
        assert_eq!(key, same);
        assert_eq!(ja, en, "the values of {key}");
    }
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    // Put together here, so that this file does not hold them.
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
    assert_none(&found, "the project is at home on any machine");
}

#[test]
fn these_checks_can_fail() {
    let source = Source {
        path: "src/code.rs".to_owned(),
        text: "// web_sys in a comment\nuse web_sys::Node;\nlet my_web_sys = 1; // web_sys\nx.unwrap();\n\
               #[cfg(test)]\nmod tests { y.unwrap(); }\n"
            .to_owned(),
    };
    assert_eq!(
        source.find(&["web_sys"]),
        ["src/code.rs:2: use web_sys::Node;"]
    );
    assert_eq!(source.find(&[".unwrap()"]), ["src/code.rs:4: x.unwrap();"]);
    assert!(is_core("src/code/read.rs") && is_core("src/words.rs"));
    assert!(
        is_core("src/page.rs")
            && !is_core("src/wasm/field.rs")
            && !is_core("src/wasm.rs")
            && !is_core("server/src/page.rs")
    );
    let json = "{\n  \"a\": \"{n} of {total}\",\n  \"b\": {\n    \"one\": \"{n}\"\n  }\n}\n";
    assert_eq!(keys(json), ["a", "b"]);
    assert_eq!(names(json)[0].1, BTreeSet::from(["n", "total"]));
    assert_eq!(names(json)[1].1, BTreeSet::from(["n"]));
}
