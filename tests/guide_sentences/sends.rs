//! A screen asks to have a code sent only where its page can do it.

use super::{LANGUAGES, condition, sentences_of};

/// Whether a text asks the person to have a code sent, or to wait for one that has to be sent first. A sentence that warns
/// against it does not.
fn asks_to_send(language: &str, text: &str) -> bool {
    let (asked, warned): (&[&str], &[&str]) = match language {
        "ja" => (
            &[
                "コードを送",
                "回だけ送",
                "新しいコードを受け取",
                "回だけ電話",
            ],
            // The last is the name of a button in the settings of a service.
            &["送る前に", "送らない", "「コードを送信」"],
        ),
        "ja-x-easy" => (
            &[
                "コードを おく",
                "かいだけ おく",
                "あたらしい コードを うけと",
                "かいだけ でんわ",
            ],
            &["おくる まえに", "おくらない"],
        ),
        "ko" => (
            &[
                "코드를 보내",
                "코드를 보냅",
                "코드 보내",
                "번만 보",
                "새 코드를 받",
                "번만 받",
            ],
            &["보내기 전", "보내지 말", "보내지 마"],
        ),
        _ => (
            &[
                "get a new code",
                "get one new code",
                "send a code",
                "wait for the new code",
                "wait for a new code",
                "receive the new code",
                "for one call",
            ],
            &[
                "do not",
                "cannot",
                "will not",
                "before you",
                "that sends a code",
            ],
        ),
    };
    let text = text.to_lowercase();
    let mut sentences = text.split('。').flat_map(|part| part.split(". "));
    let has = |sentence: &str, words: &[&str]| words.iter().any(|word| sentence.contains(word));
    sentences.any(|sentence| has(sentence, asked) && !has(sentence, warned))
}

#[test]
fn a_text_asks_to_send_by_one_of_its_sentences() {
    for (language, text, asks) in [
        ("en", "Get one new code.", true),
        ("en", "Do not get a new code yet.", false),
        ("en", "Do not reload the page. Get a new code.", true),
        (
            "en",
            "Wait for the new code where your connection is good.",
            true,
        ),
        ("en", "You need a new code.", false),
        ("en", "Have paper ready for one call.", true),
        ("ja", "新しいコードを1回だけ送ります。", true),
        ("ja", "新しいコードを送って、待ちます。", true),
        ("ja", "コードを送らないでください。", false),
        (
            "ja",
            "まだ送らないでください。新しいコードを送ります。",
            true,
        ),
        ("ja", "新しいコードを受け取ります。", true),
        ("ja", "新しいコードが必要です。", false),
        ("ja-x-easy", "あたらしい コードを うけとります。", true),
        (
            "ja-x-easy",
            "コードを おくる まえに、よんでください。",
            false,
        ),
        ("ko", "새 코드를 받습니다.", true),
        ("ko", "새 코드를 아직 보내지 마세요.", false),
        (
            "ko",
            "코드를 보내지 마세요. 새 코드를 한 번만 보냅니다.",
            true,
        ),
    ] {
        assert_eq!(asks_to_send(language, text), asks, "{language}: {text}");
    }
}

/// In its headings, steps and folds a screen asks to have a code sent only where the page has a button for it that is open.
/// Answers are left out by the table, `tests/guide/sends.rs`.
#[test]
fn nothing_asks_to_send_where_the_page_cannot() {
    for language in ["ja", "en", "ko", "ja-x-easy"] {
        let mut found = 0;
        for file in ["guide", "instagram", "twitter"] {
            if file != "guide" && !LANGUAGES.contains(&language) {
                continue;
            }
            for (key, sentence) in sentences_of(&format!("{language}.{file}")) {
                if !asks_to_send(language, &sentence) {
                    continue;
                }
                found += 1;
                let is_answer = key.contains(".choices.");
                let is_shown = condition(&sentence) == Some("can-send");
                assert!(is_answer || is_shown, "{language}.{file}{key}: {sentence}");
            }
        }
        assert!(found >= 10, "{language}: {found} sentences");
    }
}
