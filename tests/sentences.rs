//! The rules of sentences: `tests/sentences.json` holds the core, and through a Node test the page
//! (`tests/package/sentences.test.mjs`).

#![cfg(not(target_arch = "wasm32"))]

use serde_json::{Value, json};
use todoita::text::{Piece, RichText, fill_if_known};

/// A sentence as the table has it: nothing, a text, or texts and paths.
fn filled(case: &Value) -> Value {
    let sentence = case["sentence"].as_str().expect("a sentence");
    let flags: Vec<&str> = case["flags"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let value = |name: &str| case["values"].get(name)?.as_str().map(str::to_owned);
    let Some(text) = fill_if_known(sentence, |flag| flags.contains(&flag), value) else {
        return Value::Null;
    };
    let pieces: Vec<Value> = RichText::new(&text)
        .0
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => json!(text),
            Piece::Path(steps) => json!(steps),
        })
        .collect();
    match pieces.as_slice() {
        [] => json!(""),
        [Value::String(text)] => json!(text),
        _ => json!(pieces),
    }
}

#[test]
fn sentences_are_filled_in_as_the_table_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sentences.json");
    let cases = std::fs::read_to_string(path).expect("the table");
    let cases: Vec<Value> = serde_json::from_str(&cases).expect("JSON");
    assert!(cases.len() > 30);
    for case in &cases {
        assert_eq!(filled(case), case["text"], "{case}");
    }
}
