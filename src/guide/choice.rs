//! A choice of a screen: where it leads, when it is shown, and what the page does.

use super::{Flags, Step};
use crate::channel::{RecoveryMethod, RecoveryMethods};
use crate::word_list::nth;

/// An answer that can be chosen on a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name in words and answers. Two of a screen may share one if they are never shown together.
    pub name: &'static str,
    /// The screen that it leads to.
    pub to: Step,
    /// When it is shown.
    pub when: When,
    /// The action of the page, if any.
    pub sends: Option<Sends>,
    /// The group that it is in.
    pub group: Option<Group>,
}

/// When a choice is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// Flags that must be set.
    pub all: Flags,
    /// Flags that must not be set.
    pub none: Flags,
    /// The methods that there must be.
    pub methods: RecoveryMethods,
}

/// One new code, or the field for the code that is already there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sends {
    /// One new code by this method; by [`RecoveryMethod::Backup`], the field for a backup code.
    By(RecoveryMethod),
    /// One new code by the method that the page is waiting for.
    Again,
}

/// A heading over choices. Those of [`Group::Main`] have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(
    missing_docs,
    reason = "each is its heading, whose words are in www/words/"
)]
pub enum Group {
    Urgent,
    Main,
    NotComing,
    CannotGoOn,
    ChangedForgotten,
    Worried,
    Foot,
    Careful,
    CannotEnter,
    Arrive,
    Line,
    Else,
    OpenedOrGave,
}

impl Group {
    /// Every heading.
    pub const ALL: [Group; 13] = [
        Group::Urgent,
        Group::Main,
        Group::NotComing,
        Group::CannotGoOn,
        Group::ChangedForgotten,
        Group::Worried,
        Group::Foot,
        Group::Careful,
        Group::CannotEnter,
        Group::Arrive,
        Group::Line,
        Group::Else,
        Group::OpenedOrGave,
    ];

    /// Whether the choices of this group are behind "more" on the menu.
    pub const fn is_more(self) -> bool {
        matches!(
            self,
            Group::NotComing
                | Group::CannotGoOn
                | Group::ChangedForgotten
                | Group::Worried
                | Group::Foot
        )
    }

    /// The heading's name in words.
    pub fn as_str(self) -> &'static str {
        const GROUPS: &str = "\
urgent main not-coming cannot-go-on changed-forgotten worried foot careful cannot-enter arrive \
line else opened-or-gave";
        nth(GROUPS, self as usize)
    }
}

pub(super) const fn go(name: &'static str, to: Step) -> Choice {
    Choice {
        name,
        to,
        when: When {
            all: Flags::NONE,
            none: Flags::NONE,
            methods: RecoveryMethods::NONE,
        },
        sends: None,
        group: None,
    }
}

impl Choice {
    pub(super) const fn when(mut self, flags: Flags) -> Choice {
        self.when.all = self.when.all.union(flags);
        self
    }

    pub(super) const fn unless(mut self, flags: Flags) -> Choice {
        self.when.none = self.when.none.union(flags);
        self
    }

    pub(super) const fn method(mut self, method: RecoveryMethod) -> Choice {
        self.when.methods = self.when.methods.insert(method);
        self
    }

    pub(super) const fn sends(mut self, sends: Sends) -> Choice {
        self.sends = Some(sends);
        self
    }

    pub(super) const fn under(mut self, group: Group) -> Choice {
        self.group = Some(group);
        self
    }
}
