//! Insertion: text that is about to come into the field.
//!
//! Typed characters are kept: one that is no digit is dropped only when the whole text becomes a code. From a
//! pasted text the code is inserted; a text without a code is not inserted, and a message says why.

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
        let chunk = chunk || inserted.chars().nth(1).is_some();
        let read = code::read(inserted, &self.site.rule);
        if chunk {
            match read.problem {
                None => {
                    // A code that comes as a whole counts, whatever kind was asked for.
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

/// Concatenates. `concat` needs more code, and `+` an owned text.
fn joined(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// Counts characters. `Chars::count` is made for long texts and needs a kilobyte of code.
fn count(text: &str) -> u32 {
    text.chars().fold(0, |count, _| count + 1)
}

/// Whether a text is digits only, but not all of them ASCII. Other characters stay until the code is complete.
fn is_other_form(read: &Reading, text: &str) -> bool {
    read.problem.is_some() && read.digits != text && read.digits.len() == count(text) as usize
}

/// Counts the digits and letters behind the caret, so that the caret can be put back before them.
fn digits_in(after: &str) -> u32 {
    after.chars().filter(|c| c.is_ascii_alphanumeric()).count() as u32
}
