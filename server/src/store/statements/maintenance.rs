//! The service's time, sealed values and their keys, and the end of everything that is under way.

use login::crypto::key::KeyId;
use login::store::{
    KeyUse, Keyed, ReadMaintenance, SealedFor, SealedKind, SealedValue, StoreFuture,
    WriteMaintenance,
};
use sqlx::Row as _;

use super::connection::{Access, Connection, Row, Writing, integer, number, query};

/// Values that name a key, and how many of them name which one.
const KEYED: [(Keyed, &str); 6] = [
    (
        Keyed::AuthenticatorSecrets,
        "SELECT substr(sealed, 1, 4) AS key, COUNT(*) AS rows FROM ( \
         SELECT authenticator_secret AS sealed FROM users UNION ALL \
         SELECT sealed FROM authenticator_candidates) AS kept \
         WHERE sealed IS NOT NULL AND $1 >= 0 GROUP BY key",
    ),
    (
        Keyed::Messages,
        "SELECT substr(sealed, 1, 4) AS key, COUNT(*) AS rows FROM messages \
         WHERE expires_at > $1 GROUP BY key",
    ),
    (
        Keyed::BackupCodes,
        "SELECT substr(hash, 1, 4) AS key, COUNT(*) AS rows FROM backup_codes \
         WHERE consumed_at IS NULL AND $1 >= 0 GROUP BY key",
    ),
    (
        Keyed::SignIns,
        "SELECT substr(id, 1, 4) AS key, COUNT(*) AS rows FROM sign_ins \
         WHERE expires_at > $1 GROUP BY key",
    ),
    (
        Keyed::Sessions,
        "SELECT substr(cookie, 1, 4) AS key, COUNT(*) AS rows FROM sessions \
         WHERE ended_at IS NULL AND expires_at > $1 GROUP BY key",
    ),
    (
        Keyed::KnownPlaces,
        "SELECT substr(place, 1, 4) AS key, COUNT(*) AS rows FROM known_places WHERE $1 >= 0 GROUP BY key",
    ),
];

/// The statements of a kind of sealed value: those that do not name the key `$1`, after the row `$2`, at most
/// `$3`; and the replacement of the value `$2` in the row `$1` by `$3`.
fn statements(kind: SealedKind) -> (&'static str, &'static str) {
    match kind {
        SealedKind::AuthenticatorSecret => (
            "SELECT id AS row, id AS owner, authenticator_secret AS sealed FROM users \
             WHERE substr(authenticator_secret, 1, 4) <> $1 AND id > $2 ORDER BY id LIMIT $3",
            "UPDATE users SET authenticator_secret = $3 WHERE id = $1 AND authenticator_secret = $2",
        ),
        SealedKind::AuthenticatorCandidate => (
            "SELECT id AS row, account AS owner, sealed FROM authenticator_candidates \
             WHERE substr(sealed, 1, 4) <> $1 AND id > $2 ORDER BY id LIMIT $3",
            "UPDATE authenticator_candidates SET sealed = $3 WHERE id = $1 AND sealed = $2",
        ),
        SealedKind::Message => (
            "SELECT id AS row, idempotency_key AS owner, sealed FROM messages \
             WHERE substr(sealed, 1, 4) <> $1 AND id > $2 ORDER BY id LIMIT $3",
            "UPDATE messages SET sealed = $3 WHERE id = $1 AND sealed = $2",
        ),
    }
}

fn sealed_value(kind: SealedKind, row: &Row) -> Result<SealedValue, sqlx::Error> {
    let owner = match kind {
        SealedKind::AuthenticatorSecret | SealedKind::AuthenticatorCandidate => {
            SealedFor::Account(row.try_get("owner")?)
        }
        SealedKind::Message => SealedFor::Message(row.try_get("owner")?),
    };
    Ok(SealedValue {
        row: row.try_get("row")?,
        owner,
        sealed: row.try_get("sealed")?,
    })
}

impl<Mode: Access> ReadMaintenance for Connection<Mode> {
    fn highest_time(&mut self) -> StoreFuture<'_, u64> {
        query(async move {
            let highest = sqlx::query_scalar(
                "SELECT COALESCE(MAX(at), 0) FROM ( \
                 SELECT highest AS at FROM clock UNION ALL SELECT MAX(at) FROM events) AS seen",
            )
            .fetch_one(self.db())
            .await?;
            Ok(number(highest))
        })
    }

    fn sealed_values(
        &mut self,
        kind: SealedKind,
        current: KeyId,
        after: i64,
        limit: u32,
    ) -> StoreFuture<'_, Vec<SealedValue>> {
        query(async move {
            let rows = sqlx::query(statements(kind).0)
                .bind(&current.bytes()[..])
                .bind(after)
                .bind(i64::from(limit))
                .fetch_all(self.db())
                .await?;
            rows.iter().map(|row| sealed_value(kind, row)).collect()
        })
    }

    fn key_uses(&mut self, now: u64) -> StoreFuture<'_, Vec<KeyUse>> {
        query(async move {
            let mut uses = Vec::new();
            for (what, count) in KEYED {
                let rows = sqlx::query(count)
                    .bind(integer(now))
                    .fetch_all(self.db())
                    .await?;
                for row in rows {
                    let key: Vec<u8> = row.try_get("key")?;
                    uses.push(KeyUse {
                        key: KeyId::of(&key),
                        what,
                        rows: number(row.try_get("rows")?),
                    });
                }
            }
            Ok(uses)
        })
    }
}

impl WriteMaintenance for Connection<Writing> {
    fn save_time(&mut self, now: u64) -> StoreFuture<'_, ()> {
        query(async move {
            sqlx::query(
                "INSERT INTO clock (id, highest) VALUES (1, $1) \
                 ON CONFLICT (id) DO UPDATE SET highest = excluded.highest \
                 WHERE clock.highest < excluded.highest",
            )
            .bind(integer(now))
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn reset_time(&mut self, now: u64) -> StoreFuture<'_, ()> {
        query(async move {
            for statement in [
                "UPDATE clock SET highest = $1",
                "UPDATE events SET at = $1 WHERE at > $1",
                "UPDATE failures SET at = $1 WHERE at > $1",
                "UPDATE known_places SET at = $1 WHERE at > $1",
                "UPDATE deliveries SET enqueued_at = $1 WHERE enqueued_at > $1",
                "UPDATE gateways SET failed_at = $1 WHERE failed_at > $1",
            ] {
                sqlx::query(statement)
                    .bind(integer(now))
                    .execute(self.db())
                    .await?;
            }
            Ok(())
        })
    }

    fn replace_sealed<'a>(
        &'a mut self,
        kind: SealedKind,
        row: i64,
        before: &'a [u8],
        sealed: &'a [u8],
    ) -> StoreFuture<'a, bool> {
        query(async move {
            let replaced = sqlx::query(statements(kind).1)
                .bind(row)
                .bind(before)
                .bind(sealed)
                .execute(self.db())
                .await?;
            Ok(replaced.rows_affected() == 1)
        })
    }

    fn end_all(&mut self, now: u64) -> StoreFuture<'_, ()> {
        query(async move {
            for statement in [
                "UPDATE sign_ins SET expires_at = 0 WHERE $1 >= 0",
                "UPDATE sessions SET ended_at = COALESCE(ended_at, $1), expires_at = 0",
                "DELETE FROM authenticator_candidates WHERE $1 >= 0",
                "DELETE FROM messages WHERE $1 >= 0",
            ] {
                sqlx::query(statement)
                    .bind(integer(now))
                    .execute(self.db())
                    .await?;
            }
            Ok(())
        })
    }
}
