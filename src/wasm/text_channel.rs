//! Text across the boundary, one character at a time: an event is a line or two, and glue that copies strings
//! weighs more than a loop over numbers.

use alloc::string::String;

use spin::Mutex;
use wasm_bindgen::prelude::*;

static TEXT: Mutex<TextChannel> = Mutex::new(TextChannel::EMPTY);

/// Appends a character (a code point) to the next text.
#[wasm_bindgen]
pub fn push(character: u32) {
    TEXT.lock().push(character);
}

/// The next byte of the answer; 0 at its end.
#[wasm_bindgen]
pub fn pop() -> u32 {
    TEXT.lock().pop()
}

/// Consumes the text that was pushed and keeps what `answer` makes of it.
pub fn answer(answer: impl FnOnce(&str) -> String) {
    TEXT.lock().answer(answer);
}

/// The text that is coming in, and the answer that is going out.
struct TextChannel {
    input: String,
    answer: String,
    /// How many bytes of the answer have been read.
    read: usize,
}

impl TextChannel {
    /// No text in either direction.
    const EMPTY: TextChannel = TextChannel {
        input: String::new(),
        answer: String::new(),
        read: 0,
    };

    /// Appends a character (a code point) to the input; an invalid code point becomes U+FFFD.
    fn push(&mut self, character: u32) {
        let character = char::from_u32(character);
        self.input
            .push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }

    /// Consumes the input and keeps what `answer` makes of it.
    fn answer(&mut self, answer: impl FnOnce(&str) -> String) {
        self.answer = answer(&self.input);
        self.input = String::new();
        self.read = 0;
    }

    /// The next byte of the answer (UTF-8); 0 at its end.
    fn pop(&mut self) -> u32 {
        let byte = self.answer.as_bytes().get(self.read);
        self.read += 1;
        u32::from(byte.copied().unwrap_or(0))
    }
}
