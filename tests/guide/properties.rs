//! Properties of the replay, for any facts and any answers.

use proptest::prelude::*;
use todoita::guide::FLOW;
use todoita::guide::facts::GuideFacts;
use todoita::guide::view::{Part, Shell};

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

/// Facts by their names; an empty one is left out.
type Facts = Vec<(&'static str, String)>;

fn read(facts: &Facts) -> GuideFacts {
    GuideFacts::read(|name| {
        let fact = facts.iter().find(|(fact, _)| *fact == name);
        fact.map(|(_, value)| value.clone())
    })
}

fn facts() -> impl Strategy<Value = Facts> {
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
        one(&["", "0", "1", "3"]),
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
        let all = [
            ("channel", channel),
            ("cause", cause),
            ("destination", destination),
            ("purpose", purpose),
            ("number-kind", kind),
            ("resends", resends),
            ("attempts-left", resends),
            ("alone", alone),
            ("incident", alone),
            ("device", device),
            ("now", now),
            ("sent-at", now),
            ("expires-at", resend_at),
            ("resend-at", resend_at),
            ("retry-at", retry_at),
            ("reset", reset),
            ("notice", reset),
            ("alternatives", &methods),
        ];
        let stated = all.into_iter().filter(|(_, value)| !value.is_empty());
        stated
            .map(|(name, value)| (name, value.to_owned()))
            .collect()
    })
}

/// The parts of a screen.
#[derive(Default)]
struct Drawn(Vec<(Part, &'static str)>);

impl Shell for Drawn {
    fn part(&mut self, part: Part, name: &'static str) {
        self.0.push((part, name));
    }

    fn number(&mut self, part: Part, _: u64) {
        self.0.push((part, ""));
    }
}

/// A path of shown choices: at each screen the choice or exit at an index of its list.
fn pressed(context: &GuideContext, presses: &[u8]) -> Vec<Screen> {
    let mut screens = vec![replay(context, "")];
    for press in presses {
        let screen = screens.last().expect("the first one");
        let mut can: Vec<&str> = screen.choices().map(|shown| shown.name).collect();
        can.extend(exits(screen).filter_map(|exit| match exit {
            Exit::Code => Some("~code"),
            Exit::Other => Some("~other"),
            Exit::Support => Some("~support"),
            Exit::Menu | Exit::Back | Exit::Asked => None,
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
        let context = read(&facts).context();
        let screen = replay(&context, &answers);
        prop_assert_eq!(&replay(&context, &screen.answers), &screen);
        let taken = screen.answers.split(' ').count() - 1;
        prop_assert!(usize::from(screen.count) <= taken + 1);
        prop_assert_eq!(screen.has(Exit::Back), taken > 0);
    }

    #[test]
    fn what_is_shown_can_be_pressed(facts in facts(), presses in prop::collection::vec(any::<u8>(), 0..12)) {
        let context = read(&facts).context();
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
        let context = read(&facts).context();
        let screens = pressed(&context, &presses);
        for pair in screens.windows(2) {
            let (before, _) = pair[1].answers.rsplit_once(' ').expect("an answer");
            prop_assert_eq!(&replay(&context, before), &pair[0]);
        }
    }

    #[test]
    fn any_text_is_taken_for_facts(text in any::<String>()) {
        let facts = GuideFacts::read(|_| Some(text.clone()));
        let screen = replay(&facts.context(), &text);
        prop_assert!(Step::from_name(screen.answers.split(' ').next().unwrap_or_default()).is_some());
    }

    #[test]
    fn the_parts_are_the_choices_methods_and_exits(facts in facts(), answers in answers()) {
        let facts = read(&facts);
        let screen = replay(&facts.context(), &answers);
        let mut parts = Drawn::default();
        screen.draw(&facts, &mut parts);
        let sorted = |mut names: Vec<&'static str>| { names.sort_unstable(); names };
        let of = |part| sorted(parts.0.iter().filter(|(it, _)| *it == part).map(|(_, name)| *name).collect());
        prop_assert_eq!(of(Part::Choice), sorted(screen.choices().map(|choice| choice.name).collect()));
        prop_assert_eq!(of(Part::To), sorted(screen.choices().map(|choice| choice.to.as_str()).collect()));
        prop_assert_eq!(of(Part::Method), sorted(screen.methods().map(RecoveryMethod::as_str).collect()));
        prop_assert_eq!(of(Part::Flag), sorted(screen.flags.names().collect()));
        for (part, exit) in [
            (Part::Back, Exit::Back),
            (Part::Other, Exit::Other),
            (Part::Safety, Exit::Asked),
        ] {
            prop_assert_eq!(of(part).len(), usize::from(screen.has(exit)));
        }
        for exit in [Exit::Code, Exit::Support, Exit::Menu] {
            let is_page = exit == Exit::Code && screen.flags.contains(Flags::LOCKED);
            let name = if is_page { "page" } else { exit.as_str() };
            prop_assert_eq!(of(Part::Exit).contains(&name), screen.has(exit));
        }
        prop_assert_eq!(of(Part::Search).len(), usize::from(screen.step == Step::Entry));
        // A group is in one piece, and every answer is in one.
        let groups: Vec<_> = parts.0.iter().filter(|(part, _)| *part == Part::Group).collect();
        for (at, group) in groups.iter().enumerate() {
            prop_assert!(*group == &(Part::Group, "-") || !groups[..at].contains(group), "{:?}", group);
        }
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
