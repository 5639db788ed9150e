//! Somebody else may be at it.

use super::*;

#[test]
fn unasked_code() {
    let node = on("unasked-code");
    node.leads(&[
        ("self", "code-renew"),
        ("not-me", "secure-account"),
        ("opened", "secure-now"),
        ("gave", "secure-now"),
        ("unsure", "secure-now"),
        ("no-account", "done"),
    ]);
    let screen = node.screen();
    let groups: Vec<_> = screen
        .choices()
        .map(|shown| shown.group.map_or("-", |group| group.as_str()))
        .collect();
    let own = "opened-or-gave";
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
        after("entry gave", "secure-now"),
        after("entry unasked gave", "secure-now"),
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

/// A false page that asked for a code is not to get another one.
#[test]
fn nothing_is_sent_from_a_warning_before_the_address_was_checked() {
    let context = GuideContext {
        channel: Some(RecoveryMethod::Sms),
        destination: true,
        methods: Some(RecoveryMethods::ALL),
        ..GuideContext::default()
    };
    let methods = |answers: &str| replay(&context, answers).methods().collect::<Vec<_>>();
    let sending = [
        RecoveryMethod::Voice,
        RecoveryMethod::Sms,
        RecoveryMethod::Email,
    ];
    for unchecked in [
        "unasked-code ~other",
        "unasked-code not-me ~other",
        "unasked-code gave cannot ~other",
        "entry unasked ~other",
    ] {
        let methods = methods(unchecked);
        assert!(
            methods.contains(&RecoveryMethod::Backup),
            "{unchecked}: {methods:?}"
        );
        assert!(
            !sending.iter().any(|method| methods.contains(method)),
            "{unchecked}: {methods:?}"
        );
    }
    // `code-renew` has asked for the address.
    for checked in ["unasked-code self still", "sms-check-destination ~other"] {
        assert!(
            methods(checked).contains(&RecoveryMethod::Voice),
            "{checked}"
        );
    }
}

/// Where the page has no "send again", the guide has none.
#[test]
fn what_is_sent_once_is_not_sent_again() {
    let context = GuideContext {
        channel: Some(RecoveryMethod::Sms),
        destination: true,
        methods: Some(RecoveryMethods::NONE),
        once: true,
        ..GuideContext::default()
    };
    for answers in ["carrier-filter", "code-renew", "hidden-on-phone"] {
        let screen = replay(&context, answers);
        assert!(
            screen.choices().all(|shown| shown.act.is_none()),
            "{answers}"
        );
        assert!(screen.choices().count() >= 2, "{answers}");
    }
}
