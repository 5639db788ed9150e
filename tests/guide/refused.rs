//! A code is refused.

use super::*;

#[test]
fn error_which() {
    on("error-which").leads(&[
        ("wrong", "code-compare"),
        ("expired", "code-renew"),
        ("app", "app-fresh-code"),
        ("backup", "backup-enter"),
        ("often", "wait-until"),
        ("other", "wait-other-network"),
    ]);
}

#[test]
fn error_which_without_an_app_and_backup_codes() {
    on("error-which").with(&[RecoveryMethod::Sms]).leads(&[
        ("wrong", "code-compare"),
        ("expired", "code-renew"),
        ("often", "wait-until"),
        ("other", "wait-other-network"),
    ]);
}

#[test]
fn code_compare() {
    on("code-compare").leads(&[("in", "back-to-code"), ("still", "code-renew")]);
}

#[test]
fn code_renew() {
    on("code-renew").leads(&[
        ("in", "back-to-code"),
        ("send", "back-to-code"),
        ("still", "other-way"),
    ]);
}

#[test]
fn code_renew_of_a_code_that_was_not_asked_for() {
    after("unasked-code self", "code-renew").leads(&[
        ("in", "back-to-code"),
        ("checked-send", "back-to-code"),
        ("false-page", "secure-now"),
        ("still", "other-way"),
    ]);
}

#[test]
fn wait_other_network() {
    on("wait-other-network").leads(&[("in", "back-to-code"), ("still", "other-way")]);
}
