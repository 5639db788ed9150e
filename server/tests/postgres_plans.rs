//! The work in the background on PostgreSQL: where the tables are large it reads the rows concerned, and never a whole table; and a
//! claim of messages waits for no other one.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::time::Duration;

use common::database::Place;
use login::store::{Expired, NewestCodes, Store as _};
use sqlx::{AnyPool, AssertSqlSafe};
use todoita::channel::Channel;

/// Rows of a kind: so many that an index is quicker. None of them is due.
const ROWS: [&str; 6] = [
    "INSERT INTO events (counter, key, at) SELECT 'password-for-name', 'key-' || i, 1000 FROM generate_series(1, 100000) AS i",
    "INSERT INTO messages (idempotency_key, channel, sealed, due_at, expires_at) \
     SELECT 'message-' || i, 'sms', '\\x00', 1000, 1000 FROM generate_series(1, 50000) AS i",
    "INSERT INTO deliveries (idempotency_key, channel, state, enqueued_at, changed_at) \
     SELECT 'message-' || i, 'sms', 'taken', 600000000, 600000000 FROM generate_series(1, 50000) AS i",
    "INSERT INTO users (name, password) VALUES ('hanako', '')",
    "INSERT INTO sign_ins (id, account, channel, created_at, expires_at) SELECT '\\x01', id, 'sms', 1000, 1000 FROM users",
    "INSERT INTO sent_codes (sign_in, channel, destination, hash, sent_at, gateway, message) \
     SELECT '\\x01', 'sms', '', '\\x00', i, 'a gateway', 'message-' || i FROM generate_series(1, 1000) AS i",
];

/// Rows that are due.
const DUE: [&str; 2] = [
    "INSERT INTO events (counter, key, at) SELECT 'password-for-name', 'nobody', 1 FROM generate_series(1, 500)",
    "INSERT INTO messages (idempotency_key, channel, sealed, due_at, expires_at) \
     SELECT 'due-' || i, 'sms', '\\x00', 1, 1000 FROM generate_series(1, 100) AS i",
];

/// Counted passwords of other names, in the order of the bytes before, within and after those of `hanako`.
const COUNTED: [&str; 2] = [
    "INSERT INTO events (counter, key, at) SELECT counter, name || i || ' 192.0.2.1', 1000 \
     FROM unnest(string_to_array('password-for-name-from-address,password-for-name-from-range', ',')) AS counter, \
     unnest(string_to_array('a,hanako,hanako-,hanakoa,z', ',')) AS name, generate_series(1, 10000) AS i",
    "INSERT INTO events (counter, key, at) SELECT 'password-for-name-from-address', 'hanako 192.0.2.' || i, 1000 \
     FROM generate_series(1, 200) AS i",
];

/// How often these tables were read as a whole, and how many of their rows by an index, by all sessions that have ended.
const READ: &str = "SELECT CAST(SUM(seq_scan) AS BIGINT), CAST(SUM(idx_tup_fetch) AS BIGINT) \
                    FROM pg_stat_user_tables WHERE relname IN ('events', 'messages', 'deliveries')";

const SERVICES: &str = "SELECT COUNT(*) FROM pg_stat_activity \
                        WHERE datname = current_database() AND application_name = 'todoita-server'";

async fn execute(rows: &AnyPool, statement: &str) {
    let statement = sqlx::query(AssertSqlSafe(statement.to_owned()));
    statement.execute(rows).await.unwrap();
}

/// Waits until the sessions of a closed store have ended, which report what they have read.
async fn ended(place: &Place) -> AnyPool {
    let rows = place.rows().await;
    let ended = async {
        while sqlx::query_scalar::<_, i64>(SERVICES)
            .fetch_one(&rows)
            .await
            .unwrap()
            > 0
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), ended)
        .await
        .unwrap();
    rows
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn the_sweep_and_the_queue_read_the_rows_concerned_and_no_whole_table() {
    let place = Place::fresh().await;
    place.open().await.close().await;
    let rows = ended(&place).await;
    for statement in ROWS.into_iter().chain(DUE) {
        execute(&rows, statement).await;
    }
    execute(&rows, "ANALYZE").await;
    rows.close().await;
    let rows = ended(&place).await;
    let read = async |rows: &AnyPool| -> (i64, i64) {
        sqlx::query_as(READ).fetch_one(rows).await.unwrap()
    };
    let before = read(&rows).await;

    let store = place.open().await;
    let expired = Expired {
        before: 2,
        failures_before: 2,
        places_before: 2,
        deliveries_before: 2,
        audit_before: 2,
    };
    // More often than a connection plans a statement for its values: five times.
    let mut full = 0;
    for _ in 0..20 {
        full += u32::from(store.sweep(expired, 100).await.unwrap());
    }
    assert_eq!(full, 5);
    let mut claimed = 0;
    for _ in 0..20 {
        let mut tx = store.begin().await.unwrap();
        let messages = tx.claim_messages(&[Channel::Sms], 2, 3, 10).await.unwrap();
        claimed += messages.len();
        tx.commit().await.unwrap();
    }
    assert_eq!(claimed, 100);
    // A channel without messages beside one with many.
    for _ in 0..20 {
        let mut db = store.read().await.unwrap();
        let next = db.next_due_message(&[Channel::Email]).await.unwrap();
        assert_eq!(next, None);
    }
    // The page for a code, while the newest codes of its gateway may still be entered.
    for _ in 0..20 {
        let mut db = store.read().await.unwrap();
        let newest = NewestCodes {
            gateway: "a gateway",
            channel: Channel::Sms,
            after: 0,
            expired_until: 900,
            limit: 20,
        };
        assert_eq!(db.newest_codes(newest).await.unwrap().len(), 20);
    }
    store.close().await;
    let rows = ended(&place).await;
    let after = read(&rows).await;
    assert_eq!(after.0, before.0);
    assert!(after.1 - before.1 < 20_000, "{before:?} {after:?}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_claim_gets_other_messages_while_one_before_it_is_not_committed() {
    let place = Place::fresh().await;
    let store = place.open().await;
    execute(&place.rows().await, DUE[1]).await;
    let mut first = store.begin().await.unwrap();
    let claimed = first.claim_messages(&[Channel::Sms], 2, 3, 60);
    let claimed = claimed.await.unwrap();
    let mut second = store.begin().await.unwrap();
    let rest = second.claim_messages(&[Channel::Sms], 2, 3, 60);
    // One that waits for the first would fail after 10 s.
    let rest = tokio::time::timeout(Duration::from_secs(5), rest).await;
    let rest = rest.expect("it does not wait").unwrap();
    assert_eq!((claimed.len(), rest.len()), (60, 40));
    let known = |id: i64| claimed.iter().any(|message| message.id == id);
    assert!(!rest.iter().any(|message| known(message.id)));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn an_unlock_reads_the_passwords_of_one_name_alone() {
    let place = Place::fresh().await;
    place.open().await.close().await;
    let rows = ended(&place).await;
    let collation = "SELECT CAST(collation_name AS TEXT) FROM information_schema.columns \
                     WHERE table_name = 'events' AND column_name = 'key'";
    let collation: String = sqlx::query_scalar(collation)
        .fetch_one(&rows)
        .await
        .unwrap();
    assert_eq!(collation, "C", "the order of the bytes");
    for statement in COUNTED {
        execute(&rows, statement).await;
    }
    execute(&rows, "ANALYZE").await;
    rows.close().await;
    let rows = ended(&place).await;
    let before: (i64, i64) = sqlx::query_as(READ).fetch_one(&rows).await.unwrap();
    let store = place.open().await;
    for _ in 0..20 {
        let mut tx = store.begin().await.unwrap();
        tx.forget_failures(1, "hanako").await.unwrap();
        tx.commit().await.unwrap();
    }
    store.close().await;
    let rows = ended(&place).await;
    let after: (i64, i64) = sqlx::query_as(READ).fetch_one(&rows).await.unwrap();
    assert_eq!(after.0, before.0);
    assert!(after.1 - before.1 < 1_000, "{before:?} {after:?}");
    let left = "SELECT COUNT(*) FROM events";
    let left: i64 = sqlx::query_scalar(left).fetch_one(&rows).await.unwrap();
    assert_eq!(left, 100_000);
}
