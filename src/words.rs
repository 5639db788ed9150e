//! The key of every sentence. The sentences themselves are data (`www/words/*.json`): a
//! [`crate::view::View`] carries keys and values, never text.

use crate::word_list::word_enum;

word_enum! {
    /// The key of a sentence of the field. Each is documented by its sentence in `www/words/`.
    pub enum Word as KEYS {
        // Where the code was sent, or where to find it.
        SentSms = "sent-sms", SentSmsBare = "sent-sms-bare", SentVoice = "sent-voice",
        SentVoiceBare = "sent-voice-bare", SentEmail = "sent-email", SentEmailBare = "sent-email-bare",
        EnterApp = "enter-app", EnterBackup = "enter-backup", EnterBackupLetters = "enter-backup-letters",
        EnterCode = "enter-code", UsuallySms = "usually-sms", UsuallyVoice = "usually-voice",
        UsuallyEmail = "usually-email", UsuallyApp = "usually-app", KeepSecret = "keep-secret",
        // Times.
        ExpiresIn = "expires-in", ResendIn = "resend-in", RetryIn = "retry-in", SpanSeconds = "span-seconds",
        SpanMinutes = "span-minutes", SpanHours = "span-hours",
        // Recognised and corrected input.
        ReadBackup = "read-backup", FixMessage = "fix-message", FixFullWidth = "fix-full-width",
        FixOtherDigits = "fix-other-digits", FixLookAlike = "fix-look-alike", FixSeparators = "fix-separators",
        FixInvisible = "fix-invisible",
        // Why no code was recognised.
        Empty = "empty", TooFew = "too-few", TooMany = "too-many", TooFewBackup = "too-few-backup",
        TooManyBackup = "too-many-backup", PhoneNumber = "phone-number", Date = "date", Password = "password",
        Ambiguous = "ambiguous", OtherSite = "other-site", NoCode = "no-code",
        // The outcome of a request.
        Checking = "checking", Accepted = "accepted", NewCode = "new-code", RefusedBefore = "refused-before",
        Wrong = "wrong", WrongApp = "wrong-app", WrongBackup = "wrong-backup", Expired = "expired", Used = "used", Exhausted = "exhausted", Locked = "locked", LockedOpen = "locked-open",
        Limited = "limited", LimitedOpen = "limited-open", Ended = "ended", Unknown = "unknown", Unreachable = "unreachable", Offline = "offline",
        AttemptsLeft = "attempts-left",
        // Announced once, at fixed moments.
        PhaseMinute = "phase-minute", PhaseExpired = "phase-expired", PhaseResend = "phase-resend",
        PhaseRetry = "phase-retry",
        // Buttons and links.
        Help = "help", HelpIntro = "help-intro", Resend = "resend", MethodSms = "way-sms", MethodVoice = "way-voice",
        MethodEmail = "way-email", MethodApp = "way-app", MethodBackup = "way-backup", MethodCode = "way-code",
        Support = "support", Restart = "restart",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_in_the_order_of_the_enum() {
        for (place, word) in Word::ALL.into_iter().enumerate() {
            assert_eq!(word as usize, place);
            assert_eq!(
                KEYS.split(' ').position(|key| key == word.as_str()),
                Some(place)
            );
        }
    }
}
