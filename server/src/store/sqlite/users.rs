//! Accounts and their factors.

use login::store::{AccountId, BackupCode, NewUser, ReadUsers, StoreFuture, User, WriteUsers};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::connection::{Connection, Writing, integer, number, query};

fn user(row: &SqliteRow) -> Result<User, sqlx::Error> {
    Ok(User {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        password: row.try_get("password")?,
        phone: row.try_get("phone")?,
        email: row.try_get("email")?,
        authenticator_secret: row.try_get("authenticator_secret")?,
        authenticator_candidate: row.try_get("authenticator_candidate")?,
        authenticator_last_step: row
            .try_get::<Option<i64>, _>("authenticator_last_step")?
            .map(number),
    })
}

fn backup_code(row: &SqliteRow) -> Result<BackupCode, sqlx::Error> {
    Ok(BackupCode {
        id: row.try_get("id")?,
        salt: row.try_get("salt")?,
        hash: row.try_get("hash")?,
        consumed: row.try_get::<Option<i64>, _>("consumed_at")?.is_some(),
    })
}

impl<Mode: Send> ReadUsers for Connection<Mode> {
    fn user_by_name<'a>(&'a mut self, name: &'a str) -> StoreFuture<'a, Option<User>> {
        query(async move {
            let row = sqlx::query("SELECT * FROM users WHERE name = ?")
                .bind(name)
                .fetch_optional(self.db())
                .await?;
            row.as_ref().map(user).transpose()
        })
    }

    fn user(&mut self, id: AccountId) -> StoreFuture<'_, User> {
        query(async move {
            let row = sqlx::query("SELECT * FROM users WHERE id = ?")
                .bind(id)
                .fetch_one(self.db())
                .await?;
            user(&row)
        })
    }

    fn backup_codes(&mut self, user: AccountId) -> StoreFuture<'_, Vec<BackupCode>> {
        query(async move {
            let rows = sqlx::query(
                "SELECT id, salt, hash, consumed_at FROM backup_codes WHERE user = ? ORDER BY id",
            )
            .bind(user)
            .fetch_all(self.db())
            .await?;
            rows.iter().map(backup_code).collect()
        })
    }
}

impl WriteUsers for Connection<Writing> {
    fn add_user<'a>(&'a mut self, user: NewUser<'a>) -> StoreFuture<'a, AccountId> {
        query(async move {
            let added =
                sqlx::query("INSERT INTO users (name, password, phone, email) VALUES (?, ?, ?, ?)")
                    .bind(user.name)
                    .bind(user.password)
                    .bind(user.phone)
                    .bind(user.email)
                    .execute(self.db())
                    .await?;
            Ok(added.last_insert_rowid())
        })
    }

    fn set_authenticator_candidate<'a>(
        &'a mut self,
        id: AccountId,
        sealed: &'a [u8],
    ) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("UPDATE users SET authenticator_candidate = ? WHERE id = ?")
                .bind(sealed)
                .bind(id)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn set_authenticator<'a>(
        &'a mut self,
        id: AccountId,
        sealed: &'a [u8],
        step: Option<u64>,
    ) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "UPDATE users SET authenticator_secret = ?, authenticator_candidate = NULL, \
                 authenticator_last_step = ? WHERE id = ?",
            )
            .bind(sealed)
            .bind(step.map(integer))
            .bind(id)
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn consume_step(&mut self, id: AccountId, step: u64) -> StoreFuture<'_, bool> {
        query(async move {
            let consumed = sqlx::query(
                "UPDATE users SET authenticator_last_step = ?1 WHERE id = ?2 \
                 AND (authenticator_last_step IS NULL OR authenticator_last_step < ?1)",
            )
            .bind(integer(step))
            .bind(id)
            .execute(self.db())
            .await?;
            Ok(consumed.rows_affected() == 1)
        })
    }

    fn replace_backup_codes<'a>(
        &'a mut self,
        user: AccountId,
        salt: &'a [u8],
        hashes: &'a [[u8; 32]],
    ) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("DELETE FROM backup_codes WHERE user = ?")
                .bind(user)
                .execute(self.db())
                .await?;
            for hash in hashes {
                sqlx::query("INSERT INTO backup_codes (user, salt, hash) VALUES (?, ?, ?)")
                    .bind(user)
                    .bind(salt)
                    .bind(&hash[..])
                    .execute(self.db())
                    .await?;
            }
            Ok(())
        })
    }

    fn consume_backup_code(&mut self, id: i64, now: u64) -> StoreFuture<'_, bool> {
        query(async move {
            let consumed = sqlx::query(
                "UPDATE backup_codes SET consumed_at = ? WHERE id = ? AND consumed_at IS NULL",
            )
            .bind(integer(now))
            .bind(id)
            .execute(self.db())
            .await?;
            Ok(consumed.rows_affected() == 1)
        })
    }
}
