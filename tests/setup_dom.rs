//! The set-up elements in a page, in each engine: real elements, the events that a browser dispatches, and the exported
//! functions as `www/setup.js` calls them. `cargo xtask test --only wasm` runs it in Chromium, Firefox and WebKit.

#![cfg(all(target_arch = "wasm32", feature = "setup"))]

use js_sys::{Function, JSON, Object, Reflect};
use todoita::otp::{KeyUri, Totp};
use todoita::wasm::setup::{Connected, connect_authenticator, connect_backup, connect_phone};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::wasm_bindgen::JsCast;
use web_sys::wasm_bindgen::prelude::*;
use web_sys::{
    CustomEvent, Document, Element, Event, EventInit, HtmlElement, HtmlFormElement,
    HtmlInputElement, ShadowRootInit, ShadowRootMode,
};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const URI: &str =
    "otpauth://totp/Example:hana?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example";
/// The server's time that the page states: in the middle of a step.
const NOW: u64 = 1_790_000_015_000;
const MINUTE: u64 = 60_000;

fn document() -> Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect("a page")
}

fn create<T: JsCast + std::fmt::Debug>(name: &str) -> T {
    let element = document().create_element(name).expect("an element");
    element.dyn_into().expect("an element of this type")
}

fn words() -> Object {
    JSON::parse(include_str!("../www/words/en.setup.json"))
        .expect("JSON")
        .unchecked_into()
}

/// The rule of the page by which a button sends the input's text.
fn is_for_code() -> Function {
    let module = include_str!("../www/controls.js").replace("export ", "");
    let rule = Function::new_no_args(&[&module, "return isForCode"].concat()).call0(&JsValue::NULL);
    rule.expect("a script").unchecked_into()
}

fn event(kind: &str) -> Event {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    Event::new_with_event_init_dict(kind, &init).expect("an event")
}

/// A form with an element around an input, in the document.
struct Page {
    form: HtmlFormElement,
    host: HtmlElement,
    input: HtmlInputElement,
}

impl Page {
    fn new(tag: &str, attributes: &[(&str, &str)]) -> Page {
        let page = Page {
            form: create("form"),
            host: create(tag),
            input: create("input"),
        };
        page.input.set_name("value");
        for (name, value) in attributes {
            page.host.set_attribute(name, value).expect("an attribute");
        }
        page.host.append_child(&page.input).expect("a child");
        page.form.append_child(&page.host).expect("a child");
        document()
            .body()
            .expect("a body")
            .append_child(&page.form)
            .expect("a child");
        page
    }

    fn setup(attributes: &[(&str, &str)]) -> (Page, Connected) {
        let page = Page::new("todoita-setup", &[&[("uri", URI)], attributes].concat());
        let connected =
            connect_authenticator(page.host.clone(), "en".into(), words(), is_for_code(), None);
        (page, connected.expect("a key URI"))
    }

    fn typed(&self, text: &str) {
        self.input.set_value(text);
        self.input
            .dispatch_event(&event("input"))
            .expect("an event");
    }

    /// Whether the form would be sent. A synthetic event submits nothing, so that the page stays.
    fn submitted(&self) -> bool {
        let kind: Function =
            Reflect::get(&web_sys::window().expect("a window"), &"SubmitEvent".into())
                .expect("a constructor")
                .unchecked_into();
        let init = Object::new();
        for name in ["bubbles", "cancelable"] {
            Reflect::set(&init, &name.into(), &true.into()).expect("a member");
        }
        let arguments = js_sys::Array::of2(&"submit".into(), &init);
        let event = Reflect::construct(&kind, &arguments).expect("an event");
        self.form
            .dispatch_event(event.unchecked_ref())
            .expect("an event")
    }

    fn part(&self, name: &str) -> Option<Element> {
        self.host
            .query_selector(&["[data-part=", name, "]"].concat())
            .expect("a selector")
    }

    fn is_described_by(&self, id: &str) -> bool {
        let described = self.input.get_attribute("aria-describedby");
        described.is_some_and(|ids| ids.split_whitespace().any(|it| it == id))
    }

    fn message(&self) -> String {
        self.part("message")
            .and_then(|part| part.text_content())
            .unwrap_or_default()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.form.remove();
    }
}

fn shown_at(time: u64) -> String {
    let key = KeyUri::read(URI).expect("a key URI");
    Totp::default().code(&key.secret, time).as_str().to_owned()
}

#[path = "setup_dom/authenticator.rs"]
mod authenticator;
#[path = "setup_dom/backup.rs"]
mod backup;
#[path = "setup_dom/number.rs"]
mod number;
