//! Where the guide opens.

use super::{Flags, GuideContext, Step, Trouble};

/// By what happened (a refusal's cause, in the order of [`crate::cause::Cause::ALL`]; no answer; a code
/// not asked for; nothing yet; an outage; a code that ran out), then by the channel (in the order of
/// [`crate::channel::RecoveryMethod::ALL`]; not known).
#[rustfmt::skip]
const STARTS: [[Step; 6]; 13] = {
    use Step::*;
    [
        // Nothing is sent to an app: a wrong code comes from a wrong clock, not from an old message.
        [BackupEnter, CodeCompare, CodeCompare, CodeCompare, AppWhere, ErrorWhich],
        [BackupEnter, CodeLate, CodeLate, CodeLate, AppWhere, ErrorWhich],
        [BackupEnter, CodeLate, CodeLate, CodeLate, AppWhere, ErrorWhich],
        [BackupEnter, CodeLate, CodeLate, CodeLate, AppWhere, ErrorWhich],
        [LockedWhich; 6],
        [WaitUntil; 6],
        [ErrorWhich; 6],
        [BackupEnter, ErrorWhich, ErrorWhich, ErrorWhich, ErrorWhich, ErrorWhich],
        [WaitOtherNetwork; 6],
        [UnaskedCode; 6],
        [BackupFind, VoiceRang, SmsCheckDestination, MailCheckAddress, AppWhere, Entry],
        [BackupFind, SiteTrouble, SiteTrouble, SiteTrouble, AppWhere, Entry],
        [BackupFind, CodeLate, CodeLate, CodeLate, AppWhere, Entry],
    ]
};

/// The screen that (channel, cause) opens. Facts are not asked for.
pub fn start(context: &GuideContext) -> Step {
    let happened = match context.trouble {
        Some(Trouble::Refused(cause)) => cause as usize,
        Some(Trouble::Unreachable) => 8,
        Some(Trouble::Unexpected) => 9,
        // Nobody's own mistake: what the site knows about itself comes first.
        None if context.flags.contains(Flags::INCIDENT) => 11,
        None if context.flags.contains(Flags::EXPIRED) => 12,
        None => 10,
    };
    let channel = context.channel.map_or(5, |channel| channel as usize);
    let starts = STARTS.as_flattened();
    // A method by which no code comes is not a channel.
    let step = starts.get(happened * 6 + channel.min(5));
    match step.copied().unwrap_or(Step::Entry) {
        Step::LockedWhich if context.flags.contains(Flags::LOCK_TIME) => Step::WaitUntil,
        step => step,
    }
}
