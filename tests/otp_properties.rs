//! Properties of the verifier, checked on generated values. Native only.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use todoita::cause::Cause;
use todoita::otp::{Digits, Hotp, KeyUri, MovingFactor, Period, Secret, Totp, base32};

fn secrets() -> impl Strategy<Value = Secret> {
    proptest::collection::vec(any::<u8>(), Secret::MIN_BYTES..=Secret::MAX_BYTES)
        .prop_map(|bytes| Secret::from_bytes(bytes).expect("the length is allowed"))
}

fn digits() -> impl Strategy<Value = Digits> {
    proptest::sample::select(Digits::ALL.to_vec())
}

fn periods() -> impl Strategy<Value = Period> {
    (1..=Period::MAX_SECONDS)
        .prop_map(|seconds| Period::from_seconds(seconds).expect("the length is allowed"))
}

fn totps() -> impl Strategy<Value = Totp> {
    (digits(), periods(), 0..4_u8).prop_map(|(digits, period, window)| Totp {
        digits,
        period,
        window,
    })
}

/// Times from 1970 to 2096, any time, and the last ones.
fn times() -> impl Strategy<Value = u64> {
    prop_oneof![
        0..4_000_000_000_000_u64,
        any::<u64>(),
        (0..100_u64).prop_map(|back| u64::MAX - back)
    ]
}

fn counters() -> impl Strategy<Value = u64> {
    prop_oneof![
        any::<u64>(),
        0..100_u64,
        (0..100_u64).prop_map(|back| u64::MAX - back)
    ]
}

/// Names that a label can hold: no colon, no control character, no surrounding space.
fn names() -> impl Strategy<Value = String> {
    "[^:\\p{C}\\p{Z}]([^:\\p{C}]{0,30}[^:\\p{C}\\p{Z}])?"
}

fn factors() -> impl Strategy<Value = MovingFactor> {
    prop_oneof![
        periods().prop_map(|period| MovingFactor::Time { period }),
        any::<u64>().prop_map(|counter| MovingFactor::Counter { counter }),
    ]
}

proptest! {
    #[test]
    fn base32_comes_back(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let text = base32::write(&bytes);
        let grouped: Vec<String> =
            text.to_lowercase().as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into()).collect();
        for text in [text.to_string(), grouped.join(" "), grouped.join("-") + "=="] {
            let read = base32::read(&text).expect("it was just written");
            prop_assert_eq!(&*read, &bytes);
        }
    }

    #[test]
    fn base32_reads_any_text_without_panic(text in any::<String>()) {
        let _ = Secret::from_base32(&text);
    }

    #[test]
    fn a_key_uri_comes_back(
        secret in secrets(),
        issuer in proptest::option::of(names()),
        account in names(),
        digits in digits(),
        factor in factors(),
    ) {
        let uri = KeyUri { secret, issuer, account, digits, factor };
        let text = uri.write().expect("the names are clean");
        prop_assert!(text.is_ascii());
        prop_assert_eq!(KeyUri::read(&text), Ok(uri));
    }

    #[test]
    fn a_key_uri_is_read_or_refused_without_panic(text in any::<String>()) {
        let _ = KeyUri::read(&text);
    }

    #[test]
    fn a_key_uri_with_a_piece_changed_is_read_or_refused_without_panic(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("otpauth://"), Just("totp/"), Just("hotp/"), Just("?"), Just("&"), Just("="), Just("%"),
                Just("%3A"), Just(":"), Just("secret="), Just("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
                Just("issuer="), Just("digits=6"), Just("period="), Just("counter="), Just("é"), Just("+"),
                Just("#"), Just("algorithm=SHA1"), Just("0"),
            ],
            0..12,
        )
    ) {
        let text = "otpauth://totp/hana?secret=".to_owned() + &pieces.concat();
        for text in [text, pieces.concat()] {
            if let Err(error) = KeyUri::read(&text) {
                prop_assert!(!error.to_string().contains("GEZDGNBVGY3TQOJQGEZDGNBVGY"), "the secret is in the error: {error}");
            }
        }
    }

    #[test]
    fn a_code_of_the_window_is_accepted_and_never_again(
        secret in secrets(),
        totp in totps(),
        time in times(),
        last in proptest::option::of(0..200_000_000_u64),
        later in 0..400_000_u64,
    ) {
        let code = totp.code(&secret, time);
        match totp.verify(&secret, code.as_str(), time, last) {
            Ok(step) => {
                prop_assert!(last.is_none_or(|last| step > last));
                prop_assert!(step.abs_diff(totp.period.step(time)) <= u64::from(totp.window));
                // Once the last step has advanced, no step is accepted again, even if the code serves several.
                let again = totp.verify(&secret, code.as_str(), time.saturating_add(later), Some(step));
                prop_assert!(again.is_err() || again.is_ok_and(|again| again > step));
                let at_last = totp.verify(&secret, code.as_str(), time, Some(u64::MAX));
                prop_assert_eq!(at_last, Err(Cause::Used));
            }
            Err(cause) => {
                prop_assert_eq!(cause, Cause::Used);
                prop_assert!(last.is_some_and(|last| last >= totp.period.step(time)));
            }
        }
    }

    #[test]
    fn an_accepted_text_is_the_code_of_the_step_returned(
        secret in secrets(),
        totp in totps(),
        time in 0..4_000_000_000_000_u64,
        guess in "[0-9]{6,8}",
    ) {
        if let Ok(step) = totp.verify(&secret, &guess, time, None) {
            let code = totp.code(&secret, step * u64::from(totp.period.seconds()) * 1000);
            prop_assert_eq!(code.as_str(), guess);
        }
    }

    #[test]
    fn any_text_is_judged_without_panic(
        secret in secrets(), text in any::<String>(), time in any::<u64>(), counter in counters(),
    ) {
        let _ = Totp::default().verify(&secret, &text, time, Some(counter));
        let _ = Hotp::default().verify(&secret, &text, counter);
        let _ = Hotp::default().resync(&secret, &text, &text, counter, u16::MAX);
    }

    #[test]
    fn a_counter_never_goes_back(
        secret in secrets(), digits in digits(), counter in counters(), ahead in 0..=20_u64,
    ) {
        let hotp = Hotp { digits, look_ahead: 20 };
        let Some(asked) = counter.checked_add(ahead) else { return Ok(()) };
        let code = hotp.code(&secret, asked);
        let accepted = hotp.verify(&secret, code.as_str(), counter).expect("it is in the window");
        prop_assert!((counter..=asked).contains(&accepted.counter));
        prop_assert_eq!(accepted.next, accepted.counter.checked_add(1));
        if let Some(next) = accepted.next {
            let again = hotp.verify(&secret, code.as_str(), next);
            prop_assert!(again.is_err() || again.is_ok_and(|again| again.counter > accepted.counter));
        }
    }

    #[test]
    fn two_codes_in_a_row_resynchronise(
        secret in secrets(), digits in digits(), counter in counters(), ahead in 0..=100_u16,
    ) {
        let hotp = Hotp { digits, look_ahead: 0 };
        let Some(second) = counter.checked_add(u64::from(ahead) + 1) else { return Ok(()) };
        let codes = [second - 1, second].map(|counter| hotp.code(&secret, counter));
        let accepted = hotp
            .resync(&secret, codes[0].as_str(), codes[1].as_str(), counter, 100)
            .expect("both are in reach");
        prop_assert!(accepted.counter > counter && accepted.counter <= second);
    }
}
