//! The view model: everything a shell shows, decided, so that no shell, in the page or on the server, repeats a
//! rule.

use crate::channel::Action;
use crate::code::Kind;
use crate::words::Word;

/// The status of an entry; a shell shows it as `data-state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Waiting for the person.
    Ready,
    /// A request is under way.
    Busy,
    /// The text in the field cannot be sent.
    Problem,
    /// The server refused the code.
    Refused,
    /// The server has closed the code step for a while.
    Locked,
    /// The sign-in is over: it has to begin again.
    Ended,
    /// The code has expired.
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
            Status::Ended => "ended",
            Status::Expired => "expired",
            Status::Unreachable => "unreachable",
            Status::Accepted => "accepted",
        }
    }
}

/// The tone of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Information, announced politely.
    Quiet,
    /// Success, announced politely.
    Good,
    /// The person has to do something: announced at once.
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

/// The message under the field. It changes by events, never every second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its tone.
    pub tone: Tone,
    /// One or two sentences.
    pub words: [Option<Word>; 2],
}

/// A running countdown.
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

/// Everything a shell shows. In its sentences `{digits}` is `length`, `{have}` is `entered`, `{n}` (which selects
/// the plural form) is `attempts_left`, `{span}` is a timer's span. `{destination}` is that
/// of the facts ([`State::facts`](crate::entry::State::facts)), `{time}` their `retry_at`, or `resend_at` where only the
/// sending waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The status.
    pub status: Status,
    /// The kind of code that the person is entering.
    pub kind: Kind,
    /// Characters of the code that were entered.
    pub entered: u32,
    /// Characters that a code of this kind has.
    pub length: u32,
    /// Attempts that are left; 0 where unknown.
    pub attempts_left: u32,
    /// Where the code went and how long it usually takes.
    pub sent: [Option<Word>; 2],
    /// That the code is for nobody else; while there is a code to enter. A site without it has an empty sentence.
    pub secret: Option<Word>,
    /// The message under the field.
    pub message: Option<Message>,
    /// The time until the next attempt counts; otherwise the time until the code expires.
    pub countdown: Option<Timer>,
    /// "Send again" is offered.
    pub resend: bool,
    /// The time until it works. Meanwhile the button keeps its place and its focus.
    pub resend_wait: Option<Timer>,
    /// The other methods of the site, in the order of display.
    pub methods: [Option<Action>; 6],
    /// Announced once in a polite live region, at fixed moments.
    pub phase: Option<Word>,
    /// A code is on its way to be checked: the input is read-only, unless the browser is leaving the page.
    pub held: bool,
    /// The text in the field is known to be wrong.
    pub invalid: bool,
    /// Milliseconds until this view changes by the passing of time alone.
    pub wake_in: Option<u32>,
}

/// The name of a kind of code in `data-kind` and in events.
pub fn kind_str(kind: Kind) -> &'static str {
    match kind {
        Kind::Code => "code",
        Kind::Backup => "backup",
    }
}
