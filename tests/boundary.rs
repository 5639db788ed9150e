//! The boundary between a page and the WebAssembly, in each engine: a real form with a real `<input>`, the events that
//! a browser dispatches, and the exported `Field` and `Guide`. `cargo xtask test --only wasm` runs it in Chromium,
//! Firefox and WebKit; what the field decides is tested natively (tests/entry.rs).

#![cfg(all(target_arch = "wasm32", feature = "field", feature = "guide"))]

#[path = "boundary/exported.rs"]
mod exported; // the exported objects, called as the page's script calls them
#[path = "boundary/form_page.rs"]
mod page; // a form with an input, listening as the page's script does

use exported::{Field, Guide};
use page::{Insertion, Page};
use wasm_bindgen_test::wasm_bindgen_test;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn typed_digits_complete_the_code_once() {
    let page = Page::new();
    for digit in ["4", "8", "2", "9", "1"] {
        page.insert(Insertion::typed(digit));
    }
    assert!(
        page.take_notices()
            .iter()
            .all(|it| !it.starts_with("complete"))
    );
    page.insert(Insertion::typed("3"));
    assert_eq!(page.value(), "482913");
    assert_eq!(page.take_notices(), ["input code", "complete code"]);
}

#[wasm_bindgen_test]
fn a_pasted_message_is_replaced_by_its_code() {
    let page = Page::new();
    page.insert(Insertion::typed("12"));
    page.take_notices();
    let message = "認証コード：４８２９１３\n10分以内に入力してください。🔑";
    assert!(
        page.insert(Insertion::pasted(message)),
        "the browser's own insertion is prevented"
    );
    assert_eq!(page.value(), "482913");
    assert_eq!(page.take_notices(), ["input code", "complete code"]);
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
    assert_eq!(page.take_notices(), ["input code", "complete code"]);
}

#[wasm_bindgen_test]
fn autofill_without_an_announcement_is_read() {
    let page = Page::new();
    page.fill("４８２９１３");
    assert_eq!(page.value(), "482913");
    assert_eq!(page.take_notices(), ["input code", "complete code"]);
}

#[wasm_bindgen_test]
fn an_open_composition_is_left_alone() {
    let page = Page::new();
    page.insert(Insertion::composed("４８"));
    page.insert(Insertion::composed("４８２９１３"));
    assert_eq!(page.value(), "４８４８２９１３");
    assert!(page.take_notices().is_empty());
    page.set_value("４８２９１３");
    page.settle();
    assert_eq!(page.value(), "482913");
    assert_eq!(page.take_notices(), ["input code", "complete code"]);
}

#[wasm_bindgen_test]
fn a_submit_carries_the_code_and_an_empty_one_is_prevented() {
    let page = Page::new();
    assert!(!page.submit(), "an empty field is not sent");
    assert!(
        page.view().lines().any(|line| line == "state problem"),
        "{}",
        page.view()
    );
    page.insert(Insertion::pasted("４８２ ９１３"));
    assert!(page.submit());
    assert_eq!(page.sent(), ["482913"]);
    assert!(
        page.view().lines().any(|line| line == "state busy"),
        "{}",
        page.view()
    );
}

#[wasm_bindgen_test]
fn half_a_surrogate_pair_becomes_a_replacement_character() {
    let mut field = Field::new();
    // JavaScript's strings may hold half a pair; a Rust string cannot.
    let event = "insert\u{1F}\u{1F}48"
        .encode_utf16()
        .chain([0xD83D])
        .chain("2913\u{1F}\u{1F}1".encode_utf16());
    let effects = field.update_utf16(0, &event.collect::<Vec<u16>>());
    assert_eq!(
        effects,
        Field::new().update(0, &["insert", "", "48\u{FFFD}2913", "", "1"])
    );
}

#[wasm_bindgen_test]
fn numbers_from_javascript_are_converted_as_webassembly_does() {
    // The time is a whole number below 2^32; a fraction is cut, and nothing traps.
    for at in [
        0.0,
        1.75,
        4_294_967_295.0,
        4_294_967_296.0,
        -1.0,
        f64::NAN,
        f64::INFINITY,
    ] {
        let mut field = Field::new();
        assert_eq!(field.update_from_javascript(at, &["tick"]), "");
        assert!(field.view().starts_with("state ready\n"), "{at}");
    }
}

#[wasm_bindgen_test]
fn an_unknown_event_and_an_endless_text_do_no_harm() {
    let mut field = Field::new();
    assert_eq!(field.update(0, &["no-such-event", "1", "2"]), "");
    let long = "9".repeat(200_000);
    assert_eq!(
        field.update(0, &["insert", "", &long, "", "1"]),
        "prevent",
        "a text that is too long to be read is not inserted"
    );
    assert_eq!(
        field.update(0, &["changed", "482913"]),
        "dispatch input code\ndispatch complete code"
    );
}

#[wasm_bindgen_test]
fn the_guide_answers_each_question_by_itself() {
    let facts = [
        ("channel", "sms"),
        ("destination", "5678"),
        ("alternatives", "voice email"),
    ];
    let answers = [("answers", "sms-check-destination right")];
    let screen = Guide::screen(&[facts.as_slice(), &answers].concat());
    let taken = screen.lines().nth(1).map(str::trim_end);
    assert_eq!(taken, Some("sms-check-destination right"), "{screen}");
    let first = Guide::screen(&facts);
    let taken = first.lines().nth(1).map(str::trim_end);
    assert_eq!(taken, Some("sms-check-destination"), "{first}");
    assert_eq!(Guide::screen(&facts), first);
    let terms = "届かない\tsms-check-destination";
    assert_eq!(Guide::find(terms, "届かない"), "sms-check-destination");
    assert_eq!(Guide::find(terms, "🔑"), "");
}
