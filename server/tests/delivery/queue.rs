//! The queue: what is repeated, when, and what is given up.

use login::queue;
use todoita::channel::Channel;

use super::gateway::{Behaviour, Scripted};
use super::holding_gateway::{FREE, enqueue};
use crate::common::{MINUTE, SECOND, Site, code_in};

/// The state of the only message.
async fn state(site: &Site) -> String {
    let all: Vec<String> = sqlx::query_scalar("SELECT state FROM deliveries")
        .fetch_all(&site.database().await)
        .await
        .unwrap();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

const WAITING: &str = "SELECT COUNT(*) FROM messages";

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_attempt_is_repeated_with_the_same_key_and_code_until_the_code_has_expired() {
    let (site, gateway) = (Site::start().await, Scripted::new());
    let login = gateway.of(&site);
    gateway.set(Channel::Sms, Behaviour::Fails);
    site.signing_in("jiro").await;
    for _ in 0..10 * 60 / 5 {
        assert_eq!(queue::deliver_due(&login).await.unwrap(), 0);
        site.pass(5 * SECOND);
    }
    let given = gateway.given();
    // The waits are half to all of 2, 4, 8, 16, 32 and then 60 seconds.
    assert!((13..=25).contains(&given.len()), "{}", given.len());
    assert!(given.iter().all(|attempt| *attempt == given[0]));
    assert_eq!(state(&site).await, "queued");
    // Even if the gateway is back: a code that is worth nothing is not delivered.
    gateway.set(Channel::Sms, Behaviour::Takes);
    site.pass(SECOND);
    assert_eq!(queue::deliver_due(&login).await.unwrap(), 0);
    assert_eq!(gateway.given().len(), given.len());
    assert_eq!(state(&site).await, "expired");
    assert_eq!(site.count(WAITING).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_takes_a_message_and_loses_its_answer_gets_the_same_key_and_code_again() {
    let (site, gateway) = (Site::start().await, Scripted::new());
    let login = gateway.of(&site);
    gateway.set(Channel::Sms, Behaviour::TakesSilently);
    let jiro = site.signing_in("jiro").await;
    queue::deliver_due(&login).await.unwrap();
    gateway.set(Channel::Sms, Behaviour::Takes);
    site.pass(2 * SECOND);
    assert_eq!(queue::deliver_due(&login).await.unwrap(), 1);
    let given = gateway.given();
    assert_eq!(given.len(), 2);
    assert_eq!(given[0], given[1]);
    assert_eq!(state(&site).await, "taken");
    let ids = "SELECT COUNT(*) FROM deliveries WHERE gateway_id = 'gateway-1'";
    assert_eq!(site.count(ids).await, 1);
    assert!(jiro.give(&code_in(&given[1].1.text)).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_after_its_claim_leaves_the_same_message_to_the_next_one() {
    let (site, gateway) = (Site::start().await, Scripted::new());
    let login = gateway.of(&site);
    site.signing_in("jiro").await;
    gateway.set(Channel::Sms, Behaviour::Hangs);
    let worker = tokio::spawn({
        let login = login.clone();
        async move { queue::deliver_due(&login).await.unwrap() }
    });
    while gateway.given().is_empty() {
        tokio::task::yield_now().await;
    }
    worker.abort();
    worker.await.unwrap_err();
    gateway.set(Channel::Sms, Behaviour::Takes);
    assert_eq!(queue::deliver_due(&login).await.unwrap(), 0, "claimed");
    site.pass(59 * SECOND);
    assert_eq!(queue::deliver_due(&login).await.unwrap(), 0, "claimed");
    site.pass(2 * SECOND);
    assert_eq!(queue::deliver_due(&login).await.unwrap(), 1);
    let given = gateway.given();
    assert_eq!(given.len(), 2);
    assert_eq!(given[0], given[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_never_answers_is_left_after_its_time_and_holds_up_no_other_channel() {
    let (site, gateway) = (Site::start().await, Scripted::new());
    let login = gateway.of(&site);
    gateway.set(Channel::Sms, Behaviour::Hangs);
    let person = site.signing_in("hanako").await;
    assert_eq!(person.press("email").await.status, 200);
    assert_eq!(queue::deliver_due(&login).await.unwrap(), 1, "the mail");
    assert_eq!(site.count(WAITING).await, 1);
    gateway.set(Channel::Sms, Behaviour::Takes);
    site.pass(2 * SECOND);
    assert_eq!(queue::deliver_due(&login).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_the_gateway_refuses_for_good_is_given_up_at_once() {
    let (site, gateway) = (Site::start().await, Scripted::new());
    let login = gateway.of(&site);
    gateway.set(Channel::Sms, Behaviour::Refuses);
    site.signing_in("jiro").await;
    queue::deliver_due(&login).await.unwrap();
    site.pass(MINUTE);
    queue::deliver_due(&login).await.unwrap();
    assert_eq!(gateway.given().len(), 1);
    assert_eq!(state(&site).await, "failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_asks_for_a_wait_gets_it() {
    let (site, gateway) = (Site::start().await, Scripted::new());
    let login = gateway.of(&site);
    gateway.set(Channel::Sms, Behaviour::IsBusy(120));
    site.signing_in("jiro").await;
    queue::deliver_due(&login).await.unwrap();
    for (span, given) in [(119 * SECOND, 1), (SECOND, 2)] {
        site.pass(span);
        queue::deliver_due(&login).await.unwrap();
        assert_eq!(gateway.given().len(), given);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_an_earlier_version_has_enqueued_is_delivered_once() {
    let (site, gateway) = (Site::start().await, Scripted::new());
    let login = gateway.of(&site);
    site.signing_in("jiro").await;
    // Earlier versions stored no channel, and nothing of what became of a message.
    let database = site.database().await;
    for change in ["UPDATE messages SET channel = ''", "DELETE FROM deliveries"] {
        sqlx::query(change).execute(&database).await.unwrap();
    }
    assert_eq!(queue::deliver_due(&login).await.unwrap(), 1);
    assert_eq!(gateway.given().len(), 1);
    assert_eq!(site.count(WAITING).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn four_machines_deliver_each_of_many_messages_once() {
    const MESSAGES: usize = 400;
    let (site, gateway) = (Site::start().await, Scripted::new());
    let mut services = vec![gateway.of(&site)];
    for _ in 0..3 {
        services.push(gateway.of(&site.another_node().await));
    }
    // Each claims again and again, while the others do.
    let mut enqueued = enqueue(&services[0], MESSAGES, FREE).await;
    gateway.set(Channel::Sms, Behaviour::TakesAfter(5));
    let workers = services
        .into_iter()
        .map(|service| tokio::spawn(async move { queue::deliver_due(&service).await.unwrap() }));
    let mut taken = 0;
    for worker in workers.collect::<Vec<_>>() {
        taken += worker.await.unwrap();
    }
    let mut keys: Vec<String> = gateway.given().into_iter().map(|(key, _)| key).collect();
    keys.sort();
    enqueued.sort();
    assert_eq!(keys, enqueued);
    assert_eq!(taken, MESSAGES);
    assert_eq!(site.count(WAITING).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_length_of_the_queue_and_the_age_of_its_oldest_message_are_known() {
    let (site, gateway) = (Site::start().await, Scripted::new());
    let login = gateway.of(&site);
    let length = async || {
        let length = queue::length(&login).await.unwrap();
        let age = length.oldest.map(|oldest| site.clock.now() - oldest);
        (length.messages, age)
    };
    assert_eq!(length().await, (0, None));
    site.signing_in("jiro").await;
    site.pass(40 * SECOND);
    site.signing_in("hanako").await;
    assert_eq!(length().await, (2, Some(40 * SECOND)));
    queue::deliver_due(&login).await.unwrap();
    assert_eq!(length().await, (0, None));
}
