//! docs/field.md lists the behaviours of the field and the browser tests that check them. Each row names the files of
//! its tests, or the reason why it has none; each test whose name begins with ids of rows is in the table.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Files, by the id of a row.
type Files = BTreeMap<String, BTreeSet<String>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The rows of the table that have tests, and the ids of those that have a reason instead.
fn rows(page: &str) -> Result<(Files, BTreeSet<String>), String> {
    let (mut tested, mut reasons) = (Files::new(), BTreeSet::new());
    for line in page.lines().filter(|line| line.starts_with("| F")) {
        let columns: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [id, behaviour, tests] = columns[..] else {
            return Err(format!("not three columns: {line}"));
        };
        if behaviour.is_empty() || tested.contains_key(id) || reasons.contains(id) {
            return Err(format!("empty or repeated: {line}"));
        }
        if let Some(reason) = tests.strip_prefix("— ") {
            assert!(reason.contains(' '), "the reason of {id}");
            reasons.insert(id.to_owned());
        } else {
            let files = tests
                .split(", ")
                .map(|file| file.trim_matches('`').to_owned());
            tested.insert(id.to_owned(), files.collect());
        }
    }
    Ok((tested, reasons))
}

/// The ids at the beginning of each test's name in a file: `F71, F72: …`.
fn ids(source: &str) -> Vec<&str> {
    source
        .split("test(")
        .skip(1)
        .filter_map(|call| call.trim_start().strip_prefix(['"', '`']))
        .filter_map(|name| name.split_once(": "))
        .map(|(ids, _)| ids.split(", ").collect::<Vec<_>>())
        .filter(|ids| ids.iter().all(|id| is_id(id)))
        .flatten()
        .collect()
}

fn is_id(text: &str) -> bool {
    text.strip_prefix('F')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The tests in tests/browser, by their ids.
fn tests() -> Files {
    let mut files = Files::new();
    let folder = fs::read_dir(root().join("tests/browser")).expect("tests/browser");
    for entry in folder.map(|entry| entry.expect("a file of tests/browser")) {
        let name = entry.file_name().into_string().expect("a name in UTF-8");
        let Some(name) = name.strip_suffix(".test.mjs") else {
            continue;
        };
        let source = fs::read_to_string(entry.path()).expect("a test in UTF-8");
        for id in ids(&source) {
            files
                .entry(id.to_owned())
                .or_default()
                .insert(name.to_owned());
        }
    }
    files
}

#[test]
fn every_behaviour_has_its_tests_and_every_test_its_behaviour() {
    let page = fs::read_to_string(root().join("docs/field.md")).expect("docs/field.md");
    let (tested, reasons) = rows(&page).expect("a table of three columns");
    assert_eq!(tested, tests(), "docs/field.md against tests/browser");
    for number in 1..=120 {
        let id = format!("F{number}");
        assert!(tested.contains_key(&id) || reasons.contains(&id), "{id}");
    }
    assert_eq!(tested.len() + reasons.len(), 120);
}

#[test]
fn the_comparison_can_fail() {
    let (tested, reasons) =
        rows("| F1 | a | `b`, `c` |\n| F2 | d | — for a reason |\n").expect("rows");
    assert_eq!(
        tested,
        Files::from([("F1".to_owned(), ["b", "c"].map(str::to_owned).into())])
    );
    assert_eq!(reasons, BTreeSet::from(["F2".to_owned()]));
    assert!(rows("| F1 | a |\n").is_err());
    assert!(rows("| F1 | a | `b` |\n| F1 | a | — for a reason |\n").is_err());
    let source = "test(\"F1, F20: a: b\", x);\n  test(`F3: ${n}`, y);\ntest(\"Fine: c\", z);\ntest(\"d\", w);";
    assert_eq!(ids(source), ["F1", "F20", "F3"]);
}
