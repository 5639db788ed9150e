//! The methods that are shown: those of the site, without those that the answers have ruled out.

use todoita::cause::Cause;
use todoita::guide::view::Part;
use todoita::guide::{Choice, FLOW};

use super::*;

const ALL: &str = "sms email voice app backup key reset linked";
/// Where a phone may be lost, or time runs out.
const LOST: &str = "email backup app key sms voice reset linked";

/// The remaining methods of a list.
fn without(all: &str, out: &[&str]) -> String {
    let left: Vec<&str> = all
        .split(' ')
        .filter(|method| !out.contains(method))
        .collect();
    left.join(" ")
}

#[test]
fn in_their_order() {
    assert_eq!(on("other-way").methods(), ALL);
    assert_eq!(on("more-time").methods(), LOST);
    let few = Flags::FEW_TRIES;
    for step in Step::ALL {
        let name = step.as_str();
        let lists = [
            "not-here",
            "lost-what-is-left",
            "site-trouble",
            "more-time",
            "wait-until",
            "voice-unclear",
            "other-way",
        ];
        assert_eq!(
            !on(name).methods().is_empty(),
            lists.contains(&name),
            "{name}"
        );
        let with_few = on(name).where_(few).methods();
        assert_eq!(
            !with_few.is_empty(),
            lists.contains(&name) || asks_for_a_code_in_hand(step),
            "{name}"
        );
    }
}

/// Whether a screen asks for another attempt: an answer of the table is to enter the code, or the screen begins with a code
/// that the authenticator app shows.
fn asks_for_another_attempt(step: Step) -> bool {
    let enters = |choice: &Choice| matches!(choice.name, "in" | "enter");
    // Its answer is that the sign-in worked.
    let is_in = step == Step::LockedUnusualLogin;
    step == Step::AppWhere || !is_in && FLOW[step as usize].1.iter().any(enters)
}

/// The same without the screens whose remedy is a new code, or another network: their exit names the methods.
fn asks_for_a_code_in_hand(step: Step) -> bool {
    let others = [Step::CodeRenew, Step::PageRestarts, Step::WaitOtherNetwork];
    asks_for_another_attempt(step) && !others.contains(&step)
}

/// Where few attempts are left, each screen that asks for another says how many, and shows or names the other methods.
#[test]
fn few_attempts_are_shown_with_the_other_methods_wherever_another_is_asked_for() {
    let mut screens = 0;
    for step in Step::ALL {
        let asks = asks_for_another_attempt(step);
        screens += usize::from(asks);
        for (methods, few) in [
            (&[RecoveryMethod::Key][..], true),
            (&[RecoveryMethod::Key], false),
            (&[], true),
        ] {
            let node = on(step.as_str()).by(RecoveryMethod::Email).with(methods);
            let screen = if few {
                node.where_(Flags::FEW_TRIES)
            } else {
                node
            }
            .screen();
            let mut parts = Vec::new();
            screen.parts(&mut |part, name| parts.push((part, name)));
            let told: Vec<&str> = (parts.iter())
                .filter(|(part, name)| *part == Part::Notice && name.starts_with("few-tries"))
                .map(|(_, name)| *name)
                .collect();
            let shown = parts.contains(&(Part::Method, "key"));
            let first = if shown {
                "few-tries-methods"
            } else {
                "few-tries"
            };
            assert_eq!(told, [first][..usize::from(asks && few)], "{step:?}");
            if asks && few && !methods.is_empty() {
                let named = parts.contains(&(Part::Left, "key"));
                assert_eq!(shown, asks_for_a_code_in_hand(step), "{step:?}");
                assert!(shown || named, "{step:?} names no other method");
            }
        }
    }
    assert_eq!(screens, 10);
}

#[test]
fn a_method_that_the_site_does_not_name_is_hidden() {
    let sites = [
        (
            vec![RecoveryMethod::Voice, RecoveryMethod::Email],
            "email voice",
        ),
        (
            vec![RecoveryMethod::Key, RecoveryMethod::Linked],
            "key linked",
        ),
        (
            vec![
                RecoveryMethod::App,
                RecoveryMethod::Backup,
                RecoveryMethod::Reset,
            ],
            "app backup reset",
        ),
        (vec![], ""),
    ];
    for (methods, other) in sites {
        assert_eq!(on("other-way").with(&methods).methods(), other);
    }
}

#[test]
fn a_screen_rules_out_its_own_method() {
    for step in Step::ALL {
        let node = on(&format!("{} ~other", step.as_str()));
        if node.screen().step != Step::OtherWay || step == Step::OtherWay {
            continue;
        }
        let mut out: Vec<&str> = step
            .about()
            .into_iter()
            .map(RecoveryMethod::as_str)
            .collect();
        out.extend(match step {
            Step::StolenPhone | Step::LineStopped | Step::FamilyNumber => &["sms", "voice"][..],
            // The exit of `number-whose`: it is not known yet whose the number or the address is.
            Step::SomeoneAsks | Step::PageFromLink | Step::UnaskedCode | Step::NumberWhose => {
                &["sms", "voice", "email"][..]
            }
            _ => &[],
        });
        let lost = matches!(
            step,
            Step::StolenPhone | Step::OldPhone | Step::StillLoggedIn
        );
        let all = if lost { LOST } else { ALL };
        assert_eq!(node.methods(), without(all, &out), "{step:?}");
    }
}

#[test]
fn a_route_rules_out_what_its_screens_do() {
    let stolen = after("lost-what-is-left stolen cannot", "other-way");
    assert_eq!(stolen.methods(), without(LOST, &["sms", "voice"]));
    let found_none = after("backup-find none", "other-way");
    assert_eq!(found_none.methods(), without(ALL, &["backup"]));
    let app = after("app-where never still", "other-way");
    assert_eq!(app.methods(), without(ALL, &["app"]));
    // An app that is gone says nothing about the phone.
    let gone = after("app-where gone", "lost-what-is-left");
    assert_eq!(gone.methods(), without(LOST, &["app"]));
    let others = after("sms-check-destination whose others other", "other-way");
    assert_eq!(others.methods(), without(ALL, &["sms", "voice"]));
    // Nobody knows yet whether it is a number or an address.
    let others = after("entry whose others other", "other-way");
    assert_eq!(others.methods(), without(ALL, &["sms", "voice", "email"]));
    // A new start has ruled out nothing.
    assert_eq!(after("entry forgot", "other-way").methods(), ALL);
}

#[test]
fn the_method_in_use_is_not_another_method() {
    for (channel, out) in [
        (RecoveryMethod::Sms, "sms"),
        (RecoveryMethod::Voice, "voice"),
        (RecoveryMethod::Email, "email"),
        (RecoveryMethod::App, "app"),
        (RecoveryMethod::Backup, "backup"),
    ] {
        let node = after("wait-other-network still", "other-way").by(channel);
        assert_eq!(node.methods(), without(ALL, &[out]));
        assert_eq!(node.with(&[channel, RecoveryMethod::Key]).methods(), "key");
    }
}

#[test]
fn a_landline_gets_no_text() {
    let node = on("other-way").where_(Flags::LANDLINE);
    assert_eq!(node.methods(), without(ALL, &["sms"]));
}

#[test]
fn a_lock_rules_out_all_methods_that_share_its_counter() {
    let locked = Trouble::Refused(Cause::Locked);
    for answers in ["other-way", "wait-until"] {
        assert_eq!(on(answers).troubled(locked).methods(), "reset linked");
    }
    let node = on("wait-until")
        .troubled(locked)
        .with(&[RecoveryMethod::Sms]);
    assert_eq!(node.methods(), "");
    assert!(node.screen().flags.contains(Flags::NO_METHODS));
    // Any other refusal closes none.
    let wrong = Trouble::Refused(Cause::Wrong);
    assert_eq!(on("other-way").troubled(wrong).methods(), ALL);
}

/// A false page that asked for a code is not to get another one.
#[test]
fn nothing_is_sent_from_a_warning_before_the_address_was_checked() {
    let methods = |answers: &str| {
        let node = on(answers)
            .by(RecoveryMethod::App)
            .with(&RecoveryMethod::ALL);
        node.screen()
            .other_methods()
            .map(RecoveryMethod::as_str)
            .collect::<Vec<_>>()
    };
    for unchecked in [
        "unasked-code",
        "unasked-code not-me",
        "unasked-code told cannot",
        "entry unasked",
    ] {
        let methods = methods(unchecked);
        assert!(methods.contains(&"backup"), "{unchecked}: {methods:?}");
        for sending in ["sms", "voice", "email"] {
            assert!(!methods.contains(&sending), "{unchecked}: {methods:?}");
        }
    }
    // `code-renew` has asked for the address.
    for checked in ["unasked-code self", "wait-other-network"] {
        assert!(methods(checked).contains(&"voice"), "{checked}");
    }
}

/// A number or an address that the person does not know belongs to somebody else, who would get the code or the call.
#[test]
fn nothing_is_sent_to_a_number_that_the_person_does_not_know() {
    let methods = |answers: &str, channel| {
        let node = on(answers).by(channel).with(&RecoveryMethod::ALL);
        let screen = node.screen();
        let methods = screen.other_methods().map(RecoveryMethod::as_str);
        methods.collect::<Vec<_>>()
    };
    let number = methods("sms-check-destination whose unknown", RecoveryMethod::Sms);
    assert!(!number.contains(&"voice"), "{number:?}");
    assert!(!number.contains(&"sms"), "{number:?}");
    assert!(number.contains(&"email"), "{number:?}");
}

/// Whoever does not know yet whose the number is may not have it: until the answer, nothing is sent there.
#[test]
fn nothing_is_sent_before_it_is_answered_whose_the_number_is() {
    let all = |answers: &str, channel| {
        let node = on(answers).by(channel).with(&RecoveryMethod::ALL);
        let screen = node.screen();
        let methods = screen.other_methods().map(RecoveryMethod::as_str);
        methods.collect::<Vec<_>>().join(" ")
    };
    for answers in ["whose", "whose ~other"] {
        let number = all(
            &format!("sms-check-destination {answers}"),
            RecoveryMethod::Sms,
        );
        assert_eq!(number, "email app backup key reset linked", "{answers}");
        let address = all(
            &format!("mail-check-address {answers}"),
            RecoveryMethod::Email,
        );
        assert_eq!(address, "sms voice app backup key reset linked");
    }
    // Nobody knows whether it is a number or an address.
    assert_eq!(
        on("number-whose ~other").methods(),
        "app backup key reset linked"
    );
    // The answer that it is a landline leads to a call.
    let landline = all("sms-check-destination whose landline", RecoveryMethod::Sms);
    assert!(landline.contains("voice"), "{landline}");
}

/// The exit to the other methods leads to those that it names.
#[test]
fn the_exit_leads_to_the_methods_that_it_names() {
    for step in Step::ALL {
        for channel in RecoveryMethod::ALL.into_iter().take(5) {
            let node = on(step.as_str()).by(channel);
            if !node.screen().has(Exit::Other) {
                continue;
            }
            let named: Vec<&str> = (node.screen().other_methods())
                .map(RecoveryMethod::as_str)
                .collect();
            let other = on(&format!("{} ~other", step.as_str())).by(channel);
            assert_eq!(other.methods(), named.join(" "), "{step:?} {channel:?}");
        }
    }
}

/// "Sign in another way" is no answer where there is no other way.
#[test]
fn no_answer_leads_to_other_methods_where_none_is_left() {
    let mut answers = 0;
    for step in Step::ALL {
        let leads = |methods: &[RecoveryMethod]| {
            let flags = Flags::FEW_TRIES.union(Flags::INCIDENT);
            let node = on(step.as_str()).by(RecoveryMethod::Sms).where_(flags);
            let screen = node.with(methods).screen();
            screen
                .choices()
                .any(|it| it.name == "other" && it.to == Step::OtherWay)
        };
        answers += usize::from(leads(&[RecoveryMethod::Backup]));
        assert!(!leads(&[]), "{step:?}");
    }
    assert_eq!(answers, 7);
}
