//! A gateway that is down: the person sees that the code is late and what works now, on every machine, until it is back. It may be
//! the gateway of several channels.

use std::time::Duration;

use login::queue;
use todoita_server::config::delivery::{Gateway, Mail, MailTls};

use super::http_gateway::{Behaviour, HttpGateway};
use crate::common::html::Html;
use crate::common::{MINUTE, Person, SECOND, Site};

/// The sentence above the field, the methods that are offered, and whether the incident is raised.
async fn seen(person: &Person) -> (bool, String, bool) {
    let page = person.page("/login/code").await;
    let field = Html::read(&page).attributes("todoita-code")[0].clone();
    let late = page.contains("SMS・電話で送るコードが遅れています");
    let offered = field["alternatives"].clone();
    (late, offered, field.contains_key("incident"))
}

/// Lets the gateway fail with the messages that wait, three times.
async fn fail_three_times(site: &Site, gateway: &HttpGateway) {
    gateway.set(Behaviour::Answers(503, None));
    for _ in 0..3 {
        queue::deliver_due(&site.login).await.unwrap();
        site.pass(8 * SECOND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_gateway_is_seen_by_everybody_who_waits_with_the_other_methods_until_it_is_back() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    let other_node = gateway.another_node(&site).await;
    let fine = (false, "sms voice app backup".to_owned(), false);
    // Calls go by the same gateway.
    let down = (true, "app backup".to_owned(), true);
    let hanako = site.signing_in("hanako").await;
    assert_eq!(seen(&hanako).await, fine);
    fail_three_times(&site, &gateway).await;
    assert_eq!(seen(&hanako).await, down);
    let elsewhere = other_node.signing_in("hanako").await;
    assert_eq!(seen(&elsewhere).await, down);
    // The guide begins with the incident, and does not offer the channels.
    let guide = hanako.page("/login/guide").await;
    assert!(
        guide.contains("現在、コードが届きにくくなっています"),
        "{guide}"
    );
    assert!(
        !guide.contains(r#"value="voice""#) && !guide.contains(r#"value="sms""#),
        "{guide}"
    );
    gateway.set(Behaviour::Fast);
    site.pass(MINUTE);
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 2);
    assert_eq!(seen(&hanako).await, fine);
    assert_eq!(seen(&elsewhere).await, fine);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_gateway_is_tried_again_with_a_new_code_and_a_person_without_another_method_waits() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site_without_calls().await;
    let jiro = site.signing_in("jiro").await;
    fail_three_times(&site, &gateway).await;
    let page = jiro.page("/login/code").await;
    assert!(
        page.contains("SMSで送るコードが遅れています。復旧しだい届きます"),
        "{page}"
    );
    site.pass(10 * SECOND);
    assert_eq!(jiro.press("resend").await.status, 200);
    // Nobody has tried for five minutes: it is offered again.
    site.pass(5 * MINUTE);
    let fine = (false, "sms app backup".to_owned(), false);
    assert_eq!(seen(&site.signing_in("hanako").await).await, fine);
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_for_several_channels_of_one_gateway_count_together_and_another_gateway_is_offered()
 {
    let gateway = HttpGateway::start().await;
    let site = Site::start_with(|config| {
        config.demo = false;
        config.delivery = gateway.config();
        config.delivery.email = Some(Gateway::Mail);
        config.delivery.mail = Some(Mail {
            server: "127.0.0.1".to_owned(),
            port: gateway.address.port(),
            tls: MailTls::None,
            user: None,
            password_file: None,
            from: "code@login.example".to_owned(),
            ca_file: None,
            timeout: Duration::from_secs(10),
        });
    });
    let site = site.await;
    gateway.set(Behaviour::Answers(503, None));
    let hanako = site.signing_in("hanako").await;
    queue::deliver_due(&site.login).await.unwrap();
    assert_eq!(hanako.press("voice").await.status, 200);
    queue::deliver_due(&site.login).await.unwrap();
    let jiro = site.signing_in("jiro").await;
    let fine = (false, "sms voice".to_owned(), false);
    assert_eq!(seen(&jiro).await, fine);
    // Two by SMS and one by a call.
    queue::deliver_due(&site.login).await.unwrap();
    assert_eq!(
        seen(&hanako).await,
        (true, "email app backup".to_owned(), true)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_fails_for_one_channel_and_answers_for_another_is_down_for_that_one_alone() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    gateway.set(Behaviour::FailsFor("sms"));
    let hanako = site.signing_in("hanako").await;
    for _ in 0..3 {
        queue::deliver_due(&site.login).await.unwrap();
        site.pass(8 * SECOND);
    }
    // Nobody has asked for a call: the whole gateway may be dead.
    let dead = (true, "app backup".to_owned(), true);
    assert_eq!(seen(&hanako).await, dead);
    let again = site.signing_in("hanako").await;
    assert_eq!(again.press("voice").await.status, 200);
    queue::deliver_due(&site.login).await.unwrap();
    let page = hanako.page("/login/code").await;
    assert!(
        page.contains("SMSで送るコードが遅れています。今は、電話・認証アプリ"),
        "{page}"
    );
    assert_eq!(seen(&hanako).await.1, "voice app backup");
}
