//! Search, on groups made up for it. Those of the words that ship are held by `tests/guide_words.rs`.

use todoita::guide::find;

use super::*;

const GROUPS: &str = "\
届かない 来ない 送られてこない\tsms-check-destination mail-check-address
SMS sns\tsms-check-destination glossary
smsとは コードとは\tglossary
SMSが届かない\tsms-check-destination
ドコモ docomo\tcarrier-filter
8桁 8けた\tbackup-enter backup-find
6桁 桁\tcode-compare
メール\tmail-check-address
メールアドレス\tother-way mail-check-address
app authenticator\tapp-where
not-coming does-not-come\tsms-check-destination mail-check-address
odd\tnowhere entry
twice\tentry entry glossary entry support other-way";

fn found(text: &str) -> String {
    let found = find(GROUPS, text).into_iter().flatten();
    found.map(Step::as_str).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_whole_text_is_a_term() {
    assert_eq!(found("メール"), "mail-check-address");
    assert_eq!(found("sms"), "sms-check-destination glossary");
    assert_eq!(found("SMSとは"), "glossary");
}

#[test]
fn width_case_kana_and_signs_do_not_matter() {
    for text in [
        "docomo",
        "ＤｏＣｏＭｏ",
        "ドコモ",
        "どこも",
        " ド・コ・モ! ",
        "「ドコモ」",
    ] {
        assert_eq!(found(text), "carrier-filter", "{text}");
    }
    for text in ["8桁", "８桁", "8 桁", "８けた", "8ケタ"] {
        assert_eq!(found(text), "backup-enter backup-find", "{text}");
    }
    assert_eq!(found("メールアドレース"), "other-way mail-check-address");
}

#[test]
fn the_longest_term_in_the_text_goes_first() {
    assert_eq!(
        found("インスタのメールアドレスが変わった"),
        "other-way mail-check-address"
    );
    assert_eq!(
        found("8桁のコードが届かない"),
        "sms-check-destination mail-check-address backup-enter"
    );
    assert_eq!(
        found("ドコモのメールが来ない"),
        "sms-check-destination mail-check-address carrier-filter"
    );
}

#[test]
fn a_part_of_a_term_finds_it() {
    assert_eq!(found("届か"), "sms-check-destination mail-check-address");
    assert_eq!(found("auth"), "app-where");
    // Letters in the middle of a word are no part.
    assert_eq!(found("uthent"), "");
    assert_eq!(found("a"), "");
}

#[test]
fn a_typing_error_comes_after_what_is_typed_right() {
    for text in [
        "docmo",
        "dokomo",
        "odcomo",
        "メイルアドレス",
        "authentcator",
    ] {
        assert!(!found(text).is_empty(), "{text}");
    }
    assert_eq!(
        found("届がない"),
        "sms-check-destination mail-check-address"
    );
    // Beside a term without one it is not looked at.
    assert_eq!(found("sms authenticater"), "sms-check-destination glossary");
    for text in ["aple", "docm", "届け"] {
        assert_eq!(found(text), "", "{text}");
    }
}

#[test]
fn latin_words_match_as_words() {
    assert_eq!(found("my app is gone"), "app-where");
    for text in ["what happened", "apple", "snapped", "16桁じゃない"] {
        assert!(!found(text).contains("app-where"), "{text}");
    }
    assert_eq!(
        found("The code is NOT COMING, help"),
        "sms-check-destination mail-check-address"
    );
    assert_eq!(found("it doesn't come"), "");
    assert_eq!(
        found("it does not come"),
        "sms-check-destination mail-check-address"
    );
}

#[test]
fn up_to_three_without_repeats() {
    assert_eq!(found("twice"), "entry glossary support");
    assert_eq!(found("odd"), "entry");
}

#[test]
fn nonsense_finds_nothing() {
    for text in [
        "", " ", "　", "?", "ー", "🙂", "qwertz", "ん", "\u{0}", "....", "\t", "\n",
    ] {
        assert_eq!(found(text), "", "{text:?}");
        assert!(find("", text) == [None; 3]);
        assert!(find("\t\n\t\t\n \t \n", text) == [None; 3]);
    }
}
