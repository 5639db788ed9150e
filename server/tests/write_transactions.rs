//! How many write transactions a request takes: each one waits for the disk and holds the only writer.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use common::{HOUR, Person, SECOND, Site, location, other};
use login::store::Store as _;
use todoita::policy::Failure;

/// The write transactions that a request begins.
async fn writes<T>(site: &Site, request: impl Future<Output = T>) -> (u64, T) {
    let before = site.store.write_transactions();
    let response = request.await;
    (site.store.write_transactions() - before, response)
}

/// Signs in as hanako and gives a code that is wrong.
async fn with_a_wrong_code(site: &Site) -> (Person, String) {
    let hanako = site.signing_in("hanako").await;
    let wrong = other(&site.code().await);
    (hanako, wrong)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_takes_two_write_transactions_and_the_page_after_it_none() {
    let site = Site::start().await;
    let (hanako, wrong) = with_a_wrong_code(&site).await;
    let request = hanako.post("/login/code").form(&[("code", wrong.as_str())]);
    let (count, response) = writes(&site, request.send()).await;
    assert_eq!(location(&response.unwrap()), "/login/code");
    assert_eq!(count, 2);
    let (count, page) = writes(&site, hanako.page("/login/code")).await;
    assert!(page.contains(" cause=\"wrong\""));
    assert_eq!(count, 0, "the page reads only");
    let (count, page) = writes(&site, hanako.page("/login/code")).await;
    assert!(!page.contains(" cause="), "a refusal is shown once");
    assert_eq!(count, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_json_post_takes_two_write_transactions() {
    let site = Site::start().await;
    let (hanako, wrong) = with_a_wrong_code(&site).await;
    let (count, answer) = writes(&site, hanako.give(&wrong)).await;
    assert_eq!((count, answer.cause()), (2, "wrong"));
    let (count, answer) = writes(&site, hanako.give("not a code")).await;
    assert_eq!((count, answer.cause()), (0, "wrong"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_the_limits_refuse_takes_none_and_waits_for_no_lock() {
    let site = Site::start().await;
    let (hanako, wrong) = with_a_wrong_code(&site).await;
    let account = site
        .count("SELECT id FROM users WHERE name = 'hanako'")
        .await;
    let mut tx = site.store.begin_for(account).await.unwrap();
    for n in 0..10 {
        let failure = Failure {
            at: site.clock.now() - n,
            known: false,
        };
        tx.add_failure(account, b"elsewhere", failure)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    // As a code of somebody else's would while it is counted.
    let held = site.store.begin_for(account).await.unwrap();
    let (count, answer) = writes(&site, hanako.give(&wrong)).await;
    assert_eq!((count, answer.cause()), (0, "locked"));
    drop(held);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_takes_two_write_transactions_and_a_wrong_one_takes_one() {
    let site = Site::start().await;
    let (count, _) = writes(&site, site.person().password("hanako", "wrong")).await;
    assert_eq!(count, 1);
    let (count, _) = writes(&site, site.person().password("hanako", "demo")).await;
    assert_eq!(count, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_use_of_a_session_is_written_at_most_once_a_minute() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    for (passed, expected) in [(0, 0), (59 * SECOND, 0), (SECOND, 1), (0, 0), (HOUR / 2, 1)] {
        site.pass(passed);
        let (count, _) = writes(&site, jiro.page("/account")).await;
        assert_eq!(count, expected);
        let (count, _) = writes(&site, jiro.page("/account")).await;
        assert_eq!(count, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_is_dropped_leaves_nothing() {
    let site = Site::start().await;
    let mut tx = site.store.begin_for(1).await.unwrap();
    let failure = Failure {
        at: 5,
        known: false,
    };
    tx.add_failure(1, b"a", failure).await.unwrap();
    assert_eq!(tx.failures(1, 0).await.unwrap(), [failure]);
    drop(tx);
    let mut db = site.store.read().await.unwrap();
    assert!(db.failures(1, 0).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_valid_cookie_no_request_but_a_password_takes_a_write_transaction() {
    let site = Site::start().await;
    let garbage = "todoita-sign-in=aaaa; todoita-session=bbbb";
    for (method, path) in [
        ("GET", "/login/code"),
        ("POST", "/login/code"),
        ("POST", "/login/guide"),
        ("POST", "/logout"),
        ("POST", "/account/backup"),
        ("POST", "/account/app"),
        ("POST", "/account/confirm/app"),
        ("GET", "/account/confirm/app"),
        ("POST", "/account/sessions"),
        ("GET", "/account"),
    ] {
        for cookie in ["", garbage] {
            let request = site.person().client;
            let request = request
                .request(method.parse().unwrap(), site.url(path))
                .header("cookie", cookie)
                .form(&[("code", "123456")]);
            let (count, response) = writes(&site, request.send()).await;
            assert!(!response.unwrap().status().is_server_error());
            assert_eq!(count, 0, "{method} {path} {cookie}");
        }
    }
}
