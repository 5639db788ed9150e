//! Pending sign-ins, the codes sent for them, and the codes submitted to them.

use login::store::{
    DeliveryState, NewCode, NewSignIn, Outcome, ReadSignIns, SentCode, SignIn, StoreFuture,
    Submission, SubmissionKey, WriteSignIns,
};
use sqlx::{AssertSqlSafe, Row as _};
use todoita::cause::Cause;
use todoita::channel::Channel;

use super::connection::{Access, Connection, Row, Writing, integer, number, query, unknown_word};

/// The statement that reads sign-ins on a condition.
fn select(condition: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!(
        "SELECT id, cookie, replaces, account, channel, known, accepted_digest FROM sign_ins WHERE {condition}"
    ))
}

/// The outcome of an accepted submission; every other outcome is a cause's word.
const ACCEPTED: &str = "accepted";

fn channel(row: &Row) -> Result<Channel, sqlx::Error> {
    let name: &str = row.try_get("channel")?;
    Channel::from_name(name).ok_or_else(|| unknown_word("channel", name))
}

fn sign_in(row: &Row) -> Result<SignIn, sqlx::Error> {
    Ok(SignIn {
        id: row.try_get("id")?,
        user: row.try_get("account")?,
        channel: channel(row)?,
        accepted: row.try_get("accepted_digest")?,
        replaces: row.try_get("replaces")?,
        is_step_up: row.try_get::<Option<&[u8]>, _>("cookie")?.is_none(),
        known: row.try_get("known")?,
    })
}

fn sent_code(row: &Row) -> Result<SentCode, sqlx::Error> {
    Ok(SentCode {
        id: row.try_get("id")?,
        channel: channel(row)?,
        destination: row.try_get("destination")?,
        hash: row.try_get("hash")?,
        sent_at: number(row.try_get("sent_at")?),
        consumed: row.try_get::<Option<i64>, _>("consumed_at")?.is_some(),
        expired: row.try_get::<Option<i64>, _>("expired_at")?.is_some(),
        undelivered: (row.try_get::<Option<&str>, _>("state")?).is_some_and(|state| {
            DeliveryState::UNDELIVERED
                .map(DeliveryState::as_str)
                .contains(&state)
        }),
    })
}

fn submission(row: &Row) -> Result<Submission, sqlx::Error> {
    let outcome: Option<&str> = row.try_get("outcome")?;
    Ok(match outcome {
        None => Submission::Counted,
        Some(ACCEPTED) => Submission::Verified(Outcome::Accepted),
        Some(cause) => Submission::Verified(Outcome::Refused(Cause::from_wire(cause))),
    })
}

impl<Mode: Access> ReadSignIns for Connection<Mode> {
    fn sign_in<'a>(&'a mut self, cookie: &'a [u8], now: u64) -> StoreFuture<'a, Option<SignIn>> {
        query(async move {
            let row = sqlx::query(select("cookie = $1 AND expires_at > $2"))
                .bind(cookie)
                .bind(integer(now))
                .fetch_optional(self.db())
                .await?;
            row.as_ref().map(sign_in).transpose()
        })
    }

    fn step_up<'a>(
        &'a mut self,
        session_cookie: &'a [u8],
        now: u64,
    ) -> StoreFuture<'a, Option<SignIn>> {
        query(async move {
            let row = sqlx::query(select(
                "cookie IS NULL AND replaces = (SELECT sign_in FROM sessions WHERE cookie = $1) \
                 AND expires_at > $2 ORDER BY created_at DESC LIMIT 1",
            ))
            .bind(session_cookie)
            .bind(integer(now))
            .fetch_optional(self.db())
            .await?;
            row.as_ref().map(sign_in).transpose()
        })
    }

    fn sent_codes<'a>(&'a mut self, sign_in: &'a [u8]) -> StoreFuture<'a, Vec<SentCode>> {
        query(async move {
            let rows = sqlx::query(
                "SELECT id, sent_codes.channel, destination, hash, sent_at, consumed_at, expired_at, state \
                 FROM sent_codes LEFT JOIN deliveries ON idempotency_key = message \
                 WHERE sign_in = $1 ORDER BY id",
            )
            .bind(sign_in)
            .fetch_all(self.db())
            .await?;
            rows.iter().map(sent_code).collect()
        })
    }

    fn submission<'a>(&'a mut self, key: SubmissionKey<'a>) -> StoreFuture<'a, Option<Submission>> {
        query(async move {
            let row = sqlx::query(
                "SELECT outcome FROM submissions \
                 WHERE sign_in = $1 AND idempotency_key = $2 AND digest = $3",
            )
            .bind(key.sign_in)
            .bind(key.idempotency_key)
            .bind(key.digest)
            .fetch_optional(self.db())
            .await?;
            row.as_ref().map(submission).transpose()
        })
    }
}

impl WriteSignIns for Connection<Writing> {
    fn begin_sign_in<'a>(&'a mut self, sign_in: NewSignIn<'a>) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "INSERT INTO sign_ins \
                 (id, cookie, replaces, account, channel, known, created_at, expires_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(sign_in.id)
            .bind(sign_in.cookie)
            .bind(sign_in.replaces)
            .bind(sign_in.user)
            .bind(sign_in.channel.as_str())
            .bind(sign_in.known)
            .bind(integer(sign_in.now))
            .bind(integer(sign_in.expires_at))
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn set_channel<'a>(&'a mut self, sign_in: &'a [u8], channel: Channel) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("UPDATE sign_ins SET channel = $1 WHERE id = $2")
                .bind(channel.as_str())
                .bind(sign_in)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn accept_sign_in<'a>(&'a mut self, key: SubmissionKey<'a>, now: u64) -> StoreFuture<'a, bool> {
        query(async move {
            let accepted = sqlx::query(
                "UPDATE sign_ins SET accepted_key = $1, accepted_digest = $2 \
                 WHERE id = $3 AND accepted_key IS NULL AND expires_at > $4",
            )
            .bind(key.idempotency_key)
            .bind(key.digest)
            .bind(key.sign_in)
            .bind(integer(now))
            .execute(self.db())
            .await?;
            Ok(accepted.rows_affected() == 1)
        })
    }

    fn end_sign_in<'a>(&'a mut self, cookie: &'a [u8], expired_at: u64) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "UPDATE sign_ins SET expires_at = $2 WHERE cookie = $1 AND expires_at > $2",
            )
            .bind(cookie)
            .bind(integer(expired_at))
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn add_sent_code<'a>(&'a mut self, code: NewCode<'a>) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "INSERT INTO sent_codes \
                 (sign_in, channel, destination, hash, sent_at, message, gateway) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(code.sign_in)
            .bind(code.channel.as_str())
            .bind(code.destination)
            .bind(code.hash)
            .bind(integer(code.now))
            .bind(code.message)
            .bind(code.gateway)
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn consume_sent_code(&mut self, id: i64, now: u64) -> StoreFuture<'_, ()> {
        query(async move {
            sqlx::query("UPDATE sent_codes SET consumed_at = $1 WHERE id = $2")
                .bind(integer(now))
                .bind(id)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn expire_sent_code(&mut self, id: i64, now: u64) -> StoreFuture<'_, ()> {
        query(async move {
            sqlx::query("UPDATE sent_codes SET expired_at = $1 WHERE id = $2")
                .bind(integer(now))
                .bind(id)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn add_submission<'a>(&'a mut self, key: SubmissionKey<'a>) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "INSERT INTO submissions (sign_in, idempotency_key, digest) VALUES ($1, $2, $3)",
            )
            .bind(key.sign_in)
            .bind(key.idempotency_key)
            .bind(key.digest)
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn set_outcome<'a>(
        &'a mut self,
        key: SubmissionKey<'a>,
        outcome: Outcome,
    ) -> StoreFuture<'a, ()> {
        query(async move {
            let word = match outcome {
                Outcome::Accepted => ACCEPTED,
                Outcome::Refused(cause) => cause.as_str(),
            };
            sqlx::query(
                "UPDATE submissions SET outcome = $1 \
                 WHERE sign_in = $2 AND idempotency_key = $3 AND digest = $4",
            )
            .bind(word)
            .bind(key.sign_in)
            .bind(key.idempotency_key)
            .bind(key.digest)
            .execute(self.db())
            .await?;
            Ok(())
        })
    }
}
