//! What crosses to the page: what it knows and the answers come in as text, the screen goes out as text.
//!
//! What is known is a list of values with U+001F between them; one line of an answer is a name and its
//! values, separated by spaces. Nothing here decides anything.

use alloc::string::String;

use super::{Act, Flags, Group, Known, Trouble, replay};
use crate::cause::Cause;
use crate::channel::{RecoveryMethod, RecoveryMethods};
use crate::word_list::{position, take_until};

/// The mark between the values that come in.
const MARK: u8 = 0x1F;

/// Reads what the page knows. In this order, each may be empty: channel; cause (the word on the wire,
/// `unreachable`, or `unexpected` for a code that nobody asked for); the (masked) destination; the ways
/// that the site names, separated by spaces (none at all: `-`); the time of the lock is known; `1`
/// registering, `0` a sign-in; the number is a landline; sent anew; incident; without a field; device:
/// `ios`, `android` or `desktop`; no code is sent again by the channel.
pub fn known(values: &str) -> Known {
    let mut rest = values;
    read(&mut rest)
}

/// What these words say, in whichever place.
const SAID: &str = "0 ios android desktop";
const SAID_FLAGS: [Flags; 4] = [Flags::SIGN_IN, Flags::IOS, Flags::ANDROID, Flags::DESKTOP];
/// What any other word says, by its place.
const PLACED_FLAGS: [Flags; 7] = [
    Flags::LOCK_TIME,
    Flags::REGISTERING,
    Flags::LANDLINE,
    Flags::RESENT,
    Flags::INCIDENT,
    Flags::ALONE,
    Flags::NONE,
];

fn read(rest: &mut &str) -> Known {
    let channel = channel(take_until(rest, MARK));
    let trouble = trouble(take_until(rest, MARK));
    let destination = take_until(rest, MARK);
    let mut known = Known {
        channel,
        trouble,
        destination: !destination.is_empty(),
        ways: ways(take_until(rest, MARK)),
        once: false,
        flags: Flags::of_mail(destination),
    };
    for placed in PLACED_FLAGS {
        let word = take_until(rest, MARK);
        let said = position(SAID, word).and_then(|at| SAID_FLAGS.get(at));
        let flags = match said {
            Some(said) => *said,
            None if word.is_empty() => Flags::NONE,
            None => placed,
        };
        known.flags = known.flags.and(flags);
    }
    known.once = !take_until(rest, MARK).is_empty();
    known
}

/// The screen that the answers lead to, as lines: `screen`, `answers`, `count`, then each `flag`,
/// `choice` (with its act and its group, or `-`), `way` and `exit`; `about`: the way that a screen speaks of. What comes in: what is known, and
/// behind it the answers.
pub fn screen(values: &str) -> String {
    let mut rest = values;
    let known = read(&mut rest);
    let screen = replay(&known, rest);
    let mut lines = Lines(String::new());
    lines.named("screen", screen.step.as_str());
    lines.named("answers", &screen.answers);
    lines.named("count", "");
    // A walk has single figures of screens.
    lines.0.push(char::from(b'0' + screen.count));
    for flag in screen.flags.names() {
        lines.named("flag", flag);
    }
    for shown in screen.choices() {
        lines.named("choice", shown.name);
        let act = match shown.act {
            None => "-",
            Some(Act::Resend) => "resend",
            Some(Act::Way(way)) => {
                lines.value("way-");
                lines.0.push_str(way.as_str());
                ""
            }
        };
        if !act.is_empty() {
            lines.value(act);
        }
        lines.value(shown.group.map_or("-", Group::as_str));
    }
    if let Some(way) = screen.step.about() {
        lines.named("about", way.as_str());
    }
    for way in screen.ways() {
        lines.named("way", way.as_str());
    }
    for exit in screen.exits() {
        lines.named("exit", exit.as_str());
    }
    lines.0
}

/// The names of the screens that [`super::find`] finds, separated by spaces. What comes in: the groups,
/// and behind them the text.
pub fn find(values: &str) -> String {
    let mut text = values;
    let groups = take_until(&mut text, MARK);
    let mut names = Lines(String::new());
    for step in super::find(groups, text).into_iter().flatten() {
        names.value(step.as_str());
    }
    names.0
}

/// Only the ways by which a code comes.
fn channel(name: &str) -> Option<RecoveryMethod> {
    RecoveryMethod::from_name(name).filter(|way| (*way as u8) < RecoveryMethod::Key as u8)
}

fn trouble(word: &str) -> Option<Trouble> {
    match word {
        "" => None,
        "unexpected" => Some(Trouble::Unexpected),
        "unreachable" => Some(Trouble::Unreachable),
        word => Some(Trouble::Refused(Cause::from_wire(word))),
    }
}

fn ways(names: &str) -> Option<RecoveryMethods> {
    if names.is_empty() || names == "-" {
        return None;
    }
    let mut ways = RecoveryMethods::NONE;
    let mut rest = names;
    while !rest.is_empty() {
        if let Some(way) = RecoveryMethod::from_name(take_until(&mut rest, b' ')) {
            ways = ways.with(way);
        }
    }
    Some(ways)
}

struct Lines(String);

impl Lines {
    fn named(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(name);
        self.value(value);
    }

    fn value(&mut self, value: &str) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
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
            "1",
        ]);
        assert_eq!(
            known(&values),
            Known {
                channel: Some(RecoveryMethod::Sms),
                trouble: Some(Trouble::Refused(Cause::Locked)),
                destination: true,
                ways: Some(
                    RecoveryMethods::NONE
                        .with(RecoveryMethod::Voice)
                        .with(RecoveryMethod::Reset)
                ),
                once: true,
                flags: Flags::LOCK_TIME
                    .and(Flags::SIGN_IN)
                    .and(Flags::LANDLINE)
                    .and(Flags::FREE_MAIL)
                    .and(Flags::RESENT)
                    .and(Flags::INCIDENT)
                    .and(Flags::IOS),
            }
        );
        for nothing in ["", "reset\u{1F}\u{1F}\u{1F}-", "key"] {
            assert_eq!(known(nothing), Known::default(), "{nothing:?}");
        }
        assert_eq!(known("\u{1F}odd").trouble, trouble("unknown"));
        assert_eq!(
            known("\u{1F}\u{1F}\u{1F}odd").ways,
            Some(RecoveryMethods::NONE)
        );
    }

    #[test]
    fn a_screen_crosses() {
        let told = |answers| {
            let page = [
                "sms",
                "",
                "5678",
                "voice email",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
            ];
            screen(&joined(&[page.as_slice(), &[answers]].concat()))
        };
        assert_eq!(
            told("sms-check-destination right yes odd"),
            "screen hidden-on-phone\nanswers sms-check-destination right yes\ncount 3\n\
             choice found - -\nchoice unblocked resend -\nchoice still - -\n\
             about sms\nexit code\nexit other\nexit support\nexit menu\nexit back"
        );
        let ways = told("sms-check-destination right never");
        assert!(
            ways.contains("\nway voice\nway email\nexit code\nexit support"),
            "{ways}"
        );
        let menu = screen("");
        assert!(menu.contains("\nchoice told - urgent\n"), "{menu}");
        assert!(menu.contains("\nflag first\n"), "{menu}");
    }

    #[test]
    fn what_was_found_crosses() {
        let told = |text| find(&joined(&["ことば\tglossary support", text]));
        assert_eq!(told("ことば"), "glossary support");
        assert_eq!(told("x"), "");
    }
}
