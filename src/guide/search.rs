//! Search: what is wrong, in the person's own words, leads to screens.
//!
//! The words are data: groups of terms, each with its screens. Both sides are made alike first, so that
//! neither width nor case nor the kind of kana decides.

use crate::word_list::take_until;
use alloc::string::String;

use super::Step;

/// As many screens as a search gives.
pub const FOUND: usize = 3;

/// As many characters of a text as are read.
const MOST: usize = 200;

/// The screens for `text`, best first. `groups`: one a line, its terms and its screens with a TAB
/// between them, each separated by spaces; a term of two words is written with a hyphen.
///
/// A term that is the whole text comes first and leaves nothing else to be found; then the longest term
/// that is in the text; then a term that the text is a part of. Terms in Latin letters match whole
/// words, from four letters on also the beginnings of words. Nothing that matches gives nothing.
pub fn find(groups: &str, text: &str) -> [Option<Step>; FOUND] {
    // Nobody types more; what is pasted by mistake is not compared with every term.
    let mut end = 0;
    for character in text.chars().take(MOST) {
        end += character.len_utf8();
    }
    let text = plain(text.get(..end).unwrap_or_default());
    // The score of each screen: the quality of its match, then its place in the file.
    let mut scores = [0u32; Step::ALL.len()];
    let mut place = u32::from(u16::MAX);
    let mut rest = groups;
    while !rest.is_empty() {
        let mut screens = take_until(&mut rest, b'\n');
        let mut terms = take_until(&mut screens, b'\t');
        let mut score = 0;
        while !terms.is_empty() {
            score = score.max(rank(&plain(take_until(&mut terms, b' ')), &text));
        }
        while !screens.is_empty() && score > 0 {
            place = place.saturating_sub(1);
            if let Some(step) = Step::from_name(take_until(&mut screens, b' '))
                && let Some(known) = scores.get_mut(step as usize)
            {
                *known = (*known).max(score << 16 | place);
            }
        }
    }
    let mut found = [None; FOUND];
    let mut kind = 0;
    for place in &mut found {
        let mut best = kind;
        for (step, score) in Step::ALL.into_iter().zip(&mut scores) {
            if *score > best {
                best = *score;
                *place = Some(step);
            }
        }
        if let Some(step) = *place
            && let Some(score) = scores.get_mut(step as usize)
        {
            *score = 0;
        }
        // Nothing of a lesser kind beside it.
        kind = best & !(u32::MAX >> 4);
    }
    found
}

/// A score's upper bits are how a term matches, its lower ones by how much.
const KIND: u32 = 12;
const WHOLE: u32 = 3 << KIND;
const TERM_IN_TEXT: u32 = 2 << KIND;
const TEXT_IN_TERM: u32 = 1 << KIND;
/// The most that a length counts for.
const LONGEST: usize = (1 << KIND) - 1;

fn rank(term: &str, text: &str) -> u32 {
    if term.is_empty() || text.is_empty() {
        return 0;
    }
    let length = term.len().min(LONGEST) as u32;
    // A single letter or kana is part of too much.
    let one = if text.is_char_boundary(1) { 1 } else { 3 };
    if term == text {
        WHOLE
    } else if contains(text, term) {
        TERM_IN_TEXT + length
    } else if text.len() > one && contains(term, text) {
        // The shorter the term, the more of it the text is.
        TEXT_IN_TERM + LONGEST as u32 - length
    } else {
        0
    }
}

/// Letters from which on the beginning of a word is enough.
const BEGINNING: usize = 4;

/// Whether `part` is in `whole`; in Latin letters only as whole words.
fn contains(whole: &str, part: &str) -> bool {
    let (whole, part) = (whole.as_bytes(), part.as_bytes());
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let mut at = 0;
    while let Some(rest) = whole.get(at..)
        && rest.len() >= part.len()
    {
        let starts = !is_word(part.first()) || at == 0 || !is_word(whole.get(at - 1));
        let ends =
            !is_word(part.last()) || part.len() >= BEGINNING || !is_word(rest.get(part.len()));
        if starts && ends && rest.starts_with(part) {
            return true;
        }
        at += 1;
    }
    false
}

/// The text in one form: ASCII width, lower case, hiragana, without long vowels and punctuation. Between two
/// words in Latin letters a space stays.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut gap = false;
    for character in text.chars() {
        let character = match character as u32 {
            // Full-width ASCII.
            code @ 0xFF01..=0xFF5E => code - 0xFEE0,
            // Katakana to hiragana.
            code @ 0x30A1..=0x30F6 => code - 0x60,
            // Capitals of Latin-1, Greek and Cyrillic.
            code @ (0xC0..=0xDE | 0x391..=0x3A9 | 0x410..=0x42F) => code + 0x20,
            code => code,
        };
        let Some(character) = char::from_u32(character) else {
            continue;
        };
        let character = character.to_ascii_lowercase();
        if is_punctuation(character) {
            gap = true;
            continue;
        }
        let after_word = plain.as_bytes().last().is_some_and(u8::is_ascii);
        if gap && after_word && character.is_ascii() {
            plain.push(' ');
        }
        gap = false;
        plain.push(character);
    }
    plain
}

/// Spaces, punctuation, the prolonged sound symbol: what does not distinguish words.
fn is_punctuation(character: char) -> bool {
    match character as u32 {
        // Latin-1 punctuation; general to CJK punctuation; kana voicing and prolonged sound; compatibility forms.
        0x80..=0xBF | 0x2000..=0x303F | 0x3099..=0x309C | 0x30FB..=0x30FC | 0xFE00..=0xFF65 => true,
        _ => character.is_ascii() && !character.is_ascii_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_made_plain() {
        for (text, is) in [
            ("ＳＭＳ　が、届かない？", "smsが届かない"),
            ("ドコモ", "どこも"),
            ("ユーザー", "ゆざ"),
            ("I can't log-in!", "i can t log in"),
            ("6 桁の コード", "6桁のこど"),
            ("SMS コード SMS", "smsこどsms"),
            ("Код", "код"),
            ("…— 　", ""),
        ] {
            assert_eq!(plain(text), is, "{text}");
        }
    }

    #[test]
    fn latin_terms_match_words() {
        for (text, term, found) in [
            ("what happened", "app", false),
            ("my app", "app", true),
            ("apple", "app", false),
            ("codes", "code", true),
            ("16桁", "6桁", false),
            ("の6桁", "6桁", true),
            ("smsとは", "sms", true),
            ("is not coming", "not coming", true),
        ] {
            assert_eq!(contains(text, term), found, "{term} in {text}");
        }
    }
    #[test]
    fn how_a_term_matches_counts_for_more_than_how_much_of_it() {
        let long = "届".repeat(3000);
        for (term, text, kind) in [
            ("sms", "sms", 3),
            ("届かない", "smsが届かない", 2),
            (&long, &alloc::format!("{long}か"), 2),
            ("届かない", "届か", 1),
            (&long, "届届", 1),
            ("届かない", "届", 0),
            ("届かない", "来ない", 0),
            ("", "来ない", 0),
            ("来ない", "", 0),
            ("", "", 0),
        ] {
            assert_eq!(rank(term, text) >> KIND, kind, "{term:.9} {text:.9}");
        }
        assert_eq!(rank("", "来ない") + rank("来ない", ""), 0);
        // More of the text, or more of the term.
        assert!(rank("届かない", "smsが届かない") > rank("sms", "smsが届かない"));
        assert!(rank("届かない", "届か") > rank("届かないとき", "届か"));
        assert!(rank(&"届".repeat(100), "届届") > rank(&"届".repeat(101), "届届"));
    }
}
