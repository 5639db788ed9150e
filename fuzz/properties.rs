//! Properties that hold for every input. The fuzz targets search for inputs that break them, tests/fuzzed.rs checks
//! them on the seeds, and the property tests use some of them too. A property that does not hold panics.

#![allow(dead_code, reason = "each target checks one property")]

use todoita::code::{self, Alphabet, Backup, Fix, Kind, Reading, Rule};
use todoita::entry;
use todoita::guide;
use todoita::guide::facts::GuideFacts;
use todoita::otp::{KeyUri, Secret, base32};
use todoita::phone;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

mod events; // events from the text of a seed

/// The input as text, as a page or a server passes it on: invalid UTF-8 becomes U+FFFD.
fn text_of(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

/// Whether a character is a decimal digit in Unicode (General_Category Nd).
pub fn is_decimal(c: char) -> bool {
    c.general_category() == GeneralCategory::DecimalNumber
}

/// The value of a decimal digit: in every script the ten are in order, beginning with zero.
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

/// Whether `c` may be read as `read`: by its decimal value, as a circled digit, or as a look-alike letter.
fn may_be_read_as(c: char, read: char) -> bool {
    let circled = [
        "⓪①②③④⑤⑥⑦⑧⑨",
        "⓿❶❷❸❹❺❻❼❽❾",
        "_➀➁➂➃➄➅➆➇➈",
        "_➊➋➌➍➎➏➐➑➒",
        "_⓵⓶⓷⓸⓹⓺⓻⓼⓽",
    ];
    let circled = circled
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
        || circled.or(alike).map(|d| d as u32) == read.to_digit(10)
}

/// Checks what must be true of every reading.
pub fn check_reading(text: &str, rule: &Rule, reading: &Reading) {
    assert_eq!(reading.kind.is_some(), reading.problem.is_none());
    let length = match reading.kind {
        Some(Kind::Code) => Some(rule.digits),
        Some(Kind::Backup) => Some(rule.backup_digits),
        None => None,
    };
    if let Some(length) = length {
        // Its characters alone; a backup code may have separators between them.
        let characters = reading
            .digits
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .count();
        assert_eq!(characters, usize::from(length));
        let same = reading.digits == text;
        assert_eq!(reading.fixes.is_empty(), same, "{text:?}: {reading:?}");
        let again = code::read(&reading.digits, rule);
        assert_eq!(again.kind, reading.kind, "{text:?}: {reading:?}");
        assert_eq!(again.digits, reading.digits);
        assert!(again.fixes.is_empty());
    } else {
        assert!(reading.fixes.is_empty());
    }
    let digits_only = rule.backup != Backup::Alphanumeric && rule.code == Alphabet::Digits;
    let shaped = reading.kind == Some(Kind::Backup) && !rule.backup_format.is_empty();
    for (i, c) in reading.digits.bytes().enumerate() {
        let place = rule.backup_format.as_bytes().get(i).copied();
        match place.filter(|_| shaped) {
            None | Some(b'x' | b'9') if digits_only => assert!(c.is_ascii_digit()),
            None | Some(b'x' | b'9') => assert!(c.is_ascii_alphanumeric()),
            Some(separator) => assert_eq!(c, separator),
        }
    }
    if shaped {
        assert_eq!(reading.digits.len(), rule.backup_format.len());
    }
    if reading.kind == Some(Kind::Code) && rule.code == Alphabet::Digits {
        assert!(reading.digits.bytes().all(|b| b.is_ascii_digit()));
    }
    let fixes = Fix::ALL.into_iter().filter(|f| reading.fixes.contains(*f));
    assert!(fixes.eq(reading.fixes.iter()));
    // The characters that were read are in the text, in this order.
    let mut rest = text.chars();
    for read in reading.digits.chars().filter(char::is_ascii_alphanumeric) {
        assert!(
            rest.any(|c| may_be_read_as(c, read)),
            "{} is not in {text:?} in order",
            reading.digits
        );
    }
}

/// Shapes of backup codes.
const FORMATS: [&str; 5] = [
    "xxxx-xxxx-xxxx",
    "99999 99999",
    "xx.xx_xxxx",
    "xxxxxxxxxx",
    "9-9-9-9",
];

/// Reading a code: two bytes choose the rule, the rest is the text.
pub fn read(input: &[u8]) {
    let [first, second, text @ ..] = input else {
        return;
    };
    let mut rule = Rule {
        digits: 4 + first % 7,
        backup: [Backup::Digits, Backup::Alphanumeric, Backup::None][usize::from(first / 7) % 3],
        backup_digits: 4 + second % 29,
        host: (second & 0x80 != 0).then(|| "example.com".to_owned()),
        ..Rule::default()
    };
    if first / 21 % 2 == 1 {
        rule.code = Alphabet::Alphanumeric;
    }
    if let Some(format) = FORMATS.get(usize::from(first / 42).wrapping_sub(1)) {
        assert!(rule.set_backup_format(format));
    }
    let text = text_of(text);
    check_reading(&text, &rule, &code::read(&text, &rule));
}

/// A key URI that was read can be written and read again; an error never contains the secret.
pub fn key_uri(input: &[u8]) {
    let text = text_of(input);
    match KeyUri::read(&text) {
        Ok(uri) => {
            // Some labels can be read but not written: those with a control character or a second colon.
            if let Ok(written) = uri.write() {
                assert!(written.is_ascii() && written.len() <= 3 * KeyUri::MAX_LENGTH);
                if written.len() <= KeyUri::MAX_LENGTH {
                    assert_eq!(KeyUri::read(&written), Ok(uri));
                }
            }
        }
        Err(error) => {
            let message = error.to_string();
            assert!(message.len() < 400, "{message}");
            let secret = text.split_once("secret=").map_or("", |(_, rest)| rest);
            let end = secret.find(|c: char| !c.is_ascii_alphanumeric());
            let secret = &secret[..end.unwrap_or(secret.len())];
            // The shortest secret has 26 characters; a shorter text is not a secret, and may be quoted.
            let secret = secret.get(..26).unwrap_or_default();
            assert!(secret.is_empty() || !message.contains(secret), "{message}");
        }
    }
}

/// Base32 that was read is written as text that reads the same, and a secret has an allowed length.
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

/// A phone number that was read is an E.164 number, and is read again as itself.
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

/// The field accepts any text from the page: events with U+001E between them, the first of which is the site.
pub fn page(input: &[u8]) {
    let text = text_of(input);
    let mut events_of = text.split('\u{1E}');
    let mut state = events::state(events_of.next().unwrap_or_default());
    let mut at = 0u32;
    for event in events_of.take(100) {
        at = at.saturating_add(event.len() as u32 * 1000);
        let effects = entry::update(&mut state, at, events::event(event));
        if let Some(replace) = effects.replace {
            let text = replace.text.chars().count();
            assert!(text > 0, "a text is never taken away");
        }
        // A view does not change the state.
        assert_eq!(state.view(), state.view());
    }
}

/// Any facts and answers give a screen of the guide; any search gives at most three.
pub fn guide(input: &[u8]) {
    let text = text_of(input);
    let values: Vec<&str> = text.split('\n').collect();
    let mut asked = 0;
    let facts = GuideFacts::read(|_| {
        asked += 1;
        values
            .get(asked % (values.len() + 1))
            .map(|value| (*value).to_owned())
    });
    let screen = guide::replay(
        &facts.context(),
        values.first().copied().unwrap_or_default(),
    );
    assert!(screen.count <= 8);
    let mut parts = 0;
    screen.parts(&mut |_, _| parts += 1);
    assert!(parts > 1);
    let (groups, searched) = text.split_once('\n').unwrap_or((&text, &text));
    let found = guide::find(groups, searched).into_iter().flatten();
    assert!(found.count() <= 3);
}
