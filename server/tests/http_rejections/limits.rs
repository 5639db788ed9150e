//! The limits on passwords and on sent codes.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn passwords_are_limited_by_name_and_network_also_for_unknown_names() {
    let site = Site::start_with(|config| {
        config.address_header = Some("x-forwarded-for".into());
        config.login.limits.passwords_per_name = 12;
        config.login.limits.passwords_per_name_and_address = 3;
        config.login.limits.passwords_per_address = 6;
        config.login.limits.passwords_per_name_and_range = 12;
    })
    .await;
    let person = site.person();
    let submit = async |name: &str, address: &str| {
        let request = person
            .post("/login")
            .form(&[("name", name), ("password", "guess")]);
        request
            .header("x-forwarded-for", format!("203.0.113.9, {address}"))
            .send()
            .await
            .unwrap()
    };
    for _ in 0..3 {
        assert_eq!(submit("hanako", "192.0.2.1").await.status(), 422);
    }
    let refused = submit("hanako", "192.0.2.1").await;
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "900");
    // An unknown name is limited alike, and so is the network as a whole.
    for _ in 0..3 {
        assert_eq!(submit("nobody", "192.0.2.1").await.status(), 422);
    }
    assert_eq!(submit("taro", "192.0.2.1").await.status(), 429);
    // The limit of the name holds from ever new networks.
    for n in 2..11 {
        assert_eq!(
            submit("hanako", &format!("198.51.{n}.1")).await.status(),
            422
        );
    }
    assert_eq!(submit("hanako", "198.51.99.1").await.status(), 429);
    site.pass(15 * MINUTE);
    assert_eq!(submit("hanako", "192.0.2.1").await.status(), 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_hold_when_only_the_address_changes() {
    let site =
        Site::start_with(|config| config.address_header = Some("x-forwarded-for".into())).await;
    let hanako = site.signing_in("hanako").await;
    let wrong = other(&site.code().await);
    let mut causes = Vec::new();
    for n in 0..7 {
        let request = hanako
            .post("/login/code")
            .form(&[("code", wrong.as_str())])
            .header("accept", "application/json");
        let answer = request
            .header("x-forwarded-for", format!("198.51.100.{n}"))
            .send()
            .await
            .unwrap();
        let body: serde_json::Value = answer.json().await.unwrap();
        causes.push(body["cause"].as_str().unwrap().to_owned());
    }
    assert_eq!(
        causes,
        [
            "wrong", "wrong", "wrong", "wrong", "wrong", "limited", "limited"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_sent_again_after_half_a_minute_and_five_times_an_hour() {
    let site = Site::start().await;
    let jiro = site.signing_in("jiro").await;
    let early = jiro.press("resend").await;
    assert_eq!((early.status, early.cause()), (429, "limited"));
    assert_eq!(site.messages().await.len(), 1);
    // A call instead needs no wait, but counts.
    assert_eq!(jiro.press("voice").await.status, 200);
    site.pass(30 * SECOND);
    for n in 3..=5 {
        let sent = jiro.press("resend").await;
        assert_eq!((sent.status, site.messages().await.len()), (200, n));
        assert_eq!(sent.body["sentAt"], sent.body["now"]);
        site.pass(30 * SECOND);
    }
    let limited = jiro.press("resend").await;
    assert_eq!((limited.status, limited.cause()), (429, "limited"));
    assert!(limited.body["resendAt"].as_str() > limited.body["now"].as_str());
    // Another sign-in and another channel count in the same hour; the sign-in still begins.
    let again = site.signing_in("jiro").await;
    assert_eq!(again.press("voice").await.cause(), "limited");
    assert_eq!(site.messages().await.len(), 5);
    // Sends do not count as failures.
    assert_eq!(limited.left(), 10);
    assert!(jiro.give(&site.code().await).await.accepted());
    site.pass(HOUR);
    assert_eq!(again.press("resend").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn sends_are_limited_by_destination_prefix_and_address_too() {
    // Hanako and Jiro have numbers of one prefix (+81900000....).
    let sent = async |site: &Site, names: &[&str]| {
        for name in names {
            site.signing_in(name).await;
        }
        site.messages().await.len()
    };
    let site = Site::start_with(|config| config.login.limits.sends_per_destination = 2).await;
    assert_eq!(
        sent(&site, &["hanako", "hanako", "hanako", "jiro"]).await,
        3
    );
    let site = Site::start_with(|config| config.login.limits.sends_per_prefix = 2).await;
    assert_eq!(
        sent(&site, &["hanako", "jiro", "hanako", "jiro", "sakura"]).await,
        3
    );
    let site = Site::start_with(|config| config.login.limits.sends_per_address = 2).await;
    assert_eq!(sent(&site, &["hanako", "jiro", "sakura"]).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn right_passwords_use_up_no_limit_and_wrong_ones_beside_them_do() {
    let site = Site::start_with(|config| {
        config.login.limits.passwords_per_name = 4;
        config.login.limits.passwords_per_name_and_address = 4;
        config.login.limits.passwords_per_address = 4;
    })
    .await;
    for _ in 0..3 {
        let wrong = site.person().password("hanako", "wrong").await;
        assert_eq!(wrong.status(), 422);
    }
    // A network with many people, and one person with many devices.
    for name in ["taro", "jiro", "sakura", "taro", "taro", "taro", "taro"] {
        site.signing_in(name).await;
    }
    // The right passwords of others do not make room for guesses.
    let wrong = site.person().password("hanako", "wrong").await;
    assert_eq!(wrong.status(), 422);
    assert_eq!(site.person().password("taro", "demo").await.status(), 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn networks_of_one_customer_meet_a_common_limit_and_others_do_not() {
    let site = Site::start_with(|config| {
        config.address_header = Some("x-forwarded-for".into());
        config.login.limits.passwords_per_subnet = 3;
    })
    .await;
    let submit = async |name: &str, password: &str, network: &str| {
        let request = site.person().post("/login");
        let request = request.form(&[("name", name), ("password", password)]);
        let request = request.header("x-forwarded-for", format!("{network}::1"));
        request.send().await.unwrap().status().as_u16()
    };
    // Four /64 of one /56, with a name each.
    let mut statuses = Vec::new();
    for (name, network) in [
        ("nobody", "2001:db8:1:2300"),
        ("taro", "2001:db8:1:2301"),
        ("jiro", "2001:db8:1:2302"),
        ("hanako", "2001:db8:1:23ff"),
    ] {
        statuses.push(submit(name, "guess", network).await);
    }
    assert_eq!(statuses, [422, 422, 422, 429]);
    // The neighbouring /56 of the same /48.
    assert_eq!(submit("hanako", "demo", "2001:db8:1:2400").await, 303);
}
