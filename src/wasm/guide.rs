//! The guide as its element (`www/guide.js`) has it. What goes in and comes out is text
//! (`src/guide/page.rs`).

use alloc::string::String;

use wasm_bindgen::prelude::*;

use crate::guide::page;

/// The screen that the answers lead to.
#[wasm_bindgen]
pub fn screen(known: &str, answers: &str) -> String {
    page::screen(known, answers)
}

/// The names of up to three screens for what was typed.
#[wasm_bindgen]
pub fn find(groups: &str, text: &str) -> String {
    page::find(groups, text)
}
