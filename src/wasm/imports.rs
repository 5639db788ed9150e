//! The page of a field, as the field calls it: the code's input, and two interfaces of `www/`.
//!
//! The members that web-sys declares as fallible are declared here once more without `catch`: on an input that takes
//! text they do not throw, and each `catch` would cost code in the page.

use alloc::string::String;

use wasm_bindgen::prelude::*;
use web_sys::{DataTransfer, HtmlInputElement, InputEvent};

use super::names::{Action, Cause, Channel, Dispatch, Insertion, Kind, Part, Status, Tone};

#[wasm_bindgen]
extern "C" {
    /// The page's own input for the code; it takes text (`www/input.js`).
    #[wasm_bindgen(extends = HtmlInputElement)]
    pub type CodeInput;

    /// Whether a selector matches it.
    #[wasm_bindgen(method)]
    pub fn matches(this: &CodeInput, selector: &str) -> bool;

    /// Where the selection begins, in UTF-16 code units.
    #[wasm_bindgen(method, getter, js_name = selectionStart)]
    pub fn start(this: &CodeInput) -> Option<u32>;

    /// Where the selection ends, in UTF-16 code units.
    #[wasm_bindgen(method, getter, js_name = selectionEnd)]
    pub fn end(this: &CodeInput) -> Option<u32>;

    /// Selects from `start` to `end`.
    #[wasm_bindgen(method, js_name = setSelectionRange)]
    pub fn select_range(this: &CodeInput, start: u32, end: u32);

    /// Replaces the text from `start` to `end`.
    #[wasm_bindgen(method, js_name = setRangeText)]
    pub fn replace_range(this: &CodeInput, text: &str, start: u32, end: u32, mode: &str);

    /// Gives it the focus.
    #[wasm_bindgen(method, js_name = focus)]
    pub fn take_focus(this: &CodeInput);

    /// A `beforeinput` or an `input` event; a script may have dispatched one that is a plain `Event`.
    #[wasm_bindgen(extends = InputEvent)]
    pub type TextEvent;

    /// Whether it belongs to an open composition; `None` for a plain `Event`.
    #[wasm_bindgen(method, getter, js_name = isComposing)]
    pub fn composing(this: &TextEvent) -> Option<bool>;

    /// The kind of its insertion; another value where it is none that may be prevented.
    #[wasm_bindgen(method, getter, js_name = inputType)]
    pub fn insertion(this: &TextEvent) -> Insertion;

    /// The dropped or pasted data.
    #[wasm_bindgen(extends = DataTransfer)]
    pub type Transfer;

    /// Its text of a type, or an empty one.
    #[wasm_bindgen(method, js_name = getData)]
    pub fn text(this: &Transfer, media_type: &str) -> String;

    /// Runs an editing command, which undo knows; gives whether it did anything.
    #[wasm_bindgen(js_namespace = document, js_name = execCommand)]
    pub fn exec_command(command: &str, show_ui: bool, value: &str) -> bool;

    /// The element and its form (`www/element.js`): carries out effects.
    pub type Page;

    /// The code's input at present: a framework may replace it at any time.
    #[wasm_bindgen(method, getter)]
    pub fn input(this: &Page) -> CodeInput;

    /// Dispatches the `input` event of a change by script, which a browser does not.
    #[wasm_bindgen(method)]
    pub fn changed(this: &Page);

    /// Dispatches an event of the element.
    #[wasm_bindgen(method)]
    pub fn dispatch(this: &Page, event: Dispatch, kind: Option<Kind>, cause: Option<Cause>);

    /// Submits the form as the person would.
    #[wasm_bindgen(method)]
    pub fn submit(this: &Page);

    /// Lets the submit go out: with a code of this kind, or with none. `fresh`: with a new idempotency key.
    #[wasm_bindgen(method)]
    pub fn send(this: &Page, fresh: bool, kind: Option<Kind>);

    /// Aborts the request that is under way.
    #[wasm_bindgen(method)]
    pub fn abort(this: &Page);

    /// Puts the code into the form data that is being collected.
    #[wasm_bindgen(method)]
    pub fn collect(this: &Page, kind: Kind, code: &str);

    /// The parts around the input (`www/render.js`): draws a view by the calls from `state` to `finish`.
    pub type Parts;

    /// The merged facts: instants in milliseconds of the server's clock; a number that is unknown is NaN. `facts_at`: when
    /// `now` was received, in the page's milliseconds.
    #[wasm_bindgen(method)]
    pub fn facts(
        this: &Parts,
        now: f64,
        channel: Option<Channel>,
        destination: Option<&str>,
        sent_at: f64,
        expires_at: f64,
        resend_at: f64,
        attempts_left: f64,
        retry_at: f64,
        cause: Option<Cause>,
        resends: f64,
        facts_at: u32,
    );

    /// Begins a view. `now`: the time of the service, NaN where unknown.
    #[wasm_bindgen(method)]
    pub fn state(
        this: &Parts,
        status: Status,
        kind: Kind,
        tone: Option<Tone>,
        length: u32,
        entered: u32,
        attempts_left: u32,
        now: f64,
    );

    /// One or two sentences of a part, by their places ([`crate::words::Word`]).
    #[wasm_bindgen(method)]
    pub fn sentences(this: &Parts, part: Part, first: Option<u8>, second: Option<u8>);

    /// The time in a part: its sentence, the sentence of its unit and its number, and the remaining hundredths.
    #[wasm_bindgen(method)]
    pub fn time(this: &Parts, part: Part, sentence: Option<u8>, unit: u8, n: u32, remaining: u32);

    /// Another method.
    #[wasm_bindgen(method)]
    pub fn offer(this: &Parts, action: Action);

    /// Ends a view. `wake`: milliseconds after which it changes by itself, or 0.
    #[wasm_bindgen(method)]
    pub fn finish(this: &Parts, resend: bool, held: bool, invalid: bool, wake: u32);
}
