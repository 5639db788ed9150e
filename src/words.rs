//! The key of every sentence. The sentences themselves are data (`www/words/*.json`): a
//! [`crate::view::View`] carries keys and values, never text.

/// The key of a sentence of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[rustfmt::skip]
#[allow(missing_docs, reason = "each is its sentence, which stands in www/words/")]
pub enum Word {
    // Where the code went, or where it is to be found.
    SentSms, SentSmsBare, SentVoice, SentVoiceBare, SentEmail, SentEmailBare,
    EnterApp, EnterBackup, EnterBackupLetters, EnterCode,
    UsuallySms, UsuallyVoice, UsuallyEmail, UsuallyApp,
    // Times.
    ExpiresIn, ResendIn, RetryIn, SpanSeconds, SpanMinutes, SpanHours,
    // What was read, and what was changed.
    ReadBackup, FixMessage, FixFullWidth, FixOtherDigits, FixLookAlike, FixSeparators, FixInvisible,
    // Why nothing was read.
    Empty, TooFew, TooMany, TooFewBackup, TooManyBackup, PhoneNumber, Date, Password, Ambiguous,
    OtherSite, NoCode,
    // What became of it.
    Checking, Accepted, NewCode, RefusedBefore,
    Wrong, Expired, Used, Locked, LockedOpen, Limited, Unknown, Unreachable, Offline, AttemptsLeft,
    // Said once, at fixed moments.
    PhaseMinute, PhaseExpired, PhaseResend, PhaseRetry,
    // What can be pressed.
    Help, HelpIntro, Resend, WaySms, WayVoice, WayEmail, WayApp, WayBackup, WayCode, Support,
}

impl Word {
    /// Every key, in the order of the files.
    #[rustfmt::skip]
    pub const ALL: [Word; 66] = {
        use Word::*;
        [
            SentSms, SentSmsBare, SentVoice, SentVoiceBare, SentEmail, SentEmailBare,
            EnterApp, EnterBackup, EnterBackupLetters, EnterCode,
            UsuallySms, UsuallyVoice, UsuallyEmail, UsuallyApp,
            ExpiresIn, ResendIn, RetryIn, SpanSeconds, SpanMinutes, SpanHours,
            ReadBackup, FixMessage, FixFullWidth, FixOtherDigits, FixLookAlike, FixSeparators, FixInvisible,
            Empty, TooFew, TooMany, TooFewBackup, TooManyBackup, PhoneNumber, Date, Password, Ambiguous,
            OtherSite, NoCode,
            Checking, Accepted, NewCode, RefusedBefore,
            Wrong, Expired, Used, Locked, LockedOpen, Limited, Unknown, Unreachable, Offline, AttemptsLeft,
            PhaseMinute, PhaseExpired, PhaseResend, PhaseRetry,
            Help, HelpIntro, Resend, WaySms, WayVoice, WayEmail, WayApp, WayBackup, WayCode, Support,
        ]
    };

    /// The key as it stands in the files.
    pub fn as_str(self) -> &'static str {
        KEYS.split(' ').nth(self as usize).unwrap_or_default()
    }

    /// The same letter by letter, which takes less code than to cut it out.
    pub fn letters(self) -> impl Iterator<Item = char> {
        let mut left = self as usize;
        KEYS.bytes().map(char::from).filter(move |&letter| {
            if letter != ' ' {
                return left == 0;
            }
            left = left.wrapping_sub(1);
            false
        })
    }
}

/// One string, not a table of them: a page has to fetch it.
const KEYS: &str = "\
sent-sms sent-sms-bare sent-voice sent-voice-bare sent-email sent-email-bare enter-app \
enter-backup enter-backup-letters enter-code usually-sms usually-voice usually-email \
usually-app expires-in resend-in retry-in span-seconds span-minutes span-hours \
read-backup fix-message fix-full-width fix-other-digits fix-look-alike fix-separators \
fix-invisible empty too-few too-many too-few-backup too-many-backup phone-number date \
password ambiguous other-site no-code checking accepted new-code refused-before wrong \
expired used locked locked-open limited unknown unreachable offline attempts-left \
phase-minute phase-expired phase-resend phase-retry help help-intro resend way-sms \
way-voice way-email way-app way-backup way-code support";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_in_the_order_of_the_enum() {
        for (place, word) in Word::ALL.into_iter().enumerate() {
            assert_eq!(word as usize, place);
            assert_eq!(Some(word.as_str()), KEYS.split(' ').nth(place));
            assert!(word.letters().eq(word.as_str().chars()));
        }
    }
}
