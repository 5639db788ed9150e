//! The workers: a destination that hangs, the end of a service, clocks that differ, claims that have lapsed.

use std::time::Duration;

use login::clock::Clock;
use login::queue;
use todoita_server::startup;

use super::holding_gateway::{FREE, HELD, Holding, enqueue};
use crate::common::{SECOND, Site};

const WAITING: &str = "SELECT COUNT(*) FROM messages";

/// Waits until so many messages are in the queue, at most four seconds: less than a worker's pause.
async fn until_waiting(site: &Site, messages: i64) {
    for _ in 0..200 {
        if site.count(WAITING).await == messages {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!(
        "{} messages wait, not {messages}",
        site.count(WAITING).await
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_destination_that_hangs_holds_up_no_other_message() {
    let (site, gateway) = (Site::start().await, Holding::new());
    let login = gateway.of(&site);
    enqueue(&login, 1, HELD).await;
    let background = startup::spawn_background(&login);
    gateway.is_given(1).await;
    // A new one is begun at once, and what became of it is stored before the first has an answer.
    enqueue(&login, 1, FREE).await;
    login.delivery.wake();
    gateway.is_given(1).await;
    until_waiting(&site, 1).await;
    gateway.answer(true);
    until_waiting(&site, 0).await;
    background.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn as_soon_as_one_of_many_attempts_has_ended_another_message_is_begun() {
    let (site, gateway) = (Site::start().await, Holding::new());
    let login = gateway.of(&site);
    enqueue(&login, 25, HELD).await;
    let background = startup::spawn_background(&login);
    gateway.is_given(20).await;
    assert_eq!(gateway.given().len(), 20);
    gateway.answer(true);
    gateway.is_given(1).await;
    until_waiting(&site, 24).await;
    assert_eq!(gateway.given().len(), 21);
    background.stop_within(Duration::ZERO).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_stop_in_the_middle_what_was_taken_is_not_sent_again_and_the_rest_is_due_at_once() {
    let (site, gateway) = (Site::start().await, Holding::new());
    let login = gateway.of(&site);
    // The clock of the machine that goes on is 30 s behind.
    let behind = Clock::fixed(site.clock.now() - 30 * SECOND);
    let other = gateway.of(&site.restarted_at(behind).await);
    let held = enqueue(&login, 5, HELD).await;
    let taken = enqueue(&login, 25, FREE).await;
    let background = startup::spawn_background(&login);
    gateway.is_given(30).await;
    until_waiting(&site, 5).await;
    background.stop_within(Duration::from_millis(100)).await;
    assert_eq!(site.count(WAITING).await, 5);
    for _ in 0..5 {
        gateway.answer(true);
    }
    assert_eq!(queue::deliver_due(&other).await.unwrap(), 5);
    let given = gateway.given();
    let times = |key: &String| given.iter().filter(|it| *it == key).count();
    assert!(held.iter().all(|key| times(key) == 2));
    assert!(taken.iter().all(|key| times(key) == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_whose_clocks_are_30_seconds_apart_hand_a_message_over_once() {
    let site = Site::start().await;
    let ahead = Clock::fixed(site.clock.now() + 30 * SECOND);
    let ahead = site.restarted_at(ahead).await;
    for (first, second) in [(&site, &ahead), (&ahead, &site)] {
        let gateway = Holding::new();
        let (claims, finds) = (gateway.of(first), gateway.of(second));
        enqueue(&claims, 1, HELD).await;
        let worker = tokio::spawn(async move { queue::deliver_due(&claims).await.unwrap() });
        gateway.is_given(1).await;
        // The longest time that an attempt may take.
        for _ in 0..4 {
            assert_eq!(queue::deliver_due(&finds).await.unwrap(), 0);
            first.pass(5 * SECOND);
            second.pass(5 * SECOND);
        }
        assert_eq!(queue::deliver_due(&finds).await.unwrap(), 0);
        gateway.answer(true);
        assert_eq!(worker.await.unwrap(), 1);
        assert_eq!(gateway.given().len(), 1);
        assert_eq!(site.count(WAITING).await, 0);
    }
}

/// Two workers that have the same message, since the claim of the first has lapsed. Gives what each of them has delivered after
/// these answers, of which one takes it: then it is out of the queue, and its report says taken.
async fn after_a_lapsed_claim(site: &Site, answers: [bool; 2]) -> [usize; 2] {
    let gateway = Holding::new();
    let (first, second) = (gateway.of(site), gateway.of(&site.another_node().await));
    let third = gateway.of(site);
    enqueue(&first, 1, HELD).await;
    let first = tokio::spawn(async move { queue::deliver_due(&first).await.unwrap() });
    gateway.is_given(1).await;
    site.pass(61 * SECOND);
    let second = tokio::spawn(async move { queue::deliver_due(&second).await.unwrap() });
    gateway.is_given(1).await;
    let [of_first, of_second] = answers;
    gateway.answer(of_first);
    let first = first.await.unwrap();
    // After any wait for a repetition, and within the second claim.
    site.pass(30 * SECOND);
    assert_eq!(queue::deliver_due(&third).await.unwrap(), 0);
    gateway.answer(of_second);
    let second = second.await.unwrap();
    let given = gateway.given();
    assert_eq!(given.len(), 2);
    assert_eq!(given[0], given[1]);
    assert_eq!(site.count(WAITING).await, 0);
    let states = "SELECT COUNT(*) FROM deliveries WHERE state = 'taken'";
    assert_eq!(site.count(states).await, 1);
    [first, second]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_has_lapsed_changes_nothing_for_the_worker_that_has_the_message_now() {
    let site = Site::start().await;
    assert_eq!(after_a_lapsed_claim(&site, [false, true]).await, [0, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_taken_after_its_claim_had_lapsed_is_not_repeated() {
    let site = Site::start().await;
    assert_eq!(after_a_lapsed_claim(&site, [true, false]).await, [1, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_that_the_database_refuses_is_stored_when_it_is_back_and_nothing_is_sent_again()
{
    let (site, gateway) = (Site::start().await, Holding::new());
    let login = gateway.of(&site);
    enqueue(&login, 1, HELD).await;
    let background = startup::spawn_background(&login);
    gateway.is_given(1).await;
    site.refuse_updates("deliveries").await;
    gateway.answer(true);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(site.count(WAITING).await, 1);
    site.allow_updates("deliveries").await;
    // A worker looks again after five seconds.
    tokio::time::sleep(Duration::from_secs(4)).await;
    until_waiting(&site, 0).await;
    assert_eq!(gateway.given().len(), 1);
    background.stop().await;
}
