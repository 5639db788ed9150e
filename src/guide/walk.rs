//! The walk: answers, replayed from the start, lead to a screen.

use alloc::string::String;

use super::flow::{Choice, MAX_SCREENS, Sends};
use super::{Flags, Known, Mail, Step, Way, Ways, cut, start};
use crate::cause::Cause;
use crate::guide::{Device, Trouble};

/// What a shell shows: one screen, and what can be pressed on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The screen.
    pub step: Step,
    /// What holds on it.
    pub flags: Flags,
    /// The screens that were read so far, this one included; one that closes the guide is none.
    pub count: u8,
    /// The start and the answers that led here, with a space between them: what is kept and sent.
    pub answers: String,
    known: Known,
    /// Answers that were taken.
    taken: u8,
    ruled_out: Ways,
    unasked: bool,
}

/// A choice that is shown, and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The choice.
    pub choice: &'static Choice,
    /// What the page does when it is pressed; `None`: it only leads on.
    pub act: Option<Act>,
}

/// What the page does when a choice is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Sends one new code the way the page is waiting for.
    Resend,
    /// Takes another way.
    Way(Way),
}

/// What can be pressed on every screen, besides its choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Back to the code.
    Code,
    /// To the ways that are left. An answer: `~other`.
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
        match self {
            Exit::Code => "code",
            Exit::Other => "other",
            Exit::Support => "support",
            Exit::Menu => "menu",
            Exit::Back => "back",
        }
    }
}

/// The screen that `answers` lead to: the name of a start and those of the choices that were pressed,
/// with a space between them. No answers are the start that `known` gives. The walk stops before the
/// first answer that is not to be had there; it and all behind it are forgotten.
pub fn replay(known: &Known, answers: &str) -> Screen {
    let mut rest = answers;
    let named = Step::from_name(cut(&mut rest, b' '));
    let first = match named {
        Some(step) => start::shown_as(known, step),
        None => {
            rest = "";
            start::start(known)
        }
    };
    let mut screen = Screen {
        step: first,
        flags: Flags::NONE,
        count: 0,
        answers: String::from(first.as_str()),
        known: *known,
        taken: 0,
        ruled_out: ruled_out_by_facts(known),
        unasked: false,
    };
    screen.arrive(first);
    while !rest.is_empty() {
        let answer = cut(&mut rest, b' ');
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

/// The ways that lead nowhere, whatever is answered.
fn ruled_out_by_facts(known: &Known) -> Ways {
    let mut out = Ways::NONE;
    if known.landline {
        out = out.with(Way::Sms);
    }
    if known.trouble == Some(Trouble::Refused(Cause::Locked)) {
        // One counter for all doors: only a new password, or another account, opens one.
        out = Ways::ALL.without(Ways::NONE.with(Way::Reset).with(Way::Linked));
    }
    out
}

impl Screen {
    /// What can be answered, in order.
    pub fn choices(&self) -> impl Iterator<Item = Shown> {
        let choices = self.step.choices().iter();
        choices.filter_map(|choice| self.shown(choice))
    }

    /// The ways in to show, in order: those that there are, without the one that the page is waiting
    /// for and without those that this walk has ruled out. Only where a walk ends by other ways.
    pub fn ways(&self) -> impl Iterator<Item = Way> {
        let left = self.left();
        let ways = self.step.shows().iter().copied();
        ways.filter(move |way| left.has(*way))
    }

    /// The exits, in order.
    pub fn exits(&self) -> impl Iterator<Item = Exit> {
        Exit::ALL.into_iter().filter(|exit| self.has(*exit))
    }

    /// Whether this screen has an exit.
    pub fn has(&self, exit: Exit) -> bool {
        match exit {
            Exit::Code => true,
            Exit::Other => {
                !matches!(self.step, Step::OtherWay | Step::Support)
                    && any(Step::OtherWay, self.left())
            }
            Exit::Support => self.step != Step::Support,
            Exit::Menu => self.step != Step::Entry,
            Exit::Back => self.taken > 0,
        }
    }

    fn arrive(&mut self, step: Step) {
        self.step = step;
        self.unasked |= step == Step::UnaskedCode;
        self.ruled_out = self.ruled_out.and(step.rules_out());
        if !step.is_close() {
            self.count += 1;
        }
        self.flags = self.flags_here();
    }

    fn flags_here(&self) -> Flags {
        let Known {
            registering,
            mail,
            device,
            ..
        } = self.known;
        Flags::NONE
            .and_if(registering == Some(true), Flags::REGISTERING)
            .and_if(registering == Some(false), Flags::SIGN_IN)
            .and_if(self.known.landline, Flags::LANDLINE)
            .and_if(self.known.lock_time, Flags::LOCK_TIME)
            .and_if(mail == Some(Mail::Free), Flags::FREE_MAIL)
            .and_if(mail == Some(Mail::Carrier), Flags::CARRIER_MAIL)
            .and_if(self.taken == 0, Flags::FIRST)
            .and_if(self.unasked, Flags::UNASKED)
            .and_if(self.known.resent, Flags::RESENT)
            .and_if(self.known.incident, Flags::INCIDENT)
            .and_if(self.known.alone, Flags::ALONE)
            .and_if(device == Some(Device::Ios), Flags::IOS)
            .and_if(device == Some(Device::Android), Flags::ANDROID)
            .and_if(device == Some(Device::Desktop), Flags::DESKTOP)
            .and_if(
                !self.step.shows().is_empty() && !any(self.step, self.left()),
                Flags::NO_WAYS,
            )
            .and_if(usize::from(self.taken) + 2 >= MAX_SCREENS, Flags::LATE)
    }

    fn leads_to(&self, answer: &str) -> Option<Step> {
        match answer {
            "~other" => self.has(Exit::Other).then_some(Step::OtherWay),
            "~support" => self.has(Exit::Support).then_some(Step::Support),
            name => {
                let mut choices = self.choices();
                let found = choices.find(|shown| shown.choice.name == name)?;
                Some(found.choice.to)
            }
        }
    }

    fn shown(&self, choice: &'static Choice) -> Option<Shown> {
        let when = &choice.when;
        let fits = self.flags.has(when.all)
            && !self.flags.has_any(when.none)
            && self.known.there().holds(when.ways);
        let act = match choice.sends {
            _ if !fits => return None,
            None => None,
            Some(Sends::By(way)) => self.act(way)?,
            Some(Sends::Again) => match self.known.channel {
                None => None,
                Some(way) => self.act(way)?,
            },
        };
        Some(Shown { choice, act })
    }

    /// What sends a code by `way`. `Some(None)`: the page cannot, or nobody knows whether it can, and
    /// the person does it. `None`: the site has no such way.
    fn act(&self, way: Way) -> Option<Option<Act>> {
        let Known {
            channel,
            ways,
            alone,
            ..
        } = self.known;
        match (channel, ways) {
            _ if alone => Some(None),
            // What it waits for is already there to be typed.
            (Some(Way::Backup), _) if way == Way::Backup => Some(None),
            (Some(Way::App), _) if way == Way::App => None,
            (Some(channel), _) if channel == way => Some(Some(Act::Resend)),
            (_, Some(ways)) if ways.has(way) => Some(Some(Act::Way(way))),
            (_, Some(_)) => None,
            (_, None) => Some(None),
        }
    }

    fn left(&self) -> Ways {
        let mut left = self.known.there().without(self.ruled_out);
        if let Some(channel) = self.known.channel {
            left = left.without(Ways::NONE.with(channel));
        }
        left
    }
}

fn any(step: Step, left: Ways) -> bool {
    step.shows().iter().any(|way| left.has(*way))
}
