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
    /// The time before which rows have expired.
    before: fn(Expired) -> u64,
}

const fn kind(
    table: &'static str,
    key: &'static str,
    time: &'static str,
    before: fn(Expired) -> u64,
) -> Kind {
    Kind {
        table,
        key,
        time,
        before,
    }
}

/// Each kind of row. A sign-in takes its sent codes and submissions with it.
pub const KINDS: [Kind; 9] = [
    kind("sign_ins", "id", "expires_at", |it| it.before),
    kind("sessions", "sign_in", "expires_at", |it| it.before),
    kind("authenticator_candidates", "id", "expires_at", |it| {
        it.before
    }),
    kind("events", "id", "at", |it| it.before),
    kind("failures", "id", "at", |it| it.failures_before),
    kind("known_places", "account, place", "at", |it| {
        it.places_before
    }),
    kind("messages", "id", "expires_at", |it| it.before),
    kind("deliveries", "idempotency_key", "enqueued_at", |it| {
        it.deliveries_before
    }),
    kind("audit", "id", "at", |it| it.audit_before),
];

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

/// Rows of one kind that have expired.
#[derive(Clone, Copy)]
pub struct Due {
    kind: Kind,
    before: u64,
}

/// The first kind of which rows have expired. Takes no lock.
pub async fn due(db: &mut Db, expired: Expired) -> Result<Option<Due>, sqlx::Error> {
    for kind in KINDS {
        let before = (kind.before)(expired);
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
