//! Mail by SMTP: what a person gets, and what each answer of the server leads to.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use login::queue;
use todoita_server::config::delivery::{Gateway, Gateways, Mail, MailTls};

use super::smtp_server::{Encryption, SmtpServer, USER};
use super::tls::Certificate;
use crate::common::{MINUTE, Person, SECOND, Site, code_in};

/// A site that sends mail by this server, and neither SMS nor calls.
async fn site(server: &SmtpServer, tls: MailTls, certificate: Option<&Certificate>) -> Site {
    let mail = Mail {
        server: "127.0.0.1".to_owned(),
        port: server.address.port(),
        tls,
        user: Some(USER.to_owned()),
        password_file: None,
        from: "ひばり便 <code@login.example>".to_owned(),
        ca_file: certificate.map(Certificate::file),
        timeout: Duration::from_secs(10),
    };
    Site::start_with(|config| {
        config.demo = false;
        config.delivery = Gateways {
            mail: Some(mail),
            email: Some(Gateway::Mail),
            ..Gateways::default()
        };
    })
    .await
}

/// Hanako, whose first method is mail where nothing else is sent, with the language of her browser.
async fn hanako(site: &Site, lang: &str) -> Person {
    let person = site.person();
    let login = person.post("/login").header("accept-language", lang);
    let answer = login.form(&[("name", "hanako"), ("password", "demo")]);
    assert_eq!(answer.send().await.unwrap().status(), 303);
    person
}

/// The headers of a part, and its decoded text.
fn part(part: &str) -> (&str, String) {
    let (head, body) = part.trim_start().split_once("\n\n").unwrap();
    let encoding = head
        .lines()
        .find(|line| line.starts_with("Content-Transfer-Encoding"));
    let bytes = match encoding.unwrap_or_default().rsplit(' ').next() {
        Some("base64") => STANDARD.decode(body.replace('\n', "")).unwrap(),
        Some("quoted-printable") => unquoted(body),
        _ => body.as_bytes().to_vec(),
    };
    (
        head,
        String::from_utf8(bytes).unwrap().replace("\r\n", "\n"),
    )
}

fn unquoted(body: &str) -> Vec<u8> {
    let joined = body.replace("=\n", "");
    let mut parts = joined.split('=');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}

/// The head of a mail, its text and its HTML.
fn split(mail: &str) -> (String, String, String) {
    let (head, body) = mail.split_once("\n\n").unwrap();
    let boundary = head.split("boundary=\"").nth(1).unwrap();
    let boundary = boundary.split('"').next().unwrap();
    let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
    assert_eq!(parts.len(), 4, "{mail}");
    let ((text_head, text), (html_head, html)) = (part(parts[1]), part(parts[2]));
    assert!(
        text_head.contains("text/plain; charset=utf-8"),
        "{text_head}"
    );
    assert!(
        html_head.contains("text/html; charset=utf-8"),
        "{html_head}"
    );
    (head.to_owned(), text.trim_end().to_owned(), html)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_has_the_code_first_and_the_bound_line_last_as_text_and_html_in_the_persons_language()
 {
    let certificate = Certificate::new();
    let server = SmtpServer::start(Encryption::Implicit, &certificate).await;
    let site = site(&server, MailTls::Implicit, Some(&certificate)).await;
    for (lang, first, subject) in [
        ("ja", "はひばり便の認証コードです", "=?utf-8?b?"),
        ("en", " is your Hibari Post code.", "Your Hibari Post code"),
    ] {
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
        let (head, text, html) = split(&accepted.mail);
        let code = code_in(&text);
        assert!(text.starts_with(&format!("{code}{first}")), "{text}");
        assert_eq!(text.lines().last(), Some(&*format!("@127.0.0.1 #{code}")));
        assert!(html.contains(&format!("<html lang=\"{lang}\">")), "{html}");
        let paragraphs: Vec<&str> = html.split("<p>").skip(1).collect();
        assert!(
            paragraphs[0].starts_with(&format!("{code}{first}")),
            "{html}"
        );
        let last = format!("@127.0.0.1 #{code}</p>");
        assert!(
            paragraphs[paragraphs.len() - 1].starts_with(&last),
            "{html}"
        );
        for header in [
            "Date: Wed, 18 Nov 2026 11:0",
            "Auto-Submitted: auto-generated",
            "To: hanako@example.com",
            &format!("Content-Language: {lang}"),
            &format!("Subject: {subject}"),
        ] {
            assert!(head.contains(header), "{header}: {head}");
        }
        assert!(
            !head.contains(&code) && !accepted.mail.contains("http"),
            "{head}"
        );
        let key: String = sqlx::query_scalar(
            "SELECT idempotency_key FROM deliveries ORDER BY enqueued_at DESC LIMIT 1",
        )
        .fetch_one(&site.database().await)
        .await
        .unwrap();
        assert!(
            head.contains(&format!("Message-ID: <{key}@login.example>")),
            "{head}"
        );
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
        let site = site(&server, tls, trusted.then_some(&certificate)).await;
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
    let site = site(&server, MailTls::None, None).await;
    hanako(&site, "ja").await;
    for refusal in [
        "451 4.7.1 greylisted",
        "554 5.7.1 no",
        "550 5.7.1 relaying denied",
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
    server.refuse(Some("550 5.1.1 <hanako@example.com>: no such user"));
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
    let failed = "SELECT COUNT(*) FROM deliveries WHERE state = 'failed'";
    assert_eq!(site.count(failed).await, 1);
    assert_eq!(site.count("SELECT COUNT(*) FROM messages").await, 0);
    assert!(server.accepted().is_empty());
}
