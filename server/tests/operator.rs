//! The operator's commands, run beside a service, and their effect on people.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::process::{Output, Stdio};

use common::{Person, Site, code_in, other};
use login::clock::Clock;
use login::crypto::keys::Keys;
use todoita::otp::{Secret, Totp};
use todoita_server::data_lock::DataLock;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

const OLD: &str = "0101010101010101010101010101010101010101010101010101010101010101";
const NEW: &str = "0202020202020202020202020202020202020202020202020202020202020202";

/// A service by the system's clock, as the commands have it.
async fn site() -> Site {
    let keys = Keys::from_hex(OLD).unwrap();
    let fixed = Site::start_keyed(keys, |_| {}).await;
    fixed.restarted_at(Clock::system()).await
}

async fn run_with(site: &Site, keys: &str, command: &str, input: &str) -> Output {
    let mut process = Command::new(env!("CARGO_BIN_EXE_todoita-server"))
        .args(command.split(' '))
        .arg("--data")
        .arg(site.folder())
        .env("TODOITA_KEY", keys)
        .envs(site.environment())
        .env("RUST_LOG", "trace")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = process.stdin.take().unwrap();
    // A command that reads nothing may have ended.
    let _ = stdin.write_all(input.as_bytes()).await;
    drop(stdin);
    process.wait_with_output().await.unwrap()
}

/// Runs a command that succeeds, and gives its output.
async fn run(site: &Site, command: &str) -> String {
    let output = run_with(site, OLD, command, "").await;
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{command}: {log}");
    let line = log.lines().find(|line| line.contains("who=\"operator\""));
    let line = line.unwrap_or_else(|| panic!("{command} is not in the log: {log}"));
    let mut words = command
        .split(' ')
        .take_while(|word| !word.starts_with("--"));
    assert!(words.all(|word| line.contains(word)), "{line}");
    String::from_utf8(output.stdout).unwrap()
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

fn code_of_taro() -> String {
    let secret = Secret::from_bytes(b"taro's demo secret..".to_vec()).unwrap();
    let code = Totp::default().code(&secret, Clock::system().now());
    code.as_str().to_owned()
}

async fn signed_in(site: &Site, name: &str) -> Person {
    let person = site.signing_in(name).await;
    assert!(person.give(&site.code().await).await.accepted());
    person
}

/// The last message to a person.
async fn notice(site: &Site, name: &str) -> String {
    let messages = site.messages().await;
    let own = messages.iter().rev().find(|message| message.user == name);
    own.unwrap().text.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_added_with_a_password_from_standard_input_and_signs_in() {
    let site = site().await;
    let add = "user add keiko --phone 090-0000-0001 --mail keiko@example.com --backup-codes";
    let added = run_with(&site, OLD, add, "ひらけごま、ひらけ\nmore").await;
    let log = String::from_utf8(added.stderr).unwrap();
    assert!(added.status.success(), "{log}");
    assert!(!log.contains("ひらけごま"), "{log}");
    let codes = String::from_utf8(added.stdout).unwrap();
    assert_eq!(lines(&codes).len(), 10);
    for code in lines(&codes) {
        assert!(!log.contains(code), "a backup code is in the log");
    }

    let keiko = site.person();
    let answer = keiko.password("keiko", "ひらけごま、ひらけ").await;
    assert_eq!(answer.status(), 303);
    let messages = site.messages().await;
    assert_eq!(messages.len(), 1, "no notice of the first backup codes");
    let message = messages.last().unwrap();
    assert_eq!(message.destination, "+819000000001");
    assert!(keiko.give(&code_in(&message.text)).await.accepted());
    let again = site.person();
    again.password("keiko", "ひらけごま、ひらけ").await;
    assert!(again.give(lines(&codes)[3]).await.accepted());

    for (command, password, status, why) in [
        (add, "another password", 1, "taken"),
        ("user add jun", "short", 1, "at least 8"),
        ("user add jun --phone 12", "long enough", 1, "phone"),
        ("user add jun --mail jun", "long enough", 1, "mail"),
        ("user unlock jun", "", 1, "no account"),
        ("user lock jun", "", 2, "user lock jun"),
        ("user unlock jun --mail a@b.example", "", 2, "--mail"),
    ] {
        let refused = run_with(&site, OLD, command, password).await;
        assert_eq!(refused.status.code(), Some(status), "{command}");
        let error = String::from_utf8(refused.stderr).unwrap();
        let last = error.lines().last().unwrap();
        assert!(last.contains(why), "{command}: {error}");
    }
    let missing = site.folder().join("none");
    let output = Command::new(env!("CARGO_BIN_EXE_todoita-server"))
        .args(["user", "list", "--data"])
        .arg(&missing)
        .output()
        .await
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!missing.exists(), "a wrong folder is not created");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_one_json_object_a_line_where_that_is_chosen() {
    let site = site().await;
    let run = async |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_todoita-server"));
        let command = command.args(["user", "unlock", "jiro", "--data"]);
        let command = command.arg(site.folder()).env("TODOITA_KEY", OLD);
        let command = command.envs(site.environment()).env("TODOITA_LOG", format);
        command.output().await.unwrap()
    };
    let output = run("json").await;
    assert!(output.status.success());
    let log = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let last = lines.last().unwrap();
    assert_eq!(
        [
            &last["who"],
            &last["action"],
            &last["account"],
            &last["level"]
        ],
        ["operator", "user unlock", "jiro", "INFO"]
    );
    assert_eq!(run("xml").await.status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_user_gets_the_answer_of_a_wrong_password_and_is_signed_out() {
    let site = site().await;
    let jiro = signed_in(&site, "jiro").await;
    let half_way = site.signing_in("jiro").await;
    let refused = async |password: &str| {
        let answer = site.person().password("jiro", password).await;
        (answer.status(), answer.text().await.unwrap())
    };
    let wrong = refused("wrong").await;
    run(&site, "user disable jiro").await;
    assert!(!jiro.signed_in().await);
    assert_eq!(half_way.page_status("/login/code").await, 303);
    assert_eq!(refused("demo").await, wrong);
    assert!(run(&site, "user list").await.contains("\tdisabled\n"));
    run(&site, "user enable jiro").await;
    assert!(!jiro.signed_in().await, "the session stays ended");
    signed_in(&site, "jiro").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unlocked_user_signs_in_at_once() {
    let site = site().await;
    let jiro = site.signing_in("jiro").await;
    let code = site.code().await;
    let now = site.clock.now();
    for _ in 0..10 {
        let insert = format!(
            "INSERT INTO failures (account, sign_in, at) \
             SELECT id, {}, $1 FROM users WHERE name = 'jiro'",
            site.random_bytes(),
        );
        let now = i64::try_from(now).unwrap();
        let database = site.database().await;
        sqlx::query(sqlx::AssertSqlSafe(insert))
            .bind(now)
            .execute(&database)
            .await
            .unwrap();
    }
    assert_eq!(jiro.give(&other(&code)).await.cause(), "locked");
    let before = run(&site, "user list").await;
    assert!(
        before.contains("jiro\tsms voice\t0\t0\tlocked until 2"),
        "{before}"
    );
    for _ in 0..10 {
        site.person().password("jiro", "wrong").await;
    }
    let limited = site.person().password("jiro", "demo").await;
    assert_eq!(limited.status(), 429);
    run(&site, "user unlock jiro").await;
    assert!(jiro.give(&code).await.accepted());
    let list = run(&site, "user list").await;
    assert!(list.contains("jiro\tsms voice\t0\t1\topen\n"), "{list}");
    site.signing_in("jiro").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_factor_is_void_and_announced_and_ends_the_sessions() {
    let site = site().await;
    let hanako = signed_in(&site, "hanako").await;
    run(&site, "user reset-factor hanako app").await;
    assert!(!hanako.signed_in().await);
    assert!(
        notice(&site, "hanako")
            .await
            .contains("認証アプリの登録が、削除されました")
    );
    let again = run_with(&site, OLD, "user reset-factor hanako app", "").await;
    assert_eq!(again.status.code(), Some(1), "there is none any more");

    let hanako = site.signing_in("hanako").await;
    assert_eq!(hanako.press("app").await.status, 400);
    let codes = run(&site, "user reset-factor hanako backup-codes --lang en").await;
    assert_eq!(lines(&codes).len(), 10);
    assert!(
        notice(&site, "hanako")
            .await
            .contains("New backup codes were made")
    );
    let hanako = site.signing_in("hanako").await;
    assert_eq!(hanako.give("20718346").await.cause(), "wrong");
    assert!(hanako.give(lines(&codes)[0]).await.accepted());

    // A new authenticator begins without the consumed steps of the old one.
    let taro = site.signing_in("taro").await;
    assert!(taro.give(&code_of_taro()).await.accepted());
    run(&site, "user reset-factor taro app").await;
    let taro = site.signing_in("taro").await;
    assert_eq!(taro.give(&code_of_taro()).await.cause(), "wrong");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_sessions_of_a_user_end_and_no_others() {
    let site = site().await;
    let (one, two) = (
        signed_in(&site, "hanako").await,
        site.signing_in("hanako").await,
    );
    let taro = site.signing_in("taro").await;
    assert!(taro.give(&code_of_taro()).await.accepted());
    let output = run(&site, "user end-sessions hanako").await;
    assert_eq!(output, "sessions ended: 1\n");
    assert!(!one.signed_in().await);
    assert_eq!(two.page_status("/login/code").await, 303);
    assert!(taro.signed_in().await);
    assert!(notice(&site, "hanako").await.contains("ログアウト"));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_rekey_secrets_and_messages_need_the_new_key_alone() {
    let site = site().await;
    site.signing_in("jiro").await;
    let both = format!("{NEW} {OLD}");
    let keys = |text: &str| Keys::from_hex(text).unwrap();
    let (old, new) = (keys(OLD).current_id(), keys(NEW).current_id());

    let lost = run_with(&site, NEW, "rekey", "").await;
    let report = String::from_utf8(lost.stdout).unwrap();
    assert!(
        report.starts_with("sealed again: 0\nnot opened: 3"),
        "{report}"
    );
    assert!(
        report.contains(&format!("key {old} (not given): secrets")),
        "{report}"
    );

    let done = run_with(&site, &both, "rekey", "").await;
    assert!(done.status.success());
    let report = String::from_utf8(done.stdout).unwrap();
    let expected = format!(
        "sealed again: 3\n{}Keep the older key until nothing names it: sign-ins and sessions end, backup codes \
         are used or replaced.\n",
        {
            let mut keys = [
                format!("key {old} (older): backup codes: 13, sign-ins: 1\n"),
                format!("key {new} (current): secrets of authenticators: 2, queued messages: 1\n"),
            ];
            keys.sort();
            keys.concat()
        }
    );
    assert_eq!(report, expected);

    let after = site.restarted_with(keys(NEW)).await;
    let after = after.restarted_at(Clock::system()).await;
    assert_eq!(after.messages().await.len(), 1);
    let taro = after.signing_in("taro").await;
    assert!(taro.give(&code_of_taro()).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn more_values_than_a_batch_are_sealed_again() {
    let site = site().await;
    let mut tx = site.login.store.begin().await.unwrap();
    for number in 0..250 {
        let name = number.to_string();
        let id = tx.add_user(login::store::NewUser {
            name: &name,
            password: "",
            phone: None,
            email: None,
        });
        let id = id.await.unwrap();
        let sealed =
            login::factors::authenticator::seal(&site.login, id, b"a secret of 20 bytes").unwrap();
        tx.set_authenticator(id, &sealed, None).await.unwrap();
    }
    tx.commit().await.unwrap();
    let done = run_with(&site, &format!("{NEW} {OLD}"), "rekey", "").await;
    let report = String::from_utf8(done.stdout).unwrap();
    assert!(report.starts_with("sealed again: 252\nkey"), "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_nothing_that_was_under_way_goes_on() {
    let site = site().await;
    let jiro = signed_in(&site, "jiro").await;
    let half_way = site.signing_in("hanako").await;
    let running = DataLock::shared(site.folder()).unwrap();
    for command in ["after-restore", "clock reset"] {
        let refused = run_with(&site, OLD, command, "").await;
        assert_eq!(refused.status.code(), Some(1));
        let error = String::from_utf8(refused.stderr).unwrap();
        assert!(error.contains("has to be stopped first"), "{error}");
    }
    assert!(jiro.signed_in().await);
    drop(running);
    run(&site, "after-restore").await;
    assert!(!jiro.signed_in().await);
    assert_eq!(half_way.page_status("/login/code").await, 303);
    assert_eq!(site.count("SELECT COUNT(*) FROM messages").await, 0);
    run(&site, "clock reset").await;
    signed_in(&site, "jiro").await;
}
