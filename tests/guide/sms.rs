//! A text message does not come.

use super::*;

#[test]
fn sms_check_destination() {
    on("sms-check-destination").leads(&[
        ("right", "sms-other-texts-arrive"),
        ("old", "lost-what-is-left"),
        ("unknown", "contact-changed"),
        ("came", "back-to-code"),
    ]);
}

#[test]
fn sms_check_destination_of_a_landline() {
    on("sms-check-destination").where_(Flags::LANDLINE).leads(&[
        ("landline", "other-way"),
        ("right", "sms-other-texts-arrive"),
        ("old", "lost-what-is-left"),
        ("unknown", "contact-changed"),
        ("came", "back-to-code"),
    ]);
}

#[test]
fn sms_check_destination_while_registering() {
    on("sms-check-destination")
        .where_(Flags::REGISTERING)
        .leads(&[
            ("right", "sms-other-texts-arrive"),
            ("fix", "number-format"),
            ("came", "back-to-code"),
        ]);
}

#[test]
fn number_format() {
    on("number-format").leads(&[("fixed", "back-to-code"), ("still", "other-way")]);
}

#[test]
fn sms_other_texts_arrive() {
    for node in [
        on("sms-other-texts-arrive"),
        on("sms-other-texts-arrive").where_(Flags::REGISTERING),
    ] {
        node.leads(&[
            ("yes", "hidden-on-phone"),
            ("no", "phone-signal"),
            ("sim", "sim-check"),
            ("never", "other-way"),
            ("number", "number-format"),
        ]);
    }
}

#[test]
fn sms_other_texts_arrive_at_a_sign_in() {
    on("sms-other-texts-arrive").where_(Flags::SIGN_IN).leads(&[
        ("yes", "hidden-on-phone"),
        ("no", "phone-signal"),
        ("sim", "sim-check"),
        ("never", "other-way"),
    ]);
}

#[test]
fn phone_signal() {
    on("phone-signal").leads(&[("came", "back-to-code"), ("still", "carrier-filter")]);
}

#[test]
fn hidden_on_phone() {
    on("hidden-on-phone").leads(&[
        ("found", "back-to-code"),
        ("unblocked", "back-to-code"),
        ("still", "carrier-filter"),
    ]);
}

#[test]
fn sim_check() {
    on("sim-check").leads(&[
        ("came", "back-to-code"),
        ("still", "carrier-filter"),
        ("hurry", "other-way"),
    ]);
}

#[test]
fn carrier_filter() {
    on("carrier-filter").leads(&[
        ("came", "back-to-code"),
        ("send", "back-to-code"),
        ("still", "other-way"),
    ]);
}
