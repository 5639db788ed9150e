//! A mail does not come.

use crate::channel::RecoveryMethod;
use crate::guide::Flags;
use crate::guide::Step::{self, *};
use crate::guide::choice::{Choice, Sends, go};

#[rustfmt::skip]
pub(super) const SCREENS: &[(Step, &[Choice])] = &[
    (MailCheckAddress, &[
        go("right", MailSearch),
        go("came", ItCame).when(Flags::FIRST),
        go("elsewhere", NotHere),
        go("picture", MailOpenInBrowser),
        go("whose", NumberWhose).when(Flags::FIRST).unless(Flags::REGISTERING),
        go("others", SiteTrouble).unless(Flags::INCIDENT),
        go("fix", BackToCode).when(Flags::REGISTERING),
    ]),
    (MailSearch, &[
        go("found", BackToCode),
        go("others", SiteTrouble).unless(Flags::INCIDENT),
        go("still", MailAllowDomain).unless(Flags::FREE_MAIL),
        go("still", CodeRenew).when(Flags::FREE_MAIL),
    ]),
    (MailAllowDomain, &[
        go("came", BackToCode),
        go("send", BackToCode).unless(Flags::WAITING).sends(Sends::By(RecoveryMethod::Email)),
        go("wait", BackToCode).when(Flags::WAITING),
        go("still", OtherWay),
    ]),
    (MailOpenInBrowser, &[
        go("read", BackToCode),
        go("still", OtherWay),
    ]),
];
