//! A line of a file, split into words, identifiers and beginnings of sentences.

use super::retired::{Retired, Scope};

/// A line of a file, prepared for the search.
pub struct Line<'a> {
    /// In lower case, without leading spaces.
    lower: String,
    words: Vec<String>,
    identifiers: Vec<&'a str>,
    sentence_starts: Vec<&'a str>,
}

/// Splits a line. `markdown`: all of it is prose.
pub fn prepare(line: &str, markdown: bool) -> Line<'_> {
    let trimmed = line.trim_start();
    let comment_at = if markdown || trimmed.starts_with("* ") || trimmed.starts_with("# ") {
        Some(0)
    } else {
        trimmed
            .find("//")
            .filter(|&at| !trimmed[..at].ends_with(':'))
            .or_else(|| trimmed.find("/*"))
    };
    let (code, comment) = trimmed.split_at(comment_at.unwrap_or(trimmed.len()));
    Line {
        lower: trimmed.to_lowercase(),
        words: split_words(trimmed),
        identifiers: identifiers(code),
        sentence_starts: sentence_starts(comment),
    }
}

impl Line<'_> {
    /// The number of uses of a retired word in this line.
    pub fn count(&self, retired: &Retired) -> usize {
        let found = match retired.scope {
            Scope::Anywhere => self
                .words
                .windows(retired.words.len())
                .filter(|window| *window == retired.words.as_slice())
                .count(),
            Scope::Identifier => {
                let is_it = |name: &&&str| **name == retired.words[0];
                self.identifiers.iter().filter(is_it).count()
            }
            Scope::SentenceStart => {
                let is_it = |word: &&&str| **word == retired.words[0];
                self.sentence_starts.iter().filter(is_it).count()
            }
            Scope::FileName => 0,
        };
        let excepted: usize = retired
            .stays_as
            .iter()
            .map(|text| self.lower.matches(text.as_str()).count())
            .sum();
        found.saturating_sub(excepted)
    }
}

/// The words of a text in lower case: `oldWord`, `OLD_WORD` and "old word" have the same two.
pub fn split_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            words.push(std::mem::take(word));
        }
    };
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        // `HTTPStatus` is two words, too.
        let next_is_lower = characters.peek().is_some_and(|c| c.is_lowercase());
        if c.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && next_is_lower)) {
            end(&mut word);
        }
        if c.is_alphabetic() {
            word.extend(c.to_lowercase());
        } else {
            end(&mut word);
        }
        before = c;
    }
    end(&mut word);
    words
}

/// The identifiers of a line of code, without those in string literals and in names with hyphens (`attempts-left`).
fn identifiers(code: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut names = Vec::new();
    let mut quote = None;
    let mut start = None;
    let mut before = ' ';
    for (at, c) in code.char_indices().chain([(code.len(), ' ')]) {
        match quote {
            Some(closing) => {
                if c == closing && before != '\\' {
                    quote = None;
                }
            }
            None if is_part(c) => start = start.or(Some(at)),
            None => {
                if let Some(start) = start.take() {
                    let hyphen_before = code[..start].ends_with('-');
                    let hyphen_after = c == '-' && code[at + 1..].starts_with(is_part);
                    if !hyphen_before && !hyphen_after {
                        names.push(&code[start..at]);
                    }
                }
                if c == '"' || c == '`' {
                    quote = Some(c);
                }
            }
        }
        before = c;
    }
    names
}

/// The first words of the sentences that begin in a comment, but for questions.
fn sentence_starts(comment: &str) -> Vec<&str> {
    let text = comment.trim_start_matches(['/', '!', '*', '#', '-', '>', '|', ' ']);
    text.split_inclusive(['.', '?', '!', ':'])
        .filter(|sentence| !sentence.ends_with('?'))
        .filter_map(|sentence| sentence.split_whitespace().next())
        .collect()
}
