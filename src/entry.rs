//! The field's whole behaviour, without a browser: `update(state, event) -> effects`.
//!
//! A shell feeds in what happened and carries out what comes back; what it shows is
//! [`State::view`]. The page's clock is never compared with the server's: the server says what time
//! it was when it spoke (`now`), the shell says what has elapsed since.

mod effects;
mod event;
mod insert;
mod look;

use alloc::vec::Vec;

use crate::cause::Cause;
use crate::channel::{Action, Channel};
use crate::code::{self, Fixes, Kind, Problem, Reading};
use crate::facts::{Facts, Instant};

pub use effects::{Effects, Replace, Send, Told};
pub use event::{Answer, Event, Site};

/// What is said under the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Nothing,
    Fixes(Fixes),
    Problem(Problem),
    Refused(Cause),
    RefusedBefore,
    NewCode,
    Unreachable,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Request {
    None,
    /// Since when (shell's milliseconds).
    UnderWay {
        since: u32,
    },
    Accepted,
}

/// What the attempt id in the form has been used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attempt {
    /// Nothing yet.
    Unused,
    /// This code, or the value of this button; no answer came so far.
    Sent(Mark),
    /// An answer came.
    Answered,
}

/// What a text is recognised by when it comes again. Nothing that was typed is kept for that.
type Mark = u32;

/// FNV-1a. Two texts that share a mark by chance (one in four thousand million) would be taken for each
/// other until the next key is pressed; what is sent is the text itself.
fn mark(text: &str) -> Mark {
    text.bytes().fold(0x811c_9dc5, |mark, byte| {
        (mark ^ Mark::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// How long an answer is waited for before the person may try again: long enough for a slow
/// phone, short enough not to be stared at.
const ANSWER_MS: u32 = 20_000;
/// A native submit that has not left the page by then was stopped by somebody.
const NATIVE_MS: u32 = 10_000;
/// More refused codes than a person can try before the lock.
const REMEMBERED: usize = 20;

/// Everything that an entry knows.
#[derive(Clone, Debug)]
pub struct State {
    site: Site,
    facts: Facts,
    /// The shell's milliseconds; only ever compared with each other.
    at: u32,
    /// When the newest facts with a `now` came, in the shell's milliseconds.
    facts_at: u32,
    reading: Reading,
    /// The text that was read.
    text: Mark,
    /// What was fixed in what was just put in at once, a whole message for instance.
    inserted: Option<Fixes>,
    /// The person pressed "use a backup code".
    backup_chosen: bool,
    completed: Mark,
    refused: Vec<Mark>,
    attempt: Attempt,
    request: Request,
    shown: Shown,
    online: bool,
    phase: Option<crate::words::Word>,
}

impl State {
    /// A new entry. The shell's milliseconds begin at 0 when the facts were said: a page restored from a
    /// cache goes on at its age.
    pub fn new(site: Site, facts: Facts) -> Self {
        let reading = code::read("", &site.rule);
        let mut state = State {
            site,
            facts: Facts::default(),
            at: 0,
            facts_at: 0,
            reading,
            text: mark(""),
            inserted: None,
            backup_chosen: false,
            completed: 0,
            refused: Vec::new(),
            attempt: Attempt::Unused,
            request: Request::None,
            shown: Shown::Nothing,
            online: true,
            phase: None,
        };
        state.receive(facts);
        state
    }

    /// What the server has said about this sign-in, merged.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// When the facts' `now` was received, in the shell's milliseconds.
    pub fn facts_at(&self) -> u32 {
        self.facts_at
    }

    /// What stands in the field, as it was read last.
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

    /// Which kind of code the person is giving.
    fn kind(&self) -> Kind {
        if self.backup_asked() || self.reading.kind == Some(Kind::Backup) {
            Kind::Backup
        } else {
            Kind::Code
        }
    }

    /// Whether the person or the server asks for a backup code. Where both lengths are equal there is
    /// nothing to ask for: it is a code.
    fn backup_asked(&self) -> bool {
        (self.backup_chosen || self.facts.channel == Some(Channel::Backup))
            && self.site.rule.digits != self.site.rule.backup_digits
    }

    /// Whether a reading is what the person is giving. Six digits on the way to a backup code that was
    /// asked for are not.
    fn is_whole(&self, reading: &Reading) -> bool {
        match reading.kind {
            Some(Kind::Code) => !self.backup_asked(),
            kind => kind.is_some(),
        }
    }

    fn busy(&self) -> bool {
        matches!(self.request, Request::UnderWay { .. })
    }

    /// Takes over facts, and shows their cause if they have one.
    fn receive(&mut self, facts: Facts) {
        if let Some(cause) = facts.cause {
            self.shown = Shown::Refused(cause);
        }
        self.merge(facts);
    }

    fn merge(&mut self, facts: Facts) {
        if facts.now.is_some() {
            self.facts_at = self.at;
        }
        // The moments of the new facts are announced again.
        self.phase = None;
        self.facts.merge(facts);
    }

    fn changed(&mut self, text: &str, effects: &mut Effects) {
        let inserted = self.inserted.take();
        let text_mark = mark(text);
        if text_mark == self.text && inserted.is_none() {
            return;
        }
        self.text = text_mark;
        self.reading = code::read(text, &self.site.rule);
        self.shown = self.say(inserted);
        effects.tell[0] = Some(Told::Input(self.reading.kind));
        if !self.is_whole(&self.reading) {
            self.completed = 0;
            return;
        }
        let completed = mark(&self.reading.digits);
        if self.completed == completed {
            return;
        }
        self.completed = completed;
        let kind = self.kind();
        effects.tell[1] = Some(Told::Complete(kind));
        effects.submit = self.site.auto_submit
            && kind == Kind::Code
            && self.request == Request::None
            && self.shown != Shown::RefusedBefore;
    }

    /// What there is to say about the text that stands in the field now.
    fn say(&self, inserted: Option<Fixes>) -> Shown {
        if self.reading.kind.is_some() && self.refused.contains(&mark(&self.reading.digits)) {
            return Shown::RefusedBefore;
        }
        match (inserted, self.reading.problem) {
            (Some(fixes), _) if !fixes.is_empty() => return Shown::Fixes(fixes),
            // A whole chunk came in and is still no code: it will not become one by itself.
            (Some(_), Some(problem)) => return Shown::Problem(problem),
            _ => {}
        }
        match self.reading.problem {
            // More than any code has: said at once, since more typing does not mend it.
            Some(problem @ (Problem::TooMany | Problem::PhoneNumber))
                if self.reading.digits.len() > self.longest() =>
            {
                Shown::Problem(problem)
            }
            _ => Shown::Nothing,
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
        if let Some(problem) = self.reading.problem {
            self.shown = Shown::Problem(problem);
            effects.select = true;
            return;
        }
        self.send(None, effects);
    }

    fn send(&mut self, action: Option<Action>, effects: &mut Effects) {
        let sent = mark(action.map_or(self.reading.digits.as_str(), |action| action.as_str()));
        let fresh = match self.attempt {
            Attempt::Unused => false,
            Attempt::Sent(before) => before != sent,
            Attempt::Answered => true,
        };
        self.attempt = Attempt::Sent(sent);
        self.request = Request::UnderWay { since: self.at };
        effects.prevent = false;
        effects.send = Some(Send {
            code: action.is_none(),
            fresh,
        });
    }

    fn choose(&mut self, backup: bool, effects: &mut Effects) {
        self.backup_chosen = backup;
        self.shown = Shown::Nothing;
        effects.select = true;
    }

    fn answered(&mut self, answer: Answer, effects: &mut Effects) {
        self.request = Request::None;
        match answer {
            Answer::Accepted => {
                self.request = Request::Accepted;
                self.shown = Shown::Nothing;
                effects.tell[0] = Some(Told::Accepted);
            }
            Answer::Refused(mut facts) => {
                let cause = *facts.cause.get_or_insert(Cause::Unknown);
                self.receive(facts);
                let spent = matches!(cause, Cause::Wrong | Cause::Expired | Cause::Used);
                if let Attempt::Sent(sent) = self.attempt
                    && spent
                    && self.refused.len() < REMEMBERED
                {
                    self.refused.push(sent);
                }
                // After a fault of the server the same attempt is asked about again.
                if cause != Cause::Unknown {
                    self.attempt = Attempt::Answered;
                }
                effects.tell[0] = Some(Told::Refused(cause));
                effects.select = true;
            }
            Answer::Sent(mut facts) => {
                self.attempt = Attempt::Answered;
                self.backup_chosen = false;
                let resends = self.facts.resends.unwrap_or(0).saturating_add(1);
                facts.resends.get_or_insert(resends);
                self.merge(facts);
                self.shown = if self.facts.channel.is_none_or(Channel::is_sent) {
                    Shown::NewCode
                } else {
                    Shown::Nothing
                };
                effects.select = true;
            }
            Answer::Unreachable => {
                self.shown = Shown::Unreachable;
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
        self.text = mark("");
        self.inserted = None;
        self.backup_chosen = false;
        self.completed = 0;
        self.shown = Shown::Nothing;
        if self.busy() {
            self.request = Request::None;
        }
    }
}

/// Takes in what happened and says what to do. `at`: the shell's milliseconds, never going back.
pub fn update(state: &mut State, at: u32, event: Event<'_>) -> Effects {
    let mut effects = Effects::default();
    state.pass(at);
    match event {
        Event::Insert {
            before,
            inserted,
            after,
            chunk,
        } => state.insert(before, inserted, after, chunk, &mut effects),
        Event::Settled { before, after } => state.settled(before, after, &mut effects),
        Event::Changed(text) => state.changed(text, &mut effects),
        Event::Submit { action, text } => state.submit(action, text, &mut effects),
        // What cannot be read is answered in our words; other rules of the page speak for themselves.
        Event::Invalid(text) if code::read(text, &state.site.rule).problem.is_some() => {
            state.submit(None, text, &mut effects);
        }
        Event::Invalid(_) => {}
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
