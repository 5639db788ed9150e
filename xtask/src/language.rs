//! `cargo xtask language LANG`: checks the sentences of a language (docs/translating.md) against the Japanese and English
//! ones: members and their order, conditions, values, plural forms, length, the Japanese names in menu paths, and markup.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use crate::project::{self, Project};

/// The files of a language that have the keys of ja: the field's and the guide's. Search terms are each language's own
/// (tests/guide_words.rs), and layers of services are optional.
const FILES: [&str; 2] = ["", ".guide"];

/// A sentence may be this many times as long as the longer of the two originals.
const LONGER: usize = 2;
/// A length that is always allowed, in characters.
const ALWAYS: usize = 40;

/// Prints what is wrong with a language, a line each.
///
/// # Errors
/// If a file of the language is missing or is no JSON object.
pub fn run(project: &Project, language: &str) -> Result<ExitCode> {
    let wrong = check(&project.root.join("www/words"), language)?;
    for line in &wrong {
        println!("{line}");
    }
    println!("{language}: {} to mend", wrong.len());
    Ok(if wrong.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The defects of a language's files in a folder.
///
/// # Errors
/// As [`run`].
pub fn check(folder: &Path, language: &str) -> Result<Vec<String>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if language.is_empty() || !language.chars().all(is_name) {
        bail!("{language:?} is no language tag");
    }
    let mut wrong = Vec::new();
    for file in FILES {
        let [own, ja, en] =
            [language, "ja", "en"].map(|tag| read(folder, &format!("{tag}{file}.json")));
        let (own, ja, en) = (own?, ja?, en?);
        let mut found = Vec::new();
        members(&own, &ja, &en, language, "", &mut found);
        same(&own, &ja, "", &mut BTreeMap::new(), &mut found);
        found.extend(order(folder, language, file)?);
        wrong.extend(
            found
                .into_iter()
                .map(|defect| format!("{language}{file}{defect}")),
        );
    }
    Ok(wrong)
}

/// Where a Japanese sentence has two translations in one file. `known`: each sentence so far, with the place and the text of its
/// translation.
fn same<'a>(
    own: &'a Map<String, Value>,
    ja: &'a Map<String, Value>,
    place: &str,
    known: &mut BTreeMap<&'a str, (String, &'a str)>,
    wrong: &mut Vec<String>,
) {
    for (name, ja) in ja {
        if let Some(own) = own.get(name) {
            same_value(own, ja, &format!("{place}.{name}"), known, wrong);
        }
    }
}

fn same_value<'a>(
    own: &'a Value,
    ja: &'a Value,
    place: &str,
    known: &mut BTreeMap<&'a str, (String, &'a str)>,
    wrong: &mut Vec<String>,
) {
    match (own, ja) {
        (Value::Object(own), Value::Object(ja)) => same(own, ja, place, known, wrong),
        (Value::Array(own), Value::Array(ja)) => {
            for (index, (own, ja)) in own.iter().zip(ja).enumerate() {
                same_value(own, ja, &format!("{place}.{index}"), known, wrong);
            }
        }
        (Value::String(own), Value::String(ja)) => {
            let (first, text) = known
                .entry(ja)
                .or_insert_with(|| (place.to_owned(), own.as_str()));
            if text != own {
                wrong.push(format!(
                    "{place}: is {own}, but {text} at {first}, for one Japanese sentence: {ja}"
                ));
            }
        }
        _ => {}
    }
}

/// Whether keys are out of order: the field takes its sentences by their places.
fn order(folder: &Path, language: &str, file: &str) -> Result<Option<String>> {
    if !file.is_empty() {
        return Ok(None);
    }
    let [own, ja] = [language, "ja"].map(|tag| project::read(&folder.join(format!("{tag}.json"))));
    let (own, ja) = (own?, ja?);
    let keys = |text: &str| -> Vec<String> {
        let lines = text
            .lines()
            .filter_map(|line| line.strip_prefix("  \"")?.split_once("\":"));
        lines.map(|(key, _)| key.to_owned()).collect()
    };
    let (own, ja) = (keys(&own), keys(&ja));
    let place = own.iter().zip(&ja).position(|(own, ja)| own != ja);
    Ok(place.map(|place| {
        format!(
            ".{}: in the order of ja, a key a line, {} is here",
            own[place], ja[place]
        )
    }))
}

fn read(folder: &Path, name: &str) -> Result<Map<String, Value>> {
    let value: Value = serde_json::from_str(&project::read(&folder.join(name))?)
        .with_context(|| format!("{name} is not JSON"))?;
    match value {
        Value::Object(members) => Ok(members),
        _ => bail!("{name} is no object"),
    }
}

/// The members of an object: all of the originals, in their order, and no others.
fn members(
    own: &Map<String, Value>,
    ja: &Map<String, Value>,
    en: &Map<String, Value>,
    language: &str,
    place: &str,
    wrong: &mut Vec<String>,
) {
    let [has, wanted] = [own, ja].map(|members| members.keys().collect::<Vec<_>>());
    if has != wanted {
        let [has, wanted]: [BTreeSet<_>; 2] = [has, wanted].map(|keys| keys.into_iter().collect());
        let missing: Vec<_> = wanted.difference(&has).collect();
        let unknown: Vec<_> = has.difference(&wanted).collect();
        wrong.push(format!(
            "{place}: missing {missing:?}, unknown {unknown:?}; the order is that of ja"
        ));
    }
    for (name, ja) in ja {
        if let (Some(own), Some(en)) = (own.get(name), en.get(name)) {
            value(own, ja, en, language, &format!("{place}.{name}"), wrong);
        }
    }
}

fn value(
    own: &Value,
    ja: &Value,
    en: &Value,
    language: &str,
    place: &str,
    wrong: &mut Vec<String>,
) {
    match (own, ja, en) {
        (Value::String(own), Value::String(ja), Value::String(en)) => {
            // Sentences to show to somebody in Japan, and the names of drawings, stay as they are.
            if place.ends_with(".say") && !place.starts_with(".ui")
                || place.ends_with(".picture") && !place.contains(".choices.")
            {
                if own != ja {
                    wrong.push(format!("{place}: is not the Japanese one: {own}"));
                }
                return;
            }
            sentence(own, ja, en, language, place, wrong);
        }
        // Plural forms: `other` is one of every language.
        (Value::Object(forms), Value::String(ja), Value::Object(en)) => {
            if !forms.contains_key("other") {
                wrong.push(format!("{place}: has no form `other`"));
            }
            let longest = en.get("other").and_then(Value::as_str).unwrap_or(ja);
            for (form, text) in forms {
                let text = text.as_str().unwrap_or_default();
                sentence(
                    text,
                    ja,
                    longest,
                    language,
                    &format!("{place}.{form}"),
                    wrong,
                );
            }
        }
        (Value::String(own), Value::String(ja), Value::Object(_)) => {
            sentence(own, ja, ja, language, place, wrong);
        }
        (Value::Array(own), Value::Array(ja), Value::Array(en)) => {
            if own.len() != ja.len() {
                wrong.push(format!(
                    "{place}: {} sentences, not {}",
                    own.len(),
                    ja.len()
                ));
            }
            for (index, (own, (ja, en))) in own.iter().zip(ja.iter().zip(en)).enumerate() {
                value(own, ja, en, language, &format!("{place}.{index}"), wrong);
            }
        }
        (Value::Object(own), Value::Object(ja), Value::Object(en)) => {
            members(own, ja, en, language, place, wrong);
        }
        _ => wrong.push(format!("{place}: is of another kind than in ja and en")),
    }
}

fn sentence(own: &str, ja: &str, en: &str, language: &str, place: &str, wrong: &mut Vec<String>) {
    let mut defect = |what: String| wrong.push(format!("{place}: {what}: {own}"));
    if own.trim() != own || own.is_empty() || own.contains("  ") {
        defect("spaces, or nothing".to_owned());
    }
    if own.contains(['<', '\\', '`', '\t', '\n']) {
        defect("markup".to_owned());
    }
    if condition(own) != condition(ja) {
        defect(format!("begins with {:?}", condition(ja)));
    }
    if values(own) != values(ja) {
        defect(format!("has other values than {:?}", values(ja)));
    }
    let paths = |text: &str| text.matches('›').count();
    if paths(own) != paths(ja) {
        defect("has another menu path".to_owned());
    }
    // A phone in Japan has these names in Japanese: they are beside the translation, whatever the language.
    for name in path_names(ja) {
        if !own.replace(['《', '》'], "").contains(&name) && !plain(own).contains(&name) {
            defect(format!("has no {name}"));
        }
    }
    let most = ALWAYS
        .max(LONGER * ja.chars().count())
        .max(LONGER * en.chars().count() / 2);
    if language != "ja-x-easy" && plain(own).chars().count() > most {
        defect(format!("is longer than {most} characters"));
    }
}

/// The flag with its `!` at the beginning of a sentence.
fn condition(sentence: &str) -> Option<&str> {
    let (flag, _) = sentence.strip_prefix('@')?.split_once(':')?;
    Some(flag)
}

fn values(sentence: &str) -> BTreeSet<&str> {
    let opened = sentence.split('{').skip(1);
    opened
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

/// The names in a path through menus: those in Japanese letters.
fn path_names(sentence: &str) -> Vec<String> {
    let path = sentence
        .split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'));
    let names = path
        .map(|(path, _)| path)
        .unwrap_or_default()
        .split('›')
        .map(str::trim);
    names
        .filter(|name| !name.is_ascii())
        .map(str::to_owned)
        .collect()
}

/// A text without its readings: 漢字《かんじ》 is 漢字.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut is_reading = false;
    for c in text.chars() {
        match c {
            '《' => is_reading = true,
            '》' => is_reading = false,
            _ if is_reading => {}
            _ => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defects(own: &str, ja: &str, en: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        sentence(own, ja, en, "ko", "", &mut wrong);
        wrong
    }

    #[test]
    fn a_sentence_has_its_condition_its_values_and_its_menu_names() {
        let (ja, en) = (
            "@resent:{n}回です。[設定 › 電話]",
            "@resent:{n} times. [設定 › 電話] (Settings, Phone)",
        );
        assert_eq!(
            defects("@resent:{n}번. [設定 › 電話] (설정, 전화)", ja, en),
            [""; 0]
        );
        for (own, what) in [
            ("{n}번. [設定 › 電話]", "begins with"),
            ("@resent:번. [設定 › 電話]", "other values"),
            ("@resent:{n}번. [설정 › 電話]", "has no 設定"),
            ("@resent:{n}번. [設定 電話]", "another menu path"),
            ("@resent:{n}<b>번</b>. [設定 › 電話]", "markup"),
            (" @resent:{n}번. [設定 › 電話]", "spaces"),
        ] {
            assert!(
                defects(own, ja, en).iter().any(|line| line.contains(what)),
                "{own}"
            );
        }
        let long = "아".repeat(41);
        assert!(defects(&long, "短い。", "Short.")[0].contains("longer"));
    }

    #[test]
    fn one_japanese_sentence_has_one_translation() -> Result<()> {
        let defects = |own: &str, ja: &str| -> Result<Vec<String>> {
            let (own, ja): (Map<_, _>, Map<_, _>) =
                (serde_json::from_str(own)?, serde_json::from_str(ja)?);
            let mut wrong = Vec::new();
            same(&own, &ja, "", &mut BTreeMap::new(), &mut wrong);
            Ok(wrong)
        };
        let ja = r#"{"a": "戻る", "b": {"c": ["次へ", "戻る"]}, "d": "終わり"}"#;
        let equal = r#"{"a": "Back", "b": {"c": ["Next", "Back"]}, "d": "Back"}"#;
        assert_eq!(defects(equal, ja)?, [""; 0]);
        let other = r#"{"a": "Back", "b": {"c": ["Next", "Return"]}, "d": "Done"}"#;
        let wrong = defects(other, ja)?;
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert!(
            wrong[0].starts_with(".b.c.1: is Return, but Back at .a"),
            "{wrong:?}"
        );
        Ok(())
    }

    /// The languages that have a file.
    fn languages(folder: &Path) -> Result<Vec<String>> {
        let names = std::fs::read_dir(folder)?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let languages: Vec<String> = names
            .filter_map(|name| Some(name.strip_suffix(".json")?.to_owned()))
            .filter(|name| !name.contains('.'))
            .collect();
        assert!(languages.len() >= 4, "{languages:?}");
        Ok(languages)
    }

    #[test]
    fn every_language_of_the_folder_is_whole() -> Result<()> {
        let folder = Project::find()?.root.join("www/words");
        for language in languages(&folder)? {
            assert_eq!(check(&folder, &language)?, [""; 0]);
        }
        Ok(())
    }

    #[test]
    fn every_language_of_the_folder_is_known_to_the_page() -> Result<()> {
        let www = Project::find()?.root.join("www");
        let text = |name: &str| project::read(&www.join(name));
        let field = text("languages.js")? + &text("languages.fetched.js")?;
        let guide = text("guide-words.js")?;
        for language in languages(&www.join("words"))? {
            for (names, file) in [(&field, ""), (&guide, ".guide"), (&guide, ".search")] {
                let file = format!("\"./words/{language}{file}.json\"");
                assert!(names.contains(&file), "{file}");
            }
        }
        Ok(())
    }
}
