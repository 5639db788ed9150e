//! Accounts: destinations, app secrets, backup codes.

use sqlx::{FromRow, SqliteConnection};

use super::integer;

/// An account.
#[derive(Clone, Debug, FromRow)]
pub struct User {
    /// Its number.
    pub id: i64,
    /// The name it signs in with.
    pub name: String,
    /// The password's PHC string.
    pub password: String,
    /// The phone, E.164.
    pub phone: Option<String>,
    /// The mail address.
    pub email: Option<String>,
    /// The authenticator's secret, sealed.
    pub app_secret: Option<Vec<u8>>,
    /// A secret that was shown for enrolment and is not proven yet, sealed.
    pub app_candidate: Option<Vec<u8>>,
    /// No time step up to this one is accepted again.
    pub app_last_step: Option<i64>,
}

/// A backup code as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct BackupCode {
    /// Its number.
    pub id: i64,
    /// The salt of its set.
    pub salt: Vec<u8>,
    /// Its keyed hash.
    pub hash: Vec<u8>,
    /// When it was accepted.
    pub spent_at: Option<i64>,
}

/// The account with a name.
///
/// # Errors
/// When the database does not answer.
pub async fn by_name(db: &mut SqliteConnection, name: &str) -> Result<Option<User>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM users WHERE name = ?")
        .bind(name)
        .fetch_optional(db)
        .await
}

/// The account with a number.
///
/// # Errors
/// When the database does not answer, or when there is no such account.
pub async fn by_id(db: &mut SqliteConnection, id: i64) -> Result<User, sqlx::Error> {
    sqlx::query_as("SELECT * FROM users WHERE id = ?")
        .bind(id)
        .fetch_one(db)
        .await
}

/// Adds an account and says its number.
///
/// # Errors
/// When the database does not answer, or when the name is taken.
pub async fn add(
    db: &mut SqliteConnection,
    name: &str,
    password: &str,
    phone: Option<&str>,
    email: Option<&str>,
) -> Result<i64, sqlx::Error> {
    let added = sqlx::query("INSERT INTO users (name, password, phone, email) VALUES (?, ?, ?, ?)")
        .bind(name)
        .bind(password)
        .bind(phone)
        .bind(email)
        .execute(db)
        .await?;
    Ok(added.last_insert_rowid())
}

/// Keeps a sealed secret that is being shown for enrolment.
///
/// # Errors
/// When the database does not answer.
pub async fn set_app_candidate(
    db: &mut SqliteConnection,
    id: i64,
    sealed: &[u8],
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE users SET app_candidate = ? WHERE id = ?")
        .bind(sealed)
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// Makes a proven secret the account's own. The step that proved it is spent.
///
/// # Errors
/// When the database does not answer.
pub async fn enrol_app(
    db: &mut SqliteConnection,
    id: i64,
    sealed: &[u8],
    step: Option<u64>,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE users SET app_secret = ?, app_candidate = NULL, app_last_step = ? WHERE id = ?",
    )
    .bind(sealed)
    .bind(step.map(integer))
    .bind(id)
    .execute(db)
    .await?;
    Ok(())
}

/// Spends a time step. `false`: it, or a later one, was spent before.
///
/// # Errors
/// When the database does not answer.
pub async fn spend_app_step(
    db: &mut SqliteConnection,
    id: i64,
    step: u64,
) -> Result<bool, sqlx::Error> {
    let spent = sqlx::query(
        "UPDATE users SET app_last_step = ?1 WHERE id = ?2 AND (app_last_step IS NULL OR app_last_step < ?1)",
    )
    .bind(integer(step))
    .bind(id)
    .execute(db)
    .await?;
    Ok(spent.rows_affected() == 1)
}

/// All backup codes of an account, spent ones too.
///
/// # Errors
/// When the database does not answer.
pub async fn backup_codes(
    db: &mut SqliteConnection,
    user: i64,
) -> Result<Vec<BackupCode>, sqlx::Error> {
    sqlx::query_as("SELECT id, salt, hash, spent_at FROM backup_codes WHERE user = ? ORDER BY id")
        .bind(user)
        .fetch_all(db)
        .await
}

/// Puts a new set in place of all earlier backup codes.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_backup_codes(
    db: &mut SqliteConnection,
    user: i64,
    salt: &[u8],
    hashes: &[[u8; 32]],
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM backup_codes WHERE user = ?")
        .bind(user)
        .execute(&mut *db)
        .await?;
    for hash in hashes {
        sqlx::query("INSERT INTO backup_codes (user, salt, hash) VALUES (?, ?, ?)")
            .bind(user)
            .bind(salt)
            .bind(&hash[..])
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// Spends a backup code. `false`: it was spent before.
///
/// # Errors
/// When the database does not answer.
pub async fn spend_backup_code(
    db: &mut SqliteConnection,
    id: i64,
    now: u64,
) -> Result<bool, sqlx::Error> {
    let spent =
        sqlx::query("UPDATE backup_codes SET spent_at = ? WHERE id = ? AND spent_at IS NULL")
            .bind(integer(now))
            .bind(id)
            .execute(db)
            .await?;
    Ok(spent.rows_affected() == 1)
}
