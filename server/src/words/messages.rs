//! The texts of messages with a code.

use login::delivery::{CodeMessage, MessageText, Wording};
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
}
