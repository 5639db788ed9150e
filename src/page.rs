//! Binds an entry to the page's own input: events in, effects and the view out.
//!
//! Nothing here decides anything: what a state means stands in `entry`, how a browser is asked for it in
//! `www/element.js`. The element does what touches the page, since a line of JavaScript weighs less than
//! half of the same line through web-sys (docs/performance.md).

use alloc::string::String;
use core::cell::RefCell;

use crate::entry::{self, Event, Facts, Replace, Send, Site, State, Told};
use crate::view::{Timer, View, kind_str};
use crate::wasm::field::Host;
use crate::words::Word;

/// One field in one page.
pub(crate) struct Page {
    host: Host,
    state: RefCell<State>,
}

impl Page {
    pub(crate) fn new(host: Host, site: Site, facts: Facts) -> Page {
        Page {
            state: RefCell::new(State::new(site, facts)),
            host,
        }
    }

    /// Takes in what happened. `true`: the browser is not to do what it was about to.
    pub(crate) fn run(&self, event: Event<'_>) -> bool {
        let Ok(mut state) = self.state.try_borrow_mut() else {
            return false;
        };
        let effects = entry::update(&mut state, self.host.at(), event);
        // The state is free again: what an effect sets off may come back here.
        drop(state);
        if let Some(Replace { whole, text, back }) = &effects.replace {
            self.host.replace(*whole, text, *back);
        }
        for told in effects.tell.into_iter().flatten() {
            self.tell(told);
        }
        if effects.submit {
            self.host.submit();
        }
        if let Some(Send { code, fresh }) = effects.send {
            self.host.send(code, fresh);
        }
        if effects.abort {
            self.host.give_up();
        }
        if effects.select {
            self.host.select();
        }
        if let Ok(state) = self.state.try_borrow() {
            let view = state.view();
            drop(state);
            self.show(&view);
        }
        effects.prevent
    }

    /// The code that was read, or nothing.
    pub(crate) fn code(&self) -> String {
        let Ok(state) = self.state.try_borrow() else {
            return String::new();
        };
        state.reading().digits.clone()
    }

    pub(crate) fn has_problem(&self) -> bool {
        self.state
            .try_borrow()
            .is_ok_and(|state| state.reading().problem.is_some())
    }

    fn tell(&self, told: Told) {
        let (name, about) = match told {
            Told::Input(kind) => ("input", kind.map_or("", kind_str)),
            Told::Complete(kind) => ("complete", kind_str(kind)),
            Told::Accepted => ("accepted", ""),
            Told::Refused(cause) => ("refused", cause.as_str()),
        };
        self.host.tell(name, about);
    }

    fn show(&self, view: &View) {
        let host = &self.host;
        host.state(
            view.status.as_str(),
            view.kind_str(),
            view.message.map_or("", |message| message.tone.as_str()),
        );
        host.values(view.want, view.have, view.attempts_left);
        if let Some(message) = view.message {
            self.say("message", message.words);
        }
        self.say("sent", view.sent);
        self.say("phase", [view.phase, None]);
        // The wait that stands in the way is the one to show.
        self.time("times", view.retry.or(view.expiry));
        self.time("wait", view.resend_wait);
        for deed in view.ways.into_iter().flatten() {
            host.way(deed.as_str(), deed.word().as_str());
        }
        host.shown(
            view.resend,
            view.busy,
            view.invalid,
            view.wake_in.unwrap_or(0),
        );
    }

    fn say(&self, part: &str, words: [Option<Word>; 2]) {
        for word in words.into_iter().flatten() {
            self.host.say(part, word.as_str());
        }
    }

    fn time(&self, part: &str, timer: Option<Timer>) {
        if let Some(Timer {
            word,
            span: (unit, n),
            left,
            total,
        }) = timer
        {
            let share = left / (total / 100).max(1);
            self.host.time(part, word.as_str(), unit.as_str(), n, share);
        }
    }
}
