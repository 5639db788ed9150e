//! Limits of sent codes by what they protect, and what a person who gets none is informed of.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use common::{CHEAP, HOUR, MINUTE, Person, SECOND, Site};
use login::network::Network;
use login::service::Requester;
use login::sign_in::Former;
use login::{counted_code, password_step};

/// Adds accounts and signs each in with its password, from an address of its own or from one; gives how many codes were
/// sent.
async fn sent_to_many(site: &Site, accounts: u8, column: &str, to: impl Fn(u8) -> String) -> i64 {
    let database = site.database().await;
    for n in 0..accounts {
        let insert = format!("INSERT INTO users (name, password, {column}) VALUES ($1, $2, $3)");
        sqlx::query(sqlx::AssertSqlSafe(insert))
            .bind(format!("person {n}"))
            .bind(CHEAP)
            .bind(to(n))
            .execute(&database)
            .await
            .unwrap();
        let requester = Requester {
            host: "localhost".into(),
            lang: "ja",
            network: Network::of([192, 0, n, 1].into()),
            browser: None,
        };
        let name = format!("person {n}");
        let begun =
            password_step::submit(&site.login, &requester, &name, "demo", Former::default()).await;
        assert!(begun.unwrap().is_some());
    }
    site.count("SELECT COUNT(*) FROM sent_codes").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_domain_that_many_people_share_has_no_limit_and_a_range_of_numbers_has_one() {
    let site = Site::start().await;
    let sent = sent_to_many(&site, 130, "email", |n| format!("person{n}@mail.example")).await;
    assert_eq!(sent, 130);
    let site = Site::start().await;
    let sent = sent_to_many(&site, 130, "phone", |n| format!("+81900000{n:04}")).await;
    assert_eq!(sent, 100);
    // A site may set one.
    let site = Site::start_with(|config| config.login.limits.sends_per_domain = Some(3)).await;
    let sent = sent_to_many(&site, 5, "email", |n| format!("person{n}@mail.example")).await;
    assert_eq!(sent, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_budget_for_sms_and_calls_holds_for_all_and_spares_mail() {
    let site = Site::start_with(|config| config.login.limits.sends_paid = 2).await;
    for _ in 0..4 {
        site.signing_in("hanako").await;
    }
    let jiro = site.signing_in("jiro").await;
    assert_eq!(site.messages().await.len(), 2);
    assert_eq!(jiro.press("voice").await.cause(), "limited");
    let changed = "SELECT COUNT(*) FROM sign_ins WHERE channel = 'voice'";
    assert_eq!(site.count(changed).await, 0, "a refusal changes nothing");
    // Mail costs nothing.
    let hanako = site.signing_in("hanako").await;
    assert_eq!(hanako.press("email").await.status, 200);
    assert_eq!(site.messages().await.len(), 3);
    site.pass(HOUR);
    assert_eq!(jiro.press("sms").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_gets_no_code_is_informed_until_when_and_of_what_works() {
    let site = Site::start_with(|config| config.login.limits.sends_per_destination = 1).await;
    site.signing_in("hanako").await;
    // The first code of this sign-in cannot be sent by SMS.
    let hanako = site.signing_in("hanako").await;
    let page = hanako.page("/login/code").await;
    assert!(!page.contains(" channel="), "{page}");
    let sentence = "コードは送っていません。次に送れるのは21:07からです。今は、メール・認証アプリ・バックアップコードが使えます。";
    assert!(page.contains(sentence), "{page}");
    // Methods that the limit would refuse as well are not offered.
    assert!(
        page.contains(r#"alternatives="email app backup""#),
        "{page}"
    );
    // The field's own sentence knows the time, too.
    let alert = "送信や入力が多いため、21:07までお待ちください。";
    assert!(page.contains(alert), "{page}");
    // It stays while no code was sent.
    assert!(hanako.page("/login/code").await.contains(sentence));
    // In JSON, and in English.
    let request = hanako.post("/login/code");
    let request = request.form(&[("code", ""), ("todoita-action", "voice")]);
    let request = request
        .header("accept", "application/json")
        .header("accept-language", "en");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 429);
    assert_eq!(answer.headers()["retry-after"], "3600");
    let body: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(body["cause"], "limited");
    assert_eq!(body["resendAt"], "2026-11-18T12:06:40.000Z");
    assert_eq!(body["open"], serde_json::json!(["email", "app", "backup"]));
    let detail = "We did not send a code. You can get one from 21:07 (UTC+9). You can use this now: email, \
                  authenticator app, backup code.";
    assert_eq!(body["detail"], detail);
    // By the form: shown once, after the redirect.
    let email = hanako.press("email").await;
    assert_eq!(email.status, 200);
    let form = [("code", ""), ("todoita-action", "sms")];
    hanako.post("/login/code").form(&form).send().await.unwrap();
    assert!(
        hanako
            .page("/login/code")
            .await
            .contains("コードは送っていません。")
    );
    assert!(
        !hanako
            .page("/login/code")
            .await
            .contains("コードは送っていません。")
    );
    // Somebody without another method is sent to the support.
    site.signing_in("jiro").await;
    let jiro = site.signing_in("jiro").await;
    let page = jiro.page("/login/code").await;
    assert!(
        page.contains("お急ぎのときは、サポートに連絡してください。"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_the_password_does_not_use_up_the_codes_of_a_known_network() {
    let site = Site::start().await;
    let jiro = site.signing_in("jiro").await;
    assert!(jiro.give(&site.code().await).await.accepted());
    site.pass(HOUR);
    let elsewhere = Requester {
        host: "localhost".into(),
        lang: "ja",
        network: Network::of([192, 0, 2, 1].into()),
        browser: None,
    };
    let sent = async || site.count("SELECT COUNT(*) FROM sent_codes").await;
    let before = sent().await;
    for _ in 0..10 {
        let begun =
            password_step::submit(&site.login, &elsewhere, "jiro", "demo", Former::default()).await;
        assert!(begun.unwrap().is_some());
    }
    assert_eq!(sent().await - before, 5);
    let jiro = site.signing_in("jiro").await;
    assert!(jiro.give(&site.code().await).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_other_accounts_send_to_a_number_takes_no_codes_from_its_owner() {
    let site = Site::start().await;
    let hanako = site.signed_in("hanako").await;
    let taro = site.signing_in("taro").await;
    assert!(taro.give("15937264").await.accepted());
    let mut sent = 0;
    for _ in 0..7 {
        for person in [&hanako, &taro] {
            let post = person
                .post("/account/number")
                .form(&[("phone", "090-0000-1234")]);
            sent += i32::from(post.send().await.unwrap().status() == 303);
            site.pass(15 * SECOND);
        }
    }
    assert_eq!(sent, 5, "of all of them together");
    let jiro = site.signing_in("jiro").await;
    for _ in 0..4 {
        site.pass(MINUTE);
        assert_eq!(jiro.press("sms").await.status, 200);
    }
    assert!(jiro.give(&site.code().await).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_account_keeps_nobody_from_confirming_a_number() {
    let site = Site::start().await;
    let hanako = site.signed_in("hanako").await;
    let propose = async |person: &Person| {
        site.pass(30 * SECOND);
        let post = person.post("/account/number");
        let post = post.form(&[("phone", "080-1111-2222")]);
        post.send().await.unwrap().status().as_u16()
    };
    let mut sent = 0;
    while propose(&hanako).await == 303 {
        sent += 1;
    }
    assert_eq!(sent, 3);
    let jiro = site.signed_in("jiro").await;
    assert_eq!(propose(&jiro).await, 303);
    let message = site.messages().await.pop().unwrap();
    assert_eq!(message.destination, "+818011112222");
    let unlocked = login::operator::unlock(&site.login, "hanako").await;
    unlocked.unwrap();
    assert_eq!(propose(&hanako).await, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_until_another_day_states_the_day() {
    let site = Site::start_with(|config| config.login.limits.failures_per_day = 8).await;
    let hanako = site.signing_in("hanako").await;
    for _ in 0..3 {
        hanako.give("00000000").await;
    }
    let page = hanako.page("/login/code").await;
    assert!(page.contains("明日11月19日 20:07"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_for_codes_is_no_refused_send() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    for _ in 0..5 {
        hanako.give("00000000").await;
    }
    let form = [("code", "00000000")];
    hanako.post("/login/code").form(&form).send().await.unwrap();
    let page = hanako.page("/login/code").await;
    assert!(page.contains(" cause=\"limited\""));
    assert!(!page.contains("コードは送っていません。"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_entry_point_counts_in_one_counter() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    // Another entry point than the code step, of the same account.
    let attempt = counted_code::Attempt {
        user: 1,
        within: b"an enrolment",
        known: false,
    };
    for _ in 0..9 {
        let mut tx = site.login.store.begin_for(1).await.unwrap();
        let now = site.clock.now();
        let counted = counted_code::count(&site.login, &mut *tx, attempt, now).await;
        counted.unwrap().unwrap();
        tx.commit().await.unwrap();
        site.pass(480 * SECOND);
    }
    assert_eq!(hanako.give("00000000").await.cause(), "locked");
    let mut tx = site.login.store.begin_for(1).await.unwrap();
    let now = site.clock.now();
    let closed = counted_code::count(&site.login, &mut *tx, attempt, now).await;
    let closed = closed.unwrap().unwrap_err();
    assert_eq!(closed.until, now + HOUR);
    drop(tx);
    // A success there takes back its own failures alone.
    let mut tx = site.login.store.begin_for(1).await.unwrap();
    counted_code::take_back(&mut *tx, attempt.within)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    site.pass(SECOND);
    hanako.press("resend").await;
    assert_ne!(site.code().await, code);
    assert_eq!(hanako.give("00000001").await.left(), 8);
}
