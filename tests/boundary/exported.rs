//! The exported functions, called as the page's script calls them (www/wasm-instance.js): text in by code points, text
//! out by bytes. This is the only file of these tests that names them and the order of an event's values.

use todoita::wasm::text_channel::{pop, push};
use todoita::wasm::{field, guide};
use web_sys::js_sys::{Function, Reflect};
use web_sys::wasm_bindgen::{self, JsCast, JsValue};

/// The separator between the values of an event.
const SEPARATOR: &str = "\u{1F}";

/// The exported field. A module has one: a new one takes the place of the last.
pub struct Field;

impl Field {
    pub fn new() -> Field {
        // Digits, backup digits, kind of backup code, a flag for each of five channels, auto-submit, answers in JSON,
        // own host.
        let site = [
            "6",
            "8",
            "digits",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "example.com",
        ];
        write(&site.join(SEPARATOR));
        field::begin();
        Field
    }

    /// Passes an event at `at` milliseconds; gives the effects.
    pub fn update(&mut self, at: u32, event: &[&str]) -> String {
        write(&event.join(SEPARATOR));
        field::update(at);
        read()
    }

    /// The same with the code units of a JavaScript string.
    pub fn update_utf16(&mut self, at: u32, event: &[u16]) -> String {
        write_utf16(event);
        field::update(at);
        read()
    }

    /// The same by way of JavaScript's own call, with any number for the time.
    pub fn update_from_javascript(&mut self, at: f64, event: &[&str]) -> String {
        write(&event.join(SEPARATOR));
        let update: Function = Reflect::get(&wasm_bindgen::exports(), &"update".into())
            .expect("the function is exported")
            .dyn_into()
            .expect("an export of this name is a function");
        update
            .call1(&JsValue::UNDEFINED, &JsValue::from_f64(at))
            .expect("the function does not throw");
        read()
    }

    /// The lines of the view, without the facts before them.
    pub fn view(&mut self) -> String {
        field::view();
        let answer = read();
        let lines = answer.rsplit(SEPARATOR).next();
        lines.expect("an answer has a last part").to_owned()
    }
}

/// The exported guide, which keeps nothing between two questions.
pub struct Guide;

impl Guide {
    /// The screen for the facts, `answers` among them: its name, the answers that were taken, and the other lines.
    pub fn screen(facts: &[(&str, &str)]) -> String {
        for (name, value) in facts {
            write(&format!("{name}{SEPARATOR}{value}\u{1E}"));
        }
        guide::screen();
        read()
    }

    /// The screens that fit the words of a person.
    pub fn find(terms: &str, words: &str) -> String {
        write(&[terms, words].join(SEPARATOR));
        guide::find();
        read()
    }
}

fn write(text: &str) {
    text.chars().map(u32::from).for_each(push);
}

/// Writes the code points of a JavaScript string, as its iterator gives them: half a surrogate pair is one of its own.
fn write_utf16(units: &[u16]) {
    char::decode_utf16(units.iter().copied())
        .map(|character| match character {
            Ok(character) => u32::from(character),
            Err(half) => u32::from(half.unpaired_surrogate()),
        })
        .for_each(push);
}

/// Reads an answer up to the 0 at its end.
fn read() -> String {
    let bytes = std::iter::from_fn(|| Some(pop()).filter(|byte| *byte != 0))
        .map(|byte| u8::try_from(byte).expect("an answer is bytes"));
    String::from_utf8(bytes.collect()).expect("an answer is UTF-8")
}
