//! What is counted: failures at the code step, and whatever a sliding window limits.

use sqlx::SqliteConnection;

use super::{integer, milliseconds};

/// The times of an account's failures since its last success, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn failures(db: &mut SqliteConnection, user: i64) -> Result<Vec<u64>, sqlx::Error> {
    let times = sqlx::query_scalar("SELECT at FROM failures WHERE user = ? ORDER BY id")
        .bind(user)
        .fetch_all(db)
        .await?;
    Ok(times.into_iter().map(milliseconds).collect())
}

/// Counts a failure.
///
/// # Errors
/// When the database does not answer.
pub async fn add_failure(
    db: &mut SqliteConnection,
    user: i64,
    now: u64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO failures (user, at) VALUES (?, ?)")
        .bind(user)
        .bind(integer(now))
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets an account's failures: it succeeded.
///
/// # Errors
/// When the database does not answer.
pub async fn clear_failures(db: &mut SqliteConnection, user: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM failures WHERE user = ?")
        .bind(user)
        .execute(db)
        .await?;
    Ok(())
}

/// What a sliding window limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Codes sent to an account.
    SentToAccount,
    /// Codes sent to a destination.
    SentToDestination,
    /// Codes sent to a prefix of phone numbers or a mail domain.
    SentToPrefix,
    /// Codes sent on a network address's request.
    SentForAddress,
    /// Passwords tried for a name.
    PasswordForName,
    /// Passwords tried for a name from a network address.
    PasswordForNameFromAddress,
    /// Passwords tried from a network address.
    PasswordFromAddress,
}

impl What {
    fn as_str(self) -> &'static str {
        match self {
            What::SentToAccount => "sent-to-account",
            What::SentToDestination => "sent-to-destination",
            What::SentToPrefix => "sent-to-prefix",
            What::SentForAddress => "sent-for-address",
            What::PasswordForName => "password-for-name",
            What::PasswordForNameFromAddress => "password-for-name-from-address",
            What::PasswordFromAddress => "password-from-address",
        }
    }
}

/// When something happened after `since`, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn events(
    db: &mut SqliteConnection,
    what: What,
    who: &str,
    since: u64,
) -> Result<Vec<u64>, sqlx::Error> {
    let times = sqlx::query_scalar(
        "SELECT at FROM events WHERE what = ? AND who = ? AND at > ? ORDER BY at",
    )
    .bind(what.as_str())
    .bind(who)
    .bind(integer(since))
    .fetch_all(db)
    .await?;
    Ok(times.into_iter().map(milliseconds).collect())
}

/// Notes that something happened.
///
/// # Errors
/// When the database does not answer.
pub async fn add_event(
    db: &mut SqliteConnection,
    what: What,
    who: &str,
    now: u64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO events (what, who, at) VALUES (?, ?, ?)")
        .bind(what.as_str())
        .bind(who)
        .bind(integer(now))
        .execute(db)
        .await?;
    Ok(())
}

/// Takes back the events of somebody: a password that was right is no guess.
///
/// # Errors
/// When the database does not answer.
pub async fn clear_events(
    db: &mut SqliteConnection,
    what: What,
    who: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM events WHERE what = ? AND who = ?")
        .bind(what.as_str())
        .bind(who)
        .execute(db)
        .await?;
    Ok(())
}
