//! One name for each thing (docs/words.md): no sentence has a word that the table of terms rules out.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use serde_json::Value;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The words of the last column.
fn ruled_out() -> Vec<String> {
    let text = read("docs/words.md");
    let rows = text.lines().filter(|line| line.starts_with("| ")).skip(1);
    let words: Vec<String> = rows
        .filter_map(|row| row.trim_end_matches([' ', '|']).rsplit('|').next())
        .flat_map(|cell| {
            cell.split('、')
                .map(|word| word.trim().to_lowercase())
                .collect::<Vec<_>>()
        })
        .filter(|word| !word.is_empty())
        .collect();
    assert!(words.len() > 40, "{words:?}");
    words
}

/// Every sentence of a file, with its place. Search terms are people's own words and are no sentences.
fn sentences(value: &Value, place: &str, all: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => all.push((place.to_owned(), text.to_lowercase())),
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                sentences(inner, &format!("{place}.{index}"), all);
            }
        }
        Value::Object(members) => {
            for (name, inner) in members {
                sentences(inner, &format!("{place}.{name}"), all);
            }
        }
        _ => panic!("{place} is no sentence"),
    }
}

/// Whether a word is in a text; one in Latin letters only as a whole word.
fn has(text: &str, word: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        !word.is_ascii()
            || !is_letter(text.get(..at).and_then(|before| before.chars().next_back()))
                && !is_letter(
                    text.get(at + word.len()..)
                        .and_then(|after| after.chars().next()),
                )
    })
}

#[test]
fn a_word_is_found_whole() {
    assert!(has("please log out.", "log out"));
    assert!(!has("a blog outside", "log out"));
    assert!(has("設定で「電話」をさがします。", "さがします"));
}

#[test]
fn every_thing_has_one_name() {
    let words = ruled_out();
    let mut wrong = Vec::new();
    for file in [
        "www/words/ja",
        "www/words/en",
        "www/words/ja.guide",
        "www/words/en.guide",
        "www/words/ja.instagram",
        "www/words/en.instagram",
        "www/words/ja.twitter",
        "www/words/en.twitter",
        "www/words/ja.setup",
        "www/words/en.setup",
        "server/words/ja",
        "server/words/en",
    ] {
        let json = serde_json::from_str(&read(&format!("{file}.json"))).expect("JSON");
        let mut all = Vec::new();
        sentences(&json, file, &mut all);
        for (place, text) in all {
            wrong.extend(
                words
                    .iter()
                    .filter(|word| has(&text, word))
                    .map(|word| format!("{place}: {word}: {text}")),
            );
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
