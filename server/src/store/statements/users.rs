//! Accounts and their factors.

use login::store::{AccountId, BackupCode, NewUser, ReadUsers, StoreFuture, User, WriteUsers};
use sqlx::{AssertSqlSafe, Row as _};

use super::connection::{Access, Connection, Row, Writing, integer, number, query};

/// The statement that reads accounts on a condition.
pub fn select(condition: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!(
        "SELECT id, name, password, phone, phone_changes, email, authenticator_secret, authenticator_last_step, disabled_at \
         FROM users WHERE {condition}"
    ))
}

/// The account of a row that [`select`] reads.
pub fn user(row: &Row) -> Result<User, sqlx::Error> {
    Ok(User {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        password: row.try_get("password")?,
        phone: row.try_get("phone")?,
        phone_changes: number(row.try_get("phone_changes")?),
        email: row.try_get("email")?,
        authenticator_secret: row.try_get("authenticator_secret")?,
        authenticator_last_step: row
            .try_get::<Option<i64>, _>("authenticator_last_step")?
            .map(number),
        disabled: row.try_get::<Option<i64>, _>("disabled_at")?.is_some(),
    })
}

fn backup_code(row: &Row) -> Result<BackupCode, sqlx::Error> {
    Ok(BackupCode {
        id: row.try_get("id")?,
        salt: row.try_get("salt")?,
        hash: row.try_get("hash")?,
        consumed: row.try_get::<Option<i64>, _>("consumed_at")?.is_some(),
        made: row.try_get::<Option<i64>, _>("made_at")?.map(number),
    })
}

impl<Mode: Access> ReadUsers for Connection<Mode> {
    fn user_by_name<'a>(&'a mut self, name: &'a str) -> StoreFuture<'a, Option<User>> {
        query(async move {
            let row = sqlx::query(select("name = $1"))
                .bind(name)
                .fetch_optional(self.db())
                .await?;
            row.as_ref().map(user).transpose()
        })
    }

    fn user(&mut self, id: AccountId) -> StoreFuture<'_, User> {
        query(async move {
            let row = sqlx::query(select("id = $1"))
                .bind(id)
                .fetch_one(self.db())
                .await?;
            user(&row)
        })
    }

    fn backup_codes(&mut self, user: AccountId) -> StoreFuture<'_, Vec<BackupCode>> {
        query(async move {
            let rows = sqlx::query(
                "SELECT id, salt, hash, consumed_at, made_at FROM backup_codes WHERE account = $1 ORDER BY id",
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
            sqlx::query_scalar(
                "INSERT INTO users (name, password, phone, email) VALUES ($1, $2, $3, $4) RETURNING id",
            )
            .bind(user.name)
            .bind(user.password)
            .bind(user.phone)
            .bind(user.email)
            .fetch_one(self.db())
            .await
        })
    }

    fn set_phone<'a>(&'a mut self, id: AccountId, phone: &'a str) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "UPDATE users SET phone = $1, phone_changes = phone_changes + 1 WHERE id = $2",
            )
            .bind(phone)
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
                "UPDATE users SET authenticator_secret = $1, \
                 authenticator_last_step = $2 WHERE id = $3",
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
                "UPDATE users SET authenticator_last_step = $1 WHERE id = $2 \
                 AND (authenticator_last_step IS NULL OR authenticator_last_step < $1)",
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
        now: u64,
    ) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("DELETE FROM backup_codes WHERE account = $1")
                .bind(user)
                .execute(self.db())
                .await?;
            for hash in hashes {
                sqlx::query(
                    "INSERT INTO backup_codes (account, salt, hash, made_at) VALUES ($1, $2, $3, $4)",
                )
                .bind(user)
                .bind(salt)
                .bind(&hash[..])
                .bind(integer(now))
                .execute(self.db())
                .await?;
            }
            Ok(())
        })
    }

    fn consume_backup_code(&mut self, id: i64, now: u64) -> StoreFuture<'_, bool> {
        query(async move {
            let consumed = sqlx::query(
                "UPDATE backup_codes SET consumed_at = $1 WHERE id = $2 AND consumed_at IS NULL",
            )
            .bind(integer(now))
            .bind(id)
            .execute(self.db())
            .await?;
            Ok(consumed.rows_affected() == 1)
        })
    }
}
