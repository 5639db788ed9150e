//! Changes of an account while a request of it is under way.

use std::time::Duration;

use login::clock;
use login::password::Lane;
use login::store::{Store as _, Transaction};
use reqwest::RequestBuilder;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_while_a_password_is_checked_holds() {
    let site = Site::start().await;
    let meanwhile = async |statement: &'static str| {
        let passwords = &site.login.passwords;
        let mut running = Vec::new();
        for _ in 0..4 {
            running.push(passwords.turn(Lane::Open).await.unwrap());
        }
        let jiro = site.person();
        let submitted = tokio::spawn(async move { jiro.password("jiro", "demo").await });
        tokio::time::sleep(Duration::from_millis(500)).await;
        let rows = site.database().await;
        sqlx::query(statement).execute(&rows).await.unwrap();
        drop(running);
        submitted.await.unwrap().status().as_u16()
    };
    let renumbered = "UPDATE users SET phone = '+818011112222' WHERE name = 'jiro'";
    assert_eq!(meanwhile(renumbered).await, 303);
    let sent = site.messages().await.pop().unwrap();
    assert_eq!(sent.destination, "+818011112222");
    let sign_ins = "SELECT COUNT(*) FROM sign_ins";
    for changed in [
        "UPDATE users SET disabled_at = 1 WHERE name = 'jiro'",
        "UPDATE users SET disabled_at = NULL, password = 'another' WHERE name = 'jiro'",
    ] {
        assert_eq!(meanwhile(changed).await, 422, "as a wrong password");
        assert_eq!(site.count(sign_ins).await, 1);
    }
}

/// A transaction that has the lock of another account, as a request of the same browser may, and is not committed yet.
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
    let expired_at = clock::past_everywhere(site.clock.now());
    tx.end_sign_ins_of(account, expired_at).await.unwrap();
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
