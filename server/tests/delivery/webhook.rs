//! The webhook: the shape of its requests, and what each answer leads to.

use std::time::Duration;

use login::queue;
use serde_json::json;

use super::http_gateway::{Behaviour, HttpGateway};
use crate::common::{SECOND, Site, code_in};

async fn rows(site: &Site) -> Vec<(String, Option<String>)> {
    sqlx::query_as("SELECT state, gateway_id FROM deliveries ORDER BY enqueued_at")
        .fetch_all(&site.database().await)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_a_signed_request_of_the_documented_shape() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    let jiro = site.signing_in("jiro").await;
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 1);
    let request = gateway.received().pop().unwrap();
    let text = request.body["data"]["text"].as_str().unwrap().to_owned();
    assert_eq!(
        request.body,
        json!({
            "type": "message.send",
            "timestamp": "2026-11-18T11:06:40.000Z",
            "data": {
                "id": request.id,
                "channel": "sms",
                "to": "+819000001234",
                "lang": "ja",
                "text": text,
                "sms": {"encoding": "ucs2", "parts": 1},
                "expiresAt": "2026-11-18T11:16:40.000Z",
            },
        })
    );
    assert_eq!(request.timestamp, "1795000000");
    assert_eq!(rows(&site).await, [("taken".into(), Some("gw-7".into()))]);
    assert!(jiro.give(&code_in(&text)).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_spoken_text_and_a_channel_without_a_gateway_is_not_offered() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    let hanako = site.signing_in("hanako").await;
    assert_eq!(hanako.press("voice").await.status, 200);
    assert_eq!(hanako.press("email").await.status, 400, "no mail server");
    let page = hanako.page("/login/code").await;
    assert!(
        page.contains("alternatives=\"sms voice app backup\""),
        "{page}"
    );
    queue::deliver_due(&site.login).await.unwrap();
    let received = gateway.received();
    let mut messages = received.iter().map(|it| &it.body["data"]);
    let call = messages.find(|data| data["channel"] == "voice").unwrap();
    assert_eq!(call.get("sms"), None);
    assert!(call["text"].as_str().unwrap().contains('、'), "{call}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_but_success_and_422_is_tried_again_with_the_same_id() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    site.signing_in("jiro").await;
    for status in [500, 503, 429, 401, 404, 302, 400] {
        gateway.set(Behaviour::Answers(status, None));
        assert_eq!(
            queue::deliver_due(&site.login).await.unwrap(),
            0,
            "{status}"
        );
        site.pass(61 * SECOND);
    }
    let received = gateway.received();
    assert_eq!(received.len(), 7, "redirects are not followed");
    for request in &received {
        assert_eq!(request.id, received[0].id);
        assert_eq!(request.body["data"], received[0].body["data"]);
    }
    assert_ne!(received[6].timestamp, received[0].timestamp);
    gateway.set(Behaviour::Answers(422, None));
    queue::deliver_due(&site.login).await.unwrap();
    assert_eq!(rows(&site).await, [("failed".into(), None)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_webhook_is_left_and_a_busy_one_is_left_alone() {
    let gateway = HttpGateway::start().await;
    let site = Site::start_with(|config| {
        config.demo = false;
        config.delivery = gateway.config();
        let webhook = config.delivery.webhook.as_mut().unwrap();
        webhook.timeout = Duration::from_secs(2);
    });
    let site = site.await;
    site.signing_in("jiro").await;
    gateway.set(Behaviour::Hangs);
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
    gateway.set(Behaviour::Answers(429, Some("90")));
    site.pass(2 * SECOND);
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
    gateway.set(Behaviour::Fast);
    site.pass(89 * SECOND);
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
    site.pass(SECOND);
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 1);
    assert_eq!(gateway.received().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_loses_its_answer_recognises_the_message_by_its_id() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    site.signing_in("jiro").await;
    gateway.set(Behaviour::LosesItsAnswer);
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
    gateway.set(Behaviour::Fast);
    site.pass(2 * SECOND);
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 1);
    let received = gateway.received();
    assert_eq!(received.len(), 2);
    assert_eq!(received[0].id, received[1].id);
    assert_eq!(received[0].body["data"], received[1].body["data"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_no_json_or_too_long_is_a_success_without_an_id() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    let long: &str = format!("{{\"id\": \"{}\"}}", "x".repeat(20_000)).leak();
    for body in ["OK", "", r#"{"id": 7}"#, long] {
        site.signing_in("jiro").await;
        gateway.set(Behaviour::Says(body));
        assert_eq!(
            queue::deliver_due(&site.login).await.unwrap(),
            1,
            "{body:.20}"
        );
        site.pass(31 * SECOND);
    }
    assert!(
        rows(&site)
            .await
            .iter()
            .all(|row| *row == ("taken".into(), None))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_cannot_be_reached_is_tried_again() {
    let gateway = HttpGateway::start().await;
    let unused = tokio::net::TcpListener::bind(("127.0.0.1", 0))
        .await
        .unwrap();
    let address = unused.local_addr().unwrap();
    drop(unused);
    let site = Site::start_with(|config| {
        config.demo = false;
        config.delivery = gateway.config();
        let webhook = config.delivery.webhook.as_mut().unwrap();
        webhook.url = format!("http://{address}/send").parse().unwrap();
    })
    .await;
    site.signing_in("jiro").await;
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
    assert_eq!(rows(&site).await, [("queued".into(), None)]);
}
