//! An authenticator app shows no code, or a wrong one.

use super::*;

#[test]
fn app_where() {
    on("app-where").leads(&[
        ("refused", "app-fresh-code"),
        ("old-phone", "old-phone"),
        ("logged-in", "still-logged-in"),
        ("never", "app-find"),
        ("gone", "ways-to-get-in"),
    ]);
}

#[test]
fn app_fresh_code() {
    on("app-fresh-code").leads(&[("in", "back-to-code"), ("still", "app-update")]);
}

#[test]
fn app_update() {
    on("app-update").leads(&[("in", "back-to-code"), ("still", "other-way")]);
}

#[test]
fn app_find() {
    on("app-find").leads(&[("found", "back-to-code"), ("still", "ways-to-get-in")]);
}
