//! A destination that is refused for a while: it is tried again, and its gateway is as good as before for everybody else.

use login::{gateway_health, queue};
use todoita::channel::Channel;
use todoita_server::config::delivery::MailTls;
use tokio::net::TcpListener;

use super::http_gateway::{Behaviour, HttpGateway};
use super::mail_site::{hanako, settings, site};
use super::smtp_server::{Encryption, SmtpServer};
use super::tls::Certificate;
use crate::common::{MINUTE, Site};

/// Whether the gateway of a channel counts as down.
async fn is_down(site: &Site, channel: Channel) -> bool {
    let alarms = gateway_health::alarms(&site.login).await.unwrap();
    let of_channel = alarms.iter().find(|alarm| alarm.channel == channel);
    of_channel.unwrap().down
}

/// Has the message that waits tried three times.
async fn try_three_times(site: &Site) {
    for _ in 0..3 {
        assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
        assert_eq!(site.count("SELECT COUNT(*) FROM messages").await, 1);
        site.pass(MINUTE);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_is_refused_for_a_while_leaves_mail_open_for_others() {
    let server = SmtpServer::start(Encryption::None, &Certificate::new()).await;
    for (refusal, down) in [
        ("450 4.2.1 <hanako@example.com>: mailbox busy", false),
        ("452 4.2.2 <hanako@example.com>: mailbox full", false),
        ("450 mailbox busy", false),
        ("451 could not complete recipient verify callout", false),
        ("451 4.7.1 Greylisted, please try again", false),
        ("451 4.7.1 service unavailable", true),
        ("450 4.7.1 client host rejected", true),
        (
            "451 4.1.8 <code@login.example>: sender's domain not found",
            true,
        ),
        ("451 could not complete sender verify", true),
        ("451 temporary local problem - please try later", true),
        ("451 4.3.0 temporary lookup failure", true),
        ("452 4.3.1 insufficient system storage", true),
        ("452 insufficient system storage", true),
        ("421 busy", true),
        ("454 4.7.0 temporary authentication failure", true),
        ("550 5.7.1 relaying denied", true),
    ] {
        let site = site(settings(server.address.port(), MailTls::None, None)).await;
        hanako(&site, "ja").await;
        server.refuse(Some(refusal));
        try_three_times(&site).await;
        assert_eq!(is_down(&site, Channel::Email).await, down, "{refusal}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_cannot_be_reached_three_times_is_down() {
    let closed = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let site = site(settings(port, MailTls::None, None)).await;
    hanako(&site, "ja").await;
    try_three_times(&site).await;
    assert!(is_down(&site, Channel::Email).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_the_webhook_refuses_for_a_while_leaves_sms_open_for_others() {
    let gateway = HttpGateway::start().await;
    for (status, down) in [
        (400, false),
        (409, false),
        (423, false),
        (401, true),
        (403, true),
        (404, true),
        (408, true),
        (429, true),
        (302, true),
        (500, true),
    ] {
        let site = gateway.site().await;
        site.signing_in("jiro").await;
        gateway.set(Behaviour::Answers(status, None));
        try_three_times(&site).await;
        assert_eq!(is_down(&site, Channel::Sms).await, down, "{status}");
    }
}
