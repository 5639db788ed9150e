//! Events: the site's settings, and input from the server, the person and the browser.

use crate::channel::Action;
use crate::code::Rule;
use crate::facts::Facts;

/// The site's settings, from its markup.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The format of its codes.
    pub rule: Rule,
    /// The methods that it offers (`alternatives`), by [`Channel::ALL`](crate::channel::Channel::ALL).
    pub methods: [bool; 5],
    /// Submits as soon as a sent or authenticator code is complete (`auto-submit`).
    pub auto_submit: bool,
    /// It answers in JSON (`answers="json"`).
    pub json: bool,
}

/// The outcome of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The person is in.
    Accepted,
    /// The code or the action was refused ([`Facts::cause`]).
    Refused(Facts),
    /// A code was sent, or the method was changed.
    Sent(Facts),
    /// No answer came: the outcome is unknown.
    Unreachable,
}

/// An event.
#[derive(Clone, Debug)]
pub enum Event<'a> {
    /// A text is about to be inserted between `before` and `after` (`beforeinput`). `chunk`: it was
    /// pasted, dropped, suggested or received, not typed.
    Insert {
        /// The field's text before the selection.
        before: &'a str,
        /// The text to insert.
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
        /// The person did this in the page; otherwise the text was there from the start.
        by_person: bool,
    },
    /// The text of the field changed to this.
    Changed(&'a str),
    /// The form is about to be submitted with `text` in the field.
    Submit {
        /// The widget's button that was pressed, if any.
        action: Option<Action>,
        /// The field's text.
        text: &'a str,
    },
    /// The browser found the input invalid (empty, though `required`) and did not submit; the input has this
    /// text.
    Invalid(&'a str),
    /// The submit was left to the page or handed to the site, or the page came back from a cache: no request of the widget is
    /// under way, and none has let the person in.
    Released,
    /// An answer came.
    Answered(Answer),
    /// The server's facts in the markup changed. A cause, or a later `now`, begins another code step where the person was let in.
    Facts(Facts),
    /// The server's facts in the markup changed: it has sent another code (`sent`).
    Resent(Facts),
    /// Time has passed.
    Tick,
    /// Whether the browser has a network.
    Online(bool),
    /// The form was reset.
    Reset,
}
