//! The settings of the connections to PostgreSQL: the server keeps them.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::time::Duration;

use common::database::Place;
use login::store::{Counter, Store as _};
use tempfile::TempDir;
use todoita_server::store::{Database, ServerSettings};
use tokio::time::Instant;

const NAMES: [&str; 3] = [
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
];

/// Notes the settings of the session that counts an event.
const NOTED: &str = "CREATE TABLE noted (name TEXT, setting TEXT); \
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN \
    INSERT INTO noted SELECT name, current_setting(name) FROM unnest(string_to_array(TG_ARGV[0], '','')) AS name; \
    RETURN NEW; END'; \
    CREATE TRIGGER noting BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION \
    note('statement_timeout,lock_timeout,idle_in_transaction_session_timeout')";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn the_session_has_the_limits_of_the_settings_and_not_those_of_the_url() {
    let place = Place::fresh().await;
    place.open().await.close().await;
    let rows = place.rows().await;
    sqlx::raw_sql(NOTED).execute(&rows).await.unwrap();
    let settings = ServerSettings {
        connections: 2,
        wait: Duration::from_secs(2),
        statement_timeout: Duration::from_secs(7),
        lock_timeout: Duration::from_millis(2_500),
        idle_transaction_timeout: Duration::from_secs(90),
    };
    let url = place.url.clone().unwrap() + "?options=-c%20statement_timeout%3D1h";
    let database = Database::server(&url, &settings).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    tx.add_event(Counter::SentPaid, "", 1).await.unwrap();
    tx.commit().await.unwrap();
    for (name, expected) in NAMES.into_iter().zip(["7s", "2500ms", "90s"]) {
        let select = "SELECT setting FROM noted WHERE name = $1";
        let noted: String = sqlx::query_scalar(select)
            .bind(name)
            .fetch_one(&rows)
            .await
            .unwrap();
        assert_eq!(noted, expected, "{name}");
    }

    // So many connections, and no longer wait for one more.
    let held = [
        database.begin().await.unwrap(),
        database.begin().await.unwrap(),
    ];
    let asked = Instant::now();
    let refused = database.begin().await.err().unwrap();
    assert!(refused.transient, "{refused}");
    let waited = asked.elapsed();
    assert!(
        waited >= settings.wait && waited < 3 * settings.wait,
        "{waited:?}"
    );
    drop(held);
    database.close().await;
}

/// How a program ends whose configuration has these lines.
async fn with_configuration(lines: &str, place: &Place) -> (Option<i32>, String) {
    let machine = TempDir::new().unwrap();
    let file = machine.path().join("server.toml");
    std::fs::write(&file, lines).unwrap();
    let mut command = place.program(&machine);
    command.arg("--config").arg(&file).args(["user", "list"]);
    let output = command.output().await.unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), error)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_configuration_sets_every_limit_and_one_without_effect_is_refused() {
    let place = Place::fresh().await;
    place.open().await.close().await;
    let right = "request-limit = '60s'\ndatabase-connections = 3\ndatabase-wait = '20s'\n\
                 database-statement-timeout = '40s'\ndatabase-lock-timeout = '15s'\n\
                 database-idle-transaction-timeout = '1m'";
    let (status, error) = with_configuration(right, &place).await;
    assert_eq!(status, Some(0), "{error}");
    for (wrong, sentence) in [
        (
            "database-lock-timeout = '20s'",
            "database-lock-timeout: below database-statement-timeout",
        ),
        (
            "request-limit = '10s'",
            "database-wait: at most request-limit",
        ),
        (
            "database-statement-timeout = '0s'",
            "database-statement-timeout: at least 1s",
        ),
    ] {
        let (status, error) = with_configuration(wrong, &place).await;
        assert_eq!(status, Some(2), "{error}");
        assert!(error.contains(sentence), "{error}");
    }
}
