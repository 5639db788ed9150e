//! Signatures of webhooks, in both directions (Standard Webhooks 1.0, <https://www.standardwebhooks.com>): HMAC-SHA256 over id,
//! timestamp and body, in the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The header of the message's id: the same in each attempt.
pub const ID: &str = "webhook-id";
/// The header of the time of the attempt, seconds since the Unix epoch.
pub const TIMESTAMP: &str = "webhook-timestamp";
/// The header of the signatures.
pub const SIGNATURE: &str = "webhook-signature";

/// How far the time of a message may be from this service's, milliseconds.
const TOLERATED: u64 = 5 * 60 * 1_000;
/// Signatures of one message that are compared.
const MOST: usize = 10;

/// The secrets of a webhook: all of them sign, and each is accepted, so that one can be replaced without a gap.
#[derive(Clone)]
pub struct Secrets(Vec<Zeroizing<Vec<u8>>>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({})", self.0.len())
    }
}

/// The headers of a signed message, as they were received.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// [`ID`]
    pub id: &'a str,
    /// [`TIMESTAMP`]
    pub timestamp: &'a str,
    /// [`SIGNATURE`]
    pub signature: &'a str,
}

impl Secrets {
    /// Reads secrets, separated by spaces or lines: `whsec_` and 24 to 64 bytes in base64, each.
    ///
    /// # Errors
    /// A sentence, without the secret.
    pub fn read(text: &str) -> Result<Secrets, String> {
        let secret = |word: &str| {
            let bytes = STANDARD.decode(word.strip_prefix("whsec_")?).ok()?;
            (24..=64)
                .contains(&bytes.len())
                .then(|| Zeroizing::new(bytes))
        };
        let secrets: Option<Vec<_>> = text.split_whitespace().map(secret).collect();
        match secrets {
            Some(secrets) if !secrets.is_empty() => Ok(Secrets(secrets)),
            _ => Err(
                "the webhook's secret has to be whsec_ and 24 to 64 random bytes in base64: \
                 echo whsec_$(openssl rand -base64 32)"
                    .into(),
            ),
        }
    }

    /// The value of the header [`SIGNATURE`]: one signature by each secret. `timestamp`: seconds since the Unix epoch.
    pub fn sign(&self, id: &str, timestamp: u64, body: &[u8]) -> String {
        let timestamp = timestamp.to_string();
        let signature = |secret: &Zeroizing<Vec<u8>>| {
            let bytes = mac(secret, id, &timestamp, body).finalize().into_bytes();
            format!("v1,{}", STANDARD.encode(bytes))
        };
        let signatures: Vec<String> = self.0.iter().map(signature).collect();
        signatures.join(" ")
    }

    /// Whether a message was signed with one of the secrets, at most five minutes from `now` (milliseconds since the Unix epoch).
    pub fn verify(&self, signed: Signed<'_>, body: &[u8], now: u64) -> bool {
        let is_digits = signed.timestamp.bytes().all(|byte| byte.is_ascii_digit());
        let Ok(timestamp) = signed.timestamp.parse::<u64>() else {
            return false;
        };
        if !is_digits || timestamp.saturating_mul(1_000).abs_diff(now) > TOLERATED {
            return false;
        }
        let signatures = signed.signature.split(' ').take(MOST);
        let mut matches = false;
        for signature in signatures.filter_map(|signature| signature.strip_prefix("v1,")) {
            let Ok(signature) = STANDARD.decode(signature) else {
                continue;
            };
            for secret in &self.0 {
                // In constant time.
                let mac = mac(secret, signed.id, signed.timestamp, body);
                matches |= mac.verify_slice(&signature).is_ok();
            }
        }
        matches
    }
}

fn mac(secret: &[u8], id: &str, timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the libraries of Standard Webhooks.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const EXPECTED: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const AT: u64 = 1_614_265_330;

    fn verify(secrets: &str, signature: &str, timestamp: &str, body: &[u8], now: u64) -> bool {
        let signed = Signed {
            id: ID,
            timestamp,
            signature,
        };
        Secrets::read(secrets).unwrap().verify(signed, body, now)
    }

    #[test]
    fn the_example_of_standard_webhooks_is_signed_and_verified() {
        let secrets = Secrets::read(SECRET).unwrap();
        assert_eq!(secrets.sign(ID, AT, BODY), EXPECTED);
        assert!(verify(SECRET, EXPECTED, "1614265330", BODY, AT * 1_000));
    }

    #[test]
    fn another_body_time_secret_or_version_is_refused() {
        let (now, time) = (AT * 1_000, "1614265330");
        let other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assert!(!verify(SECRET, EXPECTED, time, b"{}", now));
        assert!(!verify(SECRET, EXPECTED, "1614265331", BODY, now));
        assert!(!verify(SECRET, EXPECTED, "+1614265330", BODY, now));
        assert!(!verify(other, EXPECTED, time, BODY, now));
        for signature in [
            "",
            "v1,",
            "v1,AAAA",
            &EXPECTED.replace("v1", "v1a"),
            &EXPECTED[3..],
        ] {
            assert!(!verify(SECRET, signature, time, BODY, now), "{signature}");
        }
        for (now, fine) in [
            (now + TOLERATED, true),
            (now + TOLERATED + 1, false),
            (now - TOLERATED, true),
            (now - TOLERATED - 1, false),
        ] {
            assert_eq!(verify(SECRET, EXPECTED, time, BODY, now), fine);
        }
    }

    #[test]
    fn a_secret_is_replaced_without_a_gap() {
        let both = format!("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n{SECRET}");
        let signed = Secrets::read(&both).unwrap().sign(ID, AT, BODY);
        assert_eq!(signed.split(' ').count(), 2);
        let now = AT * 1_000;
        for secrets in [SECRET, &both] {
            assert!(verify(secrets, &signed, "1614265330", BODY, now));
        }
        for wrong in ["", "whsec_AAAA", &SECRET[6..], "whsec_!"] {
            assert!(Secrets::read(wrong).is_err(), "{wrong}");
        }
    }
}
