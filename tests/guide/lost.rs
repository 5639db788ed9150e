//! A phone is lost or changed, something is forgotten.

use super::*;

#[test]
fn lost_what_is_left() {
    on("lost-what-is-left").leads(&[
        ("logged-in", "still-logged-in"),
        ("old-phone", "old-phone"),
        ("stolen", "stolen-phone"),
        ("none", "ways-to-get-in"),
    ]);
}

#[test]
fn still_logged_in() {
    on("still-logged-in").leads(&[("done", "back-to-code"), ("cannot", "ways-to-get-in")]);
}

#[test]
fn old_phone() {
    on("old-phone").leads(&[("seen", "back-to-code"), ("cannot", "ways-to-get-in")]);
}

#[test]
fn stolen_phone() {
    on("stolen-phone").leads(&[("came", "back-to-code"), ("cannot", "ways-to-get-in")]);
}

#[test]
fn ways_to_get_in() {
    on("ways-to-get-in").leads(&[("in", "back-to-code"), ("none", "support")]);
}

#[test]
fn backup_find() {
    on("backup-find").leads(&[
        ("found", "backup-enter"),
        ("other-sheet", "backup-enter"),
        ("logged-in", "still-logged-in"),
        ("none", "ways-to-get-in"),
    ]);
}

#[test]
fn backup_enter() {
    on("backup-enter").leads(&[("enter", "back-to-code"), ("still", "other-way")]);
}
