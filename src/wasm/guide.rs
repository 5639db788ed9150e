//! The guide, for `www/guide-wasm.js`: the page answers for its facts, and takes the parts of a screen in their order.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use crate::guide::facts::GuideFacts;
use crate::guide::view::{Part, Shell};
use crate::guide::{INSTEAD, find, replay};

#[wasm_bindgen]
extern "C" {
    /// The page of a guide.
    pub type GuidePage;

    /// The fact of this name, if the page knows it.
    #[wasm_bindgen(method)]
    fn fact(this: &GuidePage, name: &str) -> Option<String>;

    /// Takes the next part of a screen: its kind ([`Part`]) and its name.
    #[wasm_bindgen(method)]
    fn part(this: &GuidePage, kind: &str, name: &str);

    /// Takes the next part of a screen: its kind and its number. An instant is in milliseconds since the Unix epoch.
    #[wasm_bindgen(method)]
    fn number(this: &GuidePage, kind: &str, number: f64);
}

/// The guide of one page.
#[wasm_bindgen]
pub struct Guide {
    page: GuidePage,
}

#[wasm_bindgen]
impl Guide {
    /// The guide of this page.
    #[wasm_bindgen(constructor)]
    pub fn new(page: GuidePage) -> Guide {
        Guide { page }
    }

    /// Asks for the facts and hands out the screen to which these answers lead: its name as the part `screen`, the answers
    /// that were taken as `answers`, then all that is needed to draw it.
    pub fn screen(&self, answers: &str) {
        let facts = GuideFacts::read(|name| self.page.fact(name));
        let screen = replay(&facts.context(), answers);
        self.page.part("screen", screen.step.as_str());
        self.page.part("answers", &screen.answers);
        screen.draw(&facts, &mut Drawing(&self.page));
    }

    /// Hands out the screens that fit a person's own words, as parts `to`; or, where none does, those to take instead.
    /// `groups`: the search's terms (`src/guide/search.rs`). Gives whether any fits.
    pub fn find(&self, groups: &str, text: &str) -> bool {
        let found = find(groups, text);
        let is_found = found.iter().any(Option::is_some);
        let instead = INSTEAD.into_iter().filter(|_| !is_found);
        for step in found.into_iter().flatten().chain(instead) {
            self.page.part(Part::To.as_str(), step.as_str());
        }
        is_found
    }
}

struct Drawing<'a>(&'a GuidePage);

impl Shell for Drawing<'_> {
    fn part(&mut self, part: Part, name: &'static str) {
        self.0.part(part.as_str(), name);
    }

    fn number(&mut self, part: Part, number: u64) {
        self.0.number(part.as_str(), number as f64);
    }
}
