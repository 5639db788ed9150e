//! Failures at the code step, and events that a sliding window limits.

use login::store::{AccountId, Counter, ReadCounters, StoreFuture, WriteCounters};

use super::connection::{Connection, Writing, integer, number, query};

fn name(counter: Counter) -> &'static str {
    match counter {
        Counter::SentToAccount => "sent-to-account",
        Counter::SentToDestination => "sent-to-destination",
        Counter::SentToPrefix => "sent-to-prefix",
        Counter::SentForNetwork => "sent-for-network",
        Counter::PasswordForName => "password-for-name",
        Counter::PasswordForNameFromNetwork => "password-for-name-from-network",
        Counter::PasswordFromNetwork => "password-from-network",
    }
}

impl<Mode: Send> ReadCounters for Connection<Mode> {
    fn failures(&mut self, user: AccountId, since: u64) -> StoreFuture<'_, Vec<u64>> {
        query(async move {
            let times =
                sqlx::query_scalar("SELECT at FROM failures WHERE user = ? AND at > ? ORDER BY id")
                    .bind(user)
                    .bind(integer(since))
                    .fetch_all(self.db())
                    .await?;
            Ok(times.into_iter().map(number).collect())
        })
    }

    fn events<'a>(
        &'a mut self,
        counter: Counter,
        key: &'a str,
        since: u64,
    ) -> StoreFuture<'a, Vec<u64>> {
        query(async move {
            let times = sqlx::query_scalar(
                "SELECT at FROM events WHERE counter = ? AND key = ? AND at > ? ORDER BY at",
            )
            .bind(name(counter))
            .bind(key)
            .bind(integer(since))
            .fetch_all(self.db())
            .await?;
            Ok(times.into_iter().map(number).collect())
        })
    }
}

impl WriteCounters for Connection<Writing> {
    fn add_failure<'a>(
        &'a mut self,
        user: AccountId,
        sign_in: &'a [u8],
        now: u64,
    ) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("INSERT INTO failures (user, sign_in, at) VALUES (?, ?, ?)")
                .bind(user)
                .bind(sign_in)
                .bind(integer(now))
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn clear_failures<'a>(&'a mut self, sign_in: &'a [u8]) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("DELETE FROM failures WHERE sign_in = ?")
                .bind(sign_in)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn add_event<'a>(
        &'a mut self,
        counter: Counter,
        key: &'a str,
        now: u64,
    ) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("INSERT INTO events (counter, key, at) VALUES (?, ?, ?)")
                .bind(name(counter))
                .bind(key)
                .bind(integer(now))
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn remove_event<'a>(
        &'a mut self,
        counter: Counter,
        key: &'a str,
        at: u64,
    ) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "DELETE FROM events WHERE id = \
                 (SELECT id FROM events WHERE counter = ? AND key = ? AND at = ? LIMIT 1)",
            )
            .bind(name(counter))
            .bind(key)
            .bind(integer(at))
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn clear_events<'a>(&'a mut self, counter: Counter, key: &'a str) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("DELETE FROM events WHERE counter = ? AND key = ?")
                .bind(name(counter))
                .bind(key)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }
}
