//! Who is signed in.

use sqlx::{FromRow, SqliteConnection};

use super::integer;

/// A session.
#[derive(Clone, Debug, FromRow)]
pub struct Session {
    /// The sign-in that it came from.
    pub sign_in: Vec<u8>,
    /// Whose it is.
    pub user: i64,
}

/// Begins the session of a sign-in. `cookie` is the stored hash of its cookie.
///
/// # Errors
/// When the database does not answer, or when the sign-in has had its session.
pub async fn begin(
    db: &mut SqliteConnection,
    sign_in: &[u8],
    cookie: &[u8],
    user: i64,
    now: u64,
    expires_at: u64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO sessions (sign_in, cookie, user, created_at, expires_at) VALUES (?, ?, ?, ?, ?)")
        .bind(sign_in)
        .bind(cookie)
        .bind(user)
        .bind(integer(now))
        .bind(integer(expires_at))
        .execute(db)
        .await?;
    Ok(())
}

/// The session that a cookie stands for, if it is not over.
///
/// # Errors
/// When the database does not answer.
pub async fn by_cookie(
    db: &mut SqliteConnection,
    cookie: &[u8],
    now: u64,
) -> Result<Option<Session>, sqlx::Error> {
    sqlx::query_as("SELECT sign_in, user FROM sessions WHERE cookie = ? AND ended_at IS NULL AND expires_at > ?")
        .bind(cookie)
        .bind(integer(now))
        .fetch_optional(db)
        .await
}

/// Ends a session. It is never begun again, not even by its own attempt's id.
///
/// # Errors
/// When the database does not answer.
pub async fn end(db: &mut SqliteConnection, cookie: &[u8], now: u64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sessions SET ended_at = ? WHERE cookie = ? AND ended_at IS NULL")
        .bind(integer(now))
        .bind(cookie)
        .execute(db)
        .await?;
    Ok(())
}
