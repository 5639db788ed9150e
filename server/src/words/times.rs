//! Clock times and dates in sentences.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::{Lang, Words};
use todoita::text::round_up;

impl Words {
    /// An instant from which something works, as a clock time: rounded up, with its day where that is another than
    /// that of `now`. Both in milliseconds since the Unix epoch; `utc_offset` in minutes.
    pub fn clock_time_from(&self, at: u64, now: u64, utc_offset: i32) -> String {
        self.clock_time(round_up(at), now, utc_offset)
    }

    /// An instant as a clock time, hours and minutes, with its day where that is another than that of `now`. Both in
    /// milliseconds since the Unix epoch; `utc_offset` in minutes.
    pub fn clock_time(&self, at: u64, now: u64, utc_offset: i32) -> String {
        let (then, today) = (local(at, utc_offset), local(now, utc_offset).date());
        let (sign, offset) = (
            if utc_offset < 0 { '-' } else { '+' },
            utc_offset.unsigned_abs(),
        );
        let zone = match (self.lang, offset % 60) {
            (Lang::Ja, _) => String::new(),
            (Lang::En, 0) => format!(" (UTC{sign}{})", offset / 60),
            (Lang::En, rest) => format!(" (UTC{sign}{}:{rest:02})", offset / 60),
        };
        let time = format!("{}:{:02}{zone}", then.hour(), then.minute());
        // The same days by name as in a page (www/sentence.js): tests/moments.json holds both.
        let key = match then.date() {
            day if day == today => return time,
            day if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) => "day-tomorrow",
            _ => "day-later",
        };
        let values = [
            ("month", self.nth("months", then.month())),
            ("day", &then.day().to_string()),
            (
                "weekday",
                self.nth("weekdays", then.weekday().to_sunday_one_offset()),
            ),
            ("time", &time),
        ];
        self.own_with(key, &values)
    }

    /// The date of an instant in milliseconds since the Unix epoch; `utc_offset` in minutes.
    pub fn date(&self, at: u64, utc_offset: i32) -> String {
        let date = local(at, utc_offset).date();
        let values = [
            ("year", &*date.year().to_string()),
            ("month", self.nth("months", date.month())),
            ("day", &*date.day().to_string()),
        ];
        self.own_with("date", &values)
    }

    /// A name of a month or of a day of the week, by its place in the year or in the week from 1.
    fn nth<'a>(&'a self, key: &'a str, place: i8) -> &'a str {
        let names = self.own(key).split(' ');
        names
            .take(usize::try_from(place).unwrap_or(0))
            .last()
            .unwrap_or_default()
    }
}

/// The date and the time of an instant (milliseconds since the Unix epoch) at an offset from UTC in minutes.
fn local(at: u64, utc_offset: i32) -> DateTime {
    let at = i64::try_from(at)
        .ok()
        .and_then(|at| Timestamp::from_millisecond(at).ok());
    let offset = Offset::from_seconds(utc_offset.saturating_mul(60)).unwrap_or(Offset::UTC);
    offset.to_datetime(at.unwrap_or(Timestamp::MAX))
}
