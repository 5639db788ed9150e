//! Exits, flags, and answers that are not to be had.

use super::*;

#[test]
fn exits_are_on_every_screen() {
    for step in Step::ALL {
        let exits = on(step.as_str()).exits();
        let expected = match step {
            Step::Entry => "code other support",
            Step::OtherWay => "code support menu",
            Step::Support => "code menu",
            Step::BackToCode => "other support menu",
            _ => "code other support menu",
        };
        assert_eq!(exits, expected, "{step:?}");
    }
    assert_eq!(
        after("entry lost", "lost-what-is-left").exits(),
        "code other support menu back"
    );
    assert_eq!(after("entry waiting", "support").exits(), "code menu back");
}

#[test]
fn no_other_method_is_offered_where_none_is_left() {
    let node = on("phone-signal").by(RecoveryMethod::Sms).with(&[]);
    assert_eq!(node.exits(), "code support menu");
    let node = node.with(&[RecoveryMethod::Reset, RecoveryMethod::Linked]);
    assert_eq!(node.exits(), "code support menu");
    let node = node.with(&[RecoveryMethod::Voice]);
    assert_eq!(node.exits(), "code other support menu");
    // A screen of methods without a way says so.
    let none = after("phone-signal still still", "other-way").by(RecoveryMethod::Sms);
    assert!(
        none.clone()
            .with(&[])
            .screen()
            .flags
            .contains(Flags::NO_METHODS)
    );
    assert!(
        !none
            .with(&[RecoveryMethod::Key])
            .screen()
            .flags
            .contains(Flags::NO_METHODS)
    );
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
    for answer in ["~menu", "~back", "~", "~~other", "other"] {
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
    let facts = Flags::INCIDENT.union(Flags::IOS).union(Flags::RESENT);
    let names = |answers: &str| {
        let screen = on(answers).where_(facts).screen();
        screen.flags.names().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names("entry"), "first resent incident ios");
    assert_eq!(names("entry error"), "resent incident ios");
    assert_eq!(names("unasked-code"), "first unasked resent incident ios");
    assert_eq!(names("entry unasked self"), "unasked resent incident ios");
    // A flag of the path is not a fact.
    let node = on("entry error").where_(Flags::OF_ROUTE);
    assert_eq!(node.screen().flags, Flags::NONE);
}

#[test]
fn each_flag_has_a_name_of_its_own() {
    let flags = [
        (Flags::REGISTERING, "registering"),
        (Flags::SIGN_IN, "sign-in"),
        (Flags::LANDLINE, "landline"),
        (Flags::LOCK_TIME, "lock-time"),
        (Flags::FREE_MAIL, "free-mail"),
        (Flags::CARRIER_MAIL, "carrier-mail"),
        (Flags::FIRST, "first"),
        (Flags::UNASKED, "unasked"),
        (Flags::RESENT, "resent"),
        (Flags::INCIDENT, "incident"),
        (Flags::ALONE, "alone"),
        (Flags::IOS, "ios"),
        (Flags::ANDROID, "android"),
        (Flags::DESKTOP, "desktop"),
        (Flags::NO_METHODS, "no-ways"),
    ];
    for (flag, name) in flags {
        assert_eq!(flag.names().collect::<Vec<_>>(), [name]);
        // Stated twice, it still holds.
        assert_eq!(flag.union(flag).names().collect::<Vec<_>>(), [name]);
    }
    assert_eq!(Flags::LATE.names().count(), 0);
}
