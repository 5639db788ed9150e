//! What becomes of a text that is about to come into the field.
//!
//! Nothing that was typed is taken away: a key that is no digit stays, and is dropped only in the
//! moment in which the whole text reads as a code. What was pasted is put in as the code it holds; a
//! text that holds none stays outside, and the person is told why.

use alloc::string::String;

use super::{Effects, Notice, Replace, State};
use crate::code::{self, Fixes, Kind, Problem, Reading};

impl State {
    pub(super) fn insert(
        &mut self,
        before: &str,
        inserted: &str,
        after: &str,
        chunk: bool,
        effects: &mut Effects,
    ) {
        self.inserted = None;
        if self.busy() {
            effects.prevent = true;
            return;
        }
        let chunk = chunk || inserted.chars().nth(1).is_some();
        let read = code::read(inserted, &self.site.rule);
        if chunk {
            match read.problem {
                None => {
                    // A code that comes at once is one, whatever was asked for.
                    self.backup_chosen &= read.kind == Some(Kind::Backup);
                    return self.put(read, true, 0, effects);
                }
                Some(Problem::Empty) => return,
                Some(Problem::TooFew | Problem::TooMany) => self.inserted = Some(Fixes::NONE),
                Some(problem) => {
                    self.notice = Notice::Problem(problem);
                    effects.prevent = true;
                    return;
                }
            }
        }
        let all = code::read(&joined(&[before, inserted, after]), &self.site.rule);
        if self.is_whole(&all) && !all.fixes.is_empty() {
            return self.put(all, true, digits_in(after), effects);
        }
        if is_other_form(&read, inserted) {
            self.put(read, false, count(after), effects);
        }
    }

    pub(super) fn settled(&mut self, before: &str, after: &str, effects: &mut Effects) {
        let text = &joined(&[before, after]);
        let read = code::read(text, &self.site.rule);
        if self.is_whole(&read) && read.digits != *text {
            return self.put(read, true, digits_in(after), effects);
        }
        if is_other_form(&read, text) {
            return self.put(read, true, count(after), effects);
        }
        self.changed(text, effects);
    }

    fn put(&mut self, read: Reading, whole: bool, back: u32, effects: &mut Effects) {
        effects.prevent = true;
        if read.kind.is_some() {
            self.inserted = Some(read.fixes);
        }
        effects.replace = Some(Replace {
            whole,
            text: read.digits,
            back,
        });
    }
}

/// Not by `concat`, which weighs more, nor by an operator, which takes a text that is owned.
fn joined(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// Characters of a text. Not by `count`, which is made for long texts and weighs a kilobyte.
fn count(text: &str) -> u32 {
    text.chars().fold(0, |count, _| count + 1)
}

/// Whether a part of a code is digits and nothing else, in another form than a server reads. Anything
/// else in it stays until the code is whole: nothing that was typed is lost.
fn is_other_form(read: &Reading, text: &str) -> bool {
    read.problem.is_some() && read.digits != text && read.digits.len() == count(text) as usize
}

/// Digits among the characters behind the caret, so that the caret can be put back before them.
fn digits_in(after: &str) -> u32 {
    after.chars().filter(|c| c.is_ascii_alphanumeric()).count() as u32
}
