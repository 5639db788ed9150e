//! Every path from every start, with every combination of the facts that decide about choices.

use todoita::guide::{MAX_SCREENS, start};

use super::*;

const CHANNELS: [Option<RecoveryMethod>; 6] = [
    None,
    Some(RecoveryMethod::Sms),
    Some(RecoveryMethod::Email),
    Some(RecoveryMethod::Voice),
    Some(RecoveryMethod::App),
    Some(RecoveryMethod::Backup),
];

/// Every pairing of the flags on which a choice depends.
fn flags() -> Vec<Flags> {
    let alternatives: [&[Flags]; 5] = [
        &[Flags::NONE, Flags::REGISTERING, Flags::SIGN_IN],
        &[Flags::NONE, Flags::LANDLINE],
        &[Flags::NONE, Flags::LOCK_TIME],
        &[Flags::NONE, Flags::FREE_MAIL, Flags::CARRIER_MAIL],
        &[Flags::NONE, Flags::ALONE],
    ];
    alternatives
        .into_iter()
        .fold(vec![Flags::NONE], |all, more| {
            let with = |flags: Flags| more.iter().map(move |one| flags.union(*one));
            all.into_iter().flat_map(with).collect()
        })
}

/// Every pairing of a channel and the methods that a site names.
fn sites() -> Vec<GuideContext> {
    let singles = RecoveryMethod::ALL.map(|method| Some(set(&[method])));
    let several = [
        None,
        Some(RecoveryMethods::NONE),
        Some(set(&[RecoveryMethod::Voice, RecoveryMethod::Email])),
    ];
    let named: Vec<_> = singles.into_iter().chain(several).collect();
    let site = |channel, methods| GuideContext {
        channel,
        methods,
        destination: true,
        ..GuideContext::default()
    };
    CHANNELS
        .into_iter()
        .flat_map(|channel| named.iter().map(move |methods| site(channel, *methods)))
        .collect()
}

/// Possible facts. No choice depends on a flag and a method at once, so these need not be combined.
fn pages() -> Vec<GuideContext> {
    let site = GuideContext {
        destination: true,
        ..GuideContext::default()
    };
    let flagged = flags()
        .into_iter()
        .map(|flags| GuideContext { flags, ..site });
    flagged.chain(sites()).collect()
}

/// Follows every path from `answers`, without the exits, and hands over each screen at an end.
fn follow(context: &GuideContext, answers: &str, ends: &mut Vec<Screen>) {
    let screen = replay(context, answers);
    assert_eq!(screen.answers, answers, "a choice that was shown is taken");
    assert!(
        usize::from(screen.count) <= MAX_SCREENS,
        "{} screens: {answers}",
        screen.count
    );
    let choices: Vec<_> = screen.choices().collect();
    if screen.step.is_end() {
        assert!(choices.is_empty(), "{answers}");
        ends.push(screen);
        return;
    }
    assert!(!choices.is_empty(), "a dead end: {answers}");
    for shown in choices {
        follow(context, &format!("{answers} {}", shown.name), ends);
    }
}

/// A screen with a way forward for whom nothing has helped.
#[track_caller]
fn assert_goes_on(context: &GuideContext, screen: &Screen) {
    let there = context.there();
    let methods: Vec<RecoveryMethod> = screen.methods().collect();
    assert!(
        methods.iter().all(|method| there.contains(*method)),
        "{}: {methods:?}, and the site has {there:?}",
        screen.answers
    );
    let has_support = screen.step == Step::Support || screen.has(Exit::Support);
    assert!(has_support, "{}", screen.answers);
}

#[test]
fn every_route_from_every_screen_ends_within_five() {
    for context in pages() {
        for step in Step::ALL {
            let mut ends = Vec::new();
            follow(&context, step.as_str(), &mut ends);
            for end in ends {
                assert_goes_on(&context, &end);
            }
        }
    }
}

/// By channel, and by channel and cause: they are screens of which the test above knows, and here they
/// are taken as the page takes them.
#[test]
fn every_route_from_every_start_ends_within_five() {
    use todoita::cause::Cause;
    let troubles = Cause::ALL
        .map(|cause| Some(Trouble::Refused(cause)))
        .into_iter()
        .chain([None, Some(Trouble::Unreachable), Some(Trouble::Unexpected)]);
    for trouble in troubles {
        for page in sites() {
            let context = GuideContext { trouble, ..page };
            let mut ends = Vec::new();
            follow(&context, start(&context).as_str(), &mut ends);
            for end in ends {
                assert_goes_on(&context, &end);
            }
        }
    }
}

/// The answer of someone whom nothing helps.
const NO: [&str; 14] = [
    "still", "no", "none", "gone", "never", "cannot", "hurry", "right", "wrong", "often", "unsure",
    "fine", "words", "code",
];

#[test]
fn no_to_everything_ends_at_a_method_of_the_site() {
    for context in pages() {
        for first in Step::ALL {
            if first.is_close() || matches!(first, Step::Glossary | Step::RealOrFake) {
                continue;
            }
            let mut screen = replay(&context, first.as_str());
            if screen.step == Step::Entry {
                screen = replay(&context, "entry error");
            }
            while !screen.step.is_end() {
                let names: Vec<&str> = screen.choices().map(|shown| shown.name).collect();
                let no = NO.iter().find(|no| names.contains(no));
                let no = no.unwrap_or_else(|| panic!("{}: {names:?}", screen.answers));
                screen = replay(&context, &format!("{} {no}", screen.answers));
            }
            assert!(
                matches!(screen.step, Step::OtherWay | Step::Support),
                "{}",
                screen.answers
            );
            assert_goes_on(&context, &screen);
            // No way that was tried in vain is offered again.
            if let Some(channel) = context.channel {
                assert!(
                    screen.methods().all(|method| method != channel),
                    "{}",
                    screen.answers
                );
            }
        }
    }
}

/// Once at support and once back at the code, nothing is left but the menu.
#[test]
fn exits_do_not_go_round() {
    fn press(context: &GuideContext, answers: &str, left: u8) {
        for exit in ["~code", "~other", "~support"] {
            let answers = format!("{answers} {exit}");
            if replay(context, &answers).answers == answers {
                assert!(left > 0, "{answers}");
                press(context, &answers, left - 1);
            }
        }
    }
    for step in Step::ALL {
        press(&GuideContext::default(), step.as_str(), 5);
    }
}

#[test]
fn every_screen_is_reached() {
    let mut reached = std::collections::BTreeSet::from(["sms-check-destination"]);
    let mut left = vec!["entry".to_owned()];
    while let Some(answers) = left.pop() {
        let context = GuideContext {
            flags: Flags::LOCK_TIME,
            ..GuideContext::default()
        };
        for context in [GuideContext::default(), context] {
            let screen = replay(&context, &answers);
            reached.insert(screen.step.as_str());
            left.extend(
                screen
                    .choices()
                    .filter(|_| context.flags == Flags::NONE)
                    .map(|shown| format!("{} {}", screen.answers, shown.name)),
            );
        }
    }
    let all: std::collections::BTreeSet<_> = Step::ALL.map(Step::as_str).into_iter().collect();
    assert_eq!(reached, all);
}
