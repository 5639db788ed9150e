//! Exits, flags, and answers that are not to be had.

use super::*;
use todoita::guide::view::Part;

#[test]
fn exits_are_on_every_screen() {
    for step in Step::ALL {
        let screen = on(step.as_str()).screen();
        let lists = screen.methods().next().is_some();
        let answers = screen.choices().any(|shown| shown.name == "other");
        let expected: Vec<&str> = [
            (step != Step::BackToCode, "code"),
            (
                !lists
                    && !answers
                    && !matches!(
                        step,
                        Step::Support | Step::Done | Step::OwnerDied | Step::NotYourAccount
                    ),
                "other",
            ),
            (step != Step::Support, "support"),
            (step != Step::Entry, "menu"),
            (step.has_safety_line(), "asked"),
        ]
        .into_iter()
        .filter_map(|(is_there, name)| is_there.then_some(name))
        .collect();
        assert_eq!(on(step.as_str()).exits(), expected.join(" "), "{step:?}");
    }
    assert_eq!(
        after("entry lost", "lost-what-is-left").exits(),
        "code support menu back asked"
    );
    assert_eq!(
        after("entry waiting", "support").exits(),
        "code menu back asked"
    );
}

#[test]
fn no_other_method_is_offered_where_none_is_left() {
    let node = on("phone-signal").by(RecoveryMethod::Sms).with(&[]);
    assert_eq!(node.exits(), "code support menu asked");
    let node = node.with(&[RecoveryMethod::Voice]);
    assert_eq!(node.exits(), "code other support menu asked");
    // A screen of methods without a way says so.
    let none = after("phone-signal still still", "other-way").by(RecoveryMethod::Sms);
    let says_so = |node: Node| node.screen().flags.contains(Flags::NO_METHODS);
    assert!(says_so(none.clone().with(&[])));
    assert!(!says_so(none.with(&[RecoveryMethod::Key])));
}

/// The sentence that no method is left names the site's notices: they are there.
#[test]
fn the_notices_are_linked_where_no_method_is_left() {
    let links = |node: Node| {
        let mut links = Vec::new();
        node.screen().parts(&mut |part, name| {
            if part == Part::Link {
                links.push(name);
            }
        });
        links
    };
    let none = on("other-way")
        .where_(Flags::NOTICE)
        .by(RecoveryMethod::Sms);
    assert_eq!(links(none.clone().with(&[])), ["notice"]);
    assert!(links(none.with(&[RecoveryMethod::Key])).is_empty());
}

#[test]
fn an_exit_is_an_answer() {
    assert_eq!(
        after("entry sms no ~other", "other-way").screen().answers,
        "entry sms no ~other"
    );
    after("entry sms no ~other ~support", "support");
    after("support ~code", "back-to-code");
    // Shown once, it stays, so that no path is a circle.
    assert_eq!(
        after("support ~code ~code", "back-to-code")
            .screen()
            .answers,
        "support ~code"
    );
    after("support ~code ~other ~code", "other-way");
    // The menu and the step back are new starts, not answers.
    for answer in ["~menu", "~back", "~", "~~other", "other", "~asked"] {
        let screen = on(&format!("phone-signal {answer}")).screen();
        assert_eq!(screen.answers, "phone-signal", "{answer}");
    }
}

#[test]
fn an_unavailable_answer_stops_replay() {
    for (answers, taken) in [
        ("entry sms no nothing came", "entry sms no"),
        ("entry sms no  came", "entry sms no"),
        ("entry sms no came ", "entry sms no came"),
        ("entry sms no\ncame", "entry sms"),
        ("entry fix right", "entry"),
        ("mail-search still still", "mail-search still still"),
    ] {
        assert_eq!(on(answers).screen().answers, taken);
    }
    // A choice that is hidden is no answer.
    let node = on("mail-search still came").where_(Flags::FREE_MAIL);
    assert_eq!(node.screen().answers, "mail-search still");
}

#[test]
fn screens_are_counted() {
    for (answers, count) in [
        ("entry", 1),
        ("entry sms", 2),
        ("entry sms no still still", 5),
        ("entry sms no came", 3),
        ("entry unasked no-account", 2),
        ("done", 0),
    ] {
        assert_eq!(on(answers).screen().count, count, "{answers}");
    }
}

#[test]
fn flags_come_from_the_route_and_from_facts() {
    let facts = Flags::INCIDENT.union(Flags::IOS).union(Flags::LIMITED);
    let names = |answers: &str| {
        let screen = on(answers).where_(facts).screen();
        screen.flags.names().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names("entry"), "first incident ios limited");
    assert_eq!(names("entry error"), "incident ios limited");
    assert_eq!(names("unasked-code"), "first unasked incident ios limited");
    assert_eq!(names("entry unasked self"), "unasked incident ios limited");
    assert_eq!(names("entry sms"), "incident ios limited by-sms");
    // A flag of the path is not a fact.
    let node = on("entry error").where_(Flags::OF_ROUTE);
    assert_eq!(node.screen().flags, Flags::NONE);
}

/// The flags of a text message are not on the screens of a mail.
#[test]
fn flags_of_a_message_are_on_the_screens_of_its_method() {
    let facts = Flags::FRESH.union(Flags::RESENT).union(Flags::EXPIRED);
    let node = |answers| on(answers).by(RecoveryMethod::Sms).where_(facts);
    assert!(node("entry sms").screen().flags.contains(facts));
    assert!(node("entry error").screen().flags.contains(facts));
    assert!(!node("entry mail").screen().flags.intersects(facts));
}

#[test]
fn a_method_has_a_flag_of_its_own() {
    for (step, name) in [
        ("phone-signal", "by-sms"),
        ("mail-search", "by-email"),
        ("voice-rang", "by-voice"),
        ("app-where", "by-app"),
        ("backup-find", "by-backup"),
    ] {
        let flags = on(step).by(RecoveryMethod::Sms).screen().flags;
        let names: Vec<&str> = flags
            .names()
            .filter(|name| name.starts_with("by-"))
            .collect();
        assert_eq!(names, [name], "{step}");
    }
    assert!(!on("entry").screen().flags.intersects(Flags::OF_METHOD));
}
