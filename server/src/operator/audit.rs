//! The audit log as JSON lines.

use std::io::{self, Write};

use jiff::Timestamp;
use login::store::AuditEntry;
use login::{Service, audit};
use serde::Serialize;

use crate::instant::instant;

/// The entries of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// From this time on, milliseconds since the Unix epoch.
    pub since: u64,
    /// Before this time.
    pub until: u64,
}

impl Period {
    /// Reads the options `--since` and `--until` (RFC 3339, such as `2026-03-01T00:00:00Z`).
    ///
    /// # Errors
    /// A sentence: one is no time.
    pub fn read(since: Option<&str>, until: Option<&str>) -> Result<Period, String> {
        let time = |text: &str| {
            let time: Result<Timestamp, _> = text.parse();
            let time = time
                .map_err(|_| format!("{text:?} is not a time: write it as 2026-03-01T00:00:00Z"))?;
            Ok::<u64, String>(u64::try_from(time.as_millisecond()).unwrap_or(0))
        };
        Ok(Period {
            since: since.map_or(Ok(0), time)?,
            until: until.map_or(Ok(u64::MAX), time)?,
        })
    }
}

/// An entry as a line has it.
#[derive(Serialize)]
struct Line<'a> {
    id: i64,
    at: String,
    who: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    network: &'a str,
    action: &'a str,
    outcome: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
}

/// Writes the entries of a period, oldest first, each as one line of JSON. A log is longer than a text in memory should be.
///
/// # Errors
/// Internal errors: database, and that the lines cannot be written.
pub async fn export(
    service: &Service,
    period: Period,
    to: &mut (dyn Write + Send),
) -> Result<(), login::Error> {
    let Period { since, until } = period;
    let written = audit::export(service, since, until, |entry| write(entry, to)).await?;
    let flushed = written.and_then(|()| to.flush());
    flushed.map_err(|_| login::Error::InvalidInput("the lines cannot be written".into()))
}

fn write(entry: &AuditEntry, to: &mut dyn Write) -> io::Result<()> {
    let line = Line {
        id: entry.id,
        at: instant(entry.at),
        who: &entry.who,
        account: entry.account.as_deref(),
        network: &entry.network,
        action: &entry.action,
        outcome: &entry.outcome,
        detail: &entry.detail,
    };
    serde_json::to_writer(&mut *to, &line)?;
    to.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_of_times_with_a_zone() {
        let all = Period::read(None, None).unwrap();
        assert_eq!((all.since, all.until), (0, u64::MAX));
        let one = Period::read(
            Some("1970-01-01T09:00:01+09:00"),
            Some("1970-01-01T00:00:02Z"),
        );
        let (since, until) = (1_000, 2_000);
        assert_eq!(one, Ok(Period { since, until }));
        for wrong in ["yesterday", "2026-03-01", ""] {
            assert!(Period::read(Some(wrong), None).unwrap_err().contains("Z"));
        }
    }
}
