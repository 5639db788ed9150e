//! Reports of gateways on messages: signed, at most five minutes old, as often and in whatever order they come.

use login::queue;
use todoita_server::signature::{self, Secrets};

use super::http_gateway::{Behaviour, HttpGateway};
use crate::common::{MINUTE, SECRET, Site};

/// A report, signed with a secret at a time (milliseconds since the Unix epoch), and the status of its answer.
async fn report_as(site: &Site, secret: &str, at: u64, body: &str) -> u16 {
    let timestamp = at / 1_000;
    let secrets = Secrets::read(secret).unwrap();
    let request = site
        .person()
        .post("/delivery/reports")
        .header(signature::ID, "report-1")
        .header(signature::TIMESTAMP, timestamp)
        .header(
            signature::SIGNATURE,
            secrets.sign("report-1", timestamp, body.as_bytes()),
        )
        .header("content-type", "application/json");
    let answer = request.body(body.to_owned()).send().await.unwrap();
    answer.status().as_u16()
}

pub async fn report(site: &Site, kind: &str, id: &str) -> u16 {
    let body = format!(r#"{{"type": "message.{kind}", "data": {{"id": "{id}", "reason": "x"}}}}"#);
    report_as(site, SECRET, site.clock.now(), &body).await
}

async fn state(site: &Site) -> (String, i64) {
    sqlx::query_as("SELECT state, changed_at FROM deliveries")
        .fetch_one(&site.database().await)
        .await
        .unwrap()
}

/// A site with one message that the gateway has taken, and its id.
async fn delivered() -> (Site, String) {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    site.signing_in("jiro").await;
    queue::deliver_due(&site.login).await.unwrap();
    let id = gateway.received().pop().unwrap().id;
    (site, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_stored_with_its_time_and_a_repeated_or_late_one_changes_nothing() {
    let (site, id) = delivered().await;
    assert_eq!(state(&site).await.0, "taken");
    // The gateway says first that it failed, then that it was delivered, then that it failed after all, each twice.
    let mut expected = Vec::new();
    for (kind, expects) in [
        ("failed", "failed"),
        ("failed", "failed"),
        ("delivered", "delivered"),
        ("delivered", "delivered"),
        ("failed", "delivered"),
    ] {
        site.pass(MINUTE);
        if expected.last().is_none_or(|(state, _)| state != expects) {
            let now = i64::try_from(site.clock.now()).unwrap();
            expected.push((expects.to_owned(), now));
        }
        assert_eq!(report(&site, kind, &id).await, 204);
        assert_eq!(state(&site).await, *expected.last().unwrap(), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_lost_answer_a_report_of_the_delivery_keeps_the_message_from_being_delivered_again()
{
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    site.signing_in("jiro").await;
    gateway.set(Behaviour::LosesItsAnswer);
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
    let id = gateway.received().pop().unwrap().id;
    assert_eq!(report(&site, "delivered", &id).await, 204);
    gateway.set(Behaviour::Fast);
    site.pass(MINUTE);
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
    assert_eq!(gateway.received().len(), 1);
    assert_eq!(state(&site).await.0, "delivered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_comes_before_the_answer_is_kept() {
    let site = HttpGateway::start().await.site().await;
    site.signing_in("jiro").await;
    let id: String = sqlx::query_scalar("SELECT idempotency_key FROM deliveries")
        .fetch_one(&site.database().await)
        .await
        .unwrap();
    assert_eq!(report(&site, "failed", &id).await, 204);
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 1);
    assert_eq!(state(&site).await.0, "failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_without_a_valid_signature_or_older_than_five_minutes_changes_nothing() {
    let (site, id) = delivered().await;
    let body = format!(r#"{{"type": "message.failed", "data": {{"id": "{id}"}}}}"#);
    let now = site.clock.now();
    let other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(report_as(&site, other, now, &body).await, 403);
    assert_eq!(report_as(&site, SECRET, now - 6 * MINUTE, &body).await, 403);
    assert_eq!(report_as(&site, SECRET, now + 6 * MINUTE, &body).await, 403);
    let unsigned = site.person().post("/delivery/reports").body(body.clone());
    assert_eq!(unsigned.send().await.unwrap().status(), 403);
    assert_eq!(state(&site).await.0, "taken");
    assert_eq!(report_as(&site, SECRET, now - 4 * MINUTE, &body).await, 204);
    assert_eq!(state(&site).await.0, "failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_report_and_one_on_an_unknown_message_are_refused() {
    let (site, id) = delivered().await;
    assert_eq!(report(&site, "delivered", "unknown").await, 404);
    assert_eq!(
        report(&site, "read-by-its-person", &id).await,
        204,
        "ignored"
    );
    for body in [
        "",
        "[]",
        r#"{"type": "message.failed"}"#,
        "{\"type\": 1, \"data\": {}}",
    ] {
        let now = site.clock.now();
        assert_eq!(report_as(&site, SECRET, now, body).await, 400, "{body}");
    }
    let long = " ".repeat(20_000);
    let now = site.clock.now();
    assert_eq!(report_as(&site, SECRET, now, &long).await, 413);
    assert_eq!(state(&site).await.0, "taken");
    // A service without a webhook has no such address.
    let demo = Site::start().await;
    assert_eq!(report(&demo, "delivered", &id).await, 404);
}
