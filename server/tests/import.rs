//! The step from SQLite to PostgreSQL: a service goes on where the copied file ended.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::os::unix::fs::PermissionsExt as _;
use std::time::SystemTime;

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

/// A time of no other entry.
const NOW: u64 = 1_800_000_000_000;

/// The bytes of the files in the folder of a database, its time of change and its mode.
fn file_and_beside(site: &Site) -> Vec<(String, Vec<u8>, SystemTime, u32)> {
    let entries = std::fs::read_dir(site.folder()).unwrap().flatten();
    let mut files: Vec<_> = entries
        .map(|entry| {
            let metadata = entry.metadata().unwrap();
            let name = entry.file_name().into_string().unwrap();
            let bytes = std::fs::read(entry.path()).unwrap();
            let mode = metadata.permissions().mode();
            (name, bytes, metadata.modified().unwrap(), mode)
        })
        .collect();
    files.sort();
    files
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
    old.store.close().await;
    let before = file_and_beside(&old);
    let copied = database.import(&old.file(), NOW).await.unwrap();
    assert_eq!(before, file_and_beside(&old), "the file stays as it is");
    let entry = "SELECT action || ' ' || detail || ' ' || who FROM audit WHERE at = $1";
    let entry = sqlx::query_scalar(entry).bind(i64::try_from(NOW).unwrap());
    let entry: String = entry.fetch_one(&server).await.unwrap();
    assert_eq!(entry, "command import operator");
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
        let recorded = i64::from(table == "audit");
        assert_eq!(rows(&server, &table).await, counted + recorded, "{table}");
        expected.push((table, counted));
    }
    assert_eq!(copied, expected, "every table");
    for table in ["users", "sessions", "sent_codes", "failures", "audit"] {
        let (_, rows) = copied.iter().find(|(name, _)| name == table).unwrap();
        assert!(*rows > 0, "{table} is tried");
    }

    let again = database.import(&old.file(), NOW).await.unwrap_err();
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
    let refused = database.import(&old.file(), NOW).await.unwrap_err();
    assert!(refused.contains("--database"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_file_with_a_write_ahead_log_is_copied_whole_and_one_of_another_version_is_refused() {
    let old = Site::start_on_file().await;
    // The log of a service that has ended without closing its database.
    let copy = Place::file();
    for suffix in ["", "-wal"] {
        let name = format!("todoita.sqlite{suffix}");
        std::fs::copy(old.folder().join(&name), copy.folder.path().join(&name)).unwrap();
    }
    let log = std::fs::metadata(copy.folder.path().join("todoita.sqlite-wal")).unwrap();
    assert!(log.len() > 0);
    let before = std::fs::read(copy.path()).unwrap();
    let place = Place::fresh().await;
    let database = place.open().await;
    let copied = database.import(&copy.path(), NOW).await.unwrap();
    assert_eq!(before, std::fs::read(copy.path()).unwrap());
    let file = old.database().await;
    for (table, copied) in copied {
        assert_eq!(rows(&file, table).await, i64::try_from(copied).unwrap());
    }

    for (change, sentence) in [
        (
            "INSERT INTO _sqlx_migrations SELECT 1000, description, installed_on, success, checksum, execution_time \
          FROM _sqlx_migrations LIMIT 1",
            "a newer version",
        ),
        (
            "DELETE FROM _sqlx_migrations WHERE version IN (8, 1000)",
            "start the service of this version first",
        ),
        ("DROP TABLE _sqlx_migrations", "there are no tables"),
    ] {
        sqlx::query(change).execute(&file).await.unwrap();
        let refused = database.import(&old.file(), NOW).await.unwrap_err();
        assert!(refused.contains(sentence), "{refused}");
    }
}
