//! The code step, rule by rule, over HTTP.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;
#[path = "code_step/failures.rs"]
mod failures;
#[path = "code_step/stored_codes.rs"]
mod stored_codes;

use common::{HOUR, MINUTE, SECOND, Site, code_in, other};

#[tokio::test(flavor = "multi_thread")]
async fn a_sent_code_signs_in_and_is_accepted_once_across_sign_ins() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    assert!(!hanako.signed_in().await);
    let answer = hanako.give(&code).await;
    assert!(answer.accepted(), "{answer:?}");
    assert_eq!(answer.body["location"], "/account");
    assert!(hanako.signed_in().await);

    // The same sign-in gets `used`; another one of the same account gets only `wrong`.
    assert_eq!(hanako.give(&code).await.cause(), "used");
    let another = site.signing_in("hanako").await;
    assert_eq!(another.give(&code).await.cause(), "wrong");
    assert!(!another.signed_in().await);
    assert_eq!(site.count("SELECT COUNT(*) FROM sessions").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_message_is_read_as_its_code() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let message = site.messages().await.pop().unwrap().text;
    assert!(hanako.give(&message).await.accepted(), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_response_is_repeated_without_a_second_session() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    let first = hanako.give_as(&code, "the same").await;
    let again = hanako.give_as(&code, "the same").await;
    assert!(first.accepted() && again.accepted());
    assert_eq!(first.session, again.session);
    assert!(first.session.is_some());
    // Spaces do not make another code; another idempotency key makes another submission.
    assert_eq!(
        hanako
            .give_as(&format!(" {code} "), "the same")
            .await
            .session,
        first.session
    );
    assert_eq!(hanako.give_as(&code, "another").await.cause(), "used");
    assert_eq!(
        hanako.give_as(&other(&code), "the same").await.cause(),
        "wrong"
    );
    assert_eq!(site.count("SELECT COUNT(*) FROM sessions").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_refusal_is_repeated_and_counted_once() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let wrong = other(&site.code().await);
    assert_eq!(hanako.give_as(&wrong, "one").await.left(), 9);
    assert_eq!(hanako.give_as(&wrong, "one").await.left(), 9);
    assert_eq!(hanako.give_as(&wrong, "two").await.left(), 8);
    // An idempotency key does not cover another code.
    assert_eq!(hanako.give_as(&other(&wrong), "one").await.left(), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_session_is_not_resumed_by_its_idempotency_key() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    assert!(hanako.give_as(&code, "the same").await.accepted());
    let database = site.database().await;
    sqlx::query("UPDATE sessions SET ended_at = 1")
        .execute(&database)
        .await
        .unwrap();
    assert_eq!(hanako.give_as(&code, "the same").await.cause(), "used");
    assert!(!hanako.signed_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_ends_session_and_sign_in() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    let session = hanako.give_as(&code, "the same").await.session.unwrap();
    assert_eq!(hanako.post("/logout").send().await.unwrap().status(), 303);
    assert!(!hanako.signed_in().await);
    let other_browser = site
        .person()
        .get("/account")
        .header("cookie", format!("todoita-session={session}"));
    assert_eq!(other_browser.send().await.unwrap().status(), 303);
    let again = hanako
        .post("/login/code")
        .form(&[("code", code.as_str()), ("todoita-attempt", "the same")]);
    assert_eq!(again.send().await.unwrap().status(), 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_simultaneous_posts_exactly_one_is_accepted() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    let posts: Vec<_> = (0..200)
        .map(|n| {
            let (person, code) = (hanako.clone(), code.clone());
            tokio::spawn(async move { person.give_as(&code, &format!("key {n}")).await })
        })
        .collect();
    let mut answers = Vec::new();
    for post in posts {
        answers.push(post.await.unwrap());
    }
    let accepted = answers.iter().filter(|answer| answer.accepted()).count();
    assert_eq!(accepted, 1);
    for answer in answers.iter().filter(|answer| !answer.accepted()) {
        assert!(["used", "limited"].contains(&answer.cause()), "{answer:?}");
        assert_eq!(answer.session, None);
    }
    assert_eq!(site.count("SELECT COUNT(*) FROM sessions").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_posts_with_one_idempotency_key_get_the_same_session() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    let posts: Vec<_> = (0..200)
        .map(|_| {
            let (person, code) = (hanako.clone(), code.clone());
            tokio::spawn(async move { person.give_as(&code, "the same").await })
        })
        .collect();
    let mut sessions = std::collections::BTreeSet::new();
    for post in posts {
        let answer = post.await.unwrap();
        assert!(answer.accepted(), "{answer:?}");
        sessions.insert(answer.session.unwrap());
    }
    assert_eq!(sessions.len(), 1);
    assert_eq!(site.count("SELECT COUNT(*) FROM sessions").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_expires_after_ten_minutes() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    site.pass(10 * MINUTE);
    let answer = hanako.give(&code).await;
    assert_eq!(answer.cause(), "expired");
    assert_eq!(answer.body["expiresAt"], answer.body["now"]);
    let slow = site.signing_in("hanako").await;
    let code = site.code().await;
    site.pass(10 * MINUTE - 1);
    assert!(slow.give(&code).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_servers_clock_counts() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    site.pass(10 * MINUTE);
    let claimed = "2026-11-18T11:06:40.000Z";
    let fields = [
        ("code", code.as_str()),
        ("now", claimed),
        ("sent-at", claimed),
        ("expires-at", "2036-11-18T11:06:40.000Z"),
    ];
    let request = hanako.post("/login/code").form(&fields);
    let request = request.header("date", "Wed, 18 Nov 2026 11:06:40 GMT");
    let answer = request
        .header("accept", "application/json")
        .send()
        .await
        .unwrap();
    let body: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(body["cause"], "expired");
    assert_eq!(body["now"], "2026-11-18T11:16:40.000Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_two_codes_are_valid_and_accepting_one_voids_both() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let first = site.code().await;
    let mut codes = vec![first];
    for _ in 0..2 {
        site.pass(30 * SECOND);
        assert_eq!(hanako.press("resend").await.status, 200);
        codes.push(site.code().await);
    }
    assert_eq!(hanako.give(&codes[0]).await.cause(), "used");
    assert!(hanako.give(&codes[1]).await.accepted());
    assert_ne!(hanako.give(&codes[2]).await.status, 200);
    assert_eq!(site.count("SELECT COUNT(*) FROM sessions").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_bound_to_its_sign_in_and_its_destination() {
    let site = Site::start().await;
    let (one, one_code) = (site.signing_in("hanako").await, site.code().await);
    let (two, two_code) = (site.signing_in("hanako").await, site.code().await);
    assert_ne!(one_code, two_code);
    assert_eq!(two.give(&one_code).await.cause(), "wrong");
    assert_eq!(one.give(&two_code).await.cause(), "wrong");
    // A code sent to a number is void after the account has another number.
    let database = site.database().await;
    sqlx::query("UPDATE users SET phone = '+819000000000' WHERE name = 'hanako'")
        .execute(&database)
        .await
        .unwrap();
    assert_eq!(one.give(&one_code).await.cause(), "wrong");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumed_and_a_wrong_code_get_the_same_bytes_in_another_sign_in() {
    // Two services in the same state; in one of them the typed code was accepted in another sign-in.
    let mut answers = Vec::new();
    for consumed in [true, false] {
        let site = Site::start().await;
        let owner = site.signing_in("hanako").await;
        let code = site.code().await;
        assert!(owner.give(&code).await.accepted());
        let another = site.signing_in("hanako").await;
        let typed = if consumed { code } else { other(&code) };
        let request = another
            .post("/login/code")
            .form(&[("code", typed.as_str())]);
        let answer = request
            .header("accept", "application/json")
            .send()
            .await
            .unwrap();
        let mut head: Vec<String> = answer
            .headers()
            .iter()
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        head.retain(|line| !line.starts_with("date:"));
        let status = answer.status();
        let body = answer.text().await.unwrap();
        // The fresh idempotency key is random; nothing else may differ.
        let (before, id) = body.split_once(r#""todoita-attempt":""#).unwrap();
        let (id, after) = id.split_once('"').unwrap();
        assert_eq!(id.len(), 32);
        answers.push((status, head, before.to_owned(), after.to_owned()));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_code_secret_or_cookie_is_stored_in_clear() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    let session = hanako.give_as(&code, "a key").await.session.unwrap();
    let stored = site.stored_bytes().await;
    let is_stored = |text: &[u8]| stored.windows(text.len()).any(|bytes| bytes == text);
    assert!(
        is_stored(b"hanako@example.com"),
        "the search finds what is there"
    );
    assert!(!is_stored(code.as_bytes()));
    assert!(!is_stored(session.as_bytes()));
    assert!(!is_stored(b"hanako's demo secret"));
    assert!(!is_stored(b"20718346"));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_method_sends_a_code_and_only_the_accounts_methods_are_accepted() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let sms = site.messages().await.pop().unwrap();
    assert_eq!(sms.channel.as_str(), "sms");
    assert_eq!(
        sms.text.lines().last(),
        Some(format!("@127.0.0.1 #{}", code_in(&sms.text)).as_str())
    );
    assert!(sms.text.starts_with(&code_in(&sms.text)), "the code first");
    assert!(sms.text.contains("ひばり便"));

    let called = hanako.press("voice").await;
    assert_eq!(
        (
            called.body["channel"].as_str(),
            called.body["destination"].as_str()
        ),
        (Some("voice"), Some("5678"))
    );
    let call = site.messages().await.pop().unwrap();
    assert_eq!(call.channel.as_str(), "voice");
    let mailed = hanako.press("email").await;
    assert_eq!(mailed.body["destination"], "h•••@example.com");
    let mail = site.messages().await.pop().unwrap();
    assert!(mail.subject.is_some());
    // The newest two: the call and the mail.
    assert_eq!(hanako.give(&code_in(&sms.text)).await.cause(), "used");
    assert!(hanako.give(&code_in(&call.text)).await.accepted());

    let jiro = site.signing_in("jiro").await;
    assert_eq!(jiro.press("email").await.status, 400);
    assert_eq!(jiro.press("app").await.status, 400);
    assert_eq!(jiro.press("carrier-pigeon").await.status, 400);
    let taro = site.signing_in("taro").await;
    assert_eq!(taro.press("resend").await.status, 400);
    assert_eq!(taro.press("backup").await.body["channel"], "backup");
    assert_eq!(taro.press("code").await.body["channel"], "app");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pending_sign_in_expires() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    site.pass(3 * HOUR);
    let late = hanako.post("/login/code").form(&[("code", "000000")]);
    assert_eq!(late.send().await.unwrap().status(), 403);
    assert_eq!(
        hanako.get("/login/code").send().await.unwrap().status(),
        303
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_changes_at_each_step() {
    let site = Site::start().await;
    let person = site.person();
    let planted = "a".repeat(64);
    let request = person
        .post("/login")
        .form(&[("name", "hanako"), ("password", "demo")]);
    let answer = request
        .header("cookie", format!("todoita-sign-in={planted}"))
        .send()
        .await
        .unwrap();
    let given = common::cookie(&answer, "todoita-sign-in").unwrap();
    assert_ne!(given, planted);
    let session = person.give(&site.code().await).await.session.unwrap();
    assert_ne!(session, given);
    // The cookie of one step is not valid at another.
    let swapped = site
        .person()
        .get("/account")
        .header("cookie", format!("todoita-session={given}"));
    assert_eq!(swapped.send().await.unwrap().status(), 303);
    // A new sign-in ends the previous one of the same browser.
    let hanako = site.signing_in("hanako").await;
    let first = site.code().await;
    assert_eq!(hanako.password("hanako", "demo").await.status(), 303);
    assert_eq!(hanako.give(&first).await.cause(), "wrong");
}
