//! The statements of a verification by pgbench: the ceiling of PostgreSQL without this project's code.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use login::clock::Clock;
use tempfile::TempDir;

use crate::databases::{Kind, Place, execute};
use crate::service::HASH;
use crate::times::Times;

/// The environment variable with the path of pgbench.
const PROGRAM: &str = "TODOITA_BENCH_PGBENCH";
const SCRIPT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/benches/verification/verification.pgbench"
);

/// The rows that the script finds: an account of each client, and the sign-ins of its transactions, each with a code that was sent.
const ROWS: [&str; 4] = [
    "INSERT INTO users (name, password, phone) SELECT 'bench-' || i, '{hash}', '+81' || i \
     FROM generate_series(1, {clients}) AS i",
    "INSERT INTO sign_ins (id, cookie, account, channel, known, created_at, expires_at) \
     SELECT decode(lpad(to_hex(client * {each} + i), 64, '0'), 'hex'), decode(lpad(to_hex(client * {each} + i), 64, '0'), 'hex'), \
     client + 1, 'sms', TRUE, {now}, {now} + 3600000 \
     FROM generate_series(0, {clients} - 1) AS client, generate_series(1, {each}) AS i",
    "INSERT INTO sent_codes (sign_in, channel, destination, hash, sent_at, gateway, message) \
     SELECT id, channel, '+819000000000', cookie, created_at, channel, encode(id, 'hex') FROM sign_ins",
    "INSERT INTO deliveries (idempotency_key, channel, state, enqueued_at, changed_at) \
     SELECT message, channel, 'taken', sent_at, sent_at FROM sent_codes",
];

/// Lets pgbench's clients carry out `each` transactions.
pub async fn measure(clients: usize, each: usize) -> Times {
    let now = Clock::system().now();
    let place = Place::new(Kind::Postgres, &format!("pgbench_{clients}")).await;
    place.open().await.close().await;
    let rows = place.rows().await;
    for statement in ROWS {
        let statement = statement
            .replace("{hash}", HASH)
            .replace("{clients}", &clients.to_string())
            .replace("{each}", &each.to_string())
            .replace("{now}", &now.to_string());
        execute(&rows, &statement).await;
    }
    let log = TempDir::new().unwrap();
    let program = std::env::var(PROGRAM).unwrap();
    let output = Command::new(program)
        .current_dir(log.path())
        .args(["--no-vacuum", "--protocol=prepared", "--log"])
        .args(["--client", &clients.to_string()])
        .args(["--transactions", &each.to_string(), "--file", SCRIPT])
        .args(["--define", "i=0", "--define", &format!("each={each}")])
        .args(["--define", &format!("now={now}"), &place.url])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let output = String::from_utf8(output.stdout).unwrap();
    let single = latencies(log.path());
    assert_eq!(single.len(), clients * each, "{output}");
    // The connections that it makes first are not in it.
    let line = output.lines().find_map(|line| line.strip_prefix("tps = "));
    let per_second: f64 = line.unwrap().split(' ').next().unwrap().parse().unwrap();
    let accepted = "SELECT COUNT(*) FROM sessions";
    let accepted: i64 = sqlx::query_scalar(accepted).fetch_one(&rows).await.unwrap();
    assert_eq!(usize::try_from(accepted).unwrap(), clients * each);
    #[expect(clippy::cast_precision_loss, reason = "a number of measurements")]
    let all = Duration::from_secs_f64(single.len() as f64 / per_second);
    Times { single, all }
}

/// The latency of each transaction, from the files of pgbench's log: its third column, in microseconds.
fn latencies(folder: &Path) -> Vec<Duration> {
    let mut all = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for line in text.lines() {
            let latency = line.split(' ').nth(2).unwrap();
            all.push(Duration::from_micros(latency.parse().unwrap()));
        }
    }
    all
}
