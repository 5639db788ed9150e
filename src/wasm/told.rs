//! Text across the boundary, one character at a time: an event is a line or two, and no glue that copies
//! strings weighs as little as a loop over numbers.

use alloc::string::String;

/// What was heard so far, and what is being said.
pub struct Told {
    heard: String,
    answer: String,
    /// How many bytes of the answer have been told.
    told: usize,
}

impl Told {
    /// Nothing was heard, nothing is said.
    pub const NOTHING: Told = Told {
        heard: String::new(),
        answer: String::new(),
        told: 0,
    };

    /// Takes in the next character (a code point; what is none is U+FFFD).
    pub fn hear(&mut self, character: u32) {
        let character = char::from_u32(character);
        self.heard
            .push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }

    /// Answers what was heard, which is over with it.
    pub fn answer(&mut self, say: impl FnOnce(&str) -> String) {
        self.answer = say(&self.heard);
        self.heard = String::new();
        self.told = 0;
    }

    /// The next byte of the answer; 0 at its end.
    pub fn tell(&mut self) -> u32 {
        let byte = self.answer.as_bytes().get(self.told);
        self.told += 1;
        u32::from(byte.copied().unwrap_or(0))
    }
}
