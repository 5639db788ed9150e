//! Drawing: a view of the core, as calls on the parts of the page.

use super::imports::Parts;
use super::names::{Cause, Channel, Kind, Part, Status, Tone};
use crate::facts::{Facts, Instant};
use crate::view::{Timer, View};
use crate::words::Word;

impl Parts {
    /// Draws facts, which came at `facts_at`, and a view. `now`: the server's clock.
    pub(super) fn draw(&self, facts: &Facts, facts_at: u32, view: &View, now: Option<u64>) {
        let ms = |instant: Option<Instant>| instant.map_or(f64::NAN, |ms| ms.get() as f64);
        let number = |count: Option<u32>| count.map_or(f64::NAN, f64::from);
        self.facts(
            ms(facts.now),
            facts.channel.map(Channel::from),
            facts.destination.as_deref(),
            ms(facts.sent_at),
            ms(facts.expires_at),
            ms(facts.resend_at),
            number(facts.attempts_left),
            ms(facts.retry_at),
            if facts.unanswered {
                Some(Cause::Unreachable)
            } else {
                facts.cause.map(Cause::from)
            },
            number(facts.resends),
            facts_at,
        );
        let message = view.message;
        self.state(
            Status::from(view.status),
            Kind::from(view.kind),
            message.map(|message| Tone::from(message.tone)),
            view.length,
            view.entered,
            view.attempts_left,
            now.map_or(f64::NAN, |now| now as f64),
        );
        let [first, second] = message.map_or([None; 2], |message| message.words);
        self.words(Part::Message, first, second);
        let [sent, usual] = view.sent;
        self.words(Part::Sent, sent, None);
        self.words(Part::Usual, view.secret, usual);
        self.words(Part::Phase, view.phase, None);
        self.timer(Part::Times, view.countdown);
        self.timer(Part::Wait, view.resend_wait);
        for action in view.methods.into_iter().flatten() {
            self.offer(action.into());
        }
        self.finish(
            view.resend,
            view.held,
            view.invalid,
            view.wake_in.unwrap_or(0),
        );
    }

    fn words(&self, part: Part, first: Option<Word>, second: Option<Word>) {
        let place = |word: Word| word as u8;
        self.sentences(part, first.map(place), second.map(place));
    }

    fn timer(&self, part: Part, timer: Option<Timer>) {
        match timer {
            None => self.time(part, None, 0, 0, 0),
            Some(Timer {
                word,
                span: (unit, n),
                left,
                total,
            }) => {
                // The remaining share in hundredths, for the style sheet to draw.
                let remaining = left / (total / 100).max(1);
                self.time(part, Some(word as u8), unit as u8, n, remaining);
            }
        }
    }
}
