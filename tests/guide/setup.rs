//! Screens to set up or to read, and the ends of paths.

use super::*;

#[test]
fn setup_two_step() {
    on("setup-two-step").leads(&[("next", "setup-backup-codes"), ("cannot", "support")]);
}

#[test]
fn setup_backup_codes() {
    on("setup-backup-codes").leads(&[("next", "setup-login-alerts"), ("cannot", "support")]);
}

#[test]
fn setup_login_alerts() {
    on("setup-login-alerts").leads(&[("done", "done"), ("cannot", "support")]);
}

#[test]
fn glossary() {
    on("glossary").leads(&[("code", "back-to-code")]);
}

#[test]
fn ends() {
    for end in ["other-way", "support", "done", "back-to-code"] {
        on(end).leads(&[]);
    }
}
