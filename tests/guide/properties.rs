//! Properties of the replay, for any facts and any answers.

use proptest::prelude::*;
use todoita::guide::facts::{GuideFacts, push};
use todoita::guide::view::Part;
use todoita::guide::{FLOW, wire};

use super::*;

/// Every name of the table, the exits, and names that are in neither.
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

/// Facts, as they cross; an empty one is left out.
fn facts() -> impl Strategy<Value = String> {
    let one = |of: &'static [&'static str]| prop::sample::select(of);
    let methods = prop::collection::vec(
        one(&[
            "backup", "voice", "sms", "email", "app", "key", "reset", "-", "",
        ]),
        0..4,
    );
    let facts = (
        one(&["", "sms", "voice", "email", "app", "backup", "key", "odd"]),
        one(&[
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
        ]),
        one(&["", "5678", "h***@docomo.ne.jp", "h***@mail.example"]),
        one(&["", "registration", "sign-in", "odd"]),
        one(&["", "landline", "mobile"]),
        one(&["", "0", "1"]),
        one(&["", "yes"]),
        one(&["", "ios", "android", "desktop", "odd"]),
    );
    let times = (
        one(&["", "0", "60000", "3600001"]),
        one(&["", "60000"]),
        one(&["", "60001", "7200000"]),
        one(&["", "/reset"]),
    );
    (facts, times, methods).prop_map(|(facts, times, methods)| {
        let (channel, cause, destination, purpose, kind, resends, alone, device) = facts;
        let (now, resend_at, retry_at, reset) = times;
        let methods = methods.join(" ");
        let mut text = String::new();
        for (name, value) in [
            ("channel", channel),
            ("cause", cause),
            ("destination", destination),
            ("purpose", purpose),
            ("number-kind", kind),
            ("resends", resends),
            ("alone", alone),
            ("device", device),
            ("now", now),
            ("resend-at", resend_at),
            ("retry-at", retry_at),
            ("reset", reset),
            ("alternatives", &methods),
        ] {
            if !value.is_empty() {
                push(&mut text, name, value);
            }
        }
        text
    })
}

/// A path of shown choices: at each screen the choice or exit at an index of its list.
fn pressed(context: &GuideContext, presses: &[u8]) -> Vec<Screen> {
    let mut screens = vec![replay(context, "")];
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
        let next = replay(context, &format!("{} {name}", screen.answers));
        screens.push(next);
    }
    screens
}

proptest! {
    #[test]
    fn the_canonical_answers_lead_to_the_same_screen(facts in facts(), answers in answers()) {
        let context = GuideFacts(&facts).context();
        let screen = replay(&context, &answers);
        prop_assert_eq!(&replay(&context, &screen.answers), &screen);
        let taken = screen.answers.split(' ').count() - 1;
        prop_assert!(usize::from(screen.count) <= taken + 1);
        prop_assert_eq!(screen.has(Exit::Back), taken > 0);
    }

    #[test]
    fn what_is_shown_can_be_pressed(facts in facts(), presses in prop::collection::vec(any::<u8>(), 0..12)) {
        let context = GuideFacts(&facts).context();
        let screens = pressed(&context, &presses);
        for pair in screens.windows(2) {
            prop_assert_ne!(&pair[0].answers, &pair[1].answers);
            prop_assert!(pair[1].count - pair[0].count <= 1);
        }
        // Five screens, and behind them by exits: support, and once more both ends.
        prop_assert!(screens.iter().all(|screen| screen.count <= 8));
    }

    #[test]
    fn one_answer_less_is_the_screen_before(facts in facts(), presses in prop::collection::vec(any::<u8>(), 1..8)) {
        let context = GuideFacts(&facts).context();
        let screens = pressed(&context, &presses);
        for pair in screens.windows(2) {
            let (before, _) = pair[1].answers.rsplit_once(' ').expect("an answer");
            prop_assert_eq!(&replay(&context, before), &pair[0]);
        }
    }

    #[test]
    fn any_text_is_taken_for_facts(facts in any::<String>()) {
        let lines = wire::screen(&facts);
        prop_assert!(lines.lines().next().and_then(Step::from_name).is_some());
        prop_assert!(lines.is_ascii());
    }

    #[test]
    fn the_parts_are_the_choices_methods_and_exits(facts in facts(), answers in answers()) {
        let mut facts = facts;
        let screen = replay(&GuideFacts(&facts).context(), &answers);
        push(&mut facts, "answers", &answers);
        let lines = wire::screen(&facts);
        let of = |kind: &str| {
            lines
                .lines()
                .filter_map(|line| line.split_once(' '))
                .filter(|(first, _)| *first == kind)
                .map(|(_, rest)| rest)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let joined = |names: &mut dyn Iterator<Item = &'static str>| names.collect::<Vec<_>>().join(" ");
        let first: Vec<&str> = lines.lines().take(2).collect();
        prop_assert_eq!(first, [screen.step.as_str(), &screen.answers]);
        prop_assert_eq!(of("choice"), joined(&mut screen.choices().map(|choice| choice.name)));
        prop_assert_eq!(of("to"), joined(&mut screen.choices().map(|choice| choice.to.as_str())));
        prop_assert_eq!(of("method"), joined(&mut screen.methods().map(RecoveryMethod::as_str)));
        let exits = screen.exits().filter(|exit| *exit != Exit::Back).map(Exit::as_str);
        prop_assert_eq!(of("exit"), exits.collect::<Vec<_>>().join(" "));
        prop_assert_eq!(of("flag"), joined(&mut screen.flags.names()));
        let mut parts = Vec::new();
        screen.parts(|part, _| parts.push(part));
        prop_assert_eq!(parts.contains(&Part::Back), screen.has(Exit::Back));
        prop_assert_eq!(parts.contains(&Part::Search), screen.step == Step::Entry);
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
