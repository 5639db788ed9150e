//! Submits by Enter, the site's button and the widget's buttons: which are sent, and with which key.

use super::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test(unsupported = test)]
fn the_code_that_was_read_goes_out() {
    let mut typist = Typist::with(json(), sms());
    typist.types("482913").submits();
    assert!(!typist.prevented);
    assert_eq!(typist.sent(), (1, "482913", 1));
    let view = typist.view();
    assert!(view.held && !view.invalid);
    assert_eq!(
        (typist.status(), typist.message().as_str()),
        ("busy", "quiet checking")
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn a_submit_reads_the_text_again() {
    // Restored by the browser, or put in by a script that fires no event.
    let mut typist = Typist::new();
    typist.text = "４８２ ９１３".chars().collect();
    assert_eq!(typist.submits().sent(), (1, "482913", 1));
    let mut typist = Typist::new();
    typist.types("482913").text.pop();
    assert_eq!(typist.submits().sent().0, 0);
    assert_eq!(typist.message(), "alert too-few");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_text_that_is_no_code_stays_selected_with_a_message() {
    for (text, expected) in [
        ("", "empty"),
        ("  ", "empty"),
        ("48291", "too-few"),
        ("4829134", "too-many"),
        ("090-1234", "phone-number"),
        ("2026/11/22", "date"),
        ("12a", "password"),
        ("hunter2", "password"),
        ("482913 10", "ambiguous"),
        ("はい", "no-code"),
    ] {
        let mut typist = Typist::with(json(), sms());
        typist.is_filled(text).submits();
        assert!(typist.prevented, "{text}");
        assert_eq!(typist.sent().0, 0, "{text}");
        assert_eq!(typist.message(), ["alert ", expected].concat(), "{text}");
        assert_eq!(typist.status(), "problem", "{text}");
        assert!(typist.view().invalid, "{text}");
        assert_eq!(typist.text(), text, "nothing is erased");
        assert_eq!((typist.from, typist.to), (0, typist.text.len()), "{text}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_backup_code_that_is_too_short_is_counted_as_one() {
    let mut typist = Typist::new();
    typist
        .presses(Action::Method(Channel::Backup))
        .types("4829134");
    typist.submits();
    assert_eq!(typist.message(), "alert too-many-backup");
    typist.types("48291").submits();
    assert_eq!(typist.message(), "alert too-few-backup");
    assert_eq!((typist.view().entered, typist.view().length), (5, 8));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_problem_is_taken_back_when_the_text_changes() {
    let mut typist = Typist::new();
    typist.types("12").submits().types("4");
    assert_eq!(
        (typist.field().as_str(), typist.message().as_str()),
        ("4|", "")
    );
    assert_eq!(typist.status(), "ready");
}

#[wasm_bindgen_test(unsupported = test)]
fn an_invalid_input_gets_the_fields_message() {
    let mut typist = Typist::new();
    typist.run(Event::Invalid(""));
    assert!(typist.prevented);
    assert_eq!(typist.message(), "alert empty");
    // This code breaks a rule of the page: the browser has the message.
    typist.types("482913").run(Event::Invalid("482913"));
    assert!(!typist.prevented);
    assert_eq!((typist.sent().0, typist.message().as_str()), (0, ""));
}

#[wasm_bindgen_test(unsupported = test)]
fn nothing_goes_out_while_something_is_under_way() {
    for action in [
        Action::Resend,
        Action::Method(Channel::Email),
        Action::Method(Channel::Backup),
    ] {
        let mut typist = Typist::with(json(), by(Channel::Sms));
        typist.types("482913").submits().submits();
        assert!(typist.prevented);
        typist.presses(action);
        assert!(typist.prevented, "{action:?}");
        assert_eq!(typist.sent().0, 1, "{action:?}");
        assert_eq!(typist.view().kind, Kind::Code, "{action:?}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_code_is_not_asked_for_again_before_its_time() {
    let mut typist = Typist::with(json(), sms());
    typist.waits(29 * SECOND + 999).presses(Action::Resend);
    assert!(typist.prevented);
    assert_eq!(typist.sent().0, 0);
    typist.waits(1).presses(Action::Resend);
    assert!(!typist.prevented);
    assert_eq!(typist.sent(), (1, "", 1));
    assert_eq!(typist.status(), "busy");
}

#[wasm_bindgen_test(unsupported = test)]
fn another_method_may_be_requested_with_any_text_in_the_field() {
    for text in ["", "12", "hunter2"] {
        let mut typist = Typist::with(json(), sms());
        typist.types(text).presses(Action::Method(Channel::Voice));
        assert!(!typist.prevented, "{text}");
        assert_eq!(typist.sent(), (1, "", 1), "{text}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn backup_codes_need_no_answer_from_the_server() {
    let mut typist = Typist::new();
    assert_eq!(typist.methods(), "voice email app backup");
    typist.types("48").presses(Action::Method(Channel::Backup));
    assert!(typist.prevented);
    assert_eq!((typist.sent().0, typist.field().as_str()), (0, "[48]"));
    let view = typist.view();
    assert_eq!((view.kind, view.length), (Kind::Backup, 8));
    assert_eq!(view.sent, [Some(Word::EnterBackup), None]);
    assert!(!view.resend && view.countdown.is_none());
    assert_eq!(typist.methods(), "voice email app code");
    typist.presses(Action::Code);
    assert!(typist.prevented);
    assert_eq!((typist.sent().0, typist.view().kind), (0, Kind::Code));
    assert_eq!(typist.methods(), "voice email app backup");
}

#[wasm_bindgen_test(unsupported = test)]
fn from_a_step_for_backup_codes_the_server_leads_back() {
    let mut typist = Typist::with(json(), by(Channel::Backup));
    assert_eq!(typist.view().kind, Kind::Backup);
    assert_eq!(typist.methods(), "sms voice email app");
    typist.presses(Action::Code);
    assert!(!typist.prevented);
    assert_eq!(typist.sent(), (1, "", 1));
}

#[wasm_bindgen_test(unsupported = test)]
fn only_methods_of_the_site_are_offered() {
    let mut some = Site::default();
    assert_eq!(Typist::with(some.clone(), sms()).methods(), "");
    some.methods[3] = true;
    assert_eq!(Typist::with(some.clone(), sms()).methods(), "app");
    assert_eq!(Typist::with(some, by(Channel::App)).methods(), "");
    assert_eq!(
        Typist::with(site(), no_facts()).methods(),
        "sms voice email app backup"
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn the_same_code_without_an_answer_keeps_its_key() {
    let mut typist = Typist::with(json(), sms());
    typist
        .types("482913")
        .submits()
        .receives(Answer::Unreachable);
    assert_eq!(typist.submits().sent(), (2, "482913", 1));
    typist
        .receives(Answer::Unreachable)
        .clears()
        .types("482-913");
    assert_eq!(typist.submits().sent(), (3, "482913", 1));
    typist.run(Event::Released);
    assert_eq!(typist.submits().sent(), (4, "482913", 1));
}

#[wasm_bindgen_test(unsupported = test)]
fn another_code_gets_another_key() {
    let mut typist = Typist::with(json(), sms());
    typist
        .types("482913")
        .submits()
        .receives(Answer::Unreachable);
    typist.pastes("771204").submits();
    assert_eq!(typist.sent(), (2, "771204", 2));
    typist.receives(Answer::Unreachable).submits();
    assert_eq!(typist.sent(), (3, "771204", 2));
}

#[wasm_bindgen_test(unsupported = test)]
fn after_an_answer_the_same_code_gets_another_key() {
    for cause in [
        Cause::Wrong,
        Cause::Expired,
        Cause::Used,
        Cause::Locked,
        Cause::Limited,
    ] {
        let mut typist = Typist::with(json(), sms());
        typist
            .types("482913")
            .submits()
            .receives(refused(cause))
            .submits();
        assert_eq!(typist.sent(), (2, "482913", 2), "{cause}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn after_a_server_error_the_key_stays() {
    let mut typist = Typist::with(json(), sms());
    typist
        .types("482913")
        .submits()
        .receives(refused(Cause::Unknown));
    assert_eq!(typist.submits().sent(), (2, "482913", 1));
}

#[wasm_bindgen_test(unsupported = test)]
fn each_button_gets_a_key_of_its_own() {
    let mut typist = Typist::with(json(), by(Channel::Sms));
    typist
        .types("482913")
        .submits()
        .receives(Answer::Unreachable);
    typist.presses(Action::Resend).receives(Answer::Unreachable);
    assert_eq!(typist.sent(), (2, "", 2));
    typist.presses(Action::Resend).receives(Answer::Unreachable);
    assert_eq!(typist.sent(), (3, "", 2), "asked again");
    typist
        .presses(Action::Method(Channel::Email))
        .receives(Answer::Unreachable);
    assert_eq!(typist.sent(), (4, "", 3), "something else is asked for");
    typist.submits();
    assert_eq!(typist.sent(), (5, "482913", 4));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_native_submit_that_did_not_leave_the_page_frees_the_field_again() {
    let mut typist = Typist::new();
    typist.types("482913").submits();
    assert_eq!(typist.waits(9_999).status(), "busy");
    assert_eq!(typist.waits(1).status(), "ready");
    assert_eq!((typist.aborted, typist.text().as_str()), (0, "482913"));
    assert_eq!(typist.submits().sent(), (2, "482913", 1));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_submit_that_the_site_took_over_is_not_under_way() {
    let mut typist = Typist::new();
    typist.types("482913").submits().run(Event::Released);
    assert_eq!(typist.status(), "ready");
    typist.run(Event::Released);
    assert_eq!(typist.status(), "ready");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_reset_keeps_the_facts_alone() {
    let mut typist = Typist::with(json(), sms());
    typist.presses(Action::Method(Channel::Backup));
    typist.types("4829134567890").resets();
    let view = typist.view();
    assert_eq!((typist.status(), typist.message().as_str()), ("ready", ""));
    assert_eq!(
        (view.kind, view.entered, view.attempts_left),
        (Kind::Code, 0, 10)
    );
    typist.types("482913").submits().resets();
    assert_eq!(typist.status(), "ready");
    let locked = Facts {
        retry_at: after(MINUTE),
        ..because(Cause::Locked)
    };
    typist
        .types("482913")
        .submits()
        .receives(Answer::Refused(locked));
    assert_eq!(typist.resets().message(), "alert locked");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_second_submit_of_the_same_text_is_sent_as_it_is() {
    for text in ["4829", "hunter2", ""] {
        let mut typist = Typist::with(site(), sms());
        typist.is_filled(text).submits();
        assert_eq!((typist.status(), typist.sent().0), ("problem", 0), "{text}");
        assert_eq!(typist.submits().sent(), (1, "", 1), "{text}");
        assert_eq!(typist.text(), text);
    }
    // Another text is judged again.
    let mut typist = Typist::with(site(), sms());
    typist.types("4829").submits().types("1").submits();
    assert_eq!((typist.status(), typist.sent().0), ("problem", 0));
}

#[wasm_bindgen_test(unsupported = test)]
fn while_another_code_is_asked_for_the_one_that_comes_is_taken_and_submitted() {
    let mut typist = Typist::with(json(), sms());
    typist.types("111").presses(Action::Method(Channel::Voice));
    assert_eq!((typist.status(), typist.view().held), ("busy", false));
    typist.presses(Action::Method(Channel::Voice));
    assert_eq!(typist.sent().0, 1, "the second press sends nothing");
    typist.pastes("あなたの認証コードは482913です");
    assert_eq!(typist.text(), "482913");
    assert_eq!(typist.submits().sent(), (2, "482913", 2));
    assert!(typist.view().held);
}

#[wasm_bindgen_test(unsupported = test)]
fn an_answer_to_a_button_selects_only_a_text_that_was_there_before() {
    let selected = |typed: &str| {
        let mut typist = Typist::with(json(), sms());
        typist
            .types("111111")
            .presses(Action::Method(Channel::Voice));
        if !typed.is_empty() {
            typist.deletes(6).types(typed);
        }
        typist.receives(Answer::Sent(Facts::default()));
        assert_eq!(typist.message(), "good new-code");
        typist.from != typist.to
    };
    assert!(selected(""), "the next code takes its place");
    assert!(!selected("48"), "more digits follow");
    assert!(!selected("482913"));
}
