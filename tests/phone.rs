//! Phone numbers as people write them, and generated ones checked with the patterns of libphonenumber for Japan.

#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use todoita::phone::{Fix, Kind, Problem, read};

/// A reading in words: the international and the national number, the kind, and the fixes.
fn read_as(text: &str) -> String {
    match read(text) {
        Ok(phone) => {
            let fixes: Vec<&str> = phone.fixes.iter().map(Fix::as_str).collect();
            let national = phone.national.unwrap_or_default();
            let kind = phone.kind.as_str();
            format!("{} {national} {kind} {}", phone.e164, fixes.join(" "))
                .trim_end()
                .to_owned()
        }
        Err(problem) => problem.as_str().to_owned(),
    }
}

#[test]
#[rustfmt::skip]
fn notations() {
    for (text, fixes) in [
        ("09012345678", ""),
        ("090-1234-5678", "separators"),
        ("090 1234 5678", "separators"),
        ("(090)1234-5678", "separators"),
        ("（０９０）１２３４－５６７８", "full-width separators"),
        ("０９０ー１２３４ー５６７８", "full-width separators"),
        ("090‐1234‑5678", "separators"),
        ("090–1234—5678", "separators"),
        ("090−1234－5678", "separators"),
        ("090ｰ1234─5678", "separators"),
        ("090.1234.5678", "separators"),
        ("090・1234・5678", "separators"),
        ("  09012345678\n", ""),
        ("tel:090-1234-5678", "separators"),
        ("TEL:09012345678", "separators"),
        ("\u{202A}090-1234-5678\u{202C}", "invisible separators"),
        ("+819012345678", ""),
        ("＋８１９０１２３４５６７８", "full-width"),
        ("+81 90 1234 5678", "separators"),
        ("+81-90-1234-5678", "separators"),
        ("+81 090-1234-5678", "separators trunk-zero"),
        ("+81 (0)90-1234-5678", "separators trunk-zero"),
        ("+81(0)90 1234 5678", "separators trunk-zero"),
        ("819012345678", "country-code"),
        ("81 90 1234 5678", "separators country-code"),
        ("81-090-1234-5678", "separators country-code trunk-zero"),
        ("0081 90 1234 5678", "separators country-code"),
        ("00819012345678", "country-code"),
        ("010-81-90-1234-5678", "separators country-code"),
        ("010819012345678", "country-code"),
        ("+010 81 90 1234 5678", "separators country-code plus"),
        ("+090-1234-5678", "separators plus"),
        ("9012345678", "missing-zero"),
        ("90-1234-5678", "separators missing-zero"),
    ] {
        let is = format!("+819012345678 090-1234-5678 mobile {fixes}");
        assert_eq!(read_as(text), is.trim_end(), "{text:?}");
    }
}

#[test]
fn kinds() {
    for (text, is) in [
        ("06012345678", "+816012345678 060-1234-5678 mobile"),
        ("07012345678", "+817012345678 070-1234-5678 mobile"),
        ("08012345678", "+818012345678 080-1234-5678 mobile"),
        ("09012345678", "+819012345678 090-1234-5678 mobile"),
        ("05012345678", "+815012345678 050-1234-5678 voip"),
        ("02012345678", "+812012345678 020-1234-5678 machine"),
        ("0120123456", "+81120123456 0120-123-456 free"),
        ("08001234567", "+818001234567 0800-123-4567 free"),
        ("0570012345", "+81570012345 0570-012-345 service"),
        ("0990123456", "+81990123456 0990-123-456 service"),
        ("0312345678", "+81312345678 03-1234-5678 landline"),
        ("0612345678", "+81612345678 06-1234-5678 landline"),
        ("0451234567", "+81451234567 0451234567 landline"),
        ("0126512345", "+81126512345 0126512345 landline"),
        (
            "81312345678",
            "+81312345678 03-1234-5678 landline country-code",
        ),
        (
            "312345678",
            "+81312345678 03-1234-5678 landline missing-zero",
        ),
    ] {
        assert_eq!(read_as(text), is);
    }
}

#[test]
fn which_kinds_receive_an_sms() {
    for (text, sms) in [
        ("06012345678", Some(true)),
        ("07012345678", Some(true)),
        ("08012345678", Some(true)),
        ("09012345678", Some(true)),
        ("05012345678", Some(false)),
        ("02012345678", Some(false)),
        ("0312345678", Some(false)),
        ("0120123456", Some(false)),
        ("08001234567", Some(false)),
        ("0570012345", Some(false)),
        ("+16502530000", None),
    ] {
        assert_eq!(read(text).map(|phone| phone.kind.sms()), Ok(sms), "{text}");
    }
}

#[test]
fn other_countries() {
    for (text, is) in [
        ("+1 650-253-0000", "+16502530000  foreign separators"),
        ("+44 20 7946 0958", "+442079460958  foreign separators"),
        (
            "＋８２１０１２３４５６７８",
            "+821012345678  foreign full-width",
        ),
        (
            "010-1-650-253-0000",
            "+16502530000  foreign separators country-code",
        ),
        ("+683 4000", "+6834000  foreign separators"),
        ("+491234567890123", "+491234567890123  foreign"),
        ("+12345", "too-short"),
        ("+1234567890123456", "too-long"),
    ] {
        assert_eq!(read_as(text), is, "{text}");
    }
}

#[test]
fn texts_that_are_not_numbers() {
    for (text, problem) in [
        ("", Problem::Empty),
        ("　 ", Problem::Empty),
        ("---", Problem::Empty),
        ("+", Problem::TooShort),
        ("0", Problem::TooShort),
        ("090", Problem::TooShort),
        ("+81", Problem::TooShort),
        ("110", Problem::TooShort),
        ("090-1234-567", Problem::TooShort),
        ("0901234567", Problem::TooShort),
        ("+81 90 1234 567", Problem::TooShort),
        ("03-1234-567", Problem::TooShort),
        ("090-1234-56789", Problem::TooLong),
        ("03-1234-56789", Problem::TooLong),
        ("0120-123-4567", Problem::TooLong),
        ("090-1234-5678 080-1234-5678", Problem::TooLong),
        ("090-1234-5678 / 03-1234-5678", Problem::TooLong),
        ("00901234567", Problem::UnknownPrefix),
        ("0044 20 7946 0958", Problem::UnknownPrefix),
        ("030-1234-567", Problem::UnknownPrefix),
        ("+81 00 1234 5678", Problem::UnknownPrefix),
        ("00000000000000000000", Problem::UnknownPrefix),
        ("000000000000000000000", Problem::TooLong),
        ("+0", Problem::TooShort),
        ("010-0", Problem::UnknownPrefix),
        ("090-1234-abcd", Problem::NotANumber),
        ("hana@example.com", Problem::NotANumber),
        ("090+12345678", Problem::NotANumber),
        ("++819012345678", Problem::NotANumber),
        ("携帯 090-1234-5678", Problem::NotANumber),
        ("03-1234-5678 内線 12", Problem::NotANumber),
        ("*67 090-1234-5678", Problem::NotANumber),
    ] {
        assert_eq!(read(text).map(|phone| phone.e164), Err(problem), "{text:?}");
    }
}

/// The patterns of libphonenumber 9.0.43 for Japan (`PHONE_METADATA_JP`) for each type of number, without the 0.
/// Toll-free numbers that begin with 00, which only some networks reach, are left out.
const PUBLISHED: [(Kind, &str); 8] = [
    (Kind::Mobile, r"[6-9]0[1-9][0-9]{7}"),
    (Kind::Voip, r"50[1-9][0-9]{7}"),
    (Kind::Machine, r"20[0-9]{8}"),
    (Kind::Free, r"(?:120|800[0-9])[0-9]{6}"),
    (Kind::Service, r"570[0-9]{6}"),
    (Kind::Service, r"990[0-9]{6}"),
    (
        Kind::Landline,
        r"(?:1(?:1[235-8]|2[3-6]|3[3-9]|4[2-6]|[58][2-8]|6[2-7]|7[2-9]|9[1-9])|(?:2[2-9]|[36][1-9])[0-9])[0-9]{6}",
    ),
    (
        Kind::Landline,
        r"(?:4(?:[2-578][0-9]|6[02-8]|9[2-59])|5(?:[2-589][0-9]|6[1-9]|7[2-8])|7(?:[25-9][0-9]|3[4-9]|4[02-9])|8(?:[2679][0-9]|3[2-9]|4[5-9]|5[1-9]|8[03-9])|9(?:[2-58][0-9]|[679][1-9]))[0-9]{6}",
    ),
];

/// Numbers as they are dialled in Japan, with a real prefix more often than by chance.
fn dialled() -> impl Strategy<Value = String> {
    let prefix = prop::sample::select(vec![
        "060", "070", "080", "090", "050", "020", "0120", "0800", "0570", "0990", "03", "06",
        "011", "045", "0422", "0126", "092", "098", "01267", "04992", "0",
    ]);
    let lengths = prop::sample::select(vec![9, 10, 10, 10, 11, 11, 12]);
    (prefix, "[0-9]{11}", lengths).prop_map(|(prefix, rest, length)| {
        let mut number = [prefix, &rest].concat();
        number.truncate(length);
        number
    })
}

/// The same number in another notation.
fn notation(number: &str, style: u8, hyphen: char) -> String {
    let bare = number.strip_prefix('0').unwrap_or(number);
    let hyphened: String = number
        .chars()
        .enumerate()
        .flat_map(|(at, digit)| [(at % 3 == 2).then_some(hyphen), Some(digit)])
        .flatten()
        .collect();
    match style % 6 {
        0 => hyphened,
        1 => format!("+81{bare}"),
        2 => format!("+81{hyphen}{hyphened}"),
        3 => format!("010 81{hyphen}{bare}"),
        4 => format!("＋８１ (0){bare}"),
        _ => number
            .chars()
            .filter_map(|digit| char::from_u32(digit as u32 + 0xFEE0))
            .collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn numbers_of_libphonenumber_have_its_type(numbers in PUBLISHED.map(|(_, pattern)| pattern)) {
        for (number, (kind, _)) in numbers.iter().zip(PUBLISHED) {
            for text in [format!("0{number}"), number.clone(), format!("+81{number}"), format!("81{number}")] {
                let phone = read(&text);
                prop_assert!(phone.is_ok(), "{text}: {phone:?}");
                let phone = phone.expect("asserted");
                prop_assert_eq!(phone.kind, kind, "{}", text);
                prop_assert_eq!(phone.e164, format!("+81{number}"));
                let national = phone.national.expect("Japan's").replace('-', "");
                prop_assert_eq!(national, format!("0{number}"));
            }
        }
    }

    #[test]
    fn every_notation_reads_the_same(
        number in dialled(),
        style in any::<u8>(),
        hyphen in prop::sample::select("-‐‑‒–—−－ーｰ─ .・".chars().collect::<Vec<_>>()),
    ) {
        prop_assume!(!number.starts_with("00") && !number.starts_with("010"));
        let notation = notation(&number, style, hyphen);
        let plain = read(&number).map(|phone| (phone.e164, phone.kind));
        let other = read(&notation).map(|phone| (phone.e164, phone.kind));
        prop_assert_eq!(plain, other, "{} as {}", number, notation);
    }

    #[test]
    fn a_number_that_was_read_needs_no_fix(text in "[+0-9 ()-]{0,20}|\\PC{0,20}") {
        if let Ok(phone) = read(&text) {
            prop_assert!(phone.e164.len() <= 16);
            let again = read(&phone.e164);
            prop_assert_eq!(again.as_ref().map(|again| &again.e164), Ok(&phone.e164));
            prop_assert_eq!(again.map(|again| again.fixes.iter().count()), Ok(0));
            if let Some(national) = phone.national {
                prop_assert_eq!(read(&national).map(|again| again.e164), Ok(phone.e164));
            }
        }
    }
}
