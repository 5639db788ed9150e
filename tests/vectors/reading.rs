//! `docs/reading.md`: its examples are true, and its table of languages is current.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use todoita::code::{Kind, read};

use super::{Count, code_rows, languages, path, rule, writes};

/// The document, and the lines around its table.
const READING: &str = "docs/reading.md";
const TABLE: (&str, &str) = ("<!-- rows -->\n", "<!-- /rows -->\n");
/// The fewest examples that the document has.
const LEAST_EXAMPLES: usize = 60;

/// A text as the document writes it: `\n` is a line end, `\u{200B}` a character by its number.
fn unescaped(text: &str) -> String {
    let text = text.replace("\\n", "\n");
    let mut parts = text.split("\\u{");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').expect("a closing bracket");
        let number = u32::from_str_radix(number, 16).expect("a hexadecimal number");
        plain.push(char::from_u32(number).expect("a character"));
        plain += rest;
    }
    plain
}

/// The examples of a line: options, text and reading. They are written `text` → `reading`, after
/// with `{options}`: where there are any.
fn examples(line: &str) -> Vec<(Value, String, String)> {
    let parts: Vec<&str> = line.split('`').collect();
    let mut examples = Vec::new();
    let mut options = Value::Null;
    for (at, part) in parts.iter().enumerate().skip(1).step_by(2) {
        if parts[at - 1].ends_with("with ") && part.starts_with('{') {
            options = serde_json::from_str(part).expect("options in JSON");
        }
        if parts.get(at + 1) == Some(&" → ") {
            let reading = parts.get(at + 2).expect("a reading");
            let reading = (*reading).to_owned();
            examples.push((options.take(), unescaped(part), reading));
        }
    }
    examples
}

#[test]
fn every_example_is_true() {
    let document = fs::read_to_string(path(READING)).expect("the document exists");
    let (mut count, mut errors) = (0, String::new());
    for line in document
        .lines()
        .filter(|line| line.trim_start().starts_with("- "))
    {
        for (options, text, wanted) in examples(line) {
            count += 1;
            let reading = read(&text, &rule(&options));
            let got = match (reading.kind, reading.problem) {
                (Some(Kind::Code), _) => format!("code {}", reading.digits),
                (Some(Kind::Backup), _) => format!("backup {}", reading.digits),
                (None, Some(problem)) => problem.as_str().to_owned(),
                (None, None) => "neither a code nor a problem".to_owned(),
            };
            if got != wanted {
                errors += &format!("{text:?} gives {got}, not {wanted}\n");
            }
        }
    }
    assert!(errors.is_empty(), "{READING}:\n{errors}");
    assert!(count >= LEAST_EXAMPLES, "only {count} examples were found");
}

#[test]
fn the_table_of_languages_is_current() {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for row in code_rows() {
        counts
            .entry(row.lang.clone())
            .or_default()
            .add(row.outcome());
    }
    let mut table = "| language | rows | right |\n|---|---|---|\n".to_owned();
    for language in languages().iter().chain(&["und".to_owned()]) {
        let [rows, right, ..] = counts.get(language).copied().unwrap_or_default().0;
        table += &format!("| {language} | {rows} | {right} |\n");
    }
    let text = fs::read_to_string(path(READING)).expect("the document exists");
    let start = text.find(TABLE.0).expect("the line before the table") + TABLE.0.len();
    let end = text.find(TABLE.1).expect("the line after the table");
    let current = [&text[..start], &table, &text[end..]].concat();
    if writes() {
        fs::write(path(READING), &current).expect("the document can be written");
        return;
    }
    assert!(
        text == current,
        "the table of {READING} is out of date: TODOITA_WRITE=1 cargo test --test vectors"
    );
}
