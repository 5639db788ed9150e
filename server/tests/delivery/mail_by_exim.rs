//! Mail by SMTP to a real server, Exim: what is in its mailbox afterwards, and what each of its refusals leads to.

use login::delivery::Message;
use login::queue;
use login::store::Store as _;
use todoita::channel::Channel;
use todoita_server::config::delivery::MailTls;

use super::exim::Exim;
use super::mail_site::{hanako, newest_id, site};
use super::received_mail::Received;
use super::tls::Certificate;
use crate::common::{HOUR, MINUTE, PASSWORD, SECOND, Site};

const WAITING: &str = "SELECT COUNT(*) FROM messages";
const QUEUED: &str = "SELECT COUNT(*) FROM deliveries WHERE state = 'queued'";
const TAKEN: &str = "SELECT COUNT(*) FROM deliveries WHERE state = 'taken'";
const FAILED: &str = "SELECT COUNT(*) FROM deliveries WHERE state = 'failed'";

/// Delivers what is due; gives how many messages the server has taken.
async fn deliver(site: &Site) -> usize {
    queue::deliver_due(&site.login).await.unwrap()
}

/// The only message waits, to be tried again.
async fn waits(site: &Site) -> bool {
    (site.count(QUEUED).await, site.count(WAITING).await) == (1, 1)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Exim: cargo xtask test --only native"]
async fn exim_takes_a_code_by_starttls_and_by_implicit_tls_with_both_ways_to_sign_in() {
    let certificate = Certificate::new();
    for mechanism in ["PLAIN", "LOGIN"] {
        let exim = Exim::start_with(&certificate, |it| it.mechanism = mechanism).await;
        for tls in [MailTls::Starttls, MailTls::Implicit] {
            let site = site(exim.mail(tls, &certificate)).await;
            for lang in ["ja", "en"] {
                let person = hanako(&site, lang).await;
                assert_eq!(deliver(&site).await, 1, "{}", exim.log());
                let mail = exim.mails(1).await.remove(0);
                let (mail, code) = Received::with_code(&mail, lang);
                assert_eq!(mail.header("Message-ID"), newest_id(&site).await);
                assert_eq!(mail.header("Return-path"), "<code@login.example>");
                assert_eq!(mail.header("Envelope-to"), "hanako@example.com");
                // Received by ESMTP with TLS and with a user who has signed in (RFC 3848).
                let trace = mail.header("Received");
                assert!(trace.contains(" with esmtpsa "), "{trace}");
                assert!(person.give(&code).await.accepted());
                site.pass(31 * SECOND);
            }
            assert_eq!(site.count(TAKEN).await, 2);
            assert_eq!(site.count(WAITING).await, 0);
        }
        assert_eq!(exim.accepted(), 4);
        let by = format!(" A={}", mechanism.to_lowercase());
        assert_eq!(exim.log().matches(&by).count(), 4, "{}", exim.log());
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Exim: cargo xtask test --only native"]
async fn a_wrong_password_for_exim_loses_no_code_and_it_arrives_once_when_that_is_mended() {
    let certificate = Certificate::new();
    for (mechanism, tls) in [("PLAIN", MailTls::Starttls), ("LOGIN", MailTls::Implicit)] {
        let exim = Exim::start_with(&certificate, |it| it.mechanism = mechanism).await;
        let site = site(exim.mail(tls, &certificate)).await;
        exim.accept("another one");
        let person = hanako(&site, "ja").await;
        for attempt in 1..=3 {
            assert_eq!(deliver(&site).await, 0);
            assert!(waits(&site).await);
            let refusals = exim.log().matches("535 Incorrect authentication").count();
            assert_eq!(refusals, attempt);
            site.pass(MINUTE);
        }
        assert_eq!(exim.accepted(), 0);
        exim.accept(PASSWORD);
        assert_eq!(deliver(&site).await, 1);
        assert_eq!(deliver(&site).await, 0);
        let mail = exim.mails(1).await.remove(0);
        let (mail, code) = Received::with_code(&mail, "ja");
        assert_eq!(mail.header("Message-ID"), newest_id(&site).await);
        assert!(person.give(&code).await.accepted());
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Exim: cargo xtask test --only native"]
async fn exim_gets_no_password_and_no_mail_in_clear_or_without_a_certificate_that_is_trusted() {
    let certificate = Certificate::new();
    let (starttls, implicit) = (MailTls::Starttls, MailTls::Implicit);
    // Whether it offers STARTTLS, what the service wants, whether it trusts the certificate, by which name it knows the server (the
    // certificate is for the address), and the commands that the server has seen.
    for (offers, tls, trusted, name, commands) in [
        (false, starttls, true, "127.0.0.1", Some("EHLO")),
        (true, starttls, false, "127.0.0.1", Some("EHLO,STARTTLS")),
        (true, starttls, true, "localhost", Some("EHLO,STARTTLS")),
        (true, implicit, false, "127.0.0.1", None),
        (true, implicit, true, "localhost", None),
    ] {
        let exim = Exim::start_with(&certificate, |it| it.starttls = offers).await;
        let mut settings = exim.mail(tls, &certificate);
        settings.server = name.to_owned();
        if !trusted {
            settings.ca_file = None;
        }
        let site = site(settings).await;
        hanako(&site, "ja").await;
        assert_eq!(deliver(&site).await, 0, "{tls:?} {trusted} {name}");
        assert!(waits(&site).await);
        if offers {
            exim.logged("TLS error on connection").await;
        }
        if commands.is_some() {
            exim.logged("no MAIL in SMTP connection").await;
        }
        let log = exim.log();
        let mut seen = log.lines().filter_map(|line| line.split(" C=").nth(1));
        let first = seen.next().map(|seen| seen.trim_end_matches(",QUIT"));
        assert_eq!(first, commands, "{log}");
        assert_eq!(seen.next(), None, "{log}");
        assert_eq!(exim.accepted(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Exim: cargo xtask test --only native"]
async fn a_mailbox_that_exim_does_not_have_is_given_up_and_its_person_sees_it() {
    let certificate = Certificate::new();
    let exim = Exim::start(&certificate).await;
    for refusal in ["", "550 5.1.1 no such user", "553 5.1.3 no such name"] {
        let site = site(exim.mail(MailTls::Starttls, &certificate)).await;
        exim.have_mailbox(Some("jiro"));
        exim.answer(refusal);
        let person = hanako(&site, "ja").await;
        assert_eq!(deliver(&site).await, 0);
        assert_eq!(site.count(FAILED).await, 1, "{refusal}");
        assert_eq!(site.count(WAITING).await, 0);
        let state = person.get("/login/code");
        let state = state.header("accept", "application/json").send().await;
        let state: serde_json::Value = state.unwrap().json().await.unwrap();
        assert_eq!(state["notice"], "undelivered");
    }
    // Exim's own answer to it, which has no enhanced code.
    exim.logged("rejected RCPT <hanako@example.com>: Unrouteable address")
        .await;
    assert_eq!(exim.accepted(), 0);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Exim: cargo xtask test --only native"]
async fn every_other_refusal_by_exim_is_tried_again_and_the_code_arrives_once() {
    let certificate = Certificate::new();
    let exim = Exim::start(&certificate).await;
    let site = site(exim.mail(MailTls::Starttls, &certificate)).await;
    let person = hanako(&site, "en").await;
    let tried = async |why: &str| {
        assert_eq!(deliver(&site).await, 0, "{why}");
        assert!(waits(&site).await, "{why}");
        exim.logged(why).await;
        site.pass(MINUTE);
    };
    // It cannot look for the mailbox, and answers 451.
    exim.have_mailbox(None);
    tried("temporarily rejected RCPT <hanako@example.com>").await;
    exim.have_mailbox(Some("hanako"));
    // It is not for this domain, and answers "550 Administrative prohibition".
    exim.take_mail_for("other.example");
    tried(" rejected RCPT <hanako@example.com>").await;
    exim.take_mail_for("example.com");
    for answer in [
        "450 4.2.0 greylisted, please wait",
        "451 please wait",
        "554 5.7.1 no",
    ] {
        exim.answer(answer);
        tried(&answer[4..]).await;
    }
    exim.answer("");
    assert_eq!(deliver(&site).await, 1);
    let mail = exim.mails(1).await.remove(0);
    let (_, code) = Received::with_code(&mail, "en");
    assert!(person.give(&code).await.accepted());
    assert_eq!(exim.accepted(), 1);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Exim: cargo xtask test --only native"]
async fn a_service_that_does_not_sign_in_to_exim_loses_no_code() {
    let certificate = Certificate::new();
    let exim = Exim::start(&certificate).await;
    let mut settings = exim.mail(MailTls::Starttls, &certificate);
    settings.user = None;
    let site = site(settings).await;
    hanako(&site, "ja").await;
    assert_eq!(deliver(&site).await, 0);
    // "550 relay not permitted": of this service, not of the mailbox.
    exim.logged("rejected RCPT <hanako@example.com>: relay not permitted")
        .await;
    assert!(waits(&site).await);
}

/// A mail to Hanako with this text.
fn message(text: &str) -> Message {
    Message {
        at: 0,
        channel: Channel::Email,
        user: "hanako".into(),
        destination: "hanako@example.com".into(),
        subject: Some("確認".repeat(40)),
        text: text.into(),
        lang: "ja".into(),
        expires_at: None,
    }
}

async fn enqueue(site: &Site, text: &str) {
    let now = site.clock.now();
    let mut tx = site.store.begin().await.unwrap();
    queue::enqueue(&site.login, tx.as_mut(), &message(text), now, now + HOUR)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Exim: cargo xtask test --only native"]
async fn exim_stores_the_words_of_a_mail_as_they_were_whatever_they_are() {
    let certificate = Certificate::new();
    let exim = Exim::start(&certificate).await;
    let site = site(exim.mail(MailTls::Starttls, &certificate)).await;
    let long = "コード ".repeat(600);
    let longer = "482913".repeat(300);
    for text in [
        // Lines that the protocol or a mailbox treats in a way of its own.
        "482913\n.\n..\n.hidden\nFrom me to you\n--boundary\n=3D =\nend",
        "482913 é\n.\n..\n.hidden\nFrom me to you\n--boundary\n=3D =\nspace \ntab\t\nend",
        "📦 \u{7f}𠮷野家\u{2028}e\u{301}\u{feff}",
        long.trim_end(),
        &longer,
    ] {
        enqueue(&site, text).await;
        assert_eq!(deliver(&site).await, 1, "{}", exim.log());
        let mail = exim.mails(1).await.remove(0);
        let mail = Received::read(&mail);
        assert_eq!(mail.text, text);
        assert_eq!(mail.header("Subject"), "確認".repeat(40));
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Exim: cargo xtask test --only native"]
async fn an_exim_that_takes_few_connections_gets_every_message_once() {
    const MESSAGES: usize = 24;
    let certificate = Certificate::new();
    let exim = Exim::start_with(&certificate, |it| it.connections = 4).await;
    let site = site(exim.mail(MailTls::Starttls, &certificate)).await;
    for number in 0..MESSAGES {
        enqueue(&site, &format!("message {number}.")).await;
    }
    let mut taken = 0;
    for _ in 0..30 {
        taken += deliver(&site).await;
        site.pass(MINUTE);
    }
    assert_eq!(taken, MESSAGES, "{}", exim.log());
    exim.logged("Connection from [127.0.0.1] refused: too many connections")
        .await;
    let mails = exim.mails(MESSAGES).await;
    let mut texts: Vec<String> = mails.iter().map(|mail| Received::read(mail).text).collect();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), MESSAGES);
    assert_eq!(exim.accepted(), MESSAGES);
}
