//! What crosses to the page: what it knows and the answers come in as text, the screen goes out as text.
//!
//! What is known is a list of values with U+001F between them; one line of an answer is a name and its
//! values, separated by spaces. Nothing here decides anything.

use alloc::string::String;

use super::{Act, Flags, Known, Trouble, Way, Ways, cut, replay};
use crate::cause::Cause;

/// Reads what the page knows. In this order, each may be empty: channel; cause (the word on the wire,
/// `unreachable`, or `unexpected` for a code that nobody asked for); the (masked) destination; the ways
/// that the site names, separated by spaces (none at all: `-`); the time of the lock is known; `1`
/// registering, `0` a sign-in; the number is a landline; sent anew; incident; without a field; device:
/// `ios`, `android` or `desktop`.
pub fn known(values: &str) -> Known {
    let mut rest = values;
    let channel = channel(cut(&mut rest, 0x1F));
    let trouble = trouble(cut(&mut rest, 0x1F));
    let destination = cut(&mut rest, 0x1F);
    let mut known = Known {
        channel,
        trouble,
        destination: !destination.is_empty(),
        ways: ways(cut(&mut rest, 0x1F)),
        flags: Flags::of_mail(destination),
    };
    for is in [
        Flags::LOCK_TIME,
        Flags::REGISTERING,
        Flags::LANDLINE,
        Flags::RESENT,
        Flags::INCIDENT,
        Flags::ALONE,
        Flags::NONE,
    ] {
        let is = match cut(&mut rest, 0x1F) {
            "" => Flags::NONE,
            "0" => Flags::SIGN_IN,
            "ios" => Flags::IOS,
            "android" => Flags::ANDROID,
            "desktop" => Flags::DESKTOP,
            _ => is,
        };
        known.flags = known.flags.and(is);
    }
    known
}

/// The screen that the answers lead to, as lines: `screen`, `answers`, `count`, then each `flag`,
/// `choice` (with its act and its group, or `-`), `way` and `exit`.
pub fn screen(values: &str, answers: &str) -> String {
    let screen = replay(&known(values), answers);
    let mut lines = Lines(String::new());
    lines.named("screen", screen.step.as_str());
    lines.named("answers", &screen.answers);
    lines.line("count ");
    // A walk has single figures of screens.
    lines.0.push(char::from(b'0' + screen.count));
    for flag in screen.flags.names() {
        lines.named("flag", flag);
    }
    for shown in screen.choices() {
        lines.named("choice", shown.name);
        lines.0.push(' ');
        match shown.act {
            None => lines.0.push('-'),
            Some(Act::Resend) => lines.0.push_str("resend"),
            Some(Act::Way(way)) => {
                lines.0.push_str("way-");
                lines.0.push_str(way.as_str());
            }
        }
        lines.0.push(' ');
        lines
            .0
            .push_str(shown.group.map_or("-", |group| group.as_str()));
    }
    for way in screen.ways() {
        lines.named("way", way.as_str());
    }
    for exit in screen.exits() {
        lines.named("exit", exit.as_str());
    }
    lines.0
}

/// The names of the screens that [`super::find`] finds, separated by spaces.
pub fn find(groups: &str, text: &str) -> String {
    let mut names = String::new();
    for step in super::find(groups, text).into_iter().flatten() {
        if !names.is_empty() {
            names.push(' ');
        }
        names.push_str(step.as_str());
    }
    names
}

/// Only the ways by which a code comes.
fn channel(name: &str) -> Option<Way> {
    Way::from_name(name).filter(|way| (*way as u8) < Way::Key as u8)
}

fn trouble(word: &str) -> Option<Trouble> {
    match word {
        "" => None,
        "unexpected" => Some(Trouble::Unexpected),
        "unreachable" => Some(Trouble::Unreachable),
        word => Some(Trouble::Refused(Cause::from_wire(word))),
    }
}

fn ways(names: &str) -> Option<Ways> {
    if names.is_empty() || names == "-" {
        return None;
    }
    let mut ways = Ways::NONE;
    let mut rest = names;
    while !rest.is_empty() {
        if let Some(way) = Way::from_name(cut(&mut rest, b' ')) {
            ways = ways.with(way);
        }
    }
    Some(ways)
}

struct Lines(String);

impl Lines {
    fn line(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(name);
    }

    fn named(&mut self, name: &str, value: &str) {
        self.line(name);
        self.0.push(' ');
        self.0.push_str(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(values: &[&str]) -> String {
        values.join("\u{1F}")
    }

    #[test]
    fn what_is_known_crosses() {
        let values = joined(&[
            "sms",
            "locked",
            "h***@mail.example",
            "voice reset x",
            "1",
            "0",
            "1",
            "1",
            "1",
            "",
            "ios",
        ]);
        assert_eq!(
            known(&values),
            Known {
                channel: Some(Way::Sms),
                trouble: Some(Trouble::Refused(Cause::Locked)),
                destination: true,
                ways: Some(Ways::NONE.with(Way::Voice).with(Way::Reset)),
                flags: Flags::LOCK_TIME
                    .and(Flags::SIGN_IN)
                    .and(Flags::LANDLINE)
                    .and(Flags::FREE_MAIL)
                    .and(Flags::RESENT)
                    .and(Flags::INCIDENT)
                    .and(Flags::IOS),
            }
        );
        for nothing in ["", "reset\u{1F}\u{1F}\u{1F}-"] {
            assert_eq!(known(nothing), Known::default(), "{nothing:?}");
        }
        assert_eq!(known("\u{1F}odd").trouble, trouble("unknown"));
        assert_eq!(known("\u{1F}\u{1F}\u{1F}odd").ways, Some(Ways::NONE));
    }

    #[test]
    fn a_screen_crosses() {
        let values = joined(&["sms", "", "1", "voice email"]);
        assert_eq!(
            screen(&values, "sms-check-destination right yes odd"),
            "screen hidden-on-phone\nanswers sms-check-destination right yes\ncount 3\n\
             choice found - -\nchoice unblocked resend -\nchoice still - -\n\
             exit code\nexit other\nexit support\nexit menu\nexit back"
        );
        let ways = screen(&values, "sms-check-destination right never");
        assert!(
            ways.contains("\nway voice\nway email\nexit code\nexit support"),
            "{ways}"
        );
        let menu = screen("", "");
        assert!(menu.contains("\nchoice told - urgent\n"), "{menu}");
        assert!(menu.contains("\nflag first\n"), "{menu}");
    }

    #[test]
    fn what_was_found_crosses() {
        let groups = "ことば\tglossary support";
        assert_eq!(find(groups, "ことば"), "glossary support");
        assert_eq!(find(groups, "x"), "");
    }
}
