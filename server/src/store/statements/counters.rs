//! Failures at the code step, and events that a sliding window limits.

use login::store::{AccountId, Counter, ReadCounters, StoreFuture, WriteCounters};
use metrics::histogram;
use sqlx::Row as _;
use todoita::policy::Failure;
use tokio::time::Instant;

use super::connection::{Access, Connection, REMOVE_EVENT, Row, Writing, integer, number, query};
use crate::store::WAIT;

impl<Mode: Access> ReadCounters for Connection<Mode> {
    fn failures(&mut self, user: AccountId, since: u64) -> StoreFuture<'_, Vec<Failure>> {
        query(async move {
            let rows = sqlx::query(
                "SELECT at, known FROM failures WHERE account = $1 AND at > $2 ORDER BY id",
            )
            .bind(user)
            .bind(integer(since))
            .fetch_all(self.db())
            .await?;
            let failure = |row: &Row| {
                Ok(Failure {
                    at: number(row.try_get("at")?),
                    known: row.try_get("known")?,
                })
            };
            rows.iter().map(failure).collect()
        })
    }

    fn events_before<'a>(
        &'a mut self,
        counter: Counter,
        key: &'a str,
        since: u64,
        newer: u32,
        limit: u32,
    ) -> StoreFuture<'a, Vec<u64>> {
        query(async move {
            let times: Vec<i64> = sqlx::query_scalar(
                "SELECT at FROM events WHERE counter = $1 AND key = $2 AND at > $3 \
                 ORDER BY at DESC LIMIT $5 OFFSET $4",
            )
            .bind(counter.as_str())
            .bind(key)
            .bind(integer(since))
            .bind(i64::from(newer))
            .bind(i64::from(limit))
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
        within: &'a [u8],
        failure: Failure,
    ) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "INSERT INTO failures (account, sign_in, at, known) VALUES ($1, $2, $3, $4)",
            )
            .bind(user)
            .bind(within)
            .bind(integer(failure.at))
            .bind(failure.known)
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn clear_failures<'a>(&'a mut self, within: &'a [u8]) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("DELETE FROM failures WHERE sign_in = $1")
                .bind(within)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn lock_counters<'a>(&'a mut self, counters: &'a [(Counter, &'a str)]) -> StoreFuture<'a, ()> {
        query(async move {
            let name = |(counter, key): &(Counter, &str)| format!("{} {key}", counter.as_str());
            let asked = Instant::now();
            let locked = self.lock_names(counters.iter().map(name).collect()).await;
            histogram!(WAIT, "for" => "counter").record(asked.elapsed());
            locked
        })
    }

    fn add_event<'a>(
        &'a mut self,
        counter: Counter,
        key: &'a str,
        now: u64,
    ) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("INSERT INTO events (counter, key, at) VALUES ($1, $2, $3)")
                .bind(counter.as_str())
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
            sqlx::query(REMOVE_EVENT)
                .bind(counter.as_str())
                .bind(key)
                .bind(integer(at))
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn clear_events<'a>(&'a mut self, counter: Counter, key: &'a str) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("DELETE FROM events WHERE counter = $1 AND key = $2")
                .bind(counter.as_str())
                .bind(key)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }
}
