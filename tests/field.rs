//! The field against a real form with a real `<input>`, the events that a browser dispatches, and the exported class
//! `Field`. `cargo xtask test --only wasm` runs it in Chromium, Firefox and WebKit; what the field decides is tested
//! natively (tests/entry.rs).

#![cfg(all(target_arch = "wasm32", feature = "field"))]

#[path = "field/boundary.rs"]
mod boundary; // what crosses: names, numbers, texts, facts
#[path = "field/editing.rs"]
mod editing; // typing, pasting, filling, undo
#[path = "field/page.rs"]
mod page; // a form with an input and a field

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
