//! `cargo xtask words`: finds retired words. The project uses the standard terms of its field; words that it
//! once used instead are listed in tests/retired-words.txt, each with its replacement.
//!
//! Text is split into words at case changes, digits, underscores and hyphens, so that `attemptLog`,
//! `attempt_log` and "attempt log" all contain the word "attempt".

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

mod line; // a line of a file, split into words, identifiers and sentences
mod retired; // a line of the list

use line::prepare;
use retired::{Retired, Scope};

use crate::process;
use crate::project::{self, Project};

const LIST: &str = "tests/retired-words.txt";

/// The folders and files that are searched. Word lists for people (www/words, server/words), built files and
/// recorded inputs are not.
const SEARCHED: [&str; 16] = [
    "src",
    "login",
    "server",
    "www",
    "xtask",
    "tests",
    "fuzz",
    "benches",
    "docs",
    "python",
    ".github",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "Cargo.toml",
];
const NOT_SEARCHED: [&str; 5] = [
    "www/words/",
    "www/dist/",
    "server/words/",
    "fuzz/corpus/",
    LIST,
];
const TEXT_FILES: [&str; 17] = [
    "rs", "py", "pyi", "js", "mjs", "ts", "tsx", "md", "toml", "css", "html", "sql", "yml", "vue",
    "svelte", "jsx", "txt",
];

/// Prints the number of retired words in each folder, and each place where one is used; in the checkout, or
/// in the revision of git that is named.
///
/// # Errors
/// If the list is malformed, or git cannot read the revision.
pub fn run(project: &Project, revision: Option<&str>, folders: &[String]) -> Result<ExitCode> {
    let retired = list(project)?;
    let uses = find_uses(project, revision, &retired)?;
    let chosen = |path: &str| folders.is_empty() || folders.iter().any(|it| path.starts_with(it));
    let uses: Vec<Use> = uses.into_iter().filter(|it| chosen(&it.path)).collect();
    for found in &uses {
        println!("{found}");
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for found in &uses {
        let folder = found.path.split('/').next().unwrap_or_default();
        *counts.entry(folder).or_default() += 1;
    }
    println!("\nretired words in {}:", revision.unwrap_or("the checkout"));
    for folder in SEARCHED {
        println!("{:>6}  {folder}", counts.get(folder).unwrap_or(&0));
    }
    println!("{:>6}  in all", uses.len());
    Ok(if uses.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A place where a retired word is used.
struct Use {
    path: String,
    /// From 1; 0 for the file's name.
    line: usize,
    word: String,
    instead: String,
}

impl std::fmt::Display for Use {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Use {
            path,
            line,
            word,
            instead,
        } = self;
        write!(f, "{path}:{line}: \"{word}\" is retired; use {instead}")
    }
}

fn list(project: &Project) -> Result<Vec<Retired>> {
    project::read(&project.root.join(LIST))?
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| Retired::parse(line).with_context(|| format!("{LIST}: {line}")))
        .collect()
}

fn find_uses(project: &Project, revision: Option<&str>, retired: &[Retired]) -> Result<Vec<Use>> {
    let mut uses = Vec::new();
    for path in files(project, revision)? {
        let text = match revision {
            None => project::read(&project.root.join(&path))?,
            Some(revision) => {
                let file = format!("{revision}:{path}");
                process::output(git(project).args(["show", &file]), "is it a revision?")?
            }
        };
        uses.extend(check_file(&path, &text, retired));
    }
    Ok(uses)
}

fn git(project: &Project) -> Command {
    process::command(project, "git")
}

/// The paths of the files to search.
fn files(project: &Project, revision: Option<&str>) -> Result<Vec<String>> {
    let mut git = git(project);
    match revision {
        None => git.args("ls-files --cached --others --exclude-standard -z".split(' ')),
        Some(revision) => git.args(["ls-tree", "-r", "-z", "--name-only", revision]),
    };
    let listed = process::output(&mut git, "is this a checkout of git, and a revision of it?")?;
    let files: Vec<String> = listed
        .split_terminator('\0')
        .filter(|path| is_searched(path))
        .filter(|path| revision.is_some() || project.root.join(path).is_file())
        .map(str::to_owned)
        .collect();
    if files.len() < 100 {
        bail!("git lists only {} files to search", files.len());
    }
    Ok(files)
}

fn is_searched(path: &str) -> bool {
    let within = |folder: &&str| {
        path.strip_prefix(*folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let ending = Path::new(path).extension().and_then(|it| it.to_str());
    SEARCHED.iter().any(within)
        && !NOT_SEARCHED.iter().any(|skipped| path.starts_with(skipped))
        && ending.is_some_and(|ending| TEXT_FILES.contains(&ending))
}

fn check_file(path: &str, text: &str, retired: &[Retired]) -> Vec<Use> {
    let retired: Vec<&Retired> = retired.iter().filter(|it| it.applies_to(path)).collect();
    let mut uses = Vec::new();
    let mut note = |line: usize, retired: &Retired| {
        uses.push(Use {
            path: path.to_owned(),
            line,
            word: retired.words.join(" "),
            instead: retired.instead.clone(),
        });
    };
    let names: Vec<&str> = path
        .split('/')
        .map(|name| name.split('.').next().unwrap_or_default())
        .collect();
    for it in &retired {
        if it.scope == Scope::FileName && names.contains(&it.words[0].as_str()) {
            note(0, it);
        }
    }
    let markdown = path.ends_with(".md");
    for (number, line) in (1..).zip(text.lines()) {
        let line = prepare(line, markdown);
        for it in &retired {
            for _ in 0..line.count(it) {
                note(number, it);
            }
        }
    }
    uses
}

#[cfg(test)]
mod tests {
    use super::line::split_words;
    use super::{Retired, Scope, check_file, find_uses, is_searched, list};
    use crate::project::Project;

    fn retired(lines: &[&str]) -> Vec<Retired> {
        lines
            .iter()
            .map(|line| Retired::parse(line).expect("a well-formed line"))
            .collect()
    }

    fn found(path: &str, text: &str, lines: &[&str]) -> Vec<(usize, String)> {
        check_file(path, text, &retired(lines))
            .into_iter()
            .map(|it| (it.line, it.word))
            .collect()
    }

    #[test]
    fn no_retired_word_is_used() {
        let project = Project::find().expect("the checkout");
        let retired = list(&project).expect("the list of retired words");
        let uses = find_uses(&project, None, &retired).expect("the project's files");
        let uses: Vec<String> = uses.iter().map(ToString::to_string).collect();
        assert!(uses.is_empty(), "{}", uses.join("\n"));
    }

    #[test]
    fn the_list_is_well_formed_and_names_no_word_twice() {
        let project = Project::find().expect("the checkout");
        let retired = list(&project).expect("the list of retired words");
        let mut names: Vec<String> = retired
            .iter()
            .map(|it| format!("{} {}", it.scope as u8, it.words.join(" ")))
            .collect();
        assert!(names.len() > 30, "{}", names.len());
        names.sort();
        names.dedup();
        assert_eq!(names.len(), retired.len());
    }

    #[test]
    fn words_are_split_at_case_changes_underscores_and_hyphens() {
        assert_eq!(
            split_words("wasOldWord OLD_WORD old-word old2word HTTPWord"),
            [
                "was", "old", "word", "old", "word", "old", "word", "old", "word", "http", "word"
            ]
        );
        assert_eq!(split_words("olden words"), ["olden", "words"]);
    }

    #[test]
    fn a_retired_word_is_found_in_code_comments_strings_and_file_names() {
        let list = ["olde | new | ", "file:olde | new | "];
        let text = "let new_olde = 1; // The olde word\nlet oldeNew = \"OLDE\";\nlet golden = 2;\n";
        assert_eq!(
            found("src/olde.rs", text, &list),
            [0, 1, 1, 2, 2].map(|line| (line, "olde".to_owned()))
        );
        assert_eq!(
            found("src/a.rs", "is olde now", &["is olde | new | "]).len(),
            1
        );
    }

    #[test]
    fn an_identifier_is_found_as_a_whole_and_in_code_alone() {
        let list = ["identifier:olde | new | "];
        let text = "// olde\nfor olde in oldes { print(\"olde\"); }\nlet olde_one = Olde;\n\
                    <a olde-x=\"1\" x-olde>\nf(`a \"olde ${olde}\"`);\n";
        assert_eq!(found("src/a.rs", text, &list), [(2, "olde".to_owned())]);
    }

    #[test]
    fn a_sentence_that_begins_with_a_word_is_found_unless_it_asks() {
        let list = ["sentence:Olde | new | "];
        let text = "/// Olde is left. Olde for?\nlet a = Olde; // Is it? Olde it is: fine.\n/// So Olde.\n";
        assert_eq!(
            found("src/a.rs", text, &list)
                .iter()
                .map(|it| it.0)
                .collect::<Vec<_>>(),
            [1, 2]
        );
    }

    #[test]
    fn exceptions_are_kept_to() {
        assert!(Retired::parse("olde | new | somewhere").is_err());
        assert!(Retired::parse("olde | new").is_err());
        assert!(Retired::parse("olde |  | ").is_err());
        assert!(Retired::parse("other:olde | new | ").is_err());
        let list = ["olde | new | \"good olde\" in:src/www/ only:src/"];
        let text = "a good olde\nan olde and a good olde\n";
        assert_eq!(found("src/a.rs", text, &list), [(2, "olde".to_owned())]);
        assert!(found("src/www/a.rs", text, &list).is_empty());
        assert!(found("server/a.rs", text, &list).is_empty());
    }

    #[test]
    fn the_searched_files_are_sources_and_documents() {
        for path in [
            "src/lib.rs",
            "README.md",
            "www/a/b.js",
            "server/src/main.rs",
        ] {
            assert!(is_searched(path), "{path}");
        }
        for path in [
            "CHANGELOG.md",
            "www/words/ja.json",
            "srcs/a.rs",
            "docs/a.png",
        ] {
            assert!(!is_searched(path), "{path}");
        }
        assert!(matches!(retired(&["a | b | "])[0].scope, Scope::Anywhere));
    }
}
