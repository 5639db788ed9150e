//! The guide, for `www/guide-wasm.js`. What goes in and comes out is text (`src/guide/wire.rs`), one character at a
//! time (`src/wasm/text_channel.rs`).

use spin::Mutex;
use wasm_bindgen::prelude::*;

use super::text_channel::TextChannel;
use crate::guide::wire;

static TEXT: Mutex<TextChannel> = Mutex::new(TextChannel::EMPTY);

/// Appends a character (a code point) to the next text.
#[wasm_bindgen]
pub fn push(character: u32) {
    TEXT.lock().push(character);
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

/// The next byte of the answer; 0 at its end.
#[wasm_bindgen]
pub fn pop() -> u32 {
    TEXT.lock().pop()
}
