//! Edge cases of the verifier: replay, neighbouring steps, windows, large counters, texts that are not codes.
//!
//! The same tests run natively and in a browser.

use todoita::cause::Cause;
use todoita::otp::{Digits, Hotp, Period, Secret, Totp};
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// The time at which the secret of RFC 6238 has the code 081804, with a leading zero.
const LEADING_ZERO: u64 = 1_111_111_109_000;

fn rfc_secret() -> Secret {
    Secret::from_bytes(b"12345678901234567890").expect("20 bytes")
}

#[wasm_bindgen_test(unsupported = test)]
fn a_code_is_accepted_once() {
    let (secret, totp) = (rfc_secret(), Totp::default());
    let step = totp
        .verify(&secret, "081804", LEADING_ZERO, None)
        .expect("the code of this moment");
    for later in [0, 1_000, 29_000, 30_000] {
        let again = totp.verify(&secret, "081804", LEADING_ZERO + later, Some(step));
        assert_eq!(again, Err(Cause::Used), "{later} ms later");
    }
    let outside = totp.verify(&secret, "081804", LEADING_ZERO + 90_000, Some(step));
    assert_eq!(outside, Err(Cause::Wrong));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_wrong_code_is_wrong_whatever_was_accepted_before() {
    let (secret, totp) = (rfc_secret(), Totp::default());
    let now = Period::default().step(LEADING_ZERO);
    for last in [
        None,
        Some(0),
        Some(now - 1),
        Some(now),
        Some(now + 1),
        Some(u64::MAX),
    ] {
        let verdict = totp.verify(&secret, "123456", LEADING_ZERO, last);
        assert_eq!(verdict, Err(Cause::Wrong), "{last:?}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn secrets_are_equal_only_to_themselves() {
    let other = Secret::from_bytes(b"12345678901234567891").expect("20 bytes");
    let longer = Secret::from_bytes(b"123456789012345678901").expect("21 bytes");
    assert_eq!(rfc_secret(), rfc_secret());
    assert_ne!(rfc_secret(), other);
    assert_ne!(rfc_secret(), longer);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_code_of_a_step_before_the_last_accepted_one_is_used() {
    let (secret, totp) = (rfc_secret(), Totp::default());
    let now = Period::default().step(LEADING_ZERO);
    let before = totp.code(&secret, LEADING_ZERO - 30_000);
    assert_eq!(
        totp.verify(&secret, before.as_str(), LEADING_ZERO, None),
        Ok(now - 1)
    );
    assert_eq!(
        totp.verify(&secret, before.as_str(), LEADING_ZERO, Some(now)),
        Err(Cause::Used)
    );
    // The server's clock was set back: no step is later than the last one, so none is accepted.
    assert_eq!(
        totp.verify(&secret, "081804", LEADING_ZERO, Some(u64::MAX)),
        Err(Cause::Used)
    );
}

/// The first step of the RFC's secret whose 6-digit code is also that of the next step, found by search from 0.
const NEIGHBOURS: u64 = 910_737;

#[wasm_bindgen_test(unsupported = test)]
fn a_code_of_two_neighbouring_steps_counts_as_the_lowest_unused() {
    let (secret, totp) = (rfc_secret(), Totp::default());
    let first = NEIGHBOURS;
    let time = first * 30_000;
    let code = totp.code(&secret, time);
    assert_eq!(code, totp.code(&secret, time + 30_000), "the premise");
    let verify = |time, last| totp.verify(&secret, code.as_str(), time, last);
    assert_eq!(verify(time, None), Ok(first));
    assert_eq!(verify(time + 30_000, None), Ok(first));
    assert_eq!(verify(time, Some(first - 1)), Ok(first));
    assert_eq!(verify(time, Some(first)), Ok(first + 1));
    assert_eq!(verify(time, Some(first + 1)), Err(Cause::Used));
}

#[wasm_bindgen_test(unsupported = test)]
fn the_window_has_exactly_the_given_width() {
    let secret = rfc_secret();
    let time = LEADING_ZERO;
    let now = Period::default().step(time);
    for window in [0, 1, 2, 10, 255] {
        let totp = Totp {
            window,
            ..Totp::default()
        };
        for drift in [0, 1, 2, 3, 9, 10, 11, 254, 255, 256] {
            for (time_shown, step) in [
                (time - drift * 30_000, now - drift),
                (time + drift * 30_000, now + drift),
            ] {
                // Eight digits, so that no other step of the window has the code by chance.
                let totp = Totp {
                    digits: Digits::Eight,
                    ..totp
                };
                let code = totp.code(&secret, time_shown);
                let expected = if drift <= u64::from(window) {
                    Ok(step)
                } else {
                    Err(Cause::Wrong)
                };
                let verdict = totp.verify(&secret, code.as_str(), time, None);
                assert_eq!(verdict, expected, "window {window}, drift {drift}");
            }
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn the_first_and_the_last_step_are_steps_like_others() {
    let secret = rfc_secret();
    let totp = Totp {
        window: 2,
        ..Totp::default()
    };
    let code = totp.code(&secret, 0);
    assert_eq!(code.as_str(), "755224");
    assert_eq!(totp.verify(&secret, code.as_str(), 0, None), Ok(0));
    assert_eq!(
        totp.verify(&secret, code.as_str(), 0, Some(0)),
        Err(Cause::Used)
    );
    let second = Period::from_seconds(1).expect("a second");
    let totp = Totp {
        period: second,
        ..totp
    };
    let code = totp.code(&secret, u64::MAX);
    assert_eq!(
        totp.verify(&secret, code.as_str(), u64::MAX, None),
        Ok(u64::MAX / 1000)
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn the_period_decides_the_step() {
    let secret = rfc_secret();
    let minute = Totp {
        period: Period::from_seconds(60).expect("a minute"),
        ..Totp::default()
    };
    assert_eq!(minute.code(&secret, 59_999), minute.code(&secret, 0));
    assert_eq!(minute.code(&secret, 60_000).as_str(), "287082");
    assert_eq!(Period::from_seconds(0), None);
    assert_eq!(Period::from_seconds(86_401), None);
    assert_eq!(
        Period::from_seconds(86_400).map(Period::seconds),
        Some(86_400)
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn a_text_of_other_than_the_given_number_of_ascii_digits_is_wrong() {
    let (secret, totp, hotp) = (rfc_secret(), Totp::default(), Hotp::default());
    let right = "081804";
    assert!(
        totp.verify(&secret, right, LEADING_ZERO, None).is_ok(),
        "the premise"
    );
    let counter = Period::default().step(LEADING_ZERO);
    let huge = "0".repeat(1_000_000) + right;
    let texts = [
        "",
        "0",
        "4",
        "81804",
        "0081804",
        "00081804",
        "+81804",
        "-81804",
        " 081804",
        "081804 ",
        "081 804",
        "081-804",
        "081804\n",
        "081804\0",
        "0８1804",
        "８１８０４０",
        "٠٨١٨٠٤",
        "081_04",
        "08180x",
        "0x1804",
        "8.1804",
        "1e5000",
        "[\"081804\"]",
        "081804,081804",
        huge.as_str(),
    ];
    for text in texts {
        assert_eq!(
            totp.verify(&secret, text, LEADING_ZERO, None),
            Err(Cause::Wrong)
        );
        assert_eq!(hotp.verify(&secret, text, counter), Err(Cause::Wrong));
        assert_eq!(
            hotp.resync(&secret, text, right, counter, 5),
            Err(Cause::Wrong)
        );
        assert_eq!(
            hotp.resync(&secret, right, text, counter, 5),
            Err(Cause::Wrong)
        );
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn large_counters() {
    let secret = rfc_secret();
    let hotp = Hotp {
        digits: Digits::Eight,
        look_ahead: 10,
    };
    for (counter, code) in BIG_COUNTERS {
        assert_eq!(
            hotp.code(&secret, counter).as_str(),
            code,
            "counter {counter}"
        );
        let accepted = hotp
            .verify(&secret, code, counter)
            .expect("the code of the counter");
        assert_eq!(accepted.counter, counter);
        assert_eq!(accepted.next, counter.checked_add(1));
    }
}

/// Computed with another implementation: Python's `hmac` over the counter's eight bytes.
const BIG_COUNTERS: [(u64, &str); 11] = [
    (2_147_483_647, "27223505"),
    (2_147_483_648, "04197202"),
    (4_294_967_295, "57117190"),
    (4_294_967_296, "55999456"),
    (9_007_199_254_740_991, "41891307"),
    (9_007_199_254_740_992, "86860690"),
    (9_007_199_254_740_993, "70354518"),
    (9_223_372_036_854_775_807, "50181742"),
    (9_223_372_036_854_775_808, "17959616"),
    (18_446_744_073_709_551_614, "89488204"),
    (18_446_744_073_709_551_615, "63094451"),
];

#[wasm_bindgen_test(unsupported = test)]
fn after_the_last_counter_the_secret_is_exhausted() {
    let (secret, hotp) = (rfc_secret(), Hotp::default());
    let code = hotp.code(&secret, u64::MAX);
    let accepted = hotp
        .verify(&secret, code.as_str(), u64::MAX - 3)
        .expect("it is ahead");
    assert_eq!((accepted.counter, accepted.next), (u64::MAX, None));
    let before = hotp.code(&secret, u64::MAX - 1);
    let accepted = hotp.resync(&secret, before.as_str(), code.as_str(), u64::MAX - 5, 100);
    assert_eq!(accepted.map(|accepted| accepted.next), Ok(None));
    // There is no counter after the last one for a second code.
    let alone = hotp.resync(&secret, code.as_str(), "755224", u64::MAX, 100);
    assert_eq!(alone, Err(Cause::Wrong));
}

#[wasm_bindgen_test(unsupported = test)]
fn hotp_looks_ahead_and_never_back() {
    let (secret, hotp) = (
        rfc_secret(),
        Hotp {
            look_ahead: 3,
            ..Hotp::default()
        },
    );
    let verify = |code| {
        hotp.verify(&secret, code, 3)
            .map(|accepted| accepted.counter)
    };
    assert_eq!(verify("359152"), Err(Cause::Wrong)); // 2
    assert_eq!(verify("969429"), Ok(3));
    assert_eq!(verify("287922"), Ok(6));
    assert_eq!(verify("162583"), Err(Cause::Wrong)); // 7
}

#[wasm_bindgen_test(unsupported = test)]
fn resynchronising_takes_two_codes_in_a_row() {
    let (secret, hotp) = (
        rfc_secret(),
        Hotp {
            look_ahead: 0,
            ..Hotp::default()
        },
    );
    let resync = |first, second, look_ahead| {
        hotp.resync(&secret, first, second, 1, look_ahead)
            .map(|accepted| accepted.next)
    };
    assert_eq!(resync("162583", "399871", 6), Ok(Some(9))); // 7 and 8
    assert_eq!(resync("162583", "399871", 5), Err(Cause::Wrong)); // 7 is one too far
    assert_eq!(resync("287082", "359152", 0), Ok(Some(3))); // the expected one and its successor
    assert_eq!(resync("399871", "162583", 100), Err(Cause::Wrong)); // in the wrong order
    assert_eq!(resync("162583", "520489", 100), Err(Cause::Wrong)); // 7 and 9
    assert_eq!(resync("162583", "162583", 100), Err(Cause::Wrong)); // one code twice
    assert_eq!(resync("755224", "287082", 100), Err(Cause::Wrong)); // 0 and 1: back
}

#[wasm_bindgen_test(unsupported = test)]
fn debug_shows_neither_a_secret_nor_a_code() {
    let secret = rfc_secret();
    assert_eq!(format!("{secret:?}"), "Secret(20 bytes)");
    assert_eq!(
        format!("{:?}", Hotp::default().code(&secret, 0)),
        "Code(6 digits)"
    );
}
