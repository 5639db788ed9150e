//! Deletes expired rows, a bounded number of one kind in one transaction.
//!
//! The statements find their rows by the index of the time, however many others there are. PostgreSQL prepares a statement once for
//! all values: it would read whole tables for `EXISTS (… WHERE at < $1)` and for a limit that is a parameter.

use login::store::Expired;
use sqlx::AssertSqlSafe;

use super::connection::{Db, integer};

/// A table whose rows expire.
#[derive(Clone, Copy)]
pub struct Kind {
    table: &'static str,
    /// The columns by which a row is found.
    key: &'static str,
    /// The column of the time from which on a row is kept.
    time: &'static str,
    /// For how many milliseconds from then on.
    kept: u64,
}

const DAY: u64 = 24 * 60 * 60 * 1_000;

const fn kind(table: &'static str, key: &'static str, time: &'static str, kept: u64) -> Kind {
    Kind {
        table,
        key,
        time,
        kept,
    }
}

/// Each kind of row. A sign-in takes its sent codes and submissions with it. Failures count for 30 days, places are
/// known for 90. Delivery records are kept for 7 days: 6 here, plus the day that every expired row is kept.
pub const KINDS: [Kind; 8] = [
    kind("sign_ins", "id", "expires_at", 0),
    kind("sessions", "sign_in", "expires_at", 0),
    kind("authenticator_candidates", "id", "expires_at", 0),
    kind("events", "id", "at", 0),
    kind("failures", "id", "at", 30 * DAY),
    kind("known_places", "account, place", "at", 90 * DAY),
    kind("messages", "id", "expires_at", 0),
    kind("deliveries", "idempotency_key", "enqueued_at", 6 * DAY),
];

/// The audit log, whose entries are kept as long as the configuration says.
pub const AUDIT: Kind = kind("audit", "id", "at", 0);

impl Kind {
    /// Whether the oldest row is of before the time `$1`.
    pub fn is_due(self) -> String {
        let Kind { table, time, .. } = self;
        format!("SELECT COALESCE(MIN({time}) < $1, FALSE) FROM {table}")
    }

    /// Deletes the oldest rows, at most `limit` of those of before the time `$1`.
    pub fn delete(self, limit: u32) -> String {
        let Kind {
            table, key, time, ..
        } = self;
        format!(
            "DELETE FROM {table} WHERE ({key}) IN \
             (SELECT {key} FROM {table} WHERE {time} < $1 ORDER BY {time} LIMIT {limit})"
        )
    }
}

/// Each kind of row with the time before which it has expired.
fn kinds(expired: Expired) -> impl Iterator<Item = (Kind, u64)> {
    let by_expiry = KINDS.map(|kind| (kind, expired.before.saturating_sub(kind.kept)));
    by_expiry.into_iter().chain([(AUDIT, expired.audit_before)])
}

/// Rows of one kind that have expired.
#[derive(Clone, Copy)]
pub struct Due {
    kind: Kind,
    before: u64,
}

/// The first kind of which rows have expired. Takes no lock.
pub async fn due(db: &mut Db, expired: Expired) -> Result<Option<Due>, sqlx::Error> {
    for (kind, before) in kinds(expired) {
        let is_due: bool = sqlx::query_scalar(AssertSqlSafe(kind.is_due()))
            .bind(integer(before))
            .fetch_one(&mut *db)
            .await?;
        if is_due {
            return Ok(Some(Due { kind, before }));
        }
    }
    Ok(None)
}

/// Deletes at most `limit` of these rows.
pub async fn delete(db: &mut Db, due: Due, limit: u32) -> Result<(), sqlx::Error> {
    sqlx::query(AssertSqlSafe(due.kind.delete(limit)))
        .bind(integer(due.before))
        .execute(db)
        .await?;
    Ok(())
}
