//! Sessions: how they end.

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
