//! The guide as its element (`www/guide.js`) has it. What goes in and comes out is text (`src/guide/wire.rs`), one
//! character at a time (`src/wasm/told.rs`).

use spin::Mutex;
use wasm_bindgen::prelude::*;

use super::told::Told;
use crate::guide::wire;

static TEXT: Mutex<Told> = Mutex::new(Told::NOTHING);

/// Takes in the next character (a code point) of a question.
#[wasm_bindgen]
pub fn push(character: u32) {
    TEXT.lock().hear(character);
}

/// Answers with the screen: the text was the facts.
#[wasm_bindgen]
pub fn screen() {
    TEXT.lock().answer(wire::screen);
}

/// Answers with the screens that fit a person's own words: the text was the search's terms, U+001F, the words.
#[wasm_bindgen]
pub fn find() {
    TEXT.lock().answer(wire::find);
}

/// The next character of the answer; 0 at its end. All of it is ASCII.
#[wasm_bindgen]
pub fn pop() -> u32 {
    TEXT.lock().tell()
}
