//! Codes that are not sent: backup codes, and those of an authenticator.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_code_works_once_and_for_its_account_alone() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let jiro = site.signing_in("jiro").await;
    assert_eq!(jiro.give("20718346").await.cause(), "wrong");
    assert!(hanako.give("2071-8346").await.accepted());
    assert_eq!(hanako.give("20718346").await.cause(), "used");
    let again = site.signing_in("hanako").await;
    assert_eq!(again.give("20718346").await.cause(), "wrong");
    assert!(again.give("５９１４０２６８").await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_backup_code_costs_one_slow_hash_whatever_it_is() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let jiro = site.signing_in("jiro").await;
    let hashes = async |person: &common::Person, code: &str, key: &str| {
        let before = site.login.passwords.turns_given();
        let answer = person.give_as(code, key).await;
        (answer, site.login.passwords.turns_given() - before)
    };
    for (person, code, cost) in [
        (&hanako, "20718347", 1), // unknown
        (&jiro, "20718346", 1),   // of an account without backup codes
        (&hanako, "000000", 0),   // a code that is sent
        (&hanako, "not a code", 0),
    ] {
        let (answer, count) = hashes(person, code, code).await;
        assert_eq!((answer.cause(), count), ("wrong", cost), "{code}");
    }
    // The same submission again gets its outcome without one.
    let (answer, count) = hashes(&hanako, "20718347", "20718347").await;
    assert_eq!((answer.cause(), count), ("wrong", 0));
    let (answer, count) = hashes(&hanako, "20718346", "a").await;
    assert_eq!((answer.accepted(), count), (true, 1));
    let (answer, count) = hashes(&hanako, "20718346", "a").await;
    assert_eq!((answer.accepted(), count), (true, 0));
    let (answer, count) = hashes(&hanako, "59140268", "b").await;
    assert_eq!((answer.cause(), count), ("wrong", 0), "the sign-in is over");
    let again = site.signing_in("hanako").await;
    let (answer, count) = hashes(&again, "20718346", "c").await;
    assert_eq!((answer.cause(), count), ("wrong", 1), "consumed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_of_the_queue_of_slow_hashes_is_no_failure() {
    use login::password::Lane;
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let passwords = &site.login.passwords;
    let mut running = Vec::new();
    for _ in 0..4 {
        running.push(passwords.turn(Lane::Open).await.unwrap());
    }
    let waiting: Vec<_> = (0..100)
        .map(|_| {
            let passwords = passwords.clone();
            tokio::spawn(async move { passwords.turn(Lane::Open).await.is_ok() })
        })
        .collect();
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let busy = hanako.give_as("20718346", "a").await;
    assert_eq!((busy.status, busy.cause()), (503, "unknown"));
    assert_eq!(site.count("SELECT COUNT(*) FROM failures").await, 0);
    // A code that was sent needs no turn.
    assert_eq!(hanako.give("000000").await.cause(), "wrong");
    waiting.into_iter().for_each(|task| task.abort());
    drop(running);
    assert!(hanako.give_as("20718346", "a").await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn new_backup_codes_are_shown_once_and_void_the_earlier_ones() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    assert!(hanako.give(&site.code().await).await.accepted());
    let page = hanako
        .post("/account/backup")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let codes: Vec<&str> = page
        .split("<code>")
        .skip(1)
        .map(|part| part.split('<').next().unwrap())
        .collect();
    assert_eq!(codes.len(), 10);
    assert!(
        codes
            .iter()
            .all(|code| code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit()))
    );
    let account = hanako.page("/account").await;
    assert!(!account.contains(codes[0]));
    let made = todoita_server::words::Words::of(todoita_server::words::Lang::Ja)
        .date(site.clock.now(), 540);
    assert!(account.contains(&made), "{account}");
    let stored = site.stored_bytes().await;
    for code in &codes {
        assert!(
            !stored.windows(8).any(|bytes| bytes == code.as_bytes()),
            "{code} is stored in clear"
        );
    }
    let again = site.signing_in("hanako").await;
    assert_eq!(again.give("20718346").await.cause(), "wrong");
    assert!(again.give(codes[9]).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authenticator_code_is_accepted_for_a_later_step_only_and_with_one_step_of_drift() {
    let site = Site::start().await;
    let (totp, secret) = (todoita::otp::Totp::default(), b"taro's demo secret..");
    let secret = todoita::otp::Secret::from_bytes(secret.to_vec()).unwrap();
    let code_at = |time: u64| totp.code(&secret, time).as_str().to_owned();
    let step = 30 * SECOND;
    let now = site.clock.now();
    let taro = site.signing_in("taro").await;
    assert_eq!(
        site.messages().await.len(),
        0,
        "an authenticator's code is not sent"
    );
    assert_eq!(taro.give(&code_at(now - 2 * step)).await.cause(), "wrong");
    assert_eq!(taro.give(&code_at(now + 2 * step)).await.cause(), "wrong");
    assert!(taro.give(&code_at(now)).await.accepted());
    // The same step and the one before it are consumed; white space makes no difference.
    let again = site.signing_in("taro").await;
    assert_eq!(again.give(&code_at(now)).await.cause(), "wrong");
    assert_eq!(
        again.give(&format!(" {} ", code_at(now))).await.cause(),
        "wrong"
    );
    assert_eq!(again.give(&code_at(now - step)).await.cause(), "wrong");
    assert!(again.give(&code_at(now + step)).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_sign_ins_with_one_authenticator_code_exactly_one_is_accepted() {
    let site = Site::start_with(|config| {
        config.login.limits.passwords_per_name = 1_000;
        config.login.limits.passwords_per_name_and_address = 1_000;
        config.login.limits.free_failures = 99;
        config.login.limits.failures = 100;
        config.login.limits.failures_per_day = 200;
        config.login.limits.failures_per_month = 200;
    })
    .await;
    let secret = todoita::otp::Secret::from_bytes(b"taro's demo secret..".to_vec()).unwrap();
    let code = todoita::otp::Totp::default()
        .code(&secret, site.clock.now())
        .as_str()
        .to_owned();
    let mut people = Vec::new();
    for _ in 0..50 {
        people.push(site.signing_in("taro").await);
    }
    let uses: Vec<_> = people
        .into_iter()
        .map(|person| {
            let code = code.clone();
            tokio::spawn(async move { person.give(&code).await })
        })
        .collect();
    let mut accepted = 0;
    for one in uses {
        let answer = one.await.unwrap();
        match answer.accepted() {
            true => accepted += 1,
            false => assert_eq!(answer.cause(), "wrong"),
        }
    }
    assert_eq!(accepted, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_used_at_enrolment_fails_at_the_first_login() {
    let site = Site::start().await;
    let jiro = site.signing_in("jiro").await;
    assert!(jiro.give(&site.code().await).await.accepted());
    assert_eq!(
        jiro.post("/account/app").send().await.unwrap().status(),
        303
    );
    let page = jiro.page("/account/app").await;
    let uri = page
        .split("otpauth://")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let uri = format!(
        "otpauth://{}",
        uri.replace("&#38;", "&").replace("&amp;", "&")
    );
    let key = todoita::otp::KeyUri::read(&uri).unwrap();
    assert_eq!(key.secret.as_bytes().len(), 20, "160 bits");
    let code_at = |time| {
        todoita::otp::Totp::default()
            .code(&key.secret, time)
            .as_str()
            .to_owned()
    };
    let code = code_at(site.clock.now());
    let wrong = jiro
        .post("/account/app")
        .form(&[("code", other(&code).as_str())])
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), 422);
    let proven = jiro
        .post("/account/app")
        .form(&[("code", code.as_str())])
        .send()
        .await
        .unwrap();
    assert_eq!(common::location(&proven), "/account");
    assert!(
        !jiro.page("/account/app").await.contains("otpauth://"),
        "shown until it is confirmed, and never again"
    );
    let stored = site.stored_bytes().await;
    assert!(
        !stored
            .windows(20)
            .any(|bytes| bytes == key.secret.as_bytes()),
        "sealed at rest"
    );

    let again = site.signing_in("jiro").await;
    assert_eq!(again.press("app").await.body["channel"], "app");
    assert_eq!(again.give(&code).await.cause(), "wrong");
    site.pass(30 * SECOND);
    assert!(again.give(&code_at(site.clock.now())).await.accepted());
}
