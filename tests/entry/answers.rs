//! Answers of the server that accept, that are missing, that make the person wait, and the facts in them.

use super::*;
use wasm_bindgen_test::wasm_bindgen_test;

/// A typist whose request is under way.
pub(super) fn on_its_way() -> Typist {
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
    assert!(!view.held && !view.invalid);
    assert_eq!(
        (view.countdown, view.phase, view.secret),
        (None, None, None)
    );
    assert_eq!(typist.resets().status(), "accepted");
}

/// Back in the page, out of the browser's cache.
#[wasm_bindgen_test(unsupported = test)]
fn an_accepted_field_is_usable_again_in_a_page_that_came_back() {
    let mut typist = on_its_way();
    typist.receives(Answer::Accepted);
    assert_eq!(typist.submits().sent.len(), 1);
    assert!(typist.prevented);
    typist.run(Event::Released);
    assert_eq!(
        (typist.status(), typist.message().as_str()),
        ("ready", ""),
        "the person may not be in any more"
    );
    assert_eq!(typist.submits().sent.len(), 2);
    assert_eq!(typist.status(), "busy");
}

/// A page that stays and has the next sign-in in the same field.
#[wasm_bindgen_test(unsupported = test)]
fn after_a_reset_an_accepted_field_takes_another_code() {
    let mut typist = on_its_way();
    typist.receives(Answer::Accepted);
    typist.resets().types("771204");
    assert_eq!(typist.status(), "accepted");
    typist.submits();
    assert_eq!(typist.status(), "busy");
    assert_eq!(
        typist.sent.last().map(|(code, key)| (code.as_str(), *key)),
        Some(("771204", 2))
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn new_facts_of_the_page_end_an_acceptance() {
    let later = Facts {
        now: after(1),
        ..sms()
    };
    let refused = because(Cause::Wrong);
    for (event, status) in [
        (Event::Facts(later), "ready"),
        (Event::Facts(refused), "refused"),
        (Event::Resent(sms()), "ready"),
    ] {
        let mut typist = on_its_way();
        typist.receives(Answer::Accepted);
        typist.run(event);
        assert_eq!(typist.status(), status);
        assert_eq!(typist.submits().sent.len(), 2);
    }
}

/// A framework takes the cause of the refusal before away, or writes the facts of the page beside a newer answer.
#[wasm_bindgen_test(unsupported = test)]
fn facts_that_the_page_takes_back_leave_an_acceptance() {
    let mut typist = on_its_way();
    typist.receives(Answer::Refused(Facts {
        now: after(1),
        ..because(Cause::Wrong)
    }));
    typist.types("771204").submits().receives(Answer::Accepted);
    let bare = Facts {
        now: None,
        ..no_facts()
    };
    for facts in [sms(), bare] {
        typist.run(Event::Facts(facts));
        assert_eq!(
            (typist.status(), typist.message().as_str()),
            ("accepted", "good accepted")
        );
        assert_eq!(typist.submits().sent.len(), 2);
    }
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

/// Where only the sending is limited, its end is that of the wait for another code.
#[wasm_bindgen_test(unsupported = test)]
fn a_limit_of_sending_ends_when_a_code_can_be_sent() {
    let mut typist = on_its_way();
    typist.receives(Answer::Refused(Facts {
        resend_at: after(90 * SECOND),
        ..because(Cause::Limited)
    }));
    assert_eq!(typist.message(), "alert limited");
    assert_eq!(typist.waits(89 * SECOND).message(), "alert limited");
    assert_eq!(typist.waits(SECOND).message(), "");
}

/// Where no wait is shown, the view wakes at that end by itself.
#[wasm_bindgen_test(unsupported = test)]
fn a_limit_of_sending_ends_in_time_also_for_who_uses_an_app() {
    let mut typist = Typist::with(
        site(),
        Facts {
            channel: Some(Channel::App),
            resend_at: after(90 * SECOND),
            ..because(Cause::Limited)
        },
    );
    let view = typist.view();
    assert_eq!((view.countdown, view.resend_wait), (None, None));
    let mut waited = 0;
    while typist.message() == "alert limited" && waited < 90 * SECOND {
        let wake_in = typist.view().wake_in.expect("the limit has an end");
        waited += wake_in;
        typist.waits(wake_in);
    }
    assert_eq!((typist.message().as_str(), waited), ("", 90 * SECOND));
}

/// The wait of the first sending is not the end of a limit that states none.
#[wasm_bindgen_test(unsupported = test)]
fn a_limit_without_an_end_does_not_take_the_wait_of_an_earlier_answer() {
    let earlier = Facts {
        resend_at: after(90 * SECOND),
        ..sms()
    };
    // An instant without the time that it belongs to is not stated.
    let timeless = Facts {
        now: None,
        resend_at: after(30 * SECOND),
        ..because(Cause::Limited)
    };
    for refusal in [because(Cause::Limited), timeless] {
        let mut typist = Typist::with(json(), earlier.clone());
        typist.types("482913").submits();
        typist.receives(Answer::Refused(refusal));
        assert_eq!(typist.message(), "alert limited-open");
        assert_eq!(typist.waits(90 * SECOND).message(), "alert limited-open");
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
