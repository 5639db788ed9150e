//! `<todoita-phone>`: the number that is shown back, and what stops the form.

use todoita::setup::number::{By, Event, State, hidden_name};
use todoita::setup::{Tone, Word};

fn after(by: By, events: &[Event<'_>]) -> State {
    let mut state = State::new(by);
    for event in events {
        state.update(*event);
    }
    state
}

fn word(state: &State) -> Option<Word> {
    state.view().message.map(|message| message.word)
}

#[test]
fn a_mobile_number_is_shown_back_in_groups_with_what_was_changed() {
    let state = after(By::Sms, &[Event::Edited("０９０１２３４５６７８")]);
    let view = state.view();
    assert_eq!(view.e164, "+819012345678");
    let message = view.message.expect("a message");
    assert_eq!(
        (message.word, message.tone),
        (Word::NumberYours, Tone::Status)
    );
    assert_eq!(message.values[0], ("number", "090-1234-5678".into()));
    assert_eq!(view.changes, [Word::FixFullWidth]);
    let state = after(By::Sms, &[Event::Edited("+81 (0)90 1234 5678")]);
    assert_eq!(
        state.view().changes,
        [Word::FixSeparators, Word::FixTrunkZero]
    );
}

#[test]
fn a_mobile_number_is_sent_at_once() {
    for text in ["09012345678", "+44 7700 900417"] {
        let mut state = State::new(By::Sms);
        assert!(!state.update(Event::Submitted(text)).prevent, "{text}");
    }
}

#[test]
fn a_number_without_text_messages_is_questioned_once() {
    for (text, expected) in [
        ("0312345678", Word::NumberLandline),
        ("05012345678", Word::NumberVoip),
        ("0120123456", Word::NumberOther),
    ] {
        let mut state = State::new(By::Sms);
        state.update(Event::Edited(text));
        assert_eq!(word(&state), Some(expected), "before the button");
        assert!(!state.view().can_send_anyway);
        assert!(state.update(Event::Submitted(text)).prevent, "{text}");
        assert!(state.view().can_send_anyway);
        assert!(
            !state.update(Event::Submitted(text)).prevent,
            "again: {text}"
        );
    }
    // Another number is another question.
    let mut state = State::new(By::Sms);
    assert!(state.update(Event::Submitted("0312345678")).prevent);
    state.update(Event::Edited("0312345679"));
    assert!(state.update(Event::Submitted("0312345679")).prevent);
}

#[test]
fn a_landline_receives_calls() {
    let mut state = State::new(By::Voice);
    assert!(!state.update(Event::Submitted("0312345678")).prevent);
    assert_eq!(word(&state), Some(Word::NumberYours));
    assert!(
        State::new(By::Voice)
            .update(Event::Submitted("0120123456"))
            .prevent
    );
}

#[test]
fn an_unfinished_number_is_no_problem_until_the_input_is_left() {
    let text = "0901234";
    assert_eq!(word(&after(By::Sms, &[Event::Edited(text)])), None);
    let left = after(By::Sms, &[Event::Edited(text), Event::Left(text)]);
    assert_eq!(word(&left), Some(Word::NumberShort));
    assert_eq!(word(&after(By::Sms, &[Event::Left("")])), None);
    assert_eq!(
        word(&after(By::Sms, &[Event::Submitted("")])),
        Some(Word::NumberNone)
    );
    for (text, expected) in [
        ("090123456789", Word::NumberLong),
        ("hana", Word::NumberNone),
        ("0101", Word::NumberShort),
        ("0012345678", Word::NumberPrefix),
    ] {
        assert_eq!(
            word(&after(By::Sms, &[Event::Left(text)])),
            Some(expected),
            "{text}"
        );
        assert_eq!(after(By::Sms, &[Event::Left(text)]).view().e164, "");
    }
}

#[test]
fn what_the_view_says_of_a_second_press_is_what_happens() {
    for (text, sent) in [
        ("", false),
        (" ", false),
        ("0901234", true),
        ("hana", true),
        ("0312345678", true),
    ] {
        let mut state = State::new(By::Sms);
        assert!(state.update(Event::Submitted(text)).prevent, "{text}");
        assert_eq!(state.view().can_send_anyway, sent, "{text}");
        assert_eq!(
            !state.update(Event::Submitted(text)).prevent,
            sent,
            "{text}"
        );
    }
}

#[test]
fn the_hidden_field_is_named_after_the_input() {
    assert_eq!(hidden_name("phone"), "phone-e164");
}
