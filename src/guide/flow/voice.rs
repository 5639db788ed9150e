//! A call does not come, or is not understood.

use crate::channel::RecoveryMethod;
use crate::guide::Flags;
use crate::guide::Step::{self, *};
use crate::guide::choice::{Choice, Sends, go};

#[rustfmt::skip]
pub(super) const SCREENS: &[(Step, &[Choice])] = &[
    (VoiceRang, &[
        go("silent", VoiceCall),
        go("unclear", VoiceUnclear),
        go("heard", BackToCode),
        go("not-here", NotHere),
        go("whose", NumberWhose).when(Flags::FIRST).unless(Flags::REGISTERING),
        go("fix", NumberFormat).when(Flags::REGISTERING),
    ]),
    (VoiceCall, &[
        go("call", BackToCode).sends(Sends::By(RecoveryMethod::Voice)),
        go("still", OtherWay),
    ]),
    (VoiceUnclear, &[
        go("call", BackToCode).sends(Sends::By(RecoveryMethod::Voice)),
        go("still", OtherWay),
    ]),
];
