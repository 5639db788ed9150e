//! Events of the field from the text of a seed: a name and its values with U+001F between them. Facts are in the order of
//! `www/facts.js`, and a missing value is empty.

use todoita::cause::Cause;
use todoita::channel::{Action, Channel};
use todoita::code::Backup;
use todoita::entry::{Answer, Event, Site, State};
use todoita::facts::{Facts, Instant};

/// The values of an event, one after the other.
struct Values<'a>(std::str::Split<'a, char>);

impl<'a> Values<'a> {
    fn of(text: &'a str) -> Values<'a> {
        Values(text.split('\u{1F}'))
    }

    fn text(&mut self) -> &'a str {
        self.0.next().unwrap_or_default()
    }

    fn flag(&mut self) -> bool {
        !self.text().is_empty()
    }

    fn number<T: std::str::FromStr>(&mut self) -> Option<T> {
        self.text().parse().ok()
    }

    fn instant(&mut self) -> Option<Instant> {
        self.number().and_then(Instant::new)
    }

    fn facts(&mut self) -> Facts {
        Facts {
            now: self.instant(),
            channel: Channel::from_name(self.text()),
            destination: Some(self.text().to_owned()).filter(|text| !text.is_empty()),
            sent_at: self.instant(),
            expires_at: self.instant(),
            resend_at: self.instant(),
            attempts_left: self.number(),
            retry_at: self.instant(),
            cause: Some(self.text())
                .filter(|word| !word.is_empty())
                .map(Cause::from_wire),
            resends: self.number(),
            unanswered: false,
        }
    }
}

/// The state of a new field: digits, backup digits, backup codes, a flag for each channel, `auto-submit`, JSON, host.
pub fn state(text: &str) -> State {
    let mut values = Values::of(text);
    let mut site = Site::default();
    site.rule.digits = values.number().unwrap_or(site.rule.digits);
    site.rule.backup_digits = values.number().unwrap_or(site.rule.backup_digits);
    site.rule.backup = match values.text() {
        "alphanumeric" => Backup::Alphanumeric,
        "none" => Backup::None,
        _ => Backup::Digits,
    };
    for method in &mut site.methods {
        *method = values.flag();
    }
    site.auto_submit = values.flag();
    site.json = values.flag();
    site.rule.host = Some(values.text().to_owned());
    State::new(site, Facts::default())
}

/// An event; an unknown one is a tick.
pub fn event(text: &str) -> Event<'_> {
    let mut values = Values::of(text);
    match values.text() {
        "insert" => Event::Insert {
            before: values.text(),
            inserted: values.text(),
            after: values.text(),
            chunk: values.flag(),
        },
        "settled" => Event::Settled {
            before: values.text(),
            after: values.text(),
            by_person: values.flag(),
        },
        "changed" => Event::Changed(values.text()),
        "submit" => Event::Submit {
            text: values.text(),
            action: Action::from_value(values.text()),
        },
        "invalid" => Event::Invalid(values.text()),
        "released" => Event::Released,
        "accepted" => Event::Answered(Answer::Accepted),
        "refused" => Event::Answered(Answer::Refused(values.facts())),
        "sent" => Event::Answered(Answer::Sent(values.facts())),
        "unreachable" => Event::Answered(Answer::Unreachable),
        "facts" => Event::Facts(values.facts()),
        "resent" => Event::Resent(values.facts()),
        "online" => Event::Online(values.flag()),
        "reset" => Event::Reset,
        _ => Event::Tick,
    }
}
