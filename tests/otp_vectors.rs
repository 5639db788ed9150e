//! The vectors of RFC 4226 (appendix D), RFC 6238 (appendix B, SHA-1) and RFC 4648 (section 10).
//!
//! The same tests run natively and in a browser:
//! `cargo test --test otp_vectors`, `wasm-pack test --headless --chrome -- --test otp_vectors`.

use todoita::otp::{Digits, Hotp, Period, Secret, Totp, base32};
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn rfc_secret() -> Secret {
    Secret::from_bytes(b"12345678901234567890").expect("20 bytes")
}

#[wasm_bindgen_test(unsupported = test)]
fn rfc_4226_appendix_d() {
    let codes = [
        "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
        "520489",
    ];
    let secret = rfc_secret();
    let hotp = Hotp::default();
    for (counter, code) in (0..).zip(codes) {
        assert_eq!(
            hotp.code(&secret, counter).as_str(),
            code,
            "counter {counter}"
        );
        let accepted = hotp
            .verify(&secret, code, counter)
            .expect("the RFC's own code");
        assert_eq!(
            (accepted.counter, accepted.next),
            (counter, Some(counter + 1))
        );
    }
}

/// The same appendix gives the truncated values in decimal: the last eight digits of them are the
/// 8-digit codes, the last seven the 7-digit ones.
#[wasm_bindgen_test(unsupported = test)]
fn rfc_4226_appendix_d_in_seven_and_eight_digits() {
    let truncated = [
        "1284755224",
        "1094287082",
        "137359152",
        "1726969429",
        "1640338314",
        "868254676",
        "1918287922",
        "82162583",
        "673399871",
        "645520489",
    ];
    let secret = rfc_secret();
    for (counter, value) in (0..).zip(truncated) {
        for digits in Digits::ALL {
            let hotp = Hotp {
                digits,
                ..Hotp::default()
            };
            let code = &value[value.len() - usize::from(digits.count())..];
            assert_eq!(
                hotp.code(&secret, counter).as_str(),
                code,
                "counter {counter}"
            );
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn rfc_6238_appendix_b() {
    // Seconds since the epoch, T in hexadecimal, code.
    let rows: [(u64, u64, &str); 6] = [
        (59, 0x1, "94287082"),
        (1_111_111_109, 0x23523EC, "07081804"),
        (1_111_111_111, 0x23523ED, "14050471"),
        (1_234_567_890, 0x273EF07, "89005924"),
        (2_000_000_000, 0x3F940AA, "69279037"),
        (20_000_000_000, 0x27BC86AA, "65353130"),
    ];
    let secret = rfc_secret();
    let totp = Totp {
        digits: Digits::Eight,
        ..Totp::default()
    };
    for (seconds, step, code) in rows {
        let time = seconds * 1000;
        assert_eq!(Period::default().step(time), step);
        assert_eq!(totp.code(&secret, time).as_str(), code, "at {seconds}");
        assert_eq!(totp.verify(&secret, code, time, None), Ok(step));
        let six = Totp::default();
        assert_eq!(six.code(&secret, time).as_str(), &code[2..]);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn rfc_4648_section_10() {
    let rows: [(&str, &str); 7] = [
        ("", ""),
        ("f", "MY======"),
        ("fo", "MZXQ===="),
        ("foo", "MZXW6==="),
        ("foob", "MZXW6YQ="),
        ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI======"),
    ];
    for (plain, encoded) in rows {
        assert_eq!(
            base32::write(plain.as_bytes()).as_str(),
            encoded.trim_end_matches('=')
        );
        assert_eq!(
            base32::read(encoded)
                .expect("the RFC's own text")
                .as_slice(),
            plain.as_bytes()
        );
    }
}
