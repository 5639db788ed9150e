//! Replay: answers, applied from the start, lead to a screen.

use alloc::string::String;

use super::choice::{Group, Sends};
use super::flow::{MAX_SCREENS, RESET_OR_LINKED};
use super::packed_table::Packed;
use super::{Flags, GuideContext, Step, Trouble, entry_point};
use crate::cause::Cause;
use crate::channel::{RecoveryMethod, RecoveryMethods};
use crate::word_list::{nth, take_until};

/// The screen for a shell, and its controls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The screen.
    pub step: Step,
    /// Its flags.
    pub flags: Flags,
    /// The screens so far, this one included; one that closes the guide does not count.
    pub count: u8,
    /// The start and the answers that led here, with a space between them: what is kept and sent.
    pub answers: String,
    context: GuideContext,
    /// Answers that were taken.
    taken: u8,
    ruled_out: RecoveryMethods,
    unasked: bool,
    /// The route went through a code that nobody asked for, and the page's address has not been checked since.
    unchecked: bool,
    /// The route has been back at the code: nothing leads there a second time.
    closed: bool,
}

/// A choice on a screen, and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceView {
    /// Its name in words and answers.
    pub name: &'static str,
    /// The screen that it leads to.
    pub to: Step,
    /// The group that it is in.
    pub group: Option<Group>,
    /// The action of the page when it is pressed; `None`: it only shows the next screen.
    pub act: Option<Act>,
}

/// The action of the page when a choice is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Sends one new code by the method that the page is waiting for.
    Resend,
    /// Uses another method.
    Method(RecoveryMethod),
}

/// The controls of every screen, besides its choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Back to the code. Where no field does it, an answer: `~code`.
    Code,
    /// To the methods that are left. An answer: `~other`.
    Other,
    /// To the support. An answer: `~support`.
    Support,
    /// The whole menu, as a new start.
    Menu,
    /// One answer less.
    Back,
}

impl Exit {
    /// Every exit, in the order of showing.
    pub const ALL: [Exit; 5] = [
        Exit::Code,
        Exit::Other,
        Exit::Support,
        Exit::Menu,
        Exit::Back,
    ];

    /// The exit's name in words.
    pub fn as_str(self) -> &'static str {
        nth("code other support menu back", self as usize)
    }
}

/// The screen that `answers` lead to: the name of a start and those of the choices that were pressed,
/// with a space between them. No answers are the start that `context` gives. Replay stops before the
/// first answer that is not to be had there; it and all behind it are forgotten.
pub fn replay(context: &GuideContext, answers: &str) -> Screen {
    let mut rest = answers;
    let named = Step::from_name(take_until(&mut rest, b' '));
    let first = match named {
        Some(step) => entry_point::shown_as(context, step),
        None => {
            rest = "";
            entry_point::start(context)
        }
    };
    let mut screen = Screen {
        step: first,
        flags: Flags::NONE,
        count: 0,
        answers: String::from(first.as_str()),
        context: *context,
        taken: 0,
        ruled_out: ruled_out_by_facts(context),
        unasked: false,
        unchecked: false,
        closed: false,
    };
    screen.arrive(first);
    while !rest.is_empty() {
        let answer = take_until(&mut rest, b' ');
        let Some(to) = screen.leads_to(answer) else {
            break;
        };
        screen.answers.push(' ');
        screen.answers.push_str(answer);
        screen.taken += 1;
        screen.arrive(to);
    }
    screen
}

/// The methods that lead nowhere, whatever is answered.
fn ruled_out_by_facts(context: &GuideContext) -> RecoveryMethods {
    let mut out = RecoveryMethods::NONE;
    if context.flags.contains(Flags::LANDLINE) {
        out = out.insert(RecoveryMethod::Sms);
    }
    if context.trouble == Some(Trouble::Refused(Cause::Locked)) {
        // All methods share the counter of failures: only a new password or another account helps.
        out = RecoveryMethods::ALL.difference(RESET_OR_LINKED);
    }
    out
}

impl Screen {
    /// The choices, in order.
    pub fn choices(&self) -> impl Iterator<Item = ChoiceView> {
        let mut left = Packed::first(self.step);
        core::iter::from_fn(move || self.next(&mut left))
    }

    /// The methods in to show, in order: those that there are, without the one that the page is waiting
    /// for and without those that this route has ruled out. Only on the screens that list methods.
    pub fn methods(&self) -> impl Iterator<Item = RecoveryMethod> {
        let left = self.left(self.step);
        let methods = self.step.order().into_iter();
        methods.filter(move |method| left.contains(*method))
    }

    /// The exits, in order.
    pub fn exits(&self) -> impl Iterator<Item = Exit> {
        Exit::ALL.into_iter().filter(|exit| self.has(*exit))
    }

    /// Whether this screen has an exit.
    pub fn has(&self, exit: Exit) -> bool {
        match exit {
            Exit::Code => !self.closed,
            Exit::Other => {
                !matches!(self.step, Step::OtherWay | Step::Support)
                    && !self.left(Step::OtherWay).is_empty()
            }
            Exit::Support => self.step != Step::Support,
            Exit::Menu => self.step != Step::Entry,
            Exit::Back => self.taken > 0,
        }
    }

    fn arrive(&mut self, step: Step) {
        self.step = step;
        self.unasked |= step == Step::UnaskedCode;
        // To renew a code after one that was not asked for, the address is checked first.
        self.unchecked = (self.unchecked || step == Step::UnaskedCode) && step != Step::CodeRenew;
        self.closed |= step == Step::BackToCode;
        self.ruled_out = self.ruled_out.union(step.rules_out());
        if !step.is_close() {
            self.count += 1;
        }
        self.flags = self.flags_here();
    }

    fn flags_here(&self) -> Flags {
        self.context
            .flags
            .difference(Flags::OF_ROUTE)
            .union_if(self.taken == 0, Flags::FIRST)
            .union_if(self.unasked, Flags::UNASKED)
            .union_if(
                !self.step.shows().is_empty() && self.left(self.step).is_empty(),
                Flags::NO_METHODS,
            )
            .union_if(usize::from(self.taken) + 2 >= MAX_SCREENS, Flags::LATE)
    }

    fn leads_to(&self, answer: &str) -> Option<Step> {
        match answer {
            "~code" => self.has(Exit::Code).then_some(Step::BackToCode),
            "~other" => self.has(Exit::Other).then_some(Step::OtherWay),
            "~support" => self.has(Exit::Support).then_some(Step::Support),
            name => {
                let mut left = Packed::first(self.step);
                while let Some(shown) = self.next(&mut left) {
                    if shown.name == name {
                        return Some(shown.to);
                    }
                }
                None
            }
        }
    }

    /// The next choice of this screen.
    #[inline(never)]
    fn next(&self, left: &mut Packed) -> Option<ChoiceView> {
        while !left.is_end() {
            let choice = *left;
            *left = choice.next();
            if choice.fits(self.flags, self.context.there())
                && let Some(shown) = self.shown(choice)
            {
                return Some(shown);
            }
        }
        None
    }

    fn shown(&self, choice: Packed) -> Option<ChoiceView> {
        let method = match choice.sends() {
            None => None,
            Some(Sends::By(method)) => Some(method),
            // Neither an authenticator nor a sheet of backup codes sends anything.
            Some(Sends::Again) => match self.context.channel {
                Some(RecoveryMethod::App | RecoveryMethod::Backup) => return None,
                channel => channel,
            },
        };
        Some(ChoiceView {
            name: choice.name(),
            to: choice.to()?,
            group: choice.group(),
            act: match method {
                None => None,
                Some(method) => self.act(method)?,
            },
        })
    }

    /// The action that sends a code by `method`. `Some(None)`: the page cannot, or nobody knows whether it can, and
    /// the person does it. `None`: the site has no such method.
    fn act(&self, method: RecoveryMethod) -> Option<Option<Act>> {
        let GuideContext {
            channel,
            methods,
            once,
            ..
        } = self.context;
        match (channel, methods) {
            _ if self.flags.contains(Flags::ALONE) => Some(None),
            // The code that it waits for can already be typed.
            (Some(RecoveryMethod::Backup), _) if method == RecoveryMethod::Backup => Some(None),
            (Some(channel), _) if channel == method => (!once).then_some(Some(Act::Resend)),
            (_, Some(methods)) if methods.contains(method) => Some(Some(Act::Method(method))),
            (_, Some(_)) => None,
            (_, None) => Some(None),
        }
    }

    /// The methods that are left for a screen to show.
    fn left(&self, step: Step) -> RecoveryMethods {
        let mut out = self.ruled_out;
        if let Some(channel) = self.context.channel {
            out = out.insert(channel);
        }
        if self.unchecked {
            // On a false page a code that is sent would be another one to steal.
            out = out
                .insert(RecoveryMethod::Voice)
                .insert(RecoveryMethod::Sms)
                .insert(RecoveryMethod::Email);
        }
        step.shows()
            .intersection(self.context.there())
            .difference(out)
    }
}
