//! The field of one element, for `www/field-wasm.js`: each element has an instance of this module. Events go in
//! and effects, facts and the view come out as text (`src/entry/wire.rs`), one character at a time
//! (`src/wasm/text_channel.rs`).
//!
//! Plain functions and a static: a class of wasm-bindgen would bring reference counts and borrow flags for every
//! call.

use alloc::string::String;

use spin::Mutex;
use wasm_bindgen::prelude::*;

use super::text_channel;
use crate::entry::{State, wire};

static STATE: Mutex<Option<State>> = Mutex::new(None);

/// Begins with the settings of the site, which were pushed.
#[wasm_bindgen]
pub fn begin() {
    text_channel::answer(|site| {
        *STATE.lock() = Some(wire::state(site));
        String::new()
    });
}

/// Takes in the event that was pushed and answers with the effects. `at`: milliseconds since the page's facts
/// were stated.
#[wasm_bindgen]
pub fn update(at: u32) {
    ask(|state, event| wire::update(state, at, event));
}

/// Answers with the facts and the view.
#[wasm_bindgen]
pub fn view() {
    ask(|state, _| wire::view(state));
}

fn ask(answer: impl FnOnce(&mut State, &str) -> String) {
    if let Some(state) = STATE.lock().as_mut() {
        text_channel::answer(|text| answer(state, text));
    }
}
