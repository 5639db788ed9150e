//! Several nodes on one database, which share nothing else: their limits and the single use of codes hold across them.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use common::{MINUTE, Person, SECOND, Site};
use login::clock::Clock;
use reqwest::StatusCode;

/// The same browser at another node: cookies are kept.
fn at(person: &Person, node: &Site) -> Person {
    Person {
        client: person.client.clone(),
        base: node.url(""),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_posts_through_four_nodes_one_is_accepted() {
    let site = Site::start().await;
    let mut nodes = vec![site.another_node().await];
    nodes.push(site.another_node().await);
    nodes.push(site.another_node().await);
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    nodes.push(site);
    let posts: Vec<_> = (0..200)
        .map(|n| {
            let (person, code) = (at(&hanako, &nodes[n % 4]), code.clone());
            tokio::spawn(async move { person.give_as(&code, &format!("key {n}")).await })
        })
        .collect();
    let mut accepted = 0;
    for post in posts {
        let answer = post.await.unwrap();
        accepted += usize::from(answer.accepted());
        assert!(answer.accepted() || answer.session.is_none(), "{answer:?}");
    }
    assert_eq!(accepted, 1);
    let sessions = "SELECT COUNT(*) FROM sessions";
    assert_eq!(nodes[3].count(sessions).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn right_passwords_of_the_same_instant_are_all_taken_back() {
    let site = Site::start().await;
    let other = site.another_node().await;
    let nodes = [other, site];
    // The clock of the tests does not advance: all are counted at the same time.
    let posts: Vec<_> = (0..24)
        .map(|n| {
            let person = nodes[n % 2].person();
            let name = ["hanako", "taro", "jiro"][n % 3];
            tokio::spawn(async move { person.password(name, "demo").await.status() })
        })
        .collect();
    for post in posts {
        assert_eq!(post.await.unwrap(), StatusCode::SEE_OTHER);
    }
    let counted = "SELECT COUNT(*) FROM events WHERE counter LIKE 'password-from%'";
    assert_eq!(nodes[1].count(counted).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_counts_what_every_node_has_let_through() {
    let site =
        Site::start_with(|config| config.login.limits.passwords_per_name_and_address = 3).await;
    let other = site.another_node_with(|config| {
        config.login.limits.passwords_per_name_and_address = 3;
    });
    let nodes = [other.await, site];
    let posts: Vec<_> = (0..8)
        .map(|n| {
            let person = nodes[n % 2].person();
            tokio::spawn(async move { person.password("hanako", "guess").await.status() })
        })
        .collect();
    let mut checked = 0;
    for post in posts {
        checked += usize::from(post.await.unwrap() == StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(checked, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_one_node_is_known_and_ended_at_another() {
    let site = Site::start().await;
    let other = site.another_node().await;
    let hanako = site.signed_in("hanako").await;
    assert!(at(&hanako, &other).signed_in().await);
    let answer = at(&hanako, &other).post("/logout").send().await.unwrap();
    assert!(answer.status().is_redirection(), "{}", answer.status());
    assert!(!hanako.signed_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_whose_clocks_are_30_seconds_apart_accept_each_others_codes_once() {
    let behind = Site::start().await;
    let ahead = behind.clock.now() + 30 * SECOND;
    let ahead = behind.restarted_at(Clock::fixed(ahead)).await;
    for (begun, ended) in [(&behind, &ahead), (&ahead, &behind)] {
        let hanako = begun.signing_in("hanako").await;
        let code = begun.code().await;
        let there = at(&hanako, ended);
        assert!(there.give_as(&code, "a key").await.accepted());
        assert_eq!(hanako.give_as(&code, "another").await.cause(), "used");
        assert!(hanako.signed_in().await && there.signed_in().await);
        begun.pass(2 * MINUTE);
        ended.pass(2 * MINUTE);
    }
    // A code that one node has refused as expired is not accepted by one whose clock is behind.
    let jiro = behind.signing_in("jiro").await;
    let code = behind.code().await;
    for node in [&behind, &ahead] {
        node.pass(9 * MINUTE + 45 * SECOND);
    }
    assert_eq!(at(&jiro, &ahead).give(&code).await.cause(), "expired");
    assert_eq!(jiro.give(&code).await.cause(), "expired");
}
