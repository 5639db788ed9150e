//! A site that sends mail by a mail server, and who signs in there.

use std::time::Duration;

use todoita_server::config::delivery::{Gateway, Gateways, Mail, MailTls};

use super::tls::Certificate;
use crate::common::{Person, Site};

/// The name under which the service signs in to the mail server.
pub const USER: &str = "login";

/// The settings of a mail server on this machine. `certificate`: the one that is trusted beside the system's.
pub fn settings(port: u16, tls: MailTls, certificate: Option<&Certificate>) -> Mail {
    Mail {
        server: "127.0.0.1".to_owned(),
        port,
        tls,
        user: Some(USER.to_owned()),
        password_file: None,
        from: "ひばり便 <code@login.example>".to_owned(),
        ca_file: certificate.map(Certificate::file),
        timeout: Duration::from_secs(10),
    }
}

/// A site that sends mail by this server, and neither SMS nor calls.
pub async fn site(mail: Mail) -> Site {
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
pub async fn hanako(site: &Site, lang: &str) -> Person {
    let person = site.person();
    let login = person.post("/login").header("accept-language", lang);
    let answer = login.form(&[("name", "hanako"), ("password", "demo")]);
    assert_eq!(answer.send().await.unwrap().status(), 303);
    person
}

/// The id that the mail of the newest message has.
pub async fn newest_id(site: &Site) -> String {
    let newest = "SELECT idempotency_key FROM deliveries ORDER BY enqueued_at DESC LIMIT 1";
    let key: String = sqlx::query_scalar(newest)
        .fetch_one(&site.database().await)
        .await
        .unwrap();
    format!("<{key}@login.example>")
}
