//! Where the guide opens.

use super::{Flags, GuideContext, Step, Trouble};

/// By what happened (a refusal's cause, in the order of [`crate::cause::Cause::ALL`]; no answer; a code
/// not asked for; nothing yet), then by the channel (in the order of [`RecoveryMethod::ALL`]; not known).
#[rustfmt::skip]
const STARTS: [[Step; 6]; 9] = {
    use Step::*;
    [
        // Nothing is sent to an app: a wrong code comes from a wrong clock, not from an old message.
        [BackupEnter, CodeCompare, CodeCompare, CodeCompare, AppFreshCode, ErrorWhich],
        [BackupEnter, CodeRenew, CodeRenew, CodeRenew, AppFreshCode, ErrorWhich],
        [BackupEnter, CodeRenew, CodeRenew, CodeRenew, AppFreshCode, ErrorWhich],
        [LockedWhich; 6],
        [WaitUntil; 6],
        [BackupEnter, ErrorWhich, ErrorWhich, ErrorWhich, ErrorWhich, ErrorWhich],
        [WaitOtherNetwork; 6],
        [UnaskedCode; 6],
        [BackupFind, VoiceCall, SmsCheckDestination, MailCheckAddress, AppWhere, Entry],
    ]
};

/// The screen that (channel, cause) opens. Facts are not asked for.
pub fn start(context: &GuideContext) -> Step {
    let happened = match context.trouble {
        Some(Trouble::Refused(cause)) => cause as usize,
        Some(Trouble::Unreachable) => 6,
        Some(Trouble::Unexpected) => 7,
        None => 8,
    };
    let channel = context.channel.map_or(5, |channel| channel as usize);
    let starts = STARTS.as_flattened();
    // A method by which no code comes is not a channel.
    let step = starts.get(happened * 6 + channel.min(5));
    let locked_until = context.flags.contains(Flags::LOCK_TIME);
    match step.copied().unwrap_or(Step::Entry) {
        Step::LockedWhich if locked_until => Step::WaitUntil,
        step => shown_as(context, step),
    }
}

/// The screen that takes the place of a start: without a destination there is none to check.
pub fn shown_as(context: &GuideContext, step: Step) -> Step {
    match step {
        Step::SmsCheckDestination if !context.destination => Step::SmsOtherTextsArrive,
        step => step,
    }
}
