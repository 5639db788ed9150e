//! A line of tests/retired-words.txt.

use anyhow::{Result, bail};

/// Where a pattern applies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A word, or several in a row, anywhere.
    Anywhere,
    /// A whole identifier in code, in exactly this case; not in comments or string literals.
    Identifier,
    /// The name of a file without its ending, or of a folder.
    FileName,
    /// The first word of a sentence in a comment or a document, unless the sentence is a question.
    SentenceStart,
}

/// A line of the list.
pub struct Retired {
    pub scope: Scope,
    /// Lower case, but for identifiers and beginnings of sentences.
    pub words: Vec<String>,
    pub instead: String,
    /// Only in these paths; anywhere if empty.
    only: Vec<String>,
    /// Not in these paths.
    stays_in: Vec<String>,
    /// Not as a part of these texts.
    pub stays_as: Vec<String>,
}

impl Retired {
    /// Parses `pattern | use instead | exceptions`. The pattern may begin with `identifier:`, `file:` or
    /// `sentence:`. The exceptions are separated by spaces: `in:PATH`, `only:PATH` or a text in quotes.
    pub fn parse(line: &str) -> Result<Retired> {
        let mut columns = line.split('|').map(str::trim);
        let (Some(pattern), Some(instead), Some(exceptions), None) = (
            columns.next(),
            columns.next(),
            columns.next(),
            columns.next(),
        ) else {
            bail!("a line has three columns: word | use instead | where it may stay");
        };
        let (scope, pattern) = match pattern.split_once(':') {
            Some(("identifier", name)) => (Scope::Identifier, name),
            Some(("file", name)) => (Scope::FileName, name),
            Some(("sentence", word)) => (Scope::SentenceStart, word),
            Some((other, _)) => bail!("there is no scope `{other}`"),
            None => (Scope::Anywhere, pattern),
        };
        let words: Vec<String> = pattern.split(' ').map(str::to_owned).collect();
        if instead.is_empty() || words.iter().any(String::is_empty) {
            bail!("the word or its replacement is missing");
        }
        let mut retired = Retired {
            scope,
            words,
            instead: instead.to_owned(),
            only: Vec::new(),
            stays_in: Vec::new(),
            stays_as: Vec::new(),
        };
        for (quoted, part) in exceptions.split('"').enumerate() {
            if quoted % 2 == 1 {
                retired.stays_as.push(part.to_lowercase());
                continue;
            }
            for word in part.split_whitespace() {
                match word.split_once(':') {
                    Some(("in", path)) => retired.stays_in.push(path.to_owned()),
                    Some(("only", path)) => retired.only.push(path.to_owned()),
                    _ => bail!("`{word}` is not an exception"),
                }
            }
        }
        Ok(retired)
    }

    pub fn applies_to(&self, path: &str) -> bool {
        let starts = |prefixes: &[String]| prefixes.iter().any(|it| path.starts_with(it.as_str()));
        (self.only.is_empty() || starts(&self.only)) && !starts(&self.stays_in)
    }
}
