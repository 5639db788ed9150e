//! What holds of every reading, whatever was typed.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use todoita::code::{Backup, Fixes, Kind, Problem, Reading, Rule, read};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

#[path = "../fuzz/laws.rs"]
mod laws;

use laws::{decimal, is_decimal, lawful};

/// Characters that nobody sees.
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
    (lengths, backup, host).prop_map(|((digits, backup_digits), backup, host)| Rule {
        digits,
        backup,
        backup_digits,
        host,
    })
}

/// Texts made of what messages are made of.
fn messages() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[0-9]{1,10}",
        2 => "[0-9]{6}",
        2 => "[0-9]{4}[- ][0-9]{4}",
        1 => "[0-9OoIl|]{6}",
        1 => "[A-Za-z0-9]{4,8}",
        1 => prop::sample::select(vec![
            "認証コード", "code", "is", "your", "注文番号", "order", "円", "¥", "TEL", "backup code", "https://example.com/",
            "www.", "mail@", "@example.com #", "@bank.example #", "2026/11/22", "10:30", "+81", "090-", "は", "。", ".",
            "①", "②", "４", "٤", "口座", "账户", "코드", "Zamówienie", "〒", "*", "$", "%", "@", "#", "/",
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_lawfully(text in any::<String>(), rule in rules()) {
        lawful(&text, &rule, &read(&text, &rule));
    }

    #[test]
    fn any_message_is_read_lawfully(text in messages(), rule in rules()) {
        lawful(&text, &rule, &read(&text, &rule));
    }

    #[test]
    fn invisible_characters_change_no_digit(
        text in messages(),
        rule in rules(),
        hidden in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(INVISIBLE.to_vec())), 1..6),
    ) {
        let mut chars: Vec<char> = text.chars().collect();
        for (place, c) in hidden {
            let at = place.index(chars.len() + 1);
            chars.insert(at, c);
        }
        let (bare, strewn) = (read(&text, &rule), read(&chars.iter().collect::<String>(), &rule));
        prop_assert_eq!(bare.kind, strewn.kind);
        prop_assert_eq!(bare.digits, strewn.digits);
        prop_assert_eq!(bare.problem, strewn.problem);
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
    fn digits_of_no_length_are_counted(code in "[0-9]{1,12}") {
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

/// The table of zeros is Unicode's, to the last script.
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

/// Nothing else is taken for a decimal digit: only circles are, and those are not decimals to Unicode.
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

/// What nobody sees is nothing, and is not said to be a text.
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

/// Whatever is worst for the reader: four times the text takes about four times as long, not sixteen times.
/// A ratio of the best of several runs, since machines are noisy.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the time that reading takes is what is tested"
)]
fn nothing_grows_with_the_square_of_a_text() {
    let pieces = [
        "1 ",
        "1. ",
        "123456 ",
        "1234 5678 ",
        "code 482913 ",
        "12-",
        "1-2.",
        "@",
        "@a #",
        "@a.b #1 ",
        "a@b.c#1 ",
        "https://",
        "./",
        "?",
        "w",
        "www.",
        "|",
        "1|",
        "-",
        "認証",
        "番号",
        "注文 ",
        "\u{200B}",
        "\u{300}",
        "1:",
        "O",
        "AB12CD34 ",
        "A-",
    ];
    for backup in [Backup::Digits, Backup::Alphanumeric] {
        let rule = Rule {
            backup,
            host: Some("example.com".to_owned()),
            ..Rule::default()
        };
        for piece in pieces {
            let best = |bytes: usize| {
                let text = piece.repeat(bytes / piece.len());
                let runs = (0..3).map(|_| {
                    let begun = std::time::Instant::now();
                    let reading = read(&text, &rule);
                    let spent = begun.elapsed();
                    assert_eq!(reading.kind.is_some(), reading.problem.is_none());
                    spent.as_secs_f64()
                });
                runs.fold(f64::MAX, f64::min)
            };
            let (short, long) = (best(20_000), best(80_000));
            assert!(long < 10.0 * short, "{piece:?}: {short} s, then {long} s");
        }
    }
}
