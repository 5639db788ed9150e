//! The facts of a page of the guide: of the sign-in, the account and the request.

use login::code_rule::{BACKUP_DIGITS, DIGITS};
use login::status::SignInStatus;
use todoita::channel::Channel;
use todoita::guide::facts::GuideFacts;

use super::code::incident;
use crate::config::Config;
use crate::web::request_context::RequestContext;
use crate::words::Words;

/// A pending sign-in and its request, as the guide takes them.
#[derive(Clone, Debug)]
pub struct GuideRequest<'a> {
    /// Who asks.
    pub context: &'a RequestContext,
    /// The configuration of the operator.
    pub config: &'a Config,
    /// The status of the sign-in.
    pub status: &'a SignInStatus,
    /// The account's methods.
    pub methods: &'a [Channel],
    /// The device that shows the page: `ios`, `android` or `desktop`.
    pub device: Option<&'static str>,
}

/// The device that the page is open on, by its user agent. The code may come to another.
pub fn device(user_agent: &str) -> &'static str {
    let has = |word| user_agent.contains(word);
    if has("Android") {
        "android"
    } else if has("iPhone") || has("iPad") {
        "ios"
    } else {
        "desktop"
    }
}

impl GuideRequest<'_> {
    /// The facts of the sign-in.
    pub fn facts(&self) -> GuideFacts {
        GuideFacts::read(|name| self.fact(name))
    }

    /// A fact by the name of the element's attribute; `None` where it is not known.
    pub(super) fn fact(&self, name: &str) -> Option<String> {
        let status = self.status;
        let own = |key: &str| Some(Words::of(self.context.lang).own(key).to_owned());
        let instant = |at: Option<u64>| Some(at?.to_string());
        match name {
            "channel" => Some(status.channel?.as_str().to_owned()),
            "destination" => status.destination.clone(),
            "cause" => Some(status.cause?.as_str().to_owned()),
            "alternatives" => {
                let methods = status.open_methods(self.methods).into_iter();
                let methods: Vec<&str> = methods.map(|it| it.as_str()).collect();
                Some(methods.join(" "))
            }
            "now" => Some(status.now.to_string()),
            "sent-at" => instant(status.sent_at),
            "expires-at" => instant(status.expires_at),
            "resend-at" => instant(status.resend_at),
            "retry-at" => instant(status.retry_at),
            "resends" => Some(status.resends.to_string()),
            "attempts-left" => Some(status.attempts_left.to_string()),
            "purpose" => Some("sign-in".to_owned()),
            "incident" => incident(self.config, status),
            "device" => self.device.map(str::to_owned),
            "site" => own("service"),
            "domain" => Some(self.context.host().to_owned()),
            "sender" | "support-hours" | "support-answer" => own(name),
            "digits" => Some(DIGITS.to_string()),
            "backup-digits" => Some(BACKUP_DIGITS.to_string()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_device_is_read_from_the_user_agent() {
        let android = "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)";
        assert_eq!(device(android), "android");
        assert_eq!(device(iphone), "ios");
        assert_eq!(device("curl/8"), "desktop");
    }
}
