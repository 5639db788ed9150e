//! TLS to PostgreSQL, as the URL of the database asks for it: with the right certificate, one of an unknown authority, and one of
//! another name.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::time::Duration;

use common::database::Place;
use sqlx::{AnyPool, AssertSqlSafe};
use tempfile::TempDir;
use todoita_server::store::{Database, ServerSettings};

/// Whether the services' connections to this database are encrypted.
const ENCRYPTED: &str = "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
                         WHERE datname = current_database() AND application_name = 'todoita-server'";

async fn execute(rows: &AnyPool, statement: &str) {
    let statement = sqlx::query(AssertSqlSafe(statement.to_owned()));
    statement.execute(rows).await.unwrap();
}

/// Lets the server take TLS with a certificate, from its next connection on.
async fn certify(rows: &AnyPool, certificate: &str, key: &str) {
    // The server reads no key that others may read, and of its own files alone those that it has written.
    for (file, text) in [("server.crt", certificate), ("server.key", key)] {
        let copy = format!(
            "COPY (SELECT unnest(string_to_array('{}', chr(10)))) TO PROGRAM 'umask 077 && cat > {file}'",
            text.trim()
        );
        execute(rows, &copy).await;
    }
    execute(rows, "ALTER SYSTEM SET ssl = on").await;
    execute(rows, "SELECT pg_reload_conf()").await;
}

/// How a service's connection by a URL ends: whether it is encrypted, or why there is none.
async fn connected(rows: &AnyPool, url: &str) -> Result<bool, String> {
    let database = Database::server(url, &ServerSettings::default()).await?;
    let encrypted: Vec<bool> = sqlx::query_scalar(ENCRYPTED).fetch_all(rows).await.unwrap();
    database.close().await;
    assert!(!encrypted.is_empty());
    Ok(encrypted.iter().all(|encrypted| *encrypted))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn only_a_verified_certificate_of_the_right_name_is_accepted() {
    let place = Place::fresh().await;
    let rows = place.rows().await;
    let by_address = place.url.clone().unwrap();
    let by_name = by_address.replace("@127.0.0.1:", "@localhost:");
    assert_ne!(by_address, by_name);

    // A server without TLS.
    let denied = connected(&rows, &format!("{by_name}?sslmode=require")).await;
    assert!(denied.unwrap_err().contains("TLS"));
    let in_clear = connected(&rows, &format!("{by_name}?sslmode=prefer")).await;
    assert_eq!(in_clear, Ok(false));

    let folder = TempDir::new().unwrap();
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let authority = |name: &str, certificate: &rcgen::Certificate| {
        let path = folder.path().join(name);
        std::fs::write(&path, certificate.pem()).unwrap();
        format!("sslrootcert={}", path.display())
    };
    let (known, unknown) = (
        authority("own.pem", &own.cert),
        authority("other.pem", &other.cert),
    );
    certify(&rows, &own.cert.pem(), &own.signing_key.serialize_pem()).await;
    let require = format!("{by_name}?sslmode=require");
    let taken = async {
        // The server reads its configuration a moment after it was asked to.
        while connected(&rows, &require).await != Ok(true) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(60), taken).await;

    let right = connected(&rows, &format!("{by_name}?sslmode=verify-full&{known}")).await;
    let of_another = connected(&rows, &format!("{by_name}?sslmode=verify-full&{unknown}")).await;
    let of_nobody = connected(&rows, &format!("{by_name}?sslmode=verify-full")).await;
    let wrong_name = connected(&rows, &format!("{by_address}?sslmode=verify-full&{known}")).await;
    let any_name = connected(&rows, &format!("{by_address}?sslmode=verify-ca&{known}")).await;
    // Others use this server.
    execute(&rows, "ALTER SYSTEM RESET ssl").await;
    execute(&rows, "SELECT pg_reload_conf()").await;

    in_time.unwrap();
    assert_eq!(right, Ok(true));
    for (refused, expected) in [
        // An authority that has taken the name of the right one.
        (of_another, "certificate: BadSignature"),
        (of_nobody, "certificate: UnknownIssuer"),
    ] {
        let why = refused.unwrap_err();
        assert!(why.contains(expected), "{why}");
    }
    let why = wrong_name.unwrap_err();
    assert!(why.contains("not valid for name"), "{why}");
    assert_eq!(any_name, Ok(true));
}
