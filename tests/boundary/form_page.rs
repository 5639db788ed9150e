//! A form with an input, and listeners that pass its events to a field and carry out the effects, as www/element.js
//! does. The events are dispatched by the tests in the order in which browsers dispatch them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::wasm_bindgen::JsCast;
use web_sys::wasm_bindgen::closure::Closure;
use web_sys::{
    Document, Event, EventInit, HtmlDocument, HtmlElement, HtmlFormElement, HtmlInputElement,
    InputEvent, InputEventInit,
};

use crate::exported::Field;

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

/// `Fn`, since an effect may dispatch the next event while a listener runs.
type Listener = Closure<dyn Fn(Event)>;

/// The page.
pub struct Page(Rc<Parts>);

struct Parts {
    form: HtmlFormElement,
    input: HtmlInputElement,
    field: RefCell<Field>,
    /// The last `beforeinput` was passed on, so that `input` is its outcome.
    announced: Cell<bool>,
    /// An effect is being carried out: WebKit dispatches `beforeinput` for a command of the page too.
    replacing: Cell<bool>,
    notices: RefCell<Vec<String>>,
    sent: RefCell<Vec<String>>,
    listeners: RefCell<Vec<Listener>>,
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

impl Page {
    /// A form with a focused input, in the document.
    pub fn new() -> Page {
        let (form, input) = (
            create::<HtmlFormElement>("form"),
            create::<HtmlInputElement>("input"),
        );
        input.set_name("code");
        form.append_child(&input).expect("a form takes an input");
        form.append_child(&create::<HtmlElement>("button"))
            .expect("a form takes a button");
        document()
            .body()
            .expect("a body")
            .append_child(&form)
            .expect("a body takes a form");
        input.focus().expect("an input can be focused");
        let parts = Rc::new(Parts {
            form,
            input,
            field: RefCell::new(Field::new()),
            announced: Cell::new(false),
            replacing: Cell::new(false),
            notices: RefCell::default(),
            sent: RefCell::default(),
            listeners: RefCell::default(),
        });
        for name in ["beforeinput", "input", "submit"] {
            let weak = Rc::downgrade(&parts);
            let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
                if let Some(parts) = weak.upgrade() {
                    parts.handle(&event);
                }
            });
            let target = if name == "submit" {
                parts.form.as_ref()
            } else {
                parts.input.as_ref()
            };
            let target: &web_sys::EventTarget = target;
            target
                .add_event_listener_with_callback(name, listener.as_ref().unchecked_ref())
                .expect("an element takes a listener");
            parts.listeners.borrow_mut().push(listener);
        }
        Page(parts)
    }

    /// Dispatches `beforeinput`; unless it was prevented, inserts the text and dispatches `input`. Gives whether it
    /// was prevented.
    pub fn insert(&self, insertion: Insertion<'_>) -> bool {
        let Parts { input, .. } = &*self.0;
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
        self.0.input.dispatch_event(&input).expect("an event");
    }

    pub fn set_value(&self, text: &str) {
        self.0.input.set_value(text);
    }

    /// Reads the text that an input method or a password manager left.
    pub fn settle(&self) {
        self.0.settle();
    }

    /// Types by the browser's own command, which undo knows.
    pub fn type_by_command(&self, text: &str) {
        self.0.input.focus().expect("an input can be focused");
        insert_by_command(text);
    }

    /// Runs an editing command of the browser.
    pub fn command(&self, name: &str) {
        let page: HtmlDocument = document().unchecked_into();
        page.exec_command(name).expect("a command");
    }

    /// Submits the form as its button does; gives whether it would be sent. It never leaves the page.
    pub fn submit(&self) -> bool {
        let before = self.0.sent.borrow().len();
        self.0
            .form
            .request_submit()
            .expect("a form can be submitted");
        self.0.sent.borrow().len() > before
    }

    pub fn value(&self) -> String {
        self.0.input.value()
    }

    pub fn view(&self) -> String {
        self.0.field.borrow_mut().view()
    }

    /// The notices for the page since the last call.
    pub fn take_notices(&self) -> Vec<String> {
        self.0.notices.take()
    }

    /// The codes that were sent.
    pub fn sent(&self) -> Vec<String> {
        self.0.sent.borrow().clone()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.0.form.remove();
    }
}

impl Parts {
    fn handle(&self, event: &Event) {
        match event.type_().as_str() {
            "beforeinput" => self.before_input(event.unchecked_ref()),
            "input" => self.input(event),
            _ => self.submit(event),
        }
    }

    fn before_input(&self, event: &InputEvent) {
        if event.is_composing() || self.replacing.get() {
            return;
        }
        self.announced.set(event.cancelable());
        let Some(inserted) = event.data().filter(|_| event.cancelable()) else {
            return;
        };
        let (before, after) = self.around_selection();
        let chunk = if event.input_type() == "insertText" {
            ""
        } else {
            "1"
        };
        if self.run(&["insert", &before, &inserted, &after, chunk]) {
            event.prevent_default();
        }
    }

    fn input(&self, event: &Event) {
        if event
            .dyn_ref::<InputEvent>()
            .is_some_and(InputEvent::is_composing)
        {
            return;
        }
        if self.announced.replace(false) {
            self.run(&["changed", &self.input.value()]);
        } else {
            self.settle();
        }
    }

    fn settle(&self) {
        let (_, after) = self.around_selection();
        let value = self.input.value();
        let before = value.strip_suffix(&after).unwrap_or(&value);
        self.run(&["settled", before, &after]);
    }

    fn submit(&self, event: &Event) {
        self.run(&["submit", &self.input.value(), ""]);
        event.prevent_default();
    }

    /// The text before and after the selection.
    fn around_selection(&self) -> (String, String) {
        let value: Vec<u16> = self.input.value().encode_utf16().collect();
        let at = |edge: Option<u32>| (edge.unwrap_or(0) as usize).min(value.len());
        let start = at(self.input.selection_start().expect("a text input"));
        let end = at(self.input.selection_end().expect("a text input"));
        let text = |units: &[u16]| String::from_utf16_lossy(units);
        (text(&value[..start]), text(&value[end..]))
    }

    /// Passes an event to the field and carries out the effects; gives whether the browser's own act is prevented.
    fn run(&self, event: &[&str]) -> bool {
        // The field is free again before the effects, which may dispatch the next event.
        let effects = self.field.borrow_mut().update(0, event);
        let mut prevent = false;
        for line in effects.lines() {
            let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
            match name {
                "prevent" => prevent = true,
                "replace" => self.replace(rest),
                "dispatch" => self.notices.borrow_mut().push(rest.trim_end().to_owned()),
                "send" => {
                    let (_renewed, code) = rest.split_once(' ').unwrap_or_default();
                    self.sent.borrow_mut().push(code.to_owned());
                }
                "select" => self.input.select(),
                _ => {}
            }
        }
        prevent
    }

    /// `whole back text`: replaces the whole text or the selection, by the browser's own command.
    fn replace(&self, about: &str) {
        let mut values = about.splitn(3, ' ');
        let (whole, back) = (values.next() == Some("1"), values.next().unwrap_or(""));
        if whole {
            self.input.select();
        }
        self.announced.set(true);
        self.replacing.set(true);
        insert_by_command(values.next().unwrap_or(""));
        self.replacing.set(false);
        let length = self.input.value().encode_utf16().count() as u32;
        let caret = length - back.parse::<u32>().expect("a number");
        self.input
            .set_selection_range(caret, caret)
            .expect("a text input");
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
