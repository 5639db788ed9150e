//! The field as the element (`www/element.js`) has it.
//!
//! Text crosses one character at a time: an event is a line or two, and no glue that copies strings
//! weighs as little as a loop over numbers.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use crate::entry::State;
use crate::page;

/// One field, alive. What goes in and comes out is text (`src/page.rs`).
#[wasm_bindgen]
pub struct Field {
    state: State,
    /// What was heard of an event so far.
    event: String,
    /// The answer.
    answer: String,
    /// How much of it has been told.
    told: usize,
}

#[wasm_bindgen]
impl Field {
    /// A field of a site that decided nothing.
    #[wasm_bindgen(constructor)]
    #[allow(
        clippy::new_without_default,
        reason = "JavaScript knows no other constructor"
    )]
    pub fn new() -> Field {
        Field {
            state: page::state(""),
            event: String::new(),
            answer: String::new(),
            told: 0,
        }
    }

    /// Takes in the next character (a code point) of an event.
    pub fn hear(&mut self, character: u32) {
        let character = char::from_u32(character);
        self.event
            .push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }

    /// The event has been heard: says what to do. `at`: milliseconds since the page's facts were said.
    pub fn update(&mut self, at: u32) {
        self.answer = page::update(&mut self.state, at, &self.event);
        self.event = String::new();
        self.told = 0;
    }

    /// Says what to show now.
    pub fn view(&mut self) {
        self.answer = page::view(&self.state);
        self.told = 0;
    }

    /// The next character of what is said; 0 at its end. All of it is ASCII.
    pub fn tell(&mut self) -> u32 {
        let character = self.answer.as_bytes().get(self.told);
        self.told += 1;
        u32::from(character.copied().unwrap_or(0))
    }
}
