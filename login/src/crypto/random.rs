//! Randomness from the system's secure source and nowhere else. Where it has none, the request fails: no
//! weaker code is made.

use std::fmt;

/// The system gave no randomness.
#[derive(Debug)]
pub struct NoRandomness(getrandom::Error);

impl fmt::Display for NoRandomness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the system gave no randomness: {}", self.0)
    }
}

impl std::error::Error for NoRandomness {}

/// Random bytes.
///
/// # Errors
/// [`NoRandomness`].
pub fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

/// A code of `digits` (1 to 9) decimal digits, each code as likely as any other.
///
/// # Errors
/// [`NoRandomness`].
pub fn code(digits: u8) -> Result<String, NoRandomness> {
    loop {
        if let Some(code) = code_from(u32::from_be_bytes(bytes()?), digits) {
            return Ok(code);
        }
    }
}

/// The code of a random number. `None` for the few highest numbers, which would make some codes more likely
/// than others (modulo bias): the caller draws again.
fn code_from(number: u32, digits: u8) -> Option<String> {
    let width = usize::from(digits.clamp(1, 9));
    let codes = 10_u32.pow(u32::from(digits.clamp(1, 9)));
    let fair = u32::MAX - u32::MAX % codes;
    (number < fair).then(|| format!("{:0width$}", number % codes))
}

/// A new idempotency key: 128 random bits in hexadecimal digits.
///
/// # Errors
/// [`NoRandomness`].
pub fn idempotency_key() -> Result<String, NoRandomness> {
    bytes::<16>().map(|bytes| crate::crypto::hex::hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_is_more_likely_than_another() {
        // Of all 2^32 numbers the fair ones are a whole multiple of the codes.
        for digits in [6, 8] {
            let codes = 10_u32.pow(u32::from(digits));
            let first_unfair = u32::MAX - u32::MAX % codes;
            assert!(code_from(first_unfair - 1, digits).is_some());
            assert_eq!(code_from(first_unfair, digits), None);
            assert_eq!(code_from(u32::MAX, digits), None);
            assert_eq!(first_unfair % codes, 0);
        }
    }

    #[test]
    fn leading_zeros_stay() {
        assert_eq!(code_from(42, 6).as_deref(), Some("000042"));
        assert_eq!(code_from(42, 8).as_deref(), Some("00000042"));
    }

    #[test]
    fn codes_are_spread_evenly() {
        // 6,000 codes by their first digit: 600 each, and the odds of being 150 off are below 1 in 10^9.
        let mut seen = [0_u32; 10];
        for _ in 0..6_000 {
            let code = code(6).unwrap();
            assert_eq!(code.len(), 6);
            seen[usize::from(code.as_bytes()[0] - b'0')] += 1;
        }
        assert!(seen.iter().all(|&n| n.abs_diff(600) < 150), "{seen:?}");
    }
}
