//! The audit log: what it records, what it never holds, what bounds it.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::process::{Command, Stdio};

use common::{HOUR, MINUTE, Person, Site, code_in, other};
use login::crypto::keys::Keys;
use login::sweep;
use serde_json::Value;
use sqlx::Row as _;

const KEY: &str = "0303030303030303030303030303030303030303030303030303030303030303";
const DAY: u64 = 24 * HOUR;
const ALL: &str = "SELECT COUNT(*) FROM audit";

/// The entries after the one with a number, as `account action outcome detail`.
async fn entries_after(site: &Site, after: i64) -> Vec<String> {
    let rows = sqlx::query(
        "SELECT COALESCE(account, '-') AS account, action, outcome, detail FROM audit \
         WHERE id > $1 ORDER BY id",
    );
    let rows = rows.bind(after).fetch_all(&site.database().await).await;
    let text = |row: &sqlx::any::AnyRow| {
        let column = |name| row.get::<String, _>(name);
        let words = ["account", "action", "outcome", "detail"].map(column);
        words.join(" ").trim_end().to_owned()
    };
    rows.unwrap().iter().map(text).collect()
}

async fn entries(site: &Site) -> Vec<String> {
    entries_after(site, 0).await
}

/// Runs a command of the program on the site's database.
fn command(site: &Site, command: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_todoita-server"))
        .args(command.split(' '))
        .arg("--data")
        .arg(site.folder())
        .env("TODOITA_KEY", KEY)
        .envs(site.environment())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{command}: {log}");
    String::from_utf8(output.stdout).unwrap()
}

async fn submit(person: &Person, path: &str, name: &str, value: &str) -> reqwest::Response {
    let request = person.post(path).form(&[(name, value)]);
    request.send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whole_sign_ins_are_recorded_without_a_code_a_secret_or_a_whole_destination() {
    let site = Site::start_keyed(Keys::from_hex(KEY).unwrap(), |_| {}).await;
    let mut secrets: Vec<String> = Vec::new();
    let jiro = site.person();
    // A password in the field of the name is in no entry.
    jiro.password("correct horse battery", "jiro").await;
    jiro.password("jiro", "a wrong guess").await;
    let answer = jiro.password("jiro", "demo").await;
    secrets.extend(common::cookie(&answer, "todoita-sign-in"));
    let code = site.code().await;
    let wrong = other(&code);
    assert_eq!(jiro.give(&wrong).await.cause(), "wrong");
    let accepted = jiro.give(&code).await;
    assert!(accepted.accepted());
    secrets.extend(accepted.session);
    secrets.extend([code, wrong]);
    let signed_in = entries(&site).await;
    let expected = [
        "- password wrong",
        "jiro password wrong",
        "jiro password right",
        "jiro sign-in begun sms",
        "jiro code-sent sms 1234",
        "jiro code wrong code-step",
        "jiro code accepted sent",
    ];
    assert_eq!(signed_in, expected);

    let elsewhere = site.signed_in("jiro").await;
    let before = entries(&site).await.len();
    // A number, an authenticator, backup codes.
    submit(&jiro, "/account/number", "phone", "080-1111-2222").await;
    let code = site.code().await;
    let wrong = other(&code);
    submit(&jiro, "/account/number", "code", &wrong).await;
    submit(&jiro, "/account/number", "code", &code).await;
    secrets.extend([code, wrong, "11112222".into(), "90000012".into()]);
    jiro.post("/account/app").send().await.unwrap();
    let page = jiro.page("/account/app").await;
    let secret = page.split("secret=").nth(1).unwrap();
    let secret: String = secret
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let key = todoita::otp::Secret::from_base32(&secret).unwrap();
    let code = todoita::otp::Totp::default().code(&key, site.clock.now());
    let code = code.as_str().to_owned();
    submit(&jiro, "/account/app", "code", &other(&code)).await;
    submit(&jiro, "/account/app", "code", &code).await;
    secrets.extend([other(&code), code, secret]);
    let shown = jiro.post("/account/backup").send().await.unwrap();
    let shown = shown.text().await.unwrap();
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let items = shown
        .split("<li")
        .skip(1)
        .map(|item| item.split("</li").next().unwrap());
    let codes: Vec<String> = items.map(digits).filter(|code| code.len() >= 8).collect();
    assert!(codes.len() >= 10, "{codes:?}");
    secrets.extend(codes.iter().map(|code| code[code.len() - 8..].to_owned()));
    assert!(!elsewhere.signed_in().await);
    jiro.post("/logout").send().await.unwrap();
    let changed = &entries(&site).await[before..];
    let expected = [
        "jiro code-sent sms 2222",
        "jiro code wrong number",
        "jiro factor number-changed 2222",
        "jiro sessions ended the-others",
        "jiro code wrong app",
        "jiro factor authenticator-added",
        "jiro factor backup-codes-renewed",
        "jiro sessions ended signed-out",
    ];
    assert_eq!(changed, expected);

    site.signing_in("sakura").await;
    command(&site, "user end-sessions sakura");
    command(&site, "user disable jiro");
    let last = entries(&site).await;
    let expected = [
        "sakura command done user end-sessions",
        "jiro command done user disable",
    ];
    assert_eq!(last[last.len() - 2..], expected);

    let messages = site.messages().await;
    let texts = messages.iter().map(|message| message.text.as_str());
    secrets.extend(texts.filter(|text| text.contains('#')).map(code_in));
    secrets.extend(["correct horse", "a wrong guess", "demo", "sakura.long", KEY].map(Into::into));
    let export = command(&site, "audit export");
    let lines: Vec<Value> = export
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), last.len());
    let everything = format!("{}\n{export}", last.join("\n"));
    for secret in &secrets {
        assert!(
            secret.len() >= 4 && !everything.contains(secret.as_str()),
            "{secret}"
        );
    }
    let person = |line: &&Value| line["who"] == "person";
    assert!(
        lines
            .iter()
            .filter(person)
            .all(|line| line["network"] == "127.0.0.1")
    );
    let operator = lines.last().unwrap();
    assert_eq!(operator["who"], "operator");
    assert_eq!(operator.get("network"), None);
    assert_eq!(lines[0]["at"], "2026-11-18T11:06:40.000Z");
    assert_eq!(lines[0].get("account"), None, "no such account");

    // The period is half open.
    let none = command(&site, "audit export --until 2026-11-18T11:06:40Z");
    assert_eq!(none, "");
    let of_a_millisecond =
        "audit export --since 2026-11-18T11:06:40Z --until 2026-11-18T11:06:40.001Z";
    assert!(command(&site, of_a_millisecond).lines().count() > 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_a_sign_in_of_another_account_replaces_ends_under_its_own_name() {
    let site = Site::start().await;
    let browser = site.signed_in("jiro").await;
    browser.password("hanako", "demo").await;
    let before = site.count(ALL).await;
    assert!(browser.give(&site.code().await).await.accepted());
    let last = entries_after(&site, before).await;
    let expected = ["hanako code accepted sent", "jiro sessions ended replaced"];
    assert_eq!(last, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_and_what_it_records_are_one_transaction() {
    let site = Site::start().await;
    let jiro = site.signing_in("jiro").await;
    let code = site.code().await;
    let before = entries(&site).await;
    site.refuse_updates("sign_ins").await;
    assert_eq!(jiro.give(&code).await.status, 500);
    assert_eq!(entries(&site).await, before, "nothing was accepted");
    site.allow_updates("sign_ins").await;
    site.refuse_updates("audit").await;
    let unrecorded = site.person().password("jiro", "demo").await;
    assert_eq!(unrecorded.status(), 500);
    assert_eq!(site.count("SELECT COUNT(*) FROM sign_ins").await, 1);
    site.allow_updates("audit").await;
    assert!(jiro.give(&code).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_recorded_when_it_is_used_up_and_what_it_refuses_writes_nothing() {
    let site = Site::start_with(|config| {
        config.login.limits.passwords_per_name_and_address = 3;
        config.login.limits.sends = 3;
        config.login.limits.sends_kept = 0;
        config.login.limits.failures = 2;
    })
    .await;
    for _ in 0..6 {
        site.person().password("jiro", "wrong").await;
    }
    let wrong = "jiro password wrong";
    let reached = "jiro limit reached password-for-name-from-address";
    assert_eq!(entries(&site).await, [wrong, wrong, wrong, reached]);

    site.pass(HOUR);
    let jiro = site.signing_in("jiro").await;
    for _ in 0..4 {
        site.pass(MINUTE);
        jiro.press("resend").await;
    }
    let all = entries(&site).await;
    let sends = all.iter().filter(|entry| entry.contains("code-sent"));
    assert_eq!(sends.count(), 3);
    let limits = all.iter().filter(|entry| entry.contains("sent-to-account"));
    assert_eq!(limits.count(), 1, "{all:?}");

    let wrong = other(&site.code().await);
    for _ in 0..4 {
        jiro.give(&wrong).await;
    }
    let all = entries(&site).await;
    let expected = [
        "jiro code wrong code-step",
        "jiro code wrong code-step",
        "jiro limit reached code-failures",
    ];
    assert_eq!(all[all.len() - 3..], expected, "{all:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_acceptance_codes_are_not_counted_and_not_recorded() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    let before = site.count(ALL).await;
    for n in 0..5 {
        let answer = jiro.give_as("123456", &format!("key {n}")).await;
        assert!(!answer.accepted());
    }
    assert_eq!(site.count(ALL).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_passwords_of_an_hour_are_recorded_up_to_a_bound_and_right_ones_have_their_own() {
    let site = Site::start_with(|config| config.login.audit_passwords = 3).await;
    for n in 0..8 {
        site.person()
            .password(&format!("nobody {n}"), "wrong")
            .await;
    }
    assert_eq!(entries(&site).await, ["- password wrong"; 3]);
    site.signing_in("sakura").await;
    let last = entries_after(&site, 3).await;
    assert_eq!(
        last[..2],
        ["sakura password right", "sakura sign-in begun email"]
    );
    let before = site.count(ALL).await;
    site.pass(HOUR);
    site.person().password("nobody", "wrong").await;
    let next = &entries(&site).await[usize::try_from(before).unwrap()..];
    assert_eq!(next, ["- audit left-out 5", "- password wrong"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn right_passwords_take_no_entry_from_wrong_ones_and_none_is_recorded_as_wrong() {
    let site = Site::start_with(|config| config.login.audit_passwords = 3).await;
    for _ in 0..5 {
        site.signing_in("sakura").await;
    }
    let wrong = async || {
        let all = entries(&site).await;
        all.iter().filter(|entry| entry.contains("wrong")).count()
    };
    assert_eq!(wrong().await, 0);
    let right = "SELECT COUNT(*) FROM audit WHERE action = 'password' AND outcome = 'right'";
    assert_eq!(site.count(right).await, 3);
    for n in 0..4 {
        let person = site.person();
        person.password(&format!("nobody {n}"), "wrong").await;
    }
    assert_eq!(wrong().await, 3);
    // A right password is the first of the next hour.
    let before = site.count("SELECT MAX(id) FROM audit").await;
    site.pass(HOUR);
    site.signing_in("sakura").await;
    let next = entries_after(&site, before).await;
    assert_eq!(next[..2], ["- audit left-out 3", "sakura password right"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_deleted_after_the_configured_time_in_batches() {
    let site = Site::start_with(|config| config.login.audit_kept = 90 * DAY).await;
    site.person().password("jiro", "wrong").await;
    let copies = "INSERT INTO audit (at, who, network, action, outcome, detail) \
                  SELECT at, who, network, action, outcome, detail FROM audit";
    for _ in 0..9 {
        let rows = site.database().await;
        sqlx::query(copies).execute(&rows).await.unwrap();
    }
    site.pass(DAY);
    site.person().password("jiro", "wrong").await;
    assert_eq!(site.count(ALL).await, 513);
    site.pass(89 * DAY);
    sweep::sweep(&site.login).await.unwrap();
    assert_eq!(site.count(ALL).await, 513, "not at the ninetieth day");
    site.pass(1);
    let writes = site.store.write_transactions();
    sweep::sweep(&site.login).await.unwrap();
    assert_eq!(site.count(ALL).await, 1);
    let transactions = site.store.write_transactions() - writes;
    assert!(transactions >= 6, "at most 100 in each: {transactions}");
}
