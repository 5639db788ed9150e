//! What an entry looks like: the only place where its state becomes sentences.

use super::{Channel, Request, Shown, State};
use crate::cause::Cause;
use crate::code::{Backup, Fix, Kind, Problem};
use crate::view::{Action, Deed, Message, Status, Timer, Tone, View};
use crate::words::{Sentence, Value, Word};

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
/// What a cool-down is drawn against when the page does not know how long it was.
const USUAL_WAIT: u64 = 30 * SECOND;
/// Few enough tries to speak of them before anything went wrong.
const FEW_ATTEMPTS: u32 = 5;

impl State {
    /// What a shell shows now.
    pub fn view(&self) -> View {
        let kind = self.kind();
        let expiry = self.expiry();
        let retry = self.retry();
        let resend = self.resend();
        let status = self.status();
        let wake_in = [
            expiry.as_ref(),
            retry.as_ref(),
            resend.as_ref().and_then(|action| action.wait.as_ref()),
        ]
        .into_iter()
        .flatten()
        .map(|timer| next_change(timer.left))
        .chain(self.busy().then_some(SECOND))
        .min();
        View {
            status,
            kind,
            have: self.reading.digits.chars().count(),
            want: self.want(kind),
            sent: self.sent(kind),
            message: self.message(),
            expiry,
            retry,
            resend,
            ways: self.ways(kind),
            support: self.site.support.clone(),
            phase: self.phase.map(Sentence::bare),
            can_submit: self.reading.kind.is_some() && self.request == Request::None,
            busy: self.busy(),
            invalid: matches!(
                self.shown,
                Shown::Problem(_)
                    | Shown::Refused(Cause::Wrong | Cause::Expired | Cause::Used)
                    | Shown::RefusedBefore
            ),
            wake_in,
        }
    }

    /// Lets time pass up to `at`, and notes the moments that are said aloud.
    pub(super) fn pass(&mut self, at: u64) {
        let before = [
            self.facts.expires_at,
            self.facts.resend_at,
            self.facts.retry_at,
        ]
        .map(|then| self.until(then));
        self.at = self.at.max(at);
        let after = [
            self.facts.expires_at,
            self.facts.resend_at,
            self.facts.retry_at,
        ]
        .map(|then| self.until(then));
        let passed = |which: usize, mark: u64| before[which] > mark && after[which] <= mark;
        let accepted = self.request == Request::Accepted;
        let delivered = self.facts.channel.is_none_or(Channel::is_sent);
        self.phase = match () {
            () if accepted => None,
            () if passed(2, 0) => Some(Word::PhaseRetry),
            () if delivered && passed(0, 0) => Some(Word::PhaseExpired),
            () if delivered && passed(0, MINUTE) => Some(Word::PhaseMinute),
            () if passed(1, 0) => Some(Word::PhaseResend),
            () => self.phase,
        };
    }

    fn want(&self, kind: Kind) -> usize {
        usize::from(match kind {
            Kind::Code => self.site.rule.digits,
            Kind::Backup => self.site.rule.backup_digits,
        })
    }

    fn locked(&self) -> bool {
        self.facts.cause == Some(Cause::Locked)
            && (self.facts.retry_at.is_none() || self.until(self.facts.retry_at) > 0)
    }

    fn over(&self) -> bool {
        let delivered = self.facts.channel.is_none_or(Channel::is_sent);
        delivered
            && self.kind() == Kind::Code
            && self.facts.expires_at.is_some()
            && self.now().is_some()
            && self.until(self.facts.expires_at) == 0
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

    fn sent(&self, kind: Kind) -> Vec<Sentence> {
        let digits = |word| number(word, "digits", self.want(kind) as u64);
        if kind == Kind::Backup {
            let letters = self.site.rule.backup == Backup::Alphanumeric;
            return vec![digits(if letters {
                Word::EnterBackupLetters
            } else {
                Word::EnterBackup
            })];
        }
        let (known, bare, usual) = match self.facts.channel {
            Some(Channel::Sms) => (Word::SentSms, Word::SentSmsBare, Word::UsuallySms),
            Some(Channel::Voice) => (Word::SentVoice, Word::SentVoiceBare, Word::UsuallyVoice),
            Some(Channel::Email) => (Word::SentEmail, Word::SentEmailBare, Word::UsuallyEmail),
            Some(Channel::App) => {
                return vec![digits(Word::EnterApp), Sentence::bare(Word::UsuallyApp)];
            }
            Some(Channel::Backup) | None => return vec![digits(Word::EnterCode)],
        };
        let mut first = digits(bare);
        if let Some(destination) = &self.facts.destination {
            first.word = known;
            first
                .values
                .push(("destination", Value::Text(destination.clone())));
        }
        vec![first, Sentence::bare(usual)]
    }

    fn expiry(&self) -> Option<Timer> {
        let sent = self.facts.channel.is_none_or(Channel::is_sent) && self.kind() == Kind::Code;
        if !sent || self.request == Request::Accepted {
            return None;
        }
        let from = self.facts.sent_at.or(self.facts.now);
        self.timer(Word::ExpiresIn, self.facts.expires_at, from)
    }

    fn retry(&self) -> Option<Timer> {
        self.timer(Word::RetryIn, self.facts.retry_at, self.facts.now)
    }

    fn resend(&self) -> Option<Action> {
        let sent = self.facts.channel.is_none_or(Channel::is_sent);
        if !sent || self.kind() == Kind::Backup {
            return None;
        }
        self.facts.resend_at?;
        let from = self.facts.sent_at.or(self.facts.now);
        Some(Action {
            deed: Deed::Resend,
            label: Sentence::bare(Word::Resend),
            wait: self.timer(Word::ResendIn, self.facts.resend_at, from),
        })
    }

    /// What is left until the server's instant `then`, in words. `from`: when the span began.
    fn timer(&self, word: Word, then: Option<u64>, from: Option<u64>) -> Option<Timer> {
        let left = self.until(then);
        if left == 0 {
            return None;
        }
        let whole = match (then, from) {
            (Some(then), Some(from)) => then.saturating_sub(from),
            _ => USUAL_WAIT,
        };
        let mut sentence = Sentence::with(word, "span", span(left));
        sentence
            .values
            .extend(then.map(|then| ("time", Value::Time(then))));
        Some(Timer {
            sentence,
            left,
            total: whole.max(left),
        })
    }

    fn ways(&self, kind: Kind) -> Vec<Action> {
        let plain = |deed, word| Action {
            deed,
            label: Sentence::bare(word),
            wait: None,
        };
        let mut ways = Vec::new();
        if kind == Kind::Backup && self.facts.channel != Some(Channel::Backup) {
            ways.push(plain(Deed::Code, Word::WayCode));
        }
        for &way in &self.site.ways {
            let (same, word) = match way {
                Channel::Sms => (self.facts.channel == Some(way), Word::WaySms),
                Channel::Voice => (self.facts.channel == Some(way), Word::WayVoice),
                Channel::Email => (self.facts.channel == Some(way), Word::WayEmail),
                Channel::App => (self.facts.channel == Some(way), Word::WayApp),
                Channel::Backup => (kind == Kind::Backup, Word::WayBackup),
            };
            if !same {
                ways.push(plain(Deed::Way(way), word));
            }
        }
        ways
    }

    /// One thing at a time, the most pressing one.
    fn message(&self) -> Option<Message> {
        let say = |tone, sentences| Some(Message { tone, sentences });
        let one = |tone, word| say(tone, vec![Sentence::bare(word)]);
        match self.request {
            Request::Accepted => return one(Tone::Good, Word::Accepted),
            Request::UnderWay { .. } => return one(Tone::Quiet, Word::Checking),
            Request::None => {}
        }
        match &self.shown {
            Shown::Problem(problem) => return say(Tone::Alert, vec![self.problem(*problem)]),
            Shown::Refused(cause) => return say(Tone::Alert, self.refused(*cause)),
            Shown::RefusedBefore => return one(Tone::Alert, Word::RefusedBefore),
            Shown::Unreachable if self.online => return one(Tone::Alert, Word::Unreachable),
            _ => {}
        }
        if !self.online {
            return one(Tone::Alert, Word::Offline);
        }
        if self.facts.retry_at.is_some() && self.until(self.facts.retry_at) > 0 {
            return say(
                Tone::Alert,
                self.refused(self.facts.cause.unwrap_or(Cause::Limited)),
            );
        }
        let backup = self.reading.kind == Some(Kind::Backup)
            && !self.backup_chosen
            && self.facts.channel != Some(Channel::Backup);
        let mut said: Vec<Sentence> = match &self.shown {
            Shown::Fixes(fixes) => fixes
                .iter()
                .map(|fix| Sentence::bare(fix_word(*fix)))
                .collect(),
            Shown::NewCode => vec![Sentence::bare(Word::NewCode)],
            _ => Vec::new(),
        };
        if backup {
            said.insert(
                0,
                number(Word::ReadBackup, "digits", self.want(Kind::Backup) as u64),
            );
        }
        // Two sentences fit the room that is kept for them.
        said.truncate(2);
        if !said.is_empty() {
            return say(Tone::Quiet, said);
        }
        if self.over() {
            return one(Tone::Alert, Word::Expired);
        }
        match self.facts.attempts_left {
            Some(left) if left <= FEW_ATTEMPTS && self.reading.digits.is_empty() => say(
                Tone::Quiet,
                vec![number(Word::AttemptsLeft, "n", left.into())],
            ),
            _ => None,
        }
    }

    fn problem(&self, problem: Problem) -> Sentence {
        let kind = self.kind();
        let backup = kind == Kind::Backup;
        let word = match problem {
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
        };
        let mut sentence = number(word, "digits", self.want(kind) as u64);
        let have = self.reading.digits.chars().count() as u64;
        sentence.values.push(("have", Value::Number(have)));
        sentence
    }

    fn refused(&self, cause: Cause) -> Vec<Sentence> {
        let word = match cause {
            Cause::Wrong => Word::Wrong,
            Cause::Expired => Word::Expired,
            Cause::Used => Word::Used,
            Cause::Locked if self.facts.retry_at.is_some() => Word::Locked,
            Cause::Locked => Word::LockedOpen,
            Cause::Limited => Word::Limited,
            Cause::Unknown => Word::Unknown,
        };
        let mut first = Sentence::bare(word);
        first
            .values
            .extend(self.facts.retry_at.map(|then| ("time", Value::Time(then))));
        let mut said = vec![first];
        let counted = matches!(cause, Cause::Wrong | Cause::Expired | Cause::Used);
        if let (true, Some(left)) = (counted, self.facts.attempts_left) {
            said.push(number(Word::AttemptsLeft, "n", left.into()));
        }
        said
    }
}

fn number(word: Word, name: &'static str, n: u64) -> Sentence {
    Sentence::with(word, name, Value::Number(n))
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
fn span(left: u64) -> Value {
    if left <= MINUTE {
        Value::Span(Word::SpanSeconds, left.div_ceil(SECOND))
    } else if left <= HOUR {
        Value::Span(Word::SpanMinutes, left.div_ceil(MINUTE))
    } else {
        Value::Span(Word::SpanHours, left.div_ceil(HOUR))
    }
}

/// Milliseconds until [`span`] says something else.
fn next_change(left: u64) -> u64 {
    let unit = if left <= MINUTE { SECOND } else { MINUTE };
    match left % unit {
        0 => unit,
        part => part,
    }
}
