//! Who gave a password and now gives a code: the pending sign-in, its sent codes and its attempts.

use sqlx::{FromRow, SqliteConnection};

use super::{integer, milliseconds};

/// A sign-in between the password and the signed-in page.
#[derive(Clone, Debug, FromRow)]
pub struct SignIn {
    /// What codes and the session are bound to.
    pub id: Vec<u8>,
    /// Whose it is.
    pub user: i64,
    /// How the person wants to receive or find a code: a channel's name.
    pub channel: String,
    /// The attempt that was accepted.
    pub accepted_attempt: Option<String>,
    /// The keyed hash of the code that was accepted.
    pub accepted_mark: Option<Vec<u8>>,
    /// A cause to show on the next page, once.
    pub refusal: Option<String>,
}

/// A code as it was sent.
#[derive(Clone, Debug, FromRow)]
pub struct SentCode {
    /// Its number.
    pub id: i64,
    /// By which channel it went.
    pub channel: String,
    /// Where it went.
    pub destination: String,
    /// Its keyed hash.
    pub hash: Vec<u8>,
    sent_at: i64,
    spent_at: Option<i64>,
}

impl SentCode {
    /// Its times, as the rules take them.
    pub fn times(&self) -> todoita::policy::Sent {
        todoita::policy::Sent {
            at: self.sent_at(),
            consumed: self.spent_at.is_some(),
        }
    }

    /// When it was sent.
    pub fn sent_at(&self) -> u64 {
        milliseconds(self.sent_at)
    }
}

/// Begins a sign-in. `cookie` is the stored hash of its cookie.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(
    db: &mut SqliteConnection,
    id: &[u8],
    cookie: &[u8],
    user: i64,
    channel: &str,
    now: u64,
    expires_at: u64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO sign_ins (id, cookie, user, channel, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(cookie)
    .bind(user)
    .bind(channel)
    .bind(integer(now))
    .bind(integer(expires_at))
    .execute(db)
    .await?;
    Ok(())
}

/// The sign-in that a cookie stands for, if it is not over.
///
/// # Errors
/// When the database does not answer.
pub async fn by_cookie(
    db: &mut SqliteConnection,
    cookie: &[u8],
    now: u64,
) -> Result<Option<SignIn>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, user, channel, accepted_attempt, accepted_mark, refusal FROM sign_ins \
         WHERE cookie = ? AND expires_at > ?",
    )
    .bind(cookie)
    .bind(integer(now))
    .fetch_optional(db)
    .await
}

/// Changes how the person wants to receive or find a code.
///
/// # Errors
/// When the database does not answer.
pub async fn set_channel(
    db: &mut SqliteConnection,
    id: &[u8],
    channel: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sign_ins SET channel = ? WHERE id = ?")
        .bind(channel)
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// Keeps a cause for the next page, or forgets it.
///
/// # Errors
/// When the database does not answer.
pub async fn set_refusal(
    db: &mut SqliteConnection,
    id: &[u8],
    refusal: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sign_ins SET refusal = ? WHERE id = ?")
        .bind(refusal)
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// Accepts a sign-in. `false`: it was accepted before.
///
/// # Errors
/// When the database does not answer.
pub async fn accept(
    db: &mut SqliteConnection,
    id: &[u8],
    attempt: &str,
    mark: &[u8],
) -> Result<bool, sqlx::Error> {
    let accepted = sqlx::query(
        "UPDATE sign_ins SET accepted_attempt = ?, accepted_mark = ? WHERE id = ? AND accepted_attempt IS NULL",
    )
    .bind(attempt)
    .bind(mark)
    .bind(id)
    .execute(db)
    .await?;
    Ok(accepted.rows_affected() == 1)
}

/// Ends a sign-in: its cookie stands for nothing any more.
///
/// # Errors
/// When the database does not answer.
pub async fn end(db: &mut SqliteConnection, cookie: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sign_ins SET expires_at = 0 WHERE cookie = ?")
        .bind(cookie)
        .execute(db)
        .await?;
    Ok(())
}

/// Keeps a code that is about to be sent.
///
/// # Errors
/// When the database does not answer.
pub async fn add_code(
    db: &mut SqliteConnection,
    sign_in: &[u8],
    channel: &str,
    destination: &str,
    hash: &[u8],
    now: u64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO sent_codes (sign_in, channel, destination, hash, sent_at) VALUES (?, ?, ?, ?, ?)")
        .bind(sign_in)
        .bind(channel)
        .bind(destination)
        .bind(hash)
        .bind(integer(now))
        .execute(db)
        .await?;
    Ok(())
}

/// All codes sent for a sign-in, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn codes(
    db: &mut SqliteConnection,
    sign_in: &[u8],
) -> Result<Vec<SentCode>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, channel, destination, hash, sent_at, spent_at FROM sent_codes WHERE sign_in = ? ORDER BY id",
    )
    .bind(sign_in)
    .fetch_all(db)
    .await
}

/// Spends a sent code.
///
/// # Errors
/// When the database does not answer.
pub async fn spend_code(db: &mut SqliteConnection, id: i64, now: u64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sent_codes SET spent_at = ? WHERE id = ?")
        .bind(integer(now))
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// What became of an attempt: `None` where there was none, `Some(None)` where it was counted and not
/// compared.
///
/// # Errors
/// When the database does not answer.
pub async fn outcome(
    db: &mut SqliteConnection,
    sign_in: &[u8],
    attempt: &str,
    mark: &[u8],
) -> Result<Option<Option<String>>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT outcome FROM attempts WHERE sign_in = ? AND attempt = ? AND mark = ?",
    )
    .bind(sign_in)
    .bind(attempt)
    .bind(mark)
    .fetch_optional(db)
    .await
}

/// Notes that an attempt was counted.
///
/// # Errors
/// When the database does not answer.
pub async fn add_attempt(
    db: &mut SqliteConnection,
    sign_in: &[u8],
    attempt: &str,
    mark: &[u8],
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO attempts (sign_in, attempt, mark) VALUES (?, ?, ?)")
        .bind(sign_in)
        .bind(attempt)
        .bind(mark)
        .execute(db)
        .await?;
    Ok(())
}

/// Notes what became of an attempt.
///
/// # Errors
/// When the database does not answer.
pub async fn set_outcome(
    db: &mut SqliteConnection,
    sign_in: &[u8],
    attempt: &str,
    mark: &[u8],
    outcome: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE attempts SET outcome = ? WHERE sign_in = ? AND attempt = ? AND mark = ?")
        .bind(outcome)
        .bind(sign_in)
        .bind(attempt)
        .bind(mark)
        .execute(db)
        .await?;
    Ok(())
}
