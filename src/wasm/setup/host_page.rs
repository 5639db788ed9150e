//! Elements made of sentences: nodes and text, never HTML.

use alloc::string::String;
use core::cell::{Cell, OnceCell};
use core::sync::atomic::{AtomicU32, Ordering};

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{
    Document, Element, Event, EventInit, HtmlElement, HtmlInputElement, SubmitEvent, Window,
};

use super::error;
use super::sentences::Sentences;
use crate::setup::{Message, Tone, Word};
use crate::text::push_number;
use crate::word_list::{position, take_until};

const SVG: &str = "http://www.w3.org/2000/svg";
const DESCRIBED_BY: &str = "aria-describedby";
const INVALID: &str = "aria-invalid";

/// How many messages were made: each has an id of its own.
static MESSAGES: AtomicU32 = AtomicU32::new(1);

/// The site's input, of several in an element, after the one whose `autocomplete` names its purpose: one for digits, any
/// that takes text, any at all. A user name is often read-only, and a "remember me" a box.
const INPUTS: [&str; 3] = [
    "input[type=tel]:read-write",
    "input:read-write:not([type=email], [data-part])",
    "input:not([type=hidden], [data-part])",
];

/// An element of the site with the sentences for it.
pub struct Page {
    pub window: Window,
    pub document: Document,
    pub host: HtmlElement,
    pub words: Sentences,
    /// The `autocomplete` of the site's input; empty where there is none.
    purpose: &'static str,
    /// Whether a button sends what the input is for (`isForCode` of `www/controls.js`).
    is_for_code: Function,
    /// The person has changed the text since the last message: an `aria-invalid` that the site has set at the input is over.
    edited: Cell<bool>,
    listener: OnceCell<Function>,
}

impl Page {
    /// # Errors
    /// An `Error` if there is no page around the element.
    pub fn new(
        host: HtmlElement,
        lang: String,
        words: js_sys::Object,
        purpose: &'static str,
        is_for_code: Function,
    ) -> Result<Page, JsValue> {
        let window = web_sys::window().ok_or_else(|| error("there is no window"))?;
        let document = host.owner_document();
        Ok(Page {
            document: document.ok_or_else(|| error("the element is in no document"))?,
            window,
            host,
            words: Sentences::new(lang, words),
            purpose,
            is_for_code,
            edited: Cell::new(false),
            listener: OnceCell::new(),
        })
    }

    /// An attribute of the element; empty if it is missing.
    pub fn attribute(&self, name: &str) -> String {
        self.host.get_attribute(name).unwrap_or_default()
    }

    /// The site's input in the element. A framework may have replaced it since the last event.
    pub fn input(&self) -> Option<HtmlInputElement> {
        let named = ["input[autocomplete~=", self.purpose, " i]"].concat();
        let mut selectors = core::iter::once(named.as_str()).chain(INPUTS);
        let found = selectors.find_map(|selector| self.host.query_selector(selector).ok()?)?;
        found.dyn_into().ok()
    }

    /// Whether the event is the submit of the form that contains the element, by a button for its input. All other buttons
    /// ("cancel", "resend") are the site's alone.
    pub fn is_own_submit(&self, event: &Event) -> bool {
        let Some(event) = event.dyn_ref::<SubmitEvent>() else {
            return false;
        };
        let form = self.input().and_then(|input| input.form());
        let is_for_code = || {
            let button = event.submitter().map_or(JsValue::NULL, JsValue::from);
            let judged = self.is_for_code.call1(&JsValue::NULL, &button);
            judged.is_ok_and(|judged| judged.is_truthy())
        };
        form.is_some() && event.target() == form.map(Into::into) && is_for_code()
    }

    /// Whether the event comes from the site's input. Notes that the text has changed.
    pub fn is_of_input(&self, event: &Event) -> bool {
        let is_of_input = event.target() == self.input().map(Into::into);
        self.edited
            .set(self.edited.get() || (is_of_input && event.type_() == "input"));
        is_of_input
    }

    /// A new element with the attribute `data-part`, if `part` is not empty.
    ///
    /// # Errors
    /// An exception of the browser, here and in the functions below.
    pub fn element(&self, tag: &str, part: &str) -> Result<Element, JsValue> {
        let element = self.document.create_element(tag)?;
        if !part.is_empty() {
            element.set_attribute("data-part", part)?;
        }
        Ok(element)
    }

    /// A new element with a text at the end of `parent`.
    pub fn add(
        &self,
        parent: &Element,
        tag: &str,
        part: &str,
        text: &str,
    ) -> Result<Element, JsValue> {
        let element = self.element(tag, part)?;
        element.set_text_content(Some(text));
        parent.append_child(&element)?;
        Ok(element)
    }

    /// A new element with a sentence without values, at the end of `parent`.
    pub fn add_word(&self, parent: &Element, tag: &str, word: Word) -> Result<Element, JsValue> {
        self.add(parent, tag, "", &self.words.text(word, &[]))
    }

    /// A new button that sends no form.
    pub fn add_button(&self, parent: &Element, part: &str, word: Word) -> Result<(), JsValue> {
        let button = self.add(parent, "button", part, &self.words.text(word, &[]))?;
        button.set_attribute("type", "button")
    }

    /// A new fold-out with its summary.
    pub fn add_details(&self, parent: &Element, summary: Word) -> Result<Element, JsValue> {
        let details = self.add(parent, "details", "", "")?;
        self.add_word(&details, "summary", summary)?;
        Ok(details)
    }

    /// A new SVG element with attributes.
    pub fn svg(&self, tag: &str, attributes: &[(&str, &str)]) -> Result<Element, JsValue> {
        let element = self.document.create_element_ns(Some(SVG), tag)?;
        for (name, value) in attributes {
            element.set_attribute(name, value)?;
        }
        Ok(element)
    }

    /// A live region after the input, which it describes.
    pub fn add_message(&self, input: &HtmlInputElement) -> Result<Element, JsValue> {
        let message = self.element("div", "message")?;
        message.set_attribute("role", "status")?;
        let mut id = String::from("todoita-setup-message-");
        push_number(&mut id, MESSAGES.fetch_add(1, Ordering::Relaxed).into());
        message.set_id(&id);
        self.keep_message(&message, input)?;
        Ok(message)
    }

    /// Puts the live region back after the input, which a framework may have replaced, and lets it describe it.
    fn keep_message(&self, message: &Element, input: &HtmlInputElement) -> Result<(), JsValue> {
        if !self.host.contains(Some(message)) {
            input.after_with_node_1(message)?;
        }
        let (described, id) = (descriptions(input), message.id());
        if position(&described, &id).is_some() {
            return Ok(());
        }
        input.set_attribute(DESCRIBED_BY, [&described, " ", &id].concat().trim())
    }

    /// Takes the live region away, and what it did to the input.
    pub fn remove_message(&self, message: &Element) {
        message.remove();
        let Some(input) = self.input() else {
            return;
        };
        let (described, id) = (descriptions(&input), message.id());
        let (mut rest, mut others) = (described.as_str(), String::new());
        while !rest.is_empty() {
            match take_until(&mut rest, b' ') {
                other if other == id => {}
                other => {
                    others.push_str(other);
                    others.push(' ');
                }
            }
        }
        // They fail for no name.
        let _ = match others.trim() {
            "" => input.remove_attribute(DESCRIBED_BY),
            others => input.set_attribute(DESCRIBED_BY, others),
        };
        if is_alert(message) {
            let _ = input.remove_attribute(INVALID);
        }
    }

    /// Shows a message and the sentences after it. An unchanged text is not written, since a live region announces
    /// every change.
    pub fn show(
        &self,
        region: &Element,
        message: Option<&Message>,
        rest: impl Iterator<Item = Word>,
    ) -> Result<(), JsValue> {
        if let Some(input) = self.input() {
            self.keep_message(region, &input)?;
        }
        let alert = message.is_some_and(|message| message.tone == Tone::Alert);
        let was_alert = is_alert(region);
        let texts = message
            .into_iter()
            .map(|message| self.words.message(message));
        let texts = texts.chain(rest.map(|word| self.words.text(word, &[])));
        let mut place = region.first_element_child();
        if alert != was_alert {
            region.set_attribute("role", if alert { "alert" } else { "status" })?;
        }
        for text in texts {
            match place {
                Some(line) => {
                    if line.text_content().as_deref() != Some(&text) {
                        line.set_text_content(Some(&text));
                    }
                    place = line.next_element_sibling();
                }
                None => {
                    self.add(region, "p", "", &text)?;
                }
            }
        }
        while let Some(line) = place {
            place = line.next_element_sibling();
            line.remove();
        }
        if let Some(input) = self.input() {
            if alert {
                input.set_attribute(INVALID, "true")?;
            } else if self.edited.take() || was_alert {
                input.remove_attribute(INVALID)?;
            }
        }
        Ok(())
    }

    /// Replaces the input's text, and dispatches `input` to the page.
    pub fn replace(&self, input: &HtmlInputElement, text: &str) -> Result<(), JsValue> {
        // Not by `value`: React would take that for its own change and ignore the event. An input for a number has no range.
        if input
            .set_range_text_with_start_and_end(text, 0, u32::MAX)
            .is_err()
        {
            input.set_value(text);
        }
        let init = EventInit::new();
        init.set_bubbles(true);
        let event = Event::new_with_event_init_dict("input", &init)?;
        input.dispatch_event(&event).map(|_| ())
    }

    /// Keeps the form from being sent, and leads back to the input.
    pub fn stop(&self, event: &Event) -> Result<(), JsValue> {
        event.prevent_default();
        event.stop_immediate_propagation();
        if let Some(input) = self.input() {
            input.focus()?;
            input.select();
        }
        Ok(())
    }

    /// The part that was clicked, if it is one of the element's own controls.
    pub fn pressed(&self, event: &Event) -> Option<String> {
        if event.type_() != "click" {
            return None;
        }
        event
            .target()?
            .dyn_ref::<Element>()?
            .get_attribute("data-part")
    }

    /// Passes the listener to promises.
    pub fn set_listener(&self, listener: &Closure<dyn Fn(JsValue)>) {
        let listener: &Function = listener.as_ref().unchecked_ref();
        // It is set once.
        let _ = self.listener.set(listener.clone());
    }

    /// Copies a text; the listener receives whether that worked.
    pub fn copy(&self, text: &str) -> Result<(), JsValue> {
        let Some(listener) = self.listener.get() else {
            return Ok(());
        };
        let [worked, failed] =
            [true, false].map(|worked| listener.bind1(&JsValue::NULL, &worked.into()));
        let navigator = self.window.navigator();
        // There is no clipboard in a page that is no secure context.
        if Reflect::get(&navigator, &"clipboard".into())?.is_falsy() {
            return failed.call0(&JsValue::NULL).map(|_| ());
        }
        // Called so that an exception is caught: it would leave the text in memory.
        let clipboard = navigator.clipboard();
        let write: Function = Reflect::get(&clipboard, &"writeText".into())?.unchecked_into();
        let promise = write.call1(&clipboard, &text.into())?;
        let then: Function = Reflect::get(&promise, &"then".into())?.unchecked_into();
        let reported = then.call2(&promise, &worked, &failed)?;
        // The clipboard may answer after the element was removed, and the listener throws then. The prototype of all
        // functions is a function that does nothing.
        let nothing = Reflect::get(listener, &"__proto__".into())?;
        then.call2(&reported, &JsValue::UNDEFINED, &nothing)
            .map(|_| ())
    }
}

/// The ids of what describes the input.
fn descriptions(input: &HtmlInputElement) -> String {
    input.get_attribute(DESCRIBED_BY).unwrap_or_default()
}

/// Whether a live region shows an alert.
fn is_alert(region: &Element) -> bool {
    region.get_attribute("role").as_deref() == Some("alert")
}
