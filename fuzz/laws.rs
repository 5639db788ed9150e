//! What holds of whatever comes in. The fuzz targets try to break these laws, tests/fuzzed.rs holds what
//! they have found, and the property tests ask some of them too. A broken law panics.

#![allow(dead_code, reason = "each target asks for its own law")]

use todoita::code::{self, Backup, Fix, Kind, Reading, Rule};
use todoita::entry::wire;
use todoita::guide::{self, Step};
use todoita::otp::{KeyUri, Secret, base32};
use todoita::phone;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// The input as text, as a page or a server hands it on: what is no UTF-8 becomes U+FFFD.
fn text_of(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

/// Whether Unicode calls it a decimal digit.
pub fn is_decimal(c: char) -> bool {
    c.general_category() == GeneralCategory::DecimalNumber
}

/// The value that Unicode gives a decimal digit: in every script the ten stand in order, from zero.
pub fn decimal(c: char) -> Option<u32> {
    let before = |n: u32| char::from_u32(n - 1).is_some_and(is_decimal);
    let mut n = u32::from(c);
    let mut steps = 0;
    while is_decimal(c) && before(n) {
        n -= 1;
        steps += 1;
    }
    is_decimal(c).then_some(steps % 10)
}

/// What a character may count as: its decimal value, the value of a circle, or what it looks like.
fn stands_for(c: char, read: char) -> bool {
    let circled = [
        "⓪①②③④⑤⑥⑦⑧⑨",
        "⓿❶❷❸❹❺❻❼❽❾",
        "_➀➁➂➃➄➅➆➇➈",
        "_➊➋➌➍➎➏➐➑➒",
        "_⓵⓶⓷⓸⓹⓺⓻⓼⓽",
    ];
    let shape = circled
        .iter()
        .find_map(|set| set.chars().position(|x| x == c));
    let alike = match c {
        'O' | 'o' | 'Ｏ' | 'ｏ' | 'О' | 'о' | 'Ο' | 'ο' | '〇' => Some(0),
        'l' | 'I' | '|' | 'ı' | 'ｌ' | 'Ｉ' | '｜' => Some(1),
        _ => None,
    };
    let wide = u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32);
    c == read
        || wide == Some(read)
        || decimal(c).and_then(|d| char::from_digit(d, 10)) == Some(read)
        || shape.or(alike).map(|d| d as u32) == read.to_digit(10)
}

/// Everything that must be true of one reading.
pub fn lawful(text: &str, rule: &Rule, reading: &Reading) {
    assert_eq!(reading.kind.is_some(), reading.problem.is_none());
    let length = match reading.kind {
        Some(Kind::Code) => Some(rule.digits),
        Some(Kind::Backup) => Some(rule.backup_digits),
        None => None,
    };
    if let Some(length) = length {
        assert_eq!(reading.digits.len(), usize::from(length));
        let same = reading.digits == text;
        assert_eq!(reading.fixes.is_empty(), same, "{text:?}: {reading:?}");
        let again = code::read(&reading.digits, rule);
        assert_eq!(again.kind, reading.kind, "{text:?}: {reading:?}");
        assert_eq!(again.digits, reading.digits);
        assert!(again.fixes.is_empty());
    } else {
        assert!(reading.fixes.is_empty());
    }
    if rule.backup != Backup::Alphanumeric {
        assert!(reading.digits.bytes().all(|b| b.is_ascii_digit()));
    }
    assert!(reading.digits.bytes().all(|b| b.is_ascii_alphanumeric()));
    let fixes = Fix::ALL.into_iter().filter(|f| reading.fixes.contains(*f));
    assert!(fixes.eq(reading.fixes.iter()));
    // The characters read stand in the text, in that order.
    let mut rest = text.chars();
    for read in reading.digits.chars() {
        assert!(
            rest.any(|c| stands_for(c, read)),
            "{} is not in {text:?} in order",
            reading.digits
        );
    }
}

/// Reading a code: two bytes choose the rule, the rest is the text.
pub fn read(input: &[u8]) {
    let [first, second, text @ ..] = input else {
        return;
    };
    let rule = Rule {
        digits: 4 + first % 7,
        backup: [Backup::Digits, Backup::Alphanumeric, Backup::None][usize::from(first / 7) % 3],
        backup_digits: 4 + second % 29,
        host: (second & 0x80 != 0).then(|| "example.com".to_owned()),
    };
    let text = text_of(text);
    lawful(&text, &rule, &code::read(&text, &rule));
}

/// A key URI that is read can be written, and comes back; an error does not tell the secret.
pub fn key_uri(input: &[u8]) {
    let text = text_of(input);
    match KeyUri::read(&text) {
        Ok(uri) => {
            // What a label may hold is not all that can be written: control characters, a second colon.
            if let Ok(written) = uri.write() {
                assert!(written.is_ascii() && written.len() <= 3 * KeyUri::MAX_LENGTH);
                if written.len() <= KeyUri::MAX_LENGTH {
                    assert_eq!(KeyUri::read(&written), Ok(uri));
                }
            }
        }
        Err(error) => {
            let said = error.to_string();
            assert!(said.len() < 400, "{said}");
            let secret = text.split_once("secret=").map_or("", |(_, rest)| rest);
            let end = secret.find(|c: char| !c.is_ascii_alphanumeric());
            let secret = &secret[..end.unwrap_or(secret.len())];
            // The shortest secret has 26 characters; what is shorter is none, and may be quoted.
            let secret = secret.get(..26).unwrap_or_default();
            assert!(secret.is_empty() || !said.contains(secret), "{said}");
        }
    }
}

/// Base32 that is read comes back, and a secret has a secret's length.
pub fn base32(input: &[u8]) {
    let text = text_of(input);
    if let Ok(bytes) = base32::read(&text) {
        let written = base32::write(&bytes);
        assert_eq!(base32::read(&written).as_ref(), Ok(&bytes));
    }
    if let Ok(secret) = Secret::from_base32(&text) {
        let length = secret.as_bytes().len();
        assert!((Secret::MIN_BYTES..=Secret::MAX_BYTES).contains(&length));
    }
}

/// A number that is read is an E.164 number, and is read again as itself.
pub fn phone(input: &[u8]) {
    let Ok(phone) = phone::read(&text_of(input)) else {
        return;
    };
    let digits = phone.e164.strip_prefix('+').unwrap_or_default();
    assert!((4..=15).contains(&digits.len()), "{phone:?}");
    assert!(digits.bytes().all(|b| b.is_ascii_digit()), "{phone:?}");
    let again = phone::read(&phone.e164).map(|again| (again.e164, again.kind));
    assert_eq!(again, Ok((phone.e164.clone(), phone.kind)));
    if let Some(national) = &phone.national {
        let again = phone::read(national).map(|again| again.e164);
        assert_eq!(again, Ok(phone.e164), "{national}");
    }
}

/// What the page's text may be, the field takes: events with U+001E between them, the first the site.
pub fn page(input: &[u8]) {
    let text = text_of(input);
    let mut events = text.split('\u{1E}');
    let mut state = wire::state(events.next().unwrap_or_default());
    let mut at = 0u32;
    for event in events.take(100) {
        at = at.saturating_add(event.len() as u32 * 1000);
        let effects = wire::update(&mut state, at, event);
        // As www/element.js takes it apart.
        for line in effects.split_terminator('\n') {
            let name = line.split(' ').next().unwrap_or_default();
            assert!(
                [
                    "prevent", "replace", "dispatch", "submit", "send", "abort", "select"
                ]
                .contains(&name),
                "{line}"
            );
        }
        assert!(!wire::view(&state).is_empty());
        // To look changes nothing.
        assert_eq!(wire::view(&state), wire::view(&state));
    }
}

/// Whatever a page knows and a person answers: a screen of the guide; whatever they search: at most three.
pub fn guide(input: &[u8]) {
    let text = text_of(input);
    let screen = guide::wire::screen(&text);
    let name = screen.lines().next();
    assert!(name.and_then(Step::from_name).is_some(), "{screen}");
    let found = guide::wire::find(&text);
    assert!(found.split_whitespace().count() <= 3);
    assert!(
        found
            .split_whitespace()
            .all(|name| Step::from_name(name).is_some())
    );
}
