//! The facts of other firms in the guide (docs/facts.md): each is in its sentence, has a source or is worded as a search,
//! and was seen within a year.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

/// A row of the table.
struct Fact {
    what: String,
    /// The place of the sentence in the Japanese words, with its profile before a colon.
    place: String,
    /// Words of the sentence.
    words: String,
    source: String,
    seen: String,
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn facts() -> Vec<Fact> {
    let text = read("docs/facts.md");
    let rows = text.lines().filter(|line| line.starts_with("| ")).skip(1);
    let facts: Vec<Fact> = rows
        .map(|row| {
            let cells: Vec<String> = row
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .filter(|cell| !cell.is_empty())
                .collect();
            let [what, place, words, source, seen] = cells
                .try_into()
                .unwrap_or_else(|cells| panic!("five cells: {cells:?}"));
            Fact {
                what,
                place,
                words,
                source,
                seen,
            }
        })
        .collect();
    assert!(facts.len() > 40, "{}", facts.len());
    facts
}

/// The Japanese sentence at a place.
fn sentence(place: &str) -> Option<String> {
    let (file, path) = place.split_once(':').unwrap_or(("guide", place));
    let words: Value = serde_json::from_str(&read(&format!("www/words/ja.{file}.json"))).ok()?;
    let found = path.split('.').try_fold(&words["screens"], |value, name| {
        match name.parse::<usize>() {
            Ok(index) => value.get(index),
            Err(_) => value.get(name),
        }
    });
    found?.as_str().map(str::to_owned)
}

/// Days since the Unix epoch of a date `2026-11-28` (Howard Hinnant's `days_from_civil`).
fn days(date: &str) -> Option<i64> {
    let mut parts = date.split('-').map(str::parse::<i64>);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let year = if month <= 2 { year - 1 } else { year };
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    Some(year.div_euclid(400) * 146_097 + of_era - 719_468)
}

#[test]
fn a_date_has_its_day() {
    assert_eq!(days("1970-01-01"), Some(0));
    assert_eq!(days("2000-03-01"), Some(11_017));
    assert_eq!(days("2026-11-28"), Some(20_785));
    assert_eq!(days("soon"), None);
}

#[test]
fn each_fact_is_in_its_sentence() {
    for fact in facts() {
        let found = sentence(&fact.place);
        let has = found
            .as_ref()
            .is_some_and(|text| text.contains(&fact.words));
        assert!(
            has,
            "{}: {} has no {}: {found:?}",
            fact.what, fact.place, fact.words
        );
    }
}

#[test]
fn a_fact_without_a_source_is_worded_as_a_search() {
    for fact in facts().iter().filter(|fact| fact.source == "none") {
        let text = sentence(&fact.place).expect("a sentence");
        assert!(
            text.contains("検索") || text.contains("探"),
            "{}: {text}",
            fact.what
        );
        assert!(!text.contains('›'), "{}: a path: {text}", fact.what);
    }
}

#[test]
fn every_path_through_menus_is_a_fact_of_the_table() {
    let known = facts();
    for file in ["guide", "instagram", "twitter"] {
        let text = read(&format!("www/words/ja.{file}.json"));
        let old = |line: &str| {
            // The profiles show the screens of 2018 as such, and what an app asks during a step.
            line.contains("2018") || file != "guide"
        };
        for line in text.lines().filter(|line| line.contains('›') && !old(line)) {
            let is_known = known.iter().any(|fact| line.contains(&fact.words));
            assert!(is_known, "{file}: {line}");
        }
    }
}

#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "the age of a fact is counted from today"
)]
fn each_fact_was_seen_within_a_year() {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or(Duration::ZERO);
    let today = i64::try_from(now.as_secs() / 86_400).expect("a day");
    for fact in facts() {
        let seen = days(&fact.seen).unwrap_or_else(|| panic!("{}: {}", fact.what, fact.seen));
        assert!(seen <= today, "{}: {} is to come", fact.what, fact.seen);
        assert!(
            today - seen <= 366,
            "{}: last seen on {}. Look it up again (docs/facts.md says how).",
            fact.what,
            fact.seen
        );
    }
}
