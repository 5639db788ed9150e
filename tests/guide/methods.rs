//! The methods that are shown: those of the site, without those that the answers have ruled out.

use todoita::cause::Cause;

use super::*;

const OTHER: &str = "backup voice sms email app key";
const IN: &str = "backup email sms voice app reset linked";

/// The remaining methods of a list.
fn without(all: &str, out: &[&str]) -> String {
    let left: Vec<&str> = all
        .split(' ')
        .filter(|method| !out.contains(method))
        .collect();
    left.join(" ")
}

#[test]
fn in_their_order() {
    assert_eq!(on("other-way").methods(), OTHER);
    assert_eq!(on("ways-to-get-in").methods(), IN);
    for step in Step::ALL {
        if !matches!(step, Step::OtherWay | Step::WaysToGetIn) {
            assert_eq!(on(step.as_str()).methods(), "", "{step:?}");
        }
    }
}

#[test]
fn a_method_that_the_site_does_not_name_is_hidden() {
    let sites = [
        (
            vec![RecoveryMethod::Voice, RecoveryMethod::Email],
            "voice email",
            "email voice",
        ),
        (
            vec![RecoveryMethod::Key, RecoveryMethod::Linked],
            "key",
            "linked",
        ),
        (
            vec![
                RecoveryMethod::App,
                RecoveryMethod::Backup,
                RecoveryMethod::Reset,
            ],
            "backup app",
            "backup app reset",
        ),
        (vec![], "", ""),
    ];
    for (methods, other, get_in) in sites {
        assert_eq!(on("other-way").with(&methods).methods(), other);
        assert_eq!(on("ways-to-get-in").with(&methods).methods(), get_in);
    }
}

#[test]
fn a_screen_rules_out_its_own_method() {
    let ruled_out = [
        ("sms-check-destination", vec!["sms"]),
        ("number-format", vec!["sms"]),
        ("sms-other-texts-arrive", vec!["sms"]),
        ("phone-signal", vec!["sms"]),
        ("hidden-on-phone", vec!["sms"]),
        ("sim-check", vec!["sms"]),
        ("carrier-filter", vec!["sms"]),
        ("mail-check-address", vec!["email"]),
        ("mail-search", vec!["email"]),
        ("mail-allow-domain", vec!["email"]),
        ("mail-open-in-browser", vec!["email"]),
        ("app-where", vec!["app"]),
        ("app-fresh-code", vec!["app"]),
        ("app-update", vec!["app"]),
        ("app-find", vec!["app"]),
        ("voice-call", vec!["voice"]),
        ("backup-find", vec!["backup"]),
        ("backup-enter", vec!["backup"]),
        ("stolen-phone", vec!["sms", "voice"]),
        // Nothing is sent before the page's address was checked.
        ("unasked-code", vec!["voice", "sms", "email"]),
    ];
    for step in Step::ALL {
        if matches!(step, Step::OtherWay | Step::Support) {
            continue;
        }
        let node = on(&format!("{} ~other", step.as_str()));
        let out = ruled_out.iter().find(|(name, _)| *name == step.as_str());
        let out = out.map_or(&[][..], |(_, out)| out);
        assert_eq!(node.methods(), without(OTHER, out), "{step:?}");
    }
}

#[test]
fn a_route_rules_out_what_its_screens_do() {
    let stolen = after("lost-what-is-left stolen cannot", "ways-to-get-in");
    assert_eq!(stolen.methods(), "backup email app reset linked");
    let found_none = after("backup-find none", "ways-to-get-in");
    assert_eq!(found_none.methods(), without(IN, &["backup"]));
    let app = after("app-where never still", "ways-to-get-in");
    assert_eq!(app.methods(), without(IN, &["app"]));
    let old_number = after("sms-check-destination old stolen cannot", "ways-to-get-in");
    assert_eq!(old_number.methods(), "backup email app reset linked");
    // A new start has ruled out nothing.
    assert_eq!(after("entry forgot", "ways-to-get-in").methods(), IN);
}

#[test]
fn the_method_in_use_is_not_another_method() {
    for (channel, out) in [
        (RecoveryMethod::Sms, "sms"),
        (RecoveryMethod::Voice, "voice"),
        (RecoveryMethod::Email, "email"),
        (RecoveryMethod::App, "app"),
        (RecoveryMethod::Backup, "backup"),
    ] {
        let node = after("wait-other-network still", "other-way").by(channel);
        assert_eq!(node.methods(), without(OTHER, &[out]));
        assert_eq!(node.with(&[channel, RecoveryMethod::Key]).methods(), "key");
    }
}

#[test]
fn a_landline_gets_no_text() {
    let node = on("other-way").where_(Flags::LANDLINE);
    assert_eq!(node.methods(), without(OTHER, &["sms"]));
}

#[test]
fn a_lock_rules_out_all_methods_that_share_its_counter() {
    let locked = Trouble::Refused(Cause::Locked);
    assert_eq!(
        on("ways-to-get-in").troubled(locked).methods(),
        "reset linked"
    );
    let node = after("wait-until hurry", "other-way").troubled(locked);
    assert_eq!(node.methods(), "");
    assert_eq!(node.exits(), "code support menu back");
    assert!(node.screen().flags.contains(Flags::NO_METHODS));
    // Any other refusal closes none.
    let wrong = Trouble::Refused(Cause::Wrong);
    assert_eq!(on("ways-to-get-in").troubled(wrong).methods(), IN);
}
