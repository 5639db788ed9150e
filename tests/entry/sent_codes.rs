//! Codes that were sent: where to, by which method, and the sentence about a new one.

use super::answers::on_its_way;
use super::refusals::refused_facts;
use super::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test(unsupported = test)]
fn how_long_a_code_takes_stays_while_one_is_checked() {
    let typist = on_its_way();
    assert_eq!(typist.view().sent[1], Some(Word::UsuallySms));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_new_code_is_announced() {
    let mut typist = Typist::with(json(), by(Channel::Sms));
    typist
        .types("48")
        .presses(Action::Resend)
        .receives(Answer::Sent(sms()));
    assert_eq!(
        (typist.status(), typist.message().as_str()),
        ("ready", "good new-code")
    );
    assert_eq!(typist.field(), "[48]");
    assert!(typist.view().resend_wait.is_some());
    assert_eq!(typist.types("4").message(), "");
}

#[wasm_bindgen_test(unsupported = test)]
fn another_method_replaces_the_first() {
    let mut typist = Typist::with(json(), sms());
    typist
        .presses(Action::Method(Channel::Email))
        .receives(Answer::Sent(Facts {
            channel: Some(Channel::Email),
            destination: None,
            ..sms()
        }));
    let view = typist.view();
    assert_eq!(
        view.sent,
        [Some(Word::SentEmailBare), Some(Word::UsuallyEmail)]
    );
    assert_eq!(typist.message(), "good new-code");
    assert_eq!(typist.methods(), "sms voice app backup");
}

#[wasm_bindgen_test(unsupported = test)]
fn where_nothing_was_sent_no_code_is_announced() {
    for channel in [Channel::App, Channel::Backup] {
        let mut typist = Typist::with(json(), sms());
        typist
            .presses(Action::Method(channel))
            .receives(Answer::Sent(by(channel)));
        assert_eq!((typist.status(), typist.message().as_str()), ("ready", ""));
        let view = typist.view();
        assert!(!view.resend && view.resend_wait.is_none() && view.countdown.is_none());
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn asking_for_a_code_leads_back_from_backup_codes() {
    let mut typist = Typist::with(json(), sms());
    typist.presses(Action::Method(Channel::Backup));
    typist
        .presses(Action::Method(Channel::Sms))
        .receives(Answer::Sent(sms()));
    assert_eq!(typist.view().kind, Kind::Code);
}

#[wasm_bindgen_test(unsupported = test)]
fn where_the_code_went() {
    let words = |channel, known: bool| {
        let facts = Facts {
            channel,
            destination: known.then(|| "5678".to_owned()),
            ..no_facts()
        };
        let [first, second] = Typist::with(site(), facts).view().sent;
        [first, second].map(|word| word.map_or("", Word::as_str))
    };
    for (channel, known, bare, usual) in [
        (
            Some(Channel::Sms),
            "sent-sms",
            "sent-sms-bare",
            "usually-sms",
        ),
        (
            Some(Channel::Voice),
            "sent-voice",
            "sent-voice-bare",
            "usually-voice",
        ),
        (
            Some(Channel::Email),
            "sent-email",
            "sent-email-bare",
            "usually-email",
        ),
        (Some(Channel::App), "enter-app", "enter-app", "usually-app"),
        (Some(Channel::Backup), "enter-backup", "enter-backup", ""),
        (None, "enter-code", "enter-code", ""),
    ] {
        assert_eq!(words(channel, true), [known, usual]);
        assert_eq!(words(channel, false), [bare, usual]);
    }
    let view = Typist::with(letters(), by(Channel::Backup)).view();
    assert_eq!(view.sent, [Some(Word::EnterBackupLetters), None]);
}

#[wasm_bindgen_test(unsupported = test)]
fn the_code_is_for_nobody_else_while_there_is_one_to_enter() {
    for channel in Channel::ALL {
        let mut typist = Typist::with(json(), by(channel));
        assert_eq!(typist.view().secret, Some(Word::KeepSecret), "{channel:?}");
        for cause in [Cause::Wrong, Cause::Expired, Cause::Locked, Cause::Limited] {
            typist.receives(refused(cause));
            assert_eq!(typist.view().secret, Some(Word::KeepSecret), "{cause}");
        }
        typist.receives(refused(Cause::Ended));
        assert_eq!(typist.view().secret, None);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn behind_a_limit_no_code_is_promised_before_its_end() {
    let mut typist = on_its_way();
    typist.receives(Answer::Refused(Facts {
        retry_at: after(10 * MINUTE),
        ..because(Cause::Limited)
    }));
    let view = typist.view();
    assert_eq!(view.sent[1], None, "none comes within a minute");
    let wait = view.resend_wait.map(|timer| timer.left);
    assert_eq!(
        wait,
        Some(10 * MINUTE),
        "not after the half minute of a resend"
    );
    typist.presses(Action::Resend);
    assert_eq!(typist.status(), "refused");
    assert_eq!(typist.waits(10 * MINUTE).view().resend_wait, None);
}

#[wasm_bindgen_test(unsupported = test)]
fn the_sentence_about_a_new_code_stays_likewise() {
    let mut typist = Typist::with(site(), sms());
    typist.run(Event::Resent(sms()));
    assert_eq!(typist.resets().message(), "good new-code");
    assert_eq!(typist.types("4").message(), "");
    let mut typist = Typist::with(site(), sms());
    typist.holds("482913").run(Event::Resent(sms()));
    assert_eq!(typist.holds("").message(), "good new-code");
    assert_eq!(typist.types("4").message(), "");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_page_may_state_that_another_code_was_sent() {
    let mut typist = Typist::with(site(), Facts::default());
    typist.run(Event::Resent(sms()));
    assert_eq!(typist.message(), "good new-code");
    assert_eq!(typist.types("4").message(), "");
    // A refusal beside it is more important, and nothing is sent to an app.
    for facts in [refused_facts(), by(Channel::App)] {
        let mut typist = Typist::with(site(), Facts::default());
        typist.run(Event::Resent(facts));
        assert_ne!(typist.message(), "good new-code");
    }
}
