//! Failures: how they are counted, and their waits and locks.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn simultaneous_guesses_never_exceed_the_limit() {
    let site = Site::start().await;
    // Two sign-ins of one account, as an attacker with the password would begin.
    let (one, two) = (
        site.signing_in("hanako").await,
        site.signing_in("hanako").await,
    );
    let code = site.code().await;
    let guesses: Vec<_> = (0..100_u32)
        .map(|n| {
            let person = if n % 2 == 0 { one.clone() } else { two.clone() };
            let guess = format!("{:06}", (code.parse::<u32>().unwrap() + 1 + n) % 1_000_000);
            tokio::spawn(async move { person.give(&guess).await })
        })
        .collect();
    let mut compared = 0;
    for guess in guesses {
        match guess.await.unwrap().cause() {
            "wrong" => compared += 1,
            "limited" => {}
            other => panic!("{other}"),
        }
    }
    // Four are free, the fifth costs a wait.
    assert_eq!(compared, 5);
    assert_eq!(site.count("SELECT COUNT(*) FROM failures").await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_counted_before_the_code_is_verified_and_survives_a_rollback() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    // Every write of the verification fails and is rolled back.
    site.refuse_updates("submissions").await;
    for n in 1..=3 {
        let answer = hanako.give_as(&other(&code), &format!("key {n}")).await;
        assert_eq!((answer.status, answer.cause()), (500, "unknown"));
        assert_eq!(site.count("SELECT COUNT(*) FROM failures").await, n);
    }
    let answer = hanako.give_as(&code, "right").await;
    assert_eq!(answer.status, 500);
    assert!(!hanako.signed_in().await);
    assert_eq!(site.count("SELECT COUNT(*) FROM sessions").await, 0);
    // After the error is gone, the counted submission is verified and not counted twice.
    site.allow_updates("submissions").await;
    assert!(hanako.give_as(&code, "right").await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn waits_grow_from_the_fifth_failure_and_the_tenth_locks_for_an_hour() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    let wrong = other(&code);
    let mut waits = Vec::new();
    for n in 1..=9_u64 {
        let answer = hanako.give(&wrong).await;
        assert_eq!((answer.cause(), answer.left()), ("wrong", 10 - n));
        let Some(retry_at) = answer.body["retryAt"].as_str() else {
            continue;
        };
        // During the wait even the right code is refused, and nothing is counted.
        let early = hanako.give(&code).await;
        assert_eq!(
            (early.status, early.cause(), early.left()),
            (429, "limited", 10 - n)
        );
        assert_eq!(early.body["retryAt"], retry_at);
        let wait = [30, 60, 120, 240, 480][waits.len()] * SECOND;
        site.pass(wait - 1);
        assert_eq!(hanako.give(&code).await.cause(), "limited");
        site.pass(1);
        waits.push(wait);
    }
    assert_eq!(waits.len(), 5);
    let answer = hanako.give(&wrong).await;
    assert_eq!(
        (answer.status, answer.cause(), answer.left()),
        (429, "locked", 0)
    );
    assert!(answer.body["retryAt"].is_string());
    // The lock holds for another sign-in and for a new code.
    let another = site.signing_in("hanako").await;
    assert_eq!(another.give(&wrong).await.cause(), "locked");
    assert_eq!(hanako.press("resend").await.cause(), "locked");
    // It affects no other account.
    let jiro = site.signing_in("jiro").await;
    assert!(jiro.give(&site.code().await).await.accepted());
    // After the hour one failure locks again.
    site.pass(HOUR - 1);
    assert_eq!(hanako.give(&wrong).await.cause(), "locked");
    site.pass(1);
    assert_eq!(hanako.press("resend").await.status, 200);
    assert_eq!(hanako.give(&wrong).await.cause(), "locked");
    site.pass(HOUR);
    assert_eq!(hanako.press("resend").await.status, 200);
    let code = site.code().await;
    assert!(hanako.give(&code).await.accepted());
    // Only a success resets.
    let again = site.signing_in("hanako").await;
    assert_eq!(again.give("00000000").await.left(), 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_counter_counts_every_kind_of_code_and_a_new_code_does_not_reset_it() {
    let site = Site::start().await;
    let one = site.signing_in("hanako").await;
    assert_eq!(one.give(&other(&site.code().await)).await.left(), 9);
    assert_eq!(one.give("00000000").await.left(), 8);
    let two = site.signing_in("hanako").await;
    assert_eq!(two.give(&other(&site.code().await)).await.left(), 7);
    site.pass(30 * SECOND);
    let sent = two.press("resend").await;
    assert_eq!(
        (sent.body["status"].as_str(), sent.left()),
        (Some("sent"), 7)
    );
    assert_eq!(two.press("app").await.left(), 7);
    assert_eq!(two.give(&other(&site.code().await)).await.left(), 6);
    // The form without JavaScript counts as well.
    let form = one
        .post("/login/code")
        .form(&[("code", "00000001")])
        .send()
        .await
        .unwrap();
    assert_eq!(form.status(), 303);
    assert!(
        one.page("/login/code")
            .await
            .contains(r#"attempts-left="5""#)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_resets_the_failures_of_the_code_step_only() {
    let site = Site::start().await;
    let person = site.person();
    for _ in 0..3 {
        assert_eq!(person.password("hanako", "guess").await.status(), 422);
    }
    assert_eq!(person.password("hanako", "demo").await.status(), 303);
    let code = site.code().await;
    person.give(&other(&code)).await;
    assert!(person.give(&code).await.accepted());
    assert_eq!(site.count("SELECT COUNT(*) FROM failures").await, 0);
    assert_eq!(
        site.count("SELECT COUNT(*) FROM events WHERE counter = 'password-for-name'")
            .await,
        3
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_of_the_owner_makes_no_room_for_the_guesses_of_another_sign_in() {
    let site = Site::start().await;
    let guesser = site.signing_in("hanako").await;
    for _ in 0..3 {
        guesser.give("00000000").await;
    }
    let owner = site.signing_in("hanako").await;
    assert_eq!(owner.give("00000000").await.left(), 6);
    assert!(owner.give(&site.code().await).await.accepted());
    // The owner's own mistake is gone, the guesses are not.
    assert_eq!(guesser.give("00000001").await.left(), 6);
}
