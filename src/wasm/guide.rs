//! The guide, for `www/guide-wasm.js`. Input and output are text (`src/guide/wire.rs`), one character at a
//! time (`src/wasm/text_channel.rs`).

use wasm_bindgen::prelude::*;

use super::text_channel;
use crate::guide::wire;

/// Answers with the screen to which the answers lead: the text was the facts, the answers among them.
#[wasm_bindgen]
pub fn screen() {
    text_channel::answer(wire::screen);
}

/// Answers with the screens that fit a person's own words: the text was the search's terms, U+001F, the words.
#[wasm_bindgen]
pub fn find() {
    text_channel::answer(wire::find);
}
