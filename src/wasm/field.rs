//! The field of one element, for `www/element.js`: the browser's events come in, the page's own input is edited here, and
//! everything else that has to be done is called on the page's interfaces (`src/wasm/imports.rs`).
//!
//! The state is borrowed only while the core works: an effect may lead back into the field.

use alloc::string::String;
use core::cell::{Cell, RefCell, RefMut};

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use super::imports::{Page, Parts, TextEvent, Transfer, exec_command};
use super::names::{
    Action, Alphabet, Backup, Cause, Channel, Dispatch, Insertion, Kind, Occurrence, Statement,
};
use crate::code::Rule;
use crate::entry::{self, Answer, Effects, Event, Replace, Site, State};
use crate::facts::{Facts, Instant};

/// The field of one element.
#[wasm_bindgen]
pub struct Field {
    state: RefCell<State>,
    page: Page,
    parts: Parts,
    /// The field itself is changing the text: WebKit dispatches `beforeinput` for a command of the page too.
    replacing: Cell<bool>,
    /// The next `input` was announced by a `beforeinput`.
    announced: Cell<bool>,
}

#[wasm_bindgen]
impl Field {
    /// Begins with the settings of a site, as its attributes are. `digits`, `backup_digits`: NaN for the default.
    /// `backup_format`: goes before `backup` and `backup_digits`; an invalid one is left out. `host`: the page's own.
    #[wasm_bindgen(constructor)]
    #[expect(
        clippy::too_many_arguments,
        reason = "a list costs less than an object's getters"
    )]
    pub fn new(
        page: Page,
        parts: Parts,
        digits: f64,
        code: Option<Alphabet>,
        backup_digits: f64,
        backup: Option<Backup>,
        backup_format: Option<String>,
        auto_submit: bool,
        json: bool,
        host: String,
    ) -> Field {
        let mut site = Site::default();
        site.rule.digits = Rule::DIGITS.stated(count(digits));
        site.rule.backup_digits = Rule::BACKUP_DIGITS.stated(count(backup_digits));
        if let Some(code) = code.and_then(Alphabet::known) {
            site.rule.code = code;
        }
        if let Some(backup) = backup.and_then(Backup::known) {
            site.rule.backup = backup;
        }
        if let Some(format) = backup_format {
            site.rule.set_backup_format(&format);
        }
        site.auto_submit = auto_submit;
        site.json = json;
        site.rule.host = Some(host);
        Field {
            state: RefCell::new(State::new(site, Facts::default())),
            page,
            parts,
            replacing: Cell::new(false),
            announced: Cell::new(false),
        }
    }

    /// Offers another method of the site (`alternatives`, `open`), or no longer.
    pub fn offer(&self, channel: Channel, is_offered: bool) {
        if let Some(channel) = channel.known() {
            self.state().offer(channel, is_offered);
        }
    }

    /// A text is about to be inserted. `at`, here and below: milliseconds since the page's facts were stated.
    #[wasm_bindgen(js_name = beforeInput)]
    pub fn before_input(&self, event: TextEvent, at: u32) {
        if self.replacing.get() || event.composing() == Some(true) {
            return;
        }
        self.announced.set(true);
        // Deletions, undo and redo, and text under composition are left alone; what cannot be prevented is corrected
        // afterwards.
        let chunk = match event.insertion() {
            Insertion::Text => false,
            Insertion::Paste | Insertion::Drop | Insertion::Replacement | Insertion::Yank => true,
            _ => return,
        };
        let preventable = event.cancelable();
        self.announced.set(preventable);
        if !preventable {
            return;
        }
        let inserted = event.data().or_else(|| {
            let transfer: Transfer = event.data_transfer()?.unchecked_into();
            Some(transfer.text("text/plain"))
        });
        let Some(inserted) = inserted else { return };
        let input = self.page.input();
        let value = input.value();
        let before = value.get(..byte_at(&value, input.start()));
        let after = value.get(byte_at(&value, input.end())..);
        let event_of_core = Event::Insert {
            before: before.unwrap_or_default(),
            inserted: &inserted,
            after: after.unwrap_or_default(),
            chunk,
        };
        // A text that the browser is about to insert is shown after the insertion.
        let effects = self.update(event_of_core, at);
        if effects.prevent {
            event.prevent_default();
            self.draw();
        }
    }

    /// The text of the input has changed.
    pub fn input(&self, event: TextEvent, at: u32) {
        let announced = self.announced.take() | self.replacing.take();
        if event.composing() == Some(true) {
            return;
        }
        // A text that was not announced was filled in by a password manager or a script.
        if announced {
            self.changed(at);
        } else {
            self.settled(true, at);
        }
    }

    /// Reads the text that was typed before the widget started. Where it may be part of a composition that began before,
    /// which no property of the page shows, it is corrected only when the person goes on or submits.
    #[wasm_bindgen(js_name = takeOver)]
    pub fn take_over(&self, at: u32) {
        let input = self.page.input();
        let may_be_composed = |byte: u8| !(b' '..=b'~').contains(&byte);
        if input.matches(":focus") && input.value().bytes().any(may_be_composed) {
            self.changed(at);
        } else {
            self.settled(false, at);
        }
    }

    /// Reads the whole text. `by_person`: it did not come with the page.
    pub fn settled(&self, by_person: bool, at: u32) {
        let input = self.page.input();
        let value = input.value();
        let (before, after) = value
            .split_at_checked(byte_at(&value, input.end()))
            .unwrap_or_default();
        self.run(
            Event::Settled {
                before,
                after,
                by_person,
            },
            at,
        );
    }

    /// A code came from the browser (WebOTP).
    pub fn receive(&self, code: &str, at: u32) {
        let event = Event::Insert {
            before: "",
            inserted: code,
            after: "",
            chunk: true,
        };
        if self.update(event, at).prevent {
            self.draw();
        }
    }

    /// The form is about to be submitted, by a button of the widget or not. Gives whether that is to be prevented.
    pub fn submitted(&self, action: Option<Action>, at: u32) -> bool {
        let text = &self.page.input().value();
        let action = action.and_then(Action::known);
        self.run(Event::Submit { action, text }, at)
    }

    /// The browser found the input invalid. Gives whether its own message is to be prevented.
    pub fn invalid(&self, at: u32) -> bool {
        let text = &self.page.input().value();
        self.run(Event::Invalid(text), at)
    }

    /// The form's data is being collected: calls `collect` of the page where the text is a code.
    pub fn collect(&self) {
        let read = self.state().read(&self.page.input().value());
        if let Some(kind) = read.kind {
            self.page.collect(kind.into(), &read.digits);
        }
    }

    /// Something else occurred.
    pub fn occurred(&self, occurrence: Occurrence, at: u32) {
        self.run(occurrence.event(), at);
    }

    /// The server stated facts: instants in milliseconds of its clock. A number that is missing is NaN.
    #[expect(
        clippy::too_many_arguments,
        reason = "a list costs less than an object's getters"
    )]
    pub fn stated(
        &self,
        statement: Statement,
        now: f64,
        channel: Option<Channel>,
        destination: Option<String>,
        sent_at: f64,
        expires_at: f64,
        resend_at: f64,
        attempts_left: f64,
        retry_at: f64,
        cause: Option<Cause>,
        resends: f64,
        at: u32,
    ) {
        let facts = Facts {
            now: instant(now),
            channel: channel.and_then(Channel::known),
            destination,
            sent_at: instant(sent_at),
            expires_at: instant(expires_at),
            resend_at: instant(resend_at),
            attempts_left: count(attempts_left),
            retry_at: instant(retry_at),
            cause: cause.map(Cause::known),
            resends: count(resends),
            unanswered: false,
        };
        let event = match statement {
            Statement::Refused => Event::Answered(Answer::Refused(facts)),
            Statement::Sent => Event::Answered(Answer::Sent(facts)),
            Statement::Resent => Event::Resent(facts),
            _ => Event::Facts(facts),
        };
        self.run(event, at);
    }
}

impl Field {
    /// The state, which nothing borrows for longer than a call of the core. The borrow that RefCell's own methods check would
    /// bring formatting into the page.
    fn state(&self) -> RefMut<'_, State> {
        match self.state.try_borrow_mut() {
            Ok(state) => state,
            Err(_) => core::arch::wasm32::unreachable(),
        }
    }

    /// Draws the facts and the view as they are now.
    fn draw(&self) {
        // Not borrowed meanwhile: the page's scripts may throw, and the field goes on.
        let state = self.state();
        let (facts, facts_at) = (state.facts().clone(), state.facts_at());
        let (view, now) = (state.view(), state.now());
        drop(state);
        self.parts.draw(&facts, facts_at, &view, now);
    }

    /// Hands an event to the core, carries out its effects and draws the view. Gives whether the browser's own action is to
    /// be prevented.
    fn run(&self, event: Event<'_>, at: u32) -> bool {
        let prevent = self.update(event, at).prevent;
        self.draw();
        prevent
    }

    /// The text has changed. Most keys change nothing that is drawn.
    fn changed(&self, at: u32) {
        let before = self.state().drawn_of_text();
        self.update(Event::Changed(&self.page.input().value()), at);
        if before != self.state().drawn_of_text() {
            self.draw();
        }
    }

    /// Hands an event to the core and carries out its effects.
    fn update(&self, event: Event<'_>, at: u32) -> Effects {
        let effects = entry::update(&mut self.state(), at, event);
        if let Some(replace) = &effects.replace {
            self.replace(replace);
        }
        for event in effects.dispatch.into_iter().flatten() {
            let (event, kind, cause) = match event {
                entry::Dispatch::Input(kind) => (Dispatch::Input, kind, None),
                entry::Dispatch::Complete(kind) => (Dispatch::Complete, Some(kind), None),
                entry::Dispatch::Accepted => (Dispatch::Accepted, None, None),
                entry::Dispatch::Refused(cause) => (Dispatch::Refused, None, Some(cause)),
            };
            self.page
                .dispatch(event, kind.map(Kind::from), cause.map(Cause::from));
        }
        if effects.submit {
            self.page.submit();
        }
        if let Some(send) = effects.send {
            let kind = self.state().reading().kind;
            self.page
                .send(send.fresh, kind.filter(|_| send.code).map(Kind::from));
        }
        if effects.abort {
            self.page.abort();
        }
        if effects.select {
            let input = self.page.input();
            input.take_focus();
            input.select();
        }
        effects
    }

    /// Inserts so that undo, redo and the caret stay the browser's own where that is possible: in a focused input. One that
    /// was filled from outside has no undo to keep.
    fn replace(&self, replace: &Replace) {
        let input = self.page.input();
        let focused = input.matches(":focus");
        self.replacing.set(true);
        if focused && replace.whole {
            input.select();
        }
        // Not by `value`: React would take that for its own change and ignore the event.
        if !focused || !exec_command("insertText", false, &replace.text) {
            let (start, end) = if replace.whole {
                (0, u32::MAX)
            } else {
                (input.start().unwrap_or(0), input.end().unwrap_or(0))
            };
            input.replace_range(&replace.text, start, end, "end");
        }
        // A script's change fires no event; nor does one amid a drop in Firefox.
        if self.replacing.get() {
            self.page.changed();
        }
        self.replacing.set(false);
        if focused && replace.back > 0 {
            let units = |sum, c: char| sum + c.len_utf16() as u32;
            let length = input.value().chars().fold(0, units);
            let caret = length.saturating_sub(replace.back);
            input.select_range(caret, caret);
        }
    }
}

/// An instant of the server's clock; `None` for NaN and what lies before the epoch.
fn instant(ms: f64) -> Option<Instant> {
    // A float is converted to the nearest whole number that there is: NaN to 0.
    Instant::new(ms as u64)
}

/// A number without its fraction; `None` for NaN and negative ones.
fn count(number: f64) -> Option<u32> {
    (number >= 0.0).then_some(number as u32)
}

/// The byte at a place in UTF-16 code units; the end of the text for `None`.
fn byte_at(text: &str, place: Option<u32>) -> usize {
    let Some(place) = place else {
        return text.len();
    };
    let (mut units, mut byte) = (0, 0);
    for c in text.chars() {
        if units >= place {
            break;
        }
        units += c.len_utf16() as u32;
        byte += c.len_utf8();
    }
    byte
}
