//! A screen as it is drawn: its parts in their order. A shell decides nothing about them: it takes the sentences that a
//! part names from the words, fills them in ([`crate::text`]) and leaves out a part that has none.

use super::facts::{GuideFacts, VALUES, Value};
use super::{Act, ChoiceView, Exit, Flags, Group, Screen, Step};
use crate::word_list::{nth, take_until};

/// The kind of a part of a screen, and the meaning of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Part {
    /// A flag of the screen's sentences.
    Flag,
    /// A value of the screen's sentences; the next part says what it is.
    Value,
    /// The last value is the text of this fact.
    Fact,
    /// The last value is this number.
    Number,
    /// The last value is this instant (milliseconds since the Unix epoch), as a clock time.
    Time,
    /// The button for one answer less.
    Back,
    /// A member of the screen's words: `title` (the first of several that can be filled), `picture`, `lead`
    /// (paragraphs), `steps`, `why` and `time` (each under the label of its name), `say`, `folds`.
    Words,
    /// An announcement: a sentence of every screen. For `incident`, the fact of that name comes before it.
    Notice,
    /// A link to an address of the site: the fact of that name.
    Link,
    /// A fold that begins open: the name of it.
    Open,
    /// A method to sign in.
    Method,
    /// A group of answers begins; one without words has no title.
    Group,
    /// The groups after it are behind this fold.
    More,
    /// An answer.
    Choice,
    /// The screen that the last answer leads to.
    To,
    /// The action of the page when the last answer is pressed: `resend`, or the name of a method.
    Action,
    /// The last answer cannot be pressed until a known time: a sentence of every screen.
    Shut,
    /// A warning beneath the last answer: a sentence of every screen.
    Warning,
    /// The box for the person's own words.
    Search,
    /// The answer that leads to the other methods; those that are left follow.
    Other,
    /// A method to which the last part leads.
    Left,
    /// The sentence that the code is for nobody else, and a button to `someone-asks`.
    Safety,
    /// One of the other exits.
    Exit,
}

impl Part {
    /// The kind's name for a page's script.
    pub fn as_str(self) -> &'static str {
        const PARTS: &str = "flag value fact number time back words notice link open method group more choice to action \
             shut warning search other left safety exit";
        nth(PARTS, self as usize)
    }
}

/// Who draws a screen.
pub trait Shell {
    /// Takes the next part, with its name.
    fn part(&mut self, part: Part, name: &'static str);
    /// Takes the next part, with its number.
    fn number(&mut self, part: Part, number: u64);
}

impl Screen {
    /// Hands out all that a shell needs to draw this screen: the flags and values of its sentences, then its parts in order.
    pub fn draw(&self, facts: &GuideFacts, shell: &mut dyn Shell) {
        for flag in self.flags.names() {
            shell.part(Part::Flag, flag);
        }
        let mut names = VALUES;
        while !names.is_empty() {
            let name = take_until(&mut names, b' ');
            let Some(value) = facts.value(name, self.about()) else {
                continue;
            };
            shell.part(Part::Value, name);
            match value {
                Value::Fact(fact) => shell.part(Part::Fact, fact),
                Value::Number(number) => shell.number(Part::Number, number),
                Value::Time(instant) => shell.number(Part::Time, instant),
            }
        }
        self.parts(&mut |part, name| shell.part(part, name));
    }

    /// Hands out the parts of this screen in order, each with a name.
    pub fn parts(&self, each: &mut dyn FnMut(Part, &'static str)) {
        let flags = self.flags;
        if self.has(Exit::Back) {
            each(Part::Back, "");
        }
        each(Part::Words, "title");
        if self.step == Step::Entry && flags.contains(Flags::ALONE) {
            each(Part::Notice, "alone");
        }
        if flags.contains(Flags::INCIDENT) {
            each(Part::Notice, "incident");
        }
        if flags.contains(Flags::FEW_TRIES) && self.step.asks_for_code() {
            // Another method goes first where it is on this screen.
            let shows = self.step.shows_methods(true) && !flags.contains(Flags::NO_METHODS);
            each(
                Part::Notice,
                nth("few-tries few-tries-methods", shows.into()),
            );
        }
        if self.step.sends_another_code()
            && flags.contains(Flags::UNASKED)
            && !flags.contains(Flags::NO_METHODS)
        {
            each(Part::Notice, "address");
        }
        let is_trouble = self.step == Step::SiteTrouble
            || flags.intersects(Flags::INCIDENT.union(Flags::NO_METHODS));
        if is_trouble && flags.contains(Flags::NOTICE) {
            each(Part::Link, "notice");
        }
        if flags.contains(Flags::IOS) {
            each(Part::Open, "iphone");
        }
        if flags.contains(Flags::ANDROID) {
            each(Part::Open, "android");
        }
        each(Part::Words, "picture");
        each(Part::Words, "lead");
        // The remedy itself goes before what can be read about it.
        for method in self.methods() {
            each(Part::Method, method.as_str());
        }
        if self.step == Step::Support {
            each(Part::Link, "support");
        }
        for at in 0..5 {
            each(Part::Words, nth("steps why time say folds", at));
        }
        self.answers_before_more(each);
        if self.step == Step::Entry {
            each(Part::Search, "");
        }
        self.answers_behind_more(each);
        if self.has(Exit::Other) {
            each(Part::Other, "");
            for method in self.other_methods() {
                each(Part::Left, method.as_str());
            }
        }
        if self.has(Exit::Asked) {
            each(Part::Safety, "");
        }
        for exit in [Exit::Code, Exit::Support, Exit::Menu] {
            if self.has(exit) {
                // Behind a lock there is no code to enter.
                let locked = exit == Exit::Code && flags.contains(Flags::LOCKED);
                each(Part::Exit, if locked { "page" } else { exit.as_str() });
            }
        }
    }

    fn answers_before_more(&self, each: &mut dyn FnMut(Part, &'static str)) {
        let is_first = |choice: &ChoiceView| !choice.group.is_some_and(Group::is_more);
        self.answers(&mut self.choices().filter(is_first), each);
    }

    fn answers_behind_more(&self, each: &mut dyn FnMut(Part, &'static str)) {
        let is_more = |choice: &ChoiceView| choice.group.is_some_and(Group::is_more);
        let mut more = self.choices().filter(is_more).peekable();
        if more.peek().is_some() {
            each(Part::More, "");
        }
        self.answers(&mut more, each);
    }

    fn answers(
        &self,
        choices: &mut dyn Iterator<Item = ChoiceView>,
        each: &mut dyn FnMut(Part, &'static str),
    ) {
        let mut last = "";
        for choice in choices {
            let group = choice.group.map_or("-", Group::as_str);
            if last != group {
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
                    if self.flags.contains(Flags::WAITING) {
                        each(Part::Shut, "shut");
                    } else if self.is_resent() {
                        // Sending again and again is what locks people out.
                        each(Part::Warning, "resent");
                    }
                }
            }
        }
    }
}
