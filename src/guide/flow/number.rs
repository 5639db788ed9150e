//! Whose number or mailbox it is, and whether it is here.

use crate::guide::Flags;
use crate::guide::Step::{self, *};
use crate::guide::choice::{Choice, Sends, go};

#[rustfmt::skip]
pub(super) const SCREENS: &[(Step, &[Choice])] = &[
    (NumberWhose, &[
        go("old", LostWhatIsLeft),
        go("family", FamilyNumber),
        go("others", NumberOfOthers),
        go("died", OwnerDied),
        go("landline", OtherWay).when(Flags::BY_SMS),
        go("unknown", ContactChanged),
    ]),
    (NotHere, &[
        go("send", BackToCode).sends(Sends::Again),
        go("logged-in", StillLoggedIn).unless(Flags::LATE),
        go("stolen", StolenPhone).unless(Flags::LATE),
        go("other", OtherWay),
    ]),
    (FamilyNumber, &[
        go("send", BackToCode).sends(Sends::Again),
        go("changed", StillLoggedIn),
        go("other", OtherWay),
    ]),
    (NumberOfOthers, &[
        go("logged-in", StillLoggedIn),
        go("other", OtherWay),
        go("none", Support),
    ]),
    (OwnerDied, &[
        go("support", Support),
    ]),
];
