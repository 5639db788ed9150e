//! Mail by SMTP (RFC 5321), as text and as HTML with the same words.

use std::fmt;
use std::pin::Pin;
use std::time::{Duration, UNIX_EPOCH};

use askama::Template;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{AsyncSmtpTransport, Error as SmtpError};
use lettre::{Address, AsyncTransport as _, Tokio1Executor};
use login::clock::Clock;
use login::delivery::{About, Deliver, DeliveryError, Message, Receipt};
use zeroize::Zeroizing;

use crate::config::delivery::{self as config, MailTls};

/// A mail server.
#[derive(Clone)]
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    timeout: Duration,
    clock: Clock,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The transport holds the password.
        f.debug_struct("Mail")
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

/// The HTML of a mail.
#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    lang: &'a str,
    subject: &'a str,
    paragraphs: Vec<&'a str>,
}

impl Mail {
    /// A mail server. `password`: for the user of the settings. The date of a mail is that of `clock`.
    ///
    /// # Errors
    /// A sentence: the sender is not an address, or the certificate authorities cannot be read.
    pub fn new(
        settings: &config::Mail,
        password: Option<Zeroizing<String>>,
        clock: Clock,
    ) -> Result<Mail, String> {
        let from: Mailbox = (settings.from.parse())
            .map_err(|error| format!("delivery.mail: from = {:?}: {error}", settings.from))?;
        let tls = match settings.tls {
            MailTls::Implicit => Tls::Wrapper(tls(settings)?),
            MailTls::Starttls => Tls::Required(tls(settings)?),
            MailTls::None => Tls::None,
        };
        let hello = ClientId::Domain(from.email.domain().to_owned());
        let mut transport =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.server)
                .port(settings.port)
                .hello_name(hello)
                .timeout(Some(settings.timeout))
                .tls(tls);
        if let (Some(user), Some(password)) = (&settings.user, password) {
            let credentials = Credentials::new(user.clone(), password.as_str().to_owned());
            transport = transport.credentials(credentials);
        }
        Ok(Mail {
            transport: transport.build(),
            from,
            timeout: settings.timeout,
            clock,
        })
    }

    /// A message as a mail. Its id is made of the idempotency key: the same mail that was sent twice has one id.
    fn write(&self, key: &str, message: &Message) -> Result<lettre::Message, DeliveryError> {
        let never = |why: &dyn fmt::Display| DeliveryError::Never(format!("no mail: {why}"));
        let to: Address = message.destination.parse().map_err(|error| never(&error))?;
        let subject = message.subject.as_deref().unwrap_or_default();
        let html = Html {
            lang: &message.lang,
            subject,
            paragraphs: message.text.split("\n\n").collect(),
        };
        let html = html.render().map_err(|error| never(&error))?;
        let header = |name, value: &str| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
        };
        lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            .date(UNIX_EPOCH + Duration::from_millis(self.clock.wall()))
            .message_id(Some(format!("<{key}@{}>", self.from.email.domain())))
            // RFC 3834: no automatic answer, such as a notice of absence.
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", &message.lang))
            .multipart(MultiPart::alternative_plain_html(
                message.text.clone(),
                html,
            ))
            .map_err(|error| never(&error))
    }
}

fn tls(settings: &config::Mail) -> Result<TlsParameters, String> {
    let mut tls = TlsParameters::builder(settings.server.clone());
    if let Some(file) = &settings.ca_file {
        for authority in super::tls::authorities(file)? {
            let authority = Certificate::from_der(authority.to_vec())
                .map_err(|error| format!("{}: {error}", file.display()))?;
            tls = tls.add_root_certificate(authority);
        }
    }
    tls.build()
        .map_err(|error| format!("delivery.mail: TLS: {error}"))
}

impl Deliver for Mail {
    fn deliver<'a>(
        &'a self,
        idempotency_key: &'a str,
        message: &'a Message,
    ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>> {
        Box::pin(async move {
            let mail = self.write(idempotency_key, message)?;
            let sending = tokio::time::timeout(self.timeout, self.transport.send(mail));
            match sending.await {
                Ok(Ok(_)) => Ok(Receipt::default()),
                Ok(Err(error)) => Err(refusal(&error)),
                Err(_) => Err(DeliveryError::later("no answer in time")),
            }
        })
    }
}

/// Mailbox unavailable, user not local, mailbox name not allowed, domain takes no mail (RFC 5321 section 4.2.3, RFC 7504).
const NO_SUCH_MAILBOX: [u16; 4] = [550, 551, 553, 556];

/// Parts of words by which an answer without an enhanced code refuses this service and not the mailbox. Exim: "relay not permitted",
/// "Administrative prohibition", "Sender verify failed".
const OF_THIS_SERVICE: [&str; 4] = ["relay", "prohibit", "sender", "authenticat"];

/// The error of a refusal. Only a mailbox that does not exist is given up. Everything else is tried again: also a lasting refusal of
/// this service (530, 535, 550 5.7.1), which an operator can mend while the code is valid.
fn refusal(error: &SmtpError) -> DeliveryError {
    let Some(code) = error.status() else {
        return DeliveryError::later(error.to_string());
    };
    let answer = error.to_string();
    let enhanced = enhanced_code(&answer);
    let code: u16 = code.into();
    let of_this_service = match enhanced {
        // The class "security or policy status", and a bad address of the sender (RFC 3463 sections 3.8 and 3.2).
        Some(code) => code.starts_with("5.7.") || ["5.1.7", "5.1.8"].contains(&code),
        None => has_word_with(&answer, &OF_THIS_SERVICE),
    };
    // The text of the answer may have the address in it.
    let reason = match enhanced {
        Some(code) => code,
        None if of_this_service => "and refuses this service, not the mailbox",
        None => "",
    };
    let text = format!("the mail server answered {code} {reason}");
    if NO_SUCH_MAILBOX.contains(&code) && !of_this_service {
        return DeliveryError::Never(text);
    }
    let about = if is_about_the_mailbox(code, enhanced, &answer) {
        About::Destination
    } else {
        About::Gateway
    };
    DeliveryError::Later {
        why: text,
        after: None,
        about,
    }
}

/// Mailbox busy, error in processing, too much stored (RFC 5321 section 4.2.3): the answers to a recipient that is refused for a while.
const MAILBOX_FOR_A_WHILE: [u16; 3] = [450, 451, 452];

/// Parts of words by which an answer refuses a mailbox for a while, whatever its enhanced code.
const GREYLISTING: [&str; 2] = ["greylist", "graylist"];

/// Whether an answer refuses one mailbox for a while, and not all. The classes of enhanced codes are "addressing status" and "mailbox
/// status" (RFC 3463 sections 3.2 and 3.3). Without one, 452 is the server's own storage, and Exim calls its own trouble "local".
fn is_about_the_mailbox(code: u16, enhanced: Option<&str>, answer: &str) -> bool {
    let by_code = match enhanced {
        // A bad address of the sender.
        Some("4.1.7" | "4.1.8") => false,
        Some(code) => code.starts_with("4.1.") || code.starts_with("4.2."),
        None => {
            code != 452
                && !has_word_with(answer, &OF_THIS_SERVICE)
                && !has_word_with(answer, &["local"])
        }
    };
    MAILBOX_FOR_A_WHILE.contains(&code) && (by_code || has_word_with(answer, &GREYLISTING))
}

/// Whether a word of an answer has one of these parts. Addresses are left out: a mailbox may have any name.
fn has_word_with(answer: &str, parts: &[&str]) -> bool {
    let words = answer.split_whitespace();
    let mut words = words
        .filter(|word| !word.contains('@'))
        .map(str::to_lowercase);
    words.any(|word| parts.iter().any(|part| word.contains(part)))
}

/// The first enhanced status code in an answer (RFC 3463): three numbers with dots between them.
fn enhanced_code(answer: &str) -> Option<&str> {
    let is_code = |word: &&str| {
        let numbers: Vec<&str> = word.split('.').collect();
        let is_number = |number: &&str| number.parse::<u16>().is_ok();
        numbers.len() == 3 && numbers.iter().all(is_number)
    };
    answer.split_whitespace().find(is_code)
}
