//! A text message does not come.

use crate::channel::RecoveryMethod;
use crate::guide::Flags;
use crate::guide::Step::{self, *};
use crate::guide::choice::{Choice, Group, Sends, go};

#[rustfmt::skip]
pub(super) const SCREENS: &[(Step, &[Choice])] = &[
    (SmsCheckDestination, &[
        go("landline", OtherWay).when(Flags::LANDLINE),
        go("right", SmsOtherTextsArrive),
        go("came", ItCame),
        go("not-here", NotHere),
        go("whose", NumberWhose).unless(Flags::REGISTERING),
        go("fix", NumberFormat).when(Flags::REGISTERING),
    ]),
    (NumberFormat, &[
        go("fixed", BackToCode),
        go("still", OtherWay),
    ]),
    (SmsOtherTextsArrive, &[
        go("yes", HiddenOnPhone).under(Group::Arrive),
        go("no", PhoneSignal).under(Group::Arrive),
        go("dead", LineStopped).under(Group::Line),
        go("two", SimCheck).under(Group::Line),
        go("changed", SimCheck).under(Group::Line),
        go("data", SimCheck).under(Group::Line),
        go("landline", OtherWay).under(Group::Else),
        go("others", SiteTrouble).unless(Flags::INCIDENT).under(Group::Else),
        go("number", NumberFormat).unless(Flags::SIGN_IN).under(Group::Else),
    ]),
    (PhoneSignal, &[
        go("came", BackToCode),
        go("dead", LineStopped),
        go("still", CarrierFilter),
    ]),
    (LineStopped, &[
        go("send", BackToCode).sends(Sends::By(RecoveryMethod::Sms)),
        go("changed", ContactChanged).unless(Flags::LATE),
        go("changed", Support).when(Flags::LATE),
        go("other", OtherWay),
    ]),
    (HiddenOnPhone, &[
        go("found", BackToCode),
        go("unblocked", BackToCode).sends(Sends::By(RecoveryMethod::Sms)),
        go("still", CarrierFilter),
    ]),
    (SimCheck, &[
        go("send", BackToCode).sends(Sends::By(RecoveryMethod::Sms)),
        go("came", BackToCode),
        go("still", CarrierFilter),
        go("other", OtherWay),
    ]),
    (CarrierFilter, &[
        go("send", BackToCode).unless(Flags::WAITING).sends(Sends::By(RecoveryMethod::Sms)),
        go("wait", BackToCode).when(Flags::WAITING),
        go("came", BackToCode),
        go("still", OtherWay),
    ]),
];
