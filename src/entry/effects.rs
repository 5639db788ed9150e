//! Effects: the orders of the core to its shell.

use alloc::string::String;

use crate::cause::Cause;
use crate::code::Kind;

/// Effects for the shell, to be carried out in the order of the members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Prevent the browser's own action: the insertion, or the submit.
    pub prevent: bool,
    /// Put a text into the field, undoably.
    pub replace: Option<Replace>,
    /// Dispatch events of the element.
    pub dispatch: [Option<Dispatch>; 2],
    /// Submit the form as the person would.
    pub submit: bool,
    /// Send the form, natively or by request.
    pub send: Option<Send>,
    /// Abort the request that is under way.
    pub abort: bool,
    /// Focus the field and select its text.
    pub select: bool,
}

/// A text to put into the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replace {
    /// Replaces the whole text of the field; otherwise the selection.
    pub whole: bool,
    /// The new text.
    pub text: String,
    /// Characters behind the caret afterwards.
    pub back: u32,
}

/// A form to send. A lost answer must not lock anyone out: the same request, sent again, carries the same
/// idempotency key (`todoita-attempt`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Send {
    /// The code of [`State::reading`](super::State::reading) is sent under the input's name in place of the text in
    /// the field; otherwise the form goes as it is: one of the widget's buttons was pressed, or the text is no code and the
    /// person insists.
    pub code: bool,
    /// The request needs a new key; otherwise the key in the form is used.
    pub fresh: bool,
}

/// An event of the element (`todoita-input` and so on). None contains the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dispatch {
    /// The text changed: to this kind of code, or to no code.
    Input(Option<Kind>),
    /// The text is a complete code.
    Complete(Kind),
    /// The person is in.
    Accepted,
    /// The code was refused.
    Refused(Cause),
}
