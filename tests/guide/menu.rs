//! The menu of everything.

use super::*;

const ROWS: [(&str, &str, &str); 15] = [
    ("gave", "secure-now", "urgent"),
    ("sms", "sms-other-texts-arrive", "not-coming"),
    ("mail", "mail-check-address", "not-coming"),
    ("app", "app-where", "not-coming"),
    ("call", "voice-call", "not-coming"),
    ("error", "error-which", "cannot-go-on"),
    ("locked", "locked-which", "cannot-go-on"),
    ("lost", "lost-what-is-left", "changed-forgotten"),
    ("forgot", "ways-to-get-in", "changed-forgotten"),
    ("backup", "backup-find", "changed-forgotten"),
    ("unasked", "unasked-code", "worried"),
    ("waiting", "support", "worried"),
    ("setup", "setup-two-step", "foot"),
    ("words", "glossary", "foot"),
    ("real", "real-or-fake", "foot"),
];

/// The rows without those named, and with `to` behind `locked`.
fn rows(without: &[&str], to: &'static str) -> Vec<(&'static str, &'static str)> {
    let rows = ROWS.iter().map(|(name, step, _)| {
        let step = if *name == "locked" { to } else { step };
        (*name, step)
    });
    rows.filter(|(name, _)| !without.contains(name)).collect()
}

#[test]
fn entry() {
    on("entry").leads(&rows(&[], "locked-which"));
}

#[test]
fn entry_in_its_groups() {
    let screen = on("entry").screen();
    let shown: Vec<_> = screen
        .choices()
        .map(|shown| (shown.name, shown.group.map_or("-", |group| group.as_str())))
        .collect();
    let rows: Vec<_> = ROWS
        .iter()
        .map(|(name, _, group)| (*name, *group))
        .collect();
    assert_eq!(shown, rows);
}

#[test]
fn entry_with_a_known_lock() {
    on("entry")
        .where_(Flags::LOCK_TIME)
        .leads(&rows(&[], "wait-until"));
}

#[test]
fn entry_of_a_site_without_a_method() {
    let rows_of = |methods: &[RecoveryMethod], without: &[&str]| {
        on("entry")
            .with(methods)
            .leads(&rows(without, "locked-which"));
    };
    rows_of(&[], &["sms", "mail", "app", "call", "backup"]);
    rows_of(&[RecoveryMethod::Sms], &["mail", "app", "call", "backup"]);
    rows_of(&[RecoveryMethod::Email], &["sms", "app", "call", "backup"]);
    rows_of(&[RecoveryMethod::App], &["sms", "mail", "call", "backup"]);
    rows_of(&[RecoveryMethod::Voice], &["sms", "mail", "app", "backup"]);
    rows_of(&[RecoveryMethod::Backup], &["sms", "mail", "app", "call"]);
    rows_of(
        &[
            RecoveryMethod::Key,
            RecoveryMethod::Reset,
            RecoveryMethod::Linked,
        ],
        &["sms", "mail", "app", "call", "backup"],
    );
    // The method that the page waits for is offered, named or not.
    on("entry")
        .by(RecoveryMethod::Sms)
        .with(&[RecoveryMethod::Voice])
        .leads(&rows(&["mail", "app", "backup"], "locked-which"));
}
