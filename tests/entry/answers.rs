//! Answers of the server: how they are shown, remembered and merged.

use super::*;
use wasm_bindgen_test::wasm_bindgen_test;

/// A typist whose request is under way.
fn on_its_way() -> Typist {
    let mut typist = Typist::with(json(), sms());
    typist.types("482913").submits().events();
    typist
}

#[wasm_bindgen_test(unsupported = test)]
fn accepted() {
    let mut typist = on_its_way();
    typist.receives(Answer::Accepted);
    assert_eq!(
        (typist.status(), typist.message().as_str()),
        ("accepted", "good accepted")
    );
    assert_eq!(typist.events(), "accepted");
    let view = typist.view();
    assert!(!view.busy && !view.invalid);
    assert_eq!((view.countdown, view.phase), (None, None));
    assert_eq!(typist.resets().status(), "accepted");
}

#[wasm_bindgen_test(unsupported = test)]
fn each_refusal_has_its_own_sentence() {
    for (cause, left, retry_in, status, expected) in [
        (Cause::Wrong, None, None, "refused", "wrong"),
        (
            Cause::Wrong,
            Some(7),
            None,
            "refused",
            "wrong attempts-left",
        ),
        (
            Cause::Wrong,
            Some(5),
            Some(30),
            "refused",
            "wrong attempts-left",
        ),
        (Cause::Expired, Some(7), None, "refused", "expired"),
        (Cause::Used, Some(7), None, "refused", "used"),
        (Cause::Locked, Some(0), Some(3600), "locked", "locked"),
        (Cause::Locked, Some(0), None, "locked", "locked-open"),
        (Cause::Limited, Some(7), Some(30), "refused", "limited"),
        (Cause::Limited, None, None, "refused", "limited"),
        (Cause::Unknown, None, None, "refused", "unknown"),
    ] {
        let mut typist = Typist::with(json(), by(Channel::Sms));
        typist.types("482913").submits().events();
        typist.receives(Answer::Refused(Facts {
            attempts_left: left,
            retry_at: retry_in.and_then(|seconds: u32| after(seconds * SECOND)),
            ..because(cause)
        }));
        assert_eq!(typist.message(), ["alert ", expected].concat(), "{cause}");
        assert_eq!(typist.status(), status, "{cause}");
        assert_eq!(typist.events(), ["refused=", cause.as_str()].concat());
        assert_eq!(typist.field(), "[482913]", "typed text stays, selected");
        let view = typist.view();
        let known = matches!(cause, Cause::Wrong | Cause::Expired | Cause::Used);
        assert_eq!(view.invalid, known, "{cause}");
        assert_eq!(view.attempts_left, left.unwrap_or(0), "{cause}");
        assert_eq!(
            view.countdown.map(|timer| timer.left / SECOND),
            retry_in,
            "{cause}"
        );
        assert!(!view.busy, "{cause}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_refusal_without_a_cause_is_unknown() {
    let mut typist = on_its_way();
    typist.receives(Answer::Refused(no_facts()));
    assert_eq!(typist.message(), "alert unknown");
    assert_eq!(typist.events(), "refused=unknown");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_refusal_is_taken_back_when_the_text_changes() {
    let mut typist = on_its_way();
    typist.receives(refused(Cause::Wrong)).types("7");
    assert_eq!((typist.status(), typist.message().as_str()), ("ready", ""));
    assert!(!typist.view().invalid);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_refusal_in_the_page_is_shown_from_the_start() {
    let facts = Facts {
        cause: Some(Cause::Wrong),
        attempts_left: Some(7),
        ..sms()
    };
    let served = Typist::with(site(), facts.clone());
    assert_eq!(served.message(), "alert wrong attempts-left");
    let mut attributes = Typist::with(site(), no_facts());
    attributes.reads(facts);
    assert_eq!(attributes.view(), served.view());
}

#[wasm_bindgen_test(unsupported = test)]
fn a_refused_code_is_recognised_when_it_comes_again() {
    let mut typist = on_its_way();
    typist.receives(refused(Cause::Wrong)).types("771204");
    assert_eq!(typist.message(), "");
    typist.pastes("482-913");
    assert_eq!(typist.message(), "alert refused-before");
    assert_eq!(typist.status(), "refused");
    assert!(typist.view().invalid);
    typist.deletes(1);
    assert_eq!((typist.status(), typist.message().as_str()), ("ready", ""));
    typist.types("3");
    assert_eq!(typist.message(), "alert refused-before");
    assert_eq!(typist.submits().sent().0, 2, "the person may insist");
}

#[wasm_bindgen_test(unsupported = test)]
fn every_refused_code_is_recognised_and_no_other() {
    let mut typist = Typist::with(json(), sms());
    let codes = ["111111", "222222", "333333", "44444444"];
    for (code, cause) in
        codes
            .into_iter()
            .zip([Cause::Wrong, Cause::Expired, Cause::Used, Cause::Wrong])
    {
        typist.pastes(code).submits().receives(refused(cause));
    }
    for code in codes {
        assert_eq!(
            typist.pastes(code).message(),
            "alert refused-before",
            "{code}"
        );
    }
    assert_eq!(typist.pastes("482913").message(), "");
}

#[wasm_bindgen_test(unsupported = test)]
fn an_unverified_code_is_not_remembered_as_refused() {
    for answer in [
        refused(Cause::Limited),
        refused(Cause::Unknown),
        Answer::Unreachable,
    ] {
        let mut typist = on_its_way();
        typist.receives(answer.clone()).clears().types("482913");
        assert_eq!(typist.message(), "", "{answer:?}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn the_refused_code_is_the_one_that_was_sent() {
    // A password manager writes over the field while the answer is awaited.
    let mut typist = on_its_way();
    typist.is_filled("771204").receives(refused(Cause::Wrong));
    assert_eq!(typist.pastes("482913").message(), "alert refused-before");
    assert_eq!(typist.pastes("771204").message(), "");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_site_of_its_own_may_take_its_time_to_refuse() {
    let mut typist = Typist::with(site(), sms());
    typist.types("482913").submits().waits(15 * SECOND);
    typist
        .receives(refused(Cause::Wrong))
        .clears()
        .types("482913");
    assert_eq!(typist.message(), "alert refused-before");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_refused_button_is_no_refused_code() {
    let mut typist = Typist::with(json(), by(Channel::Sms));
    typist.types("482913").presses(Action::Resend);
    typist
        .receives(refused(Cause::Wrong))
        .clears()
        .types("482913");
    assert_eq!(typist.message(), "");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_wait_is_shown_again_while_it_lasts() {
    for (cause, expected, status) in [
        (Cause::Locked, "alert locked", "locked"),
        (Cause::Limited, "alert limited", "ready"),
        // The code that is being typed is not the one that was wrong.
        (Cause::Wrong, "alert limited", "ready"),
    ] {
        let mut typist = on_its_way();
        typist.receives(Answer::Refused(Facts {
            retry_at: after(90 * SECOND),
            ..because(cause)
        }));
        typist.types("771204");
        assert_eq!(
            (typist.message().as_str(), typist.status()),
            (expected, status),
            "{cause}"
        );
        assert_eq!(in_words(typist.view().countdown), "2 span-minutes");
        typist.waits(90 * SECOND - 1);
        assert_eq!(
            (typist.message().as_str(), typist.status()),
            (expected, status),
            "{cause}"
        );
        typist.waits(1);
        assert_eq!(
            (typist.message().as_str(), typist.status()),
            ("", "ready"),
            "{cause}"
        );
        assert_eq!(typist.announced.last(), Some(&Word::PhaseRetry), "{cause}");
        let countdown = typist.view().countdown;
        assert_eq!(countdown.map(|timer| timer.word), Some(Word::ExpiresIn));
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_lock_without_an_end_is_shown_again_too() {
    let mut typist = on_its_way();
    typist.receives(refused(Cause::Locked));
    assert_eq!(typist.message(), "alert locked-open");
    typist.types("771204").waits(HOUR);
    assert_eq!(
        (typist.message().as_str(), typist.status()),
        ("alert locked-open", "locked")
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn a_wait_that_is_over_is_no_longer_shown() {
    for cause in [Cause::Locked, Cause::Limited] {
        let mut typist = on_its_way();
        typist.receives(Answer::Refused(Facts {
            retry_at: after(30 * SECOND),
            attempts_left: Some(0),
            ..because(cause)
        }));
        typist.waits(30 * SECOND);
        assert_eq!(
            (typist.message().as_str(), typist.status()),
            ("", "ready"),
            "{cause}"
        );
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_wait_in_the_page_is_shown_from_the_start() {
    let facts = Facts {
        retry_at: after(30 * SECOND),
        ..sms()
    };
    let mut typist = Typist::with(site(), facts);
    assert_eq!(typist.message(), "alert limited");
    assert_eq!(typist.waits(30 * SECOND).message(), "");
}

#[wasm_bindgen_test(unsupported = test)]
fn few_attempts_left_are_shown_before_anything_is_typed() {
    for (left, expected) in [
        (None, ""),
        (Some(10), ""),
        (Some(6), ""),
        (Some(5), "quiet attempts-left"),
        (Some(1), "quiet attempts-left"),
        // "0 attempts left" is never shown: then the code step is locked, which has a message of its own.
        (Some(0), ""),
    ] {
        let facts = Facts {
            attempts_left: left,
            ..sms()
        };
        let mut typist = Typist::with(site(), facts);
        assert_eq!(typist.message(), expected, "{left:?}");
        assert_eq!(typist.types("4").message(), "", "{left:?}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn no_answer_loses_nothing() {
    let mut typist = on_its_way();
    typist.receives(Answer::Unreachable);
    assert_eq!(
        (typist.status(), typist.message().as_str()),
        ("unreachable", "alert unreachable")
    );
    assert_eq!(typist.text(), "482913");
    assert!(!typist.view().invalid);
    assert_eq!(typist.submits().status(), "busy");
    typist.receives(Answer::Accepted);
    assert_eq!(typist.status(), "accepted");
}

#[wasm_bindgen_test(unsupported = test)]
fn waiting_for_an_answer_ends() {
    let mut typist = on_its_way();
    typist.waits(19_999);
    assert_eq!((typist.status(), typist.aborted), ("busy", 0));
    typist.waits(1);
    assert_eq!((typist.status(), typist.aborted), ("unreachable", 1));
    assert_eq!(typist.message(), "alert unreachable");
    typist.waits(MINUTE);
    assert_eq!(typist.aborted, 1);
    assert_eq!(typist.submits().sent(), (2, "482913", 1));
    assert_eq!(
        typist.waits(19_999).status(),
        "busy",
        "counted from the second submit"
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn a_missing_network_is_the_message() {
    let mut typist = on_its_way();
    typist.run(Event::Online(false));
    assert_eq!(typist.message(), "quiet checking");
    typist.receives(Answer::Unreachable);
    assert_eq!(typist.message(), "alert offline");
    typist.run(Event::Online(true));
    assert_eq!(typist.message(), "alert unreachable");
    typist.clears().run(Event::Online(false));
    assert_eq!(
        (typist.status(), typist.message().as_str()),
        ("ready", "alert offline")
    );
    assert_eq!(typist.types("1").submits().message(), "alert too-few");
    assert_eq!(typist.types("2").message(), "alert offline");
    typist.run(Event::Online(true));
    assert_eq!(typist.message(), "");
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
fn facts_missing_from_an_answer_stay() {
    let mut typist = on_its_way();
    typist.waits(10 * SECOND).receives(refused(Cause::Wrong));
    let view = typist.view();
    assert_eq!(view.attempts_left, 10);
    assert_eq!(view.sent[0], Some(Word::SentSms));
    let left = |timer: Option<Timer>| timer.map(|timer| (timer.left, timer.total));
    assert_eq!(left(view.countdown), Some((590 * SECOND, 600 * SECOND)));
    assert_eq!(left(view.resend_wait), Some((20 * SECOND, 30 * SECOND)));
    typist.receives(Answer::Refused(Facts {
        attempts_left: Some(3),
        retry_at: after(MINUTE),
        ..because(Cause::Wrong)
    }));
    assert_eq!(typist.view().attempts_left, 3);
    assert_eq!(left(typist.view().countdown), Some((MINUTE, MINUTE)));
    typist.receives(refused(Cause::Wrong));
    let countdown = typist.view().countdown.map(|timer| timer.word);
    assert_eq!(
        countdown,
        Some(Word::ExpiresIn),
        "a wait that is not mentioned is over"
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn a_destination_belongs_to_its_channel() {
    let mut typist = Typist::with(json(), sms());
    typist.reads(no_facts());
    assert_eq!(typist.view().sent[0], Some(Word::SentSms));
    typist.reads(by(Channel::Voice));
    assert_eq!(typist.view().sent[0], Some(Word::SentVoiceBare));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_refusal_stays_beside_the_code_that_the_page_kept() {
    for text in ["111111", "１１１ １１１", "1111", ""] {
        let facts = Facts {
            attempts_left: Some(7),
            ..because(Cause::Wrong)
        };
        let mut typist = Typist::with(json(), facts);
        typist.holds(text);
        assert_eq!(typist.message(), "alert wrong attempts-left", "{text}");
        typist.clears().types("1");
        assert_eq!((typist.status(), typist.message().as_str()), ("ready", ""));
    }
    let mut typist = Typist::with(json(), because(Cause::Wrong));
    typist.holds("111111").clears().types("111111");
    assert_eq!(typist.message(), "alert refused-before");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_refusal_stays_after_a_reset_and_after_the_page_emptied_the_field() {
    let mut typist = on_its_way();
    typist.receives(refused(Cause::Wrong)).resets();
    assert_eq!(
        (typist.status(), typist.message().as_str()),
        ("refused", "alert wrong attempts-left")
    );
    let mut typist = on_its_way();
    typist.receives(refused(Cause::Wrong)).holds("");
    assert_eq!(typist.message(), "alert wrong attempts-left");
    assert_eq!(typist.types("4").message(), "");
}
