//! The field's wire format: events come in as text, effects, facts and the view go out as text.
//!
//! An event is a name and its values, separated by U+001F, since typed or pasted text may contain anything
//! else. Effects and the view are lines, each a name and its values, separated by spaces. `www/element.js` is
//! the other side.

use alloc::string::String;

use super::{Answer, Dispatch, Effects, Event, Site, State};
use crate::cause::Cause;
use crate::channel::{Action, Channel};
use crate::code::Backup;
use crate::facts::{Facts, Instant};
use crate::view::{Timer, View, kind_str};
use crate::word_list::take_until;
use crate::words::Word;

/// Separates the values of an event, and the facts.
const SEPARATOR: char = '\u{1F}';

/// Takes the values of an event, one after the other; a missing one is empty.
struct Values<'a>(&'a str);

impl<'a> Values<'a> {
    fn next(&mut self) -> &'a str {
        take_until(&mut self.0, SEPARATOR as u8)
    }

    fn flag(&mut self) -> bool {
        !self.next().is_empty()
    }

    /// A decimal number without its fraction; `None` for anything else.
    fn number(&mut self) -> Option<u64> {
        let mut number = None;
        for byte in self.next().bytes() {
            let digit = u64::from(byte.wrapping_sub(b'0'));
            if digit > 9 {
                break;
            }
            let tens = number.unwrap_or(0u64).saturating_mul(10);
            number = Some(tens.saturating_add(digit));
        }
        number
    }

    #[inline(never)]
    fn instant(&mut self) -> Option<Instant> {
        Instant::new(self.number()?)
    }

    fn count(&mut self) -> Option<u32> {
        Some(u32::try_from(self.number()?).unwrap_or(u32::MAX))
    }

    fn text(&mut self) -> Option<String> {
        let value = self.next();
        let mut text = String::new();
        text.push_str(value);
        (!text.is_empty()).then_some(text)
    }

    /// Facts in the order of [`facts`].
    fn facts(&mut self) -> Facts {
        Facts {
            now: self.instant(),
            channel: Channel::from_name(self.next()),
            destination: self.text(),
            sent_at: self.instant(),
            expires_at: self.instant(),
            resend_at: self.instant(),
            attempts_left: self.count(),
            retry_at: self.instant(),
            cause: match self.next() {
                "" => None,
                word => Some(Cause::from_wire(word)),
            },
            resends: self.count(),
            unanswered: false,
        }
    }
}

/// Makes the state for a site's settings: digits, backup digits, backup, methods (a flag for each of
/// [`Channel::ALL`]), `auto-submit`, `json`, own host.
pub fn state(site: &str) -> State {
    let mut values = Values(site);
    let mut site = Site::default();
    if let Some(digits) = values.number() {
        site.rule.digits = digits as u8;
    }
    if let Some(digits) = values.number() {
        site.rule.backup_digits = digits as u8;
    }
    site.rule.backup = match values.next() {
        "alphanumeric" => Backup::Alphanumeric,
        "none" => Backup::None,
        _ => Backup::Digits,
    };
    for method in &mut site.methods {
        *method = values.flag();
    }
    site.auto_submit = values.flag();
    site.json = values.flag();
    let mut host = String::new();
    host.push_str(values.next());
    site.rule.host = Some(host);
    State::new(site, Facts::default())
}

/// Takes in an event and gives the effects, a line for each. An unknown event counts as a tick. `at`:
/// milliseconds since the page's facts were said.
pub fn update(state: &mut State, at: u32, event: &str) -> String {
    let mut values = Values(event);
    let name = values.next();
    let mut behind = Values(values.0);
    let (first, second, third) = (behind.next(), behind.next(), behind.next());
    let event = match name {
        "insert" => Event::Insert {
            before: first,
            inserted: second,
            after: third,
            chunk: behind.flag(),
        },
        "settled" => Event::Settled {
            before: first,
            after: second,
            by_person: !third.is_empty(),
        },
        "changed" => Event::Changed(first),
        "submit" => Event::Submit {
            text: first,
            action: Action::from_value(second),
        },
        "invalid" => Event::Invalid(first),
        "released" => Event::Released,
        "accepted" => Event::Answered(Answer::Accepted),
        "refused" => Event::Answered(Answer::Refused(values.facts())),
        "sent" => Event::Answered(Answer::Sent(values.facts())),
        "unreachable" => Event::Answered(Answer::Unreachable),
        "facts" => Event::Facts(values.facts()),
        "online" => Event::Online(!first.is_empty()),
        "reset" => Event::Reset,
        _ => Event::Tick,
    };
    let effects = super::update(state, at, event);
    let mut lines = Lines::default();
    lines.effects(&effects, &state.reading().digits);
    lines.0
}

/// The facts and the view, as they are now. First the facts, each may be empty and is followed by U+001F:
/// `now`, `channel`, `destination`, `sent-at`, `expires-at`, `resend-at`, `attempts-left`, `retry-at`, `cause`
/// (`unreachable` where no answer came), `resends`, and the shell's milliseconds when `now` was received. Then
/// the lines of the view.
pub fn view(state: &State) -> String {
    let facts = state.facts();
    let cause = match facts.cause {
        _ if facts.unanswered => "unreachable",
        Some(cause) => cause.as_str(),
        None => "",
    };
    let mut values = Lines::default();
    values.optional(facts.now.map(Instant::get));
    values.part(facts.channel.map_or("", Channel::as_str));
    values.part(facts.destination.as_deref().unwrap_or_default());
    values.optional(facts.sent_at.map(Instant::get));
    values.optional(facts.expires_at.map(Instant::get));
    values.optional(facts.resend_at.map(Instant::get));
    values.optional(facts.attempts_left.map(u64::from));
    values.optional(facts.retry_at.map(Instant::get));
    values.part(cause);
    values.optional(facts.resends.map(u64::from));
    values.optional(Some(state.facts_at().into()));
    values.view(&state.view());
    values.0
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn effects(&mut self, effects: &Effects, code: &str) {
        self.line_if(effects.prevent, "prevent");
        if let Some(replace) = &effects.replace {
            self.line("replace");
            self.flag(replace.whole);
            self.number(replace.back);
            self.value(&replace.text);
        }
        for event in effects.dispatch.into_iter().flatten() {
            self.line("dispatch");
            let (name, about) = match event {
                Dispatch::Input(kind) => ("input", kind.map_or("", kind_str)),
                Dispatch::Complete(kind) => ("complete", kind_str(kind)),
                Dispatch::Accepted => ("accepted", ""),
                Dispatch::Refused(cause) => ("refused", cause.as_str()),
            };
            self.value(name);
            self.value(about);
        }
        self.line_if(effects.submit, "submit");
        if let Some(send) = effects.send {
            self.line("send");
            self.flag(send.fresh);
            self.value(if send.code { code } else { "" });
        }
        self.line_if(effects.abort, "abort");
        self.line_if(effects.select, "select");
    }

    fn view(&mut self, view: &View) {
        self.0.push_str("state");
        self.value(view.status.as_str());
        self.named("kind", view.kind_str());
        self.counted("digits", view.length);
        self.counted("have", view.entered);
        self.counted("n", view.attempts_left);
        self.counted("wake", view.wake_in.unwrap_or(0));
        if let Some(message) = view.message {
            self.named("tone", message.tone.as_str());
            self.texts("message", message.words);
        }
        self.texts("sent", view.sent);
        self.texts("phase", [view.phase, None]);
        self.time("times", view.countdown);
        self.time("wait", view.resend_wait);
        for action in view.methods.into_iter().flatten() {
            self.named("method", action.as_str());
        }
        self.line_if(view.resend, "resend");
        self.line_if(view.busy, "busy");
        self.line_if(view.invalid, "invalid");
    }

    fn texts(&mut self, part: &str, words: [Option<Word>; 2]) {
        for word in words.into_iter().flatten() {
            self.named("text", part);
            self.word(word);
        }
    }

    fn time(&mut self, part: &str, timer: Option<Timer>) {
        let Some(timer) = timer else { return };
        self.named("time", part);
        self.word(timer.word);
        self.word(timer.span.0);
        self.number(timer.span.1);
        // The remaining share in hundredths, for the style sheet to draw.
        self.number(timer.left / (timer.total / 100).max(1));
    }

    fn line_if(&mut self, on: bool, name: &str) {
        if on {
            self.line(name);
        }
    }

    fn line(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(name);
    }

    fn value(&mut self, value: &str) {
        self.0.push(' ');
        self.0.push_str(value);
    }

    fn word(&mut self, word: Word) {
        self.0.push(' ');
        for letter in word.letters() {
            self.0.push(letter);
        }
    }

    fn named(&mut self, name: &str, value: &str) {
        self.line(name);
        self.value(value);
    }

    fn counted(&mut self, name: &str, n: u32) {
        self.line(name);
        self.number(n);
    }

    fn flag(&mut self, on: bool) {
        self.value(if on { "1" } else { "" });
    }

    fn part(&mut self, value: &str) {
        self.0.push_str(value);
        self.0.push(SEPARATOR);
    }

    fn optional(&mut self, value: Option<u64>) {
        if let Some(value) = value {
            self.digits(value);
        }
        self.part("");
    }

    fn number(&mut self, n: u32) {
        self.0.push(' ');
        self.digits(n.into());
    }

    fn digits(&mut self, n: u64) {
        let mut power = 10_000_000_000_000_000_000;
        while power > 1 && n < power {
            power /= 10;
        }
        while power > 0 {
            // A single digit fits.
            self.0.push(char::from(b'0' + (n / power % 10) as u8));
            power /= 10;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(state: &mut State, event: &[&str]) -> String {
        update(state, 0, &event.join("\u{1F}"))
    }

    #[test]
    fn a_pasted_message_crosses_whole() {
        let mut state = state(
            &[
                "6",
                "8",
                "digits",
                "",
                "1",
                "",
                "",
                "1",
                "",
                "1",
                "example.com",
            ]
            .join("\u{1F}"),
        );
        let message = "認証コード\n４８２９１３";
        assert_eq!(
            run(&mut state, &["insert", "12", message, "", "1"]),
            "prevent\nreplace 1 0 482913"
        );
        assert_eq!(
            run(&mut state, &["changed", "482913"]),
            "dispatch input code\ndispatch complete code"
        );
        assert_eq!(run(&mut state, &["submit", "482913", ""]), "send  482913");
        let lines = view(&state);
        assert!(lines.contains("\u{1F}state busy\n"), "{lines}");
        for line in ["busy", "method voice", "method backup"] {
            assert!(
                lines.lines().any(|other| other == line),
                "{line} in {lines}"
            );
        }
    }

    #[test]
    fn facts_cross_with_what_is_missing() {
        let mut state = state("");
        let sent = [
            "facts",
            "1795000005000",
            "sms",
            "5678",
            "1795000000000",
            "1795000600000",
            "",
            "7",
            "NaN",
            "",
        ];
        assert_eq!(run(&mut state, &sent), "");
        let lines = view(&state);
        assert!(lines.contains("text sent sent-sms\n"), "{lines}");
        assert!(
            lines.contains("time times expires-in span-minutes 10 99"),
            "{lines}"
        );
        assert!(lines.contains("n 7\n"), "{lines}");
        assert!(!lines.lines().any(|line| line == "resend"), "{lines}");
        let facts = [
            "1795000005000",
            "sms",
            "5678",
            "1795000000000",
            "1795000600000",
            "",
            "7",
            "",
            "",
            "",
            "0",
            "state ready\n",
        ];
        assert!(lines.starts_with(&facts.join("\u{1F}")), "{lines}");
        run(&mut state, &["unreachable"]);
        assert!(view(&state).contains("\u{1F}unreachable\u{1F}"));
    }

    #[test]
    fn numbers_are_read_and_written() {
        for n in [0, 7, 10, 1_000, 30_001, u64::MAX] {
            let mut lines = Lines::default();
            lines.digits(n);
            assert_eq!(Values(&lines.0).number(), Some(n));
        }
        for text in ["", "x", "-1", "NaN"] {
            assert_eq!(Values(text).number(), None, "{text}");
        }
        assert_eq!(Values("1500.75").number(), Some(1500));
        assert_eq!(Values("99999999999").count(), Some(u32::MAX));
    }
}
