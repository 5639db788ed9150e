//! Rules for every sentence of the field, in each language. `tests/tidy.rs` checks that both files have every key,
//! in the order of `src/words.rs`, with the same values.

use todoita::text::fill;
use todoita::words::Word;
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A file of sentences.
struct Language {
    name: &'static str,
    json: &'static str,
}

const JA: Language = Language {
    name: "ja",
    json: include_str!("../www/words/ja.json"),
};
const EN: Language = Language {
    name: "en",
    json: include_str!("../www/words/en.json"),
};

/// The values of sentences, and the keys that have them.
#[rustfmt::skip]
const VALUES: [(&str, &str, &[&str]); 6] = [
    ("destination", "5678", &["sent-sms", "sent-voice", "sent-email"]),
    ("span", "10分", &["expires-in", "resend-in", "retry-in"]),
    ("n", "10", &COUNTED),
    ("time", "10:30", &["locked", "limited"]),
    ("have", "16", &["too-few", "too-many", "too-few-backup", "too-many-backup"]),
    ("digits", "6", &[
        "sent-sms", "sent-sms-bare", "sent-voice", "sent-voice-bare", "sent-email", "sent-email-bare",
        "enter-app", "enter-backup", "enter-backup-letters", "enter-code", "read-backup",
        "too-few", "too-many", "too-few-backup", "too-many-backup", "phone-number", "date", "password", "no-code",
    ]),
];

/// Sentences with plural forms.
const COUNTED: [&str; 4] = [
    "span-seconds",
    "span-minutes",
    "span-hours",
    "attempts-left",
];

/// Messages under the field: the longest text that a person reads at once.
#[rustfmt::skip]
const MESSAGES: [Word; 37] = {
    use Word::*;
    [
        ReadBackup, FixMessage, FixFullWidth, FixOtherDigits, FixLookAlike, FixSeparators, FixInvisible,
        Empty, TooFew, TooMany, TooFewBackup, TooManyBackup, PhoneNumber, Date, Password, Ambiguous,
        OtherSite, NoCode,
        Checking, Accepted, NewCode, RefusedBefore,
        Wrong, WrongApp, WrongBackup, Expired, Used, Exhausted, Locked, LockedOpen, Limited, LimitedOpen, Ended, Unknown, Unreachable, Offline, AttemptsLeft,
    ]
};

/// Labels of buttons, texts beside them, and parts of sentences: no sentences by themselves.
#[rustfmt::skip]
const LABELS: [&str; 14] = [
    "resend-in", "span-seconds", "span-minutes", "span-hours",
    "help", "resend", "way-sms", "way-voice", "way-email", "way-app", "way-backup", "way-code", "support", "restart",
];

/// Forbidden in sentences. "Security code" makes iOS Safari offer to scan a payment card; the rest are typing errors
/// and markup.
#[rustfmt::skip]
const NEVER: [&str; 13] = [
    "セキュリティコード", "ecurity code", "  ", "...", "\\", "<", ">", "!", "！", "'", "`", "\t", "TODO",
];

impl Language {
    /// Every sentence with its key, one for each plural form.
    fn sentences(&self) -> Vec<(&'static str, &'static str)> {
        let mut sentences = Vec::new();
        let mut key = "";
        for line in self.json.lines() {
            let (indent, name) = match line.split_once('"') {
                Some((indent, rest)) => (indent.len(), rest),
                None => continue,
            };
            let (name, value) = name.split_once("\": ").expect("a key and its value");
            if indent == 2 {
                key = name;
            }
            if let Some(sentence) = value.strip_prefix('"') {
                let sentence = sentence.trim_end_matches(',').strip_suffix('"');
                sentences.push((key, sentence.expect("a sentence ends where its line does")));
            }
        }
        assert!(sentences.len() >= Word::ALL.len(), "{}", self.name);
        sentences
    }

    /// The sentence of a word; the last of its forms.
    fn text(&self, word: Word) -> String {
        let sentences = self.sentences();
        let found = sentences.iter().rfind(|(key, _)| *key == word.as_str());
        filled(found.expect("every word has a sentence").1)
    }
}

fn filled(sentence: &str) -> String {
    fill(sentence, &mut |name| {
        let value = VALUES.iter().find(|(known, ..)| *known == name);
        value.map(|(_, value, _)| (*value).to_owned())
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn a_sentence_has_the_values_that_its_place_gives_it_and_no_other() {
    for language in [JA, EN] {
        for (key, sentence) in language.sentences() {
            for (name, _, keys) in VALUES {
                let named = sentence.contains(&["{", name, "}"].concat());
                assert_eq!(
                    named,
                    keys.contains(&key),
                    "{{{name}}} in {} {key}",
                    language.name
                );
            }
            let whole = filled(sentence);
            assert!(
                !whole.contains(['{', '}']),
                "{} {key}: {whole}",
                language.name
            );
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn what_is_counted_has_its_plural_forms() {
    let forms = |language: &Language, word: Word| {
        let sentences = language.sentences();
        sentences
            .iter()
            .filter(|(key, _)| *key == word.as_str())
            .count()
    };
    for word in Word::ALL {
        let counted = COUNTED.contains(&word.as_str());
        assert_eq!(forms(&EN, word), 1 + usize::from(counted), "{word:?}");
        assert_eq!(forms(&JA, word), 1, "{word:?}");
    }
    // `Intl.PluralRules` asks for these of English.
    for form in ["    \"one\": \"", "    \"other\": \""] {
        assert_eq!(EN.json.matches(form).count(), COUNTED.len(), "{form}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_message_is_read_at_a_glance() {
    for word in MESSAGES {
        let (ja, en) = (JA.text(word), EN.text(word));
        assert!(ja.chars().count() <= 45, "{}: {ja}", ja.chars().count());
        assert!(en.chars().count() <= 90, "{}: {en}", en.chars().count());
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn every_message_says_something_of_its_own() {
    for language in [JA, EN] {
        let mut texts: Vec<String> = MESSAGES.map(|word| language.text(word)).into();
        texts.sort();
        let all = texts.len();
        texts.dedup();
        assert_eq!(texts.len(), all, "{}", language.name);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn sentences_are_set_properly() {
    for language in [JA, EN] {
        for (key, sentence) in language.sentences() {
            let defect = |bad: &str| format!("{bad:?} in {} {key}: {sentence}", language.name);
            assert_eq!(sentence.trim(), sentence, "{}", defect(" "));
            for bad in NEVER {
                assert!(!sentence.contains(bad), "{}", defect(bad));
            }
            assert!(
                !sentence.contains(|c: char| ('！'..='～').contains(&c)),
                "{}",
                defect("a full-width sign")
            );
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn sentences_end_as_sentences_and_labels_do_not() {
    for (language, stop) in [(JA, '。'), (EN, '.')] {
        for (key, sentence) in language.sentences() {
            let ends = sentence.ends_with([stop, '…']);
            assert_eq!(
                ends,
                !LABELS.contains(&key),
                "{} {key}: {sentence}",
                language.name
            );
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn japanese_has_no_spaces_to_break_lines_at() {
    for (key, sentence) in JA.sentences() {
        assert!(
            !sentence.contains([' ', '\u{3000}', '\u{A0}']),
            "{key}: {sentence}"
        );
    }
}
