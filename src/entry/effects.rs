//! What the shell is to do, and what the page is told.

use alloc::string::String;

use crate::cause::Cause;
use crate::code::Kind;

/// What the shell is to do, in the order of the members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Prevent what the browser is about to do: the insertion, or the submit.
    pub prevent: bool,
    /// Put a text into the field in a way that can be undone.
    pub replace: Option<Replace>,
    /// Tell the page.
    pub dispatch: [Option<Dispatch>; 2],
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
    /// The code that was read ([`State::reading`](super::State::reading)) goes under the input's name instead of the text in the
    /// field; otherwise one of our buttons was pressed.
    pub code: bool,
    /// The attempt needs an id of its own; otherwise the one that stands in the form serves.
    pub fresh: bool,
}

/// What the page is told, as an event of the element. The code is in none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dispatch {
    /// The text changed, and reads as this kind of code or as none.
    Input(Option<Kind>),
    /// A whole code stands in the field.
    Complete(Kind),
    /// The person is in.
    Accepted,
    /// The code was refused.
    Refused(Cause),
}
