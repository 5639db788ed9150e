//! Somebody else may be at it.

use crate::guide::Flags;
use crate::guide::Step::{self, *};
use crate::guide::choice::{Choice, Group, go};

#[rustfmt::skip]
pub(super) const SCREENS: &[(Step, &[Choice])] = &[
    (SomeoneAsks, &[
        go("safe", SecureAccount),
        go("told", SecureNow),
    ]),
    (PageFromLink, &[
        go("entered", SecureNow),
        go("nothing", Done),
        go("own", WaitOtherNetwork),
    ]),
    (UnaskedCode, &[
        go("self", CodeRenew),
        go("not-me", SecureAccount),
        go("stranger", NotYourAccount),
        go("opened", SecureNow).under(Group::OpenedOrGave),
        go("told", SecureNow).under(Group::OpenedOrGave),
        go("unsure", SecureNow).under(Group::OpenedOrGave),
        go("no-account", Done),
    ]),
    (RealOrFake, &[
        go("entered", SecureNow),
        go("fine", BackToCode),
    ]),
    (SecureAccount, &[
        go("done", Done),
        go("locked-out", OtherWay),
        go("changed", ContactChanged).unless(Flags::LATE),
        go("changed", Support).when(Flags::LATE),
    ]),
    (SecureNow, &[
        go("done", Done),
        go("cannot", ContactChanged).unless(Flags::LATE),
        go("cannot", Support).when(Flags::LATE),
    ]),
    (ContactChanged, &[
        go("mine", Done),
        go("cannot", Support),
    ]),
];
