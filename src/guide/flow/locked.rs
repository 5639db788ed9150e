//! Locked, or limited.

use crate::guide::Flags;
use crate::guide::Step::{self, *};
use crate::guide::choice::{Choice, go};

#[rustfmt::skip]
pub(super) const SCREENS: &[(Step, &[Choice])] = &[
    (LockedWhich, &[
        go("often", WaitUntil),
        go("unusual", LockedUnusualLogin),
        go("use", UnlockCode),
        go("not-me", SecureAccount),
    ]),
    (WaitUntil, &[
        go("repair", SmsOtherTextsArrive).when(Flags::FIRST.union(Flags::BY_SMS).union(Flags::LIMITED)),
        go("repair", MailSearch).when(Flags::FIRST.union(Flags::BY_EMAIL).union(Flags::LIMITED)),
        go("unasked", UnaskedCode).when(Flags::FIRST),
        go("in", BackToCode).when(Flags::LIMITED).unless(Flags::EXPIRED),
        go("still", Support),
    ]),
    (LockedUnusualLogin, &[
        go("in", BackToCode),
        go("code", UnlockCode),
        go("still", Support),
    ]),
    (UnlockCode, &[
        go("out", BackToCode),
        go("still", OtherWay),
        go("cannot", Support),
    ]),
];
