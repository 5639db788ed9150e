//! The sentences: the service's own (`server/words/`) and the field's (`www/words/`), in both languages.

pub mod guide; // the guide's sentences
pub mod messages; // the texts of messages
mod times; // clock times and dates

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use todoita::text::fill;
use todoita::words::Word;

/// A language that the service speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Japanese, first.
    #[default]
    Ja,
    /// English, also for whoever reads neither.
    En,
}

impl Lang {
    /// The language's tag.
    pub fn as_str(self) -> &'static str {
        match self {
            Lang::Ja => "ja",
            Lang::En => "en",
        }
    }

    /// Reads a tag. `None` for a language that the service does not speak.
    pub fn from_name(name: &str) -> Option<Lang> {
        match name {
            "ja" => Some(Lang::Ja),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The language for an `Accept-Language` header: the first supported one, best quality first; English for
    /// whoever reads neither.
    pub fn from_accept(header: &str) -> Lang {
        let mut ranges: Vec<(f32, &str)> = header
            .split(',')
            .filter_map(|range| {
                let (tag, q) = range.split_once(';').unwrap_or((range, ""));
                let q = q
                    .trim()
                    .strip_prefix("q=")
                    .map_or(Some(1.0), |q| q.parse().ok())?;
                Some((q, tag.trim()))
            })
            .filter(|(q, _)| *q > 0.0)
            .collect();
        // Stable: of equals the first stays first.
        ranges.sort_by(|a, b| b.0.total_cmp(&a.0));
        ranges
            .into_iter()
            .find_map(|(_, tag)| Lang::from_name(&tag.split('-').next()?.to_ascii_lowercase()))
            .unwrap_or(if header.trim().is_empty() {
                Lang::Ja
            } else {
                Lang::En
            })
    }
}

/// The values for the field's sentences, from [`todoita::view::View`].
#[derive(Clone, Debug, Default)]
pub struct Values<'a> {
    /// Digits of the code.
    pub digits: u32,
    /// Digits that were given.
    pub have: u32,
    /// A number by which a plural form is chosen.
    pub n: u32,
    /// The masked destination.
    pub destination: Option<&'a str>,
    /// A clock time.
    pub time: Option<String>,
    /// A span: the sentence of its unit, and its number.
    pub span: Option<(Word, u32)>,
}

/// All sentences of a language.
#[derive(Debug)]
pub struct Words {
    lang: Lang,
    own: BTreeMap<String, String>,
    field: BTreeMap<String, Entry>,
}

/// A sentence of the field: one, or one for each plural category.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Entry {
    One(String),
    Plural(BTreeMap<String, String>),
}

static JA: LazyLock<Words> = LazyLock::new(|| {
    load(
        Lang::Ja,
        include_str!("../../words/ja.json"),
        include_str!("../../../www/words/ja.json"),
    )
});
static EN: LazyLock<Words> = LazyLock::new(|| {
    load(
        Lang::En,
        include_str!("../../words/en.json"),
        include_str!("../../../www/words/en.json"),
    )
});

fn load(lang: Lang, own: &str, field: &str) -> Words {
    let reason = "the files are compiled in, and the tests read them";
    Words {
        lang,
        own: serde_json::from_str(own).expect(reason),
        field: serde_json::from_str(field).expect(reason),
    }
}

impl Words {
    /// The sentences of a language.
    pub fn of(lang: Lang) -> &'static Words {
        match lang {
            Lang::Ja => &JA,
            Lang::En => &EN,
        }
    }

    /// The language.
    pub fn lang(&self) -> &'static str {
        self.lang.as_str()
    }

    /// A sentence of the service's own. An unknown key shows as itself; the tests know them all.
    pub fn own<'a>(&'a self, key: &'a str) -> &'a str {
        self.own.get(key).map_or(key, String::as_str)
    }

    /// A sentence of the service's own with its `{name}`s filled in.
    pub fn own_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.own(key), &mut |name| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        })
    }

    /// A sentence of the field, as the widget would show it.
    pub fn field(&self, word: Word, values: &Values<'_>) -> String {
        let sentence = match self.field.get(word.as_str()) {
            Some(Entry::One(sentence)) => sentence,
            Some(Entry::Plural(forms)) => {
                let form = if values.n == 1 { "one" } else { "other" };
                forms
                    .get(form)
                    .or(forms.get("other"))
                    .map_or(word.as_str(), String::as_str)
            }
            None => word.as_str(),
        };
        fill(sentence, &mut |name| match name {
            "digits" => Some(values.digits.to_string()),
            "have" => Some(values.have.to_string()),
            "n" => Some(values.n.to_string()),
            "destination" => values.destination.map(str::to_owned),
            "time" => values.time.clone(),
            "span" => values.span.map(|(unit, n)| {
                self.field(
                    unit,
                    &Values {
                        n,
                        ..Values::default()
                    },
                )
            }),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_chosen_as_the_browser_asks() {
        assert_eq!(Lang::from_accept("ja,en-US;q=0.9,en;q=0.8"), Lang::Ja);
        assert_eq!(Lang::from_accept("en-GB,en;q=0.9,ja;q=0.8"), Lang::En);
        assert_eq!(Lang::from_accept("en;q=0.1, ja-JP;q=0.2"), Lang::Ja);
        assert_eq!(Lang::from_accept("pt-BR"), Lang::En);
        assert_eq!(Lang::from_accept("*"), Lang::En);
        assert_eq!(Lang::from_accept("ja;q=0, en"), Lang::En);
        assert_eq!(Lang::from_accept(""), Lang::Ja);
    }

    #[test]
    fn both_languages_have_the_same_keys_and_names_in_the_same_order() {
        let keys = |text: &str| -> Vec<String> {
            let lines = text
                .lines()
                .filter_map(|line| line.trim().strip_prefix('"')?.split_once("\": \""));
            lines.map(|(key, _)| key.to_owned()).collect()
        };
        let (ja, en) = (
            include_str!("../../words/ja.json"),
            include_str!("../../words/en.json"),
        );
        assert_eq!(keys(ja), keys(en));
        assert_eq!(keys(ja).len(), JA.own.len());
        for (key, sentence) in &JA.own {
            let names = |text: &str| -> std::collections::BTreeSet<String> {
                text.split('{')
                    .skip(1)
                    .filter_map(|part| Some(part.split_once('}')?.0.to_owned()))
                    .collect()
            };
            assert_eq!(names(sentence), names(&EN.own[key]), "{key}");
        }
    }

    #[test]
    fn every_key_in_a_template_or_in_the_code_has_a_sentence_and_every_sentence_a_use() {
        let mut used = std::collections::BTreeSet::new();
        for folder in [
            "src",
            "src/demo",
            "src/web",
            "src/web/pages",
            "src/web/routes",
            "src/words",
            "templates",
        ] {
            let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            for file in std::fs::read_dir(root)
                .unwrap()
                .flatten()
                .filter(|file| file.path().is_file())
            {
                let text = std::fs::read_to_string(file.path()).unwrap();
                for quoted in text.split('"') {
                    if JA.own.contains_key(quoted) {
                        used.insert(quoted.to_owned());
                    }
                }
                for call in text
                    .split("words.own(\"")
                    .skip(1)
                    .chain(text.split("words.own_with(\"").skip(1))
                {
                    let key = call.split('"').next().unwrap();
                    assert!(
                        JA.own.contains_key(key),
                        "{key} in {}",
                        file.path().display()
                    );
                }
            }
        }
        let unused: Vec<_> = JA.own.keys().filter(|key| !used.contains(*key)).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }

    #[test]
    fn every_sentence_of_the_field_is_there_and_can_be_filled() {
        let values = Values {
            digits: 6,
            have: 5,
            n: 2,
            destination: Some("5678"),
            time: Some("7:14".into()),
            span: Some((Word::SpanSeconds, 30)),
        };
        for words in [Words::of(Lang::Ja), Words::of(Lang::En)] {
            for word in Word::ALL {
                let text = words.field(word, &values);
                assert!(text != word.as_str() && !text.contains('{'), "{text}");
            }
            assert!(words.field(Word::ResendIn, &values).contains("30"));
            assert!(words.field(Word::Locked, &values).contains("7:14"));
        }
        let left = |n| {
            Words::of(Lang::En).field(
                Word::AttemptsLeft,
                &Values {
                    n,
                    ..Values::default()
                },
            )
        };
        assert_ne!(left(1).replace('1', "2"), left(2), "one is not many");
    }

    #[test]
    fn a_clock_time_is_the_readers_and_never_too_early() {
        let (ja, en) = (Words::of(Lang::Ja), Words::of(Lang::En));
        assert_eq!(ja.clock_time_from(0, 0, 540), "9:00");
        assert_eq!(ja.clock_time_from(1, 0, 540), "9:01");
        assert_eq!(ja.clock_time(59_999, 0, 540), "9:00");
        assert_eq!(en.clock_time_from(0, 0, -90), "22:30 (UTC-1:30)");
    }

    #[test]
    fn a_date_has_its_year() {
        let at = 1_795_862_400_000; // 2026-11-28T10:40:00Z
        assert_eq!(Words::of(Lang::Ja).date(at, 540), "2026年11月28日");
        assert_eq!(Words::of(Lang::En).date(at, 0), "Nov 28, 2026");
    }

    /// The page follows the same table: tests/package/sentences.test.mjs.
    #[test]
    fn a_clock_time_of_another_day_has_the_day() {
        #[derive(Deserialize)]
        struct Case {
            lang: String,
            at: String,
            now: String,
            day: String,
        }
        let cases = include_str!("../../../tests/moments.json");
        let cases: Vec<Case> = serde_json::from_str(cases).unwrap();
        assert!(cases.len() > 10);
        let instant = |at: &str| {
            let at: jiff::Timestamp = at.parse().unwrap();
            u64::try_from(at.as_millisecond()).unwrap()
        };
        for case in cases {
            let words = Words::of(Lang::from_name(&case.lang).unwrap());
            let (at, now) = (instant(&case.at), instant(&case.now));
            let text = words.clock_time(at, now, 540);
            let time = words.clock_time(at, at, 540);
            assert_eq!(text, format!("{}{time}", case.day));
        }
    }
}
