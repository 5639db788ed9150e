//! The program ends by SIGKILL while messages are in the gateway's hands.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::gateway::Gateway;
use super::running::{Files, wait_until};
use crate::common::{Person, code_in};

const LIMITS: &str = "sends = 10000\nsends-per-destination = 10000\nsends-per-prefix = 10000\n\
                      sends-per-address = 10000\npasswords-per-name = 10000\npasswords-per-address = 10000";

/// More than the program hands over at a time.
const MESSAGES: usize = 30;
const AT_A_TIME: usize = 20;
/// Messages that the gateway takes, and whose answers the program stores.
const STORED: usize = 4;
/// Messages that it takes in the instant of the crash.
const TAKEN_LAST: usize = 3;

/// Makes all messages due.
const DUE: &str = "UPDATE messages SET due_at = enqueued_at";

/// How often the program is stopped; `cargo xtask faults` asks for more.
fn rounds() -> u64 {
    let asked = std::env::var("TODOITA_CRASHES").ok();
    asked.map_or(2, |rounds| rounds.parse::<u64>().unwrap().div_ceil(10))
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_crash_in_the_middle_of_sending_every_code_arrives_with_one_value_and_one_key() {
    for round in 0..rounds() {
        crash_after(Duration::from_millis(round)).await;
    }
}

/// Stops the program so long after the gateway has taken the last messages.
async fn crash_after(pause: Duration) {
    let gateway = Gateway::start().await;
    let files = Files::new(&gateway, LIMITS).await;
    let mut program = files.start().await;
    let rows = files.rows().await;
    let waiting = async || -> i64 {
        let count = sqlx::query_scalar("SELECT COUNT(*) FROM messages");
        count.fetch_one(&rows).await.unwrap()
    };
    // All are enqueued before the first is handed over: the gateway holds them for less time than an attempt may take.
    gateway.is_busy();
    let mut people: Vec<(Person, String)> = Vec::new();
    for _ in 0..MESSAGES {
        let person = program.signing_in().await;
        let newest = "SELECT idempotency_key FROM deliveries ORDER BY enqueued_at DESC LIMIT 1";
        let key = sqlx::query_scalar(newest).fetch_one(&rows).await.unwrap();
        people.push((person, key));
    }
    let all_seen = async || {
        let postponed = "SELECT COUNT(*) FROM messages WHERE due_at = expires_at";
        let postponed: i64 = sqlx::query_scalar(postponed)
            .fetch_one(&rows)
            .await
            .unwrap();
        postponed == i64::try_from(MESSAGES).unwrap()
    };
    wait_until("all are postponed", all_seen).await;
    gateway.hold();
    sqlx::query(DUE).execute(&rows).await.unwrap();
    let given = |messages| {
        let gateway = gateway.clone();
        async move || gateway.received().len() == messages
    };
    wait_until("all places are taken", given(AT_A_TIME)).await;
    let stored = gateway.take(STORED);
    let left = i64::try_from(MESSAGES - STORED).unwrap();
    wait_until("the answers are stored", async || waiting().await == left).await;
    wait_until("the places are taken again", given(AT_A_TIME + STORED)).await;
    gateway.take(TAKEN_LAST);
    tokio::time::sleep(pause).await;
    // SIGKILL: nothing is put back.
    program.process.kill().await.unwrap();
    let not_stored = waiting().await;
    let least = left - i64::try_from(TAKEN_LAST).unwrap();
    assert!((least..=left).contains(&not_stored), "{not_stored}");

    // In place of the minute in which the claims lapse.
    sqlx::query(DUE).execute(&rows).await.unwrap();
    gateway.answer(202);
    let program = files.start().await;
    wait_until("all are delivered", async || waiting().await == 0).await;
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (key, text) in gateway.received() {
        texts.entry(key).or_default().push(text);
    }
    let enqueued: BTreeSet<&String> = people.iter().map(|(_, key)| key).collect();
    assert_eq!(enqueued.len(), MESSAGES);
    assert_eq!(texts.keys().collect::<BTreeSet<_>>(), enqueued);
    for (key, texts) in &texts {
        assert!(texts.iter().all(|text| *text == texts[0]), "{texts:?}");
        assert!(!stored.contains(key) || texts.len() == 1, "{key} again");
    }
    let repeated = texts.values().filter(|texts| texts.len() > 1).count();
    assert!(repeated >= AT_A_TIME - TAKEN_LAST, "{repeated}");
    for (mut person, key) in people {
        person.base.clone_from(&program.base);
        let answer = person.give(&code_in(&texts[&key][0])).await;
        assert!(answer.accepted(), "{answer:?}");
    }
}
