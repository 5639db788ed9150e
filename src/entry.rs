//! The field's whole behaviour, without a browser: `update(state, event) -> effects`.
//!
//! A shell feeds in events, carries out the effects and shows [`State::view`]. The page's clock is never
//! compared with the server's: the server gives the time of its facts (`now`), the shell the milliseconds
//! that have passed since.

mod effects;
mod event;
mod insert;
mod view;
pub mod wire;

use alloc::vec::Vec;

use crate::cause::Cause;
use crate::channel::{Action, Channel};
use crate::code::{self, Fixes, Kind, Problem, Reading};
use crate::facts::{Facts, Instant};

pub use effects::{Dispatch, Effects, Replace, Send};
pub use event::{Answer, Event, Site};

/// The notice under the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notice {
    Nothing,
    Fixes(Fixes),
    Problem(Problem),
    Refused(Cause),
    RefusedBefore,
    NewCode,
    Unreachable,
}

/// The request that is under way, or its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Request {
    None,
    /// `since`: the shell's milliseconds.
    UnderWay {
        since: u32,
    },
    Accepted,
}

/// The use of the idempotency key in the form (`todoita-attempt`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeyUse {
    /// Not sent yet.
    Unused,
    /// Sent with this code, or with the value of this button; no answer came so far.
    Sent(Fingerprint),
    /// Sent and answered.
    Answered,
}

/// A hash to recognise a repeated text without keeping it.
type Fingerprint = u32;

/// FNV-1a, 32 bits. Two texts with the same hash (a chance of 1 in 2^32) are taken for each other until the next
/// key is pressed; the request carries the text itself.
fn fingerprint(text: &str) -> Fingerprint {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ Fingerprint::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// How long to wait for an answer before the person may try again: long enough for a slow phone.
const ANSWER_MS: u32 = 20_000;
/// After this time a native submit that has not left the page was cancelled by a script of the site.
const NATIVE_MS: u32 = 10_000;
/// Refused codes that are remembered: more than a person can try before the lock.
const MAX_REFUSED: usize = 20;

/// The state of an entry.
#[derive(Clone, Debug)]
pub struct State {
    site: Site,
    facts: Facts,
    /// The shell's milliseconds; compared only with each other.
    at: u32,
    /// When the newest facts with a `now` came, in the shell's milliseconds.
    facts_at: u32,
    reading: Reading,
    /// The text that was read.
    text: Fingerprint,
    /// The fixes of a text that was just inserted as a whole, a message for instance.
    inserted: Option<Fixes>,
    /// The person pressed "use a backup code".
    backup_chosen: bool,
    /// The person has changed the text in this page: only then a code is submitted automatically.
    touched: bool,
    /// A text that was there from the start is being replaced by its code.
    restoring: bool,
    /// The text was shown to be no code when the person submitted it. A second submit of it is sent.
    stopped: bool,
    completed: Fingerprint,
    refused: Vec<Fingerprint>,
    key_use: KeyUse,
    request: Request,
    notice: Notice,
    online: bool,
    phase: Option<crate::words::Word>,
}

impl State {
    /// A new entry. The shell's milliseconds are 0 at the time of the facts; a page restored from a cache goes
    /// on at its age.
    pub fn new(site: Site, facts: Facts) -> Self {
        let reading = code::read("", &site.rule);
        let mut state = State {
            site,
            facts: Facts::default(),
            at: 0,
            facts_at: 0,
            reading,
            text: fingerprint(""),
            inserted: None,
            backup_chosen: false,
            touched: false,
            restoring: false,
            stopped: false,
            completed: 0,
            refused: Vec::new(),
            key_use: KeyUse::Unused,
            request: Request::None,
            notice: Notice::Nothing,
            online: true,
            phase: None,
        };
        state.receive(facts);
        state
    }

    /// The merged facts of the sign-in.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// When the facts' `now` was received, in the shell's milliseconds.
    pub fn facts_at(&self) -> u32 {
        self.facts_at
    }

    /// The last reading of the text in the field.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Milliseconds until an instant of the server's; 0 when it is past or unknown.
    fn left(&self, instant: Option<Instant>) -> u32 {
        self.left_at(self.at, instant)
    }

    /// The same at another time of the shell.
    fn left_at(&self, at: u32, instant: Option<Instant>) -> u32 {
        self.facts.until(instant, at.saturating_sub(self.facts_at))
    }

    /// The kind of code that the person is entering.
    fn kind(&self) -> Kind {
        if self.backup_asked() || self.reading.kind == Some(Kind::Backup) {
            Kind::Backup
        } else {
            Kind::Code
        }
    }

    /// Whether the person or the server asks for a backup code. Where both lengths are equal, every code counts
    /// as a code.
    fn backup_asked(&self) -> bool {
        (self.backup_chosen || self.facts.channel == Some(Channel::Backup))
            && self.site.rule.digits != self.site.rule.backup_digits
    }

    /// Whether a reading is a complete code. Six digits of a backup code that was asked for are not.
    fn is_whole(&self, reading: &Reading) -> bool {
        match reading.kind {
            Some(Kind::Code) => !self.backup_asked(),
            kind => kind.is_some(),
        }
    }

    fn busy(&self) -> bool {
        matches!(self.request, Request::UnderWay { .. })
    }

    /// Merges facts, and shows their cause if they have one.
    #[inline(never)]
    fn receive(&mut self, facts: Facts) {
        if let Some(cause) = facts.cause {
            self.notice = Notice::Refused(cause);
        }
        self.merge(facts);
    }

    fn merge(&mut self, facts: Facts) {
        if facts.now.is_some() {
            self.facts_at = self.at;
        }
        // The phases of the new facts are announced again.
        self.phase = None;
        self.facts.merge(facts);
    }

    fn changed(&mut self, text: &str, effects: &mut Effects) {
        let inserted = self.inserted.take();
        let new_text = fingerprint(text);
        if new_text == self.text && inserted.is_none() {
            return;
        }
        self.text = new_text;
        self.stopped = false;
        self.reading = code::read(text, &self.site.rule);
        self.notice = self.notice_for(inserted);
        effects.dispatch[0] = Some(Dispatch::Input(self.reading.kind));
        if !self.is_whole(&self.reading) {
            self.completed = 0;
            return;
        }
        let completed = fingerprint(&self.reading.digits);
        if self.completed == completed {
            return;
        }
        self.completed = completed;
        let kind = self.kind();
        effects.dispatch[1] = Some(Dispatch::Complete(kind));
        effects.submit = self.site.auto_submit
            && self.touched
            && kind == Kind::Code
            && self.request == Request::None
            && self.notice != Notice::RefusedBefore;
    }

    /// The notice about the text in the field.
    fn notice_for(&self, inserted: Option<Fixes>) -> Notice {
        if self.reading.kind.is_some() && self.refused.contains(&fingerprint(&self.reading.digits))
        {
            return Notice::RefusedBefore;
        }
        match (inserted, self.reading.problem) {
            (Some(fixes), _) if !fixes.is_empty() => return Notice::Fixes(fixes),
            // A text inserted as a whole is no code, and will not become one by more typing.
            (Some(_), Some(problem)) => return Notice::Problem(problem),
            _ => {}
        }
        match self.reading.problem {
            // More digits than any code has: shown at once, since more typing does not correct it.
            Some(problem @ (Problem::TooMany | Problem::PhoneNumber))
                if self.reading.digits.len() > self.longest() =>
            {
                Notice::Problem(problem)
            }
            _ => Notice::Nothing,
        }
    }

    /// Digits of the longest code that the site has.
    fn longest(&self) -> usize {
        let rule = &self.site.rule;
        usize::from(match rule.backup {
            code::Backup::None => rule.digits,
            _ => rule.digits.max(rule.backup_digits),
        })
    }

    fn submit(&mut self, action: Option<Action>, text: &str, effects: &mut Effects) {
        effects.prevent = true;
        if self.request != Request::None {
            return;
        }
        match action {
            Some(Action::Method(Channel::Backup)) => return self.choose(true, effects),
            Some(Action::Code) if self.facts.channel != Some(Channel::Backup) => {
                return self.choose(false, effects);
            }
            Some(Action::Resend) if self.left(self.facts.resend_at) > 0 => return,
            Some(_) => return self.send(action, effects),
            None => {}
        }
        self.changed(text, effects);
        effects.submit = false;
        match self.reading.problem {
            // The person insists: the server decides.
            Some(problem) if !self.stopped => {
                self.stopped = true;
                self.stop(problem, effects);
            }
            _ => self.send(None, effects),
        }
    }

    /// The cause to keep where not the person, but the page or the widget changes the text.
    fn refusal(&mut self, by_person: bool) -> Option<Cause> {
        self.touched |= by_person;
        match self.notice {
            Notice::Refused(cause) if !by_person => Some(cause),
            _ => None,
        }
    }

    /// Shows a refusal on, and remembers the code that the page kept for it.
    fn keep(&mut self, refusal: Option<Cause>) {
        if let Some(cause) = refusal {
            self.notice = Notice::Refused(cause);
            if self.reading.kind.is_some() {
                self.remember(cause, fingerprint(&self.reading.digits));
            }
        }
    }

    /// Remembers a code that was refused, unless that says nothing about the code.
    fn remember(&mut self, cause: Cause, code: Fingerprint) {
        let judged = matches!(cause, Cause::Wrong | Cause::Expired | Cause::Used);
        if judged && self.refused.len() < MAX_REFUSED {
            self.refused.push(code);
        }
    }

    /// Prevents the browser's own action and shows why.
    fn stop(&mut self, problem: Problem, effects: &mut Effects) {
        self.notice = Notice::Problem(problem);
        effects.prevent = true;
        effects.select = true;
    }

    /// The browser does not submit, since the input is invalid: a text that is no code gets the field's own message;
    /// for other rules of the page the browser has one.
    fn invalid(&mut self, text: &str, effects: &mut Effects) {
        if self.request != Request::None {
            effects.prevent = true;
        } else if let Some(problem) = code::read(text, &self.site.rule).problem {
            self.changed(text, effects);
            effects.submit = false;
            self.stop(problem, effects);
        }
    }

    fn send(&mut self, action: Option<Action>, effects: &mut Effects) {
        let sent =
            fingerprint(action.map_or(self.reading.digits.as_str(), |action| action.as_str()));
        let fresh = match self.key_use {
            KeyUse::Unused => false,
            KeyUse::Sent(before) => before != sent,
            KeyUse::Answered => true,
        };
        self.key_use = KeyUse::Sent(sent);
        self.request = Request::UnderWay { since: self.at };
        effects.prevent = false;
        effects.send = Some(Send {
            code: action.is_none() && self.reading.problem.is_none(),
            fresh,
        });
    }

    fn choose(&mut self, backup: bool, effects: &mut Effects) {
        self.backup_chosen = backup;
        self.notice = Notice::Nothing;
        effects.select = true;
    }

    fn answered(&mut self, answer: Answer, effects: &mut Effects) {
        self.request = Request::None;
        match answer {
            Answer::Accepted => {
                self.request = Request::Accepted;
                self.notice = Notice::Nothing;
                effects.dispatch[0] = Some(Dispatch::Accepted);
            }
            Answer::Refused(mut facts) => {
                let cause = *facts.cause.get_or_insert(Cause::Unknown);
                self.receive(facts);
                if let KeyUse::Sent(sent) = self.key_use {
                    self.remember(cause, sent);
                }
                // After an error of the server the same key is sent again.
                if cause != Cause::Unknown {
                    self.key_use = KeyUse::Answered;
                }
                effects.dispatch[0] = Some(Dispatch::Refused(cause));
                effects.select = true;
            }
            Answer::Sent(mut facts) => {
                self.key_use = KeyUse::Answered;
                self.backup_chosen = false;
                let resends = self.facts.resends.unwrap_or(0).saturating_add(1);
                facts.resends.get_or_insert(resends);
                self.merge(facts);
                self.notice = if self.facts.channel.is_none_or(Channel::is_sent) {
                    Notice::NewCode
                } else {
                    Notice::Nothing
                };
                effects.select = true;
            }
            Answer::Unreachable => {
                self.notice = Notice::Unreachable;
                self.facts.unanswered = true;
            }
        }
    }

    fn tick(&mut self, effects: &mut Effects) {
        let Request::UnderWay { since } = self.request else {
            return;
        };
        let waited = self.at.saturating_sub(since);
        if self.site.json && waited >= ANSWER_MS {
            effects.abort = true;
            self.answered(Answer::Unreachable, effects);
        }
        if !self.site.json && waited >= NATIVE_MS {
            self.request = Request::None;
        }
    }

    fn reset(&mut self) {
        self.reading = code::read("", &self.site.rule);
        self.text = fingerprint("");
        self.inserted = None;
        self.backup_chosen = false;
        self.touched = false;
        self.stopped = false;
        self.completed = 0;
        // A framework may reset the form after its answer: the refusal stays until the person changes the text.
        if !matches!(self.notice, Notice::Refused(_)) {
            self.notice = Notice::Nothing;
        }
        if self.busy() {
            self.request = Request::None;
        }
    }
}

/// Takes in an event and gives the effects. `at`: milliseconds since the page's facts were said, never
/// decreasing.
pub fn update(state: &mut State, at: u32, event: Event<'_>) -> Effects {
    let mut effects = Effects::default();
    state.pass(at);
    match event {
        Event::Insert {
            before,
            inserted,
            after,
            chunk,
        } => {
            state.touched = true;
            state.restoring = false;
            state.insert(before, inserted, after, chunk, &mut effects);
        }
        Event::Settled {
            before,
            after,
            by_person,
        } => {
            let refusal = state.refusal(by_person);
            state.settled(before, after, &mut effects);
            state.restoring = !by_person && effects.replace.is_some();
            state.keep(refusal);
        }
        Event::Changed(text) => {
            let by_person = !core::mem::take(&mut state.restoring);
            let refusal = state.refusal(by_person);
            state.changed(text, &mut effects);
            state.keep(refusal);
        }
        Event::Submit { action, text } => state.submit(action, text, &mut effects),
        Event::Invalid(text) => state.invalid(text, &mut effects),
        Event::Released => {
            if state.busy() {
                state.request = Request::None;
            }
        }
        Event::Answered(answer) => state.answered(answer, &mut effects),
        Event::Facts(facts) => state.receive(facts),
        Event::Tick => state.tick(&mut effects),
        Event::Online(online) => state.online = online,
        Event::Reset => state.reset(),
    }
    effects
}
