//! The field's whole behaviour, without a browser: `update(state, event) -> effects`.
//!
//! A shell feeds in what happened and carries out what comes back; what it shows is
//! [`State::view`]. The page's clock is never compared with the server's: the server says what time
//! it was when it spoke (`now`), the shell says what has elapsed since.

mod insert;
mod look;

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::cause::Cause;
use crate::code::{self, Fix, Kind, Problem, Reading, Rule};
use crate::view::Deed;

/// How a code reaches the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A text message.
    Sms,
    /// A call that speaks the code.
    Voice,
    /// A mail.
    Email,
    /// An authenticator app (RFC 6238).
    App,
    /// A backup code, kept since enrolment.
    Backup,
}

impl Channel {
    /// Every channel, in the order in which ways are offered.
    pub const ALL: [Channel; 5] = [
        Channel::Sms,
        Channel::Voice,
        Channel::Email,
        Channel::App,
        Channel::Backup,
    ];

    /// The channel's name in attributes, form values and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Sms => "sms",
            Channel::Voice => "voice",
            Channel::Email => "email",
            Channel::App => "app",
            Channel::Backup => "backup",
        }
    }

    /// Reads a channel's name. `None` for a word that is not ours.
    pub fn from_name(name: &str) -> Option<Channel> {
        Channel::ALL
            .into_iter()
            .find(|channel| channel.as_str() == name)
    }

    /// Whether a code travels to the person, so that it takes time and can be sent again.
    pub fn is_sent(self) -> bool {
        matches!(self, Channel::Sms | Channel::Voice | Channel::Email)
    }
}

/// What the site decided once, in its markup.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// What its codes look like.
    pub rule: Rule,
    /// The ways in that it has (`alternatives`), by [`Channel::ALL`].
    pub ways: [bool; 5],
    /// Submit as soon as a sent or app code is complete (`auto-submit`).
    pub auto_submit: bool,
    /// It answers in JSON (`answers="json"`).
    pub json: bool,
}

/// What the server said about this sign-in, in attributes or in an answer. Times are the server's,
/// in milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// When it said so.
    pub now: Option<u64>,
    /// Where the code went.
    pub channel: Option<Channel>,
    /// Whether the server named the masked destination: last digits of a number, or a masked address.
    pub destination: bool,
    /// When the code was sent.
    pub sent_at: Option<u64>,
    /// When its life ends.
    pub expires_at: Option<u64>,
    /// From when another may be asked for. `None`: the site does not offer it.
    pub resend_at: Option<u64>,
    /// Wrong tries that are left before the code step is locked.
    pub attempts_left: Option<u32>,
    /// From when the next try counts.
    pub retry_at: Option<u64>,
    /// Why the last try was refused.
    pub cause: Option<Cause>,
}

impl Facts {
    /// Takes over what `newer` says. A wait that it does not mention is over.
    fn take(&mut self, newer: Facts) {
        self.now = newer.now.or(self.now);
        if newer.channel.is_some() {
            self.channel = newer.channel;
            self.destination = newer.destination;
        }
        self.sent_at = newer.sent_at.or(self.sent_at);
        self.expires_at = newer.expires_at.or(self.expires_at);
        self.resend_at = newer.resend_at.or(self.resend_at);
        self.attempts_left = newer.attempts_left.or(self.attempts_left);
        self.retry_at = newer.retry_at;
        self.cause = newer.cause;
    }
}

/// What the server made of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The person is in.
    Accepted,
    /// No, and why ([`Facts::cause`]).
    Refused(Facts),
    /// A code was sent, or the way was changed.
    Sent(Facts),
    /// No answer came: nothing is known of what became of the request.
    Unreachable,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A text is about to be inserted between `before` and `after` (`beforeinput`). `chunk`: it was
    /// pasted, dropped, suggested or received, not typed.
    Insert {
        /// The field's text before the selection.
        before: String,
        /// What is about to come in.
        inserted: String,
        /// The field's text behind the selection.
        after: String,
        /// Not typed key by key.
        chunk: bool,
    },
    /// An input method has finished, or something other than a person filled the field: its whole text.
    Settled(String),
    /// The field's text changed: this is what stands in it now.
    Changed(String),
    /// The form is about to be submitted with `text` in the field, by one of our buttons or not.
    Submit {
        /// Our button that was pressed.
        deed: Option<Deed>,
        /// The field's text.
        text: String,
    },
    /// The submit was left to the page or handed to the site: nothing of ours is under way.
    Released,
    /// An answer came.
    Answered(Answer),
    /// The server's facts in the markup changed.
    Facts(Facts),
    /// The site's decisions in the markup changed.
    Site(Site),
    /// Time has passed.
    Tick,
    /// The browser says whether there is a network.
    Online(bool),
    /// The form was reset.
    Reset,
}

/// What the shell is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Prevent the pending insertion and put in `text` instead, in a way that can be undone: over the
    /// whole field or over the selection. `back`: how many characters stay behind the caret.
    Replace {
        /// Over the whole field's text.
        whole: bool,
        /// What to put in.
        text: String,
        /// Characters behind the caret afterwards.
        back: usize,
    },
    /// Prevent the pending insertion; the field stays as it is.
    Keep,
    /// Prevent the submit.
    Stop,
    /// Let the form go, natively or by request. A lost answer must not lock anyone out: the same
    /// request, asked again, carries the same attempt id (`todoita-attempt`).
    Send {
        /// The code, clean: it goes under the input's name instead of the text in the field. Empty:
        /// one of our buttons was pressed.
        code: String,
        /// The attempt needs an id of its own; otherwise the one that stands in the form serves.
        fresh: bool,
    },
    /// Submit the form as the person would.
    Submit,
    /// Give up the request that is under way.
    Abort,
    /// Focus the field and select its text.
    Select,
    /// Tell the page.
    Tell(Told),
}

/// What the page is told, as an event of the element. The code is in none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The text changed, and reads as this kind of code or as none.
    Input(Option<Kind>),
    /// A whole code stands in the field.
    Complete(Kind),
    /// The person is in.
    Accepted,
    /// The code was refused.
    Refused(Cause),
}

/// What is said under the field.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    Nothing,
    Fixes(Vec<Fix>),
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
    /// Since when (shell's milliseconds), and whether it carries a code.
    UnderWay {
        since: u64,
        code: bool,
    },
    Accepted,
}

/// What the attempt id in the form has been used for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Attempt {
    /// Nothing yet.
    Unused,
    /// This code; no answer came so far.
    Sent(String),
    /// An answer came.
    Answered,
}

/// How long an answer is waited for before the person may try again: long enough for a slow
/// phone, short enough not to be stared at.
const ANSWER_MS: u64 = 20_000;
/// A native submit that has not left the page by then was stopped by somebody.
const NATIVE_MS: u64 = 10_000;
/// More refused codes than a person can try before the lock.
const REMEMBERED: usize = 20;

/// Everything that an entry knows.
#[derive(Clone, Debug)]
pub struct State {
    site: Site,
    facts: Facts,
    /// The shell's milliseconds; only ever compared with each other.
    at: u64,
    /// The shell's milliseconds at which `facts.now` was true.
    heard_at: u64,
    reading: Reading,
    /// The reading of what was just put in, a whole message for instance.
    inserted: Option<Reading>,
    /// The person pressed "use a backup code".
    backup_chosen: bool,
    completed: Option<String>,
    refused: Vec<String>,
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
        let shown = match facts.cause {
            Some(cause) => Shown::Refused(cause),
            None => Shown::Nothing,
        };
        State {
            site,
            facts,
            at: 0,
            heard_at: 0,
            reading,
            inserted: None,
            backup_chosen: false,
            completed: None,
            refused: Vec::new(),
            attempt: Attempt::Unused,
            request: Request::None,
            shown,
            online: true,
            phase: None,
        }
    }

    /// What stands in the field, as it was read last.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The server's time, as far as it is known.
    fn now(&self) -> Option<u64> {
        Some(self.facts.now? + self.at.saturating_sub(self.heard_at))
    }

    /// Milliseconds until the server's instant `then`; 0 when it is past or no time is known.
    fn until(&self, then: Option<u64>) -> u64 {
        match (then, self.now()) {
            (Some(then), Some(now)) => then.saturating_sub(now),
            _ => 0,
        }
    }

    /// Which kind of code the person is giving.
    fn kind(&self) -> Kind {
        let backup = self.backup_chosen
            || self.reading.kind == Some(Kind::Backup)
            || self.facts.channel == Some(Channel::Backup);
        if backup { Kind::Backup } else { Kind::Code }
    }

    fn busy(&self) -> bool {
        matches!(self.request, Request::UnderWay { .. })
    }

    fn hear(&mut self, facts: Facts) {
        if facts.now.is_some() {
            self.heard_at = self.at;
        }
        self.facts.take(facts);
    }

    fn changed(&mut self, text: &str) -> Vec<Effect> {
        let reading = code::read(text, &self.site.rule);
        let inserted = self.inserted.take();
        if reading == self.reading && inserted.is_none() {
            return Vec::new();
        }
        self.reading = reading;
        self.shown = self.say(inserted.as_ref());
        let mut effects = vec![Effect::Tell(Told::Input(self.reading.kind))];
        let whole = match self.reading.kind {
            // Six digits on the way to a backup code that was asked for are not complete, unless they
            // were put in at once: then they are a code.
            Some(Kind::Code) if self.kind() == Kind::Backup => inserted.is_some(),
            kind => kind.is_some(),
        };
        if !whole {
            self.completed = None;
            return effects;
        }
        if self.reading.kind == Some(Kind::Code) {
            self.backup_chosen = false;
        }
        if self.completed.as_ref() == Some(&self.reading.digits) {
            return effects;
        }
        self.completed = Some(self.reading.digits.clone());
        let kind = self.kind();
        effects.push(Effect::Tell(Told::Complete(kind)));
        if self.site.auto_submit
            && kind == Kind::Code
            && self.request == Request::None
            && self.shown != Shown::RefusedBefore
        {
            effects.push(Effect::Submit);
        }
        effects
    }

    /// What there is to say about the text that stands in the field now.
    fn say(&self, inserted: Option<&Reading>) -> Shown {
        if self.reading.kind.is_some() && self.refused.contains(&self.reading.digits) {
            return Shown::RefusedBefore;
        }
        if let Some(inserted) = inserted {
            if !inserted.fixes.is_empty() {
                return Shown::Fixes(inserted.fixes.clone());
            }
            // A whole chunk came in and is still no code: it will not become one by itself.
            if let (None, Some(problem)) = (self.reading.kind, self.reading.problem) {
                return Shown::Problem(problem);
            }
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

    fn submit(&mut self, deed: Option<Deed>, text: &str) -> Vec<Effect> {
        if self.request != Request::None {
            return vec![Effect::Stop];
        }
        match deed {
            Some(Deed::Way(Channel::Backup)) => return self.choose(true),
            Some(Deed::Code) if self.facts.channel != Some(Channel::Backup) => {
                return self.choose(false);
            }
            Some(Deed::Resend) if self.until(self.facts.resend_at) > 0 => {
                return vec![Effect::Stop];
            }
            Some(_) => {
                self.request = Request::UnderWay {
                    since: self.at,
                    code: false,
                };
                return vec![self.send(String::new())];
            }
            None => {}
        }
        let mut effects = self.changed(text);
        effects.retain(|effect| *effect != Effect::Submit);
        if let Some(problem) = self.reading.problem {
            self.shown = Shown::Problem(problem);
            effects.extend([Effect::Stop, Effect::Select]);
            return effects;
        }
        let code = self.reading.digits.clone();
        self.request = Request::UnderWay {
            since: self.at,
            code: true,
        };
        effects.push(self.send(code));
        effects
    }

    fn send(&mut self, code: String) -> Effect {
        let fresh = match &self.attempt {
            Attempt::Unused => false,
            Attempt::Sent(sent) => *sent != code,
            Attempt::Answered => true,
        };
        self.attempt = Attempt::Sent(code.clone());
        Effect::Send { code, fresh }
    }

    fn choose(&mut self, backup: bool) -> Vec<Effect> {
        self.backup_chosen = backup;
        self.shown = Shown::Nothing;
        vec![Effect::Stop, Effect::Select]
    }

    fn answered(&mut self, answer: Answer) -> Vec<Effect> {
        let sent_code = matches!(self.request, Request::UnderWay { code: true, .. });
        self.request = Request::None;
        match answer {
            Answer::Accepted => {
                self.request = Request::Accepted;
                self.shown = Shown::Nothing;
                vec![Effect::Tell(Told::Accepted)]
            }
            Answer::Refused(facts) => {
                let cause = facts.cause.unwrap_or(Cause::Unknown);
                self.hear(Facts {
                    cause: Some(cause),
                    ..facts
                });
                // After a fault of the server the same attempt is asked about again.
                if cause != Cause::Unknown {
                    self.attempt = Attempt::Answered;
                }
                let spent = matches!(cause, Cause::Wrong | Cause::Expired | Cause::Used);
                if spent && sent_code && self.reading.kind.is_some() {
                    if self.refused.len() == REMEMBERED {
                        self.refused.remove(0);
                    }
                    self.refused.push(self.reading.digits.clone());
                }
                self.shown = Shown::Refused(cause);
                vec![Effect::Tell(Told::Refused(cause)), Effect::Select]
            }
            Answer::Sent(facts) => {
                self.attempt = Attempt::Answered;
                self.backup_chosen = false;
                self.hear(facts);
                self.shown = Shown::NewCode;
                vec![Effect::Select]
            }
            Answer::Unreachable => {
                self.shown = Shown::Unreachable;
                Vec::new()
            }
        }
    }

    fn tick(&mut self) -> Vec<Effect> {
        let Request::UnderWay { since, .. } = self.request else {
            return Vec::new();
        };
        let waited = self.at.saturating_sub(since);
        if self.site.json && waited >= ANSWER_MS {
            let mut effects = vec![Effect::Abort];
            effects.extend(self.answered(Answer::Unreachable));
            return effects;
        }
        if !self.site.json && waited >= NATIVE_MS {
            self.request = Request::None;
        }
        Vec::new()
    }

    fn reset(&mut self) {
        self.reading = code::read("", &self.site.rule);
        self.inserted = None;
        self.backup_chosen = false;
        self.completed = None;
        self.shown = Shown::Nothing;
        if self.busy() {
            self.request = Request::None;
        }
    }
}

/// Takes in what happened and says what to do. `at`: the shell's milliseconds, never going back.
pub fn update(state: &mut State, at: u64, event: Event) -> Vec<Effect> {
    state.pass(at);
    match event {
        Event::Insert {
            before,
            inserted,
            after,
            chunk,
        } => state.insert(&before, &inserted, &after, chunk),
        Event::Settled(text) => state.settled(&text),
        Event::Changed(text) => state.changed(&text),
        Event::Submit { deed, text } => state.submit(deed, &text),
        Event::Released => {
            if state.busy() {
                state.request = Request::None;
            }
            Vec::new()
        }
        Event::Answered(answer) => state.answered(answer),
        Event::Facts(facts) => {
            if facts.cause.is_some() && facts.cause != state.facts.cause {
                state.shown = Shown::Refused(facts.cause.unwrap_or(Cause::Unknown));
            }
            state.hear(facts);
            Vec::new()
        }
        Event::Site(site) => {
            state.site = site;
            Vec::new()
        }
        Event::Tick => state.tick(),
        Event::Online(online) => {
            state.online = online;
            Vec::new()
        }
        Event::Reset => {
            state.reset();
            Vec::new()
        }
    }
}
