//! The field as the element (`www/element.js`) has it.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use crate::entry::State;
use crate::page;

/// One field, alive. What goes in and comes out is text (`src/page.rs`).
#[wasm_bindgen]
pub struct Field {
    state: State,
}

#[wasm_bindgen]
impl Field {
    /// A field for what the site decided in its markup.
    #[wasm_bindgen(constructor)]
    pub fn new(site: &str) -> Field {
        Field {
            state: page::state(site),
        }
    }

    /// Takes in what happened and says what to do. `at`: milliseconds since the page's facts were said.
    pub fn update(&mut self, at: u32, event: &str) -> String {
        page::update(&mut self.state, at, event)
    }

    /// What to show now.
    pub fn view(&self) -> String {
        page::view(&self.state)
    }
}
