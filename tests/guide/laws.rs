//! Laws of the walk, on anything that a page may know and anybody may answer.

use proptest::prelude::*;
use todoita::guide::{FLOW, page};

use super::*;

/// Every name that stands in the table, the exits, and what is none.
fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = FLOW
        .iter()
        .flat_map(|(_, choices)| choices.iter())
        .map(|choice| choice.name)
        .collect();
    names.extend([
        "~code",
        "~other",
        "~support",
        "~menu",
        "nothing",
        "",
        "届いた",
    ]);
    names
}

fn answers() -> impl Strategy<Value = String> {
    let starts: Vec<&str> = Step::ALL
        .map(Step::as_str)
        .into_iter()
        .chain(["", "nowhere"])
        .collect();
    let answers = prop::collection::vec(prop::sample::select(names()), 0..9);
    (prop::sample::select(starts), answers)
        .prop_map(|(start, answers)| [&[start], answers.as_slice()].concat().join(" "))
}

/// What the page knows, as it comes across.
fn values() -> impl Strategy<Value = String> {
    let one = |of: &'static [&'static str]| prop::sample::select(of);
    let flag = || one(&["", "1"]);
    let ways = prop::collection::vec(
        one(&[
            "backup", "voice", "sms", "email", "app", "key", "reset", "linked", "-", "",
        ]),
        0..4,
    );
    let channel = one(&["", "sms", "voice", "email", "app", "backup", "key", "odd"]);
    let cause = one(&[
        "",
        "wrong",
        "expired",
        "used",
        "locked",
        "limited",
        "unknown",
        "unreachable",
        "unexpected",
        "odd",
    ]);
    let destination = one(&["", "5678", "h***@docomo.ne.jp", "h***@mail.example"]);
    let device = one(&["", "ios", "android", "desktop", "odd"]);
    let flags = (
        flag(),
        one(&["", "0", "1"]),
        flag(),
        flag(),
        flag(),
        flag(),
        device,
        flag(),
    );
    (channel, cause, destination, ways, flags).prop_map(
        |(channel, cause, destination, ways, flags)| {
            let ways = ways.join(" ");
            let (a, b, c, d, e, f, g, h) = flags;
            [channel, cause, destination, &ways, a, b, c, d, e, f, g, h].join("\u{1F}")
        },
    )
}

/// A walk of what is really shown: at each screen the choice or exit at a place of its list.
fn pressed(known: &Known, presses: &[u8]) -> Vec<Screen> {
    let mut screens = vec![replay(known, "")];
    for press in presses {
        let screen = screens.last().expect("the first one");
        let mut can: Vec<&str> = screen.choices().map(|shown| shown.name).collect();
        can.extend(screen.exits().filter_map(|exit| match exit {
            Exit::Code => Some("~code"),
            Exit::Other => Some("~other"),
            Exit::Support => Some("~support"),
            Exit::Menu | Exit::Back => None,
        }));
        let Some(name) = can.get(usize::from(*press) % can.len().max(1)) else {
            break;
        };
        let next = replay(known, &format!("{} {name}", screen.answers));
        screens.push(next);
    }
    screens
}

proptest! {
    #[test]
    fn the_canonical_answers_lead_to_the_same_screen(values in values(), answers in answers()) {
        let known = page::known(&values);
        let screen = replay(&known, &answers);
        prop_assert_eq!(&replay(&known, &screen.answers), &screen);
        let taken = screen.answers.split(' ').count() - 1;
        prop_assert!(usize::from(screen.count) <= taken + 1);
        prop_assert_eq!(screen.has(Exit::Back), taken > 0);
    }

    #[test]
    fn what_is_shown_can_be_pressed(values in values(), presses in prop::collection::vec(any::<u8>(), 0..12)) {
        let known = page::known(&values);
        let screens = pressed(&known, &presses);
        for pair in screens.windows(2) {
            prop_assert_ne!(&pair[0].answers, &pair[1].answers);
            prop_assert!(pair[1].count - pair[0].count <= 1);
        }
        // Five screens, and behind them by exits: support, and once more both ends.
        prop_assert!(screens.iter().all(|screen| screen.count <= 8));
    }

    #[test]
    fn one_answer_less_is_the_screen_before(values in values(), presses in prop::collection::vec(any::<u8>(), 1..8)) {
        let known = page::known(&values);
        let screens = pressed(&known, &presses);
        for pair in screens.windows(2) {
            let (before, _) = pair[1].answers.rsplit_once(' ').expect("an answer");
            prop_assert_eq!(&replay(&known, before), &pair[0]);
        }
    }

    #[test]
    fn anything_may_come_across(values in any::<String>(), answers in any::<String>()) {
        let lines = page::screen(&format!("{values}\u{1F}{answers}"));
        prop_assert!(lines.starts_with("screen "));
        prop_assert!(lines.is_ascii());
    }

    #[test]
    fn what_crosses_is_what_is_shown(values in values(), answers in answers()) {
        let screen = replay(&page::known(&values), &answers);
        let lines = page::screen(&format!("{values}\u{1F}{answers}"));
        let of = |name: &str| {
            lines
                .lines()
                .filter_map(|line| line.split_once(' '))
                .filter(|(first, _)| *first == name)
                .map(|(_, rest)| rest.split(' ').next().unwrap_or_default())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let joined = |names: &mut dyn Iterator<Item = &'static str>| names.collect::<Vec<_>>().join(" ");
        prop_assert_eq!(of("screen"), screen.step.as_str());
        prop_assert_eq!(of("count"), screen.count.to_string());
        prop_assert_eq!(of("choice"), joined(&mut screen.choices().map(|shown| shown.name)));
        prop_assert_eq!(of("way"), joined(&mut screen.ways().map(RecoveryMethod::as_str)));
        prop_assert_eq!(of("exit"), joined(&mut screen.exits().map(Exit::as_str)));
        prop_assert_eq!(of("flag"), joined(&mut screen.flags.names()));
    }

    #[test]
    fn anything_may_be_searched_for(groups in any::<String>(), text in any::<String>()) {
        let found = todoita::guide::find(&groups, &text);
        let found: Vec<_> = found.into_iter().flatten().collect();
        for (at, step) in found.iter().enumerate() {
            prop_assert!(!found[..at].contains(step));
        }
    }
}
