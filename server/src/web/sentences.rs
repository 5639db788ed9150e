//! Sentences with values, for pages and for JSON alike.

use login::enrolment::number::Waiting;
use login::status::{SignInStatus, Undelivered, Unsent};
use todoita::channel::Channel;

use crate::web::error::Error;
use crate::words::Words;

/// The sentence of an error. `now` (milliseconds since the Unix epoch): when the request came; `utc_offset` in minutes.
pub fn of_error(words: &Words, error: &Error, now: u64, utc_offset: i32) -> String {
    let time = match error.retry_at() {
        Some((retry_at, now)) => words.clock_time_from(retry_at, now, utc_offset),
        None => words.clock_time_from(now, now, utc_offset),
    };
    words.own_with(error.word(), &[("time", &time)])
}

/// The notice of a page above the field on the delivery of the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which one: `unsent`, `undelivered`, `late`, `doubtful`.
    pub name: &'static str,
    /// Its sentence.
    pub sentence: String,
}

/// That no code was sent, that it could not be delivered, or that it is late, and what works now. `methods`: those of the
/// account. `None`: nothing is known to be wrong.
pub fn of_delivery(
    words: &Words,
    status: &SignInStatus,
    methods: &[Channel],
    utc_offset: i32,
) -> Option<Notice> {
    let notice = |name, sentence| Some(Notice { name, sentence });
    if let Some(unsent) = &status.unsent {
        let sentence = of_unsent(words, unsent, status.now, utc_offset);
        return notice("unsent", sentence);
    }
    if let Some(undelivered) = &status.undelivered {
        return notice("undelivered", of_undelivered(words, undelivered));
    }
    if let Some(doubtful) = status.doubtful()
        && status.late().is_none()
    {
        let mut sure = status.open_methods(methods);
        sure.retain(|method| !status.doubtful.contains(method));
        return notice("doubtful", of_doubtful(words, doubtful, &sure));
    }
    status.late()?;
    let down = |method: &Channel| status.down.contains(method);
    let late: Vec<Channel> = methods.iter().copied().filter(down).collect();
    let open = status.open_methods(methods);
    notice("late", of_late(words, &late, &open))
}

/// That the code to a new number could not be delivered, or that it is late. `number`: as people write it. `None`: nothing is known to be
/// wrong.
pub fn of_new_number(words: &Words, waiting: &Waiting, number: &str) -> Option<Notice> {
    let (name, key) = match waiting {
        Waiting {
            undelivered: true, ..
        } => ("undelivered", "number-undelivered"),
        Waiting { late: true, .. } => ("late", "number-late"),
        _ => return None,
    };
    let sentence = words.own_with(key, &[("number", number)]);
    Some(Notice { name, sentence })
}

/// That no code was sent, from when one can be sent, and what works now.
pub fn of_unsent(words: &Words, unsent: &Unsent, now: u64, utc_offset: i32) -> String {
    let time = words.clock_time_from(unsent.until, now, utc_offset);
    let methods = methods_in_words(words, &unsent.open);
    let key = if methods.is_empty() {
        "unsent-wait"
    } else {
        "unsent-methods"
    };
    words.own_with(key, &[("time", &time), ("methods", &methods)])
}

/// That a code could not be delivered, and what works now.
fn of_undelivered(words: &Words, undelivered: &Undelivered) -> String {
    let methods = methods_in_words(words, &undelivered.open);
    let key = if methods.is_empty() {
        "undelivered-wait"
    } else {
        "undelivered-methods"
    };
    let channel = method(words, undelivered.channel);
    words.own_with(key, &[("channel", channel), ("methods", &methods)])
}

/// That codes by the channels `late` are late because their gateway is down, and what works now.
fn of_late(words: &Words, late: &[Channel], open: &[Channel]) -> String {
    let methods = methods_in_words(words, open);
    let key = if methods.is_empty() {
        "late-wait"
    } else {
        "late-methods"
    };
    let channels = methods_in_words(words, late);
    words.own_with(key, &[("channels", &channels), ("methods", &methods)])
}

/// That codes by a channel may not arrive, because its gateway may not deliver them, and what works if so.
fn of_doubtful(words: &Words, channel: Channel, open: &[Channel]) -> String {
    let methods = methods_in_words(words, open);
    let key = if methods.is_empty() {
        "doubtful-wait"
    } else {
        "doubtful-methods"
    };
    let channel = method(words, channel);
    words.own_with(key, &[("channel", channel), ("methods", &methods)])
}

/// The names of methods in their order; an empty text where there is none.
fn methods_in_words(words: &Words, methods: &[Channel]) -> String {
    let names: Vec<&str> = methods.iter().map(|&it| method(words, it)).collect();
    names.join(words.own("list-joint"))
}

/// The name of a method.
fn method(words: &Words, channel: Channel) -> &str {
    words.own(match channel {
        Channel::Sms => "method-sms",
        Channel::Voice => "method-voice",
        Channel::Email => "method-email",
        Channel::App => "method-app",
        Channel::Backup => "method-backup",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use login::Error as Login;

    /// Every error that a request can meet.
    fn errors() -> Vec<Error> {
        let domain = [
            Login::NoSignIn,
            Login::NoSession,
            Login::StepUpNeeded,
            Login::NoMethod,
            Login::InvalidInput("a".into()),
            Login::CodeTooLong,
            Login::TooManyPasswords {
                retry_at: 15 * 60_000,
                now: 0,
            },
            Login::TooManyChanges {
                retry_at: 15 * 60_000,
                now: 0,
            },
            Login::Busy,
            Login::Internal("a"),
        ];
        let own = [
            Error::NotFound,
            Error::Method,
            Error::Host,
            Error::CrossSite,
            Error::TooLarge,
            Error::TooSlow,
            Error::MediaType,
            Error::InvalidInput("a".into()),
            Error::Internal("a"),
        ];
        own.into_iter().chain(domain.map(Error::Login)).collect()
    }

    #[test]
    fn every_error_in_json_and_on_a_page_has_its_placeholders_filled() {
        for words in [Words::of(Lang::Ja), Words::of(Lang::En)] {
            let sentences: Vec<String> = (errors().iter())
                .map(|error| of_error(words, error, 0, 540))
                .collect();
            for sentence in &sentences {
                assert!(!sentence.contains(['{', '}']), "{sentence}");
                assert!(!sentence.starts_with("error-"), "{sentence}");
            }
            assert!(sentences.iter().any(|sentence| sentence.contains("9:15")));
        }
        // All sentences of errors that the words have.
        let keys: std::collections::BTreeSet<&str> =
            errors().iter().map(|error| error.word()).collect();
        let words = include_str!("../../words/en.json");
        let all = words.matches("\"error-").count();
        assert_eq!(keys.len() + ["error-title", "error-start"].len(), all);
    }

    #[test]
    fn a_person_is_informed_what_works_instead_of_a_code() {
        let unsent = |open: &[Channel]| Unsent {
            until: 60_000,
            open: open.to_vec(),
        };
        for words in [Words::of(Lang::Ja), Words::of(Lang::En)] {
            let all = of_unsent(words, &unsent(&Channel::ALL), 0, 540);
            let none = of_unsent(words, &unsent(&[]), 0, 540);
            for sentence in [&all, &none] {
                assert!(sentence.contains("9:01"), "{sentence}");
                assert!(!sentence.contains(['{', '}']), "{sentence}");
            }
            assert_ne!(all, none);
            let late = of_late(words, &[Channel::Sms, Channel::Voice], &[Channel::App]);
            let wait = of_late(words, &[Channel::Sms, Channel::Voice], &[]);
            for sentence in [&late, &wait] {
                assert!(sentence.contains(method(words, Channel::Sms)), "{sentence}");
                assert!(
                    sentence.contains(method(words, Channel::Voice)),
                    "{sentence}"
                );
                assert!(!sentence.contains(['{', '}']), "{sentence}");
            }
            assert!(late.contains(method(words, Channel::App)), "{late}");
            for open in [&[Channel::App][..], &[]] {
                let undelivered = Undelivered {
                    channel: Channel::Sms,
                    open: open.to_vec(),
                };
                let doubtful = of_doubtful(words, Channel::Sms, open);
                for sentence in [of_undelivered(words, &undelivered), doubtful] {
                    assert!(sentence.contains(method(words, Channel::Sms)), "{sentence}");
                    assert!(!sentence.contains(['{', '}']), "{sentence}");
                }
            }
        }
    }
}
