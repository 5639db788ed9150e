//! View: exactly what a shell shows. It carries answers (`can_submit`), so that no shell, in the page
//! or on the server, repeats a rule.

use crate::channel::Action;
use crate::code::Kind;
use crate::words::Word;

/// Where the entry stands; a shell shows it as `data-state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Waiting for the person.
    Ready,
    /// A code is on its way to the server.
    Busy,
    /// What stands in the field cannot be sent as it is.
    Problem,
    /// The server refused the code.
    Refused,
    /// The server has closed the code step for a while.
    Locked,
    /// The code's life is over.
    Expired,
    /// No answer came.
    Unreachable,
    /// The person is in.
    Accepted,
}

impl Status {
    /// The value of `data-state`.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Ready => "ready",
            Status::Busy => "busy",
            Status::Problem => "problem",
            Status::Refused => "refused",
            Status::Locked => "locked",
            Status::Expired => "expired",
            Status::Unreachable => "unreachable",
            Status::Accepted => "accepted",
        }
    }
}

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Said in passing, politely.
    Quiet,
    /// Good news, politely.
    Good,
    /// The person has to do something: spoken at once.
    Alert,
}

impl Tone {
    /// The value of `data-tone`.
    pub fn as_str(self) -> &'static str {
        match self {
            Tone::Quiet => "quiet",
            Tone::Good => "good",
            Tone::Alert => "alert",
        }
    }
}

/// What stands under the field. Its text changes only when something happened, never by the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// How it is meant.
    pub tone: Tone,
    /// One thing, in one or two sentences.
    pub words: [Option<Word>; 2],
}

/// A span that runs out while the person watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer {
    /// The sentence around the span.
    pub word: Word,
    /// The span in words: the sentence of a unit, and its `{n}`.
    pub span: (Word, u32),
    /// Milliseconds left.
    pub left: u32,
    /// Milliseconds of the whole span, for drawing; at least `left`.
    pub total: u32,
}

/// Exactly what a shell shows. Its sentences' `{digits}` is `want`, `{have}` is `have`, `{n}` (by which
/// a plural form is chosen) is `attempts_left`, `{span}` is a timer's. The masked `{destination}`, the
/// instant `{time}` from which the next try counts and the address of the support page are the shell's own:
/// nothing depends on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Where the entry stands.
    pub status: Status,
    /// Which kind of code the person is giving.
    pub kind: Kind,
    /// Characters of the code that stand in the field.
    pub entered: u32,
    /// Characters that the code has.
    pub length: u32,
    /// Wrong tries that are left; 0 where nobody said.
    pub attempts_left: u32,
    /// Where the code went and how long it usually takes.
    pub sent: [Option<Word>; 2],
    /// What stands under the field.
    pub message: Option<Message>,
    /// The time until the next attempt counts; otherwise the time until the code expires.
    pub countdown: Option<Timer>,
    /// "Send again" is offered.
    pub resend: bool,
    /// Until when it does nothing. It keeps its place and its focus meanwhile.
    pub resend_wait: Option<Timer>,
    /// The other ways in that the site has, in the order of showing.
    pub methods: [Option<Action>; 6],
    /// Said once in a polite live region, at fixed moments.
    pub phase: Option<Word>,
    /// A request is under way: the input is read-only and busy.
    pub busy: bool,
    /// What stands in the field is known to be wrong.
    pub invalid: bool,
    /// Milliseconds until this view changes by the passing of time alone.
    pub wake_in: Option<u32>,
}

impl View {
    /// The value of `data-kind`.
    pub fn kind_str(&self) -> &'static str {
        kind_str(self.kind)
    }
}

/// A kind of code as the page is told of it.
pub fn kind_str(kind: Kind) -> &'static str {
    match kind {
        Kind::Code => "code",
        Kind::Backup => "backup",
    }
}
