//! The gateways: where messages go. The secrets are in files or in environment variables, never in the configuration file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use hyper::Uri;
use login::delivery::LONGEST_TIMEOUT;
use serde::Deserialize;
use todoita::channel::Channel;
use zeroize::Zeroizing;

use super::span::Span;
use crate::this_machine::is_this_machine;

/// The environment variable that may hold the secret of the webhook.
pub const WEBHOOK_SECRET: &str = "TODOITA_WEBHOOK_SECRET";
/// The environment variable that may hold the password for the mail server.
pub const MAIL_PASSWORD: &str = "TODOITA_MAIL_PASSWORD";

/// How long an attempt may take, where nothing else is set.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Where messages go. A channel without a gateway is not offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gateways {
    /// The mail server.
    pub mail: Option<Mail>,
    /// The webhook.
    pub webhook: Option<Webhook>,
    /// The gateway of SMS.
    pub sms: Option<Gateway>,
    /// The gateway of calls.
    pub voice: Option<Gateway>,
    /// The gateway of mail.
    pub email: Option<Gateway>,
}

/// A kind of gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gateway {
    /// The mail server, by SMTP.
    Mail,
    /// The webhook.
    Webhook,
}

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its name, which its certificate has too.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: MailTls,
    /// The name under which this service signs in. `None`: it does not.
    pub user: Option<String>,
    /// The file of the password.
    pub password_file: Option<PathBuf>,
    /// The sender: `Name <address>`.
    pub from: String,
    /// A file with further certificate authorities (PEM).
    pub ca_file: Option<PathBuf>,
    /// How long an attempt may take.
    pub timeout: Duration,
}

/// How the connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// From the start (port 465).
    Implicit,
    /// By STARTTLS, without which nothing is sent (port 587).
    Starttls,
    /// Not at all (port 25): a relay on this machine.
    None,
}

/// A webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its URL.
    pub url: Uri,
    /// The file of the secret.
    pub secret_file: Option<PathBuf>,
    /// A file with further certificate authorities (PEM).
    pub ca_file: Option<PathBuf>,
    /// How long an attempt may take.
    pub timeout: Duration,
}

impl Gateways {
    /// The gateway of a channel.
    pub fn of(&self, channel: Channel) -> Option<Gateway> {
        match channel {
            Channel::Sms => self.sms,
            Channel::Voice => self.voice,
            Channel::Email => self.email,
            Channel::App | Channel::Backup => None,
        }
    }

    /// The name of a channel's gateway: its kind, host and port. Neither the path nor the query of a webhook, which may have a
    /// secret in them.
    pub fn name(&self, channel: Channel) -> Option<String> {
        let (kind, host, port) = match self.of(channel)? {
            Gateway::Mail => {
                let mail = self.mail.as_ref()?;
                ("mail", mail.server.as_str(), mail.port)
            }
            Gateway::Webhook => {
                let url = &self.webhook.as_ref()?.url;
                let clear = url.scheme_str() == Some("http");
                let port = url.port_u16().unwrap_or(if clear { 80 } else { 443 });
                ("webhook", url.host()?, port)
            }
        };
        Some(format!("{kind} {host}:{port}"))
    }

    /// Whether any gateway is configured.
    pub fn any(&self) -> bool {
        self.mail.is_some() || self.webhook.is_some()
    }
}

/// A secret: the environment variable's value (`environment`), else the content of the file without the spaces around it.
///
/// # Errors
/// A sentence: the file cannot be read, or there is neither (`name`: that of the variable).
pub fn secret(
    name: &str,
    environment: Option<String>,
    file: Option<&Path>,
) -> Result<Zeroizing<String>, String> {
    if let Some(value) = environment {
        return Ok(Zeroizing::new(value));
    }
    let path =
        file.ok_or_else(|| format!("a gateway has no secret: put it in {name} or a file"))?;
    let text = std::fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Zeroizing::new(text.trim().to_owned()))
}

/// The table `[delivery]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct GatewaysFile {
    sms: Option<Route>,
    voice: Option<Route>,
    email: Option<Route>,
    mail: Option<MailFile>,
    webhook: Option<WebhookFile>,
}

/// The gateway of a channel, or none.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Route {
    Mail,
    Webhook,
    None,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct MailFile {
    server: String,
    port: Option<u16>,
    tls: Option<MailTls>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    from: String,
    ca_file: Option<PathBuf>,
    timeout: Option<Span>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WebhookFile {
    url: String,
    secret_file: Option<PathBuf>,
    ca_file: Option<PathBuf>,
    timeout: Option<Span>,
}

impl GatewaysFile {
    /// The configuration that it says.
    ///
    /// # Errors
    /// A sentence: a channel names a gateway that is not there or cannot deliver it, or a gateway would send secrets in clear.
    pub(super) fn read(self) -> Result<Gateways, String> {
        let mail = self.mail.map(MailFile::read).transpose()?;
        let webhook = self.webhook.map(WebhookFile::read).transpose()?;
        let route = |channel: &str, route: Option<Route>, default: Option<Gateway>| match route {
            None => Ok(default),
            Some(Route::None) => Ok(None),
            Some(Route::Mail) if channel != "email" => {
                Err(format!("delivery: {channel} cannot go by mail"))
            }
            Some(Route::Mail) if mail.is_none() => Err(format!(
                "delivery: {channel} needs the table [delivery.mail]"
            )),
            Some(Route::Webhook) if webhook.is_none() => Err(format!(
                "delivery: {channel} needs the table [delivery.webhook]"
            )),
            Some(Route::Mail) => Ok(Some(Gateway::Mail)),
            Some(Route::Webhook) => Ok(Some(Gateway::Webhook)),
        };
        let phone = webhook.is_some().then_some(Gateway::Webhook);
        Ok(Gateways {
            sms: route("sms", self.sms, phone)?,
            voice: route("voice", self.voice, phone)?,
            email: route("email", self.email, mail.is_some().then_some(Gateway::Mail))?,
            mail,
            webhook,
        })
    }
}

impl MailFile {
    fn read(self) -> Result<Mail, String> {
        let tls = self.tls.unwrap_or(MailTls::Starttls);
        if tls == MailTls::None && !is_this_machine(&self.server) {
            return Err("delivery.mail: tls = \"none\" is for a relay on this machine only".into());
        }
        Ok(Mail {
            port: self.port.unwrap_or(match tls {
                MailTls::Implicit => 465,
                MailTls::Starttls => 587,
                MailTls::None => 25,
            }),
            server: self.server,
            tls,
            user: self.user,
            password_file: self.password_file,
            from: self.from,
            ca_file: self.ca_file,
            timeout: timeout("delivery.mail", self.timeout)?,
        })
    }
}

impl WebhookFile {
    fn read(self) -> Result<Webhook, String> {
        let wrong = || format!("delivery.webhook: {} is not an https URL", self.url);
        let url: Uri = self.url.parse().map_err(|_| wrong())?;
        let host = url.host().ok_or_else(wrong)?;
        let clear = url.scheme_str() == Some("http") && is_this_machine(host);
        if url.scheme_str() != Some("https") && !clear {
            return Err(wrong());
        }
        Ok(Webhook {
            url,
            secret_file: self.secret_file,
            ca_file: self.ca_file,
            timeout: timeout("delivery.webhook", self.timeout)?,
        })
    }
}

fn timeout(table: &str, span: Option<Span>) -> Result<Duration, String> {
    let timeout = span.map_or(TIMEOUT, |span| Duration::from_millis(span.0));
    if timeout.is_zero() || timeout > LONGEST_TIMEOUT {
        return Err(format!(
            "{table}: timeout has to be at most 20s, and more than nothing"
        ));
    }
    Ok(timeout)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Gateways, String> {
        let file: GatewaysFile = toml::from_str(text).map_err(|error| error.to_string())?;
        file.read()
    }

    const MAIL: &str = "[mail]\nserver = 'smtp.example'\nfrom = 'Post <code@login.example>'\n";
    const WEBHOOK: &str = "[webhook]\nurl = 'https://sms.example/send'\n";

    #[test]
    fn a_channel_goes_to_the_gateway_that_can_deliver_it_or_is_not_offered() {
        assert_eq!(read("").unwrap(), Gateways::default());
        let mail = read(MAIL).unwrap();
        let of = |gateways: &Gateways| {
            [Channel::Sms, Channel::Voice, Channel::Email].map(|channel| gateways.of(channel))
        };
        assert_eq!(of(&mail), [None, None, Some(Gateway::Mail)]);
        let (mail, webhook) = (Some(Gateway::Mail), Some(Gateway::Webhook));
        assert_eq!(of(&read(WEBHOOK).unwrap()), [webhook, webhook, None]);
        let both = format!("voice = 'none'\n{MAIL}{WEBHOOK}");
        assert_eq!(of(&read(&both).unwrap()), [webhook, None, mail]);
        let by_webhook = format!("email = 'webhook'\n{MAIL}{WEBHOOK}");
        assert_eq!(of(&read(&by_webhook).unwrap()), [webhook; 3]);
        for wrong in [
            "sms = 'mail'",
            "sms = 'webhook'",
            "email = 'mail'",
            "sms = 'x'",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_name_of_a_gateway_is_its_address_without_a_secret() {
        let webhook = "[webhook]\nurl = 'https://a:b@sms.example/c?key=d'\n";
        let gateways = read(&format!("{MAIL}{webhook}")).unwrap();
        let name = |channel| gateways.name(channel);
        assert_eq!(
            name(Channel::Sms).as_deref(),
            Some("webhook sms.example:443")
        );
        assert_eq!(name(Channel::Voice), name(Channel::Sms));
        assert_eq!(
            name(Channel::Email).as_deref(),
            Some("mail smtp.example:587")
        );
        assert_eq!(name(Channel::App), None);
        assert_eq!(read("").unwrap().name(Channel::Sms), None);
    }

    #[test]
    fn the_port_follows_the_encryption_and_nothing_leaves_this_machine_in_clear() {
        let mail = |more: &str| read(&format!("{MAIL}{more}")).map(|it| it.mail.unwrap());
        for (more, port) in [("", 587), ("tls = 'implicit'", 465), ("port = 2525", 2525)] {
            assert_eq!(mail(more).unwrap().port, port, "{more}");
        }
        assert!(mail("tls = 'none'").unwrap_err().contains("this machine"));
        assert!(mail("timeout = '21s'").is_err());
        assert!(mail("timeout = '0s'").is_err());
        let local = MAIL.replace("smtp.example", "127.0.0.1") + "tls = 'none'";
        assert_eq!(read(&local).unwrap().mail.unwrap().port, 25);
        for (url, fine) in [
            ("https://sms.example/send", true),
            ("http://localhost:9/send", true),
            ("http://[::1]:9/send", true),
            ("http://sms.example/send", false),
            ("http://localhost.example/", false),
            ("ftp://localhost/", false),
            ("/send", false),
        ] {
            let read = read(&format!("[webhook]\nurl = '{url}'"));
            assert_eq!(read.is_ok(), fine, "{url}");
        }
    }

    #[test]
    fn a_secret_is_the_variable_or_else_the_file() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, "in the file\n").unwrap();
        let secret = |environment: Option<&str>, file| {
            super::secret("NAME", environment.map(Into::into), file).map(|it| it.to_string())
        };
        assert_eq!(secret(Some("x"), Some(&path)).unwrap(), "x");
        assert_eq!(secret(None, Some(&path)).unwrap(), "in the file");
        assert!(secret(None, None).unwrap_err().contains("NAME"));
    }
}
