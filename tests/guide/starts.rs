//! Where the guide opens, by the channel and the cause of the last refusal.

use todoita::cause::Cause;
use todoita::guide::start;

use super::*;

const CHANNELS: [Option<RecoveryMethod>; 6] = [
    Some(RecoveryMethod::Sms),
    Some(RecoveryMethod::Email),
    Some(RecoveryMethod::Voice),
    Some(RecoveryMethod::App),
    Some(RecoveryMethod::Backup),
    None,
];

fn opens(channel: Option<RecoveryMethod>, trouble: Option<Trouble>, flags: Flags) -> &'static str {
    let context = GuideContext {
        channel,
        trouble,
        destination: true,
        flags,
        ..GuideContext::default()
    };
    let screen = replay(&context, "");
    assert_eq!(screen.step, start(&context));
    assert_eq!(screen.answers, screen.step.as_str());
    assert!(screen.flags.contains(Flags::FIRST));
    screen.step.as_str()
}

#[test]
fn by_channel() {
    let starts = CHANNELS.map(|channel| opens(channel, None, Flags::NONE));
    assert_eq!(
        starts,
        [
            "sms-check-destination",
            "mail-check-address",
            "voice-call",
            "app-where",
            "backup-find",
            "entry",
        ]
    );
}

#[test]
#[rustfmt::skip]
fn by_channel_and_cause() {
    let refused = [
        // wrong, expired, used, unknown: by text message, mail, call, app, backup code, and not known
        (Cause::Wrong, ["code-compare", "code-compare", "code-compare", "app-fresh-code", "backup-enter", "error-which"]),
        (Cause::Expired, ["code-renew", "code-renew", "code-renew", "app-fresh-code", "backup-enter", "error-which"]),
        (Cause::Used, ["code-renew", "code-renew", "code-renew", "app-fresh-code", "backup-enter", "error-which"]),
        (Cause::Unknown, ["error-which", "error-which", "error-which", "error-which", "backup-enter", "error-which"]),
        (Cause::Limited, ["wait-until"; 6]),
        (Cause::Locked, ["locked-which"; 6]),
    ];
    for (cause, starts) in refused {
        let trouble = Some(Trouble::Refused(cause));
        assert_eq!(CHANNELS.map(|channel| opens(channel, trouble, Flags::NONE)), starts, "{cause:?}");
    }
    for channel in CHANNELS {
        let locked = Some(Trouble::Refused(Cause::Locked));
        assert_eq!(opens(channel, locked, Flags::LOCK_TIME), "wait-until");
        assert_eq!(opens(channel, Some(Trouble::Unreachable), Flags::NONE), "wait-other-network");
        assert_eq!(opens(channel, Some(Trouble::Unexpected), Flags::NONE), "unasked-code");
    }
}

#[test]
fn a_missing_destination_is_not_checked() {
    let context = GuideContext {
        channel: Some(RecoveryMethod::Sms),
        ..GuideContext::default()
    };
    for answers in ["", "sms-check-destination", "sms-check-destination right"] {
        let screen = replay(&context, answers);
        assert_eq!(screen.answers, "sms-other-texts-arrive", "{answers}");
    }
}

#[test]
fn a_start_of_ones_own_goes_before() {
    let context = GuideContext {
        channel: Some(RecoveryMethod::App),
        ..GuideContext::default()
    };
    assert_eq!(replay(&context, "entry").step, Step::Entry);
    assert_eq!(replay(&context, "entry lost").answers, "entry lost");
    // One that there is not is no start, and nothing behind it is an answer.
    for answers in ["refused", "nowhere refused", " refused", "Entry lost"] {
        assert_eq!(replay(&context, answers).answers, "app-where", "{answers}");
    }
}
