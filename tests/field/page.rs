//! A form with an input and a field, whose events reach the field as `www/element.js` passes them on: by the exported class
//! `Field` in JavaScript. The events are dispatched by the tests in the order in which browsers dispatch them.

use todoita::wasm::field::Field;
use todoita::wasm::names::Backup;
use todoita::words::Word;
use wasm_bindgen::prelude::*;
use web_sys::{
    Document, Event, EventInit, HtmlDocument, HtmlElement, HtmlFormElement, HtmlInputElement,
    InputEvent, InputEventInit,
};

#[wasm_bindgen(inline_js = r#"
/** The effects that the field calls, kept as texts. */
export const makePage = (input) => ({
  input,
  effects: [],
  changed() { this.input.dispatchEvent(new Event("input", { bubbles: true })); },
  dispatch(name, kind, cause) { this.effects.push([name, kind, cause].filter(Boolean).join(" ")); },
  submit() { this.effects.push("submit"); },
  send(fresh, kind) { this.effects.push(["send", fresh && "fresh", kind].filter(Boolean).join(" ")); },
  abort() { this.effects.push("abort"); },
  collect(kind, code) { this.effects.push(`collect ${kind} ${code}`); },
});
/** The parts on which the field draws: the last view, and the number of views. */
export const makeParts = () => ({
  views: 0,
  facts(...facts) { this.known = facts.join(); },
  state(status, kind, tone, length, entered, n) {
    this.views += 1;
    this.view = { status, kind, tone, length, entered, n, methods: [] };
  },
  sentences(part, ...places) { this.view[part] = places.filter((place) => place !== undefined); },
  time(part, ...values) { this.view[part] = values; },
  offer(action) { this.view.methods.push(action); },
  finish(resend, held, invalid, wake) { Object.assign(this.view, { resend, held, invalid, wake }); },
});
/** Passes the events of whatever input is in `form` to the field. */
export const listen = (form, page, field) => {
  const at = () => page.at ?? 0;
  form.addEventListener("beforeinput", (event) => event.target === page.input && field.beforeInput(event, at()), true);
  form.addEventListener("input", (event) => event.target === page.input && field.input(event, at()), true);
};
export const call = (field, name, values) => field[name](...values);
export const property = (object, name) => String(object[name]);
export const setProperty = (object, name, value) => { object[name] = value; };
export const takeEffects = (page) => page.effects.splice(0);
"#)]
extern "C" {
    #[wasm_bindgen(js_name = makePage)]
    fn make_page(input: &HtmlInputElement) -> JsValue;
    #[wasm_bindgen(js_name = makeParts)]
    fn make_parts() -> JsValue;
    fn listen(form: &HtmlFormElement, page: &JsValue, field: &JsValue);
    #[wasm_bindgen(catch)]
    fn call(field: &JsValue, name: &str, values: Vec<JsValue>) -> Result<JsValue, JsValue>;
    fn property(object: &JsValue, name: &str) -> String;
    #[wasm_bindgen(js_name = setProperty)]
    fn set_property(object: &JsValue, name: &str, value: &JsValue);
    #[wasm_bindgen(js_name = takeEffects)]
    fn take_effects(page: &JsValue) -> Vec<String>;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, js_name = stringify)]
    fn json(value: &JsValue) -> String;
    #[wasm_bindgen(js_namespace = Reflect, js_name = get)]
    fn get(object: &JsValue, name: &str) -> JsValue;
}

/// Text that a person puts in, and how the browser announces it.
#[derive(Clone, Copy)]
pub struct Insertion<'a> {
    kind: &'static str,
    text: &'a str,
    cancelable: bool,
    composing: bool,
}

impl<'a> Insertion<'a> {
    /// By a key.
    pub fn typed(text: &'a str) -> Insertion<'a> {
        Insertion::new("insertText", text)
    }

    /// From the clipboard. `data` keeps the line ends, which the input would not.
    pub fn pasted(text: &'a str) -> Insertion<'a> {
        Insertion::new("insertFromPaste", text)
    }

    /// By a suggestion of a keyboard. WebKit on a phone dispatches it as not cancelable.
    pub fn replacement(text: &'a str) -> Insertion<'a> {
        Insertion::new("insertReplacementText", text)
    }

    /// By an input method whose composition is open.
    pub fn composed(text: &'a str) -> Insertion<'a> {
        Insertion {
            cancelable: false,
            composing: true,
            ..Insertion::new("insertCompositionText", text)
        }
    }

    /// The same, but the page cannot prevent it.
    pub fn unpreventable(self) -> Insertion<'a> {
        Insertion {
            cancelable: false,
            ..self
        }
    }

    fn new(kind: &'static str, text: &'a str) -> Insertion<'a> {
        Insertion {
            kind,
            text,
            cancelable: true,
            composing: false,
        }
    }
}

/// The page.
pub struct Page {
    form: HtmlFormElement,
    page: JsValue,
    parts: JsValue,
    /// The exported class in JavaScript.
    field: JsValue,
}

fn document() -> Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect("a page")
}

fn create<T: JsCast + std::fmt::Debug>(name: &str) -> T {
    let element = document().create_element(name).expect("an element");
    element.dyn_into().expect("an element of this type")
}

/// An input in a form, focused.
fn add_input(form: &HtmlFormElement) -> HtmlInputElement {
    let input: HtmlInputElement = create("input");
    input.set_name("code");
    form.append_child(&input).expect("a form takes an input");
    input.focus().expect("an input can be focused");
    input
}

impl Page {
    /// A form with a focused input, in the document, and a field for six digits with backup codes of eight.
    pub fn new() -> Page {
        Page::with(f64::NAN, None, false)
    }

    /// The same with settings of the site.
    pub fn with(digits: f64, backup: Option<Backup>, auto_submit: bool) -> Page {
        let form: HtmlFormElement = create("form");
        let body = document().body().expect("a body");
        body.append_child(&form).expect("a body takes a form");
        let input = add_input(&form);
        form.append_child(&create::<HtmlElement>("button"))
            .expect("a form takes a button");
        let (page, parts) = (make_page(&input), make_parts());
        let field = JsValue::from(Field::new(
            page.clone().unchecked_into(),
            parts.clone().unchecked_into(),
            digits,
            None,
            f64::NAN,
            backup,
            None,
            auto_submit,
            false,
            "example.com".to_owned(),
        ));
        listen(&form, &page, &field);
        Page {
            form,
            page,
            parts,
            field,
        }
    }

    /// The input at present.
    pub fn input(&self) -> HtmlInputElement {
        get(&self.page, "input").unchecked_into()
    }

    /// Replaces the input, as a framework does; gives the old one.
    pub fn exchange_input(&self) -> HtmlInputElement {
        let old = self.input();
        old.remove();
        set_property(&self.page, "input", &add_input(&self.form));
        old
    }

    /// Calls a method of the exported class.
    pub fn call(&self, method: &str, values: &[JsValue]) -> JsValue {
        call(&self.field, method, values.to_vec()).expect("the field does not throw")
    }

    /// States facts of the server: all that are not given are missing.
    pub fn state(&self, statement: &str, facts: &[(&str, JsValue)]) {
        let names = [
            "now",
            "channel",
            "destination",
            "sent-at",
            "expires-at",
            "resend-at",
            "attempts-left",
            "retry-at",
            "cause",
            "resends",
        ];
        let mut values = vec![JsValue::from(statement)];
        values.extend(names.map(|name| {
            let given = facts.iter().find(|(given, _)| *given == name);
            given.map_or(JsValue::UNDEFINED, |(_, value)| value.clone())
        }));
        values.push(0.into());
        self.call("stated", &values);
    }

    /// Dispatches `beforeinput`; unless it was prevented, inserts the text and dispatches `input`. Gives whether it
    /// was prevented.
    pub fn insert(&self, insertion: Insertion<'_>) -> bool {
        let input = self.input();
        let prevented = !input
            .dispatch_event(&event("beforeinput", insertion))
            .expect("an event");
        if !prevented {
            let caret = input.selection_end().expect("a text input").unwrap_or(0);
            let start = input
                .selection_start()
                .expect("a text input")
                .unwrap_or(caret);
            // Line ends become spaces, as the browser does it.
            let mut value: Vec<u16> = input.value().encode_utf16().collect();
            let text: Vec<u16> = insertion.text.replace('\n', " ").encode_utf16().collect();
            let end = start + text.len() as u32;
            value.splice(start as usize..caret as usize, text);
            input.set_value(&String::from_utf16_lossy(&value));
            input.set_selection_range(end, end).expect("a text input");
            input
                .dispatch_event(&event("input", insertion))
                .expect("an event");
        }
        prevented
    }

    /// Sets the value and dispatches `input` alone, as some autofill does.
    pub fn fill(&self, text: &str) {
        self.set_value(text);
        let init = EventInit::new();
        init.set_bubbles(true);
        let input = Event::new_with_event_init_dict("input", &init).expect("an event");
        self.input().dispatch_event(&input).expect("an event");
    }

    pub fn set_value(&self, text: &str) {
        self.input().set_value(text);
    }

    /// Reads the text that an input method left.
    pub fn settle(&self) {
        self.call("settled", &[true.into(), 0.into()]);
    }

    /// Types by the browser's own command, which undo knows.
    pub fn type_by_command(&self, text: &str) {
        self.input().focus().expect("an input can be focused");
        insert_by_command(text);
    }

    /// Runs an editing command of the browser.
    pub fn command(&self, name: &str) {
        let page: HtmlDocument = document().unchecked_into();
        page.exec_command(name).expect("a command");
    }

    /// Submits as the form's button does; gives whether the field lets it go out.
    pub fn submit(&self) -> bool {
        let prevented = self.call("submitted", &["".into(), 0.into()]);
        prevented.as_bool() == Some(false)
    }

    pub fn value(&self) -> String {
        self.input().value()
    }

    /// The first and the last place of the selection.
    pub fn selection(&self) -> (u32, u32) {
        let input = self.input();
        let place = |edge: Result<Option<u32>, JsValue>| edge.ok().flatten().expect("a text input");
        (place(input.selection_start()), place(input.selection_end()))
    }

    /// A value of the last view, as JSON.
    pub fn view(&self, name: &str) -> String {
        json(&get(&get(&self.parts, "view"), name))
            .trim_matches('"')
            .to_owned()
    }

    /// The key of the first sentence of a part in the last view; empty where there is none.
    pub fn sentence(&self, part: &str) -> &'static str {
        let place = property(&get(&get(&self.parts, "view"), part), "0");
        let place = place
            .parse()
            .ok()
            .and_then(|place: usize| Word::ALL.get(place));
        place.map_or("", |word| word.as_str())
    }

    /// The facts as the field passed them on, in their order, with commas between them.
    pub fn facts(&self) -> String {
        property(&self.parts, "known")
    }

    /// How many views were drawn.
    pub fn views(&self) -> u32 {
        property(&self.parts, "views").parse().expect("a number")
    }

    /// The effects since the last call.
    pub fn take_effects(&self) -> Vec<String> {
        take_effects(&self.page)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.form.remove();
        self.call("free", &[]);
    }
}

/// Inserts as the person's typing does: the browser dispatches `input`, and undo knows it.
fn insert_by_command(text: &str) {
    let page: HtmlDocument = document().unchecked_into();
    let done = page.exec_command_with_show_ui_and_value("insertText", false, text);
    assert_eq!(done, Ok(true), "insertText in a focused input");
}

fn event(name: &str, insertion: Insertion<'_>) -> InputEvent {
    let init = InputEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(insertion.cancelable && name == "beforeinput");
    init.set_input_type(insertion.kind);
    init.set_data(Some(insertion.text));
    init.set_is_composing(insertion.composing);
    InputEvent::new_with_event_init_dict(name, &init).expect("an event")
}
