//! The fields of a page, for `www/field-wasm.js`. Events go in and effects and views come out as text
//! (`src/entry/wire.rs`), one character at a time (`src/wasm/text_channel.rs`).
//!
//! Plain functions and a number for each field: a class of wasm-bindgen would bring reference counts and
//! borrow flags for every call.

use alloc::string::String;
use alloc::vec::Vec;

use spin::Mutex;
use wasm_bindgen::prelude::*;

use super::text_channel;
use crate::entry::{State, wire};

static FIELDS: Mutex<Vec<Option<State>>> = Mutex::new(Vec::new());

/// Makes a field for the site whose settings were pushed, and gives its number.
#[wasm_bindgen]
pub fn create() -> usize {
    let mut fields = FIELDS.lock();
    let number = fields.len();
    text_channel::answer(|site| {
        fields.push(Some(wire::state(site)));
        String::new()
    });
    number
}

/// Drops a field.
#[wasm_bindgen]
pub fn remove(field: usize) {
    if let Some(state) = FIELDS.lock().get_mut(field) {
        *state = None;
    }
}

/// Takes in the event that was pushed and answers with the effects. `at`: milliseconds since the page's first
/// facts were said.
#[wasm_bindgen]
pub fn update(field: usize, at: u32) {
    ask(field, |state, event| wire::update(state, at, event));
}

/// Answers with the facts and the view.
#[wasm_bindgen]
pub fn view(field: usize) {
    ask(field, |state, _| wire::view(state));
}

fn ask(field: usize, answer: impl FnOnce(&mut State, &str) -> String) {
    if let Some(Some(state)) = FIELDS.lock().get_mut(field) {
        text_channel::answer(|text| answer(state, text));
    }
}
