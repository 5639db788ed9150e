//! Every path from every start, with every combination of the facts that decide about choices.

use todoita::guide::{FLOW, MAX_SCREENS, start};

use super::*;

const CHANNELS: [Option<RecoveryMethod>; 6] = [
    None,
    Some(RecoveryMethod::Sms),
    Some(RecoveryMethod::Email),
    Some(RecoveryMethod::Voice),
    Some(RecoveryMethod::App),
    Some(RecoveryMethod::Backup),
];

/// Pairings of the flags on which a choice depends. Those of the moment decide about no choice that leads on, so that
/// they hold together or not at all.
fn flags() -> Vec<Flags> {
    let alternatives: [&[Flags]; 5] = [
        &[
            Flags::NONE,
            Flags::REGISTERING.union(Flags::FREE_MAIL),
            Flags::SIGN_IN.union(Flags::CARRIER_MAIL),
        ],
        &[Flags::NONE, Flags::ALONE],
        &[Flags::NONE, Flags::INCIDENT],
        &[Flags::NONE, Flags::LIMITED],
        &[
            Flags::NONE,
            Flags::LANDLINE.union(Flags::LOCK_TIME),
            Flags::OF_THE_MOMENT,
        ],
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
    let flagged = flags().into_iter().flat_map(|flags| {
        CHANNELS.map(|channel| GuideContext {
            channel,
            flags,
            destination: true,
            can_resend: true,
            ..GuideContext::default()
        })
    });
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
    if choices.is_empty() {
        // Only where "another way" was the last answer, and there is none.
        assert!(leaves_out_other(&screen), "a dead end: {answers}");
        ends.push(screen);
        return;
    }
    for shown in choices {
        follow(context, &format!("{answers} {}", shown.name), ends);
    }
}

/// Whether a screen has no answer "sign in another way" because no other way is left.
fn leaves_out_other(screen: &Screen) -> bool {
    let (_, choices) = FLOW[screen.step as usize];
    choices.iter().any(|choice| choice.name == "other") && screen.other_methods().next().is_none()
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
const NO: [&str; 22] = [
    "still",
    "no",
    "none",
    "gone",
    "never",
    "cannot",
    "right",
    "wrong",
    "often",
    "unsure",
    "other",
    "fine",
    "silent",
    "late",
    "told",
    "own",
    "locked-out",
    "old",
    "slow",
    "off",
    "entered",
    "support",
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
                let no = no.unwrap_or_else(|| {
                    assert!(leaves_out_other(&screen), "{}: {names:?}", screen.answers);
                    &"~support"
                });
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
                    screen.other_methods().all(|method| method != channel),
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

/// From where the guide opens, its menu, and the exit for whom somebody asks for the code.
#[test]
fn every_screen_is_reached() {
    let mut reached = std::collections::BTreeSet::new();
    for page in pages() {
        for first in ["", "entry", "someone-asks"] {
            let mut left = vec![first.to_owned()];
            while let Some(answers) = left.pop() {
                let screen = replay(&page, &answers);
                reached.insert(screen.step.as_str());
                let known = reached.len();
                left.extend(
                    screen
                        .choices()
                        .map(|shown| format!("{} {}", screen.answers, shown.name)),
                );
                if known == Step::ALL.len() {
                    return;
                }
            }
        }
    }
    let missed = Step::ALL.map(Step::as_str).into_iter();
    let missed: Vec<&str> = missed.filter(|name| !reached.contains(name)).collect();
    assert_eq!(missed, [""; 0]);
}
