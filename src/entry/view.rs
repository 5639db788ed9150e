//! The view of a state: the only place where a state becomes sentences.

use super::{Notice, Request, State};
use crate::cause::Cause;
use crate::channel::{Action, Channel};
use crate::code::{Backup, Fix, Fixes, Kind, Problem};
use crate::facts::Instant;
use crate::view::{Message, Status, Timer, Tone, View};
use crate::words::Word;

const SECOND: u32 = 1_000;
const MINUTE: u32 = 60 * SECOND;
const HOUR: u32 = 60 * MINUTE;
/// From this number down the attempts left are shown before anything went wrong.
const FEW_ATTEMPTS: u32 = 5;

impl State {
    /// The view for a shell.
    pub fn view(&self) -> View {
        let kind = self.kind();
        let expiry = self.expiry();
        let retry = self.retry();
        let accepted = self.accepted();
        // While the code step is closed, another code cannot be used either.
        let resend =
            self.delivered() && !accepted && !self.locked() && self.facts.resend_at.is_some();
        let resend_wait = if resend {
            self.timer(Word::ResendIn, self.resend_at(), self.facts.sent_at)
        } else {
            None
        };
        let mut wake_in = if self.busy() { SECOND } else { u32::MAX };
        // A limit of the sending ends, with its message, also where no wait is shown.
        let wait = self.timer(Word::RetryIn, self.wait_end(), None);
        for timer in [&expiry, &wait, &resend_wait].into_iter().flatten() {
            wake_in = wake_in.min(next_change(timer.left));
        }
        View {
            status: self.status(),
            kind,
            entered: self.reading.digits.len() as u32,
            length: self.length(kind),
            attempts_left: self.facts.attempts_left.unwrap_or(0),
            sent: self.sent(kind),
            secret: (!accepted && !self.ended()).then_some(Word::KeepSecret),
            message: self.message(),
            countdown: retry.or(expiry),
            resend,
            resend_wait,
            methods: self.methods(kind),
            phase: self.phase.filter(|_| !accepted),
            held: self.request == Request::Code,
            invalid: matches!(
                self.notice,
                Notice::Problem(_)
                    | Notice::Refused(
                        Cause::Wrong | Cause::Expired | Cause::Used | Cause::Exhausted
                    )
                    | Notice::RefusedBefore
            ),
            wake_in: (wake_in != u32::MAX).then_some(wake_in),
        }
    }

    /// All of the view that a change of the text can change, but for the number of characters where that is not shown. The
    /// first character and a complete code count as a change, so that a part that the page has changed is drawn again.
    pub fn drawn_of_text(&self) -> impl PartialEq + use<> {
        let kind = self.kind();
        let entered = self.reading.digits.len();
        let over = entered.saturating_sub(self.length(kind) as usize);
        (
            self.notice,
            self.phase,
            kind,
            self.reading.kind,
            entered == 0,
            over,
        )
    }

    /// Lets time pass up to `at`, and sets the phase to announce.
    pub(super) fn pass(&mut self, at: u32) {
        let before = self.at;
        self.at = self.at.max(at);
        let passed = |instant: Option<Instant>, left: u32| {
            self.left_at(before, instant) > left && self.left(instant) <= left
        };
        let retry = passed(self.facts.retry_at, 0);
        let over = passed(self.wait_end(), 0);
        let phase = if retry {
            Some(Word::PhaseRetry)
        } else if !self.delivered() {
            None
        } else if passed(self.facts.expires_at, 0) {
            Some(Word::PhaseExpired)
        } else if passed(self.facts.expires_at, MINUTE) {
            Some(Word::PhaseMinute)
        } else if !self.locked() && passed(self.resend_at(), 0) {
            Some(Word::PhaseResend)
        } else {
            None
        };
        if over && matches!(self.notice, Notice::Refused(Cause::Locked | Cause::Limited)) {
            self.notice = Notice::Nothing;
        }
        self.phase = phase.or(self.phase);
    }

    /// Whether the person is entering a code that was sent: only such a code expires or can be sent again.
    fn delivered(&self) -> bool {
        self.facts.channel.is_none_or(Channel::is_sent)
            && self.kind() == Kind::Code
            && !self.ended()
    }

    fn length(&self, kind: Kind) -> u32 {
        u32::from(match kind {
            Kind::Code => self.site.rule.digits,
            Kind::Backup => self.site.rule.backup_digits,
        })
    }

    fn locked(&self) -> bool {
        self.facts.cause == Some(Cause::Locked)
            && (self.facts.retry_at.is_none() || self.left(self.facts.retry_at) > 0)
    }

    fn ended(&self) -> bool {
        self.facts.cause == Some(Cause::Ended)
    }

    fn expired(&self) -> bool {
        self.delivered() && self.facts.expires_at.is_some() && self.left(self.facts.expires_at) == 0
    }

    fn status(&self) -> Status {
        match (self.request, &self.notice) {
            (Request::Accepted { .. }, _) => Status::Accepted,
            (Request::Action | Request::Code, _) => Status::Busy,
            (_, Notice::Unreachable) => Status::Unreachable,
            (_, Notice::Problem(_)) => Status::Problem,
            _ if self.locked() => Status::Locked,
            _ if self.ended() => Status::Ended,
            // Expired by the server's account: a new code is what helps.
            (_, Notice::Refused(Cause::Expired | Cause::Exhausted)) => Status::Expired,
            (_, Notice::Refused(_) | Notice::RefusedBefore) => Status::Refused,
            _ if self.expired() => Status::Expired,
            _ => Status::Ready,
        }
    }

    fn sent(&self, kind: Kind) -> [Option<Word>; 2] {
        let (known, bare, usual) = match self.facts.channel {
            _ if kind == Kind::Backup => match self.site.rule.backup {
                Backup::Alphanumeric => (Word::EnterBackupLetters, Word::EnterBackupLetters, None),
                _ => (Word::EnterBackup, Word::EnterBackup, None),
            },
            Some(Channel::Sms) => (Word::SentSms, Word::SentSmsBare, Some(Word::UsuallySms)),
            Some(Channel::Voice) => (
                Word::SentVoice,
                Word::SentVoiceBare,
                Some(Word::UsuallyVoice),
            ),
            Some(Channel::Email) => (
                Word::SentEmail,
                Word::SentEmailBare,
                Some(Word::UsuallyEmail),
            ),
            Some(Channel::App) => (Word::EnterApp, Word::EnterApp, Some(Word::UsuallyApp)),
            Some(Channel::Backup) | None => (Word::EnterCode, Word::EnterCode, None),
        };
        [
            Some(if self.facts.destination.is_some() {
                known
            } else {
                bare
            }),
            // How long a code takes is no news once it has expired or is not asked for, or where none can be sent.
            usual.filter(|_| {
                self.facts.cause != Some(Cause::Limited)
                    && !matches!(
                        self.status(),
                        Status::Locked | Status::Ended | Status::Expired | Status::Accepted
                    )
            }),
        ]
    }

    fn expiry(&self) -> Option<Timer> {
        if !self.delivered() || self.accepted() {
            return None;
        }
        self.timer(Word::ExpiresIn, self.facts.expires_at, self.facts.sent_at)
    }

    /// From when on another code can be sent: not before the end of a limit.
    pub(super) fn resend_at(&self) -> Option<Instant> {
        let facts = &self.facts;
        match facts.cause {
            Some(Cause::Limited) if facts.resend_at.is_some() => {
                facts.resend_at.max(facts.retry_at)
            }
            _ => facts.resend_at,
        }
    }

    /// The end of a refusal's wait: where only the sending is limited, from when a code is sent, if the refusal itself
    /// stated it.
    fn wait_end(&self) -> Option<Instant> {
        self.facts.retry_at.or(self.limit_end)
    }

    fn retry(&self) -> Option<Timer> {
        self.timer(Word::RetryIn, self.facts.retry_at, None)
    }

    /// The time until `end`, in words. It is drawn against the whole span since `begin`.
    fn timer(&self, word: Word, end: Option<Instant>, begin: Option<Instant>) -> Option<Timer> {
        let left = self.left(end);
        (left > 0).then(|| Timer {
            word,
            span: in_words(left),
            left,
            total: self.facts.whole_span(begin, end),
        })
    }

    fn methods(&self, kind: Kind) -> [Option<Action>; 6] {
        let mut methods = [None; 6];
        for (place, channel) in Channel::ALL.into_iter().enumerate() {
            let taken = match channel {
                Channel::Backup => {
                    kind == Kind::Backup || self.site.rule.digits == self.site.rule.backup_digits
                }
                channel => self.facts.channel == Some(channel),
            };
            if self.site.methods[place] && !taken {
                methods[place] = Some(Action::Method(channel));
            }
        }
        if kind == Kind::Backup && self.facts.channel != Some(Channel::Backup) {
            methods[5] = Some(Action::Code);
        }
        methods
    }

    /// The most pressing notice; only one at a time.
    fn message(&self) -> Option<Message> {
        let alert = |word| (Tone::Alert, word, None);
        let (tone, first, second) = match (self.request, &self.notice) {
            (Request::Accepted { .. }, _) => (Tone::Good, Word::Accepted, None),
            (Request::Action | Request::Code, _) => (Tone::Quiet, Word::Checking, None),
            (_, Notice::Problem(problem)) => alert(self.problem(*problem)),
            (_, Notice::Refused(cause)) => self.refused(*cause),
            (_, Notice::RefusedBefore) => alert(Word::RefusedBefore),
            _ if !self.online => alert(Word::Offline),
            (_, Notice::Unreachable) => alert(Word::Unreachable),
            _ if self.locked() => self.refused(Cause::Locked),
            _ if self.ended() => self.refused(Cause::Ended),
            _ if self.left(self.facts.retry_at) > 0 => self.refused(Cause::Limited),
            (_, Notice::NewCode) => (Tone::Good, Word::NewCode, None),
            _ => self.quiet_message()?,
        };
        Some(Message {
            tone,
            words: [Some(first), second],
        })
    }

    /// The message while nothing is wrong.
    fn quiet_message(&self) -> Option<(Tone, Word, Option<Word>)> {
        let fixes = match self.notice {
            Notice::Fixes(fixes) => fixes,
            _ => Fixes::NONE,
        };
        let mut fixes = fixes.iter().map(fix_word);
        let (first, second) = (fixes.next(), fixes.next());
        if self.reading.kind == Some(Kind::Backup) && !self.backup_asked() {
            // One sentence: with a second one it would not fit two lines at 320 px.
            return Some((Tone::Quiet, Word::ReadBackup, None));
        }
        if let Some(first) = first {
            return Some((Tone::Quiet, first, second));
        }
        if self.expired() {
            return Some((Tone::Alert, Word::Expired, None));
        }
        let few = self
            .facts
            .attempts_left
            .is_some_and(|left| (1..=FEW_ATTEMPTS).contains(&left));
        (few && self.reading.digits.is_empty()).then_some((Tone::Quiet, Word::AttemptsLeft, None))
    }

    fn problem(&self, problem: Problem) -> Word {
        let backup = self.kind() == Kind::Backup;
        match problem {
            Problem::Empty => Word::Empty,
            Problem::TooFew if backup => Word::TooFewBackup,
            Problem::TooFew => Word::TooFew,
            Problem::TooMany if backup => Word::TooManyBackup,
            Problem::TooMany => Word::TooMany,
            Problem::PhoneNumber => Word::PhoneNumber,
            Problem::Date => Word::Date,
            Problem::Password => Word::Password,
            Problem::Ambiguous => Word::Ambiguous,
            Problem::OtherSite => Word::OtherSite,
            Problem::NoCode => Word::NoCode,
        }
    }

    fn refused(&self, cause: Cause) -> (Tone, Word, Option<Word>) {
        let word = match cause {
            // Of a code that no message brings, "the last one that came" is no help.
            Cause::Wrong | Cause::Used if self.kind() == Kind::Backup => Word::WrongBackup,
            Cause::Wrong | Cause::Used if self.facts.channel == Some(Channel::App) => {
                Word::WrongApp
            }
            Cause::Wrong => Word::Wrong,
            Cause::Expired => Word::Expired,
            Cause::Used => Word::Used,
            Cause::Exhausted => Word::Exhausted,
            Cause::Ended => Word::Ended,
            Cause::Locked if self.facts.retry_at.is_some() => Word::Locked,
            Cause::Locked => Word::LockedOpen,
            Cause::Limited if self.left(self.wait_end()) > 0 => Word::Limited,
            Cause::Limited => Word::LimitedOpen,
            Cause::Unknown => Word::Unknown,
        };
        // After an expired or used code it is a new code that helps, not another attempt.
        let counted = cause == Cause::Wrong && self.facts.attempts_left.unwrap_or(0) > 0;
        (Tone::Alert, word, counted.then_some(Word::AttemptsLeft))
    }
}

fn fix_word(fix: Fix) -> Word {
    match fix {
        Fix::Message => Word::FixMessage,
        Fix::FullWidth => Word::FixFullWidth,
        Fix::OtherDigits => Word::FixOtherDigits,
        Fix::LookAlike => Word::FixLookAlike,
        Fix::Separators => Word::FixSeparators,
        Fix::Invisible => Word::FixInvisible,
    }
}

/// A span in words, rounded up: in seconds up to a minute, in minutes up to an hour, then in hours.
fn in_words(left: u32) -> (Word, u32) {
    let (word, unit) = if left <= MINUTE {
        (Word::SpanSeconds, SECOND)
    } else if left <= HOUR {
        (Word::SpanMinutes, MINUTE)
    } else {
        (Word::SpanHours, HOUR)
    };
    (word, left.div_ceil(unit))
}

/// Milliseconds until the result of [`in_words`] changes.
fn next_change(left: u32) -> u32 {
    let unit = if left <= MINUTE { SECOND } else { MINUTE };
    match left % unit {
        0 => unit,
        part => part,
    }
}
