//! Transactions that give way to others: the request's unit of work is run again, and has its effect once.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::time::Duration;

use common::{MINUTE, Site, other};
use sqlx::AssertSqlSafe;

/// Lets the first `conflicts` rows that are written to a table end their transactions as one that could not be serialized does: at
/// once, or at the commit. The count is a sequence, which no rollback takes back. It replaces what an earlier call has made.
async fn conflict(site: &Site, conflicts: u32, on: &str, at_commit: bool) {
    let trigger = if at_commit {
        format!("CREATE CONSTRAINT TRIGGER conflicts AFTER {on} DEFERRABLE INITIALLY DEFERRED")
    } else {
        format!("CREATE TRIGGER conflicts BEFORE {on}")
    };
    let statements = format!(
        "DROP SEQUENCE IF EXISTS runs CASCADE; DROP FUNCTION IF EXISTS raise_conflict CASCADE; CREATE SEQUENCE runs; \
         CREATE FUNCTION raise_conflict() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN \
         IF nextval(''runs'') <= {conflicts} THEN RAISE EXCEPTION ''no'' USING ERRCODE = ''40001''; END IF; \
         RETURN COALESCE(NEW, OLD); END'; \
         {trigger} FOR EACH ROW EXECUTE FUNCTION raise_conflict()"
    );
    let rows = site.database().await;
    sqlx::raw_sql(AssertSqlSafe(statements))
        .execute(&rows)
        .await
        .unwrap();
}

/// How many rows the trigger has seen.
async fn runs(site: &Site) -> i64 {
    site.count("SELECT last_value FROM runs").await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_code_is_counted_and_accepted_once_after_conflicts() {
    for at_commit in [false, true] {
        let site = Site::start().await;
        let hanako = site.signing_in("hanako").await;
        let code = site.code().await;
        conflict(&site, 3, "INSERT ON failures", at_commit).await;
        assert_eq!(hanako.give(&other(&code)).await.cause(), "wrong");
        assert_eq!(runs(&site).await, 4);
        assert_eq!(site.count("SELECT COUNT(*) FROM failures").await, 1);
        assert_eq!(site.count("SELECT COUNT(*) FROM submissions").await, 1);

        conflict(&site, 3, "INSERT ON sessions", at_commit).await;
        let accepted = hanako.give_as(&code, "a key").await;
        assert!(accepted.accepted(), "{accepted:?}");
        assert_eq!(runs(&site).await, 4);
        assert_eq!(site.count("SELECT COUNT(*) FROM sessions").await, 1);
        let entries = "SELECT COUNT(*) FROM audit WHERE outcome = 'accepted'";
        assert_eq!(site.count(entries).await, 1);
        assert!(hanako.signed_in().await);
        let again = hanako.give_as(&code, "a key").await;
        assert_eq!(again.session, accepted.session);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn after_more_conflicts_the_answer_is_503_and_the_next_post_is_right() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    conflict(&site, 4, "INSERT ON sessions", false).await;
    let refused = hanako.give_as(&code, "a key").await;
    assert_eq!(refused.status, 503, "{refused:?}");
    assert_eq!(runs(&site).await, 4);
    assert!(hanako.give_as(&code, "a key").await.accepted());
    assert_eq!(site.count("SELECT COUNT(*) FROM sessions").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_password_is_counted_and_its_code_is_sent_and_settled_once_after_conflicts() {
    let site = Site::start().await;
    conflict(&site, 2, "INSERT ON events", true).await;
    let somebody = site.person();
    assert_eq!(somebody.password("hanako", "wrong").await.status(), 422);
    let counted = "SELECT COUNT(*) FROM events WHERE counter = 'password-for-name'";
    assert_eq!(site.count(counted).await, 1);

    conflict(&site, 2, "INSERT ON sent_codes", false).await;
    let hanako = site.signing_in("hanako").await;
    conflict(&site, 2, "DELETE ON messages", true).await;
    assert_eq!(site.messages().await.len(), 1);
    assert_eq!(site.count("SELECT COUNT(*) FROM messages").await, 0);
    let taken = "SELECT COUNT(*) FROM deliveries WHERE state = 'taken'";
    assert_eq!(site.count(taken).await, 1);
    site.pass(MINUTE);
    conflict(&site, 2, "UPDATE ON messages", true).await;
    assert_eq!(hanako.press("resend").await.status, 200);
    assert_eq!(site.messages().await.len(), 2);
    assert!(hanako.give(&site.code().await).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn of_two_transactions_that_wait_for_each_other_the_request_is_run_again() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    let rows = site.database().await;
    let watch = site.database().await;
    let mut tx = rows.begin().await.unwrap();
    for statement in [
        // The other one notices the circle.
        "SET LOCAL deadlock_timeout = '1min'",
        "SELECT 1 FROM sign_ins FOR UPDATE",
    ] {
        sqlx::query(statement).execute(&mut *tx).await.unwrap();
    }
    let giving = hanako.clone();
    let given = tokio::spawn(async move { giving.give(&code).await });
    let waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' \
                   AND datname = current_database()";
    loop {
        let waiting: i64 = sqlx::query_scalar(waiting).fetch_one(&watch).await.unwrap();
        if waiting > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // It has the account's lock and waits for the row of the sign-in.
    sqlx::query("SELECT 1 FROM users FOR UPDATE")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.rollback().await.unwrap();
    assert!(given.await.unwrap().accepted());
    assert_eq!(site.count("SELECT COUNT(*) FROM sessions").await, 1);
}
