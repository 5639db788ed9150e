//! Deletes expired rows, a bounded number in one transaction.

use sqlx::SqliteConnection;

use super::connection::integer;

/// Each kind of row: whether any is due, and the statement that deletes at most `?2` of them. A sign-in
/// takes its sent codes and submissions with it. Failures count for 30 days.
const KINDS: [(&str, &str); 5] = [
    (
        "SELECT EXISTS (SELECT 1 FROM sign_ins WHERE expires_at < ?1)",
        "DELETE FROM sign_ins WHERE id IN (SELECT id FROM sign_ins WHERE expires_at < ?1 LIMIT ?2)",
    ),
    (
        "SELECT EXISTS (SELECT 1 FROM sessions WHERE expires_at < ?1)",
        "DELETE FROM sessions WHERE sign_in IN \
         (SELECT sign_in FROM sessions WHERE expires_at < ?1 LIMIT ?2)",
    ),
    (
        "SELECT EXISTS (SELECT 1 FROM events WHERE at < ?1)",
        "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < ?1 LIMIT ?2)",
    ),
    (
        "SELECT EXISTS (SELECT 1 FROM failures WHERE at < ?1 - 2592000000)",
        "DELETE FROM failures WHERE id IN \
         (SELECT id FROM failures WHERE at < ?1 - 2592000000 LIMIT ?2)",
    ),
    (
        "SELECT EXISTS (SELECT 1 FROM messages WHERE expires_at < ?1)",
        "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE expires_at < ?1 LIMIT ?2)",
    ),
];

/// Whether there is anything to delete. Takes no lock.
pub async fn is_due(db: &mut SqliteConnection, before: u64) -> Result<bool, sqlx::Error> {
    for (due, _) in KINDS {
        let due: bool = sqlx::query_scalar(due)
            .bind(integer(before))
            .fetch_one(&mut *db)
            .await?;
        if due {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Deletes at most `limit` rows of each kind. Gives the largest number deleted of one kind.
pub async fn delete(
    db: &mut SqliteConnection,
    before: u64,
    limit: u32,
) -> Result<u64, sqlx::Error> {
    let mut most = 0;
    for (_, delete) in KINDS {
        let deleted = sqlx::query(delete)
            .bind(integer(before))
            .bind(limit)
            .execute(&mut *db)
            .await?;
        most = most.max(deleted.rows_affected());
    }
    Ok(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::{Connection as _, Row as _};

    #[tokio::test]
    async fn the_sweep_finds_expired_rows_by_an_index() {
        let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::migrate!().run(&mut db).await.unwrap();
        for statement in KINDS.iter().flat_map(|(due, delete)| [due, delete]) {
            let plan = sqlx::query(sqlx::AssertSqlSafe(format!(
                "EXPLAIN QUERY PLAN {statement}"
            )))
            .bind(1)
            .bind(1)
            .fetch_all(&mut db)
            .await
            .unwrap();
            for row in plan {
                let step: &str = row.try_get("detail").unwrap();
                let full_scan = step.starts_with("SCAN") && step != "SCAN CONSTANT ROW";
                assert!(!full_scan, "{statement}: {step}");
            }
        }
    }
}
