//! `<todoita-setup>`: the first code against the key.

use std::fs;
use std::path::Path;

use serde_json::Value;
use todoita::otp::{KeyUri, MovingFactor, Totp};
use todoita::setup::authenticator::{Clock, Event, State, groups, spelled};
use todoita::setup::{Tone, Word};

const URI: &str = "otpauth://totp/Example:hana%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example";
/// In the middle of a step and of a minute.
const NOW: u64 = 1_790_000_015_000;
const MINUTE: u64 = 60_000;

fn state() -> State {
    State::new(URI, Clock::Server).expect("a key URI")
}

/// The code that an authenticator shows whose clock has this time.
fn shown_at(time: u64) -> String {
    let key = KeyUri::read(URI).expect("a key URI");
    Totp::default().code(&key.secret, time).as_str().to_owned()
}

fn submitted(state: &mut State, text: &str) -> todoita::setup::authenticator::Effects {
    state.update(Event::Submitted {
        text,
        times: [NOW; 2],
    })
}

fn word(state: &State) -> Option<Word> {
    state.view().message.map(|message| message.word)
}

#[test]
fn the_right_code_is_sent() {
    for text in [
        shown_at(NOW),
        shown_at(NOW - 30_000),
        shown_at(NOW + 30_000),
    ] {
        let mut state = state();
        let effects = submitted(&mut state, &text);
        assert!(!effects.prevent);
        assert_eq!(effects.code.as_deref(), Some(text.as_str()));
        let checked = effects.checked.expect("a result");
        assert_eq!((checked.ok, checked.drift), (true, Some(0)));
        assert_eq!(word(&state), None);
    }
}

#[test]
fn a_code_is_read_as_the_field_reads_it() {
    let code = shown_at(NOW);
    let wide: String = code
        .chars()
        .map(|c| char::from_u32(c as u32 + 0xFEE0).expect("a digit"))
        .collect();
    for text in [
        wide,
        format!(" {} {}", &code[..3], &code[3..]),
        format!("{}-{}", &code[..3], &code[3..]),
    ] {
        let effects = submitted(&mut state(), &text);
        assert_eq!(effects.code.as_deref(), Some(code.as_str()), "{text}");
    }
}

#[test]
fn a_clock_that_is_off_by_up_to_ten_minutes_is_named() {
    for minutes in (1..=10_u64).flat_map(|minutes| [(minutes, true), (minutes, false)]) {
        let (minutes, fast) = minutes;
        let time = if fast {
            NOW + minutes * MINUTE
        } else {
            NOW - minutes * MINUTE
        };
        let mut state = state();
        let effects = submitted(&mut state, &shown_at(time));
        assert!(effects.prevent && effects.code.is_none());
        let signed = if fast {
            minutes as i32
        } else {
            -(minutes as i32)
        };
        let checked = effects.checked.expect("a result");
        assert_eq!((checked.ok, checked.drift), (false, Some(signed)));
        let view = state.view();
        let message = view.message.expect("a message");
        assert_eq!(
            message.word,
            if fast {
                Word::ClockFast
            } else {
                Word::ClockSlow
            }
        );
        assert_eq!(message.values, [("n", minutes.to_string())]);
        assert_eq!(message.tone, Tone::Alert);
        assert_eq!(view.remedy, Some(Word::ClockHow));
    }
    let mut state = state();
    let effects = submitted(&mut state, &shown_at(NOW + 11 * MINUTE));
    assert_eq!(effects.checked.expect("a result").drift, None);
    assert_eq!(word(&state), Some(Word::CodeWrong));
}

#[test]
fn without_the_servers_time_neither_clock_is_blamed() {
    let mut state = State::new(URI, Clock::Page).expect("a key URI");
    submitted(&mut state, &shown_at(NOW + 3 * MINUTE));
    assert_eq!(word(&state), Some(Word::ClockDiffers));
}

#[test]
fn a_code_that_is_right_by_either_clock_of_the_page_is_right() {
    let text = shown_at(NOW);
    for times in [[NOW, NOW - 5 * MINUTE], [NOW + 7 * MINUTE, NOW]] {
        let effects = state().update(Event::Submitted { text: &text, times });
        assert!(!effects.prevent, "{times:?}");
    }
    // If it is right by neither, the smaller difference is named.
    let mut state = state();
    let times = [NOW + 2 * MINUTE, NOW + 7 * MINUTE];
    state.update(Event::Submitted { text: &text, times });
    assert_eq!(
        state.view().message.expect("a message").values,
        [("n", "2".into())]
    );
}

#[test]
fn what_is_no_code_of_the_app_is_named() {
    let wrong = "000001";
    assert_ne!(shown_at(NOW), wrong);
    for (text, expected) in [
        ("", Word::CodeNone),
        ("4829", Word::CodeTooFew),
        ("4829131", Word::CodeTooMany),
        ("48291304", Word::CodeBackup),
        ("correct horse", Word::CodeNone),
        ("認証コード：000001", Word::CodeMessage),
        (wrong, Word::CodeWrong),
    ] {
        let mut state = state();
        assert!(submitted(&mut state, text).prevent, "{text}");
        assert_eq!(word(&state), Some(expected), "{text}");
    }
}

#[test]
fn the_same_text_is_sent_when_the_button_is_pressed_again() {
    let mut state = state();
    assert!(submitted(&mut state, "000001").prevent);
    assert!(state.view().can_send_anyway);
    let again = submitted(&mut state, "000001");
    assert!(!again.prevent && again.checked.is_none() && again.code.is_none());
    state.update(Event::Edited);
    assert_eq!(word(&state), None);
    assert!(submitted(&mut state, "000002").prevent);
}

#[test]
fn what_the_view_says_of_a_second_press_is_what_happens() {
    for (text, sent) in [
        (String::new(), false),
        (" ".into(), false),
        ("4829".into(), true),
        ("48291304".into(), true),
        ("correct horse".into(), true),
        ("000001".into(), true),
        (shown_at(NOW + 3 * MINUTE), true),
    ] {
        let mut state = state();
        assert!(submitted(&mut state, &text).prevent, "{text}");
        assert_eq!(state.view().can_send_anyway, sent, "{text}");
        assert_eq!(!submitted(&mut state, &text).prevent, sent, "{text}");
    }
}

#[test]
fn the_published_vectors_are_right() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/otp.json");
    let vectors: Value =
        serde_json::from_str(&fs::read_to_string(path).expect("a file")).expect("JSON");
    let mut checked = 0;
    for row in vectors["rows"].as_array().expect("rows") {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let kind = text("kind");
        let factor = match kind.as_str() {
            "totp" => format!("period={}", row["period"]),
            "hotp" => format!("counter={}", row["counter"]),
            _ => continue,
        };
        let uri = format!(
            "otpauth://{kind}/a?secret={}&digits={}&{factor}",
            text("secret"),
            row["digits"]
        );
        let times = [row["seconds"].as_u64().unwrap_or_default() * 1000; 2];
        let mut state =
            State::new(&uri, Clock::Server).unwrap_or_else(|error| panic!("{uri}: {error}"));
        let code = text("expect");
        let effects = state.update(Event::Submitted { text: &code, times });
        assert!(!effects.prevent, "{uri}: {code}");
        checked += 1;
    }
    assert!(checked >= 40, "{checked}");
}

#[test]
fn the_key_is_shown_in_groups_and_spelled() {
    let key = state().key();
    assert_eq!(*groups(&key), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    assert_eq!(*spelled("JBSWY3"), "J B S W, Y 3");
    let state = state();
    let view = state.view();
    assert_eq!(
        (view.issuer, view.account, view.digits, view.by_counter),
        ("Example", "hana@example.com", 6, false)
    );
    assert_eq!(state.entry(), "Example (hana@example.com)");
    assert_eq!(state.uri(), URI);
}

#[test]
fn a_key_of_eight_digits_has_no_backup_codes() {
    let uri = format!("{URI}&digits=8");
    let mut state = State::new(&uri, Clock::Server).expect("a key URI");
    submitted(&mut state, "48291304");
    assert_eq!(word(&state), Some(Word::CodeWrong));
    let key = KeyUri::read(&uri).expect("a key URI");
    assert!(matches!(key.factor, MovingFactor::Time { .. }));
}

#[test]
fn an_error_does_not_quote_the_secret() {
    for uri in [
        "otpauth://totp/a?secret=GEZDGNBVGY3TQOJQGEZDGNBV0",
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        "",
    ] {
        let error = State::new(uri, Clock::Server)
            .err()
            .expect("no key URI")
            .to_string();
        assert!(!error.contains("GEZDGNBV"), "{error}");
    }
}
