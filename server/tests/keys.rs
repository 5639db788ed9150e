//! The keys outside the database: a change of the key, a lost key, and who may read the files.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::path::Path;
use std::process::Stdio;

use common::database::Place;
use common::{Person, SECOND, Site, other};
use login::crypto::keys::Keys;
use login::known_places;
use login::network::Network;
use login::service::Requester;
use reqwest::StatusCode;
use todoita::otp::{Secret, Totp};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::Command;

/// Keys of one repeated byte each, the current one first.
fn keys(bytes: &[&str]) -> Keys {
    let text: Vec<String> = bytes.iter().map(|byte| byte.repeat(32)).collect();
    Keys::from_hex(&text.join(" ")).unwrap()
}

/// The same browser at another service: cookies are kept.
fn at(person: &Person, site: &Site) -> Person {
    Person {
        client: person.client.clone(),
        base: site.url(""),
    }
}

fn code_of_taro(site: &Site) -> String {
    let secret = Secret::from_bytes(b"taro's demo secret..".to_vec()).unwrap();
    Totp::default()
        .code(&secret, site.clock.now())
        .as_str()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_change_of_the_key_everything_stays_valid() {
    let old = Site::start_keyed(keys(&["01"]), |_| {}).await;
    let hanako = old.signing_in("hanako").await;
    let code = old.code().await;
    let lost = old.signing_in("sakura").await;
    let lost_code = old.code().await;
    let lost_answer = lost.give_as(&lost_code, "one").await.session;
    assert_eq!(
        lost.give_as(&other(&lost_code), "two").await.cause(),
        "wrong"
    );
    let taro = old.signing_in("taro").await;
    assert!(taro.give(&code_of_taro(&old)).await.accepted());
    old.signing_in("jiro").await;

    let new = old.restarted_with(keys(&["02", "01"])).await;
    assert_eq!(new.messages().await.len(), 1, "the queued message of jiro");
    assert!(at(&hanako, &new).give(&code).await.accepted());
    let again = at(&lost, &new).give_as(&lost_code, "one").await;
    assert!(again.accepted());
    assert_eq!(again.session, lost_answer, "the same session");
    assert!(at(&taro, &new).signed_in().await);
    // The network from which taro signed in stays known, also under the new key alone once it was used again.
    let knows = async |site: &Site| {
        let requester = Requester {
            host: String::new(),
            lang: "ja",
            network: Network::of([127, 0, 0, 1].into()),
            browser: None,
        };
        let mut db = site.login.store.read().await.unwrap();
        let user = db.user_by_name("taro").await.unwrap().map(|user| user.id);
        let found = known_places::find(&site.login, &mut *db, user, &requester).await;
        found.unwrap().is_some()
    };
    assert!(knows(&new).await);
    new.pass(30 * SECOND);
    let app = new.signing_in("taro").await;
    assert!(app.give(&code_of_taro(&new)).await.accepted());
    let backup = new.signing_in("hanako").await;
    assert!(backup.give("59140268").await.accepted());

    // Values made since are of the new key alone.
    let last = new.restarted_with(keys(&["02"])).await;
    assert!(knows(&last).await);
    assert!(at(&backup, &last).signed_in().await);
    assert!(!at(&taro, &last).signed_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_lost_key_a_code_is_wrong_and_other_methods_work() {
    let old = Site::start_keyed(keys(&["01"]), |_| {}).await;
    let half_way = old.signing_in("taro").await;
    let site = old.restarted_with(keys(&["02"])).await;
    let over = at(&half_way, &site)
        .get("/login/code")
        .send()
        .await
        .unwrap();
    assert_eq!(
        common::location(&over),
        "/",
        "a sign-in of the lost key is over"
    );
    let taro = site.signing_in("taro").await;
    assert_eq!(taro.give(&code_of_taro(&site)).await.cause(), "wrong");
    assert_eq!(taro.give("15937264").await.cause(), "wrong");
    // A person with a phone signs in, and replaces what was lost.
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    assert_eq!(hanako.give(&other(&code)).await.cause(), "wrong");
    assert!(hanako.give(&code).await.accepted());
    for page in ["/account", "/account/app"] {
        let answer = hanako.get(page).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{page}");
    }
}

/// The program with a database and a data folder, and no keys of the environment.
fn program(place: &Place, data: &Path, words: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_todoita-server"));
    program
        .args(words.split_whitespace())
        .arg("--data")
        .arg(data)
        .env_remove("TODOITA_KEY")
        .envs(place.url.as_ref().map(|url| ("TODOITA_DATABASE", url)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    program
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_and_a_first_account_that_are_made_at_once_have_one_key() {
    for _ in 0..10 {
        let place = Place::fresh().await;
        let folder = tempfile::TempDir::new().unwrap();
        let data = folder.path().join("data");
        let mut adding = program(&place, &data, "user add keiko --backup-codes");
        let mut serving = program(&place, &data, "--listen 127.0.0.1:0");
        let mut serving = serving.spawn().unwrap();
        let mut adding = adding.spawn().unwrap();
        let mut stdin = adding.stdin.take().unwrap();
        stdin.write_all(b"a long password").await.unwrap();
        drop(stdin);
        let added = adding.wait_with_output().await.unwrap();
        let why = String::from_utf8(added.stderr).unwrap();
        assert!(added.status.success(), "{why}");
        let mut lines = BufReader::new(serving.stdout.take().unwrap()).lines();
        let banner = lines.next_line().await.unwrap();
        let banner = banner.expect("the service has ended");
        let (_, base) = banner.split_once("todoita-server: ").unwrap();
        // The service opens what the command has made.
        let keiko = Person {
            client: common::client(),
            base: base.trim_end_matches('/').to_owned(),
        };
        let answer = keiko.password("keiko", "a long password").await;
        assert_eq!(common::location(&answer), "/login/code");
        let codes = String::from_utf8(added.stdout).unwrap();
        assert!(keiko.give(codes.lines().next().unwrap()).await.accepted());
        let entries = std::fs::read_dir(folder.path()).unwrap().flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
        names.sort();
        assert_eq!(names, ["data", "data.key"]);
        serving.kill().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_made_for_a_database_without_accounts_alone() {
    let place = Place::fresh().await;
    let folder = tempfile::TempDir::new().unwrap();
    let (data, key) = (folder.path().join("data"), folder.path().join("data.key"));
    let run = async |words: &str| {
        let mut program = program(&place, &data, words);
        let mut program = program.stdout(Stdio::null()).spawn().unwrap();
        let mut stdin = program.stdin.take().unwrap();
        // A program that was refused reads nothing.
        let _ = stdin.write_all(b"a long password").await;
        drop(stdin);
        let ended = tokio::time::timeout(
            std::time::Duration::from_secs(60),
            program.wait_with_output(),
        );
        let output = ended.await.unwrap().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (status, why) = run("rekey").await;
    assert_eq!((status, key.exists()), (Some(1), false), "{why}");
    let (status, why) = run("user add keiko --backup-codes").await;
    assert_eq!((status, key.exists()), (Some(0), true), "{why}");
    std::fs::remove_file(&key).unwrap();
    for words in [
        "user reset-factor keiko backup-codes",
        "user add jun",
        "user list",
        "--listen 127.0.0.1:0",
    ] {
        let (status, why) = run(words).await;
        assert_eq!(status, Some(1), "{words}: {why}");
        assert!(why.contains("data.key is not there"), "{words}: {why}");
        assert!(!key.exists(), "{words}");
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn after_a_start_nothing_is_readable_by_others() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::TempDir::new().unwrap();
    let data = folder.path().join("data");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let start = async || {
        let mut server = Command::new("sh")
            .args(["-c", "umask 022; exec \"$@\"", "sh"])
            .arg(env!("CARGO_BIN_EXE_todoita-server"))
            .args(["--demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data)
            .env_remove("TODOITA_KEY")
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
        assert!(lines.next_line().await.unwrap().is_some());
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&data).unwrap().flatten() {
            names.push(entry.file_name().into_string().unwrap());
            assert_eq!(mode(&entry.path()), 0o600, "{}", entry.path().display());
        }
        names.sort();
        assert!(
            names.ends_with(
                &["todoita.sqlite", "todoita.sqlite-shm", "todoita.sqlite-wal"].map(String::from)
            ),
            "{names:?}"
        );
        server.kill().await.unwrap();
    };
    start().await;
    assert_eq!(mode(&data), 0o700);
    assert_eq!(mode(&folder.path().join("data.key")), 0o600);
    // Files that an earlier version created.
    for suffix in ["", "-wal", "-shm"] {
        let wide = std::fs::Permissions::from_mode(0o644);
        let path = data.join(format!("todoita.sqlite{suffix}"));
        std::fs::set_permissions(path, wide).unwrap();
    }
    start().await;
}
