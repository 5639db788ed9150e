//! A gateway that takes every message and delivers none, or reports many as failed: people see a notice and are refused nothing, and an
//! alarm is raised, until codes arrive again.

use std::ops::Range;

use login::gateway_health::{self, Doubt};
use login::network::Network;
use login::password_step;
use login::queue;
use login::service::Requester;
use login::sign_in::Former;
use login::sweep;
use todoita::channel::Channel;

use super::http_gateway::{Behaviour, HttpGateway};
use super::reports::report;
use crate::common::html::Html;
use crate::common::{CHEAP, MINUTE, Person, SECOND, Site, code_in};

/// Adds accounts with a number of their own, and signs each in with its password: a code is sent to each by SMS.
async fn send_to(site: &Site, people: Range<u8>) {
    let database = site.database().await;
    for n in people {
        let name = format!("person {n}");
        sqlx::query("INSERT INTO users (name, password, phone) VALUES ($1, $2, $3)")
            .bind(&name)
            .bind(CHEAP)
            .bind(format!("+81900001{n:04}"))
            .execute(&database)
            .await
            .unwrap();
        let requester = Requester {
            host: "localhost".into(),
            lang: "ja",
            network: Network::of([192, 0, n, 1].into()),
            browser: None,
        };
        let begun =
            password_step::submit(&site.login, &requester, &name, "demo", Former::default()).await;
        assert!(begun.unwrap().is_some());
    }
    queue::deliver_due(&site.login).await.unwrap();
}

/// The notice above the field, what is offered, and whether the incident is raised.
async fn seen(person: &Person) -> (String, String, bool) {
    let page = Html::read(&person.page("/login/code").await);
    let field = page.attributes("todoita-code")[0].clone();
    let notices = page.attributes("p").into_iter();
    let notice = notices.filter_map(|it| it.get("data-notice").cloned());
    (
        notice.collect(),
        field["alternatives"].clone(),
        field.contains_key("incident"),
    )
}

/// The doubts about SMS and calls.
async fn doubts(site: &Site) -> [Option<Doubt>; 2] {
    let alarms = gateway_health::alarms(&site.login).await.unwrap();
    assert!(alarms.iter().all(|alarm| !alarm.down));
    [Channel::Sms, Channel::Voice].map(|channel| {
        let alarm = alarms.iter().find(|alarm| alarm.channel == channel);
        alarm.unwrap().doubt
    })
}

fn fine() -> (String, String, bool) {
    (String::new(), "sms voice app backup".into(), false)
}

fn doubtful() -> (String, String, bool) {
    ("doubtful".into(), "sms voice app backup".into(), true)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_whose_codes_nobody_enters_is_doubted_on_every_machine_until_one_is_entered() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    let other_node = gateway.another_node(&site).await;
    send_to(&site, 0..19).await;
    // A gateway that lies reports the first ones as delivered.
    for message in &gateway.received()[..10] {
        assert_eq!(report(&site, "delivered", &message.id).await, 204);
    }
    site.pass(5 * MINUTE);
    send_to(&site, 19..20).await;
    site.pass(5 * MINUTE);
    // The last of twenty codes is still worth something.
    let hanako = site.signing_in("hanako").await;
    assert_eq!(seen(&hanako).await, fine());
    assert_eq!(doubts(&site).await, [None; 2]);
    queue::deliver_due(&site.login).await.unwrap();
    let code = code_in(
        gateway.received().pop().unwrap().body["data"]["text"]
            .as_str()
            .unwrap(),
    );
    site.pass(5 * MINUTE);
    assert_eq!(seen(&hanako).await, doubtful());
    // Calls go through the same gateway.
    assert_eq!(doubts(&site).await, [Some(Doubt::Silent); 2]);
    assert_eq!(doubts(&other_node).await, [Some(Doubt::Silent); 2]);
    let page = hanako.page("/login/code").await;
    let sentence = "SMSで送るコードが届きにくくなっています。届かないときは、認証アプリ・バックアップコードが使えます。";
    assert!(page.contains(sentence), "{page}");
    assert!(!page.contains("通常は1分以内に届きます"), "{page}");
    let guide = hanako.page("/login/guide").await;
    assert!(
        guide.contains("現在、コードが届きにくくなっています"),
        "{guide}"
    );
    // Nobody is refused: a code is sent, arrives, and is accepted.
    assert_eq!(
        other_node
            .signing_in("hanako")
            .await
            .press("voice")
            .await
            .status,
        200
    );
    assert!(hanako.give(&code).await.accepted());
    assert_eq!(doubts(&other_node).await, [None; 2]);
    // Pages have the doubts of at most five seconds ago.
    let again = site.signing_in("hanako").await;
    assert_eq!(seen(&again).await, doubtful());
    site.pass(5 * SECOND);
    assert_eq!(seen(&again).await, fine());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_became_of_a_code_is_known_after_its_person_has_signed_out_or_in_again() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    send_to(&site, 0..18).await;
    // Who gets no code signs in again: two codes that nobody has entered.
    let jiro = site.signing_in("jiro").await;
    jiro.password("jiro", "demo").await;
    queue::deliver_due(&site.login).await.unwrap();
    site.pass(10 * MINUTE);
    sweep::sweep(&site.login).await.unwrap();
    assert_eq!(doubts(&site).await, [Some(Doubt::Silent); 2]);
    // One that was entered, in a session that has ended since.
    let hanako = site.signing_in("hanako").await;
    queue::deliver_due(&site.login).await.unwrap();
    let message = gateway.received().pop().unwrap();
    let code = code_in(message.body["data"]["text"].as_str().unwrap());
    assert!(hanako.give(&code).await.accepted());
    hanako.post("/logout").send().await.unwrap();
    assert!(!hanako.signed_in().await);
    assert_eq!(hanako.page_status("/login/code").await, 303, "ended");
    sweep::sweep(&site.login).await.unwrap();
    assert_eq!(doubts(&site).await, [None; 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_reports_the_codes_of_many_people_as_failed_is_doubted_at_once() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    let hanako = site.signing_in("hanako").await;
    send_to(&site, 0..10).await;
    let others = gateway.received().into_iter();
    let others = others.filter(|it| it.body["data"]["to"] != "+819000005678");
    let ids: Vec<String> = others.map(|it| it.id).collect();
    for id in &ids[..9] {
        assert_eq!(report(&site, "failed", id).await, 204);
    }
    assert_eq!(doubts(&site).await, [None; 2]);
    assert_eq!(seen(&hanako).await, fine());
    assert_eq!(report(&site, "failed", &ids[9]).await, 204);
    assert_eq!(doubts(&site).await, [Some(Doubt::Failing); 2]);
    assert_eq!(seen(&hanako).await, fine(), "as it was");
    site.pass(5 * SECOND);
    assert_eq!(seen(&hanako).await, doubtful());
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_that_no_gateway_has_taken_say_nothing_on_what_it_delivers() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    gateway.set(Behaviour::Answers(503, None));
    send_to(&site, 0..20).await;
    site.pass(11 * MINUTE);
    queue::deliver_due(&site.login).await.unwrap();
    assert_eq!(doubts(&site).await, [None; 2]);
}
