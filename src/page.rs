//! Binds an entry to the page's own input: events in, effects and the view out.
//!
//! Nothing here decides anything; what a state means stands in `entry`.

mod parts;

use std::cell::{Cell, RefCell};

use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::{Event as DomEvent, HtmlInputElement, InputEvent, SubmitEvent, window};

use crate::entry::{self, Effect, Event, Facts, Site, State, Told};
use crate::view::{Deed, kind_str};
use crate::wasm::field::{Host, Words};
use parts::Parts;

/// One field in one page.
pub(crate) struct Page {
    host: Host,
    input: HtmlInputElement,
    parts: Parts,
    state: RefCell<State>,
    /// Our own insertion is going on: its events are not the person's.
    mending: Cell<bool>,
    /// There was a `beforeinput` for the `input` that comes next.
    announced: Cell<bool>,
    /// The wall clock and the page's clock when the page began.
    began: (f64, f64),
}

impl Page {
    pub(crate) fn new(
        host: Host,
        input: HtmlInputElement,
        words: Words,
        site: Site,
        facts: Facts,
        age: f64,
    ) -> Page {
        let parts = Parts::new(&host, &input, words);
        let age = age.max(0.0) as u64;
        Page {
            state: RefCell::new(State::new(site, facts, age, age)),
            parts,
            input,
            host,
            mending: Cell::new(false),
            announced: Cell::new(false),
            began: (Date::now() - age as f64, uptime() - age as f64),
        }
    }

    /// Shows the first view, and takes in what was typed before we were here.
    pub(crate) fn start(&self) {
        self.settle();
        self.show();
    }

    /// Milliseconds since the page's facts were said. A page's own clock may stop while a phone
    /// sleeps, a wall clock may be set: the larger step is the one that passed.
    fn at(&self) -> u64 {
        let (wall, own) = self.began;
        (Date::now() - wall).max(uptime() - own).max(0.0) as u64
    }

    pub(crate) fn run(&self, event: Event) {
        self.perform(event, None);
    }

    pub(crate) fn receive(&self, text: &str) {
        self.run(Event::Insert {
            before: String::new(),
            inserted: text.to_owned(),
            after: String::new(),
            chunk: true,
        });
    }

    pub(crate) fn settle(&self) {
        self.run(Event::Composed {
            text: self.input.value(),
        });
    }

    pub(crate) fn handle(&self, event: &DomEvent) {
        match event.type_().as_str() {
            "beforeinput" => self.before_input(event),
            "input" => {
                let announced = self.announced.take() || self.mending.get();
                let composing = event.dyn_ref().is_some_and(InputEvent::is_composing);
                match announced {
                    _ if composing => {}
                    true => self.run(Event::Changed(self.input.value())),
                    // Filled in by a password manager or a script.
                    false => self.settle(),
                }
            }
            "submit" => self.submit(event),
            "invalid" => {
                // An empty field says so in our words; other rules of the page speak for themselves.
                if self.state.borrow().reading().problem.is_some() {
                    event.prevent_default();
                    self.perform(self.submitted(None), Some(event));
                }
            }
            "reset" => self.run(Event::Reset),
            "pageshow" => {
                self.run(Event::Released);
                self.settle();
            }
            "online" => self.run(Event::Online(true)),
            "offline" => self.run(Event::Online(false)),
            _ => self.run(Event::Tick),
        }
    }

    fn before_input(&self, event: &DomEvent) {
        let Some(typed) = event.dyn_ref::<InputEvent>() else {
            return;
        };
        self.announced.set(true);
        let kind = typed.input_type();
        let chunk = match kind.as_str() {
            "insertText" => false,
            "insertFromPaste"
            | "insertFromDrop"
            | "insertReplacementText"
            | "insertFromYank"
            | "insertFromPasteAsQuotation" => true,
            // Deletions, undo and redo, and what an input method is still working on.
            _ => return,
        };
        if self.mending.get() || typed.is_composing() {
            return;
        }
        let inserted = typed.data().or_else(|| {
            typed
                .data_transfer()
                .and_then(|transfer| transfer.get_data("text/plain").ok())
        });
        let Some(inserted) = inserted else { return };
        let text = self.input.value();
        let (start, end) = self.selection();
        // DOM positions count UTF-16 units.
        let units: Vec<u16> = text.encode_utf16().collect();
        let part = |range: Option<&[u16]>| String::from_utf16_lossy(range.unwrap_or_default());
        let event_in = Event::Insert {
            before: part(units.get(..start)),
            inserted,
            after: part(units.get(end..)),
            chunk,
        };
        self.perform(event_in, Some(event));
    }

    fn selection(&self) -> (usize, usize) {
        let start = self.input.selection_start().ok().flatten().unwrap_or(0);
        let end = self.input.selection_end().ok().flatten().unwrap_or(start);
        (start as usize, end as usize)
    }

    fn submit(&self, event: &DomEvent) {
        let submitter = event
            .dyn_ref::<SubmitEvent>()
            .and_then(SubmitEvent::submitter);
        let attribute = |name: &str| {
            submitter
                .as_ref()
                .and_then(|button| button.get_attribute(name))
        };
        let deed = match attribute("name").as_deref() {
            Some("todoita-action") => attribute("value").and_then(|value| Deed::from_value(&value)),
            _ => None,
        };
        // A button of the site that asks for no code ("cancel") is none of our business.
        if event.default_prevented() || (deed.is_none() && attribute("formnovalidate").is_some()) {
            return;
        }
        self.perform(self.submitted(deed), Some(event));
    }

    fn submitted(&self, deed: Option<Deed>) -> Event {
        Event::Submit {
            deed,
            text: self.input.value(),
            fresh: self.parts.fresh_attempt(),
        }
    }

    fn perform(&self, event: Event, cause: Option<&DomEvent>) {
        let effects = entry::update(&mut self.state.borrow_mut(), self.at(), event);
        // The state is free again: what an effect sets off may come back here.
        for effect in effects {
            match effect {
                Effect::Replace { whole, text, back } => {
                    if let Some(cause) = cause {
                        cause.prevent_default();
                    }
                    self.replace(whole, &text, back);
                }
                Effect::Keep | Effect::Stop => {
                    if let Some(cause) = cause {
                        cause.prevent_default();
                    }
                }
                Effect::Send { code, attempt } => {
                    self.parts.keep_attempt(&attempt);
                    self.host.send(cause, code, &attempt);
                }
                Effect::Submit => {
                    if let Some(form) = self.input.form() {
                        let _ = form.request_submit();
                    }
                }
                Effect::Abort => self.host.give_up(),
                Effect::NewAttempt => self.parts.spend_attempt(),
                Effect::Select => {
                    let _ = self.input.focus();
                    self.input.select();
                }
                Effect::Follow(location) => self.host.follow(&location),
                Effect::Tell(told) => self.tell(&told),
            }
        }
        self.show();
    }

    /// Puts `text` in so that undo, redo and the caret stay the browser's own where that is possible:
    /// in a focused field. A field that was filled from outside has no undo to keep.
    fn replace(&self, whole: bool, text: &str, back: usize) {
        self.mending.set(true);
        let focused = self.parts.has_focus(&self.input);
        if whole && focused {
            self.input.select();
        }
        if !(focused && self.parts.insert_text(text)) {
            if whole {
                self.input.set_value(text);
            } else {
                let _ = self.input.set_range_text(text);
            }
            if let Ok(event) = DomEvent::new("input") {
                let _ = self.input.dispatch_event(&event);
            }
        }
        self.mending.set(false);
        if focused && back > 0 {
            let length = self.input.value().encode_utf16().count();
            let caret = length.saturating_sub(back) as u32;
            let _ = self.input.set_selection_range(caret, caret);
        }
    }

    fn tell(&self, told: &Told) {
        let state = self.state.borrow();
        let reading = state.reading();
        let have = reading.digits.chars().count() as u32;
        let kind = reading.kind.map(|kind| kind_str(kind).to_owned());
        drop(state);
        match told {
            Told::Input => self.host.tell("input", kind, None, have),
            Told::Complete(kind) => {
                self.host
                    .tell("complete", Some(kind_str(*kind).to_owned()), None, have);
            }
            Told::Accepted => self.host.tell("accepted", None, None, have),
            Told::Refused(cause) => {
                self.host
                    .tell("refused", None, Some(cause.as_str().to_owned()), have);
            }
        }
    }

    fn show(&self) {
        let view = self.state.borrow().view();
        self.parts.show(&self.host, &self.input, &view);
        self.host.wake(view.wake_in.map(|span| span as f64));
    }
}

/// The page's own clock, in milliseconds.
fn uptime() -> f64 {
    window()
        .and_then(|window| window.performance())
        .map_or(0.0, |clock| clock.now())
}
