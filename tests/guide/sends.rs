//! Actions of choices: one new code, or the field for a backup code.

use todoita::guide::view::Part;

use super::*;

/// The choices that send, each on its screen, by its way.
const SENDS: [(&str, &str, RecoveryMethod); 7] = [
    ("hidden-on-phone", "unblocked", RecoveryMethod::Sms),
    ("carrier-filter", "send", RecoveryMethod::Sms),
    ("line-stopped", "send", RecoveryMethod::Sms),
    ("sim-check", "send", RecoveryMethod::Sms),
    ("voice-unclear", "call", RecoveryMethod::Voice),
    ("mail-allow-domain", "send", RecoveryMethod::Email),
    ("voice-call", "call", RecoveryMethod::Voice),
];

#[test]
fn the_method_in_use_sends_again() {
    for (step, name, method) in SENDS {
        assert_eq!(on(step).by(method).act(name), "resend", "{step}");
        assert_eq!(on(step).by(method).with(&[]).act(name), "resend", "{step}");
    }
}

#[test]
fn another_method_of_the_site_is_used() {
    for (step, name, method) in SENDS {
        for channel in [RecoveryMethod::App, RecoveryMethod::Backup] {
            let node = on(step).by(channel).with(&[method]);
            assert_eq!(node.act(name), format!("way-{}", method.as_str()));
        }
        assert_eq!(
            on(step).with(&[method]).act(name),
            format!("way-{}", method.as_str())
        );
    }
}

#[test]
fn a_method_that_the_site_does_not_have_is_not_offered() {
    for (step, name, _) in SENDS {
        assert_eq!(
            on(step)
                .by(RecoveryMethod::App)
                .with(&[RecoveryMethod::Key])
                .act(name),
            ""
        );
        assert_eq!(on(step).with(&[]).act(name), "");
    }
}

/// No answer says "send" where the page has no button for it: alone, without a "send again", without the method.
#[test]
fn what_the_page_cannot_send_is_no_answer() {
    for (step, name, method) in SENDS {
        assert_eq!(on(step).by(RecoveryMethod::App).act(name), "", "{step}");
        let alone = on(step).where_(Flags::ALONE);
        assert_eq!(alone.act(name), "");
        assert_eq!(alone.clone().by(method).with(&[method]).act(name), "");
        let mut once = on(step).by(method).with(&[method, RecoveryMethod::Backup]);
        once.context.can_resend = false;
        assert_eq!(once.act(name), "", "{step}");
        assert!(
            once.screen().choices().count() >= 2 || step.starts_with("voice"),
            "{step}"
        );
    }
    for step in Step::ALL {
        let node = on(step.as_str()).where_(Flags::ALONE);
        assert!(node.screen().choices().all(|shown| shown.act.is_none()));
    }
}

#[test]
fn a_new_code_comes_by_the_method_in_use() {
    let again = [
        "code-renew",
        "more-time",
        "page-restarts",
        "not-here",
        "family-number",
    ];
    for step in again {
        for channel in [
            RecoveryMethod::Sms,
            RecoveryMethod::Email,
            RecoveryMethod::Voice,
        ] {
            assert_eq!(on(step).by(channel).act("send"), "resend", "{step}");
        }
        // An app and a sheet send nothing.
        for channel in [RecoveryMethod::App, RecoveryMethod::Backup] {
            assert_eq!(on(step).by(channel).act("send"), "", "{step}");
        }
        // A page that names no channel still has its button.
        assert_eq!(on(step).act("send"), "resend", "{step}");
    }
}

/// Until the end of a wait, the answer that sends is drawn shut, with the time.
#[test]
fn a_wait_shuts_what_sends() {
    for (step, flags) in [
        ("code-renew", Flags::WAITING),
        ("not-here", Flags::WAITING.union(Flags::RESENT)),
        ("hidden-on-phone", Flags::WAITING),
        ("hidden-on-phone", Flags::RESENT),
        ("hidden-on-phone", Flags::NONE),
    ] {
        let screen = on(step).by(RecoveryMethod::Sms).where_(flags).screen();
        let mut parts = Vec::new();
        screen.parts(&mut |part, name| parts.push((part, name)));
        let action = parts
            .iter()
            .position(|part| *part == (Part::Action, "resend"));
        let next = parts[action.expect("an answer that sends") + 1].0;
        assert_eq!(next == Part::Shut, flags.contains(Flags::WAITING), "{step}");
        assert_eq!(next == Part::Warning, flags == Flags::RESENT, "{step}");
    }
    // The filter screen offers to wait instead.
    let node = on("carrier-filter")
        .by(RecoveryMethod::Sms)
        .where_(Flags::WAITING);
    assert_eq!(
        (node.act("send").as_str(), node.act("wait").as_str()),
        ("", "-")
    );
}

#[test]
fn a_backup_code_is_typed_where_there_is_a_field_for_it() {
    let node = on("backup-enter");
    assert_eq!(node.act("enter"), "-");
    assert_eq!(
        node.clone()
            .by(RecoveryMethod::Sms)
            .with(&[RecoveryMethod::Backup])
            .act("enter"),
        "way-backup"
    );
    assert_eq!(
        node.clone()
            .by(RecoveryMethod::Backup)
            .with(&[])
            .act("enter"),
        "-"
    );
    assert_eq!(
        node.clone()
            .by(RecoveryMethod::Sms)
            .with(&[RecoveryMethod::Voice])
            .act("enter"),
        ""
    );
    assert_eq!(node.where_(Flags::ALONE).act("enter"), "-");
}
