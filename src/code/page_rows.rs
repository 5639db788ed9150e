//! The rows of `tests/vectors/code.json`, read as a page's build reads them: with the keywords of the first list alone, and
//! without the rules that only builds with the second contain. A native build has both, so `tests/vectors.rs` cannot.

extern crate std;

use alloc::string::String;
use alloc::vec::Vec;
use std::fs;

use serde_json::Value;

use crate::code::{Kind, Rule, read, with_first_list_alone};

/// The codes that a page's build does not read. The number may only be lowered, but for rows that are new.
const MISSED: usize = 286;
/// The numbers that it gives out and that are no code, or not the one: nearly all in languages of which it has but the words
/// for a code.
const WRONG: usize = 456;
/// The languages of which the first list has the words for a dead code.
const LANGUAGES: [&str; 10] = [
    "ja", "en", "zh-Hans", "zh-Hant", "ko", "de", "fr", "es", "pt-BR", "it",
];
/// The codes in these languages that a page's build refuses and a build with both lists reads.
const REFUSED: [&str; 38] = [
    "zh-Hant-entry-2",
    "zh-Hans-entry-2",
    "en-number-label-1",
    "zh-Hans-sentence-6",
    "zh-Hant-sentence-6",
    "en-sent-9",
    "zh-Hans-sent-5",
    "wording-between-11",
    "wording-is-code-for-5",
    "wording-is-code-for-6",
    "wording-is-code-for-9",
    "wording-number-label-4",
    "wording-between-23",
    "wording-is-code-for-10",
    "wording-is-code-for-11",
    "wording-expired-16",
    "wording-expired-17",
    "replaced-ja-1",
    "letter-ja-2",
    "letter-zh-Hans-5",
    "unseen-en-61",
    "unseen-pt-BR-4",
    "unseen-zh-Hans-1",
    "unseen-zh-Hans-24",
    "unseen-pt-BR-12",
    "footnote-en-12",
    "footnote-en-13",
    "footnote-ko-2",
    "footnote-fr-2",
    "footnote-de-2",
    "footnote-it-1",
    "footnote-pt-BR-1",
    "comma-zh-Hans-1",
    "comma-zh-Hans-2",
    "comma-zh-Hans-3",
    "comma-zh-Hans-4",
    "comma-zh-Hant-1",
    "comma-ja-1",
];

/// A row without options: its id, its language, its text and the code.
struct Row {
    id: String,
    lang: String,
    text: String,
    code: Option<(Kind, String)>,
}

fn rows() -> Vec<Row> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/code.json");
    let json = fs::read_to_string(path).expect("the file exists");
    let file: Value = serde_json::from_str(&json).expect("JSON");
    let rows = file["rows"].as_array().expect("rows");
    let string = |value: &Value| value.as_str().map(String::from);
    rows.iter()
        .filter(|row| row["options"].is_null())
        .map(|row| {
            let kind = match row["expect"]["kind"].as_str() {
                Some("code") => Some(Kind::Code),
                Some(_) => Some(Kind::Backup),
                None => None,
            };
            Row {
                id: string(&row["id"]).expect("an id"),
                lang: string(&row["lang"]).expect("a language"),
                text: string(&row["text"]).expect("a text"),
                code: kind.zip(string(&row["expect"]["digits"])),
            }
        })
        .collect()
}

/// The kind and the digits that are given out.
fn given(text: &str) -> Option<(Kind, String)> {
    let reading = read(text, &Rule::default());
    reading.kind.map(|kind| (kind, reading.digits.clone()))
}

#[test]
fn a_page_refuses_no_more_codes_and_gives_out_no_more_wrong_ones() {
    let (mut missed, mut wrong) = (0, 0);
    for row in rows() {
        let given = with_first_list_alone(|| given(&row.text));
        wrong += usize::from(given.is_some() && given != row.code);
        missed += usize::from(given.is_none() && row.code.is_some());
    }
    assert_eq!((missed, wrong), (MISSED, WRONG), "missed and wrong");
}

/// A word that makes a code a dead one may be in the first list only beside the words that make an exception of it.
#[test]
fn a_code_that_a_build_with_both_lists_reads_is_refused_by_no_page() {
    let refused: Vec<String> = rows()
        .into_iter()
        .filter(|row| LANGUAGES.contains(&row.lang.as_str()) && row.code.is_some())
        .filter(|row| given(&row.text) == row.code)
        .filter(|row| with_first_list_alone(|| given(&row.text)).is_none())
        .map(|row| row.id)
        .collect();
    assert_eq!(refused, REFUSED);
}
