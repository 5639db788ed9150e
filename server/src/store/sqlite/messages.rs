//! The queue of sealed messages.

use login::store::{NewMessage, QueuedMessage, ReadMessages, StoreFuture, WriteMessages};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::connection::{Connection, Writing, integer, query};

fn message(row: &SqliteRow) -> Result<QueuedMessage, sqlx::Error> {
    Ok(QueuedMessage {
        id: row.try_get("id")?,
        idempotency_key: row.try_get("idempotency_key")?,
        sealed: row.try_get("sealed")?,
    })
}

impl<Mode: Send> ReadMessages for Connection<Mode> {
    fn has_due_messages(&mut self, now: u64) -> StoreFuture<'_, bool> {
        query(async move {
            sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM messages WHERE due_at <= ?1 AND expires_at > ?1)",
            )
            .bind(integer(now))
            .fetch_one(self.db())
            .await
        })
    }
}

impl WriteMessages for Connection<Writing> {
    fn enqueue<'a>(&'a mut self, message: NewMessage<'a>) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "INSERT INTO messages (idempotency_key, sealed, due_at, expires_at) \
                 VALUES (?, ?, ?, ?)",
            )
            .bind(message.idempotency_key)
            .bind(message.sealed)
            .bind(integer(message.now))
            .bind(integer(message.expires_at))
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn claim_messages(
        &mut self,
        now: u64,
        until: u64,
        limit: u32,
    ) -> StoreFuture<'_, Vec<QueuedMessage>> {
        query(async move {
            let rows = sqlx::query(
                "UPDATE messages SET due_at = ?2 WHERE id IN ( \
                 SELECT id FROM messages WHERE due_at <= ?1 AND expires_at > ?1 ORDER BY id LIMIT ?3) \
                 RETURNING id, idempotency_key, sealed",
            )
            .bind(integer(now))
            .bind(integer(until))
            .bind(limit)
            .fetch_all(self.db())
            .await?;
            let mut claimed: Vec<QueuedMessage> =
                rows.iter().map(message).collect::<Result<_, _>>()?;
            // The order of RETURNING is not defined.
            claimed.sort_by_key(|message| message.id);
            Ok(claimed)
        })
    }

    fn remove_message(&mut self, id: i64) -> StoreFuture<'_, ()> {
        query(async move {
            sqlx::query("DELETE FROM messages WHERE id = ?")
                .bind(id)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }
}
