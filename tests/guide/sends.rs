//! Actions of choices: one new code, or the field for a backup code.

use super::*;

/// The choices that send, each on its screen, by its way.
const SENDS: [(&str, &str, RecoveryMethod); 4] = [
    ("hidden-on-phone", "unblocked", RecoveryMethod::Sms),
    ("carrier-filter", "send", RecoveryMethod::Sms),
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

#[test]
fn where_nobody_knows_the_person_does_it() {
    for (step, name, method) in SENDS {
        assert_eq!(on(step).act(name), "-");
        assert_eq!(on(step).by(RecoveryMethod::App).act(name), "-");
        let alone = on(step).where_(Flags::ALONE);
        assert_eq!(alone.act(name), "-");
        assert_eq!(alone.clone().by(method).with(&[method]).act(name), "-");
        assert_eq!(alone.with(&[]).act(name), "-");
    }
}

#[test]
fn a_new_code_comes_by_the_method_in_use() {
    for channel in [
        RecoveryMethod::Sms,
        RecoveryMethod::Email,
        RecoveryMethod::Voice,
    ] {
        assert_eq!(on("code-renew").by(channel).act("send"), "resend");
        let node = after("unasked-code self", "code-renew").by(channel);
        assert_eq!(node.act("checked-send"), "resend");
        assert_eq!(node.act("send"), "", "never before the address was checked");
    }
    // An app and a sheet send nothing.
    for channel in [RecoveryMethod::App, RecoveryMethod::Backup] {
        assert_eq!(on("code-renew").by(channel).act("send"), "");
    }
    assert_eq!(on("code-renew").act("send"), "-");
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

#[test]
fn nothing_else_acts() {
    for step in Step::ALL {
        let node = on(step.as_str()).by(RecoveryMethod::Sms);
        for shown in node.screen().choices() {
            let context = SENDS
                .iter()
                .any(|(on, name, _)| (*on, *name) == (step.as_str(), shown.name));
            let other = matches!(
                (step, shown.name),
                (Step::CodeRenew, "send") | (Step::BackupEnter, "enter")
            );
            assert!(
                shown.act.is_none() || context || other,
                "{step:?} {}",
                shown.name
            );
        }
    }
}
