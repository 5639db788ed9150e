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
}

fn binary(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_todoita-server"));
    command
        .env_remove("TODOITA_KEY")
        .arg("--data")
        .arg(data)
        .kill_on_drop(true);
    command
}

async fn start(data: &Path) -> Running {
    fs::write(data.join("limits.toml"), LIMITS).unwrap();
    let log = fs::File::options()
        .create(true)
        .append(true)
        .open(data.join("log"))
        .unwrap();
    let mut process = binary(data)
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
    Running {
        process,
        base: base.unwrap(),
    }
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

#[tokio::test(flavor = "multi_thread")]
async fn after_a_crash_during_a_submit_the_person_ends_signed_in_with_one_session() {
    let data = TempDir::new().unwrap();
    let url = format!("sqlite:{}", data.path().join("todoita.sqlite").display());
    // How long a submit takes here, so that the kills are spread over it.
    let mut site = start(data.path()).await;
    let mut usual = Duration::MAX;
    const UNHURT: u32 = 3;
    for _ in 0..UNHURT {
        let (person, code) = sign_in(&site).await;
        let began = Instant::now();
        assert!(person.give_as(&code, "unhurt").await.accepted());
        usual = usual.min(began.elapsed());
    }

    const ROUNDS: u32 = 40;
    // When the kills came: before the code was counted, between counting and verifying, between accepting
    // and responding, after the response.
    let mut fell = [0; 4];
    for round in 0..ROUNDS {
        let (mut person, code) = sign_in(&site).await;
        let key = format!("round {round}");
        let submit = {
            let (person, code, key) = (person.clone(), code.clone(), key.clone());
            tokio::spawn(async move {
                let fields = [("code", code.as_str()), ("todoita-attempt", key.as_str())];
                let answer = person.post("/login/code").form(&fields).send().await;
                answer.is_ok_and(|answer| answer.status() == 303)
            })
        };
        tokio::time::sleep(usual * 5 / 4 * round / ROUNDS).await;
        // SIGKILL: nothing is flushed.
        site.process.kill().await.unwrap();
        let answered = submit.await.unwrap();
        let database = sqlx::SqlitePool::connect(&url).await.unwrap();
        let outcome: Option<Option<String>> =
            sqlx::query_scalar("SELECT outcome FROM submissions WHERE idempotency_key = ?")
                .bind(&key)
                .fetch_optional(&database)
                .await
                .unwrap();
        database.close().await;
        fell[match outcome {
            _ if answered => 3,
            None => 0,
            Some(None) => 1,
            Some(Some(_)) => 2,
        }] += 1;

        site = start(data.path()).await;
        person.base.clone_from(&site.base);
        let answer = person.give_as(&code, &key).await;
        assert!(answer.accepted(), "round {round}: {answer:?}");
        assert!(person.signed_in().await, "round {round}");
        // The code is refused under another key, after the restart too.
        assert_eq!(person.give_as(&code, "another").await.cause(), "used");
    }
    println!(
        "{ROUNDS} kills in submits of {usual:?}: {fell:?} (uncounted, counted, verified, answered)"
    );
    assert!(
        fell[..3].iter().sum::<u32>() > ROUNDS / 4,
        "too few kills fell into a submit: {fell:?}"
    );
    site.process.kill().await.unwrap();
    let database = sqlx::SqlitePool::connect(&url).await.unwrap();
    let sessions: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sessions")
        .fetch_one(&database)
        .await
        .unwrap();
    assert_eq!(sessions, i64::from(UNHURT + ROUNDS));
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&database)
        .await
        .unwrap();
    assert_eq!(sound, "ok");
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
    assert!(!data.path().join("todoita.key").exists());

    let demo = binary(data.path())
        .args(["--demo", "--listen", "0.0.0.0:0"])
        .output()
        .await
        .unwrap();
    assert!(!demo.status.success());

    let mut site = start(data.path()).await;
    site.process.kill().await.unwrap();
    let key = data.path().join("todoita.key");
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
