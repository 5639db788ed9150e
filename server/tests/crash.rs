//! The binary: ended during a submit and started again; its log; when it refuses to start.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use common::database::Place;
use common::{Person, client, code_in, other};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::Instant;

const LIMITS: &str = "[limits]\nsends = 10000\nsends-per-destination = 10000\nsends-per-prefix = 10000\n\
                      sends-per-address = 10000\npasswords-per-name = 10000\npasswords-per-address = 10000\n";

struct Running {
    process: Child,
    base: String,
    metrics: String,
}

fn binary(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_todoita-server"));
    command
        .env_remove("TODOITA_KEY")
        .arg("--data")
        .arg(data.join("data"))
        .kill_on_drop(true);
    command
}

/// Starts the demo with its files in a folder, and with a database on a server if there is a URL.
async fn start_with(data: &Path, database: Option<&str>) -> Running {
    let config = format!("metrics-listen = '127.0.0.1:0'\n{LIMITS}");
    fs::write(data.join("limits.toml"), config).unwrap();
    let log = fs::File::options()
        .create(true)
        .append(true)
        .open(data.join("log"))
        .unwrap();
    let mut command = binary(data);
    if let Some(url) = database {
        command.args(["--database", url]);
    }
    let mut process = command
        .args(["--demo", "--listen", "127.0.0.1:0", "--config"])
        .arg(data.join("limits.toml"))
        .env("RUST_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let line = lines
        .next_line()
        .await
        .unwrap()
        .expect("the banner names the address");
    let base = line
        .split_once("http://")
        .map(|(_, address)| format!("http://{}", address.trim_end_matches('/')));
    let metrics = loop {
        let line = lines.next_line().await.unwrap().expect("the banner");
        if let Some((_, address)) = line.split_once("metrics: ") {
            break address.to_owned();
        }
    };
    Running {
        process,
        base: base.unwrap(),
        metrics,
    }
}

async fn start(data: &Path) -> Running {
    start_with(data, None).await
}

async fn sign_in(site: &Running) -> (Person, String) {
    let person = Person {
        client: client(),
        base: site.base.clone(),
    };
    assert_eq!(person.password("jiro", "demo").await.status(), 303);
    let outbox: serde_json::Value = person
        .get("/outbox.json?user=jiro")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let newest = outbox["messages"].as_array().unwrap().last().unwrap();
    let code = code_in(newest["text"].as_str().unwrap());
    (person, code)
}

/// How often the service is stopped; `cargo xtask faults` asks for more.
fn rounds() -> u32 {
    let asked = std::env::var("TODOITA_CRASHES").ok();
    asked.map_or(12, |rounds| rounds.parse().unwrap())
}

/// A submit of a code, perhaps without an answer.
struct Submit {
    person: Person,
    code: String,
    key: String,
}

impl Submit {
    /// Whether the answer came, and accepted the code.
    async fn post(&self) -> bool {
        let fields = [
            ("code", self.code.as_str()),
            ("todoita-attempt", self.key.as_str()),
        ];
        let answer = self.person.post("/login/code").form(&fields).send().await;
        answer.is_ok_and(|answer| answer.status() == 303)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_crash_during_submits_each_person_ends_signed_in_with_one_session() {
    /// People who submit their codes at the same time.
    const PEOPLE: u32 = 3;
    const UNHURT: u32 = 3;
    let data = TempDir::new().unwrap();
    let place = Place::fresh().await;
    let url = place.url.as_deref();
    let rounds = rounds();
    // How long a submit takes here, so that the crashes are spread over it.
    let mut site = start_with(data.path(), url).await;
    let mut usual = Duration::MAX;
    for _ in 0..UNHURT {
        let (person, code) = sign_in(&site).await;
        let began = Instant::now();
        assert!(person.give_as(&code, "unhurt").await.accepted());
        usual = usual.min(began.elapsed());
    }
    let rows = async || match url {
        Some(_) => place.rows().await,
        None => sqlite(&data.path().join("data/todoita.sqlite")).await,
    };

    // When the crashes came: before the code was counted, between counting and verifying, between accepting
    // and responding, after the response.
    let mut fell = [0; 4];
    for round in 0..rounds {
        let mut submits = Vec::new();
        for number in 0..PEOPLE {
            let (person, code) = sign_in(&site).await;
            submits.push(Submit {
                person,
                code,
                key: format!("round {round}, person {number}"),
            });
        }
        let posts: Vec<_> = submits
            .into_iter()
            .map(|submit| {
                tokio::spawn(async move {
                    let answered = submit.post().await;
                    (submit, answered)
                })
            })
            .collect();
        tokio::time::sleep(usual * (PEOPLE + 1) / 2 * round / rounds).await;
        // SIGKILL: nothing is flushed.
        site.process.kill().await.unwrap();
        let mut ended = Vec::new();
        for post in posts {
            ended.push(post.await.unwrap());
        }
        let database = rows().await;
        for (submit, answered) in &ended {
            let outcome: Option<Option<String>> =
                sqlx::query_scalar("SELECT outcome FROM submissions WHERE idempotency_key = $1")
                    .bind(&submit.key)
                    .fetch_optional(&database)
                    .await
                    .unwrap();
            fell[match outcome {
                _ if *answered => 3,
                None => 0,
                Some(None) => 1,
                Some(Some(_)) => 2,
            }] += 1;
        }
        database.close().await;

        site = start_with(data.path(), url).await;
        for (mut submit, _) in ended {
            submit.person.base.clone_from(&site.base);
            let (person, key) = (&submit.person, &submit.key);
            let answer = person.give_as(&submit.code, key).await;
            assert!(answer.accepted(), "{key}: {answer:?}");
            assert!(person.signed_in().await, "{key}");
            // The code is refused under another key, after the restart too.
            let again = person.give_as(&submit.code, "another").await;
            assert_eq!(again.cause(), "used", "{key}");
        }
    }
    println!(
        "{rounds} crashes in {PEOPLE} submits of {usual:?} each: {fell:?} (uncounted, counted, verified, answered)"
    );
    assert!(
        fell[..3].iter().sum::<u32>() > rounds * PEOPLE / 4,
        "too few crashes fell into a submit: {fell:?}"
    );
    site.process.kill().await.unwrap();
    let database = rows().await;
    let sessions: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sessions")
        .fetch_one(&database)
        .await
        .unwrap();
    assert_eq!(sessions, i64::from(UNHURT + rounds * PEOPLE));
    if url.is_none() {
        let sound: String = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_one(&database)
            .await
            .unwrap();
        assert_eq!(sound, "ok");
    }
}

/// The rows of a file.
async fn sqlite(file: &Path) -> sqlx::AnyPool {
    sqlx::any::install_default_drivers();
    let options = sqlx::any::AnyPoolOptions::new().max_connections(1);
    let url = format!("sqlite:{}", file.display());
    options.connect(&url).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_holds_no_secret_at_trace_level() {
    let data = TempDir::new().unwrap();
    let mut site = start(data.path()).await;
    let (person, code) = sign_in(&site).await;
    assert_eq!(
        person
            .password("jiro", "a password that is wrong")
            .await
            .status(),
        422
    );
    let (person, second) = sign_in(&site).await;
    let wrong = other(&second);
    assert_eq!(person.give(&wrong).await.cause(), "wrong");
    assert_eq!(
        person.give("not a code, but 555 and 77").await.cause(),
        "wrong"
    );
    let bad = person
        .post("/login/code")
        .header("content-type", "application/json")
        .body(r#"{"code":[123498]}"#);
    assert_eq!(bad.send().await.unwrap().status(), 400);
    let answer = person.give_as(&second, "a key").await;
    let session = answer.session.unwrap();
    let metrics = reqwest::get(&site.metrics).await.unwrap();
    let metrics = metrics.text().await.unwrap();
    assert!(metrics.contains("todoita_verifications_total"));
    site.process.kill().await.unwrap();
    let log = fs::read_to_string(data.path().join("log")).unwrap();
    assert!(
        log.contains("a code was accepted") && log.contains("a code was refused"),
        "the log is there"
    );
    assert!(
        log.contains("refused") && log.contains("/login/code"),
        "a refused request leaves a line"
    );
    for secret in [
        &code,
        &second,
        &wrong,
        &session,
        "a password that is wrong",
        "123498",
        "555 and 77",
    ] {
        assert!(!log.contains(secret), "{secret} is in the log");
        assert!(!metrics.contains(secret), "{secret} is in the metrics");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_holds_no_answer_to_the_guide_at_trace_level() {
    let data = TempDir::new().unwrap();
    let mut site = start(data.path()).await;
    let (person, _) = sign_in(&site).await;
    let post = async |fields: &[(&str, &str)]| {
        let request = person.post("/login/guide").form(fields);
        request.send().await.unwrap().status().as_u16()
    };
    let shared = [("answers", "unasked-code"), ("answer", "gave")];
    assert_eq!(post(&shared).await, 200);
    assert_eq!(post(&[("start", "stolen-phone")]).await, 200);
    assert_eq!(post(&[("search", "Hotel Kilo")]).await, 200);
    let twice = [("answers", "stolen-phone"), ("answers", "Lima Mike")];
    assert_eq!(post(&twice).await, 400);
    site.process.kill().await.unwrap();
    let log = fs::read_to_string(data.path().join("log")).unwrap();
    assert!(
        log.contains("/login/guide"),
        "a refused request leaves a line"
    );
    for answer in [
        "unasked",
        "secure-now",
        "stolen",
        "Kilo",
        "%20Kilo",
        "Lima",
        "answer=",
    ] {
        assert!(!log.contains(answer), "{answer} is in the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn off_loopback_a_key_is_required_and_on_loopback_one_is_created() {
    let data = TempDir::new().unwrap();
    let outside = ["--listen", "0.0.0.0:0", "--origin", "https://login.example"];
    let refused = binary(data.path()).args(outside).output().await.unwrap();
    assert!(!refused.status.success());
    let error = String::from_utf8(refused.stderr).unwrap();
    assert!(error.contains("TODOITA_KEY"), "{error}");
    let key = data.path().join("data.key");
    assert!(!key.exists());

    let demo = binary(data.path())
        .args(["--demo", "--listen", "0.0.0.0:0"])
        .output()
        .await
        .unwrap();
    assert!(!demo.status.success());

    let mut site = start(data.path()).await;
    site.process.kill().await.unwrap();
    assert!(key.exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&key).unwrap().permissions().mode() & 0o777,
            0o600
        );
        fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
        let refused = binary(data.path())
            .args(["--demo", "--listen", "127.0.0.1:0"])
            .output()
            .await
            .unwrap();
        assert!(!refused.status.success(), "a key that others may read");
    }
}
