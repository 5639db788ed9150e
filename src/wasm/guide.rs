//! The guide, for `www/guide-start.js`. What goes in and comes out is text (`src/guide/page.rs`), one character at a
//! time (`src/wasm/text_channel.rs`).

use wasm_bindgen::prelude::*;

use super::text_channel;
use crate::guide::page;

/// Answers with the screen to which the answers lead: the text was the facts, U+001F, the answers.
#[wasm_bindgen]
pub fn screen() {
    text_channel::answer(page::screen);
}

/// Answers with the screens that fit a person's own words: the text was the search's terms, U+001F, the words.
#[wasm_bindgen]
pub fn find() {
    text_channel::answer(page::find);
}
