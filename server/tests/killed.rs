//! The real binary: killed in mid-submit and started again; what it writes to its log; when it refuses
//! to start.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops where something is not as it should be"
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
    child: Child,
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
    let mut child = binary(data)
        .args(["--demo", "--listen", "127.0.0.1:0", "--config"])
        .arg(data.join("limits.toml"))
        .env("RUST_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines
        .next_line()
        .await
        .unwrap()
        .expect("it says where it listens");
    let base = line
        .split_once("http://")
        .map(|(_, address)| format!("http://{}", address.trim_end_matches('/')));
    Running {
        child,
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
async fn killed_in_mid_submit_and_started_again_the_person_ends_signed_in_with_one_session() {
    let data = TempDir::new().unwrap();
    let url = format!("sqlite:{}", data.path().join("todoita.sqlite").display());
    // How long a submit takes here, so that the kills fall all over it.
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
    // Where the kills fell: before the try was counted, between counting and comparing, between
    // accepting and answering, after the answer.
    let mut fell = [0; 4];
    for round in 0..ROUNDS {
        let (mut person, code) = sign_in(&site).await;
        let attempt = format!("round {round}");
        let submit = {
            let (person, code, attempt) = (person.clone(), code.clone(), attempt.clone());
            tokio::spawn(async move {
                let fields = [
                    ("code", code.as_str()),
                    ("todoita-attempt", attempt.as_str()),
                ];
                let answer = person.post("/login/code").form(&fields).send().await;
                answer.is_ok_and(|answer| answer.status() == 303)
            })
        };
        tokio::time::sleep(usual * 5 / 4 * round / ROUNDS).await;
        // SIGKILL: nothing is flushed, nothing is said.
        site.child.kill().await.unwrap();
        let answered = submit.await.unwrap();
        let database = sqlx::SqlitePool::connect(&url).await.unwrap();
        let outcome: Option<Option<String>> =
            sqlx::query_scalar("SELECT outcome FROM submissions WHERE idempotency_key = ?")
                .bind(&attempt)
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
        let answer = person.give_as(&code, &attempt).await;
        assert!(answer.accepted(), "round {round}: {answer:?}");
        assert!(person.signed_in().await, "round {round}");
        // Anything else with that code is refused, after the restart too.
        assert_eq!(person.give_as(&code, "another").await.cause(), "used");
    }
    println!(
        "{ROUNDS} kills in submits of {usual:?}: {fell:?} (uncounted, counted, accepted, answered)"
    );
    assert!(
        fell[..3].iter().sum::<u32>() > ROUNDS / 4,
        "too few kills fell into a submit: {fell:?}"
    );
    site.child.kill().await.unwrap();
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
async fn nothing_secret_stands_in_the_log_even_at_its_most_talkative() {
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
    let answer = person.give_as(&second, "an attempt").await;
    let session = answer.session.unwrap();
    site.child.kill().await.unwrap();
    let log = fs::read_to_string(data.path().join("log")).unwrap();
    assert!(
        log.contains("a code was accepted") && log.contains("a code was refused"),
        "the log is there"
    );
    assert!(
        log.contains("refused") && log.contains("/login/code"),
        "bad input leaves a line"
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
        assert!(!log.contains(secret), "{secret} stands in the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_to_the_guide_stands_in_the_log_even_at_its_most_talkative() {
    let data = TempDir::new().unwrap();
    let mut site = start(data.path()).await;
    let (person, _) = sign_in(&site).await;
    let post = async |fields: &[(&str, &str)]| {
        let request = person.post("/login/guide").form(fields);
        request.send().await.unwrap().status().as_u16()
    };
    let told = [("answers", "unasked-code"), ("answer", "told")];
    assert_eq!(post(&told).await, 200);
    assert_eq!(post(&[("start", "stolen-phone")]).await, 200);
    assert_eq!(post(&[("search", "Hotel Kilo")]).await, 200);
    let twice = [("answers", "stolen-phone"), ("answers", "Lima Mike")];
    assert_eq!(post(&twice).await, 400);
    site.child.kill().await.unwrap();
    let log = fs::read_to_string(data.path().join("log")).unwrap();
    assert!(log.contains("/login/guide"), "bad input leaves a line");
    for answer in [
        "unasked",
        "secure-now",
        "stolen",
        "Kilo",
        "%20Kilo",
        "Lima",
        "answer=",
    ] {
        assert!(!log.contains(answer), "{answer} stands in the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn off_loopback_it_starts_only_with_a_key_and_on_loopback_it_makes_one() {
    let data = TempDir::new().unwrap();
    let outside = ["--listen", "0.0.0.0:0", "--origin", "https://login.example"];
    let refused = binary(data.path()).args(outside).output().await.unwrap();
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("TODOITA_KEY"), "{said}");
    assert!(!data.path().join("todoita.key").exists());

    let demo = binary(data.path())
        .args(["--demo", "--listen", "0.0.0.0:0"])
        .output()
        .await
        .unwrap();
    assert!(!demo.status.success());

    let mut site = start(data.path()).await;
    site.child.kill().await.unwrap();
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
