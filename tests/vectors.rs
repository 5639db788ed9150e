//! The test vectors in `tests/vectors/`, read through the public interface of the crate.
//!
//! `tests/vectors/known-misses.txt` lists the rows of `code.json` that the reader does not yet read as expected,
//! with what happens instead. The list only gets shorter, but for rows that are new: a listed row that is read as expected, a listed row
//! whose outcome changed and an unlisted row that fails are errors.
//! `TODOITA_WRITE=1 cargo test --test vectors` removes the rows that pass, and writes the table of
//! `docs/reading.md`.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use todoita::code::{self, Alphabet, Backup, Kind, Problem, Rule};

#[path = "vectors/published.rs"]
mod published;
#[path = "vectors/reading.rs"]
mod reading;

/// The fewest rows that `code.json` may have.
const LEAST_ROWS: usize = 450;
/// The fewest rows of each language of `composition.json`.
const LEAST_PER_LANGUAGE: usize = 12;
/// Languages of rows, for which `composition.json` has no phrases. `und` is a text without words.
const NOT_COMPOSED: [&str; 3] = ["ms", "pt-PT", "und"];
/// The files of rows that all must be read as expected.
const EXACT: [&str; 2] = ["code-alphanumeric.json", "backup-format.json"];
/// The codes that are refused in capitals alone. The number may only be lowered, but for rows that are new.
const REFUSED_IN_CAPITALS: usize = 13;
/// The list of rows that are not yet read as expected.
const KNOWN_MISSES: &str = "tests/vectors/known-misses.txt";

/// The outcome of reading a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Right,
    /// It gave out a code that is not the expected one.
    Wrong,
    /// It gave out nothing where a code was expected, or named another problem.
    Missed,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Outcome::Right => "right",
            Outcome::Wrong => "wrong",
            Outcome::Missed => "missed",
        }
    }
}

/// A row of `code.json`.
struct Row {
    id: String,
    lang: String,
    kind: String,
    text: String,
    rule: Rule,
    /// Kind and digits; `None` where no code is to be given out.
    code: Option<(Kind, String)>,
    problem: Option<String>,
}

impl Row {
    fn of(value: &Value) -> Row {
        let expect = &value["expect"];
        let kind = match expect["kind"].as_str() {
            Some("code") => Some(Kind::Code),
            Some("backup") => Some(Kind::Backup),
            Some(other) => panic!("kind {other:?}"),
            None => None,
        };
        Row {
            id: string(value, "id"),
            lang: string(value, "lang"),
            kind: string(value, "kind"),
            text: string(value, "text"),
            rule: rule(&value["options"]),
            code: kind.map(|kind| (kind, string(expect, "digits"))),
            problem: expect["problem"].as_str().map(str::to_owned),
        }
    }

    fn outcome(&self) -> Outcome {
        let reading = code::read(&self.text, &self.rule);
        match (reading.kind, &self.code) {
            (Some(kind), Some((wanted, digits)))
                if kind == *wanted && reading.digits == *digits =>
            {
                Outcome::Right
            }
            (Some(_), _) => Outcome::Wrong,
            (None, Some(_)) => Outcome::Missed,
            (None, None) => {
                let problem = reading.problem.map(Problem::as_str);
                if self.problem.is_none() || problem == self.problem.as_deref() {
                    Outcome::Right
                } else {
                    Outcome::Missed
                }
            }
        }
    }
}

/// The rule for the options of a row, which have the names of the JavaScript functions.
fn rule(options: &Value) -> Rule {
    let mut rule = Rule::default();
    if let Some(format) = options["backupFormat"].as_str() {
        assert!(rule.set_backup_format(format), "{format:?}");
    }
    for (name, value) in options.as_object().into_iter().flatten() {
        let number = || u8::try_from(value.as_u64().expect("a number")).expect("a small number");
        match (name.as_str(), value.as_str()) {
            ("digits", _) => rule.digits = number(),
            ("backupDigits", _) => rule.backup_digits = number(),
            ("backup", Some("digits")) => rule.backup = Backup::Digits,
            ("backup", Some("alphanumeric")) => rule.backup = Backup::Alphanumeric,
            ("backup", Some("none")) => rule.backup = Backup::None,
            ("backupFormat", Some(_)) => {}
            ("code", Some("alphanumeric")) => rule.code = Alphabet::Alphanumeric,
            ("code", Some("digits")) => {}
            ("host", Some(host)) => rule.host = Some(host.to_owned()),
            _ => panic!("option {name}: {value}"),
        }
    }
    rule
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[track_caller]
fn string(value: &Value, name: &str) -> String {
    let text = value[name].as_str();
    text.unwrap_or_else(|| panic!("{name} is missing in {value}"))
        .to_owned()
}

/// The rows of a file, whose ids differ.
fn rows(name: &str) -> Vec<Value> {
    let name = format!("tests/vectors/{name}");
    let json = fs::read_to_string(path(&name)).expect("the file exists");
    let file: Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(file["licence"], "MIT OR Apache-2.0", "{name}");
    let rows = file["rows"].as_array().expect("rows").clone();
    let ids: BTreeSet<String> = rows.iter().map(|row| string(row, "id")).collect();
    assert_eq!(ids.len(), rows.len(), "an id of {name} is used twice");
    rows
}

/// The languages in which messages are tested.
fn languages() -> Vec<String> {
    let rows = rows("composition.json");
    rows.iter().map(|row| string(row, "lang")).collect()
}

fn code_rows() -> Vec<Row> {
    rows("code.json").iter().map(Row::of).collect()
}

/// The rows that are not read as expected, by id.
fn failures(rows: &[Row]) -> BTreeMap<&str, Outcome> {
    rows.iter()
        .map(|row| (row.id.as_str(), row.outcome()))
        .filter(|(_, outcome)| *outcome != Outcome::Right)
        .collect()
}

/// The listed rows: id and outcome.
fn known_misses() -> Vec<(String, String)> {
    let list = fs::read_to_string(path(KNOWN_MISSES)).expect("the list exists");
    list.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (id, outcome) = line.split_once(' ').expect("an id and an outcome");
            (id.to_owned(), outcome.to_owned())
        })
        .collect()
}

fn writes() -> bool {
    std::env::var_os("TODOITA_WRITE").is_some()
}

/// A line of a report: rows, right, wrong, missed.
#[derive(Clone, Copy, Default)]
struct Count([usize; 4]);

impl Count {
    fn add(&mut self, outcome: Outcome) {
        self.0[0] += 1;
        self.0[1 + outcome as usize] += 1;
    }

    fn line(&self, name: &str) -> String {
        let [rows, right, wrong, missed] = self.0;
        format!("{name:32} {rows:5} {right:5} {wrong:5} {missed:6}\n")
    }
}

#[test]
fn every_row_is_read_as_expected_or_listed() {
    let rows = code_rows();
    let (mut kinds, mut cells, mut all) = (BTreeMap::new(), BTreeMap::new(), Count::default());
    for row in &rows {
        let outcome = row.outcome();
        all.add(outcome);
        let kind: &mut Count = kinds.entry(row.kind.clone()).or_default();
        kind.add(outcome);
        let cell: &mut Count = cells
            .entry(format!("{} {}", row.kind, row.lang))
            .or_default();
        cell.add(outcome);
    }
    let mut report = "                                  rows right wrong missed\n".to_owned();
    for (name, count) in cells.iter().chain(&kinds) {
        report += &count.line(name);
    }
    report += &all.line("all");
    println!("{report}");

    let failures = failures(&rows);
    let mut listed = known_misses();
    if writes() {
        listed.retain(|(id, _)| failures.contains_key(id.as_str()));
        let mut text =
            "# Rows of code.json that are not yet read as expected. A row may only be removed; a new row may begin here.\n"
                .to_owned();
        for (id, _) in &listed {
            text += &format!("{id} {}\n", failures[id.as_str()].as_str());
        }
        fs::write(path(KNOWN_MISSES), text).expect("the list can be written");
        listed = known_misses();
    }
    let listed: BTreeMap<&str, &str> = listed
        .iter()
        .map(|(id, outcome)| (id.as_str(), outcome.as_str()))
        .collect();
    let mut errors = String::new();
    for row in &rows {
        let now = failures
            .get(row.id.as_str())
            .copied()
            .unwrap_or(Outcome::Right);
        let before = listed.get(row.id.as_str()).copied().unwrap_or("right");
        if now == Outcome::Right && before != "right" {
            errors += &format!(
                "{} is read as expected: remove it from {KNOWN_MISSES}\n",
                row.id
            );
        } else if now.as_str() != before {
            let reading = code::read(&row.text, &row.rule);
            errors += &format!(
                "{} was {before} and is {}: {:?} gives {reading:?}\n",
                row.id,
                now.as_str(),
                row.text
            );
        }
    }
    for id in listed.keys() {
        if !rows.iter().any(|row| row.id == *id) {
            errors += &format!("{id} is listed and does not exist\n");
        }
    }
    assert!(errors.is_empty(), "{errors}");
}

#[test]
fn no_row_gives_out_a_wrong_code() {
    let rows = code_rows();
    let wrong: Vec<&str> = failures(&rows)
        .into_iter()
        .filter(|(_, outcome)| *outcome == Outcome::Wrong)
        .map(|(id, _)| id)
        .collect();
    assert!(wrong.is_empty(), "{}: {wrong:?}", wrong.len());
}

/// A message in capitals has the same words, but its names look like labels. Some codes are refused for that; a number
/// that is given out is the one that the row gives out as it is written.
#[test]
fn in_capitals_no_row_gives_out_another_code() {
    let (mut refused, mut errors) = (0, String::new());
    let rows = code_rows();
    for row in &rows {
        let text = row.text.to_uppercase();
        let (plain, capitals) = (
            code::read(&row.text, &row.rule),
            code::read(&text, &row.rule),
        );
        refused += usize::from(capitals.kind.is_none() && plain.kind.is_some());
        if capitals.kind.is_some()
            && (capitals.kind, &capitals.digits) != (plain.kind, &plain.digits)
        {
            errors += &format!("{}: {text:?} gives {capitals:?}\n", row.id);
        }
    }
    assert!(errors.is_empty(), "{errors}");
    assert_eq!(refused, REFUSED_IN_CAPITALS);
}

#[test]
fn every_language_has_its_rows() {
    let rows = code_rows();
    assert!(rows.len() >= LEAST_ROWS, "{} rows", rows.len());
    let languages = languages();
    for language in &languages {
        let count = rows.iter().filter(|row| row.lang == *language).count();
        assert!(count >= LEAST_PER_LANGUAGE, "{language}: {count} rows");
    }
    for row in &rows {
        let known = languages.contains(&row.lang) || NOT_COMPOSED.contains(&row.lang.as_str());
        assert!(known, "{}: language {}", row.id, row.lang);
        // An expected code can be found in the text, once both are digits alone.
        if let Some((_, digits)) = &row.code {
            let seen = code::read(digits, &row.rule);
            assert_eq!(
                seen.kind,
                row.code.as_ref().map(|code| code.0),
                "{}",
                row.id
            );
        }
    }
}

#[test]
fn codes_of_letters_and_backup_codes_of_a_shape_are_read_as_expected() {
    let mut errors = String::new();
    for value in EXACT.iter().flat_map(|name| rows(name)) {
        let row = Row::of(&value);
        if row.outcome() != Outcome::Right {
            let reading = code::read(&row.text, &row.rule);
            errors += &format!("{}: {:?} gives {reading:?}\n", row.id, row.text);
        }
    }
    assert!(errors.is_empty(), "{errors}");
}
