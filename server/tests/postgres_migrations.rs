//! The start of a node on PostgreSQL, and the change of its tables while other nodes use them.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::fmt::Display;
use std::net::SocketAddr;
use std::time::Duration;

use common::database::Place;
use common::proxy::{Network, Proxy};
use common::{HOUR, Site};
use sqlx::{AnyPool, AssertSqlSafe};
use tempfile::TempDir;
use todoita_server::store::{Database, Hold, ServerSettings};
use tokio::net::TcpListener;
use tokio::time::timeout;

/// Longer than a node waits for a table before it lets others take their turn.
const A_TURN: Duration = Duration::from_secs(4);

async fn execute(rows: &AnyPool, statement: &'static str) {
    sqlx::raw_sql(statement).execute(rows).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_change_of_a_table_waits_for_its_users_and_keeps_nobody_else_waiting() {
    let place = Place::fresh().await;
    place.open().await.close().await;
    let rows = place.rows().await;
    // As a version before left it.
    execute(
        &rows,
        "DELETE FROM _sqlx_migrations WHERE version = 5; DROP INDEX messages_by_channel; \
         CREATE INDEX messages_by_due ON messages (due_at)",
    )
    .await;
    let others = place.rows().await;
    let mut user = rows.begin().await.unwrap();
    let statement = "LOCK TABLE messages IN ROW EXCLUSIVE MODE";
    sqlx::query(statement).execute(&mut *user).await.unwrap();

    let url = place.url.clone().unwrap();
    let nodes = [url.clone(), url].map(|url| {
        tokio::spawn(async move {
            Database::server(&url, &ServerSettings::default())
                .await
                .unwrap()
        })
    });
    for _ in 0..4 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let written = execute(&others, "DELETE FROM messages WHERE id = -1");
        timeout(A_TURN, written).await.unwrap();
    }
    assert!(nodes.iter().all(|node| !node.is_finished()));
    user.rollback().await.unwrap();
    for node in nodes {
        node.await.unwrap().close().await;
    }
    let index = "SELECT COUNT(*) FROM pg_indexes WHERE indexname = 'messages_by_channel'";
    let made: i64 = sqlx::query_scalar(index).fetch_one(&rows).await.unwrap();
    assert_eq!(made, 1);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_node_goes_on_when_a_newer_version_adds_columns() {
    let site = Site::start().await;
    let whole = async || {
        let jiro = site.signed_in("jiro").await;
        assert!(jiro.signed_in().await);
        let hanako = site.signing_in("hanako").await;
        let code = site.code().await;
        assert!(!hanako.give("000000").await.accepted());
        assert!(hanako.give(&code).await.accepted());
    };
    // Its connection has prepared the statements then.
    whole().await;
    let rows = site.database().await;
    let tables = "SELECT CAST(table_name AS TEXT) FROM information_schema.tables \
                  WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&rows).await.unwrap();
    assert!(tables.len() > 10, "{tables:?}");
    for table in tables {
        let change = format!("ALTER TABLE {table} ADD COLUMN of_a_newer_version BIGINT");
        let change = sqlx::query(AssertSqlSafe(change));
        change.execute(&rows).await.unwrap();
    }
    // No limit of before counts any more.
    site.pass(48 * HOUR);
    whole().await;
}

/// The tables and the changes that they have.
async fn tables(rows: &AnyPool) -> Vec<String> {
    let select = "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' \
                  UNION ALL SELECT indexname::TEXT FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1";
    sqlx::query_scalar(select).fetch_all(rows).await.unwrap()
}

async fn command(place: &Place, words: &str) -> (bool, String) {
    let machine = TempDir::new().unwrap();
    let output = place.program(&machine).args(words.split(' ')).output();
    let output = output.await.unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.success(), error)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_command_changes_no_tables_that_another_version_uses() {
    let place = Place::fresh().await;
    let rows = place.rows().await;
    let (done, error) = command(&place, "user list").await;
    assert!(!done && error.contains("there are no tables"), "{error}");
    assert_eq!(tables(&rows).await.len(), 0);

    let database = place.open().await;
    execute(
        &rows,
        "DELETE FROM _sqlx_migrations WHERE version = 5; DROP INDEX messages_by_channel; \
         CREATE INDEX messages_by_due ON messages (due_at)",
    )
    .await;
    let before = tables(&rows).await;
    let service = database.lock(Hold::Beside).await.unwrap();
    for (words, why) in [
        ("user list", "start the service of this version first"),
        ("user add hanako", "start the service of this version first"),
        ("after-restore", "a service, which has to be stopped first"),
    ] {
        let (done, error) = command(&place, words).await;
        assert!(!done && error.contains(why), "{words}: {error}");
        assert_eq!(tables(&rows).await, before, "{words}");
    }
    drop(service);
    // Nobody else uses it.
    let (done, error) = command(&place, "after-restore").await;
    assert!(done, "{error}");
    assert_ne!(tables(&rows).await, before);
    let (done, error) = command(&place, "user list").await;
    assert!(done, "{error}");

    execute(
        &rows,
        "UPDATE _sqlx_migrations SET version = 1000 WHERE version = 1",
    )
    .await;
    for words in ["user list", "clock reset", "--demo --listen 127.0.0.1:0"] {
        let (done, error) = command(&place, words).await;
        assert!(
            !done && error.contains("a newer version"),
            "{words}: {error}"
        );
    }
}

/// The URL of a database behind another address.
fn at(url: &str, address: impl Display) -> String {
    let (user, rest) = url.split_once('@').unwrap();
    let (_, name) = rest.split_once('/').unwrap();
    format!("{user}@{address}/{name}")
}

fn server_of(url: &str) -> SocketAddr {
    let (_, rest) = url.split_once('@').unwrap();
    rest.split_once('/').unwrap().0.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_start_waits_for_a_database_that_is_starting() {
    let place = Place::fresh().await;
    let url = place.url.clone().unwrap();
    let server = server_of(&url);
    // An address at which nobody listens yet.
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let started = tokio::spawn(async move {
        Database::server(&at(&url, address), &ServerSettings::default()).await
    });
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(!started.is_finished());
    let _proxy = Proxy::start_at(address, server).await;
    started.await.unwrap().unwrap().close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_start_gives_up_a_database_that_does_not_answer() {
    let place = Place::fresh().await;
    let url = place.url.clone().unwrap();
    let proxy = Proxy::start(server_of(&url)).await;
    proxy.set(Network::Stalled);
    let url = at(&url, proxy.address);
    let settings = ServerSettings::default();
    let started = Database::server(&url, &settings);
    let refused = timeout(Duration::from_secs(40), started).await.unwrap();
    assert!(refused.is_err());
}
