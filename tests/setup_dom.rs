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

#[wasm_bindgen_test]
fn the_three_steps_are_drawn_around_the_sites_input() {
    let (page, _connected) = Page::setup(&[]);
    assert_eq!(
        page.host
            .query_selector_all("h2")
            .expect("a selector")
            .length(),
        3
    );
    let qr = page.part("qr").expect("a QR code");
    assert_eq!(
        qr.namespace_uri().as_deref(),
        Some("http://www.w3.org/2000/svg")
    );
    assert!(
        qr.get_attribute("aria-label")
            .is_some_and(|label| label.starts_with("QR code"))
    );
    let key = page.part("key").and_then(|part| part.text_content());
    assert_eq!(
        key.as_deref(),
        Some("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
    );
    let link = page
        .part("open")
        .and_then(|link| link.get_attribute("href"));
    assert_eq!(link.as_deref(), Some(URI));
    assert!(page.host.contains(Some(&page.input)));
}

#[wasm_bindgen_test]
fn a_right_code_is_sent_as_digits() {
    let (page, _connected) = Page::setup(&[("now", &NOW.to_string())]);
    let code = shown_at(NOW);
    page.typed(&format!("{} {}", &code[..3], &code[3..]));
    assert!(page.submitted());
    assert_eq!(page.input.value(), code);
    assert_eq!(page.message(), "");
}

#[wasm_bindgen_test]
fn the_published_codes_of_rfc_6238_are_accepted_and_no_others() {
    let vectors = JSON::parse(include_str!("vectors/otp.json")).expect("JSON");
    let member = |row: &JsValue, name: &str| Reflect::get(row, &name.into()).expect("a member");
    let text = |row: &JsValue, name: &str| member(row, name).as_string().unwrap_or_default();
    let rows: js_sys::Array = member(&vectors, "rows").unchecked_into();
    let mut checked = 0;
    for row in rows.iter().filter(|row| text(row, "kind") == "totp") {
        let number = |name| member(&row, name).as_f64().expect("a number").to_string();
        let (secret, expect) = (text(&row, "secret"), text(&row, "expect"));
        let uri = [
            "otpauth://totp/a?secret=",
            &secret,
            "&digits=",
            &number("digits"),
            "&period=",
            &number("period"),
        ]
        .concat();
        let now = [&number("seconds"), "000"].concat();
        let page = Page::new("todoita-setup", &[("uri", &uri), ("now", &now)]);
        let _connected =
            connect_authenticator(page.host.clone(), "en".into(), words(), is_for_code(), None)
                .expect("a key URI");
        let last = if expect.ends_with('0') { "1" } else { "0" };
        page.typed(&[&expect[..expect.len() - 1], last].concat());
        assert!(!page.submitted(), "{uri}");
        page.typed(&expect);
        assert!(page.submitted(), "{uri}: {}", page.message());
        assert_eq!(page.input.value(), expect);
        checked += 1;
    }
    assert_eq!(checked, 12);
}

#[wasm_bindgen_test]
fn a_clock_that_is_off_is_named_from_minus_ten_to_plus_ten_minutes() {
    let (page, _connected) = Page::setup(&[("now", &NOW.to_string())]);
    for minutes in 1..=10 {
        for (time, word) in [
            (NOW - minutes * MINUTE, "slow"),
            (NOW + minutes * MINUTE, "fast"),
        ] {
            page.typed(&shown_at(time));
            assert!(!page.submitted(), "{minutes} minutes {word}");
            let unit = if minutes == 1 { "minute" } else { "minutes" };
            let sentence = format!("Your phone’s clock seems to be about {minutes} {unit} {word}.");
            assert!(page.message().starts_with(&sentence), "{}", page.message());
        }
    }
    assert_eq!(
        page.input.get_attribute("aria-invalid").as_deref(),
        Some("true")
    );
    page.typed("1");
    assert_eq!(
        (
            page.message().as_str(),
            page.input.has_attribute("aria-invalid")
        ),
        ("", false)
    );
}

#[wasm_bindgen_test]
fn the_result_of_a_check_is_an_event_without_the_code() {
    let (page, _connected) = Page::setup(&[("now", &NOW.to_string())]);
    let seen = std::rc::Rc::new(std::cell::RefCell::new(String::new()));
    let into = seen.clone();
    let listener = Closure::<dyn Fn(CustomEvent)>::new(move |event: CustomEvent| {
        *into.borrow_mut() = JSON::stringify(&event.detail()).expect("JSON").into();
    });
    document()
        .add_event_listener_with_callback("todoita-checked", listener.as_ref().unchecked_ref())
        .expect("a listener");
    page.typed(&shown_at(NOW - 3 * MINUTE));
    page.submitted();
    assert_eq!(*seen.borrow(), r#"{"ok":false,"drift":-3}"#);
    page.typed("000001");
    page.submitted();
    assert_eq!(*seen.borrow(), r#"{"ok":false,"drift":null}"#);
    page.typed(&shown_at(NOW));
    page.submitted();
    assert_eq!(*seen.borrow(), r#"{"ok":true,"drift":0}"#);
    document()
        .remove_event_listener_with_callback("todoita-checked", listener.as_ref().unchecked_ref())
        .expect("a listener");
}

#[wasm_bindgen_test]
fn a_wrong_code_is_sent_when_the_button_is_pressed_again() {
    let (page, _connected) = Page::setup(&[("now", &NOW.to_string())]);
    page.typed("000001");
    assert!(!page.submitted());
    assert!(page.message().contains("Example (hana)"));
    assert!(page.submitted());
}

#[wasm_bindgen_test]
fn an_element_that_ends_leaves_no_secret() {
    let (page, connected) = Page::setup(&[]);
    let text = |page: &Page| page.form.outer_html();
    assert!(text(&page).contains(SECRET));
    drop(connected);
    let left = text(&page);
    assert!(!left.contains(SECRET) && !left.contains("GEZD"), "{left}");
    assert!(page.submitted(), "its listeners are gone");
}

#[wasm_bindgen_test]
fn an_invalid_key_uri_leaves_the_page_as_it_is() {
    let page = Page::new("todoita-setup", &[("uri", SECRET)]);
    let before = page.form.outer_html();
    let error =
        connect_authenticator(page.host.clone(), "en".into(), words(), is_for_code(), None).err();
    let text = error.map(|error| String::from(error.unchecked_into::<js_sys::Error>().message()));
    assert_eq!(text.as_deref(), Some("the attribute uri is no key URI"));
    assert_eq!(page.form.outer_html(), before);
}

#[wasm_bindgen_test]
fn an_element_works_in_a_shadow_root() {
    let page = Page::new("todoita-setup", &[("uri", URI), ("now", &NOW.to_string())]);
    let around: HtmlElement = create("div");
    let shadow = around
        .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
        .expect("a root");
    shadow.append_child(&page.form).expect("a child");
    document()
        .body()
        .expect("a body")
        .append_child(&around)
        .expect("a child");
    let _connected =
        connect_authenticator(page.host.clone(), "en".into(), words(), is_for_code(), None).ok();
    page.typed("000001");
    assert!(!page.submitted());
    assert!(page.message().contains("Example (hana)"));
    around.remove();
}

#[wasm_bindgen_test]
fn backup_codes_have_to_be_kept() {
    let form: HtmlFormElement = create("form");
    let host: HtmlElement = create("todoita-backup-codes");
    let list: HtmlElement = create("ol");
    for code in ["48291304", "11820473"] {
        let item: HtmlElement = create("li");
        item.set_text_content(Some(code));
        list.append_child(&item).expect("a child");
    }
    host.append_child(&list).expect("a child");
    form.append_child(&host).expect("a child");
    document()
        .body()
        .expect("a body")
        .append_child(&form)
        .expect("a child");
    let connected =
        connect_backup(host.clone(), "en".into(), words(), is_for_code()).expect("a list");
    assert!(!form.check_validity());
    let kept = host
        .query_selector("[data-part=kept-box]")
        .expect("a selector")
        .expect("a box");
    kept.unchecked_ref::<HtmlInputElement>().click();
    assert!(form.check_validity());
    let root = document().document_element().expect("a root");
    assert!(root.has_attribute("data-todoita-print"));
    drop(connected);
    assert!(!root.has_attribute("data-todoita-print"));
    assert_eq!(host.children().length(), 1);
    form.remove();
}

#[wasm_bindgen_test]
fn a_number_is_posted_in_e164_beside_its_text() {
    let page = Page::new("todoita-phone", &[]);
    let connected = connect_phone(page.host.clone(), "en".into(), words(), is_for_code()).ok();
    page.typed("０９０−１２３４−５６７８");
    assert!(
        page.message().starts_with("We will use 090-1234-5678."),
        "{}",
        page.message()
    );
    let hidden: HtmlInputElement = page.part("e164").expect("a field").unchecked_into();
    assert_eq!(
        (hidden.name().as_str(), hidden.value().as_str()),
        ("value-e164", "+819012345678")
    );
    assert!(page.submitted());
    page.typed("0312345678");
    assert!(!page.submitted());
    assert!(page.message().contains("landline"));
    assert!(page.submitted(), "the person insists");
    drop(connected);
    assert!(page.part("e164").is_none() && page.part("message").is_none());
}

#[wasm_bindgen_test]
fn an_exception_of_the_page_leaves_the_element_at_work() {
    let page = Page::new("todoita-setup", &[("uri", URI), ("now", &NOW.to_string())]);
    // `Intl.PluralRules` refuses this tag, which `www/setup.js` never passes.
    let _connected = connect_authenticator(
        page.host.clone(),
        "en_US".into(),
        words(),
        is_for_code(),
        None,
    )
    .ok();
    page.typed(&shown_at(NOW - 3 * MINUTE));
    assert!(!page.submitted());
    page.typed("000001");
    assert!(!page.submitted());
    assert!(page.message().contains("Example (hana)"));
}

#[wasm_bindgen_test]
fn an_element_goes_on_after_the_page_was_rendered_again() {
    for (tag, text) in [("todoita-setup", "000001"), ("todoita-phone", "0312345678")] {
        let mut page = Page::new(tag, &[("uri", URI), ("now", &NOW.to_string())]);
        let connected = if tag == "todoita-setup" {
            connect_authenticator(page.host.clone(), "en".into(), words(), is_for_code(), None)
        } else {
            connect_phone(page.host.clone(), "en".into(), words(), is_for_code())
        };
        let connected = connected.expect("an element");
        // As a framework does that replaces what it did not make.
        page.input = create("input");
        page.input.set_name("value");
        page.host.set_text_content(None);
        page.host.append_child(&page.input).expect("a child");
        page.typed(text);
        assert!(!page.submitted(), "{tag}");
        assert!(page.message().len() > 20, "{tag}: {}", page.message());
        let message = page.part("message").expect("a region");
        assert!(page.is_described_by(&message.id()), "{tag}");
        if tag == "todoita-setup" {
            let first = page.host.first_element_child().expect("a child");
            assert_eq!(first.get_attribute("data-part").as_deref(), Some("steps"));
        } else {
            let hidden: HtmlInputElement = page.part("e164").expect("a field").unchecked_into();
            assert_eq!(hidden.value(), "+81312345678");
        }
        // The input alone is another one.
        let other: HtmlInputElement = create("input");
        page.host
            .replace_child(&other, &page.input)
            .expect("a child");
        page.input = other;
        page.typed(text);
        assert!(page.is_described_by(&message.id()), "{tag}");
        drop(connected);
        assert!(
            page.part("message").is_none() && page.part("e164").is_none(),
            "{tag}"
        );
    }
}

#[wasm_bindgen_test]
fn each_message_has_an_id_of_its_own_which_its_end_takes_back() {
    let pages = [(); 2].map(|()| Page::new("todoita-phone", &[]));
    pages[1]
        .input
        .set_attribute("aria-describedby", "hint")
        .expect("an attribute");
    let connected = pages.each_ref().map(|page| {
        connect_phone(page.host.clone(), "en".into(), words(), is_for_code()).expect("an input")
    });
    let ids = pages
        .each_ref()
        .map(|page| page.part("message").expect("a region").id());
    assert_ne!(ids[0], ids[1]);
    for (page, id) in pages.iter().zip(&ids) {
        assert!(page.is_described_by(id));
        page.typed("0312345678");
        assert!(page.input.has_attribute("aria-invalid"));
    }
    drop(connected);
    let described = pages
        .each_ref()
        .map(|page| page.input.get_attribute("aria-describedby"));
    assert_eq!(described, [None, Some("hint".into())]);
    assert!(!pages[0].input.has_attribute("aria-invalid"));
}

#[wasm_bindgen_test]
fn codes_are_printed_alone_as_long_as_an_element_shows_some() {
    let root = document().document_element().expect("a root");
    let pages = [(); 2].map(|()| {
        let page = Page::new("todoita-backup-codes", &[]);
        page.host
            .append_child(&create::<HtmlElement>("ol"))
            .expect("a child");
        page
    });
    let [first, second] = pages.each_ref().map(|page| {
        connect_backup(page.host.clone(), "en".into(), words(), is_for_code()).expect("a list")
    });
    drop(first);
    assert!(root.has_attribute("data-todoita-print"));
    drop(second);
    assert!(!root.has_attribute("data-todoita-print"));
}

#[wasm_bindgen_test]
fn the_box_is_back_before_a_list_that_was_rendered_again_is_left() {
    let page = Page::new("todoita-backup-codes", &[]);
    let render = || {
        page.host.set_text_content(None);
        for name in ["ol", "button"] {
            let element: HtmlElement = create(name);
            page.host.append_child(&element).expect("a child");
        }
    };
    render();
    let _connected =
        connect_backup(page.host.clone(), "en".into(), words(), is_for_code()).expect("a list");
    render();
    let button = page.host.last_element_child().expect("a button");
    let button: HtmlElement = button.unchecked_into();
    // A button that sends nothing, so that the page stays whatever happens.
    button
        .set_attribute("type", "button")
        .expect("an attribute");
    button.click();
    assert!(page.part("kept-box").is_some());
    assert!(!page.form.check_validity());
}
