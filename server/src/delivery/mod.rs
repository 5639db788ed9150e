//! Gateways for messages.

use std::pin::Pin;
use std::sync::Arc;

use login::clock::Clock;
use login::delivery::{Deliver, DeliveryError, Message, Receipt};
use todoita::channel::Channel;

pub mod delivered; // a message that an outbox has taken
mod mail; // a mail server by SMTP
pub mod outbox; // kept messages: the demo's phone
mod outbox_folder; // the same in a folder, for several nodes
pub mod sms; // the parts of a text message
mod tls; // towards gateways
mod webhook; // a signed request by HTTP

use crate::config::delivery::{self as config, Gateway, MAIL_PASSWORD, WEBHOOK_SECRET, secret};
use crate::signature::Secrets;
use mail::Mail;
use webhook::Webhook;

/// The gateways that are configured: each channel has one, or none.
#[derive(Clone, Debug)]
pub struct Gateways {
    config: config::Gateways,
    mail: Option<Mail>,
    webhook: Option<Webhook>,
}

/// The gateways of a running service.
#[derive(Clone, Debug)]
pub struct Connected {
    /// Delivers messages.
    pub gateways: Arc<dyn Deliver>,
    /// The secrets that the webhook's reports are signed with.
    pub report_secrets: Option<Secrets>,
}

/// Prepares the gateways of a configuration. Nothing is sent to them yet. `environment` reads a variable of the environment.
///
/// # Errors
/// A sentence: a secret or a file is missing or malformed.
pub fn connect(
    config: &config::Gateways,
    environment: impl Fn(&str) -> Option<String>,
    clock: &Clock,
) -> Result<Connected, String> {
    let mut secrets = None;
    let mut webhook = None;
    if let Some(settings) = &config.webhook {
        let file = settings.secret_file.as_deref();
        let text = secret(WEBHOOK_SECRET, environment(WEBHOOK_SECRET), file)?;
        let read = Secrets::read(&text)?;
        webhook = Some(Webhook::new(settings, read.clone(), clock.clone())?);
        secrets = Some(read);
    }
    let mut mail = None;
    if let Some(settings) = &config.mail {
        let file = settings.password_file.as_deref();
        let password = match settings.user {
            Some(_) => Some(secret(MAIL_PASSWORD, environment(MAIL_PASSWORD), file)?),
            None => None,
        };
        mail = Some(Mail::new(settings, password, clock.clone())?);
    }
    let gateways = Gateways {
        config: config.clone(),
        mail,
        webhook,
    };
    Ok(Connected {
        gateways: Arc::new(gateways),
        report_secrets: secrets,
    })
}

/// The gateways of a command, which enqueues messages for the running service and delivers none.
pub fn unconnected(config: &config::Gateways) -> Connected {
    let gateways = Gateways {
        config: config.clone(),
        mail: None,
        webhook: None,
    };
    Connected {
        gateways: Arc::new(gateways),
        report_secrets: None,
    }
}

impl Gateways {
    fn of(&self, channel: Channel) -> Option<&dyn Deliver> {
        match self.config.of(channel)? {
            Gateway::Webhook => self.webhook.as_ref().map(|gateway| gateway as &dyn Deliver),
            Gateway::Mail => self.mail.as_ref().map(|gateway| gateway as &dyn Deliver),
        }
    }
}

impl Deliver for Gateways {
    fn gateway(&self, channel: Channel) -> Option<String> {
        self.config.name(channel)
    }

    fn deliver<'a>(
        &'a self,
        idempotency_key: &'a str,
        message: &'a Message,
    ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>> {
        match self.of(message.channel) {
            Some(gateway) => gateway.deliver(idempotency_key, message),
            // A message that was enqueued before the configuration was changed.
            None => Box::pin(async { Err(DeliveryError::later("the channel has no gateway")) }),
        }
    }
}
