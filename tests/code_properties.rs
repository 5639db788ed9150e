//! Properties of every reading, checked on generated texts.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use todoita::code::{Alphabet, Backup, Fixes, Kind, Problem, Reading, Rule, read};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

#[path = "../fuzz/properties.rs"]
mod properties;

use properties::{check_reading, decimal, is_decimal};

/// Invisible characters.
const INVISIBLE: &[char] = &[
    '\u{AD}',
    '\u{34F}',
    '\u{61C}',
    '\u{180E}',
    '\u{200B}',
    '\u{200C}',
    '\u{200D}',
    '\u{200E}',
    '\u{200F}',
    '\u{202A}',
    '\u{202B}',
    '\u{202C}',
    '\u{202D}',
    '\u{202E}',
    '\u{2060}',
    '\u{2061}',
    '\u{2066}',
    '\u{2067}',
    '\u{2068}',
    '\u{2069}',
    '\u{206F}',
    '\u{20E3}',
    '\u{FE0E}',
    '\u{FE0F}',
    '\u{FEFF}',
    '\u{E0001}',
    '\u{E0062}',
    '\u{E0100}',
    '\0',
];

fn rules() -> impl Strategy<Value = Rule> {
    let backup = prop_oneof![
        Just(Backup::Digits),
        Just(Backup::Alphanumeric),
        Just(Backup::None)
    ];
    let host = prop_oneof![Just(None), Just(Some("example.com".to_owned()))];
    let lengths = prop_oneof![3 => Just((6, 8)), 1 => (4u8..=10, 4u8..=12)];
    let code = prop_oneof![2 => Just(Alphabet::Digits), 1 => Just(Alphabet::Alphanumeric)];
    const FORMATS: [&str; 4] = ["xxxx-xxxx", "9999 9999", "xx.xx.xx", "9999_999-999"];
    let format =
        prop_oneof![3 => Just(None), 1 => prop::sample::select(&FORMATS[..]).prop_map(Some)];
    (lengths, backup, host, code, format).prop_map(
        |((digits, backup_digits), backup, host, code, format)| {
            let mut rule = Rule {
                digits,
                code,
                backup,
                backup_digits,
                host,
                ..Rule::default()
            };
            if let Some(format) = format {
                assert!(rule.set_backup_format(format));
            }
            rule
        },
    )
}

/// Texts made of pieces of messages.
fn messages() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[0-9]{1,10}",
        2 => "[0-9]{6}",
        2 => "[0-9]{4}[- ][0-9]{4}",
        1 => "[0-9OoIl|]{6}",
        1 => "[A-Za-z0-9]{4,8}",
        // Letters with an accent: the reader compares words without it, but no code has such a letter.
        1 => "[0-9oOÀ-ÿİı]{4,8}",
        1 => prop::sample::select(vec![
            "認証コード", "code", "is", "your", "注文番号", "order", "円", "¥", "TEL", "backup code", "https://example.com/",
            "www.", "mail@", "@example.com #", "@bank.example #", "2026/11/22", "10:30", "+81", "090-", "は", "。", ".",
            "①", "②", "４", "٤", "口座", "账户", "코드", "Zamówienie", "〒", "</", "<b>", "</span>", "<", ">", "*", "$", "%", "@", "#", "/",
        ]).prop_map(str::to_owned),
        3 => prop::sample::select(vec![" ", "\n", "-", " - ", ".", ", ", ":", "：", "「", "」", "(", ")", "/", "_", "・", "ー", "、"])
            .prop_map(str::to_owned),
        1 => prop::sample::select(INVISIBLE.to_vec()).prop_map(|c| c.to_string()),
        1 => any::<char>().prop_map(|c| c.to_string()),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// Decimal digits of any script.
fn decimals() -> impl Strategy<Value = char> {
    let all: Vec<char> = ('\0'..=char::MAX).filter(|&c| is_decimal(c)).collect();
    prop::sample::select(all)
}

/// Texts of each property; `TODOITA_PROPERTY_CASES` sets another number, as `cargo xtask mutants` does.
fn cases() -> u32 {
    std::env::var("TODOITA_PROPERTY_CASES").map_or(2000, |cases| cases.parse().expect("a number"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_has_a_valid_reading(text in any::<String>(), rule in rules()) {
        check_reading(&text, &rule, &read(&text, &rule));
    }

    #[test]
    fn every_message_has_a_valid_reading(text in messages(), rule in rules()) {
        check_reading(&text, &rule, &read(&text, &rule));
    }

    #[test]
    fn invisible_characters_change_no_digit(
        text in messages(),
        rule in rules(),
        hidden in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(INVISIBLE.to_vec())), 1..6),
    ) {
        // Inside a tag it would be a part of the tag's name.
        let text = text.replace('<', "");
        let mut chars: Vec<char> = text.chars().collect();
        for (place, c) in hidden {
            let at = place.index(chars.len() + 1);
            chars.insert(at, c);
        }
        let (plain, with_hidden) = (read(&text, &rule), read(&chars.iter().collect::<String>(), &rule));
        prop_assert_eq!(plain.kind, with_hidden.kind);
        prop_assert_eq!(plain.digits, with_hidden.digits);
        prop_assert_eq!(plain.problem, with_hidden.problem);
    }

    #[test]
    fn a_code_is_read_in_every_script(digits in prop::collection::vec(decimals(), 6)) {
        let text: String = digits.iter().collect();
        let wanted: String = digits.iter().filter_map(|&c| decimal(c)).filter_map(|d| char::from_digit(d, 10)).collect();
        let reading = read(&text, &Rule::default());
        prop_assert_eq!(reading.kind, Some(Kind::Code));
        prop_assert_eq!(reading.digits, wanted);
    }

    #[test]
    fn any_digits_of_the_right_length_are_a_code(code in "[0-9]{4,10}", backup in 4u8..=10) {
        let rule = Rule { digits: code.len() as u8, backup_digits: backup, ..Rule::default() };
        prop_assert_eq!(
            read(&code, &rule),
            Reading { kind: Some(Kind::Code), digits: code, fixes: Fixes::NONE, problem: None }
        );
    }

    #[test]
    fn every_separator_is_dropped(
        code in "[0-9]{6}",
        separators in prop::collection::vec(prop::sample::select(vec!["", " ", "-", "・", "　", "–", "\u{A0}"]), 7),
    ) {
        let mut text = String::new();
        for (separator, digit) in separators.iter().zip(code.chars()) {
            text.push_str(separator);
            text.push(digit);
        }
        text.push_str(separators[6]);
        let reading = read(&text, &Rule::default());
        // 1-2-2026 is a date.
        if reading.problem == Some(Problem::Date) {
            prop_assert!(code.contains("19") || code.contains("20"));
            return Ok(());
        }
        prop_assert_eq!((reading.kind, reading.digits), (Some(Kind::Code), code));
    }

    #[test]
    fn digits_of_any_other_length_are_counted(code in "[0-9]{1,12}") {
        let reading = read(&code, &Rule::default());
        if code.len() != 6 && code.len() != 8 {
            prop_assert_eq!(reading.kind, None);
            let phone = code.starts_with('0') && (code.len() == 10 || code.len() == 11);
            let wanted = if phone { Problem::PhoneNumber } else if code.len() < 6 { Problem::TooFew } else { Problem::TooMany };
            prop_assert_eq!(reading.problem, Some(wanted));
        }
        prop_assert_eq!(reading.digits, code);
    }
}

/// The table of zeros has every script of Unicode.
#[test]
fn every_decimal_digit_of_unicode_is_known() {
    let rule = Rule::default();
    for c in ('\0'..=char::MAX).filter(|&c| is_decimal(c)) {
        let reading = read(&c.to_string(), &rule);
        let value = decimal(c)
            .and_then(|d| char::from_digit(d, 10))
            .map(String::from);
        assert_eq!(Some(reading.digits), value, "U+{:04X}", u32::from(c));
        assert_eq!(
            reading.problem,
            Some(Problem::TooFew),
            "U+{:04X}",
            u32::from(c)
        );
    }
}

/// No other character is read as a digit, except circled digits, which Unicode does not count as decimal.
#[test]
fn nothing_else_is_a_digit() {
    let rule = Rule::default();
    for c in ('\0'..=char::MAX)
        .filter(|&c| !is_decimal(c) && c.general_category() != GeneralCategory::OtherNumber)
    {
        let reading = read(&c.to_string(), &rule);
        assert_eq!(reading.digits, "", "U+{:04X}", u32::from(c));
    }
}

/// Invisible characters alone are an empty text.
#[test]
fn invisible_characters_are_empty() {
    for &c in INVISIBLE {
        assert_eq!(
            read(&c.to_string(), &Rule::default()).problem,
            Some(Problem::Empty),
            "U+{:04X}",
            u32::from(c)
        );
    }
}
