//! The page is events once for each completion, and where the site asked for it the form is submitted.

use super::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test(unsupported = test)]
fn every_change_dispatches_input_and_a_completion_once() {
    let mut typist = Typist::new();
    typist.types("48291").events();
    typist.types("3");
    assert_eq!(typist.events(), "input=code complete=code");
    typist.changed();
    assert_eq!(typist.events(), "", "nothing changed");
    typist.deletes(1).types("3");
    assert_eq!(typist.events(), "input input=code complete=code");
    typist.selects(5, 6).types("4");
    assert_eq!(typist.events(), "input=code complete=code", "another code");
    typist.pastes("482914");
    assert_eq!(typist.events(), "input=code", "the same code");
    typist.pastes("771204");
    assert_eq!(typist.events(), "input=code complete=code");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_code_is_complete_again_after_a_reset() {
    let mut typist = Typist::new();
    typist.types("482913").events();
    typist.resets().types("482913");
    assert_eq!(typist.completed(), "complete=code");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_submit_completes_nothing_twice() {
    let mut typist = Typist::with(json(), sms());
    typist.types("482913").events();
    typist.submits();
    assert_eq!(typist.events(), "");
}

#[wasm_bindgen_test(unsupported = test)]
fn by_default_nothing_is_submitted_by_itself() {
    assert_eq!(Typist::new().types("482913").sent().0, 0);
}

#[wasm_bindgen_test(unsupported = test)]
fn where_the_site_asked_for_it_a_code_is_submitted_when_it_is_complete() {
    let fills: [fn(&mut Typist) -> &mut Typist; 5] = [
        |typist| typist.types("482913"),
        |typist| typist.types("482-913"),
        |typist| typist.pastes("認証コード 482913"),
        |typist| typist.composes("４８２９１３"),
        |typist| typist.is_filled("482913"),
    ];
    for fill in fills {
        let mut typist = Typist::with(auto_submit(), sms());
        fill(&mut typist);
        assert_eq!(typist.sent(), (1, "482913", 1));
        assert_eq!(typist.status(), "busy");
        assert_eq!(typist.completed(), "complete=code");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_backup_code_waits_for_the_person() {
    let mut typist = Typist::with(auto_submit(), sms());
    typist.pastes("48291345");
    assert_eq!(typist.completed(), "complete=backup");
    assert_eq!(typist.sent().0, 0);
    assert_eq!(typist.submits().sent(), (1, "48291345", 1));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_code_that_was_refused_is_not_submitted_again_by_itself() {
    let mut typist = Typist::with(auto_submit(), sms());
    typist.types("482913").receives(refused(Cause::Wrong));
    assert_eq!(typist.sent().0, 1);
    typist.types("482913");
    assert_eq!(typist.message(), "alert refused-before");
    assert_eq!(typist.sent().0, 1);
    assert_eq!(typist.submits().sent().0, 2, "the person may insist");
    typist.receives(refused(Cause::Wrong)).types("771204");
    assert_eq!(typist.sent().0, 3);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_code_is_submitted_automatically_once() {
    let mut typist = Typist::with(auto_submit(), sms());
    typist.types("482913").receives(Answer::Unreachable);
    typist.clears().types("482913");
    assert_eq!(typist.sent().0, 1);
    typist.clears().types("771204");
    assert_eq!(typist.sent().0, 2);
}

#[wasm_bindgen_test(unsupported = test)]
fn whoever_is_in_submits_nothing_more() {
    let mut typist = Typist::with(auto_submit(), sms());
    typist.types("482913").receives(Answer::Accepted);
    typist.clears().types("771204").submits();
    assert_eq!(typist.sent().0, 1);
    assert!(typist.prevented);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_code_that_the_page_had_waits_for_the_person() {
    for text in ["482913", "４８２ ９１３"] {
        let mut typist = Typist::with(auto_submit(), sms());
        typist.holds(text);
        assert_eq!(typist.text(), "482913");
        assert_eq!(typist.completed(), "complete=code");
        assert_eq!(typist.sent().0, 0, "{text}");
        typist.deletes(1).types("4");
        assert_eq!(typist.sent(), (1, "482914", 1));
    }
}
