//! Secrets and key URIs: reading, writing, and the text of each error.

use todoita::otp::{
    Digits, KeyUri, KeyUriError, MovingFactor, Period, Secret, SecretError, base32,
};
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// `12345678901234567890` in base32.
const TEXT: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn secret() -> Secret {
    Secret::from_base32(TEXT).expect("20 bytes")
}

#[wasm_bindgen_test(unsupported = test)]
fn a_secret_is_read_as_people_copy_it() {
    for text in [
        TEXT,
        "gezd gnbv gy3t qojq gezd gnbv gy3t qojq",
        "GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ",
        "  GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\r\n",
        "GeZdGnBvGy3TqOjQgEzDgNbVgY3tQoJq====",
    ] {
        assert_eq!(
            Secret::from_base32(text).expect(text).as_bytes(),
            b"12345678901234567890"
        );
    }
    assert_eq!(secret().to_base32().as_str(), TEXT);
}

#[wasm_bindgen_test(unsupported = test)]
fn an_invalid_secret_gives_the_place_and_the_reason() {
    let message = |text: &str| match Secret::from_base32(text) {
        Ok(_) => String::from("read"),
        Err(error) => error.to_string(),
    };
    let rows = [
        (
            "GEZD GNB0",
            "character 9 ('0') is not base32, which has A to Z and 2 to 7; is it the letter O?",
        ),
        (
            "1EZD",
            "character 1 ('1') is not base32, which has A to Z and 2 to 7; is it the letter I or L?",
        ),
        (
            "GEZD8",
            "character 5 ('8') is not base32, which has A to Z and 2 to 7; is it the letter B?",
        ),
        (
            "秘密",
            "character 1 ('秘') is not base32, which has A to Z and 2 to 7",
        ),
        (
            "GE\u{200b}ZD",
            "character 3 ('\\u{200b}') is not base32, which has A to Z and 2 to 7",
        ),
        (
            "MY======MY",
            "character 9 follows a '='; padding is at the end only",
        ),
        (
            "GEZDGNBVG",
            "9 characters cannot be base32; some are missing, copy the whole text again",
        ),
        (
            "",
            "0 bytes are too few; a secret has at least 16 (RFC 4226, R6)",
        ),
        (
            "GEZDGNBVGY3TQOJQ",
            "10 bytes are too few; a secret has at least 16 (RFC 4226, R6)",
        ),
    ];
    for (text, expected) in rows {
        assert_eq!(message(text), expected);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_secret_has_16_to_128_bytes() {
    for (bytes, expected) in [
        (0, Err(SecretError::TooShort { bytes: 0 })),
        (15, Err(SecretError::TooShort { bytes: 15 })),
        (16, Ok(())),
        (64, Ok(())),
        (65, Ok(())),
        (128, Ok(())),
        (129, Err(SecretError::TooLong { bytes: 129 })),
    ] {
        assert_eq!(Secret::from_bytes(vec![7; bytes]).map(drop), expected);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn bits_beyond_the_last_byte_are_ignored() {
    for text in ["MY", "MZ"] {
        assert_eq!(base32::read(text).expect(text).as_slice(), b"f");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_key_uri_is_written_with_every_parameter() {
    let uri = KeyUri {
        secret: secret(),
        issuer: Some("届いた & Co".into()),
        account: "hana+1@example.com".into(),
        digits: Digits::Six,
        factor: MovingFactor::Time {
            period: Period::default(),
        },
    };
    assert_eq!(
        uri.write().expect("it can be written").as_str(),
        "otpauth://totp/%E5%B1%8A%E3%81%84%E3%81%9F%20%26%20Co:hana%2B1%40example.com\
         ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E5%B1%8A%E3%81%84%E3%81%9F%20%26%20Co\
         &algorithm=SHA1&digits=6&period=30"
    );
    let uri = KeyUri {
        issuer: None,
        account: "hana".into(),
        digits: Digits::Eight,
        factor: MovingFactor::Counter { counter: u64::MAX },
        ..uri
    };
    assert_eq!(
        uri.write().expect("it can be written").as_str(),
        "otpauth://hotp/hana?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
         &algorithm=SHA1&digits=8&counter=18446744073709551615"
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn a_name_that_no_label_can_hold_is_not_written() {
    let write = |issuer: Option<&str>, account: &str| {
        let uri = KeyUri {
            secret: secret(),
            issuer: issuer.map(str::to_owned),
            account: account.to_owned(),
            digits: Digits::Six,
            factor: MovingFactor::Counter { counter: 0 },
        };
        uri.write().map(drop)
    };
    assert_eq!(write(None, " "), Err(KeyUriError::MissingAccount));
    assert_eq!(
        write(None, "a:b"),
        Err(KeyUriError::Colon { part: "account" })
    );
    assert_eq!(
        write(Some("a:b"), "c"),
        Err(KeyUriError::Colon { part: "issuer" })
    );
    assert_eq!(
        write(Some("a\nb"), "c"),
        Err(KeyUriError::Control { part: "issuer" })
    );
    assert_eq!(write(None, &"é".repeat(1000)), Err(KeyUriError::TooLong));
    // 89 bytes surround the account.
    let longest = "a".repeat(KeyUri::MAX_LENGTH - 89);
    assert_eq!(write(None, &longest), Ok(()));
    let longer = longest + "a";
    assert_eq!(write(None, &longer), Err(KeyUriError::TooLong));
    assert_eq!(write(None, &"é".repeat(100_000)), Err(KeyUriError::TooLong));
    assert_eq!(write(Some(""), "c"), Ok(()));
}

#[wasm_bindgen_test(unsupported = test)]
fn key_uris_of_others_are_read() {
    let issuer_account = |uri: &str| {
        let uri = KeyUri::read(uri).unwrap_or_else(|error| panic!("{uri}: {error}"));
        assert_eq!(uri.secret, secret());
        (uri.issuer.unwrap_or_default(), uri.account)
    };
    let rows = [
        (format!("otpauth://totp/hana?secret={TEXT}"), "", "hana"),
        (
            format!("otpauth://totp/Example:hana?secret={TEXT}"),
            "Example",
            "hana",
        ),
        (
            format!("otpauth://totp/Example%3Ahana?secret={TEXT}"),
            "Example",
            "hana",
        ),
        (
            format!("otpauth://totp/Example%3A%20hana?secret={TEXT}&issuer=Example"),
            "Example",
            "hana",
        ),
        (
            format!("otpauth://totp/hana?secret={TEXT}&issuer=Example"),
            "Example",
            "hana",
        ),
        (
            format!("otpauth://totp/hana?secret={TEXT}&issuer="),
            "",
            "hana",
        ),
        // Written by a form encoder: the space of a parameter is a plus.
        (
            format!("otpauth://totp/A%20Co:hana+1?issuer=A+Co&secret={TEXT}"),
            "A Co",
            "hana+1",
        ),
        (
            format!("OTPAUTH://TOTP/hana?secret={}", TEXT.to_lowercase()),
            "",
            "hana",
        ),
        (
            format!(" otpauth://totp/hana?secret={TEXT}%3D%3D&image=x&lock=1&image=y#top\n"),
            "",
            "hana",
        ),
        (
            format!(
                "otpauth://totp/hana?&secret={TEXT}&algorithm=sha1&digits=6&period=30&counter=x"
            ),
            "",
            "hana",
        ),
    ];
    for (uri, issuer, account) in rows {
        assert_eq!(
            issuer_account(&uri),
            (issuer.to_owned(), account.to_owned()),
            "{uri}"
        );
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn digits_period_and_counter_are_read() {
    let read = |kind: &str, rest: &str| {
        let uri = KeyUri::read(&format!("otpauth://{kind}/hana?secret={TEXT}{rest}"));
        uri.map(|uri| (uri.digits, uri.factor))
            .map_err(|error| error.to_string())
    };
    let period = |seconds| MovingFactor::Time {
        period: Period::from_seconds(seconds).expect("valid"),
    };
    assert_eq!(read("totp", ""), Ok((Digits::Six, period(30))));
    assert_eq!(
        read("totp", "&digits=8&period=60"),
        Ok((Digits::Eight, period(60)))
    );
    let counter = |counter| MovingFactor::Counter { counter };
    assert_eq!(read("hotp", "&counter=0"), Ok((Digits::Six, counter(0))));
    assert_eq!(
        read("hotp", "&counter=18446744073709551615"),
        Ok((Digits::Six, counter(u64::MAX)))
    );
    assert_eq!(
        read("hotp", "&counter=9007199254740993"),
        Ok((Digits::Six, counter((1 << 53) + 1)))
    );

    let wrong = [
        ("totp", "&digits=5", "digits is 6, 7 or 8, not \"5\""),
        ("totp", "&digits=262", "digits is 6, 7 or 8, not \"262\""),
        ("totp", "&digits=+6", "digits is 6, 7 or 8, not \"+6\""),
        ("totp", "&digits=", "digits is 6, 7 or 8, not \"\""),
        (
            "totp",
            "&period=0",
            "period is a whole number of seconds from 1 to 86400, not \"0\"",
        ),
        (
            "totp",
            "&period=30.5",
            "period is a whole number of seconds from 1 to 86400, not \"30.5\"",
        ),
        (
            "hotp",
            "",
            "no counter; add counter= with that of the next code",
        ),
        (
            "hotp",
            "&counter=-1",
            "counter is a whole number from 0 to 2^64-1, not \"-1\"",
        ),
        (
            "hotp",
            "&counter=18446744073709551616",
            "counter is a whole number from 0 to 2^64-1, not \"18446744073709551616\"",
        ),
    ];
    for (kind, rest, message) in wrong {
        assert_eq!(read(kind, rest), Err(message.to_owned()));
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn an_invalid_key_uri_gives_the_reason() {
    let read = |uri: &str| KeyUri::read(uri).map(drop);
    use KeyUriError::*;
    let long = format!(
        "otpauth://totp/hana?secret={TEXT}&image={}",
        "x".repeat(5000)
    );
    let longest = format!("otpauth://totp/hana?secret={TEXT}&image=");
    let longest = format!("{longest:x<width$}", width = KeyUri::MAX_LENGTH);
    assert_eq!(read(&longest), Ok(()));
    assert_eq!(read(&(longest + "x")), Err(TooLong));
    let rows = [
        ("", NotOtpauth),
        ("https://example.com/", NotOtpauth),
        ("otpauth:totp/hana", NotOtpauth),
        ("otpauth-migration://offline?data=CjEKCkhlbGxv", Migration),
        (long.as_str(), TooLong),
        ("otpauth://", UnknownType(String::new())),
        (
            "otpauth://steam/hana?secret=GEZD",
            UnknownType("steam".into()),
        ),
        ("otpauth://totp", MissingAccount),
        ("otpauth://totp/?secret=GEZD", MissingAccount),
        ("otpauth://totp/Example:?secret=GEZD", MissingAccount),
        (
            "otpauth://totp/a:b:c?secret=GEZD",
            Colon { part: "account" },
        ),
        (
            "otpauth://totp/c?secret=GEZD&issuer=a:b",
            Colon { part: "issuer" },
        ),
        (
            "otpauth://totp/a%00b?secret=GEZD",
            Control { part: "account" },
        ),
        (
            "otpauth://totp/100%?secret=GEZD",
            Encoding { part: "label" },
        ),
        ("otpauth://totp/%FF?secret=GEZD", Encoding { part: "label" }),
        (
            "otpauth://totp/hana?secret=GEZD&issuer=%2",
            Encoding { part: "issuer" },
        ),
        (
            "otpauth://totp/hana?secret=GE%+1",
            Encoding { part: "secret" },
        ),
        (
            "otpauth://totp/A:hana?secret=GEZD&issuer=B",
            IssuerMismatch {
                label: "A".into(),
                parameter: "B".into(),
            },
        ),
        (
            "otpauth://totp/hana?secret=GEZD&secret=GEZD",
            Duplicate("secret"),
        ),
        (
            "otpauth://totp/hana?secret=GEZD&digits=6&digits=8",
            Duplicate("digits"),
        ),
        ("otpauth://totp/hana", MissingSecret),
        ("otpauth://totp/hana?secret", MissingSecret),
        ("otpauth://totp/hana?secret=&issuer=A", MissingSecret),
        (
            "otpauth://totp/hana?secret=GEZD#&issuer=A",
            Secret(SecretError::TooShort { bytes: 2 }),
        ),
        (
            "otpauth://totp/hana?secret=GEZD&algorithm=SHA256",
            Algorithm("SHA256".into()),
        ),
        (
            "otpauth://totp/hana?secret=GEZD&algorithm=",
            Algorithm(String::new()),
        ),
    ];
    for (uri, error) in rows {
        assert_eq!(read(uri), Err(error), "{uri}");
    }
}
