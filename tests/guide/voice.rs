//! A call does not come.

use super::*;

#[test]
fn voice_call() {
    on("voice-call").leads(&[
        ("came", "back-to-code"),
        ("call", "back-to-code"),
        ("old", "lost-what-is-left"),
        ("unknown", "contact-changed"),
        ("still", "other-way"),
    ]);
}

#[test]
fn voice_call_while_registering() {
    on("voice-call").where_(Flags::REGISTERING).leads(&[
        ("came", "back-to-code"),
        ("call", "back-to-code"),
        ("fix", "number-format"),
        ("still", "other-way"),
    ]);
}

#[test]
fn voice_call_from_another_screen() {
    for flags in [Flags::NONE, Flags::REGISTERING] {
        after("entry call", "voice-call").where_(flags).leads(&[
            ("came", "back-to-code"),
            ("call", "back-to-code"),
            ("still", "other-way"),
        ]);
    }
}
