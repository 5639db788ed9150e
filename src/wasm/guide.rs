//! The guide as its element (`www/guide.js`) has it. What goes in and comes out is text
//! (`src/guide/page.rs`), one character at a time (`src/wasm/told.rs`).

use wasm_bindgen::prelude::*;

use super::told::Told;
use crate::guide::page;

/// The guide: nothing is kept between two questions.
#[wasm_bindgen]
pub struct Guide(Told);

#[wasm_bindgen]
impl Guide {
    /// A guide that has not been asked yet.
    #[wasm_bindgen(constructor)]
    #[allow(
        clippy::new_without_default,
        reason = "JavaScript knows no other constructor"
    )]
    pub fn new() -> Guide {
        Guide(Told::NOTHING)
    }

    /// Takes in the next character (a code point) of a question.
    pub fn hear(&mut self, character: u32) {
        self.0.hear(character);
    }

    /// Says the screen to which the answers lead: heard were what is known, U+001F, the answers.
    pub fn screen(&mut self) {
        self.0.answer(page::screen);
    }

    /// Says the screens that fit a person's own words: heard were the search's terms, U+001F, the words.
    pub fn find(&mut self) {
        self.0.answer(page::find);
    }

    /// The next character of what is said; 0 at its end. All of it is ASCII.
    pub fn tell(&mut self) -> u32 {
        self.0.tell()
    }
}
