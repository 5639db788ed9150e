//! What becomes of a text that is about to come into the field.
//!
//! Nothing that was typed is taken away: a key that is no digit stays, and is dropped only in the
//! moment in which the whole text reads as a code. What was pasted is put in as the code it holds; a
//! text that holds none stays outside, and the person is told why.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::{Effect, Shown, State};
use crate::code::{self, Fix, Problem, Reading};

impl State {
    pub(super) fn insert(
        &mut self,
        before: &str,
        inserted: &str,
        after: &str,
        chunk: bool,
    ) -> Vec<Effect> {
        if self.busy() {
            return vec![Effect::Keep];
        }
        self.inserted = None;
        let chunk = chunk || inserted.chars().nth(1).is_some();
        let read = code::read(inserted, &self.site.rule);
        if chunk && read.kind.is_some() {
            return self.whole(read, 0);
        }
        if chunk && !is_part(&read) {
            let problem = read.problem.unwrap_or(Problem::NoCode);
            if problem == Problem::Empty {
                return Vec::new();
            }
            self.shown = Shown::Problem(problem);
            return vec![Effect::Keep];
        }
        let all = code::read(&[before, inserted, after].concat(), &self.site.rule);
        if all.kind.is_some() && !(before.is_empty() && after.is_empty() && !chunk) {
            let plain = all.fixes.is_empty();
            if !plain {
                let back = digits_in(after);
                return self.whole(all, back);
            }
        }
        // A part of a code: as it is, or with its digits in the form that a server reads.
        let mended = if chunk {
            read.digits.clone()
        } else {
            ascii(inserted, &read)
        };
        if chunk {
            self.inserted = Some(read);
        } else if mended != inserted {
            self.inserted = Some(Reading {
                fixes: vec![fix_of(inserted)],
                ..read
            });
        }
        if mended == inserted {
            return Vec::new();
        }
        vec![Effect::Replace {
            whole: false,
            text: mended,
            back: after.chars().count(),
        }]
    }

    pub(super) fn settled(&mut self, text: &str) -> Vec<Effect> {
        let read = code::read(text, &self.site.rule);
        if read.kind.is_some() && read.digits != text {
            return self.whole(read, 0);
        }
        if read.kind.is_none() && is_part(&read) && read.digits != text {
            let digits = read.digits.clone();
            self.inserted = Some(read);
            return vec![Effect::Replace {
                whole: true,
                text: digits,
                back: 0,
            }];
        }
        self.changed(text)
    }

    fn whole(&mut self, read: Reading, back: usize) -> Vec<Effect> {
        let text = read.digits.clone();
        self.inserted = Some(read);
        vec![Effect::Replace {
            whole: true,
            text,
            back,
        }]
    }
}

/// Whether a chunk is digits only, too few or too many of them.
fn is_part(read: &Reading) -> bool {
    matches!(read.problem, Some(Problem::TooFew | Problem::TooMany)) && !read.digits.is_empty()
}

/// One typed character, as ASCII where it is a digit of any script.
fn ascii(inserted: &str, read: &Reading) -> String {
    if read.digits.len() == 1 && is_part(read) {
        read.digits.clone()
    } else {
        inserted.to_owned()
    }
}

fn fix_of(inserted: &str) -> Fix {
    if inserted.chars().all(|c| ('０'..='９').contains(&c)) {
        Fix::FullWidth
    } else {
        Fix::OtherDigits
    }
}

/// Digits among the characters behind the caret, so that the caret can be put back before them.
fn digits_in(after: &str) -> usize {
    after.chars().filter(|c| c.is_numeric()).count()
}
