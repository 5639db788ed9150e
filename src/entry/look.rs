//! What an entry looks like: the only place where its state becomes sentences.

use super::{Request, Shown, State};
use crate::cause::Cause;
use crate::channel::{Action, Channel};
use crate::code::{Backup, Fix, Fixes, Kind, Problem};
use crate::facts::Instant;
use crate::view::{Message, Status, Timer, Tone, View};
use crate::words::Word;

const SECOND: u32 = 1_000;
const MINUTE: u32 = 60 * SECOND;
const HOUR: u32 = 60 * MINUTE;
/// Few enough tries to speak of them before anything went wrong.
const FEW_ATTEMPTS: u32 = 5;

impl State {
    /// What a shell shows now.
    pub fn view(&self) -> View {
        let kind = self.kind();
        let expiry = self.expiry();
        let retry = self.retry();
        let accepted = self.request == Request::Accepted;
        let resend = self.delivered() && !accepted && self.facts.resend_at.is_some();
        let resend_wait = if resend {
            self.timer(Word::ResendIn, self.facts.resend_at, self.facts.sent_at)
        } else {
            None
        };
        let mut wake_in = if self.busy() { SECOND } else { u32::MAX };
        for timer in [&expiry, &retry, &resend_wait].into_iter().flatten() {
            wake_in = wake_in.min(next_change(timer.left));
        }
        View {
            status: self.status(),
            kind,
            have: self.reading.digits.len() as u32,
            want: self.want(kind),
            attempts_left: self.facts.attempts_left.unwrap_or(0),
            sent: self.sent(kind),
            message: self.message(),
            expiry,
            retry,
            resend,
            resend_wait,
            ways: self.ways(kind),
            phase: self.phase.filter(|_| self.request != Request::Accepted),
            can_submit: self.reading.kind.is_some() && self.request == Request::None,
            busy: self.busy(),
            invalid: matches!(
                self.shown,
                Shown::Problem(_)
                    | Shown::Refused(Cause::Wrong | Cause::Expired | Cause::Used)
                    | Shown::RefusedBefore
            ),
            wake_in: (wake_in != u32::MAX).then_some(wake_in),
        }
    }

    /// Lets time pass up to `at`, and notes the moments that are said aloud.
    pub(super) fn pass(&mut self, at: u32) {
        let before = self.at;
        self.at = self.at.max(at);
        let passed = |instant: Option<Instant>, left: u32| {
            self.left_at(before, instant) > left && self.left(instant) <= left
        };
        let retry = passed(self.facts.retry_at, 0);
        let phase = if retry {
            Some(Word::PhaseRetry)
        } else if !self.delivered() {
            return;
        } else if passed(self.facts.expires_at, 0) {
            Some(Word::PhaseExpired)
        } else if passed(self.facts.expires_at, MINUTE) {
            Some(Word::PhaseMinute)
        } else if passed(self.facts.resend_at, 0) {
            Some(Word::PhaseResend)
        } else {
            return;
        };
        if retry && matches!(self.shown, Shown::Refused(Cause::Locked | Cause::Limited)) {
            self.shown = Shown::Nothing;
        }
        self.phase = phase;
    }

    /// Whether the person is giving a code that travels: only such a code expires or can be sent again.
    fn delivered(&self) -> bool {
        self.facts.channel.is_none_or(Channel::is_sent) && self.kind() == Kind::Code
    }

    fn want(&self, kind: Kind) -> u32 {
        u32::from(match kind {
            Kind::Code => self.site.rule.digits,
            Kind::Backup => self.site.rule.backup_digits,
        })
    }

    fn locked(&self) -> bool {
        self.facts.cause == Some(Cause::Locked)
            && (self.facts.retry_at.is_none() || self.left(self.facts.retry_at) > 0)
    }

    fn over(&self) -> bool {
        self.delivered() && self.facts.expires_at.is_some() && self.left(self.facts.expires_at) == 0
    }

    fn status(&self) -> Status {
        match (self.request, &self.shown) {
            (Request::Accepted, _) => Status::Accepted,
            (Request::UnderWay { .. }, _) => Status::Busy,
            (_, Shown::Unreachable) => Status::Unreachable,
            (_, Shown::Problem(_)) => Status::Problem,
            _ if self.locked() => Status::Locked,
            (_, Shown::Refused(_) | Shown::RefusedBefore) => Status::Refused,
            _ if self.over() => Status::Expired,
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
            usual,
        ]
    }

    fn expiry(&self) -> Option<Timer> {
        if !self.delivered() || self.request == Request::Accepted {
            return None;
        }
        self.timer(Word::ExpiresIn, self.facts.expires_at, self.facts.sent_at)
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

    fn ways(&self, kind: Kind) -> [Option<Action>; 6] {
        let mut ways = [None; 6];
        for (place, way) in Channel::ALL.into_iter().enumerate() {
            let taken = match way {
                Channel::Backup => {
                    kind == Kind::Backup || self.site.rule.digits == self.site.rule.backup_digits
                }
                way => self.facts.channel == Some(way),
            };
            if self.site.ways[place] && !taken {
                ways[place] = Some(Action::Method(way));
            }
        }
        if kind == Kind::Backup && self.facts.channel != Some(Channel::Backup) {
            ways[5] = Some(Action::Code);
        }
        ways
    }

    /// One thing at a time, the most pressing one.
    fn message(&self) -> Option<Message> {
        let alert = |word| (Tone::Alert, word, None);
        let (tone, first, second) = match (self.request, &self.shown) {
            (Request::Accepted, _) => (Tone::Good, Word::Accepted, None),
            (Request::UnderWay { .. }, _) => (Tone::Quiet, Word::Checking, None),
            (_, Shown::Problem(problem)) => alert(self.problem(*problem)),
            (_, Shown::Refused(cause)) => self.refused(*cause),
            (_, Shown::RefusedBefore) => alert(Word::RefusedBefore),
            _ if !self.online => alert(Word::Offline),
            (_, Shown::Unreachable) => alert(Word::Unreachable),
            _ if self.locked() => self.refused(Cause::Locked),
            _ if self.left(self.facts.retry_at) > 0 => alert(Word::Limited),
            (_, Shown::NewCode) => (Tone::Good, Word::NewCode, None),
            _ => self.in_passing()?,
        };
        Some(Message {
            tone,
            words: [Some(first), second],
        })
    }

    /// What is said while nothing is wrong.
    fn in_passing(&self) -> Option<(Tone, Word, Option<Word>)> {
        let fixes = match self.shown {
            Shown::Fixes(fixes) => fixes,
            _ => Fixes::NONE,
        };
        let mut fixes = fixes.iter().map(fix_word);
        let (first, second) = (fixes.next(), fixes.next());
        if self.reading.kind == Some(Kind::Backup) && !self.backup_asked() {
            return Some((Tone::Quiet, Word::ReadBackup, first));
        }
        if let Some(first) = first {
            return Some((Tone::Quiet, first, second));
        }
        if self.over() {
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
        let (word, counted) = match cause {
            Cause::Wrong => (Word::Wrong, true),
            Cause::Expired => (Word::Expired, true),
            Cause::Used => (Word::Used, true),
            Cause::Locked if self.facts.retry_at.is_some() => (Word::Locked, false),
            Cause::Locked => (Word::LockedOpen, false),
            Cause::Limited => (Word::Limited, false),
            Cause::Unknown => (Word::Unknown, false),
        };
        let left = self.facts.attempts_left.filter(|&left| counted && left > 0);
        (Tone::Alert, word, left.map(|_| Word::AttemptsLeft))
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

/// A span in the largest unit that says enough: never less than is left.
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

/// Milliseconds until [`in_words`] says something else.
fn next_change(left: u32) -> u32 {
    let unit = if left <= MINUTE { SECOND } else { MINUTE };
    match left % unit {
        0 => unit,
        part => part,
    }
}
