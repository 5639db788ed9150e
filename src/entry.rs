//! The field's whole behaviour, without a browser: `update(state, event) -> effects`.
//!
//! A shell feeds in events, carries out the effects and shows [`State::view`]. The page's clock is never
//! compared with the server's: the server gives the time of its facts (`now`), the shell the milliseconds
//! that have passed since.

mod effects;
mod event;
mod fingerprint;
mod insert;
mod submission;
mod view;

use alloc::vec::Vec;

use crate::cause::Cause;
use crate::channel::Channel;
use crate::code::{self, Fixes, Kind, Problem, Reading};
use crate::facts::{Facts, Instant};
use fingerprint::{Fingerprint, fingerprint};

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

impl Notice {
    /// Whether it reports the outcome of a request. Such a notice stays until the person changes the text; the page may change it
    /// or reset the form, as frameworks do after an answer. All others are about the text.
    const fn is_outcome(self) -> bool {
        matches!(
            self,
            Notice::Refused(_) | Notice::NewCode | Notice::Unreachable
        )
    }
}

/// The request that is under way, or its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Request {
    None,
    /// The value of a button is under way.
    Action,
    /// The text of the field is under way.
    Code,
    /// The person was let in. `closed`: nothing more is submitted, until the form was reset.
    Accepted {
        closed: bool,
    },
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
    /// The last code that was submitted automatically; the same one is not submitted again.
    submitted: Fingerprint,
    refused: Vec<Fingerprint>,
    key_use: KeyUse,
    request: Request,
    /// When the last request was sent, in the shell's milliseconds.
    sent_at: u32,
    /// The text of the field at that time.
    sent: Fingerprint,
    notice: Notice,
    /// From when on a code can be sent, by the last refusal; the `resend_at` of the facts may be of an earlier answer.
    limit_end: Option<Instant>,
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
            submitted: 0,
            refused: Vec::new(),
            key_use: KeyUse::Unused,
            request: Request::None,
            sent_at: 0,
            sent: 0,
            notice: Notice::Nothing,
            limit_end: None,
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

    /// The time of the service in milliseconds since the Unix epoch, at the shell's last event; `None` where unknown.
    pub fn now(&self) -> Option<u64> {
        let passed = u64::from(self.at.saturating_sub(self.facts_at));
        self.facts.now.map(|now| now.get().saturating_add(passed))
    }

    /// The last reading of the text in the field.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Reads a text as this site's codes are read.
    pub fn read(&self, text: &str) -> Reading {
        code::read(text, &self.site.rule)
    }

    /// Offers another method of the site, or no longer.
    pub fn offer(&mut self, channel: Channel, is_offered: bool) {
        self.site.methods[channel as usize] = is_offered;
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

    /// Merges facts, and shows their cause if they have one. A cause, or a later `now`, begins another code step; a page may
    /// take facts away, or write old ones again, also where the person was let in.
    #[inline(never)]
    fn receive(&mut self, facts: Facts) {
        if facts.cause.is_some() || facts.now > self.facts.now {
            self.reopen();
        }
        if let Some(cause) = facts.cause {
            self.notice = Notice::Refused(cause);
            // Without `now` an instant counts as missing.
            self.limit_end = facts.now.and(facts.resend_at);
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
            && !self.closed()
            && self.notice != Notice::RefusedBefore
            && self.submitted != completed;
        if effects.submit {
            self.submitted = completed;
        }
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

    /// The outcome to keep where not the person, but the page or the widget changes the text.
    fn outcome(&mut self, by_person: bool) -> Option<Notice> {
        self.touched |= by_person;
        (!by_person && self.notice.is_outcome()).then_some(self.notice)
    }

    /// Shows an outcome on; remembers the code that the page kept where it is a refusal.
    fn keep(&mut self, outcome: Option<Notice>) {
        let Some(notice) = outcome else { return };
        self.notice = notice;
        if let Notice::Refused(cause) = notice
            && self.reading.kind.is_some()
        {
            self.remember(cause, fingerprint(&self.reading.digits));
        }
    }

    /// Remembers a code that was refused, unless that says nothing about the code.
    fn remember(&mut self, cause: Cause, code: Fingerprint) {
        let judged = matches!(
            cause,
            Cause::Wrong | Cause::Expired | Cause::Used | Cause::Exhausted
        );
        if judged && self.refused.len() < MAX_REFUSED {
            self.refused.push(code);
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
        if !self.notice.is_outcome() {
            self.notice = Notice::Nothing;
        }
        // Frameworks reset a form after its answer: that the person is in is still shown, as every outcome is.
        self.request = match self.request {
            Request::Accepted { .. } => Request::Accepted { closed: false },
            _ => Request::None,
        };
    }
}

/// Takes in an event and gives the effects. `at`: milliseconds since the `now` of the page's facts, never
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
            let outcome = state.outcome(by_person);
            state.settled(before, after, &mut effects);
            state.restoring = !by_person && effects.replace.is_some();
            state.keep(outcome);
        }
        Event::Changed(text) => {
            let by_person = !core::mem::take(&mut state.restoring);
            let outcome = state.outcome(by_person);
            state.changed(text, &mut effects);
            state.keep(outcome);
        }
        Event::Submit { action, text } => state.submit(action, text, &mut effects),
        Event::Invalid(text) => state.invalid(text, &mut effects),
        Event::Released => state.request = Request::None,
        Event::Answered(answer) => state.answered(answer, &mut effects),
        Event::Facts(facts) => state.receive(facts),
        Event::Resent(facts) => {
            state.reopen();
            let refused = facts.cause.is_some();
            state.receive(facts);
            if !refused {
                state.renewed();
            }
        }
        Event::Tick => state.tick(&mut effects),
        Event::Online(online) => state.online = online,
        Event::Reset => state.reset(),
    }
    effects
}
