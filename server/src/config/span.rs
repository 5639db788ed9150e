//! Spans of time as the configuration file writes them.

use jiff::SignedDuration;
use serde::Deserialize;

/// A span of time, in milliseconds, read from: `30s`, `10m`, `24h`, `1h 30m`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Span(pub u64);

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Span, String> {
        let span: SignedDuration = text.parse().map_err(|error| format!("{text:?}: {error}"))?;
        let milliseconds =
            u64::try_from(span.as_millis()).map_err(|_| format!("{text:?} is negative"))?;
        Ok(Span(milliseconds))
    }
}
