//! Instants as text.

use jiff::Timestamp;

/// An instant (milliseconds since the Unix epoch) in RFC 3339, UTC, with milliseconds. One that has no such text is the last that has.
pub fn instant(at: u64) -> String {
    let at = i64::try_from(at).ok();
    let at = at.and_then(|at| Timestamp::from_millisecond(at).ok());
    format!("{:.3}", at.unwrap_or(Timestamp::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_rfc_3339_with_milliseconds() {
        assert_eq!(instant(1_795_000_000_007), "2026-11-18T11:06:40.007Z");
        assert_eq!(instant(0), "1970-01-01T00:00:00.000Z");
        assert!(instant(u64::MAX).starts_with("9999-"));
    }
}
