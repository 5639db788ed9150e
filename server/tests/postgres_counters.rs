//! The locks of counters on PostgreSQL: only what counts takes them, and no two requests wait for each other.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::time::Duration;

use common::{CHEAP, MINUTE, Person, Site, other};
use login::store::{Counter, Store as _};
use tokio::time::timeout;

/// Longer than a request takes, and shorter than the server lets one wait for a lock.
const SOON: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_refused_code_waits_for_no_counter() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let wrong = other(&site.code().await);
    let mut tx = site.store.begin().await.unwrap();
    tx.lock_counters(&[(Counter::SentPaid, "")]).await.unwrap();
    let refused = timeout(SOON, hanako.give(&wrong)).await;
    assert_eq!(refused.unwrap().cause(), "wrong");
    // A request that counts does wait.
    site.pass(MINUTE);
    let resend = tokio::spawn(async move { hanako.press("resend").await.status });
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!resend.is_finished());
    drop(tx);
    assert_eq!(timeout(SOON, resend).await.unwrap().unwrap(), 200);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_code_that_a_limit_of_its_own_refuses_waits_for_no_other_message() {
    let site = Site::start_with(|config| config.login.limits.sends_per_address = 1).await;
    let hanako = site.signing_in("hanako").await;
    site.pass(MINUTE);
    let mut tx = site.store.begin().await.unwrap();
    tx.lock_counters(&[(Counter::SentPaid, "")]).await.unwrap();
    let refused = timeout(SOON, hanako.press("voice")).await.unwrap();
    assert_eq!(refused.cause(), "limited");
    drop(tx);
    assert_eq!(site.messages().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_new_code_and_a_login_as_somebody_else_in_the_same_browser_do_not_refuse_each_other() {
    let site = Site::start().await;
    let browser = site.signing_in("jiro").await;
    for action in ["resend", "voice"] {
        site.pass(MINUTE);
        let mut tx = site.store.begin().await.unwrap();
        tx.lock_counters(&[(Counter::SentPaid, "")]).await.unwrap();
        // Each has done what it does before it counts when it waits for the counter. The first one gets it first.
        let asking = browser.clone();
        let asked = tokio::spawn(async move { asking.press(action).await.status });
        tokio::time::sleep(Duration::from_millis(500)).await;
        let other = browser.clone();
        let login = async move { other.password("hanako", "demo").await.status().as_u16() };
        let login = tokio::spawn(login);
        tokio::time::sleep(Duration::from_millis(1_000)).await;
        assert!(!asked.is_finished() && !login.is_finished());
        drop(tx);
        assert_eq!(asked.await.unwrap(), 200, "{action}");
        assert_eq!(login.await.unwrap(), 303, "{action}");
        let back = browser.password("jiro", "demo").await;
        assert_eq!(back.status().as_u16(), 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_code_with_a_notice_and_another_login_in_the_same_browser_do_not_refuse_each_other() {
    let site = Site::start().await;
    // The notice of a used backup code goes by SMS, and is counted.
    let without_mail = "UPDATE users SET email = NULL WHERE name = 'hanako'";
    let rows = site.database().await;
    sqlx::query(without_mail).execute(&rows).await.unwrap();
    let browser = site.signing_in("hanako").await;
    let mut tx = site.store.begin().await.unwrap();
    tx.lock_counters(&[(Counter::SentPaid, "")]).await.unwrap();
    let giving = browser.clone();
    let given = tokio::spawn(async move { giving.give("20718346").await.accepted() });
    tokio::time::sleep(Duration::from_millis(1_000)).await;
    let login = async move { browser.password("jiro", "demo").await.status().as_u16() };
    let login = tokio::spawn(login);
    tokio::time::sleep(Duration::from_millis(1_000)).await;
    assert!(!given.is_finished() && !login.is_finished());
    drop(tx);
    assert!(given.await.unwrap());
    assert_eq!(login.await.unwrap(), 303);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn transactions_that_lock_the_same_counters_in_any_order_do_not_refuse_each_other() {
    let site = Site::start().await;
    let counters = [
        (Counter::SentPaid, ""),
        (Counter::SentToDomain, "mail.example"),
        (Counter::SentForAddress, "192.0.2.1"),
    ];
    let locked = (0..4_usize).map(|n| {
        let store = site.store.clone();
        tokio::spawn(async move {
            let mut counters = counters;
            counters.rotate_left(n % 3);
            for _ in 0..50 {
                let mut tx = store.begin().await.unwrap();
                tx.lock_counters(&counters).await.unwrap();
                tx.commit().await.unwrap();
            }
        })
    });
    for transactions in locked.collect::<Vec<_>>() {
        transactions.await.unwrap();
    }
}

/// A person with a phone number and a mail address of one domain, whose first code went by SMS.
async fn signing_in(site: &Site, n: usize) -> Person {
    let insert = "INSERT INTO users (name, password, phone, email) VALUES ($1, $2, $3, $4)";
    sqlx::query(insert)
        .bind(format!("person {n}"))
        .bind(CHEAP)
        .bind(format!("+81901234{n:04}"))
        .bind(format!("person{n}@mail.example"))
        .execute(&site.database().await)
        .await
        .unwrap();
    site.signing_in(&format!("person {n}")).await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn people_who_change_between_sms_and_mail_at_once_do_not_refuse_each_other() {
    let site = Site::start_with(|config| {
        let limits = &mut config.login.limits;
        limits.sends_per_domain = Some(1_000);
        limits.sends_per_address = 1_000;
        limits.sends = 1_000;
        limits.sends_per_destination = 1_000;
    })
    .await;
    let mut people = Vec::new();
    for n in 0..8 {
        people.push(signing_in(&site, n).await);
    }
    for (n, person) in people.iter().enumerate() {
        if n % 2 == 0 {
            assert_eq!(person.press("email").await.status, 200);
        }
    }
    for _ in 0..10 {
        site.pass(MINUTE);
        let presses = people.iter().enumerate().map(|(n, person)| {
            let person = person.clone();
            let other = if n % 2 == 0 { "sms" } else { "email" };
            tokio::spawn(async move {
                let there = person.press(other).await.status;
                (there, person)
            })
        });
        for press in presses.collect::<Vec<_>>() {
            assert_eq!(press.await.unwrap().0, 200);
        }
        people.rotate_left(1);
    }
}
