//! The texts of messages: codes and notices.

use login::delivery::{CodeMessage, MessageText, Notice, NoticeMessage, Wording};
use todoita::channel::Channel;

use crate::words::{Lang, Words};

/// Writes messages from `server/words/`.
#[derive(Clone, Copy, Debug)]
pub struct OwnWording;

impl Wording for OwnWording {
    fn code_message(&self, lang: &str, message: &CodeMessage<'_>) -> MessageText {
        let words = Words::of(Lang::from_name(lang).unwrap_or_default());
        // Spoken digit by digit, and twice.
        let digits: Vec<String> = message.code.chars().map(String::from).collect();
        let spoken = digits.join(words.own("voice-pause"));
        let minutes = message.minutes.to_string();
        let values = [
            ("code", message.code),
            ("spoken", &spoken),
            ("minutes", &minutes),
            ("host", message.host),
        ];
        let (subject, text) = match message.channel {
            Channel::Email => (Some("mail-subject"), "mail-text"),
            Channel::Voice => (None, "voice-text"),
            _ => (None, "sms-text"),
        };
        MessageText {
            subject: subject.map(|subject| words.own_with(subject, &values)),
            text: words.own_with(text, &values),
        }
    }

    fn notice(&self, lang: &str, message: &NoticeMessage<'_>) -> MessageText {
        let words = Words::of(Lang::from_name(lang).unwrap_or_default());
        let (key, left) = match message.notice {
            Notice::AuthenticatorAdded => ("notice-authenticator-added", 0),
            Notice::AuthenticatorRemoved => ("notice-authenticator-removed", 0),
            Notice::NumberChanged => ("notice-number-changed", 0),
            Notice::BackupCodesRenewed => ("notice-backup-codes", 0),
            Notice::BackupCodeUsed { left } => ("notice-backup-code-used", left),
            Notice::SessionsEnded => ("notice-sessions-ended", 0),
        };
        let left = left.to_string();
        let change = words.own_with(key, &[("name", message.user), ("left", &left)]);
        let is_mail = message.channel == Channel::Email;
        MessageText {
            subject: is_mail.then(|| words.own("notice-subject").to_owned()),
            text: words.own_with("notice-text", &[("change", &change)]),
        }
    }
}
