//! Rules of safety: they hold over the whole table, on every route.

use std::collections::BTreeSet;

use todoita::guide::{Choice, ChoiceView, FLOW};

use super::*;

fn choices(step: Step) -> &'static [Choice] {
    FLOW[step as usize].1
}

/// The screens that can be reached from one by answers, itself included.
fn reached(from: Step) -> BTreeSet<&'static str> {
    let mut seen = BTreeSet::from([from.as_str()]);
    let mut left = vec![from];
    while let Some(step) = left.pop() {
        for choice in choices(step) {
            if seen.insert(choice.to.as_str()) {
                left.push(choice.to);
            }
        }
    }
    seen
}

/// Screens of people who are being cheated, or whose number or account is not theirs.
const NOT_ONES_OWN: [Step; 11] = [
    Step::NumberWhose,
    Step::NumberOfOthers,
    Step::OwnerDied,
    Step::SomeoneAsks,
    Step::PageFromLink,
    Step::NotYourAccount,
    Step::ContactChanged,
    Step::SecureAccount,
    Step::SecureNow,
    Step::UnaskedCode,
    Step::StolenPhone,
];

#[test]
fn no_answer_there_sends_a_code() {
    for step in NOT_ONES_OWN {
        let sends = choices(step).iter().any(|choice| choice.sends.is_some());
        assert!(!sends, "{}", step.as_str());
    }
}

/// Behind them only the three answers of people who say that they are with the phone, or asked for the code themselves.
#[test]
fn no_route_behind_them_sends_one_either() {
    for step in NOT_ONES_OWN {
        let senders: Vec<&str> = reached(step)
            .into_iter()
            .filter(|name| {
                let step = Step::from_name(name).expect("a screen");
                choices(step).iter().any(|choice| choice.sends.is_some())
            })
            .collect();
        let allowed: &[&str] = match step {
            // "It is a family member's": the button says that both are together.
            Step::NumberWhose => &["family-number"],
            // "I asked for it myself": the address of the page is checked first.
            Step::UnaskedCode => &["code-renew"],
            _ => &[],
        };
        assert_eq!(senders, allowed, "{}", step.as_str());
    }
}

#[test]
fn the_safety_line_is_on_every_screen_but_five() {
    let without: Vec<&str> = Step::ALL
        .into_iter()
        .filter(|step| !on(step.as_str()).screen().has(Exit::Asked))
        .map(Step::as_str)
        .collect();
    assert_eq!(
        without,
        [
            "entry",
            "someone-asks",
            "page-from-link",
            "secure-now",
            "done"
        ]
    );
    // On the menu the same question is the first answer.
    on("entry")
        .screen()
        .choices()
        .find(|it| it.to == Step::SomeoneAsks)
        .expect("the answer");
}

/// Whoever says that the code came is asked what the trouble is, enters it, or is told where.
#[test]
fn it_came_is_no_dead_end() {
    let came = [
        "came",
        "found",
        "picture",
        "elsewhere",
        "heard",
        "seen",
        "read",
    ];
    for (step, choices) in FLOW {
        for choice in choices.iter().filter(|choice| came.contains(&choice.name)) {
            if choice.to == Step::Done {
                panic!("{} {} closes", step.as_str(), choice.name);
            }
        }
    }
    let ends: Vec<(&str, &str)> = choices(Step::ItCame)
        .iter()
        .filter(|choice| choice.to.is_end())
        .map(|choice| (choice.name, choice.to.as_str()))
        .collect();
    assert_eq!(ends, [("where", "back-to-code")]);
    for start in ["sms-check-destination", "mail-check-address", "entry"] {
        after(&format!("{start} came"), "it-came");
    }
}

/// The effect in the page of a press on an answer.
fn name_of_act(shown: ChoiceView) -> Option<&'static str> {
    Some(match shown.act? {
        Act::Method(method) => method.as_str(),
        Act::Resend => "resend",
    })
}

fn names_of_methods(screen: &Screen) -> impl Iterator<Item = &'static str> {
    screen.other_methods().map(RecoveryMethod::as_str)
}

/// The methods that may still be pressed on a screen, and the actions of its answers.
fn pressed(node: &Node) -> BTreeSet<&'static str> {
    let screen = node.screen();
    let acts = screen.choices().filter_map(name_of_act);
    acts.chain(names_of_methods(&screen)).collect()
}

/// The screens whose answer `send` says that the phone is here, or works again: on no other one of a phone that is not the
/// person's to use does a button send.
const WITH_THE_PHONE: [Step; 3] = [Step::NotHere, Step::FamilyNumber, Step::LineStopped];

/// Neither by another method nor by a button of an answer.
#[test]
fn nothing_is_sent_to_a_phone_that_is_lost_shared_or_not_here() {
    use RecoveryMethod::{App, Email, Sms, Voice};
    let all: Vec<RecoveryMethod> = RecoveryMethod::ALL.to_vec();
    // Where the page waits for an app's code, each other method could be pressed.
    for (answers, channels, out) in [
        (
            "sms-check-destination not-here",
            &[Sms, App][..],
            "sms voice",
        ),
        (
            "sms-check-destination whose family",
            &[Sms, App],
            "sms voice",
        ),
        (
            "sms-check-destination whose others",
            &[Sms, App],
            "sms voice",
        ),
        ("sms-check-destination whose old", &[Sms, App], "sms voice"),
        (
            "sms-check-destination whose old old-phone",
            &[Sms, App],
            "sms voice",
        ),
        (
            "sms-check-destination whose old stolen",
            &[Sms, App],
            "sms voice",
        ),
        ("mail-check-address whose others", &[Email, App], "email"),
        ("mail-check-address elsewhere", &[Email, App], "email"),
        // Whoever lost an app may have the number on another phone.
        ("lost-what-is-left", &[Sms, Voice], "sms voice"),
        ("lost-what-is-left old-phone", &[Sms, Voice], "sms voice"),
        ("lost-what-is-left stolen", &[Sms, Voice, App], "sms voice"),
        ("sms-other-texts-arrive dead", &[Sms, App], "sms voice"),
        ("entry asked", &[Sms, Voice, Email, App], "sms voice email"),
        ("entry link", &[Sms, Voice, Email, App], "sms voice email"),
        ("unasked-code", &[Sms, Voice, Email, App], "sms voice email"),
    ] {
        for channel in channels {
            let node = on(answers).by(*channel).with(&all);
            let screen = node.screen();
            assert_eq!(screen.answers, answers, "{channel:?}");
            let has_it = WITH_THE_PHONE.contains(&screen.step);
            let is_confirmed = |choice: &ChoiceView| has_it && choice.name == "send";
            let sends = screen
                .choices()
                .any(|it| is_confirmed(&it) && it.act.is_some());
            assert_eq!(
                sends,
                has_it && *channel != App || answers.ends_with("dead")
            );
            let others = screen.choices().filter(|it| !is_confirmed(it));
            let pressed: BTreeSet<&str> = others
                .filter_map(name_of_act)
                .chain(names_of_methods(&screen))
                .collect();
            assert!(!pressed.is_empty(), "{answers} {channel:?}");
            for method in out.split(' ').chain(["resend"]) {
                assert!(
                    !pressed.contains(method),
                    "{answers} {channel:?}: {pressed:?}"
                );
            }
        }
    }
}

/// The account is somebody else's, so that every method of this sign-in would lead into it.
#[test]
fn no_method_is_offered_for_an_account_of_somebody_else() {
    let all: Vec<RecoveryMethod> = RecoveryMethod::ALL.to_vec();
    for answers in [
        "sms-check-destination came stranger",
        "number-whose died",
        "not-your-account off",
        "owner-died support",
    ] {
        let node = on(answers).by(RecoveryMethod::Sms).with(&all);
        assert_eq!(node.screen().answers, answers);
        assert_eq!(pressed(&node), BTreeSet::new(), "{answers}");
        assert!(!node.screen().has(Exit::Other), "{answers}");
    }
    let names = |step| reached(step).into_iter().collect::<Vec<_>>();
    let led = names(Step::NotYourAccount);
    assert!(!led.contains(&"secure-account") && !led.contains(&"secure-now"));
}
