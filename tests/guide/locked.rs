//! The account is locked.

use super::*;

#[test]
fn locked_which() {
    on("locked-which").leads(&[
        ("often", "wait-until"),
        ("unusual", "locked-unusual-login"),
        ("use", "unlock-code"),
    ]);
}

#[test]
fn wait_until() {
    on("wait-until").leads(&[("in", "back-to-code"), ("hurry", "other-way")]);
}

#[test]
fn locked_unusual_login() {
    on("locked-unusual-login").leads(&[
        ("in", "back-to-code"),
        ("code", "unlock-code"),
        ("still", "support"),
    ]);
}

#[test]
fn unlock_code() {
    on("unlock-code").leads(&[
        ("out", "back-to-code"),
        ("still", "other-way"),
        ("cannot", "support"),
    ]);
}
