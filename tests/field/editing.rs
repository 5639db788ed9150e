//! Editing: typed, pasted, composed and filled in text, and the text of the input afterwards.

use todoita::wasm::names::Backup;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Insertion, Page};

const COMPLETED: [&str; 2] = ["input code", "complete code"];

fn type_each(page: &Page, text: &str) {
    for character in text.chars() {
        page.insert(Insertion::typed(&character.to_string()));
    }
}

#[wasm_bindgen_test]
fn typed_digits_complete_the_code_once() {
    let page = Page::new();
    type_each(&page, "48291");
    assert_eq!(page.take_effects(), ["input"; 5]);
    assert!(!page.insert(Insertion::typed("3")), "the browser types it");
    assert_eq!(page.value(), "482913");
    assert_eq!(page.take_effects(), COMPLETED);
}

#[wasm_bindgen_test]
fn a_pasted_message_is_replaced_by_its_code() {
    let page = Page::new();
    type_each(&page, "12");
    page.take_effects();
    let message = "認証コード：４８２９１３\n10分以内に入力してください。🔑";
    assert!(
        page.insert(Insertion::pasted(message)),
        "the browser's own insertion is prevented"
    );
    assert_eq!(page.value(), "482913");
    assert_eq!(page.selection(), (6, 6));
    assert_eq!(page.sentence("message"), "fix-message");
    assert_eq!(page.take_effects(), COMPLETED);
}

#[wasm_bindgen_test]
fn a_pasted_message_without_a_code_is_not_inserted() {
    let page = Page::new();
    assert!(page.insert(Insertion::pasted("またお電話します。")));
    assert_eq!(
        (page.value().as_str(), page.sentence("message")),
        ("", "no-code")
    );
}

#[wasm_bindgen_test]
fn undo_restores_the_text_from_before_a_paste() {
    let page = Page::new();
    page.type_by_command("12");
    assert_eq!(page.value(), "12");
    page.insert(Insertion::pasted("482-913"));
    assert_eq!(page.value(), "482913");
    page.command("undo");
    assert_eq!(page.value(), "12");
    page.command("redo");
    assert_eq!(page.value(), "482913");
}

#[wasm_bindgen_test]
fn an_insertion_that_cannot_be_prevented_is_corrected_afterwards() {
    let page = Page::new();
    let suggestion = Insertion::replacement("４８２ ９１３").unpreventable();
    assert!(!page.insert(suggestion));
    assert_eq!(page.value(), "482913");
    assert_eq!(page.take_effects(), COMPLETED);
}

#[wasm_bindgen_test]
fn autofill_without_an_announcement_is_read() {
    let page = Page::new();
    page.fill("４８２９１３");
    assert_eq!(page.value(), "482913");
    assert_eq!(page.take_effects(), COMPLETED);
}

#[wasm_bindgen_test]
fn autofill_without_focus_is_corrected_and_the_page_receives_one_event() {
    let page = Page::new();
    page.input().blur().expect("an input loses the focus");
    page.fill("482-913");
    assert_eq!(page.value(), "482913");
    assert_eq!(page.take_effects(), COMPLETED);
}

#[wasm_bindgen_test]
fn an_open_composition_is_left_alone() {
    let page = Page::new();
    page.insert(Insertion::composed("４８"));
    page.insert(Insertion::composed("４８２９１３"));
    assert_eq!(page.value(), "４８４８２９１３");
    assert!(page.take_effects().is_empty());
    page.set_value("４８２９１３");
    page.settle();
    assert_eq!(page.value(), "482913");
    assert_eq!(page.take_effects(), COMPLETED);
}

#[wasm_bindgen_test]
fn a_text_that_may_be_under_composition_is_not_taken_over() {
    let page = Page::new();
    page.set_value("４８２９１３");
    page.call("takeOver", &[0.into()]);
    assert_eq!(page.value(), "４８２９１３", "the input has the focus");
    page.set_value("482 913");
    page.call("takeOver", &[0.into()]);
    assert_eq!(page.value(), "482913");
}

#[wasm_bindgen_test]
fn a_full_width_digit_becomes_ascii() {
    let page = Page::new();
    assert!(page.insert(Insertion::typed("４")));
    assert_eq!((page.value().as_str(), page.selection()), ("4", (1, 1)));
}

#[wasm_bindgen_test]
fn separators_stay_until_the_code_is_complete() {
    let page = Page::new();
    type_each(&page, "482-91");
    assert_eq!(page.value(), "482-91");
    assert!(page.insert(Insertion::typed("3")));
    assert_eq!(page.value(), "482913");
}

#[wasm_bindgen_test]
fn the_caret_stays_before_the_text_behind_it() {
    let page = Page::new();
    page.type_by_command("82-913");
    let input = page.input();
    input.set_selection_range(0, 0).expect("a text input");
    page.insert(Insertion::typed("4"));
    assert_eq!(
        (page.value().as_str(), page.selection()),
        ("482913", (1, 1))
    );
}

#[wasm_bindgen_test]
fn a_selection_is_measured_in_utf16() {
    let page = Page::new();
    page.type_by_command("🔑4829");
    let input = page.input();
    // The key is two code units and four bytes.
    input.set_selection_range(2, 6).expect("a text input");
    page.insert(Insertion::pasted("482913"));
    assert_eq!(page.value(), "482913");
}

#[wasm_bindgen_test]
fn a_backup_code_is_complete_with_eight_digits() {
    let page = Page::new();
    type_each(&page, "1234567");
    page.take_effects();
    page.insert(Insertion::typed("8"));
    assert_eq!(page.value(), "12345678");
    assert_eq!(page.view("kind"), "backup");
    assert_eq!(page.take_effects(), ["input backup", "complete backup"]);
}

/// Such an attribute is a mistake of the page: the usual length counts, as in the guide (`tests/guide/facts.rs`).
#[wasm_bindgen_test]
fn a_length_that_no_code_may_have_is_left_out() {
    for (stated, length) in [
        (4.0, "4"),
        (10.9, "10"),
        (3.0, "6"),
        (99.0, "6"),
        (-7.0, "6"),
    ] {
        let page = Page::with(stated, None, false);
        type_each(&page, "4");
        assert_eq!(page.view("length"), length, "{stated}");
    }
}

#[wasm_bindgen_test]
fn too_many_digits_are_kept_and_counted() {
    let page = Page::with(6.0, Some(Backup::None), false);
    type_each(&page, "4829135");
    assert_eq!(page.value(), "4829135");
    assert_eq!(page.sentence("message"), "too-many");
    assert_eq!(
        (page.view("entered"), page.view("length")),
        ("7".to_owned(), "6".to_owned())
    );
    type_each(&page, "6");
    assert_eq!(page.view("entered"), "8", "the number is drawn on");
}

#[wasm_bindgen_test]
fn a_refused_code_stays_and_is_selected() {
    let page = Page::new();
    type_each(&page, "482913");
    assert!(page.submit());
    page.take_effects();
    page.state("refused", &[("cause", "wrong".into())]);
    assert_eq!(
        (page.value().as_str(), page.selection()),
        ("482913", (0, 6))
    );
    assert_eq!(
        (page.view("status"), page.view("invalid")),
        ("refused".to_owned(), "true".to_owned())
    );
    assert_eq!(page.take_effects(), ["refused wrong"]);
}

#[wasm_bindgen_test]
fn a_submit_carries_the_kind_of_code_and_an_empty_one_is_prevented() {
    let page = Page::new();
    assert!(!page.submit(), "an empty field is not sent");
    assert_eq!(page.view("status"), "problem");
    page.insert(Insertion::pasted("４８２ ９１３"));
    page.take_effects();
    assert!(page.submit());
    assert_eq!(page.view("status"), "busy");
    assert_eq!(page.take_effects(), ["send code"]);
    page.call("collect", &[]);
    assert_eq!(page.take_effects(), ["collect code 482913"]);
}

#[wasm_bindgen_test]
fn a_complete_code_is_submitted_where_the_site_asks_for_it() {
    let page = Page::with(4.0, None, true);
    page.insert(Insertion::pasted("4829"));
    assert_eq!(
        page.take_effects(),
        ["input code", "complete code", "submit"]
    );
}

#[wasm_bindgen_test]
fn a_code_from_the_browser_is_inserted() {
    let page = Page::new();
    page.call("receive", &["482913".into(), 0.into()]);
    assert_eq!(page.value(), "482913");
    assert_eq!(page.take_effects(), COMPLETED);
}

#[wasm_bindgen_test]
fn an_input_that_takes_the_place_of_another_is_edited() {
    let page = Page::new();
    type_each(&page, "12");
    let old = page.exchange_input();
    page.take_effects();
    page.insert(Insertion::pasted("482-913"));
    assert_eq!(
        (page.value().as_str(), old.value().as_str()),
        ("482913", "12")
    );
    assert_eq!(page.take_effects(), COMPLETED);
}

#[wasm_bindgen_test]
fn two_fields_know_nothing_of_each_other() {
    let (one, other) = (Page::new(), Page::new());
    one.insert(Insertion::pasted("482913"));
    assert_eq!(
        (one.value().as_str(), other.value().as_str()),
        ("482913", "")
    );
    assert!(other.take_effects().is_empty());
    assert!(!other.submit());
}
