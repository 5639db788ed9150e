//! A mail does not come.

use super::*;

#[test]
fn mail_check_address() {
    on("mail-check-address").leads(&[
        ("right", "mail-search"),
        ("old", "lost-what-is-left"),
        ("unknown", "contact-changed"),
        ("picture", "mail-open-in-browser"),
        ("came", "back-to-code"),
    ]);
}

#[test]
fn mail_check_address_while_registering() {
    on("mail-check-address").where_(Flags::REGISTERING).leads(&[
        ("right", "mail-search"),
        ("fix", "back-to-code"),
        ("picture", "mail-open-in-browser"),
        ("came", "back-to-code"),
    ]);
}

#[test]
fn mail_check_address_from_another_screen() {
    after("entry mail", "mail-check-address").leads(&[
        ("right", "mail-search"),
        ("picture", "mail-open-in-browser"),
        ("came", "back-to-code"),
    ]);
}

#[test]
fn mail_search() {
    for node in [
        on("mail-search"),
        on("mail-search").where_(Flags::CARRIER_MAIL),
    ] {
        node.leads(&[("found", "back-to-code"), ("still", "mail-allow-domain")]);
    }
}

#[test]
fn mail_search_in_free_mail() {
    on("mail-search")
        .where_(Flags::FREE_MAIL)
        .leads(&[("found", "back-to-code"), ("still", "other-way")]);
}

#[test]
fn mail_allow_domain() {
    on("mail-allow-domain").leads(&[
        ("came", "back-to-code"),
        ("send", "back-to-code"),
        ("still", "other-way"),
    ]);
}

#[test]
fn mail_open_in_browser() {
    on("mail-open-in-browser").leads(&[("read", "back-to-code"), ("still", "other-way")]);
}
