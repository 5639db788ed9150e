//! The vectors of phone numbers and one-time passwords.

use serde_json::Value;
use todoita::otp::{Digits, Hotp, Period, Secret, Totp, base32};
use todoita::phone;

use super::{rows, string};

#[test]
fn phone_numbers() {
    for row in rows("phone.json") {
        let (text, expect) = (string(&row, "text"), &row["expect"]);
        match phone::read(&text) {
            Ok(number) => {
                let fixes: Vec<&str> = number.fixes.iter().map(phone::Fix::as_str).collect();
                assert_eq!(expect["e164"], number.e164, "{text:?}");
                assert_eq!(expect["national"], Value::from(number.national), "{text:?}");
                assert_eq!(expect["kind"], number.kind.as_str(), "{text:?}");
                assert_eq!(expect["sms"], Value::from(number.kind.sms()), "{text:?}");
                assert_eq!(expect["fixes"], Value::from(fixes), "{text:?}");
            }
            Err(problem) => assert_eq!(expect["problem"], problem.as_str(), "{text:?}"),
        }
    }
}

#[test]
fn one_time_passwords() {
    for row in rows("otp.json") {
        let (id, expect) = (string(&row, "id"), string(&row, "expect"));
        let number = |name: &str| row[name].as_u64().expect("a number");
        if row["kind"] == "base32" {
            let bytes = string(&row, "text").into_bytes();
            assert_eq!(
                base32::write(&bytes).as_str(),
                expect.trim_end_matches('='),
                "{id}"
            );
            assert_eq!(
                base32::read(&expect).expect("base32").as_slice(),
                bytes,
                "{id}"
            );
            continue;
        }
        let secret = Secret::from_base32(&string(&row, "secret")).expect("a secret");
        let count = u8::try_from(number("digits")).expect("6 to 8");
        let digits = Digits::from_count(count).expect("6 to 8");
        let code = if row["kind"] == "hotp" {
            let hotp = Hotp {
                digits,
                ..Hotp::default()
            };
            hotp.code(&secret, number("counter"))
        } else {
            let seconds = u32::try_from(number("period")).expect("some seconds");
            let period = Period::from_seconds(seconds).expect("a period");
            let totp = Totp {
                digits,
                period,
                ..Totp::default()
            };
            totp.code(&secret, number("seconds") * 1000)
        };
        assert_eq!(code.as_str(), expect, "{id}");
    }
}
