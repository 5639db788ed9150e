//! The names that cross between the page and the field: strings of the attributes and answers in JavaScript, numbers in
//! here. Most enums are those of the core, which knows no browser: `tests/field/boundary.rs` compares the names of `Channel`, `Action`,
//! `Cause`, `Kind`, `Tone` and `Status` with the core's. `Occurrence`, `Statement`, `Dispatch`, `Part` and `Insertion` have no such twin.

use wasm_bindgen::prelude::*;

use crate::{cause, channel, code, entry, view};

/// Declares an enum of names for an enum of the core with the same variants, and the conversions between them.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident for $core:path: $($variant:ident = $text:literal),+ $(,)?) => {
        $(#[$doc])*
        #[wasm_bindgen]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is its name")]
        pub enum $name { $($variant = $text),+ }

        impl From<$core> for $name {
            fn from(value: $core) -> Self {
                use $core as Core;
                match value { $(Core::$variant => Self::$variant),+ }
            }
        }

        impl $name {
            /// The value of the core; `None` for a name that this version does not know.
            pub fn known(self) -> Option<$core> {
                use $core as Core;
                match self { $(Self::$variant => Some(Core::$variant),)+ _ => None }
            }
        }
    };
}

names! {
    /// Where a code comes from: `channel`, `alternatives`.
    Channel for channel::Channel:
    Sms = "sms", Voice = "voice", Email = "email", App = "app", Backup = "backup",
}
names! {
    /// The characters of codes: `code`.
    Alphabet for code::Alphabet: Digits = "digits", Alphanumeric = "alphanumeric",
}
names! {
    /// The characters of backup codes: `backup`.
    Backup for code::Backup: Digits = "digits", Alphanumeric = "alphanumeric", None = "none",
}
names! {
    /// A kind of code: `data-kind`, `todoita-kind`, details of events.
    Kind for code::Kind: Code = "code", Backup = "backup",
}
names! {
    /// The tone of a message: `data-tone`.
    Tone for view::Tone: Quiet = "quiet", Good = "good", Alert = "alert",
}
names! {
    /// The status of an entry: `data-state`.
    Status for view::Status:
    Ready = "ready", Busy = "busy", Problem = "problem", Refused = "refused", Locked = "locked", Ended = "ended",
    Expired = "expired", Unreachable = "unreachable", Accepted = "accepted",
}

/// Why a code was refused: `cause`; `unreachable` where no answer came.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is its name")]
pub enum Cause {
    Wrong = "wrong",
    Expired = "expired",
    Used = "used",
    Exhausted = "exhausted",
    Locked = "locked",
    Limited = "limited",
    Ended = "ended",
    Unknown = "unknown",
    Unreachable = "unreachable",
}

impl From<cause::Cause> for Cause {
    fn from(cause: cause::Cause) -> Self {
        match cause {
            cause::Cause::Wrong => Self::Wrong,
            cause::Cause::Expired => Self::Expired,
            cause::Cause::Used => Self::Used,
            cause::Cause::Exhausted => Self::Exhausted,
            cause::Cause::Locked => Self::Locked,
            cause::Cause::Limited => Self::Limited,
            cause::Cause::Ended => Self::Ended,
            cause::Cause::Unknown => Self::Unknown,
        }
    }
}

impl Cause {
    /// The cause of the core. A name that this version does not know is [`cause::Cause::Unknown`], so that a newer server
    /// does not break an older page.
    pub fn known(self) -> cause::Cause {
        match self {
            Self::Wrong => cause::Cause::Wrong,
            Self::Expired => cause::Cause::Expired,
            Self::Used => cause::Cause::Used,
            Self::Exhausted => cause::Cause::Exhausted,
            Self::Locked => cause::Cause::Locked,
            Self::Limited => cause::Cause::Limited,
            Self::Ended => cause::Cause::Ended,
            _ => cause::Cause::Unknown,
        }
    }
}

/// The action of a button: the values of `todoita-action`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is its name")]
pub enum Action {
    Sms = "sms",
    Voice = "voice",
    Email = "email",
    App = "app",
    Backup = "backup",
    Resend = "resend",
    Code = "code",
}

impl From<channel::Action> for Action {
    fn from(action: channel::Action) -> Self {
        use channel::Channel;
        match action {
            channel::Action::Resend => Self::Resend,
            channel::Action::Code => Self::Code,
            channel::Action::Method(Channel::Sms) => Self::Sms,
            channel::Action::Method(Channel::Voice) => Self::Voice,
            channel::Action::Method(Channel::Email) => Self::Email,
            channel::Action::Method(Channel::App) => Self::App,
            channel::Action::Method(Channel::Backup) => Self::Backup,
        }
    }
}

impl Action {
    /// The action of the core; `None` for a name that this version does not know.
    pub fn known(self) -> Option<channel::Action> {
        use channel::Channel;
        Some(match self {
            Self::Resend => channel::Action::Resend,
            Self::Code => channel::Action::Code,
            Self::Sms => channel::Action::Method(Channel::Sms),
            Self::Voice => channel::Action::Method(Channel::Voice),
            Self::Email => channel::Action::Method(Channel::Email),
            Self::App => channel::Action::Method(Channel::App),
            Self::Backup => channel::Action::Method(Channel::Backup),
            _ => return None,
        })
    }
}

/// An occurrence that brings no values.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "as the events of the core")]
pub enum Occurrence {
    Released = "released",
    Accepted = "accepted",
    Unreachable = "unreachable",
    Reset = "reset",
    Tick = "tick",
    Online = "online",
    Offline = "offline",
}

impl Occurrence {
    /// The event of the core. A name that this version does not know counts as a tick.
    pub fn event(self) -> entry::Event<'static> {
        use entry::{Answer, Event};
        match self {
            Self::Released => Event::Released,
            Self::Accepted => Event::Answered(Answer::Accepted),
            Self::Unreachable => Event::Answered(Answer::Unreachable),
            Self::Reset => Event::Reset,
            Self::Online => Event::Online(true),
            Self::Offline => Event::Online(false),
            _ => Event::Tick,
        }
    }
}

/// Where the server stated facts.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statement {
    /// In the page's attributes.
    Facts = "facts",
    /// In the page's attributes, with `sent`: another code was sent.
    Resent = "resent",
    /// In an answer that refuses the code.
    Refused = "refused",
    /// In an answer that says that a code was sent.
    Sent = "sent",
}

/// An event of the element, without the `todoita-` before its name.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "as the events of docs/field.md")]
pub enum Dispatch {
    Input = "input",
    Complete = "complete",
    Accepted = "accepted",
    Refused = "refused",
}

/// A part of the page that has a sentence or a time.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "as the values of data-part")]
pub enum Part {
    Message = "message",
    Sent = "sent",
    Usual = "usual",
    Phase = "phase",
    Times = "times",
    Wait = "wait",
}

/// The kinds of insertion that the field may prevent, of the `inputType`s of Input Events Level 2.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "as in the specification")]
pub enum Insertion {
    Text = "insertText",
    Paste = "insertFromPaste",
    Drop = "insertFromDrop",
    Replacement = "insertReplacementText",
    Yank = "insertFromYank",
}
