//! Pending sign-ins, the codes sent for them, and the codes submitted to them.

use login::store::{
    NewCode, NewSignIn, Outcome, ReadSignIns, SentCode, SignIn, StoreFuture, Submission,
    SubmissionKey, WriteSignIns,
};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use todoita::cause::Cause;
use todoita::channel::Channel;

use super::connection::{Connection, Writing, integer, number, query, unknown_word};

/// The outcome of an accepted submission; every other outcome is a cause's word.
const ACCEPTED: &str = "accepted";

fn channel(row: &SqliteRow) -> Result<Channel, sqlx::Error> {
    let name: &str = row.try_get("channel")?;
    Channel::from_name(name).ok_or_else(|| unknown_word("channel", name))
}

fn sign_in(row: &SqliteRow) -> Result<SignIn, sqlx::Error> {
    Ok(SignIn {
        id: row.try_get("id")?,
        user: row.try_get("user")?,
        channel: channel(row)?,
        accepted: row.try_get("accepted_digest")?,
    })
}

fn sent_code(row: &SqliteRow) -> Result<SentCode, sqlx::Error> {
    Ok(SentCode {
        id: row.try_get("id")?,
        channel: channel(row)?,
        destination: row.try_get("destination")?,
        hash: row.try_get("hash")?,
        sent_at: number(row.try_get("sent_at")?),
        consumed: row.try_get::<Option<i64>, _>("consumed_at")?.is_some(),
    })
}

fn submission(row: &SqliteRow) -> Result<Submission, sqlx::Error> {
    let outcome: Option<&str> = row.try_get("outcome")?;
    Ok(match outcome {
        None => Submission::Counted,
        Some(ACCEPTED) => Submission::Verified(Outcome::Accepted),
        Some(cause) => Submission::Verified(Outcome::Refused(Cause::from_wire(cause))),
    })
}

impl<Mode: Send> ReadSignIns for Connection<Mode> {
    fn sign_in<'a>(&'a mut self, cookie: &'a [u8], now: u64) -> StoreFuture<'a, Option<SignIn>> {
        query(async move {
            let row = sqlx::query(
                "SELECT id, user, channel, accepted_digest FROM sign_ins \
                 WHERE cookie = ? AND expires_at > ?",
            )
            .bind(cookie)
            .bind(integer(now))
            .fetch_optional(self.db())
            .await?;
            row.as_ref().map(sign_in).transpose()
        })
    }

    fn sent_codes<'a>(&'a mut self, sign_in: &'a [u8]) -> StoreFuture<'a, Vec<SentCode>> {
        query(async move {
            let rows = sqlx::query(
                "SELECT id, channel, destination, hash, sent_at, consumed_at FROM sent_codes \
                 WHERE sign_in = ? ORDER BY id",
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
                 WHERE sign_in = ? AND idempotency_key = ? AND digest = ?",
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
                "INSERT INTO sign_ins (id, cookie, user, channel, created_at, expires_at) \
                 VALUES (?, ?, ?, ?, ?, ?)",
            )
            .bind(sign_in.id)
            .bind(sign_in.cookie)
            .bind(sign_in.user)
            .bind(sign_in.channel.as_str())
            .bind(integer(sign_in.now))
            .bind(integer(sign_in.expires_at))
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn set_channel<'a>(&'a mut self, sign_in: &'a [u8], channel: Channel) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("UPDATE sign_ins SET channel = ? WHERE id = ?")
                .bind(channel.as_str())
                .bind(sign_in)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn accept_sign_in<'a>(&'a mut self, key: SubmissionKey<'a>) -> StoreFuture<'a, bool> {
        query(async move {
            let accepted = sqlx::query(
                "UPDATE sign_ins SET accepted_key = ?, accepted_digest = ? \
                 WHERE id = ? AND accepted_key IS NULL",
            )
            .bind(key.idempotency_key)
            .bind(key.digest)
            .bind(key.sign_in)
            .execute(self.db())
            .await?;
            Ok(accepted.rows_affected() == 1)
        })
    }

    fn end_sign_in<'a>(&'a mut self, cookie: &'a [u8]) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("UPDATE sign_ins SET expires_at = 0 WHERE cookie = ?")
                .bind(cookie)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn add_sent_code<'a>(&'a mut self, code: NewCode<'a>) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "INSERT INTO sent_codes (sign_in, channel, destination, hash, sent_at) \
                 VALUES (?, ?, ?, ?, ?)",
            )
            .bind(code.sign_in)
            .bind(code.channel.as_str())
            .bind(code.destination)
            .bind(code.hash)
            .bind(integer(code.now))
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn consume_sent_code(&mut self, id: i64, now: u64) -> StoreFuture<'_, ()> {
        query(async move {
            sqlx::query("UPDATE sent_codes SET consumed_at = ? WHERE id = ?")
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
                "INSERT INTO submissions (sign_in, idempotency_key, digest) VALUES (?, ?, ?)",
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
                "UPDATE submissions SET outcome = ? \
                 WHERE sign_in = ? AND idempotency_key = ? AND digest = ?",
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
