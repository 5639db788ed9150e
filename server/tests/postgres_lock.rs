//! The lock of a PostgreSQL database: machines that share nothing else see each other by it.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::process::Output;
use std::time::Duration;

use common::database::Place;
use tempfile::TempDir;
use todoita_server::store::{Database, Hold};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// The program on a machine of its own.
fn program(place: &Place, machine: &TempDir, words: &str) -> Command {
    let mut command = place.program(machine);
    command.args(words.split_whitespace());
    command
}

async fn run(place: &Place, words: &str) -> Output {
    let machine = TempDir::new().unwrap();
    // `import` copies it.
    let file = machine.path().join("todoita.sqlite");
    Database::file(&file).await.unwrap().close().await;
    program(place, &machine, words).output().await.unwrap()
}

fn refused(output: &Output, why: &str) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains(why), "{error}");
}

/// A running service, which listens.
async fn serving(place: &Place, machine: &TempDir) -> Child {
    let mut node = program(place, machine, "--demo --listen 127.0.0.1:0");
    let mut node = node.spawn().unwrap();
    let mut lines = BufReader::new(node.stdout.take().unwrap()).lines();
    assert!(lines.next_line().await.unwrap().unwrap().contains("http"));
    node
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_command_that_needs_the_service_stopped_is_refused_while_another_machine_has_it() {
    let place = Place::fresh().await;
    place.open().await.close().await;
    let machine = TempDir::new().unwrap();
    let mut node = serving(&place, &machine).await;
    let (restore, clock, import) = tokio::join!(
        run(&place, "after-restore"),
        run(&place, "clock reset"),
        run(&place, "import")
    );
    for output in [restore, clock, import] {
        refused(&output, "a service, which has to be stopped first");
    }
    assert!(run(&place, "user list").await.status.success());
    node.kill().await.unwrap();
    for command in ["after-restore", "clock reset"] {
        let output = run(&place, command).await;
        assert!(output.status.success(), "{output:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn nothing_begins_beside_a_command_that_needs_the_service_stopped() {
    let place = Place::fresh().await;
    let database = place.open().await;
    let alone = database.lock(Hold::Alone).await.unwrap().unwrap();
    let (restore, service, list) = tokio::join!(
        run(&place, "after-restore"),
        run(&place, "--demo --listen 127.0.0.1:0"),
        run(&place, "user list")
    );
    refused(&restore, "has to be stopped first");
    for output in [service, list] {
        refused(&output, "a command that needs");
    }
    drop(alone);
    let beside = [Hold::Beside; 2].map(|hold| database.lock(hold));
    for held in beside {
        assert!(held.await.unwrap().is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_service_takes_its_lock_again_after_its_connection_was_lost() {
    const HOLDERS: &str = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted \
                           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let place = Place::fresh().await;
    let rows = place.rows().await;
    let machine = TempDir::new().unwrap();
    let _node = serving(&place, &machine).await;
    let holder = async || -> Option<i32> {
        let holders = sqlx::query_scalar(HOLDERS).fetch_all(&rows).await.unwrap();
        assert!(holders.len() <= 1, "{holders:?}");
        holders.first().copied()
    };
    let first = holder().await.unwrap();
    let end = format!("SELECT pg_terminate_backend({first})");
    let ended: bool = sqlx::query_scalar(sqlx::AssertSqlSafe(end))
        .fetch_one(&rows)
        .await
        .unwrap();
    assert!(ended);
    let again = async {
        loop {
            match holder().await {
                Some(pid) if pid != first => break,
                _ => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), again)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_node_waits_longer_than_a_request_may_while_another_one_changes_the_tables() {
    let place = Place::fresh().await;
    place.open().await.close().await;
    let rows = place.rows().await;
    let mut change = rows.begin().await.unwrap();
    sqlx::query("LOCK TABLE _sqlx_migrations")
        .execute(&mut *change)
        .await
        .unwrap();
    let waiting = async {
        tokio::time::sleep(Duration::from_secs(11)).await;
        change.rollback().await.unwrap();
    };
    let (database, ()) = tokio::join!(place.open(), waiting);
    database.close().await;
}
