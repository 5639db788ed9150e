//! Backup codes that a page shows once: copied, downloaded or printed, and kept before the form is sent.

use alloc::string::String;

use super::Word;

/// The state of one element.
#[derive(Debug, Default)]
pub struct State {
    notice: Option<Word>,
}

/// An event of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The codes were copied, or could not be.
    Copied(bool),
    /// The codes were handed to the browser as a file.
    Downloaded,
    /// The box "I have saved the codes" was ticked or cleared.
    Kept,
}

impl State {
    /// Takes in an event.
    pub fn update(&mut self, event: Event) {
        self.notice = match event {
            Event::Copied(true) => Some(Word::Copied),
            Event::Copied(false) => Some(Word::NotCopied),
            Event::Downloaded => Some(Word::BackupDownloaded),
            Event::Kept => None,
        };
    }

    /// The notice under the buttons.
    pub fn view(&self) -> Option<Word> {
        self.notice
    }
}

/// The text of the file: the `title` and other `head` lines, the codes, and the notes below them. Lines end as every
/// editor reads them (CR LF); empty lines of `head` and `notes` are left out.
pub fn file(head: &[String], codes: &[String], notes: &[String]) -> String {
    let mut text = String::new();
    for (at, part) in [head, codes, notes].into_iter().enumerate() {
        if at > 0 {
            text.push_str("\r\n");
        }
        for line in part.iter().filter(|line| !line.is_empty()) {
            text.push_str(line);
            text.push_str("\r\n");
        }
    }
    text
}
