//! The field's whole behaviour, without a browser: `update(state, event) -> effects`.
//!
//! A shell feeds in what happened and carries out what comes back; what it shows is
//! [`State::view`]. The page's clock is never compared with the server's: the server says what time
//! it was when it spoke (`now`), the shell says what has elapsed since.

mod insert;
mod look;

use alloc::string::String;
use alloc::vec::Vec;

use crate::cause::Cause;
use crate::code::{self, Fixes, Kind, Problem, Reading, Rule};
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

/// What the server said about this sign-in, in attributes or in an answer. It speaks of instants; here
/// they are spans from the moment (`now`) in which it spoke, in milliseconds, so that no clock of a
/// phone is ever compared with the server's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Where the code went.
    pub channel: Option<Channel>,
    /// Whether the server named the masked destination: last digits of a number, or a masked address.
    pub destination: bool,
    /// How long ago the code was sent.
    pub sent_ago: Option<u32>,
    /// For how long it can be used; 0: no longer.
    pub expires_in: Option<u32>,
    /// After what time another may be asked for. `None`: the site does not offer it.
    pub resend_in: Option<u32>,
    /// Wrong tries that are left before the code step is locked.
    pub attempts_left: Option<u32>,
    /// After what time the next try counts.
    pub retry_in: Option<u32>,
    /// Why the last try was refused.
    pub cause: Option<Cause>,
}

/// The span from the server's `now` to an instant of the same clock, both in milliseconds since the Unix
/// epoch: 0 for what is past. Spans of more than 49 days are cut to that.
pub fn span(now: u64, then: u64) -> u32 {
    u32::try_from(then.saturating_sub(now)).unwrap_or(u32::MAX)
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
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// A text is about to be inserted between `before` and `after` (`beforeinput`). `chunk`: it was
    /// pasted, dropped, suggested or received, not typed.
    Insert {
        /// The field's text before the selection.
        before: &'a str,
        /// What is about to come in.
        inserted: &'a str,
        /// The field's text behind the selection.
        after: &'a str,
        /// Not typed key by key.
        chunk: bool,
    },
    /// An input method has finished, or something other than a person filled the field: its whole text.
    Settled(&'a str),
    /// The field's text changed: this is what stands in it now.
    Changed(&'a str),
    /// The form is about to be submitted with `text` in the field, by one of our buttons or not.
    Submit {
        /// Our button that was pressed.
        deed: Option<Deed>,
        /// The field's text.
        text: &'a str,
    },
    /// The browser found the input invalid (empty, though `required`) and did not submit: this stands in
    /// it.
    Invalid(&'a str),
    /// The submit was left to the page or handed to the site: nothing of ours is under way.
    Released,
    /// An answer came.
    Answered(Answer),
    /// The server's facts in the markup changed.
    Facts(Facts),
    /// Time has passed.
    Tick,
    /// The browser says whether there is a network.
    Online(bool),
    /// The form was reset.
    Reset,
}

/// What the shell is to do, in the order of the members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Prevent what the browser is about to do: the insertion, or the submit.
    pub prevent: bool,
    /// Put a text into the field in a way that can be undone.
    pub replace: Option<Replace>,
    /// Tell the page.
    pub tell: [Option<Told>; 2],
    /// Submit the form as the person would.
    pub submit: bool,
    /// Let the form go, natively or by request.
    pub send: Option<Send>,
    /// Give up the request that is under way.
    pub abort: bool,
    /// Focus the field and select its text.
    pub select: bool,
}

/// A text to put into the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replace {
    /// Over the whole field's text; otherwise over the selection.
    pub whole: bool,
    /// What to put in.
    pub text: String,
    /// Characters behind the caret afterwards.
    pub back: u32,
}

/// A form to let go. A lost answer must not lock anyone out: the same request, asked again, carries the
/// same attempt id (`todoita-attempt`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Send {
    /// The code that was read ([`State::reading`]) goes under the input's name instead of the text in the
    /// field; otherwise one of our buttons was pressed.
    pub code: bool,
    /// The attempt needs an id of its own; otherwise the one that stands in the form serves.
    pub fresh: bool,
}

/// What the page is told, as an event of the element. The code is in none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Since when (shell's milliseconds), and whether it carries a code.
    UnderWay {
        since: u32,
        code: bool,
    },
    Accepted,
}

/// What the attempt id in the form has been used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attempt {
    /// Nothing yet.
    Unused,
    /// This code; no answer came so far.
    Sent(Mark),
    /// An answer came.
    Answered,
}

/// What a text is recognised by when it comes again. Nothing that was typed is kept for that.
type Mark = u32;

/// FNV-1a: two codes that should share a mark by chance (one in four thousand million) would be taken for
/// each other in a message, nowhere else.
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
    /// When the facts were said, in the shell's milliseconds.
    heard_at: u32,
    reading: Reading,
    /// The text that was read.
    text: Mark,
    /// What was fixed in what was just put in, a whole message for instance.
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
            text: mark(""),
            inserted: None,
            backup_chosen: false,
            completed: 0,
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

    /// What is left of a span that the server named; 0 when it is over or was not named.
    fn left(&self, span: Option<u32>) -> u32 {
        self.left_at(self.at, span)
    }

    /// What was left of it `at` a time of the shell.
    fn left_at(&self, at: u32, span: Option<u32>) -> u32 {
        let passed = at.saturating_sub(self.heard_at);
        span.unwrap_or(0).saturating_sub(passed)
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

    /// Takes over what the server says now. A wait that it does not mention is over, a count or a
    /// code's life that it does not mention goes on.
    fn hear(&mut self, newer: Facts) {
        let old = self.facts;
        let passed = self.at.saturating_sub(self.heard_at);
        let go_on = |span: Option<u32>| span.map(|span| span.saturating_sub(passed));
        let same = newer.channel.is_none();
        self.heard_at = self.at;
        self.facts = Facts {
            channel: newer.channel.or(old.channel),
            destination: if same {
                old.destination
            } else {
                newer.destination
            },
            sent_ago: newer
                .sent_ago
                .or(old.sent_ago.map(|ago| ago.saturating_add(passed))),
            expires_in: newer.expires_in.or(go_on(old.expires_in)),
            resend_in: newer.resend_in.or(go_on(old.resend_in)),
            attempts_left: newer.attempts_left.or(old.attempts_left),
            ..newer
        };
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
        let whole = match self.reading.kind {
            // Six digits on the way to a backup code that was asked for are not complete, unless they
            // were put in at once: then they are a code.
            Some(Kind::Code) if self.kind() == Kind::Backup => inserted.is_some(),
            kind => kind.is_some(),
        };
        if !whole {
            self.completed = 0;
            return;
        }
        if self.reading.kind == Some(Kind::Code) {
            self.backup_chosen = false;
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

    fn submit(&mut self, deed: Option<Deed>, text: &str, effects: &mut Effects) {
        effects.prevent = true;
        if self.request != Request::None {
            return;
        }
        match deed {
            Some(Deed::Way(Channel::Backup)) => return self.choose(true, effects),
            Some(Deed::Code) if self.facts.channel != Some(Channel::Backup) => {
                return self.choose(false, effects);
            }
            Some(Deed::Resend) if self.left(self.facts.resend_in) > 0 => return,
            Some(_) => return self.send(false, effects),
            None => {}
        }
        self.changed(text, effects);
        effects.submit = false;
        if let Some(problem) = self.reading.problem {
            self.shown = Shown::Problem(problem);
            effects.select = true;
            return;
        }
        self.send(true, effects);
    }

    fn send(&mut self, code: bool, effects: &mut Effects) {
        let sent = if code { mark(&self.reading.digits) } else { 0 };
        let fresh = match self.attempt {
            Attempt::Unused => false,
            Attempt::Sent(before) => before != sent,
            Attempt::Answered => true,
        };
        self.attempt = Attempt::Sent(sent);
        self.request = Request::UnderWay {
            since: self.at,
            code,
        };
        effects.prevent = false;
        effects.send = Some(Send { code, fresh });
    }

    fn choose(&mut self, backup: bool, effects: &mut Effects) {
        self.backup_chosen = backup;
        self.shown = Shown::Nothing;
        effects.select = true;
    }

    fn answered(&mut self, answer: Answer, effects: &mut Effects) {
        let sent_code = matches!(self.request, Request::UnderWay { code: true, .. });
        self.request = Request::None;
        match answer {
            Answer::Accepted => {
                self.request = Request::Accepted;
                self.shown = Shown::Nothing;
                effects.tell[0] = Some(Told::Accepted);
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
                if spent && sent_code && self.refused.len() < REMEMBERED {
                    self.refused.push(mark(&self.reading.digits));
                }
                self.shown = Shown::Refused(cause);
                effects.tell[0] = Some(Told::Refused(cause));
                effects.select = true;
            }
            Answer::Sent(facts) => {
                self.attempt = Attempt::Answered;
                self.backup_chosen = false;
                self.hear(facts);
                self.shown = Shown::NewCode;
                effects.select = true;
            }
            Answer::Unreachable => self.shown = Shown::Unreachable,
        }
    }

    fn tick(&mut self, effects: &mut Effects) {
        let Request::UnderWay { since, .. } = self.request else {
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
        Event::Settled(text) => state.settled(text, &mut effects),
        Event::Changed(text) => state.changed(text, &mut effects),
        Event::Submit { deed, text } => state.submit(deed, text, &mut effects),
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
        Event::Facts(facts) => {
            if let Some(cause) = facts.cause {
                state.shown = Shown::Refused(cause);
            }
            state.hear(facts);
        }
        Event::Tick => state.tick(&mut effects),
        Event::Online(online) => state.online = online,
        Event::Reset => state.reset(),
    }
    effects
}
