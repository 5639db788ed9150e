//! The sentences of the set-up elements, in each language.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
use todoita::setup::Word;

fn words(language: &str) -> Map<String, Value> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("www/words/{language}.setup.json"));
    serde_json::from_str(&fs::read_to_string(path).expect("a file")).expect("JSON")
}

/// The sentence, or its plural forms.
fn forms(sentence: &Value) -> Vec<&str> {
    match sentence {
        Value::Object(forms) => forms.values().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

fn placeholders(sentence: &str) -> BTreeSet<&str> {
    let parts = sentence.split('{').skip(1);
    parts
        .filter_map(|part| Some(part.split_once('}')?.0))
        .collect()
}

#[test]
fn both_languages_have_every_sentence_in_the_order_of_the_keys() {
    for language in ["ja", "en"] {
        let words = words(language);
        assert!(
            words
                .keys()
                .map(String::as_str)
                .eq(Word::ALL.map(Word::as_str)),
            "{language}"
        );
    }
}

#[test]
fn a_sentence_has_the_same_values_in_both_languages() {
    let (ja, en) = (words("ja"), words("en"));
    for (key, sentence) in &ja {
        let own = placeholders(forms(sentence)[0]);
        for form in forms(&en[key]) {
            assert_eq!(placeholders(form), own, "{key}");
        }
    }
}

/// Headings, buttons and names, which do not end as sentences.
fn is_label(key: &str) -> bool {
    let ends = [
        "-app",
        "-none",
        "-key",
        "-open",
        "-other",
        "-type",
        "-issuer",
        "-account",
        "-kind",
        "-time",
        "-counter",
        "-secret",
        "-code",
        "-copy",
        "-download",
        "-print",
        "-kept",
        "-title",
        "-date",
    ];
    let texts = ["number-none", "code-none", "number-other"];
    !texts.contains(&key)
        && (["copy", "support"].contains(&key)
            || ends.iter().any(|end| key.ends_with(end)) && key != "fix-country-code")
}

#[test]
fn sentences_end_as_sentences_and_labels_do_not() {
    for (language, stop) in [("ja", '。'), ("en", '.')] {
        for (key, sentence) in &words(language) {
            for form in forms(sentence) {
                assert_eq!(
                    form.ends_with(stop),
                    !is_label(key),
                    "{language} {key}: {form}"
                );
                assert_eq!(form.trim(), form);
            }
        }
    }
}
