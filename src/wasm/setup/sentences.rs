//! The sentences of a language: the files of `www/words/`, with the site's own over them.
//!
//! They stay in JavaScript, and each is taken when it is shown: deserializing them all with serde weighed 14 kB (brotli),
//! most of it the formatting of floating-point numbers in errors.

use alloc::string::String;
use alloc::vec::Vec;

use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::setup::{Message, Word};
use crate::text;

/// The sentences by their keys.
pub struct Sentences {
    /// The language of the sentences (BCP 47).
    pub lang: String,
    /// An object of sentences; one with plural forms is an object itself, by the names of `Intl.PluralRules`.
    by_key: Object,
}

impl Sentences {
    /// The sentences of the language `lang`.
    pub fn new(lang: String, by_key: Object) -> Sentences {
        Sentences { lang, by_key }
    }

    /// The sentence of `word` with its values; a name without a value stays, so that a mistake can be seen.
    pub fn text(&self, word: Word, values: &[(&str, &str)]) -> String {
        let value = |name: &str| values.iter().find(|(it, _)| *it == name).map(|(_, it)| *it);
        let found = member(&self.by_key, word.as_str());
        let sentence = found.as_string().or_else(|| {
            let form = self.plural(value("n").unwrap_or_default());
            let other = || member(&found, "other").as_string();
            member(&found, &form).as_string().or_else(other)
        });
        text::fill(&sentence.unwrap_or_default(), &mut |name| {
            value(name).map(String::from)
        })
    }

    /// The text of a message.
    pub fn message(&self, message: &Message) -> String {
        let values = message
            .values
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        self.text(message.word, &values.collect::<Vec<_>>())
    }

    /// The name of the plural form for `n`.
    fn plural(&self, n: &str) -> String {
        let rules = Intl::PluralRules::new(&Array::of1(&self.lang.as_str().into()), &Object::new());
        let form = rules.select(super::number_of(n));
        form.as_string().unwrap_or_default()
    }
}

/// A member of an object; `undefined` if it has none, or is no object.
fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}
