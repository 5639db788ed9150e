//! The service's time: a system clock that is put back revives nothing, and nothing is locked by one that was ahead.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use common::{HOUR, MINUTE, Person, SECOND, Site, other};
use login::clock::Clock;
use login::{sweep, timekeeping};
use todoita::otp::{Secret, Totp};

fn at(person: &Person, site: &Site) -> Person {
    Person {
        client: person.client.clone(),
        base: site.url(""),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_put_back_revives_and_prolongs_nothing() {
    let site = Site::start().await;
    let jiro = site.signing_in("jiro").await;
    let code = site.code().await;
    site.pass(HOUR);
    assert_eq!(jiro.give_as(&code, "one").await.cause(), "expired");
    site.clock.put_back(51 * MINUTE);
    assert_eq!(jiro.give_as(&code, "two").await.cause(), "expired");

    // A code that was sent before the step is valid for its ten minutes and not for a day.
    assert_eq!(jiro.press("resend").await.status, 200);
    let code = site.code().await;
    site.clock.put_back(24 * HOUR);
    site.pass(10 * MINUTE);
    assert_eq!(jiro.give_as(&code, "three").await.cause(), "expired");
    site.pass(HOUR);
    assert_eq!(jiro.press("resend").await.status, 200);
    assert!(jiro.give(&site.code().await).await.accepted());

    // A session, and a sign-in.
    let half_way = site.signing_in("hanako").await;
    site.pass(13 * HOUR);
    assert!(!jiro.signed_in().await);
    site.clock.put_back(2 * HOUR);
    assert!(!jiro.signed_in().await);
    assert_eq!(half_way.page_status("/login/code").await, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_is_as_long_as_before_after_the_clock_was_put_back() {
    let site = Site::start().await;
    let jiro = site.signing_in("jiro").await;
    let code = site.code().await;
    for _ in 0..5 {
        assert_eq!(jiro.give(&other(&code)).await.cause(), "wrong");
    }
    assert_eq!(jiro.give(&code).await.cause(), "limited");
    site.clock.put_back(24 * HOUR);
    assert_eq!(jiro.give(&code).await.cause(), "limited");
    site.pass(30 * SECOND);
    assert!(jiro.give(&code).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_highest_time_is_kept_across_a_restart() {
    let site = Site::start().await;
    let jiro = site.signing_in("jiro").await;
    let code = site.code().await;
    let sent_at = site.clock.now();
    site.pass(HOUR);
    timekeeping::save(&site.login).await.unwrap();

    let later = site.restarted_at(Clock::fixed(sent_at)).await;
    timekeeping::resume(&later.login).await.unwrap();
    assert_eq!(later.clock.now(), sent_at + HOUR);
    assert_eq!(at(&jiro, &later).give(&code).await.cause(), "expired");

    // Stored or not: a code that was refused as expired stays so.
    let forgetful = site.restarted_at(Clock::fixed(sent_at)).await;
    let again = at(&jiro, &forgetful).give_as(&code, "again").await;
    assert_eq!(again.cause(), "expired");
    // Another code of the same sign-in does not expire with it.
    forgetful.pass(31 * SECOND);
    assert_eq!(at(&jiro, &forgetful).press("resend").await.status, 200);
    let newest = forgetful.code().await;
    assert!(at(&jiro, &forgetful).give(&newest).await.accepted());

    // A sign-in that was counted is a time seen, also before the minute is over.
    site.pass(HOUR);
    site.person().password("nobody", "x").await;
    let counted = site.restarted_at(Clock::fixed(sent_at)).await;
    timekeeping::resume(&counted.login).await.unwrap();
    assert_eq!(counted.clock.now(), sent_at + 2 * HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_ahead_locks_nothing_and_a_reset_brings_the_time_back() {
    let site = Site::start().await;
    let real = site.clock.now();
    site.pass(10 * 365 * 24 * HOUR);
    let jiro = site.signing_in("jiro").await;
    let code = site.code().await;
    for _ in 0..10 {
        jiro.give(&other(&code)).await;
        site.pass(16 * MINUTE);
    }
    assert_eq!(jiro.give(&code).await.cause(), "locked");
    let signed_in = site.signing_in("hanako").await;
    assert!(signed_in.give(&site.code().await).await.accepted());
    site.signed_in("hanako")
        .await
        .post("/logout")
        .send()
        .await
        .unwrap();
    timekeeping::save(&site.login).await.unwrap();

    // The clock is right again: time goes on, ten years ahead.
    let ahead = site.restarted_at(Clock::fixed(real)).await;
    timekeeping::resume(&ahead.login).await.unwrap();
    assert!(ahead.clock.now() > real + 9 * 365 * 24 * HOUR);
    let taro = ahead.signing_in("taro").await;
    let secret = Secret::from_bytes(b"taro's demo secret..".to_vec()).unwrap();
    let app_code = Totp::default().code(&secret, real).as_str().to_owned();
    assert!(
        taro.give(&app_code).await.accepted(),
        "an authenticator goes by the system's clock"
    );
    ahead.pass(HOUR);
    let jiro_again = ahead.signing_in("jiro").await;
    let code = ahead.code().await;
    assert!(jiro_again.give(&code).await.accepted());

    timekeeping::reset(&ahead.login).await.unwrap();
    let reset = site.restarted_at(Clock::fixed(real + 2 * HOUR)).await;
    timekeeping::resume(&reset.login).await.unwrap();
    assert_eq!(reset.clock.now(), real + 2 * HOUR);
    for person in [&signed_in, &taro, &jiro_again] {
        assert!(!at(person, &reset).signed_in().await, "sessions ended");
    }
    // Sign-ins and sessions that had ended before the reset go too: their times are those of the wrong clock.
    sweep::sweep(&reset.login).await.unwrap();
    for ended in [
        "SELECT COUNT(*) FROM sign_ins",
        "SELECT COUNT(*) FROM sent_codes",
        "SELECT COUNT(*) FROM sessions",
    ] {
        assert_eq!(reset.count(ended).await, 0, "{ended}");
    }
    let hanako = reset.signing_in("hanako").await;
    assert!(hanako.give(&reset.code().await).await.accepted());
}
