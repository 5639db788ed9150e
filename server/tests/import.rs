//! The step from SQLite to PostgreSQL: a service goes on where the copied file ended.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use common::database::Place;
use common::{Person, Site, other};
use sqlx::AnyPool;
use todoita_server::store::Database;

/// The tables of a file, with their columns and the numbers of their rows.
async fn tables(file: &AnyPool) -> Vec<(String, Vec<String>, i64)> {
    let select = "SELECT name FROM sqlite_master WHERE type = 'table' \
                  AND name NOT LIKE 'sqlite%' AND name <> '_sqlx_migrations' ORDER BY name";
    let names: Vec<String> = sqlx::query_scalar(select).fetch_all(file).await.unwrap();
    let mut tables = Vec::new();
    for name in names {
        let select = "SELECT name FROM pragma_table_info($1) ORDER BY name";
        let columns = sqlx::query_scalar(select).bind(&name).fetch_all(file);
        let columns: Vec<String> = columns.await.unwrap();
        let rows = rows(file, &name).await;
        tables.push((name, columns, rows));
    }
    tables
}

async fn rows(pool: &AnyPool, table: &str) -> i64 {
    let select = format!("SELECT COUNT(*) FROM {table}");
    let counted = sqlx::query_scalar(sqlx::AssertSqlSafe(select));
    counted.fetch_one(pool).await.unwrap()
}

async fn columns(server: &AnyPool, table: &str) -> Vec<String> {
    let select = "SELECT CAST(column_name AS TEXT) FROM information_schema.columns \
                  WHERE table_schema = 'public' AND table_name = $1 ORDER BY 1";
    let columns = sqlx::query_scalar(select).bind(table).fetch_all(server);
    columns.await.unwrap()
}

/// The same browser at another service.
fn at(person: &Person, site: &Site) -> Person {
    Person {
        client: person.client.clone(),
        base: site.url(""),
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_service_goes_on_where_the_copied_file_ended() {
    let old = Site::start_on_file().await;
    let hanako = old.signed_in("hanako").await;
    let jiro = old.signing_in("jiro").await;
    let code = old.code().await;
    assert_eq!(jiro.give(&other(&code)).await.cause(), "wrong");

    let place = Place::fresh().await;
    let server = place.rows().await;
    let database = place.open().await;
    let copied = database.import(&old.file()).await.unwrap();
    let file = old.database().await;
    let mut copied: Vec<(String, i64)> = copied
        .into_iter()
        .map(|(table, rows)| (table.to_owned(), i64::try_from(rows).unwrap()))
        .collect();
    copied.sort();
    let mut expected = Vec::new();
    for (table, of_file, counted) in tables(&file).await {
        let mut of_server = columns(&server, &table).await;
        of_server.sort();
        assert_eq!(of_server, of_file, "{table}");
        assert_eq!(rows(&server, &table).await, counted, "{table}");
        expected.push((table, counted));
    }
    assert_eq!(copied, expected, "every table");
    for table in ["users", "sessions", "sent_codes", "failures", "audit"] {
        let (_, rows) = copied.iter().find(|(name, _)| name == table).unwrap();
        assert!(*rows > 0, "{table} is tried");
    }

    let again = database.import(&old.file()).await.unwrap_err();
    assert!(
        again.contains("users") && again.contains("empty"),
        "{again}"
    );
    database.close().await;

    let new = old.moved_to(place).await;
    assert!(at(&hanako, &new).signed_in().await);
    let jiro = at(&jiro, &new);
    assert!(jiro.give_as(&code, "a key").await.accepted());
    assert_eq!(jiro.give_as(&code, "another").await.cause(), "used");
    // Rows of after the copy have numbers of their own.
    new.signed_in("hanako").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_copied_into_a_server_only() {
    let old = Site::start_on_file().await;
    let other = Place::file();
    let database = Database::file(&other.path()).await.unwrap();
    let refused = database.import(&old.file()).await.unwrap_err();
    assert!(refused.contains("--database"), "{refused}");
}
