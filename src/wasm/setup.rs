//! The set-up elements, bound to a page by web-sys. `www/setup.js` defines the tags and calls [`connect_authenticator`],
//! [`connect_backup`] or [`connect_phone`] for each element, and frees what they return when the element is removed.
//!
//! A controller has the state of `crate::setup` in a `RefCell`. It is borrowed only while the state is updated or
//! viewed, never while JavaScript is called: a listener of the site may dispatch the next event, and an exception
//! would leave the borrow behind.

mod authenticator; // <todoita-setup>
mod backup; // <todoita-backup-codes>
mod host_page; // elements made of sentences
mod number; // <todoita-phone>
mod sentences; // the sentences of a language

use alloc::rc::{Rc, Weak};
use alloc::string::String;
use alloc::vec::Vec;

use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget, HtmlElement};

use host_page::Page;

/// One element at work.
trait Controller {
    /// The page around the element.
    fn page(&self) -> &Page;

    /// Takes in an event of the page.
    ///
    /// # Errors
    /// An exception of the browser.
    fn handle(&self, event: &Event) -> Result<(), JsValue>;

    /// Takes in the result of copying.
    fn copied(&self, _worked: bool) {}

    /// Leaves the page without the controller's parts, and without a secret.
    fn end(&self);
}

/// An element at work. It ends when it is freed.
#[wasm_bindgen]
pub struct Connected {
    controller: Rc<dyn Controller>,
    /// The one listener: of all events, and of the clipboard.
    listener: Closure<dyn Fn(JsValue)>,
    targets: Vec<(EventTarget, &'static str)>,
}

impl Connected {
    /// Passes the events of `targets` to the controller.
    fn start(
        controller: Rc<dyn Controller>,
        targets: Vec<(EventTarget, &'static str)>,
    ) -> Result<Connected, JsValue> {
        let receiver = Rc::downgrade(&controller);
        let listener = Closure::<dyn Fn(JsValue)>::new(move |value: JsValue| {
            if let Err(error) = respond(&receiver, &value) {
                // It runs no destructor: nothing may be held here.
                drop(value);
                wasm_bindgen::throw_val(error);
            }
        });
        let connected = Connected {
            controller,
            listener,
            targets,
        };
        connected
            .controller
            .page()
            .set_listener(&connected.listener);
        for (target, kind) in &connected.targets {
            // In the capture phase: before listeners of the site that send the form or disable its button.
            let listener = connected.listener.as_ref().unchecked_ref();
            target.add_event_listener_with_callback_and_bool(kind, listener, true)?;
        }
        Ok(connected)
    }
}

/// Passes an event, or the result of copying, to a controller that is still at work.
fn respond(receiver: &Weak<dyn Controller>, value: &JsValue) -> Result<(), JsValue> {
    let Some(controller) = receiver.upgrade() else {
        return Ok(());
    };
    if let Some(event) = value.dyn_ref::<Event>() {
        return controller.handle(event);
    }
    controller.copied(value.is_truthy());
    Ok(())
}

impl Drop for Connected {
    fn drop(&mut self) {
        for (target, kind) in &self.targets {
            let listener = self.listener.as_ref().unchecked_ref();
            // It fails for no listener that was added.
            let _ = target.remove_event_listener_with_callback_and_bool(kind, listener, true);
        }
        self.controller.end();
    }
}

/// Starts a `<todoita-setup>` with the sentences of the language `lang`, and a link to `support`: an address that
/// may be followed (`www/address.js`). `is_for_code`: `isForCode` of `www/controls.js`.
///
/// # Errors
/// An `Error` that names an invalid attribute, or an exception of the browser. The element is then as the
/// site made it.
#[wasm_bindgen(js_name = connectAuthenticator)]
pub fn connect_authenticator(
    host: HtmlElement,
    lang: String,
    words: Object,
    is_for_code: Function,
    support: Option<String>,
) -> Result<Connected, JsValue> {
    let page = Page::new(host, lang, words, "one-time-code", is_for_code)?;
    authenticator::connect(page, support.as_deref())
}

/// Starts a `<todoita-backup-codes>`.
///
/// # Errors
/// As [`connect_authenticator`].
#[wasm_bindgen(js_name = connectBackup)]
pub fn connect_backup(
    host: HtmlElement,
    lang: String,
    words: Object,
    is_for_code: Function,
) -> Result<Connected, JsValue> {
    backup::connect(Page::new(host, lang, words, "off", is_for_code)?)
}

/// Starts a `<todoita-phone>`.
///
/// # Errors
/// As [`connect_authenticator`].
#[wasm_bindgen(js_name = connectPhone)]
pub fn connect_phone(
    host: HtmlElement,
    lang: String,
    words: Object,
    is_for_code: Function,
) -> Result<Connected, JsValue> {
    number::connect(Page::new(host, lang, words, "tel", is_for_code)?)
}

/// An error for the console, without a secret.
fn error(text: &str) -> JsValue {
    js_sys::Error::new(text).into()
}

/// The number that a text is in JavaScript; NaN if it is none.
fn number_of(text: &str) -> f64 {
    JsValue::from_str(text).unchecked_into_f64()
}

/// The instant of an attribute, milliseconds or a date, in milliseconds since the Unix epoch; NaN if it is none.
fn instant(text: &str) -> f64 {
    let number = number_of(text);
    if number.is_nan() {
        js_sys::Date::parse(text)
    } else {
        number
    }
}
