//! The exported objects, called as the page's script calls them (www/instance.js): text in by code points, text out by
//! code units. This is the only file of these tests that names their methods and the order of an event's values.

use todoita::wasm::{field, guide};
use web_sys::js_sys::{Function, Reflect};
use web_sys::wasm_bindgen::{JsCast, JsValue};

/// The separator between the values of an event.
const SEPARATOR: &str = "\u{1F}";

/// The exported field.
pub struct Field(field::Field);

impl Field {
    pub fn new() -> Field {
        let mut field = Field(field::Field::new());
        // Digits, backup digits, kind of backup code, a flag for each of five channels, auto-submit, answers in JSON,
        // own host.
        let site = [
            "site",
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
        field.update(0, &site);
        field
    }

    /// Passes an event at `at` milliseconds; gives the effects.
    pub fn update(&mut self, at: u32, event: &[&str]) -> String {
        let event: Vec<u16> = event.join(SEPARATOR).encode_utf16().collect();
        self.update_utf16(at, &event)
    }

    /// The same with the code units of a JavaScript string.
    pub fn update_utf16(&mut self, at: u32, event: &[u16]) -> String {
        for character in code_points(event) {
            self.0.hear(character);
        }
        self.0.update(at);
        read(|| self.0.tell())
    }

    /// The same by way of JavaScript's own calls, with any number for the time.
    pub fn update_from_javascript(&mut self, at: f64, event: &[&str]) -> String {
        let field = JsValue::from(std::mem::replace(&mut self.0, field::Field::new()));
        let call = |name: &str, argument: Option<f64>| {
            let method: Function = Reflect::get(&field, &name.into())
                .expect("the method is exported")
                .dyn_into()
                .expect("a method is a function");
            let argument = argument.map_or(JsValue::UNDEFINED, JsValue::from_f64);
            method
                .call1(&field, &argument)
                .expect("the method does not throw")
        };
        for character in event.join(SEPARATOR).chars() {
            call("hear", Some(f64::from(u32::from(character))));
        }
        call("update", Some(at));
        let effects = read(|| call("tell", None).as_f64().expect("a number") as u32);
        call("view", None);
        let view = read(|| call("tell", None).as_f64().expect("a number") as u32);
        assert!(view.starts_with("state "), "{view}");
        effects
    }

    /// The lines of the view.
    pub fn view(&mut self) -> String {
        self.0.view();
        read(|| self.0.tell())
    }
}

/// The exported guide.
pub struct Guide(guide::Guide);

impl Guide {
    pub fn new() -> Guide {
        Guide(guide::Guide::new())
    }

    /// The screen that `answers` lead to.
    pub fn screen(&mut self, facts: &[&str], answers: &str) -> String {
        self.hear(&[facts, &[answers]].concat());
        self.0.screen();
        read(|| self.0.tell())
    }

    /// The screens that fit the words of a person.
    pub fn find(&mut self, terms: &str, words: &str) -> String {
        self.hear(&[terms, words]);
        self.0.find();
        read(|| self.0.tell())
    }

    fn hear(&mut self, values: &[&str]) {
        let text: Vec<u16> = values.join(SEPARATOR).encode_utf16().collect();
        for character in code_points(&text) {
            self.0.hear(character);
        }
    }
}

/// The code points of a JavaScript string, as its iterator gives them: half a surrogate pair is one of its own.
fn code_points(units: &[u16]) -> impl Iterator<Item = u32> {
    char::decode_utf16(units.iter().copied()).map(|character| match character {
        Ok(character) => u32::from(character),
        Err(half) => u32::from(half.unpaired_surrogate()),
    })
}

/// Reads an answer up to the 0 at its end.
fn read(mut next: impl FnMut() -> u32) -> String {
    std::iter::from_fn(|| Some(next()).filter(|unit| *unit != 0))
        .map(|unit| char::from_u32(unit).expect("an answer is ASCII"))
        .inspect(|character| assert!(character.is_ascii(), "{character:?}"))
        .collect()
}
