//! Replay: answers, applied from the start, lead to a screen.

use alloc::string::String;

use super::choice::{Group, Sends};
use super::flow::MAX_SCREENS;
use super::packed_table::Packed;
use super::routes::{RESET_OR_LINKED, SENDING, order};
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
    /// The method that the route was about last.
    about: Option<RecoveryMethod>,
    /// A phone may be lost.
    lost: bool,
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
    /// The whole menu, as a new route.
    Menu,
    /// One answer less.
    Back,
    /// To the screen `someone-asks`, as a new route.
    Asked,
}

impl Exit {
    /// Every exit, in the order of showing.
    pub const ALL: [Exit; 6] = [
        Exit::Code,
        Exit::Other,
        Exit::Support,
        Exit::Menu,
        Exit::Back,
        Exit::Asked,
    ];

    /// The exit's name in words.
    pub fn as_str(self) -> &'static str {
        nth("code other support menu back asked", self as usize)
    }
}

/// The screen that `answers` lead to: the name of a start and those of the choices that were pressed,
/// with a space between them. Without answers it is the start that `context` gives. Replay stops before the first
/// answer that the screen does not offer, and drops the rest.
pub fn replay(context: &GuideContext, answers: &str) -> Screen {
    let mut rest = answers;
    let named = Step::from_name(take_until(&mut rest, b' '));
    let first = match named {
        Some(step) => step,
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
        about: context.channel,
        lost: false,
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
        if answer == "~other" {
            // The exit leads to the methods that it named.
            screen.ruled_out = RecoveryMethods::ALL.difference(screen.left());
        }
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

    /// The methods to show, in order: those that are left, on a screen that lists them.
    pub fn methods(&self) -> impl Iterator<Item = RecoveryMethod> {
        let shows = self.shows_methods();
        self.other_methods().filter(move |_| shows)
    }

    /// The methods that are left, in order: those that there are, without the one that the page is waiting
    /// for and without those that this route has ruled out.
    pub fn other_methods(&self) -> impl Iterator<Item = RecoveryMethod> {
        let left = self.left();
        order(self.lost)
            .into_iter()
            .filter(move |method| left.contains(*method))
    }

    fn shows_methods(&self) -> bool {
        self.step
            .shows_methods(self.context.flags.contains(Flags::FEW_TRIES))
    }

    /// Whether a code was sent again by the method that the page is waiting for.
    pub(super) fn is_resent(&self) -> bool {
        self.context.flags.contains(Flags::RESENT)
    }

    /// The method that this screen is about: its own, or the last one on the route, or the channel.
    pub fn about(&self) -> Option<RecoveryMethod> {
        self.about
    }

    /// Whether this screen has an exit.
    pub fn has(&self, exit: Exit) -> bool {
        match exit {
            Exit::Code => !self.closed,
            Exit::Other => {
                let is_there = self.shows_methods()
                    || matches!(self.step, Step::Support | Step::Done)
                    || self.choices().any(|choice| choice.name == "other");
                !is_there && !self.left().is_empty()
            }
            Exit::Support => self.step != Step::Support,
            Exit::Menu => self.step != Step::Entry,
            Exit::Back => self.taken > 0,
            Exit::Asked => self.step.has_safety_line(),
        }
    }

    fn arrive(&mut self, step: Step) {
        self.step = step;
        self.unasked |= step == Step::UnaskedCode;
        // To renew a code after one that was not asked for, the address is checked first.
        self.unchecked = (self.unchecked || step == Step::UnaskedCode) && step != Step::CodeRenew;
        self.closed |= step == Step::BackToCode;
        self.about = step.about().or(self.about);
        self.lost |= step.is_loss();
        self.ruled_out = self.ruled_out.union(step.rules_out(self.about));
        if !step.is_close() {
            self.count += 1;
        }
        self.flags = self.flags_here();
    }

    fn flags_here(&self) -> Flags {
        // The facts of a message count only on the screens of its method.
        let is_of_another = self.about != self.context.channel;
        self.context
            .flags
            .difference(Flags::OF_ROUTE)
            .difference(if is_of_another {
                Flags::OF_THE_MESSAGE
            } else {
                Flags::NONE
            })
            .union_if(self.taken == 0, Flags::FIRST)
            .union_if(self.unasked, Flags::UNASKED)
            .union_if(
                self.shows_methods() && self.left().is_empty(),
                Flags::NO_METHODS,
            )
            .union(match self.about {
                Some(RecoveryMethod::Sms) => Flags::BY_SMS,
                Some(RecoveryMethod::Email) => Flags::BY_EMAIL,
                Some(RecoveryMethod::Voice) => Flags::BY_VOICE,
                Some(RecoveryMethod::App) => Flags::BY_APP,
                Some(RecoveryMethod::Backup) => Flags::BY_BACKUP,
                _ => Flags::NONE,
            })
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
        let backup = Some(Sends::By(RecoveryMethod::Backup));
        if choice.sends() == backup && !self.context.there().contains(RecoveryMethod::Backup) {
            return None;
        }
        let (name, to) = (choice.name(), choice.to()?);
        // "Sign in another way", where there is none: the exit to the support is on every screen.
        if name == "other" && to == Step::OtherWay && self.left().is_empty() {
            return None;
        }
        Some(ChoiceView {
            name,
            to,
            group: self.group_of(choice),
            act: match choice.sends() {
                None => None,
                Some(Sends::By(RecoveryMethod::Backup)) => self.backup(),
                Some(Sends::By(method)) => Some(self.sends(Some(method))?),
                Some(Sends::Again) => Some(self.sends(None)?),
            },
        })
    }

    /// On the menu, what does not concern the channel is behind "more". Without a channel an app and a call are.
    fn group_of(&self, choice: Packed) -> Option<Group> {
        let about = choice.method();
        let is_first = match self.context.channel {
            Some(channel) => about == Some(channel),
            None => !matches!(about, Some(RecoveryMethod::App | RecoveryMethod::Voice)),
        };
        match choice.group() {
            Some(Group::Main) if about.is_some() && !is_first => Some(Group::NotComing),
            group => group,
        }
    }

    /// The action that sends one code by `method`, or by the channel in use; `None`: the page cannot.
    fn sends(&self, method: Option<RecoveryMethod>) -> Option<Act> {
        let GuideContext {
            channel,
            methods,
            can_resend,
            ..
        } = self.context;
        let method = method.or(channel);
        if self.flags.contains(Flags::ALONE) {
            return None;
        }
        if method == channel {
            // Neither an authenticator nor a sheet of backup codes sends anything.
            let is_sent = method.is_none_or(|method| SENDING.contains(method));
            return (can_resend && is_sent).then_some(Act::Resend);
        }
        let method = method?;
        methods?.contains(method).then_some(Act::Method(method))
    }

    /// The action that opens the field for a backup code; `None`: it is open, or the person finds it.
    fn backup(&self) -> Option<Act> {
        let backup = RecoveryMethod::Backup;
        let is_there = self.context.methods.is_some_and(|it| it.contains(backup));
        let can =
            is_there && self.context.channel != Some(backup) && !self.flags.contains(Flags::ALONE);
        can.then_some(Act::Method(backup))
    }

    /// The methods that are left.
    fn left(&self) -> RecoveryMethods {
        let mut out = self.ruled_out.union(self.step.withholds(self.about));
        if let Some(channel) = self.context.channel {
            out = out.insert(channel);
        }
        if self.unchecked {
            // On a false page a code that is sent would be another one to steal.
            out = out.union(SENDING);
        }
        self.context.there().difference(out)
    }
}
