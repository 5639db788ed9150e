//! View: exactly what a shell shows. It carries answers (`can_submit`), so that no shell, in the page
//! or on the server, repeats a rule.

use crate::code::Kind;
use crate::entry::Channel;
use crate::words::Sentence;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// How it is meant.
    pub tone: Tone,
    /// One thing, in one or two sentences.
    pub sentences: Vec<Sentence>,
}

/// A span that runs out while the person watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// What is left, in words.
    pub sentence: Sentence,
    /// Milliseconds left.
    pub left: u64,
    /// Milliseconds of the whole span, for drawing; at least `left`.
    pub total: u64,
}

/// What a button does; its submit value under the name `todoita-action`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Sends the code once more, the same way.
    Resend,
    /// Another way to receive or find a code.
    Way(Channel),
    /// Back from the backup code to the sent code.
    Code,
}

impl Deed {
    /// The button's value.
    pub fn as_str(self) -> &'static str {
        match self {
            Deed::Resend => "resend",
            Deed::Way(channel) => channel.as_str(),
            Deed::Code => "code",
        }
    }

    /// Reads a button's value. `None` for a word that is not ours.
    pub fn from_value(value: &str) -> Option<Deed> {
        match value {
            "resend" => Some(Deed::Resend),
            "code" => Some(Deed::Code),
            way => Channel::from_name(way).map(Deed::Way),
        }
    }
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does.
    pub deed: Deed,
    /// What it says.
    pub label: Sentence,
    /// Until when it does nothing; shown beside it. It keeps its focus meanwhile.
    pub wait: Option<Timer>,
}

/// Exactly what a shell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Where the entry stands.
    pub status: Status,
    /// Which kind of code the person is giving.
    pub kind: Kind,
    /// Characters of the code that stand in the field.
    pub have: usize,
    /// Characters that the code has.
    pub want: usize,
    /// Where the code went and how long it usually takes.
    pub sent: Vec<Sentence>,
    /// What stands under the field.
    pub message: Option<Message>,
    /// How long the code lives.
    pub expiry: Option<Timer>,
    /// How long until the next try counts.
    pub retry: Option<Timer>,
    /// "Send again".
    pub resend: Option<Action>,
    /// The other ways in that the site has.
    pub ways: Vec<Action>,
    /// The site's support page.
    pub support: Option<String>,
    /// Said once in a polite live region, at fixed moments.
    pub phase: Option<Sentence>,
    /// A whole code stands in the field and nothing is under way.
    pub can_submit: bool,
    /// A request is under way: the input is read-only and busy.
    pub busy: bool,
    /// What stands in the field is known to be wrong.
    pub invalid: bool,
    /// Milliseconds until this view changes by the passing of time alone.
    pub wake_in: Option<u64>,
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
