//! The pages of an account: enrolment, the step-up before it, sessions.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;
#[path = "account/enrolment.rs"]
mod enrolment;
#[path = "account/meanwhile.rs"]
mod meanwhile;
#[path = "account/number.rs"]
mod number;
#[path = "account/sessions.rs"]
mod sessions;
#[path = "account/step_up.rs"]
mod step_up;

use common::{HOUR, MINUTE, Person, SECOND, Site, location, other};
use reqwest::{Response, StatusCode};
use todoita::otp::{KeyUri, Totp};

/// Posts an empty form.
async fn press(person: &Person, path: &str) -> Response {
    person.post(path).send().await.unwrap()
}

/// The key URI that a page shows.
fn key_uri(page: &str) -> Option<KeyUri> {
    let uri = page.split("otpauth://").nth(1)?.split('"').next()?;
    let uri = uri.replace("&#38;", "&").replace("&amp;", "&");
    Some(KeyUri::read(&format!("otpauth://{uri}")).unwrap())
}

/// Begins an enrolment and reads its key.
async fn proposed(person: &Person) -> KeyUri {
    let response = press(person, "/account/app").await;
    assert_eq!(location(&response), "/account/app");
    key_uri(&person.page("/account/app").await).unwrap()
}

fn code_of(key: &KeyUri, at: u64) -> String {
    Totp::default().code(&key.secret, at).as_str().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_for_a_factor_is_read_for_a_session_alone_and_has_at_most_2_kb() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    let key = proposed(&jiro).await;
    let failures = "SELECT COUNT(*) FROM failures";
    let long = "G-482913+".repeat(340);
    let right = code_of(&key, site.clock.now());
    // As long as a code may be, and right.
    let longest = format!("{right}{}", " ".repeat(2 * 1024 - right.len()));
    for path in ["/account/app", "/account/number"] {
        for (person, status) in [(&jiro, 413), (&site.person(), 403)] {
            let post = person.post(path).form(&[("code", &long)]);
            assert_eq!(post.send().await.unwrap().status(), status, "{path}");
        }
    }
    assert_eq!(site.count(failures).await, 0);
    assert_eq!(location(&confirm(&jiro, &longest).await), "/account");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_factors_of_an_account_are_changed_at_most_ten_times_an_hour_in_a_session() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    let key = proposed(&jiro).await;
    let code = code_of(&key, site.clock.now());
    assert_eq!(location(&confirm(&jiro, &code).await), "/account");
    for _ in 0..9 {
        let renewed = press(&jiro, "/account/backup").await;
        assert_eq!(renewed.status(), StatusCode::OK);
    }
    let codes = "SELECT COUNT(*) FROM events WHERE counter LIKE 'sent-%'";
    let sent = site.count(codes).await;
    for path in ["/account/backup", "/account/app", "/account/number"] {
        let post = jiro.post(path).form(&[("phone", "080-1111-2222")]);
        let refused = post.send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert_eq!(refused.headers()["retry-after"], "3600");
        let page = refused.text().await.unwrap();
        assert!(
            page.contains("今は変更できません。21:07を過ぎてから"),
            "{page}"
        );
    }
    assert_eq!(site.count(codes).await, sent, "no code to the number");
    let reached = "SELECT COUNT(*) FROM audit WHERE action = 'limit' AND detail = 'factor-changed'";
    assert_eq!(site.count(reached).await, 1);
    // Another account; and the same one an hour later.
    let hanako = site.signed_in("hanako").await;
    assert_eq!(
        press(&hanako, "/account/backup").await.status(),
        StatusCode::OK
    );
    site.pass(HOUR);
    let jiro = site.signing_in("jiro").await;
    let code = code_of(&key, site.clock.now());
    assert!(jiro.give(&code).await.accepted());
    let renewed = press(&jiro, "/account/backup").await;
    assert_eq!(renewed.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_was_begun_before_the_limit_was_reached_is_refused_too() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    let key = proposed(&jiro).await;
    let phone = [("phone", "080-1111-2222")];
    let asked = jiro.post("/account/number").form(&phone);
    assert_eq!(location(&asked.send().await.unwrap()), "/account/number");
    let of_number = site.code().await;
    renew_ten_times(&jiro).await;
    let known = site.messages().await.len();
    for (path, code) in [
        ("/account/app", code_of(&key, site.clock.now())),
        ("/account/number", of_number),
    ] {
        let post = jiro.post(path).form(&[("code", &code)]);
        let refused = post.send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert_eq!(refused.headers()["retry-after"], "3600");
    }
    let unchanged = "SELECT COUNT(*) FROM users WHERE name = 'jiro' AND phone_changes = 0 \
                     AND authenticator_secret IS NULL";
    assert_eq!(site.count(unchanged).await, 1);
    assert_eq!(site.messages().await.len(), known);
    // The codes were right, and are no failures.
    assert_eq!(site.count("SELECT COUNT(*) FROM failures").await, 0);
}

/// Makes new backup codes as often as an hour allows.
async fn renew_ten_times(person: &Person) {
    for _ in 0..10 {
        assert_eq!(renewed(person).await.status(), StatusCode::OK);
    }
    let refused = renewed(person).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
}

async fn renewed(person: &Person) -> Response {
    press(person, "/account/backup").await
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_in_one_session_keep_nobody_from_changes_in_one_that_a_sent_code_begins() {
    let site = Site::start().await;
    let intruder = site.signed_in("jiro").await;
    renew_ten_times(&intruder).await;
    let owner = site.signed_in("jiro").await;
    assert_eq!(renewed(&owner).await.status(), StatusCode::OK);
    assert!(!intruder.signed_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_of_codes_that_are_not_sent_share_ten_changes_an_hour() {
    let site = Site::start().await;
    let taro = site.signing_in("taro").await;
    assert!(taro.give("15937264").await.accepted());
    for _ in 0..9 {
        assert_eq!(renewed(&taro).await.status(), StatusCode::OK);
    }
    // New backup codes begin further sessions, as many as one likes.
    let page = renewed(&taro).await.text().await.unwrap();
    let code = page.split("<code>").nth(1).unwrap();
    let digits = code.chars().filter(char::is_ascii_digit).take(8);
    let taro = site.signing_in("taro").await;
    assert!(taro.give(&digits.collect::<String>()).await.accepted());
    let refused = renewed(&taro).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unlocked_user_changes_factors_at_once() {
    let site = Site::start().await;
    let hanako = site.signed_in("hanako").await;
    let taro = site.signing_in("taro").await;
    assert!(taro.give("15937264").await.accepted());
    for (name, person) in [("hanako", &hanako), ("taro", &taro)] {
        renew_ten_times(person).await;
        login::operator::unlock(&site.login, name).await.unwrap();
        assert_eq!(renewed(person).await.status(), StatusCode::OK, "{name}");
    }
}

async fn confirm(person: &Person, code: &str) -> Response {
    let request = person.post("/account/app").form(&[("code", code)]);
    request.send().await.unwrap()
}
