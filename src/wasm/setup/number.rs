//! `<todoita-phone>`: reads the number in the site's own input, and posts it in E.164 beside the text.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec;
use core::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlInputElement};

use super::host_page::Page;
use super::{Connected, Controller, error};
use crate::setup::Word;
use crate::setup::number::{self, By, State};

struct Number {
    page: Page,
    state: RefCell<State>,
    message: Element,
    hidden: HtmlInputElement,
}

/// # Errors
/// An `Error` if there is no input, or an exception of the browser.
pub fn connect(page: Page) -> Result<Connected, JsValue> {
    let input = page
        .input()
        .ok_or_else(|| error("<todoita-phone> has no input"))?;
    let message = page.add_message(&input)?;
    let hidden: HtmlInputElement = page.element("input", "e164")?.unchecked_into();
    hidden.set_type("hidden");
    let name = page.attribute("e164-name");
    let name = if name.is_empty() {
        number::hidden_name(&input.name())
    } else {
        name
    };
    hidden.set_name(&name);
    input.after_with_node_1(&hidden)?;
    let by = match page.attribute("channel").as_str() {
        "voice" => By::Voice,
        _ => By::Sms,
    };
    let targets = vec![
        (page.host.clone().into(), "input"),
        (page.host.clone().into(), "focusout"),
        (page.host.get_root_node().into(), "submit"),
    ];
    let number = Number {
        page,
        state: RefCell::new(State::new(by)),
        message,
        hidden,
    };
    // A number that the page came with, or that was typed before the element was at work.
    let text = input.value();
    if !text.is_empty() {
        let edited = number::Event::Edited(&text);
        number.state.borrow_mut().update(edited);
        number.show()?;
    }
    Connected::start(Rc::new(number), targets)
}

impl Controller for Number {
    fn page(&self) -> &Page {
        &self.page
    }

    fn handle(&self, event: &Event) -> Result<(), JsValue> {
        let Some(input) = self.page.input() else {
            return Ok(());
        };
        let text = input.value();
        let is_submit = self.page.is_own_submit(event);
        let event_of_input = match event.type_().as_str() {
            "submit" if is_submit => number::Event::Submitted(&text),
            "input" if self.page.is_of_input(event) => number::Event::Edited(&text),
            "focusout" if self.page.is_of_input(event) => number::Event::Left(&text),
            _ => return Ok(()),
        };
        let effects = self.state.borrow_mut().update(event_of_input);
        if effects.prevent {
            self.page.stop(event)?;
        }
        self.show()
    }

    fn end(&self) {
        self.page.remove_message(&self.message);
        self.hidden.remove();
    }
}

impl Number {
    fn show(&self) -> Result<(), JsValue> {
        let (e164, message, rest) = {
            let state = self.state.borrow();
            let view = state.view();
            let anyway = view.can_send_anyway.then_some(Word::SendAnyway);
            let rest = view.changes.into_iter().chain(anyway);
            (String::from(view.e164), view.message, rest)
        };
        self.hidden.set_value(&e164);
        self.page.show(&self.message, message.as_ref(), rest)?;
        match self.page.input() {
            // A framework that renders the page again takes away what it did not make.
            Some(input) if !self.page.host.contains(Some(&self.hidden)) => {
                input.after_with_node_1(&self.hidden)
            }
            _ => Ok(()),
        }
    }
}
