//! A fresh code before a factor is changed.

use super::*;

const STEP_UPS: [(&str, &str); 3] = [
    ("/account/confirm/app", "/account/app"),
    ("/account/confirm/backup", "/account/backup"),
    ("/account/confirm/number", "/account/number"),
];

/// A person whose last code is no longer fresh.
async fn stale(site: &Site, name: &str) -> Person {
    let person = site.signed_in(name).await;
    site.pass(5 * MINUTE);
    person
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_fresh_code_no_factor_changes_and_no_secret_is_shown() {
    let site = Site::start().await;
    let hanako = stale(&site, "hanako").await;
    let factors = "SELECT (SELECT COUNT(*) FROM backup_codes WHERE consumed_at IS NULL) \
                   + (SELECT COUNT(*) FROM authenticator_candidates)";
    let before = site.count(factors).await;
    let known = site.messages().await.len();
    for (step_up, page) in STEP_UPS {
        let change = || match page {
            "/account/number" => hanako.post(page).form(&[("phone", "080-1111-2222")]),
            _ => hanako.post(page),
        };
        for request in [change(), hanako.get(page)] {
            let response = request.send().await.unwrap();
            assert_eq!(location(&response), step_up);
        }
        let json = change().header("accept", "application/json");
        assert_eq!(json.send().await.unwrap().status(), StatusCode::FORBIDDEN);
        // The page asks before anything is sent.
        assert!(hanako.page(step_up).await.contains("本人確認"));
    }
    assert_eq!(site.count(factors).await, before);
    assert_eq!(site.messages().await.len(), known);
    assert_eq!(
        press(&hanako, "/account/confirm/elsewhere").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_the_sign_in_is_fresh_for_five_minutes() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    site.pass(5 * MINUTE - 1);
    for (step_up, page) in STEP_UPS {
        assert_eq!(location(&press(&jiro, step_up).await), page);
        jiro.page(page).await;
    }
    site.pass(1);
    for (step_up, _) in STEP_UPS {
        assert_eq!(location(&press(&jiro, step_up).await), step_up);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_up_leads_on_with_a_new_cookie_and_ends_when_its_session_would_have() {
    let site = Site::start().await;
    for (step_up, page) in STEP_UPS {
        let jiro = site.signing_in("jiro").await;
        let former = jiro.give(&site.code().await).await.session.unwrap();
        site.pass(5 * MINUTE);
        let known = site.messages().await.len();
        assert_eq!(location(&press(&jiro, step_up).await), step_up);
        assert_eq!(site.messages().await.len(), known + 1);
        // Once more, or a reload: no second code.
        assert_eq!(location(&press(&jiro, step_up).await), step_up);
        assert_eq!(site.messages().await.len(), known + 1);
        let shown = jiro.page(step_up).await;
        assert!(
            shown.contains("<todoita-code") && shown.contains(&format!("action=\"{step_up}\""))
        );
        let code = site.code().await;
        let form = jiro.post(step_up).form(&[("code", other(&code))]);
        assert_eq!(location(&form.send().await.unwrap()), step_up);
        assert!(jiro.page(step_up).await.contains(" cause=\"wrong\""));
        assert_eq!(location(&jiro.get(page).send().await.unwrap()), step_up);
        let form = jiro.post(step_up).form(&[("code", &code)]);
        let response = form.send().await.unwrap();
        assert_eq!(location(&response), page);
        let cookie = common::cookie(&response, "todoita-session");
        assert!(cookie.is_some_and(|cookie| cookie != former));
        jiro.page(page).await;
        let old = site.person().get("/account");
        let old = old.header("cookie", format!("todoita-session={former}"));
        assert_eq!(old.send().await.unwrap().status(), StatusCode::SEE_OTHER);
        assert_eq!(
            site.count("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL")
                .await,
            1
        );
        // The step-up does not prolong the session.
        let lives: i64 = site
            .count("SELECT MAX(expires_at) - MIN(expires_at) FROM sessions")
            .await;
        assert_eq!(lives, 0);
        assert_eq!(location(&press(&jiro, "/logout").await), "/");
        let database = site.database().await;
        sqlx::query("DELETE FROM sessions")
            .execute(&database)
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_up_asks_for_the_authenticators_code_and_offers_the_other_methods() {
    let site = Site::start().await;
    let hanako = stale(&site, "hanako").await;
    let known = site.messages().await.len();
    press(&hanako, "/account/confirm/app").await;
    assert_eq!(site.messages().await.len(), known, "nothing is sent");
    let page = hanako.page("/account/confirm/app").await;
    assert!(page.contains(" channel=\"app\""));
    assert!(page.contains("value=\"sms\"") && page.contains("value=\"email\""));
    let fields = [("code", ""), ("todoita-action", "email")];
    let sent = hanako.ask_at("/account/confirm/app", &fields).await;
    assert_eq!(sent.body["channel"], "email");
    let code = site.code().await;
    let given = hanako
        .ask_at("/account/confirm/app", &[("code", &code)])
        .await;
    assert!(given.accepted());
    assert_eq!(given.body["location"], "/account/app");
    // Any factor of the account will do.
    site.pass(5 * MINUTE);
    press(&hanako, "/account/confirm/app").await;
    let given = hanako
        .ask_at("/account/confirm/app", &[("code", "20718346")])
        .await;
    assert!(given.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_up_of_an_account_without_phone_and_mail_takes_its_authenticators_code() {
    let site = Site::start().await;
    let secret = todoita::otp::Secret::from_bytes(b"taro's demo secret..".to_vec()).unwrap();
    let code_at = |at| Totp::default().code(&secret, at).as_str().to_owned();
    let taro = site.signing_in("taro").await;
    let first = code_at(site.clock.now());
    assert!(taro.give(&first).await.accepted());
    site.pass(5 * MINUTE);
    press(&taro, "/account/confirm/backup").await;
    let path = "/account/confirm/backup";
    assert_eq!(
        taro.ask_at(path, &[("code", &first)]).await.cause(),
        "wrong"
    );
    let code = code_at(site.clock.now());
    assert!(taro.ask_at(path, &[("code", &code)]).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_of_a_step_up_are_failures_of_the_account() {
    let site = Site::start().await;
    let jiro = stale(&site, "jiro").await;
    let path = "/account/confirm/app";
    press(&jiro, path).await;
    let code = site.code().await;
    let left = jiro.ask_at(path, &[("code", &other(&code))]).await.left();
    assert_eq!(left, 9);
    for _ in 0..4 {
        jiro.ask_at(path, &[("code", &other(&code))]).await;
    }
    let limited = jiro.ask_at(path, &[("code", &code)]).await;
    assert_eq!((limited.status, limited.cause()), (429, "limited"));
    let elsewhere = site.signing_in("jiro").await;
    assert_eq!(elsewhere.give("000000").await.cause(), "limited");
    site.pass(30 * SECOND);
    assert!(jiro.ask_at(path, &[("code", &code)]).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_of_a_step_up_is_given_again_and_its_code_is_accepted_once() {
    let site = Site::start().await;
    let jiro = site.signing_in("jiro").await;
    let cookie = jiro.give(&site.code().await).await.session.unwrap();
    site.pass(5 * MINUTE);
    let path = "/account/confirm/app";
    press(&jiro, path).await;
    let code = site.code().await;
    // The browser keeps its old cookie when the answer is lost.
    let post = async |key: &str| {
        let fields = [("code", code.as_str()), ("todoita-attempt", key)];
        let request = site.person().post(path).form(&fields);
        let cookie = format!("todoita-session={cookie}");
        let response = request.header("cookie", cookie).send().await.unwrap();
        let session = common::cookie(&response, "todoita-session");
        (location(&response).to_owned(), session)
    };
    let (first, again) = (post("a").await, post("a").await);
    assert_eq!(first.0, "/account/app");
    assert!(first.1.is_some());
    assert_eq!(first, again);
    assert_eq!(post("b").await, (path.to_owned(), None), "used");
    assert_eq!(
        site.count("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL")
            .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_up_ends_with_its_session_and_belongs_to_it_alone() {
    let site = Site::start().await;
    let jiro = stale(&site, "jiro").await;
    let path = "/account/confirm/app";
    press(&jiro, path).await;
    let code = site.code().await;
    // Another session of the account has no step-up to complete.
    let another = stale(&site, "jiro").await;
    let form = another.post(path).form(&[("code", &code)]);
    assert_eq!(location(&form.send().await.unwrap()), path);
    assert!(another.page(path).await.contains("コードの確認へ進む"));
    // Signed out elsewhere: the right code begins no session.
    assert_eq!(
        location(&press(&another, "/account/sessions").await),
        "/account"
    );
    let form = jiro.post(path).form(&[("code", &code)]);
    let response = form.send().await.unwrap();
    assert_eq!(common::cookie(&response, "todoita-session"), None);
    assert!(!jiro.signed_in().await);
}
