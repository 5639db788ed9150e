//! Where the guide opens.

use super::{Flags, Known, Step, Trouble, Way};
use crate::cause::Cause;

/// The screen that (channel, cause) opens. What the page knows is not asked for.
pub fn start(known: &Known) -> Step {
    let step = match known.trouble {
        Some(Trouble::Unexpected) => Step::UnaskedCode,
        Some(Trouble::Unreachable) => Step::WaitOtherNetwork,
        Some(Trouble::Refused(cause)) => refused(known, cause),
        None => match known.channel {
            Some(Way::Sms) => Step::SmsCheckDestination,
            Some(Way::Email) => Step::MailCheckAddress,
            Some(Way::App) => Step::AppWhere,
            Some(Way::Voice) => Step::VoiceCall,
            Some(Way::Backup) => Step::BackupFind,
            _ => Step::Entry,
        },
    };
    shown_as(known, step)
}

/// The screen that a start is shown as: without a destination there is none to check.
pub fn shown_as(known: &Known, step: Step) -> Step {
    match step {
        Step::SmsCheckDestination if !known.destination => Step::SmsOtherTextsArrive,
        step => step,
    }
}

fn refused(known: &Known, cause: Cause) -> Step {
    match (cause, known.channel) {
        (Cause::Limited, _) => Step::WaitUntil,
        (Cause::Locked, _) if known.flags.has(Flags::LOCK_TIME) => Step::WaitUntil,
        (Cause::Locked, _) => Step::LockedWhich,
        (_, Some(Way::Backup)) => Step::BackupEnter,
        (Cause::Unknown, _) => Step::ErrorWhich,
        // Nothing is sent: a wrong code comes from a wrong clock, not from an old message.
        (_, Some(Way::App)) => Step::AppFreshCode,
        (Cause::Wrong, Some(Way::Sms | Way::Email | Way::Voice)) => Step::CodeCompare,
        (_, Some(Way::Sms | Way::Email | Way::Voice)) => Step::CodeRenew,
        _ => Step::ErrorWhich,
    }
}
