//! Mail by SMTP: what a person gets, and what each answer of the server leads to.

use login::queue;
use todoita_server::config::delivery::MailTls;

use super::mail_site::{hanako, newest_id, settings, site};
use super::received_mail::Received;
use super::smtp_server::{Encryption, SmtpServer};
use super::tls::Certificate;
use crate::common::{MINUTE, SECOND};

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_has_the_code_first_and_the_bound_line_last_as_text_and_html_in_the_persons_language()
 {
    let certificate = Certificate::new();
    let server = SmtpServer::start(Encryption::Implicit, &certificate).await;
    let port = server.address.port();
    let site = site(settings(port, MailTls::Implicit, Some(&certificate))).await;
    for lang in ["ja", "en"] {
        let person = hanako(&site, lang).await;
        assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 1);
        let accepted = server.accepted().pop().unwrap();
        assert!(accepted.encrypted && accepted.signed_in);
        assert!(
            accepted.from.contains("<code@login.example>"),
            "{}",
            accepted.from
        );
        assert!(
            accepted.to.contains("<hanako@example.com>"),
            "{}",
            accepted.to
        );
        let (mail, code) = Received::with_code(&accepted.mail, lang);
        assert_eq!(mail.header("Message-ID"), newest_id(&site).await);
        assert!(person.give(&code).await.accepted());
        site.pass(31 * SECOND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_without_encryption_or_to_a_server_that_is_not_trusted() {
    let certificate = Certificate::new();
    for (encryption, tls, trusted, delivered) in [
        (Encryption::Starttls, MailTls::Starttls, true, 1),
        (Encryption::Starttls, MailTls::Starttls, false, 0),
        (Encryption::Implicit, MailTls::Implicit, false, 0),
        (Encryption::None, MailTls::Starttls, true, 0),
        (Encryption::None, MailTls::None, true, 1),
    ] {
        let server = SmtpServer::start(encryption, &certificate).await;
        let trusted_one = trusted.then_some(&certificate);
        let site = site(settings(server.address.port(), tls, trusted_one)).await;
        hanako(&site, "ja").await;
        let taken = queue::deliver_due(&site.login).await.unwrap();
        assert_eq!(taken, delivered, "{encryption:?} {tls:?} {trusted}");
        let accepted = server.accepted();
        assert_eq!(accepted.len(), delivered);
        for mail in accepted {
            assert!(mail.signed_in);
            assert_eq!(mail.encrypted, encryption != Encryption::None);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_does_not_exist_is_given_up_and_everything_else_is_tried_again() {
    let certificate = Certificate::new();
    let server = SmtpServer::start(Encryption::None, &certificate).await;
    let site = site(settings(server.address.port(), MailTls::None, None)).await;
    hanako(&site, "ja").await;
    for refusal in [
        "451 4.7.1 greylisted",
        "554 5.7.1 no",
        "550 5.7.1 relaying denied",
        "550 relay not permitted",
        "553 5.1.8 <code@login.example>: sender's domain not found",
        "421 busy",
    ] {
        server.refuse(Some(refusal));
        assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
        assert_eq!(
            site.count("SELECT COUNT(*) FROM messages").await,
            1,
            "{refusal}"
        );
        site.pass(MINUTE);
    }
    let waiting = "SELECT COUNT(*) FROM messages";
    let failed = "SELECT COUNT(*) FROM deliveries WHERE state = 'failed'";
    server.refuse(Some("550 5.1.1 <hanako@example.com>: no such user"));
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
    assert_eq!(site.count(failed).await, 1);
    assert_eq!(site.count(waiting).await, 0);
    // Without an enhanced code, and with an address that says nothing on the service.
    site.pass(MINUTE);
    hanako(&site, "ja").await;
    server.refuse(Some("550 no such user <sender@relay.example>"));
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
    assert_eq!(site.count(failed).await, 2);
    assert_eq!(site.count(waiting).await, 0);
    assert!(server.accepted().is_empty());
}
