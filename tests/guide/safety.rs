//! Somebody else may be at it.

use super::*;

#[test]
fn unasked_code() {
    let node = on("unasked-code");
    node.leads(&[
        ("self", "code-renew"),
        ("not-me", "secure-account"),
        ("opened", "secure-now"),
        ("told", "secure-now"),
        ("unsure", "secure-now"),
        ("no-account", "done"),
    ]);
    let screen = node.screen();
    let groups: Vec<_> = screen
        .choices()
        .map(|shown| shown.group.map_or("-", |group| group.as_str()))
        .collect();
    let own = "opened-or-told";
    assert_eq!(groups, ["-", "-", own, own, own, "-"]);
}

#[test]
fn real_or_fake() {
    on("real-or-fake").leads(&[("entered", "secure-now"), ("fine", "back-to-code")]);
}

#[test]
fn secure_account() {
    on("secure-account").leads(&[("done", "done"), ("cannot", "contact-changed")]);
}

#[test]
fn secure_now() {
    for node in [
        on("secure-now"),
        after("entry told", "secure-now"),
        after("entry unasked told", "secure-now"),
        after("unasked-code self false-page", "secure-now"),
    ] {
        node.leads(&[("done", "done"), ("cannot", "contact-changed")]);
    }
}

/// The fifth screen is a way forward.
#[test]
fn secure_now_as_the_fourth_screen() {
    after("entry unasked self false-page", "secure-now")
        .leads(&[("done", "done"), ("cannot", "support")]);
}

#[test]
fn contact_changed() {
    on("contact-changed").leads(&[("mine", "done"), ("cannot", "support")]);
}
