//! The field as the element (`www/element.js`) has it. What goes in and comes out is text
//! (`src/page.rs`), one character at a time (`src/wasm/told.rs`).

use wasm_bindgen::prelude::*;

use super::told::Told;
use crate::entry::State;
use crate::page;

/// One field, alive.
#[wasm_bindgen]
pub struct Field {
    state: State,
    told: Told,
}

#[wasm_bindgen]
impl Field {
    /// A field of a site that decided nothing; the event `site` says what it decided.
    #[wasm_bindgen(constructor)]
    #[allow(
        clippy::new_without_default,
        reason = "JavaScript knows no other constructor"
    )]
    pub fn new() -> Field {
        Field {
            state: page::state(""),
            told: Told::NOTHING,
        }
    }

    /// Takes in the next character (a code point) of an event.
    pub fn hear(&mut self, character: u32) {
        self.told.hear(character);
    }

    /// The event has been heard: says what to do. `at`: milliseconds since the page's facts were said.
    pub fn update(&mut self, at: u32) {
        let state = &mut self.state;
        self.told.answer(|event| page::update(state, at, event));
    }

    /// Says what to show now.
    pub fn view(&mut self) {
        let state = &self.state;
        self.told.answer(|_| page::view(state));
    }

    /// The next character of what is said (a code point); 0 at its end.
    pub fn tell(&mut self) -> u32 {
        self.told.tell()
    }
}
