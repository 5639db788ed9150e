//! A screen as it is drawn: its parts in their order. A shell decides nothing about them: it takes the sentences that a
//! part names from the words, fills them in ([`crate::text`]) and leaves out a part that has none.

use super::{Act, Exit, Flags, Group, Screen, Step};
use crate::word_list::nth;

/// The kind of a part of a screen, and the meaning of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Part {
    /// The button for one answer less.
    Back,
    /// A member of the screen's words: `title` (the first of several that can be filled), `picture`, `lead`
    /// (paragraphs), `steps`, `why` and `time` (each under the label of its name), `folds`.
    Words,
    /// An announcement: a sentence of every screen. For `incident`, the fact of that name comes before it.
    Notice,
    /// A fold that begins open: the name of it.
    Open,
    /// A method to sign in.
    Method,
    /// A group of answers begins; `-` has no title.
    Group,
    /// An answer.
    Choice,
    /// The screen that the last answer leads to.
    To,
    /// The action of the page when the last answer is pressed: `resend`, or the name of a method.
    Action,
    /// A warning beneath the last answer: a sentence of every screen.
    Warning,
    /// The box for the person's own words.
    Search,
    /// The link to the support page.
    Support,
    /// One of the other exits.
    Exit,
}

impl Part {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        const PARTS: &str =
            "back words notice open method group choice to action warning search support exit";
        nth(PARTS, self as usize)
    }
}

impl Screen {
    /// Hands out the parts of this screen in order, each with a name.
    pub fn parts(&self, mut each: impl FnMut(Part, &'static str)) {
        if self.has(Exit::Back) {
            each(Part::Back, "");
        }
        each(Part::Words, "title");
        if self.step == Step::Entry && self.flags.contains(Flags::ALONE) {
            each(Part::Notice, "alone");
        }
        if self.flags.contains(Flags::INCIDENT) {
            each(Part::Notice, "incident");
        }
        if self.flags.contains(Flags::IOS) {
            each(Part::Open, "iphone");
        }
        if self.flags.contains(Flags::ANDROID) {
            each(Part::Open, "android");
        }
        for at in 0..6 {
            each(Part::Words, nth("picture lead steps why time folds", at));
        }
        for method in self.methods() {
            each(Part::Method, method.as_str());
        }
        let mut last = "";
        for choice in self.choices() {
            let group = choice.group.map_or("-", Group::as_str);
            if last != group {
                if last == Group::Urgent.as_str() {
                    // Who is in a hurry need not look further down.
                    each(Part::Search, "");
                }
                last = group;
                each(Part::Group, group);
            }
            each(Part::Choice, choice.name);
            each(Part::To, choice.to.as_str());
            match choice.act {
                None => {}
                Some(Act::Method(method)) => each(Part::Action, method.as_str()),
                Some(Act::Resend) => {
                    each(Part::Action, "resend");
                    // Sending again and again is what locks people out.
                    if self.flags.contains(Flags::RESENT) {
                        each(Part::Warning, "resent");
                    }
                }
            }
        }
        if self.step == Step::Support {
            each(Part::Support, "");
        }
        for exit in self.exits() {
            if exit != Exit::Back {
                each(Part::Exit, exit.as_str());
            }
        }
    }
}
