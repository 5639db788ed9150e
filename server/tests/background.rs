//! The background tasks: the delivery of messages and the sweep.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use common::{HOUR, SECOND, Site};
use login::delivery::{Deliver, Delivery, DeliveryError, Message, Receipt};
use login::{queue, sweep};

/// A gateway that fails a number of times before it delivers.
#[derive(Debug, Default)]
struct Unreliable {
    failures: AtomicU32,
    delivered: Mutex<Vec<(String, String)>>,
}

impl Deliver for Unreliable {
    fn deliver<'a>(
        &'a self,
        idempotency_key: &'a str,
        message: &'a Message,
    ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>> {
        Box::pin(async move {
            if self.failures.load(Ordering::Relaxed) > 0 {
                self.failures.fetch_sub(1, Ordering::Relaxed);
                return Err(DeliveryError::later("the gateway is down"));
            }
            let entry = (idempotency_key.to_owned(), message.text.clone());
            self.delivered.lock().unwrap().push(entry);
            Ok(Receipt::default())
        })
    }
}

/// A site whose messages go through `gateway`.
async fn site_with(gateway: &Arc<Unreliable>) -> (Site, login::Service) {
    let site = Site::start().await;
    let mut login = site.login.clone();
    login.delivery = Delivery::new(gateway.clone());
    (site, login)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_delivered_again_after_a_failure_and_once_it_was_delivered_never() {
    let gateway = Arc::new(Unreliable {
        failures: AtomicU32::new(2),
        ..Unreliable::default()
    });
    let (site, login) = site_with(&gateway).await;
    site.signing_in("jiro").await;
    for delivered in [0, 0, 1, 0] {
        assert_eq!(queue::deliver_due(&login).await.unwrap(), delivered);
        // After a failure the gateway is left alone for a while.
        assert_eq!(queue::deliver_due(&login).await.unwrap(), 0);
        site.pass(31 * SECOND);
    }
    assert_eq!(gateway.delivered.lock().unwrap().len(), 1);
    assert_eq!(site.count("SELECT COUNT(*) FROM messages").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_waits_sealed_in_the_database_and_survives_a_restart_of_the_worker() {
    let gateway = Arc::new(Unreliable::default());
    let (site, login) = site_with(&gateway).await;
    site.signing_in("jiro").await;
    assert_eq!(site.count("SELECT COUNT(*) FROM messages").await, 1);
    let stored = site.stored_bytes().await;
    assert_eq!(queue::deliver_due(&login).await.unwrap(), 1);
    let (_, text) = gateway.delivered.lock().unwrap().pop().unwrap();
    let code = common::code_in(&text);
    for secret in [code.as_bytes(), "認証コード".as_bytes()] {
        assert!(!stored.windows(secret.len()).any(|bytes| bytes == secret));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_code_has_expired_is_not_delivered() {
    let gateway = Arc::new(Unreliable {
        failures: AtomicU32::new(1),
        ..Unreliable::default()
    });
    let (site, login) = site_with(&gateway).await;
    site.signing_in("jiro").await;
    queue::deliver_due(&login).await.unwrap();
    site.pass(HOUR);
    assert_eq!(queue::deliver_due(&login).await.unwrap(), 0);
    assert!(gateway.delivered.lock().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sweep_deletes_what_expired_more_than_a_day_ago_in_batches() {
    let site = Site::start().await;
    let database = site.database().await;
    let rows = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) ";
    for insert in [
        "INSERT INTO sign_ins (id, cookie, account, channel, created_at, expires_at) \
         SELECT {bytes}, {bytes}, 1, 'sms', 0, 1 FROM n",
        "INSERT INTO sessions (sign_in, cookie, account, created_at, expires_at) \
         SELECT {bytes}, {bytes}, 1, 0, 1 FROM n",
        "INSERT INTO events (counter, key, at) SELECT 'password-for-name', 'nobody', 1 FROM n",
        "INSERT INTO messages (idempotency_key, sealed, due_at, expires_at) \
         SELECT 'message ' || i, {bytes}, 0, 1 FROM n",
    ] {
        sqlx::query(sqlx::AssertSqlSafe(
            format!("{rows}{insert}").replace("{bytes}", site.random_bytes()),
        ))
        .execute(&database)
        .await
        .unwrap();
    }
    site.signing_in("jiro").await;
    let before = site.store.write_transactions();
    sweep::sweep(&site.login).await.unwrap();
    assert!(site.store.write_transactions() - before >= 5, "batches");
    for (table, left) in [("sign_ins", 1), ("sessions", 0), ("messages", 1)] {
        let count = sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(format!(
            "SELECT COUNT(*) FROM {table}"
        )))
        .fetch_one(&database)
        .await
        .unwrap();
        assert_eq!(count, left, "{table}");
    }
    assert_eq!(
        site.count("SELECT COUNT(*) FROM events WHERE at = 1").await,
        0
    );
    let before = site.store.write_transactions();
    sweep::sweep(&site.login).await.unwrap();
    assert_eq!(site.store.write_transactions(), before, "nothing is due");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_request_deletes_expired_rows() {
    let site = Site::start().await;
    let insert = "INSERT INTO events (counter, key, at) VALUES ('password-for-name', 'nobody', 1)";
    let database = site.database().await;
    sqlx::query(insert).execute(&database).await.unwrap();
    let jiro = site.signing_in("jiro").await;
    assert!(jiro.give(&site.code().await).await.accepted());
    jiro.page("/account").await;
    let left = site.count("SELECT COUNT(*) FROM events WHERE at = 1");
    assert_eq!(left.await, 1);
}

/// A measurement, for `cargo test -- --ignored --nocapture`: takes a minute and needs a quiet machine.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn a_sign_in_beside_a_million_expired_rows_takes_as_long_as_beside_a_thousand() {
    let site = Site::start_with(|config| {
        config.login.limits.sends = 1_000;
        config.login.limits.sends_per_destination = 1_000;
    })
    .await;
    let database = site.database().await;
    let mut medians = Vec::new();
    for rows in [1_000, 1_000_000] {
        for insert in [
            "INSERT INTO sign_ins (id, cookie, account, channel, created_at, expires_at) \
             SELECT {bytes}, {bytes}, 1, 'sms', 0, 1 FROM n",
            "INSERT INTO sessions (sign_in, cookie, account, created_at, expires_at) \
             SELECT {bytes}, {bytes}, 1, 0, 1 FROM n",
            "INSERT INTO events (counter, key, at) SELECT 'password-for-name', CAST(i AS TEXT), 1 FROM n",
        ] {
            let sql = format!(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) {insert}"
            );
            let sql = sql.replace("{bytes}", site.random_bytes());
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .execute(&database)
                .await
                .unwrap();
        }
        let sweep = tokio::spawn({
            let login = site.login.clone();
            async move { sweep::sweep(&login).await.unwrap() }
        });
        let mut times = Vec::new();
        for _ in 0..30 {
            let began = tokio::time::Instant::now();
            site.signing_in("jiro").await;
            times.push(began.elapsed());
            site.pass(31 * SECOND);
        }
        sweep.abort();
        times.sort();
        medians.push(times[times.len() / 2]);
    }
    println!("median of a sign-in beside 10^3 and 10^6 expired rows of each kind: {medians:?}");
    assert!(medians[1] < medians[0] * 2, "{medians:?}");
}
