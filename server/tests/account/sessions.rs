//! Sessions: how they end.

use std::time::Duration;

use login::store::{Store as _, Transaction};
use reqwest::RequestBuilder;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_an_hour_without_use_and_after_twelve_hours_in_any_case() {
    let site = Site::start().await;
    let idle = site.signed_in("jiro").await;
    site.pass(HOUR);
    assert!(!idle.signed_in().await);

    let active = site.signed_in("jiro").await;
    for _ in 0..12 {
        site.pass(HOUR - MINUTE);
        assert!(active.signed_in().await);
    }
    site.pass(12 * MINUTE);
    assert!(!active.signed_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_spans_of_sessions_are_the_operators() {
    let site = Site::start_with(|config| {
        config.login.session_idle = 3 * MINUTE;
        config.login.session_life = 5 * MINUTE;
        config.login.fresh_for = 2 * MINUTE;
    })
    .await;
    let jiro = site.signed_in("jiro").await;
    site.pass(2 * MINUTE);
    let response = jiro.get("/account/app").send().await.unwrap();
    assert_eq!(location(&response), "/account/confirm/app");
    site.pass(2 * MINUTE);
    assert!(jiro.signed_in().await);
    site.pass(MINUTE);
    assert!(!jiro.signed_in().await);
    let idle = site.signed_in("jiro").await;
    site.pass(3 * MINUTE);
    assert!(!idle.signed_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_sign_in_in_the_same_browser_ends_the_former_session() {
    let site = Site::start().await;
    let browser = site.signing_in("jiro").await;
    let former = browser.give(&site.code().await).await.session.unwrap();
    let live = async || {
        let cookie = format!("todoita-session={former}");
        let request = site.person().get("/account").header("cookie", cookie);
        request.send().await.unwrap().status() == StatusCode::OK
    };
    assert_eq!(browser.password("hanako", "demo").await.status(), 303);
    assert!(live().await, "a password alone is no sign-in");
    let elsewhere = site.signed_in("jiro").await;
    assert!(live().await, "another browser");
    assert_eq!(browser.password("hanako", "demo").await.status(), 303);
    let given = browser.give(&site.code().await).await;
    assert!(given.accepted());
    assert!(!live().await, "whoever's it was");
    assert!(browser.page("/account").await.contains("hanako"));
    assert!(elsewhere.signed_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn new_backup_codes_end_the_other_sessions() {
    let site = Site::start().await;
    let elsewhere = site.signed_in("hanako").await;
    let hanako = site.signed_in("hanako").await;
    let made = press(&hanako, "/account/backup").await;
    assert_eq!(made.status(), StatusCode::OK);
    assert!(hanako.signed_in().await);
    assert!(!elsewhere.signed_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_sessions_are_counted_and_can_be_ended() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    assert!(
        jiro.page("/account")
            .await
            .contains("ほかにログインしている機器はありません")
    );
    let (one, two) = (site.signed_in("jiro").await, site.signed_in("jiro").await);
    let hanako = site.signed_in("hanako").await;
    assert!(jiro.page("/account").await.contains("2台の機器"));
    assert_eq!(location(&press(&one, "/logout").await), "/");
    assert!(jiro.page("/account").await.contains("1台の機器"));
    let known = site.messages().await.len();
    let ended = press(&jiro, "/account/sessions").await;
    assert_eq!(location(&ended), "/account");
    assert!(!two.signed_in().await);
    assert!(jiro.signed_in().await && hanako.signed_in().await);
    let notices = site.messages().await.split_off(known);
    assert_eq!(notices.len(), 1);
    assert!(notices[0].text.contains("ログアウト"));
    // With none to end nothing happens and nobody is informed.
    press(&jiro, "/account/sessions").await;
    assert_eq!(site.messages().await.len(), known + 1);
    assert_eq!(
        press(&site.person(), "/account/sessions").await.status(),
        StatusCode::FORBIDDEN
    );
}

/// What has the lock of another account, as a request of the same browser may, and is not committed yet.
async fn uncommitted(site: &Site) -> Box<dyn Transaction> {
    let other = site.count("SELECT id FROM users WHERE name = 'hanako'");
    site.store.begin_for(other.await).await.unwrap()
}

/// Submits a request, which waits until a transaction is committed.
async fn submitted_before(tx: Box<dyn Transaction>, request: RequestBuilder) -> Response {
    let submitted = tokio::spawn(request.send());
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!submitted.is_finished());
    tx.commit().await.unwrap();
    submitted.await.unwrap().unwrap()
}

const LIVE: &str = "SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL";

#[tokio::test(flavor = "multi_thread")]
async fn a_step_up_whose_session_ends_at_that_moment_begins_no_other() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    site.pass(5 * MINUTE);
    press(&jiro, "/account/confirm/app").await;
    let form = [("code", site.code().await)];
    let rows = sqlx::query_scalar("SELECT sign_in FROM sessions");
    let session: Vec<u8> = rows.fetch_one(&site.database().await).await.unwrap();
    let mut tx = uncommitted(&site).await;
    let ended = tx.end_session(&session, site.clock.now()).await.unwrap();
    assert!(ended.is_some());
    let post = jiro.post("/account/confirm/app").form(&form);
    let answer = submitted_before(tx, post).await;
    assert!(common::cookie(&answer, "todoita-session").is_none());
    assert_eq!(site.count(LIVE).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_is_ended_at_that_moment_begins_no_session() {
    let site = Site::start().await;
    let jiro = site.signing_in("jiro").await;
    let form = [("code", site.code().await)];
    let account = site.count("SELECT account FROM sign_ins").await;
    let mut tx = uncommitted(&site).await;
    tx.end_sign_ins_of(account, site.clock.now()).await.unwrap();
    let answer = submitted_before(tx, jiro.post("/login/code").form(&form)).await;
    assert!(common::cookie(&answer, "todoita-session").is_none());
    assert_eq!(site.count(LIVE).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_waits_for_what_happens_in_its_account() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    let account = site.count("SELECT account FROM sessions").await;
    let tx = site.store.begin_for(account).await.unwrap();
    let answer = submitted_before(tx, jiro.post("/logout")).await;
    assert_eq!(location(&answer), "/");
    assert_eq!(site.count(LIVE).await, 0);
}
