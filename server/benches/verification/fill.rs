//! Rows in every table that grows, by statements that both databases have.

use login::clock::Clock;
use sqlx::AnyPool;

use crate::databases::{Kind, execute};
use crate::service::HASH;

const MINUTE: u64 = 60 * 1_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The numbers `i` from 1 to `{rows}`.
const NUMBERS: &str = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) ";

/// Accounts with all that a service keeps of each. `{bytes}` are 32 random ones, `{since:…}` is a time in so many milliseconds
/// before now, another one for each row.
const LIVE: [&str; 13] = [
    "{numbers} INSERT INTO users (name, password, phone, email) SELECT 'user-' || i, '{hash}', \
     '+81' || (8000000000 + i * 9973 % 100000000), 'user-' || i || '@example.com' FROM n",
    "{numbers} INSERT INTO backup_codes (account, salt, hash) SELECT i, {bytes}, {bytes} FROM n",
    // Pending ones, and those of the last day, which the sweep keeps.
    "{numbers} INSERT INTO sign_ins (id, cookie, account, channel, created_at, expires_at) \
     SELECT {bytes}, {bytes}, i, 'sms', {since:DAY}, {since:DAY} + {HOUR} FROM n",
    "INSERT INTO sent_codes (sign_in, channel, destination, hash, sent_at, consumed_at, gateway, message) \
     SELECT id, channel, '+818000000000', cookie, created_at, CASE account % 2 WHEN 0 THEN created_at END, channel, \
     'message-' || account FROM sign_ins",
    "INSERT INTO submissions (sign_in, idempotency_key, digest, outcome) \
     SELECT id, 'a key of the browser', cookie, 'wrong' FROM sign_ins",
    "{numbers} INSERT INTO failures (account, sign_in, at) SELECT i, {bytes}, {since:MONTH} FROM n",
    "{numbers} INSERT INTO known_places (account, place, at) SELECT i, {bytes}, {since:MONTH} FROM n",
    "{numbers} INSERT INTO events (counter, key, at) SELECT \
     CASE i % 4 WHEN 0 THEN 'sent-to-account' WHEN 1 THEN 'sent-to-destination' WHEN 2 THEN 'sent-for-address' \
     ELSE 'password-for-name' END, 'key-' || i, {since:DAY} FROM n",
    "{numbers} INSERT INTO sessions (sign_in, cookie, account, created_at, last_seen, expires_at) \
     SELECT {bytes}, {bytes}, i, {since:DAY}, {since:DAY}, {since:DAY} + {HOUR} FROM n",
    "INSERT INTO authenticator_candidates (session, account, sealed, expires_at) \
     SELECT sign_in, account, cookie, expires_at FROM sessions",
    // Such as wait for another attempt.
    "{numbers} INSERT INTO messages (idempotency_key, channel, sealed, enqueued_at, due_at, expires_at) \
     SELECT 'message-' || i, 'sms', {bytes}, {now}, {now} + {DAY} + i, {now} + {DAY} + i FROM n",
    "{numbers} INSERT INTO deliveries (idempotency_key, channel, state, enqueued_at, changed_at) \
     SELECT 'message-' || i, 'sms', 'delivered', {since:DAY}, {now} FROM n",
    "{numbers} INSERT INTO audit (at, who, account, network, action, outcome, detail) \
     SELECT {since:MONTH}, 'person', 'user-' || i, '10.0.0.1', 'code', 'accepted', 'sent' FROM n",
];

/// Rows of the account 1 that the next sweep deletes.
const EXPIRED: [&str; 8] = [
    "{numbers} INSERT INTO sign_ins (id, cookie, account, channel, created_at, expires_at) \
     SELECT {bytes}, {bytes}, 1, 'sms', 1, 1 FROM n",
    "{numbers} INSERT INTO sessions (sign_in, cookie, account, created_at, expires_at) \
     SELECT {bytes}, {bytes}, 1, 1, 1 FROM n",
    "{numbers} INSERT INTO events (counter, key, at) SELECT 'password-for-name', 'nobody', 1 FROM n",
    "{numbers} INSERT INTO failures (account, sign_in, at) SELECT 1, {bytes}, 1 FROM n",
    "{numbers} INSERT INTO known_places (account, place, at) SELECT 1, {bytes}, 1 FROM n",
    "{numbers} INSERT INTO messages (idempotency_key, channel, sealed, enqueued_at, due_at, expires_at) \
     SELECT 'expired-' || {now} || '-' || i, 'sms', {bytes}, 1, {now} + {DAY}, 1 FROM n",
    "{numbers} INSERT INTO deliveries (idempotency_key, channel, state, enqueued_at, changed_at) \
     SELECT 'expired-' || {now} || '-' || i, 'sms', 'expired', 1, 1 FROM n",
    "{numbers} INSERT INTO audit (at, who, account, network, action, outcome, detail) \
     SELECT 1, 'person', 'user-1', '10.0.0.1', 'code', 'accepted', 'sent' FROM n",
];

/// Fills every table with `rows` rows, and leaves the database as it is when its own maintenance has come by.
pub async fn fill(kind: Kind, pool: &AnyPool, rows: u64) {
    let before: &[&str] = match kind {
        Kind::Sqlite => &[
            "PRAGMA synchronous = OFF",
            "PRAGMA foreign_keys = OFF",
            "PRAGMA cache_size = -2000000",
        ],
        Kind::Postgres => &["SET synchronous_commit = OFF"],
    };
    let after: &[&str] = match kind {
        // The service never asks for its ANALYZE.
        Kind::Sqlite => &["PRAGMA wal_checkpoint(TRUNCATE)"],
        Kind::Postgres => &["VACUUM ANALYZE", "CHECKPOINT"],
    };
    for statement in before {
        execute(pool, statement).await;
    }
    for statement in LIVE {
        execute(pool, &written(kind, statement, rows)).await;
    }
    for statement in after {
        execute(pool, statement).await;
    }
}

/// Adds `rows` rows of each kind that the sweep deletes.
pub async fn add_expired(kind: Kind, pool: &AnyPool, rows: u64) {
    for statement in EXPIRED {
        execute(pool, &written(kind, statement, rows)).await;
    }
    // These rows are written into the database now, not by the next writer, whose time is measured.
    if matches!(kind, Kind::Sqlite) {
        execute(pool, "PRAGMA wal_checkpoint(TRUNCATE)").await;
    }
}

/// A statement in the words of a database.
fn written(kind: Kind, statement: &str, rows: u64) -> String {
    let bytes = match kind {
        Kind::Sqlite => "randomblob(32)",
        Kind::Postgres => "uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())",
    };
    let now = Clock::system().now();
    // Steps that are no divisors of the spans: neighbouring rows are of different times.
    let since = |span: u64| format!("({now} - i * 7919993 % {span})");
    statement
        .replace("{numbers}", NUMBERS)
        .replace("{rows}", &rows.to_string())
        .replace("{bytes}", bytes)
        .replace("{hash}", HASH)
        .replace("{since:DAY}", &since(DAY))
        .replace("{since:MONTH}", &since(29 * DAY))
        .replace("{HOUR}", &HOUR.to_string())
        .replace("{DAY}", &DAY.to_string())
        .replace("{now}", &now.to_string())
}
