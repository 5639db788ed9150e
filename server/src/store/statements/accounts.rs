//! An operator's reads and writes of accounts.

use login::store::{AccountId, Counter, ReadAccounts, StoreFuture, User, WriteAccounts};

use super::connection::{Access, Connection, Writing, integer, query};
use super::users::{select, user};

impl<Mode: Access> ReadAccounts for Connection<Mode> {
    fn accounts(&mut self, after: AccountId, limit: u32) -> StoreFuture<'_, Vec<User>> {
        query(async move {
            let rows = sqlx::query(select("id > $1 ORDER BY id LIMIT $2"))
                .bind(after)
                .bind(i64::from(limit))
                .fetch_all(self.db())
                .await?;
            rows.iter().map(user).collect()
        })
    }
}

impl WriteAccounts for Connection<Writing> {
    fn set_disabled(&mut self, user: AccountId, at: Option<u64>) -> StoreFuture<'_, ()> {
        query(async move {
            sqlx::query("UPDATE users SET disabled_at = $1 WHERE id = $2")
                .bind(at.map(integer))
                .bind(user)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn end_sign_ins_of(&mut self, user: AccountId, expired_at: u64) -> StoreFuture<'_, ()> {
        query(async move {
            sqlx::query(
                "UPDATE sign_ins SET expires_at = $2 WHERE account = $1 AND expires_at > $2",
            )
            .bind(user)
            .bind(integer(expired_at))
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn remove_authenticator(&mut self, user: AccountId) -> StoreFuture<'_, ()> {
        query(async move {
            sqlx::query(
                "UPDATE users SET authenticator_secret = NULL, \
                 authenticator_last_step = NULL WHERE id = $1",
            )
            .bind(user)
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn forget_failures<'a>(&'a mut self, user: AccountId, name: &'a str) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("DELETE FROM failures WHERE account = $1")
                .bind(user)
                .execute(self.db())
                .await?;
            let account = user.to_string();
            for (counter, key) in [
                (Counter::PasswordForName, name),
                (Counter::SentToAccount, &account),
                (Counter::FactorChanged, &account),
            ] {
                sqlx::query("DELETE FROM events WHERE counter = $1 AND key = $2")
                    .bind(counter.as_str())
                    .bind(key)
                    .execute(self.db())
                    .await?;
            }
            // The keys of these counters are the name or the account, a space, and a network, a browser, a session or a number, which has no
            // space: a name may have one, and begin with another name.
            for (counter, of) in [
                (Counter::PasswordForNameFromAddress, name),
                (Counter::PasswordForNameFromRange, name),
                (Counter::FactorChanged, &account),
                (Counter::SentToNewNumberForAccount, &account),
            ] {
                // The keys that begin so are those before the same text with the next character in place of the space.
                sqlx::query(
                    "DELETE FROM events WHERE counter = $1 AND key >= $2 AND key < $3 \
                     AND substr(key, length($2) + 1) NOT LIKE '% %'",
                )
                .bind(counter.as_str())
                .bind(format!("{of} "))
                .bind(format!("{of}!"))
                .execute(self.db())
                .await?;
            }
            Ok(())
        })
    }
}
