//! The guide's search terms: what people type finds its screens. The other rules of its words are in
//! `tests/guide_sentences.rs`.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use serde_json::Value;
use todoita::guide::{Step, find};

#[path = "guide/asked.rs"]
mod asked;
#[path = "guide/phrases.rs"]
mod phrases;

use phrases::{PHRASES, SYMPTOMS};

const LANGUAGES: [&str; 4] = ["ja", "en", "ko", "ja-x-easy"];

fn words(language: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("www/words")
        .join(language)
        .with_extension("search.json");
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All terms that the page searches in a language.
fn all_groups(language: &str) -> String {
    let own = groups(&words(language));
    match language {
        "ja-x-easy" => [own, groups(&words("ja"))].join("\n"),
        _ => own,
    }
}

/// The words' search as it crosses: a line each, the terms and the screens with a TAB between them.
fn groups(words: &Value) -> String {
    let groups = words.as_array().expect("an array");
    let line = |group: &Value| {
        let part = |at: usize| group[at].as_str().expect("terms and screens").to_owned();
        format!("{}\t{}", part(0), part(1))
    };
    groups.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn found(groups: &str, text: &str) -> Vec<&'static str> {
    let found = find(groups, text).into_iter().flatten();
    found.map(Step::as_str).collect()
}

#[test]
fn search_leads_to_screens() {
    for language in LANGUAGES {
        let words = words(language);
        for line in groups(&words).lines() {
            let (terms, screens) = line.split_once('\t').expect("terms and screens");
            assert!(!terms.trim().is_empty(), "{language}: {line}");
            for screen in screens.split(' ') {
                assert!(Step::from_name(screen).is_some(), "{language}: {line}");
            }
            for term in terms.split(' ') {
                assert!(
                    !found(&groups(&words), term).is_empty(),
                    "{language}: {term}"
                );
            }
        }
    }
}

/// The best screen first, the others of the plan among the three.
#[track_caller]
fn assert_finds(groups: &str, text: &str, screens: &[&str], wrong: &mut String) {
    let found = found(groups, text);
    let all = screens.iter().all(|screen| found.contains(screen));
    if found.first() != screens.first() || !all {
        *wrong += &format!("{text}: {found:?}, not {screens:?}\n");
    }
}

#[test]
fn the_sixty_phrases_find_their_screens() {
    let groups = groups(&words("ja"));
    let mut wrong = String::new();
    for (phrase, screens) in PHRASES {
        assert_finds(&groups, phrase, screens, &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_symptoms_find_their_screens() {
    let (ja, en) = (groups(&words("ja")), groups(&words("en")));
    let mut wrong = String::new();
    for (symptom, symptom_en, screen) in SYMPTOMS {
        assert_finds(&ja, symptom, &[screen], &mut wrong);
        assert_finds(&en, symptom_en, &[screen], &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn what_people_type_finds_its_screen_among_the_first_three() {
    let languages = LANGUAGES.map(|language| (language, all_groups(language)));
    let mut wrong = String::new();
    let planned = asked::PLANNED.iter().chain(&asked::OWN);
    for (language, phrase, screen) in planned.chain(&asked::OTHERS) {
        let groups = languages.iter().find(|(name, _)| name == language);
        let found = found(&groups.expect("a language").1, phrase);
        if !found.contains(screen) {
            wrong += &format!("{phrase}: {found:?}, not {screen}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(asked::PLANNED.len() + asked::OWN.len() >= 192);
}

#[test]
fn nonsense_finds_nothing() {
    for language in LANGUAGES {
        let groups = all_groups(language);
        for text in ["", "ん", "qwertz", "🙂", "ぬるぽ", "zzz", "。。。"] {
            assert_eq!(found(&groups, text), [""; 0], "{language}: {text}");
        }
    }
}

#[test]
fn a_phrase_with_one_typing_error_finds_its_screen_among_the_first_three() {
    let languages = LANGUAGES.map(|language| (language, all_groups(language)));
    let mut wrong = String::new();
    for (language, phrase, screen) in asked::MISSPELT {
        let groups = languages.iter().find(|(name, _)| *name == language);
        let found = found(&groups.expect("a language").1, phrase);
        if !found.contains(&screen) {
            wrong += &format!("{phrase}: {found:?}, not {screen}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    for language in ["ja", "en"] {
        let of = asked::MISSPELT
            .iter()
            .filter(|(name, ..)| *name == language);
        assert!(of.count() >= 15, "{language}");
    }
}
