//! Search: what is wrong, in the person's own words, leads to screens.
//!
//! The words are data: groups of terms, each with its screens. Both sides are made alike first, so that
//! neither width nor case nor the kind of kana decides.

use crate::word_list::take_until;
use alloc::string::String;

use super::Step;

/// The most screens that a search gives.
pub const FOUND: usize = 3;

/// The screens to offer where a search finds none: what is urgent, what most people ask about, and support.
pub const INSTEAD: [Step; 4] = [
    Step::SomeoneAsks,
    Step::SecureNow,
    Step::ItCame,
    Step::Support,
];

/// The most characters of a text that are read.
const MOST: usize = 200;

/// The screens for `text`, best first. `groups`: one a line, its terms and its screens with a TAB
/// between them, each separated by spaces; a term of two words is written with a hyphen.
///
/// A term that is the whole text comes first and leaves nothing else to be found; then the longest term
/// that is in the text; then a term that the text is a part of; then a term that is in the text with one typing
/// error. Terms in Latin letters match whole words, from four letters on also the beginnings of words. Where nothing
/// matches there is no screen.
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
const WHOLE: u32 = 4 << KIND;
const TERM_IN_TEXT: u32 = 3 << KIND;
const TEXT_IN_TERM: u32 = 2 << KIND;
const ALMOST: u32 = 1 << KIND;
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
    } else if contains(text, term, false) {
        TERM_IN_TEXT + length
    } else if text.len() > one && contains(term, text, false) {
        // The shorter the term, the more of it the text is.
        TEXT_IN_TERM + LONGEST as u32 - length
    } else if contains(text, term, true) {
        ALMOST + length
    } else {
        0
    }
}

/// Whether `text` begins with `term` with one typing error.
fn begins_almost(mut text: &str, mut term: &str) -> bool {
    loop {
        let (typed, after_typed) = split(text);
        let (intended, after_intended) = split(term);
        if typed != intended || term.is_empty() {
            let (second, after_second) = split(after_typed);
            let (other, after_other) = split(after_intended);
            return begins(after_typed, term)
                || begins(after_typed, after_intended)
                || begins(text, after_intended)
                || (second, other) == (intended, typed) && begins(after_second, after_other);
        }
        (text, term) = (after_typed, after_intended);
    }
}

#[inline(never)]
fn begins(text: &str, term: &str) -> bool {
    text.as_bytes().starts_with(term.as_bytes())
}

/// The first character of a text and the text after it; of an empty text, the character of number zero.
#[inline(never)]
fn split(text: &str) -> (char, &str) {
    let mut characters = text.chars();
    let first = characters.next().unwrap_or_default();
    (first, characters.as_str())
}

/// The least letters of a term for which the beginning of a word is enough.
const BEGINNING: usize = 4;

/// The least bytes of a term that is found with a typing error: in a shorter one an error makes another word. Latin letters
/// have one byte, kana and kanji three.
const ALMOST_LATIN: usize = 5;
const ALMOST_OTHER: usize = 10;

/// Whether `part` is in `whole`, or `almost`: with one typing error. In Latin letters only as whole words.
fn contains(whole: &str, part: &str, almost: bool) -> bool {
    let is_word = |text: &str, at: usize| {
        let byte = text.as_bytes().get(at);
        byte.is_some_and(u8::is_ascii_alphanumeric)
    };
    let latin = is_word(part, 0);
    let least = if latin { ALMOST_LATIN } else { ALMOST_OTHER };
    if almost && part.len() < least {
        return false;
    }
    let mut starts = true;
    for at in 0..whole.len() {
        if starts && let Some(rest) = whole.get(at..) {
            let is_there = if almost {
                begins_almost(rest, part)
            } else {
                let ends = !latin || part.len() >= BEGINNING || !is_word(rest, part.len());
                ends && begins(rest, part)
            };
            if is_there {
                return true;
            }
        }
        starts = !latin || !is_word(whole, at);
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
            assert_eq!(contains(text, term, false), found, "{term} in {text}");
        }
    }

    #[test]
    fn one_typing_error_is_almost_the_term() {
        for (text, term, almost) in [
            // Another letter, one too many, one too few, two in the other order; at the beginning, within, at the end.
            ("smsが届がない", "届かない", true),
            ("とどかなぃよ", "とどかない", true),
            ("とどかかない", "とどかない", true),
            ("とどない", "とどかない", true),
            ("どとかない", "とどかない", true),
            ("my dokomo phone", "docomo", true),
            ("docoomo", "docomo", true),
            ("docmo", "docomo", true),
            ("odcomo", "docomo", true),
            ("docom", "docomo", true),
            ("xocomo", "docomo", true),
            // Two errors, short words, the middle of a word.
            ("とががない", "とどかない", false),
            ("dokono", "docomo", false),
            ("apl", "app", false),
            ("届か", "届いた", false),
            ("xxdokomo", "docomo", false),
            ("", "docomo", false),
        ] {
            assert_eq!(contains(text, term, true), almost, "{text} {term}");
        }
    }

    #[test]
    fn how_a_term_matches_counts_for_more_than_how_much_of_it() {
        let long = "届".repeat(3000);
        for (term, text, kind) in [
            ("sms", "sms", 4),
            ("届かない", "smsが届かない", 3),
            (&long, &alloc::format!("{long}か"), 3),
            ("届かない", "届か", 2),
            (&long, "届届", 2),
            ("届かない", "smsが届がない", 1),
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
