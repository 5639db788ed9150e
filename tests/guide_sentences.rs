//! Rules of the guide's words: the same structure in both languages, a label for every choice of the
//! table and for nothing else, and only flags, values and drawings that there are.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use todoita::channel::RecoveryMethod;
use todoita::guide::{FLOW, Flags, Group, Step};

const LANGUAGES: [&str; 2] = ["ja", "en"];
const PROFILES: [&str; 2] = ["instagram", "twitter"];

/// The members of a screen, in the order in which they are drawn.
const PARTS: [&str; 9] = [
    "title", "lead", "steps", "why", "time", "say", "picture", "folds", "choices",
];
/// The names of the sentences outside the screens.
#[rustfmt::skip]
const UI: [&str; 29] = [
    "site", "site-alone", "search", "search-hint", "search-go", "results", "nothing", "more", "safety",
    "asked", "exits", "code", "page", "other", "other-ways", "support", "notice", "menu", "back", "why", "time", "say",
    "resent", "shut", "incident", "alone", "address", "few-tries", "few-tries-methods",
];
const FOLD: [&str; 4] = ["title", "text", "steps", "say"];
/// The values of the sentences (`src/guide/facts.rs`).
#[rustfmt::skip]
const VALUES: [&str; 17] = [
    "site", "domain", "sender", "destination", "last", "minutes", "sent", "expires", "time", "resends", "tries", "digits",
    "backup", "hours", "answer", "urgent", "ways",
];

fn words(name: &str) -> Value {
    let path = format!("{}/www/words/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let json = std::fs::read_to_string(&path).expect("the file is there");
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn object<'a>(value: &'a Value, what: &str) -> &'a Map<String, Value> {
    value
        .as_object()
        .unwrap_or_else(|| panic!("{what} is no object"))
}

/// Every sentence with its key.
fn sentences(value: &Value, key: &str, all: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => all.push((key.to_owned(), text.clone())),
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                sentences(inner, &format!("{key}.{index}"), all);
            }
        }
        Value::Object(members) => {
            for (name, inner) in members {
                sentences(inner, &format!("{key}.{name}"), all);
            }
        }
        _ => panic!("{key} is no sentence"),
    }
}

/// The words of a file without its search terms, which each language has of its own.
fn sentences_of(name: &str) -> Vec<(String, String)> {
    let mut file = words(name);
    if let Some(members) = file.as_object_mut() {
        members.remove("search");
    }
    let mut all = Vec::new();
    sentences(&file, "", &mut all);
    assert!(!all.is_empty(), "{name} says nothing");
    all
}

/// The condition at a sentence's beginning, with its `!`.
fn condition(sentence: &str) -> Option<&str> {
    sentence
        .strip_prefix('@')?
        .split_once(':')
        .map(|(flag, _)| flag)
}

/// The `{values}` of a sentence.
fn values(sentence: &str) -> BTreeSet<&str> {
    let opened = sentence.split('{').skip(1);
    opened
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

#[test]
fn both_languages_have_the_same_members_in_the_same_order() {
    for file in ["guide", "instagram", "twitter"] {
        let [ja, en] = LANGUAGES.map(|language| sentences_of(&format!("{language}.{file}")));
        let keys =
            |all: &[(String, String)]| all.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(&ja), keys(&en), "{file}");
        for ((key, ja), (_, en)) in ja.iter().zip(&en) {
            assert_eq!(condition(ja), condition(en), "{file} {key}");
            assert_eq!(values(ja), values(en), "{file} {key}");
        }
    }
}

#[test]
fn every_screen_and_every_choice_has_its_words_and_there_are_no_others() {
    for language in LANGUAGES {
        let file = words(&format!("{language}.guide"));
        let screens = object(&file["screens"], "screens");
        assert_eq!(screens.len(), Step::ALL.len());
        for (step, choices) in FLOW {
            let screen = object(&screens[step.as_str()], step.as_str());
            let mut wanted: Vec<&str> = Vec::new();
            for choice in choices {
                if !wanted.contains(&choice.name) {
                    wanted.push(choice.name);
                }
            }
            let has = screen.get("choices").and_then(Value::as_object);
            let has: BTreeSet<&str> = has
                .into_iter()
                .flatten()
                .map(|(name, _)| name.as_str())
                .collect();
            assert_eq!(
                has,
                wanted.into_iter().collect(),
                "{language} {}",
                step.as_str()
            );
        }
        let ui: BTreeSet<&str> = UI.into();
        let has = object(&file["ui"], "ui").keys().map(String::as_str);
        assert_eq!(has.collect::<BTreeSet<_>>(), ui, "{language}");
        for group in Group::ALL {
            // The first answers of the menu need no heading.
            assert_eq!(
                file["groups"][group.as_str()].is_string(),
                group != Group::Main,
                "{language} {}",
                group.as_str()
            );
        }
        for method in RecoveryMethod::ALL {
            for kind in ["ways", "names"] {
                assert!(
                    file[kind][method.as_str()].is_string(),
                    "{language} {kind} {}",
                    method.as_str()
                );
            }
        }
    }
}

#[test]
fn parts_are_in_the_order_in_which_they_are_drawn() {
    let ordered = |members: &Map<String, Value>, order: &[&str], what: &str| {
        let places: Vec<usize> = members
            .keys()
            .map(|name| {
                let place = order.iter().position(|known| known == name);
                place.unwrap_or_else(|| panic!("{what} has a `{name}` that nobody draws"))
            })
            .collect();
        assert!(places.is_sorted(), "{what}: {places:?}");
    };
    for language in LANGUAGES {
        for file in ["guide", "instagram", "twitter"] {
            let file = words(&format!("{language}.{file}"));
            for (name, screen) in object(&file["screens"], "screens") {
                let screen = object(screen, name);
                ordered(screen, &PARTS, name);
                for (fold, parts) in screen
                    .get("folds")
                    .and_then(Value::as_object)
                    .into_iter()
                    .flatten()
                {
                    ordered(object(parts, fold), &FOLD, &format!("{name}.{fold}"));
                }
            }
        }
    }
}

#[test]
fn only_flags_values_and_drawings_that_there_are() {
    let pictures = words("../pictures");
    let mut shown = BTreeSet::new();
    for language in LANGUAGES {
        for file in ["guide", "instagram", "twitter"] {
            for (key, sentence) in sentences_of(&format!("{language}.{file}")) {
                if let Some(flag) = condition(&sentence) {
                    let flag = flag.trim_start_matches('!');
                    assert_ne!(
                        Flags::from_name(flag),
                        Flags::NONE,
                        "{key}: there is no flag {flag}"
                    );
                }
                for value in values(&sentence) {
                    assert!(VALUES.contains(&value), "{key}: nobody fills in {value}");
                }
                if key.ends_with(".picture") && !key.contains(".choices.") {
                    assert!(
                        pictures[&sentence].is_array(),
                        "{key}: no drawing {sentence}"
                    );
                    shown.insert(sentence);
                }
            }
        }
    }
    // A page loads them all with the first.
    for (name, _) in pictures.as_object().into_iter().flatten() {
        assert!(shown.contains(name), "no sentence names the drawing {name}");
    }
}

#[test]
fn a_profile_lays_over_what_there_is() {
    let generic = words("ja.guide");
    for profile in PROFILES {
        let layer = words(&format!("ja.{profile}"));
        for (name, screen) in object(&layer["screens"], "screens") {
            assert!(
                generic["screens"][name].is_object(),
                "{profile}: there is no screen {name}"
            );
            for (part, value) in object(screen, name) {
                if part == "choices" {
                    for choice in object(value, part).keys() {
                        assert!(
                            generic["screens"][name]["choices"][choice].is_string(),
                            "{profile}: {name} has no choice {choice}"
                        );
                    }
                }
            }
        }
        for part in ["ui", "ways", "groups"] {
            for name in layer
                .get(part)
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(Map::keys)
            {
                assert!(
                    generic[part][name].is_string(),
                    "{profile}: there is no {part}.{name}"
                );
            }
        }
    }
}

/// The facts of a site in a layer besides words: values, and the methods of the site.
#[test]
fn a_profile_names_known_values_and_methods_alike_in_both_languages() {
    for profile in PROFILES {
        let [ja, en] = LANGUAGES.map(|language| words(&format!("{language}.{profile}")));
        for part in ["values", "alternatives"] {
            assert_eq!(ja[part], en[part], "{profile}: {part}");
        }
        for name in object(&ja["values"], "values").keys() {
            assert!(
                VALUES.contains(&name.as_str()),
                "{profile}: nobody says {name}"
            );
        }
        let methods = ja["alternatives"].as_str().expect("names of methods");
        for name in methods.split(' ') {
            assert!(
                RecoveryMethod::from_name(name).is_some(),
                "{profile}: there is no way {name}"
            );
        }
        for part in object(&ja, profile).keys() {
            let known = ["values", "alternatives", "ui", "groups", "ways", "screens"];
            assert!(
                known.contains(&part.as_str()),
                "{profile}: nobody reads {part}"
            );
        }
    }
}

/// iOS offers to scan a payment card where a label says so.
#[test]
fn no_label_contains_security_code() {
    for (language, phrase) in [("ja", "セキュリティコード"), ("en", "security code")] {
        let saying: Vec<String> = sentences_of(&format!("{language}.guide"))
            .into_iter()
            .filter(|(_, sentence)| sentence.to_lowercase().contains(phrase))
            .map(|(key, _)| key)
            .collect();
        assert_eq!(
            saying.len(),
            1,
            "{language}: only where the names are listed, {saying:?}"
        );
        assert!(
            saying[0].starts_with(".screens.glossary.folds."),
            "{saying:?}"
        );
    }
}

#[test]
fn japanese_has_no_space_around_figures_and_no_half_width_stops() {
    for file in ["guide", "instagram", "twitter"] {
        for (key, sentence) in sentences_of(&format!("ja.{file}")) {
            // An app's own name has one.
            let sentence = sentence.replace("my 楽天モバイル", "");
            let characters: Vec<char> = sentence.chars().collect();
            let wide = |c: char| ('\u{3040}'..='\u{9FFF}').contains(&c);
            for window in characters.windows(3) {
                if let [before, ' ', after] = window {
                    let loose = (wide(*before) && after.is_ascii_alphanumeric())
                        || (before.is_ascii_alphanumeric() && wide(*after));
                    assert!(!loose, "{file}{key}: {sentence}");
                }
            }
            for window in characters.windows(2) {
                if let [before, ',' | '.' | '!' | '?'] = window {
                    assert!(!wide(*before), "{file}{key}: {sentence}");
                }
            }
        }
    }
}

#[path = "guide_sentences/sends.rs"]
mod sends;
