//! Refusals: their sentences, how long they stay, and the codes that were refused.

use super::answers::on_its_way;
use super::*;
use wasm_bindgen_test::wasm_bindgen_test;

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
        (Cause::Expired, Some(7), None, "expired", "expired"),
        (Cause::Used, Some(7), None, "refused", "used"),
        (Cause::Exhausted, Some(7), None, "expired", "exhausted"),
        (Cause::Ended, None, None, "ended", "ended"),
        (Cause::Locked, Some(0), Some(3600), "locked", "locked"),
        (Cause::Locked, Some(0), None, "locked", "locked-open"),
        (Cause::Limited, Some(7), Some(30), "refused", "limited"),
        (Cause::Limited, None, None, "refused", "limited-open"),
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
        let known = matches!(
            cause,
            Cause::Wrong | Cause::Expired | Cause::Used | Cause::Exhausted
        );
        assert_eq!(view.invalid, known, "{cause}");
        assert_eq!(view.attempts_left, left.unwrap_or(0), "{cause}");
        assert_eq!(
            view.countdown.map(|timer| timer.left / SECOND),
            retry_in,
            "{cause}"
        );
        assert!(!view.held, "{cause}");
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
fn while_the_code_step_is_closed_no_other_code_is_offered() {
    let mut typist = on_its_way();
    typist.receives(Answer::Refused(Facts {
        retry_at: after(3_600 * SECOND),
        resend_at: after(30 * SECOND),
        ..because(Cause::Locked)
    }));
    let view = typist.view();
    assert!(!view.resend && view.resend_wait.is_none());
    typist.waits(30 * SECOND);
    assert_eq!(typist.view().phase, None);
    typist.waits(3_600 * SECOND);
    assert!(typist.view().resend);
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
fn a_refused_code_of_an_app_or_a_sheet_has_no_last_message() {
    for (channel, word) in [
        (Channel::Sms, Word::Wrong),
        (Channel::App, Word::WrongApp),
        (Channel::Backup, Word::WrongBackup),
    ] {
        let mut typist = Typist::with(json(), by(channel));
        typist.receives(refused(Cause::Wrong));
        assert_eq!(typist.message(), format!("alert {}", word.as_str()));
    }
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

#[wasm_bindgen_test(unsupported = test)]
fn an_exhausted_code_is_recognised_and_a_sign_in_that_ended_offers_no_other() {
    let mut typist = on_its_way();
    typist.receives(refused(Cause::Exhausted));
    assert!(typist.view().resend);
    typist.types("482913");
    assert_eq!(typist.message(), "alert refused-before");
    typist.submits().receives(refused(Cause::Ended));
    assert!(!typist.view().resend);
    assert_eq!(typist.text(), "482913");
}

pub(super) fn refused_facts() -> Facts {
    Facts {
        cause: Some(Cause::Wrong),
        ..sms()
    }
}
