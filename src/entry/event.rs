//! What the field hears: from the page's author, the server, the person and the browser.

use crate::channel::Action;
use crate::code::Rule;
use crate::facts::Facts;

/// What the site decided once, in its markup.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// What its codes look like.
    pub rule: Rule,
    /// The ways in that it has (`alternatives`), by [`Channel::ALL`](crate::channel::Channel::ALL).
    pub ways: [bool; 5],
    /// Submit as soon as a sent or app code is complete (`auto-submit`).
    pub auto_submit: bool,
    /// It answers in JSON (`answers="json"`).
    pub json: bool,
}

/// What the server made of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    Settled {
        /// The text before the caret.
        before: &'a str,
        /// The text behind the caret.
        after: &'a str,
    },
    /// The field's text changed: this is what stands in it now.
    Changed(&'a str),
    /// The form is about to be submitted with `text` in the field, by one of our buttons or not.
    Submit {
        /// Our button that was pressed.
        action: Option<Action>,
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
