//! The boundary between a page and the WebAssembly of the guide, in each engine. `cargo xtask test --only wasm` runs it in
//! Chromium, Firefox and WebKit.

#![cfg(all(target_arch = "wasm32", feature = "guide"))]

use todoita::wasm::guide::Guide;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::js_sys::{Array, Function, Object, Reflect};
use web_sys::wasm_bindgen::{JsCast, JsValue};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// The guide of a page with these facts, and the list of parts that the page takes.
fn guide(facts: &[(&str, &str)]) -> (Guide, Array) {
    let (known, taken) = (Object::new(), Array::new());
    for (name, value) in facts {
        let set = Reflect::set(&known, &(*name).into(), &(*value).into());
        set.expect("an object takes members");
    }
    let source = "const part = (...it) => taken.push(it.join(' ')); \
                  return { fact: (name) => known[name], part, number: part };";
    let make = Function::new_with_args("known, taken", source);
    let page = make.call2(&JsValue::UNDEFINED, &known, &taken);
    let page = page.expect("an object").unchecked_into();
    (Guide::new(page), taken)
}

fn parts(taken: &Array) -> Vec<String> {
    taken.iter().filter_map(|it| it.as_string()).collect()
}

fn screen(facts: &[(&str, &str)], answers: &str) -> Vec<String> {
    let (guide, taken) = guide(facts);
    guide.screen(answers);
    parts(&taken)
}

#[wasm_bindgen_test]
fn the_guide_answers_each_question_by_itself() {
    let facts = [
        ("channel", "sms"),
        ("destination", "5678"),
        ("alternatives", "voice email"),
        ("now", "1795861900000"),
        ("sent-at", "1795861600000"),
    ];
    let later = screen(&facts, "sms-check-destination right");
    assert_eq!(later[0], "screen sms-other-texts-arrive");
    assert_eq!(later[1], "answers sms-check-destination right");
    let first = screen(&facts, "");
    assert_eq!(first[0], "screen sms-check-destination");
    for part in [
        "value sent",
        "time 1795861560000",
        "value minutes",
        "number 5",
        "fact destination",
        "words title",
        "choice came",
        "exit menu",
    ] {
        assert!(first.iter().any(|it| it == part), "{part}: {first:?}");
    }
    assert_eq!(screen(&facts, ""), first);
}

#[wasm_bindgen_test]
fn a_search_gives_screens_or_what_to_take_instead() {
    let terms = "届かない\tsms-check-destination";
    let (found, taken) = guide(&[]);
    assert!(found.find(terms, "届かない"));
    assert_eq!(parts(&taken), ["to sms-check-destination"]);
    let (nothing, taken) = guide(&[]);
    assert!(!nothing.find(terms, "🔑"));
    assert_eq!(parts(&taken).len(), 4);
}
