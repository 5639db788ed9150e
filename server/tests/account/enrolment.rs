//! Enrolment of an authenticator.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_proposed_secret_is_shown_in_its_own_session_alone_and_ends_with_it() {
    let site = Site::start().await;
    // Somebody has jiro's session for a moment, at a shared computer.
    let intruder = site.signed_in("jiro").await;
    let planted = proposed(&intruder).await;
    let meanwhile = site.signed_in("jiro").await;
    let page = meanwhile.page("/account/app").await;
    assert!(key_uri(&page).is_none(), "another session at the same time");
    assert_eq!(location(&press(&intruder, "/logout").await), "/");
    assert_eq!(
        site.count("SELECT COUNT(*) FROM authenticator_candidates")
            .await,
        0,
        "deleted with its session"
    );

    let owner = site.signed_in("jiro").await;
    let page = owner.page("/account/app").await;
    assert!(key_uri(&page).is_none(), "a later session");
    let code = code_of(&planted, site.clock.now());
    assert_eq!(
        confirm(&owner, &code).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let own = proposed(&owner).await;
    assert_ne!(own.secret, planted.secret);
    assert_eq!(
        confirm(&owner, &code).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let enrolled = confirm(&owner, &code_of(&own, site.clock.now())).await;
    assert_eq!(location(&enrolled), "/account");

    site.pass(MINUTE);
    let sign_in = site.signing_in("jiro").await;
    let code = code_of(&planted, site.clock.now());
    assert_eq!(sign_in.give(&code).await.cause(), "wrong");
    let code = code_of(&own, site.clock.now());
    assert!(sign_in.give(&code).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposed_secret_can_be_confirmed_for_ten_minutes_and_is_shown_while_the_code_is_fresh() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    let key = proposed(&jiro).await;
    let again = key_uri(&jiro.page("/account/app").await).unwrap();
    assert_eq!(again, key, "the same one for this session");
    // After five minutes the secret is shown no more, also not beside a refusal.
    site.pass(5 * MINUTE);
    let wrong = confirm(&jiro, &other(&code_of(&key, site.clock.now()))).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = wrong.text().await.unwrap();
    assert!(key_uri(&page).is_none() && page.contains("id=\"code\""));
    site.pass(5 * MINUTE - 1);
    let late = jiro.clone();
    let code = code_of(&key, site.clock.now());
    site.pass(1);
    let expired = confirm(&late, &code).await;
    assert_eq!(expired.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = expired.text().await.unwrap();
    assert!(page.contains("期限が切れました") && !page.contains("id=\"code\""));
    assert_eq!(
        site.count(
            "SELECT COUNT(*) FROM users WHERE name = 'jiro' AND authenticator_secret IS NULL"
        )
        .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_at_enrolment_are_failures_of_the_account() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    let key = proposed(&jiro).await;
    let right = code_of(&key, site.clock.now());
    let wrong = other(&right);
    for _ in 0..5 {
        assert_eq!(
            confirm(&jiro, &wrong).await.status(),
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
    // The fifth costs a wait, during which not even the right code is compared.
    let before = site.store.write_transactions();
    let limited = confirm(&jiro, &right).await;
    assert_eq!(site.store.write_transactions(), before);
    assert_eq!(limited.status(), StatusCode::TOO_MANY_REQUESTS);
    let page = limited.text().await.unwrap();
    assert!(page.contains("今は確認できません。20:08を過ぎてから"));
    assert_eq!(
        site.signing_in("jiro").await.give("000000").await.cause(),
        "limited",
        "one counter for all entry points"
    );
    site.pass(30 * SECOND);
    let code = code_of(&key, site.clock.now());
    assert_eq!(location(&confirm(&jiro, &code).await), "/account");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_posts_at_once_one_enrols_an_authenticator_and_both_succeed() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    let key = proposed(&jiro).await;
    let code = code_of(&key, site.clock.now());
    let known = site.messages().await.len();
    let (one, two) = tokio::join!(confirm(&jiro, &code), confirm(&jiro, &code));
    assert_eq!((location(&one), location(&two)), ("/account", "/account"));
    // As after a lost answer.
    assert_eq!(location(&confirm(&jiro, &code).await), "/account");
    assert_eq!(site.messages().await.len(), known + 1, "one notice");
    // The secret is the account's: it is shown no more, and no other code confirms it again.
    let page = jiro.page("/account/app").await;
    assert!(key_uri(&page).is_none() && !page.contains("id=\"code\""));
    site.pass(MINUTE);
    let next = code_of(&key, site.clock.now());
    let other = confirm(&jiro, &next).await;
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.count("SELECT COUNT(*) FROM failures").await, 0);
    // Both codes as any: the first is used, the other one is not.
    let sign_in = site.signing_in("jiro").await;
    assert_eq!(sign_in.give(&code).await.cause(), "wrong");
    assert!(sign_in.give(&next).await.accepted());
    assert_eq!(
        confirm(&jiro, &code).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_with_a_colon_enrols() {
    let site = Site::start().await;
    let database = site.database().await;
    sqlx::query("UPDATE users SET name = 'dept:taro' WHERE name = 'jiro'")
        .execute(&database)
        .await
        .unwrap();
    let taro = site.signed_in("dept:taro").await;
    let key = proposed(&taro).await;
    assert_eq!(key.account, "dept.taro");
    let code = code_of(&key, site.clock.now());
    assert_eq!(location(&confirm(&taro, &code).await), "/account");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_authenticator_is_announced_and_ends_the_other_sessions() {
    let site = Site::start().await;
    let elsewhere = site.signed_in("jiro").await;
    let jiro = site.signed_in("jiro").await;
    let hanako = site.signed_in("hanako").await;
    let key = proposed(&jiro).await;
    assert!(elsewhere.signed_in().await);
    let code = code_of(&key, site.clock.now());
    assert_eq!(location(&confirm(&jiro, &code).await), "/account");
    assert!(jiro.signed_in().await, "this one stays");
    assert!(!elsewhere.signed_in().await);
    assert!(hanako.signed_in().await, "another account");
    let notice = site.messages().await.pop().unwrap();
    assert_eq!(notice.destination, "+819000001234");
    assert!(notice.text.contains("認証アプリが登録されました"));
}
