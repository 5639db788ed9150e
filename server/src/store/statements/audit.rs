//! The audit log.

use login::store::{AuditEntry, AuditRange, NewAuditEntry, ReadAudit, StoreFuture, WriteAudit};
use sqlx::Row as _;

use super::connection::{Access, Connection, Row, Writing, integer, number, query};

fn entry(row: &Row) -> Result<AuditEntry, sqlx::Error> {
    Ok(AuditEntry {
        id: row.try_get("id")?,
        at: number(row.try_get("at")?),
        who: row.try_get("who")?,
        account: row.try_get("account")?,
        network: row.try_get("network")?,
        action: row.try_get("action")?,
        outcome: row.try_get("outcome")?,
        detail: row.try_get("detail")?,
    })
}

impl<Mode: Access> ReadAudit for Connection<Mode> {
    fn audit_entries(&mut self, range: AuditRange) -> StoreFuture<'_, Vec<AuditEntry>> {
        query(async move {
            let rows = sqlx::query(
                "SELECT id, at, who, account, network, action, outcome, detail FROM audit \
                 WHERE id > $1 AND at >= $2 AND at < $3 ORDER BY id LIMIT $4",
            )
            .bind(range.after)
            .bind(integer(range.since))
            .bind(integer(range.until))
            .bind(i64::from(range.limit))
            .fetch_all(self.db())
            .await?;
            rows.iter().map(entry).collect()
        })
    }
}

impl WriteAudit for Connection<Writing> {
    fn add_audit_entry<'a>(&'a mut self, entry: NewAuditEntry<'a>) -> StoreFuture<'a, i64> {
        query(async move {
            sqlx::query_scalar(
                "INSERT INTO audit (at, who, account, network, action, outcome, detail) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
            )
            .bind(integer(entry.at))
            .bind(entry.who)
            .bind(entry.account)
            .bind(entry.network)
            .bind(entry.action)
            .bind(entry.outcome)
            .bind(entry.detail)
            .fetch_one(self.db())
            .await
        })
    }

    fn set_audit_outcome<'a>(&'a mut self, id: i64, outcome: &'a str) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("UPDATE audit SET outcome = $2 WHERE id = $1")
                .bind(id)
                .bind(outcome)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn remove_audit_entry(&mut self, id: i64) -> StoreFuture<'_, ()> {
        query(async move {
            sqlx::query("DELETE FROM audit WHERE id = $1")
                .bind(id)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }
}
