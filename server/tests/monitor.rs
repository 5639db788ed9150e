//! The metrics: what a whole run leaves in them, that labels have few values, that they hold nothing of a person.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use common::{MINUTE, SECOND, Site, other};
use todoita_server::monitor::{self, Health, Metrics};
use tower::ServiceExt as _;

async fn metrics(router: &Router) -> String {
    let request = Request::get("/metrics").body(Body::empty()).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), 200);
    let kind = answer.headers()["content-type"].to_str().unwrap();
    assert!(kind.starts_with("text/plain"), "{kind}");
    let bytes = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The value of a series, as it is written; `0` where it is not there.
fn value<'a>(text: &'a str, series: &str) -> &'a str {
    let mut lines = text.lines();
    let value = lines.find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    value.unwrap_or("0")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_run_is_in_the_metrics_and_nothing_of_a_person() {
    let site = Site::start_with(|config| {
        config.login.limits.passwords_per_name_and_address = 2;
        config.login.limits.sends = 3;
        config.login.limits.sends_kept = 0;
    })
    .await;
    let recorder = Metrics::install(site.login.clone(), site.store.clone()).unwrap();
    let router = monitor::router(Health::new(site.login.clone()), Some(recorder));
    for _ in 0..3 {
        site.person().password("hanako", "an easy guess").await;
    }
    let jiro = site.signing_in("jiro").await;
    site.pass(2 * SECOND);
    let waiting = metrics(&router).await;
    assert_eq!(value(&waiting, "todoita_queue_messages"), "1");
    assert_eq!(value(&waiting, "todoita_queue_oldest_seconds"), "2");
    let code = site.code().await;
    let wrong = other(&code);
    jiro.give(&wrong).await;
    jiro.give("not a code").await;
    site.pass(MINUTE);
    jiro.press("resend").await;
    jiro.press("resend").await;
    site.pass(7 * SECOND);
    let session = jiro.give(&site.code().await).await.session.unwrap();
    for n in 0..40 {
        site.person()
            .page_status(&format!("/no-page-{n}/{code}"))
            .await;
    }
    let brew = site
        .person()
        .client
        .request("BREW".parse().unwrap(), site.url("/login"));
    assert_eq!(brew.send().await.unwrap().status(), 405);

    sqlx::query(
        "INSERT INTO gateways (gateway, channel, failures, failed_at) VALUES ('email', '', 3, $1)",
    )
    .bind(i64::try_from(site.clock.now()).unwrap())
    .execute(&site.database().await)
    .await
    .unwrap();
    let text = metrics(&router).await;
    for line in [
        r#"todoita_gateway_alarm{channel="sms",is="down"} 0"#,
        r#"todoita_gateway_alarm{channel="sms",is="silent"} 0"#,
        r#"todoita_gateway_alarm{channel="email",is="failing"} 0"#,
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    for (series, expected) in [
        (r#"todoita_passwords_total{outcome="wrong"}"#, "2"),
        (r#"todoita_passwords_total{outcome="limited"}"#, "1"),
        (r#"todoita_passwords_total{outcome="right"}"#, "1"),
        (
            r#"todoita_verifications_total{at="code-step",outcome="wrong"}"#,
            "1",
        ),
        (
            r#"todoita_verifications_total{at="code-step",outcome="unreadable"}"#,
            "1",
        ),
        (
            r#"todoita_verifications_total{at="code-step",outcome="accepted"}"#,
            "1",
        ),
        (
            r#"todoita_sends_total{channel="sms",prefix="+819",outcome="queued"}"#,
            "2",
        ),
        (r#"todoita_delivery_seconds_count{channel="sms"}"#, "2"),
        (
            r#"todoita_code_arrival_seconds_sum{channel="sms",prefix="+819"}"#,
            "7",
        ),
        (
            r#"todoita_code_arrival_seconds_bucket{channel="sms",prefix="+819",le="5"}"#,
            "0",
        ),
        (
            r#"todoita_code_arrival_seconds_bucket{channel="sms",prefix="+819",le="10"}"#,
            "1",
        ),
        (
            r#"todoita_http_requests_total{method="GET",route="none",status="404"}"#,
            "40",
        ),
        (
            r#"todoita_http_requests_total{method="other",route="/login",status="405"}"#,
            "1",
        ),
        (
            r#"todoita_http_requests_total{method="POST",route="/login",status="422"}"#,
            "2",
        ),
        ("todoita_queue_messages", "0"),
        ("todoita_queue_oldest_seconds", "0"),
        (r#"todoita_gateway_alarm{channel="email",is="down"}"#, "1"),
    ] {
        assert_eq!(value(&text, series), expected, "{series}\n{text}");
    }
    for kind in ["read", "write", "account"] {
        let count = format!(r#"todoita_database_wait_seconds_count{{for="{kind}"}}"#);
        assert_ne!(value(&text, &count), "0", "{text}");
    }
    assert!(
        text.contains(r#"todoita_database_connections{pool=""#),
        "{text}"
    );
    assert!(text.contains("# HELP todoita_verifications_total Submitted codes"));
    let series = text.lines().filter(|line| !line.starts_with('#')).count();
    assert!(series < 250, "{series}");
    for secret in [
        &code,
        &wrong,
        &session,
        "hanako",
        "jiro",
        "easy guess",
        "1234",
        "no-page",
        "127.0.0.1",
    ] {
        assert!(!text.contains(secret), "{secret} is in\n{text}");
    }
    site.store.close().await;
    let away = metrics(&router).await;
    assert_eq!(value(&away, "todoita_queue_messages"), "NaN");
    let silent = r#"todoita_gateway_alarm{channel="sms",is="silent"}"#;
    assert_eq!(value(&away, silent), "NaN");
}
