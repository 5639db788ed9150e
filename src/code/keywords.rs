//! The words around a number that identify it, in the languages in which large services write.
//!
//! A code that is the only number of its message needs no keyword; these decide where there are several numbers,
//! or where the only one is an order, an account or an amount.

use super::second_list::has_more;
use super::text::{self, Keyword, Text, set};

/// The keywords that every build has: Japanese and English; Chinese, Korean and the languages of western Europe but for
/// the labels of other numbers, old codes and most of what may come; and the words for a code of all others.
///
/// A capital letter opens a class (the constants of [`text`]); `|` ends a keyword; `_` is the edge of a word; `^` is one
/// ideograph, katakana or hangul. A later keyword wins over an earlier one at the same place. `<` is the edge of a word
/// that does not continue a name. Everything is in lower case, without the accents of Latin-1, as [`Text`] folds it.
const KEYWORDS: &str = include_str!("keywords.txt");

/// The keywords of the other languages, in the same form. A page is given them with [`Rule::keywords`], because they
/// weigh as much as the others and few pages need them.
///
/// [`Rule::keywords`]: super::rule::Rule::keywords
const MORE: &str = if cfg!(feature = "bare") {
    ""
} else {
    include_str!("keywords-more.txt")
};

/// Sets the keyword of every character of a text.
pub(super) fn find(text: &mut Text) {
    // Which characters the text has, by six bits of their code points: most keywords have another.
    let mut present = 0;
    let mut lettered = false;
    for i in 0..text.len() {
        present |= bit(text.folded(i));
        lettered |= text.is_letter(i);
    }
    // A text of digits alone is read at every key, and needs no keyword.
    if lettered {
        let rule = text.rule;
        for list in [KEYWORDS, if has_more() { MORE } else { "" }, &rule.keywords] {
            find_all(text, list, present);
        }
    }
    links(text);
}

/// Sets the keyword wherever one of a list occurs. Normalized like the text, they compare with it.
#[inline(never)]
fn find_all(text: &mut Text, list: &str, present: u64) {
    let keywords = Text::new(list, text.rule);
    let (mut class, mut start, mut absent) = (text::NONE, 0, 0);
    for end in 0..keywords.len() {
        let c = keywords.at(end);
        if c == '|' || c.is_ascii_uppercase() {
            if c != '|' {
                class = c as Keyword & 15;
            } else if absent == 0 {
                find_one(text, &keywords, start, end, class);
            }
            start = end + 1;
            absent = 0;
        } else if c != '_' && c != '"' && c != '^' {
            absent |= bit(keywords.folded(end)) & !present;
        }
    }
}

/// One of 64 bits for a character.
fn bit(c: char) -> u64 {
    1 << (c as u32 & 63)
}

/// A letter that is written together with Latin, Greek or Cyrillic letters in one word.
#[inline(never)]
pub(super) fn joins(ch: char) -> bool {
    ch.is_ascii_alphabetic() || matches!(ch, '\u{C0}'..='\u{52F}' | '\u{1E00}'..='\u{1EFF}')
}

/// An ideograph, katakana or hangul.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FC}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// Sets the keyword wherever the one in this span of `keywords` occurs.
#[inline(never)]
fn find_one(text: &mut Text, keywords: &Text, mut start: usize, mut last: usize, class: Keyword) {
    let unnamed = keywords.at(start) == '"';
    let before = unnamed || keywords.at(start) == '_';
    start += usize::from(before);
    let after = keywords.at(last - 1) == '_';
    last -= usize::from(after);
    for i in 0..text.len() {
        let (mut at, mut k) = (i, start);
        while k < last
            && (text.folded(at) == keywords.folded(k)
                || (keywords.at(k) == '^' && is_ideograph(text.at(at))))
        {
            at += 1;
            k += 1;
        }
        let same = k == last;
        if !same || (before && joins(text.at(i.wrapping_sub(1)))) || (after && joins(text.at(at))) {
            continue;
        }
        let end = at;
        // It covers the rest of its word, Zamów|ienie, up to another keyword: Bestell|code.
        while !after && joins(text.at(at)) && text.keyword(at) == text::NONE {
            at += 1;
        }
        if class == text::OTHER && is_name(text, i, end, at, unnamed) {
            continue;
        }
        text.set_keyword(i, at, class);
    }
}

/// The word at an index begins with one capital, as a name does. In a message in capitals no word counts as a name.
#[inline(never)]
pub(super) fn is_capitalized(text: &Text, i: usize) -> bool {
    text.at(i).is_ascii_uppercase() && !text.at(i + 1).is_ascii_uppercase()
}

/// The label from `start` to `end`, in a word that ends at `at`, is a part of a sender's name: before or in a word for a
/// code (Parcelforce code, Kundenkompass-Anmeldecode), with a capital inside (PedidosBem), or, if it is `unnamed`, after
/// a capitalised word longer than "Your" (Hibari Post code).
fn is_name(text: &Text, start: usize, end: usize, at: usize, unnamed: bool) -> bool {
    let next = text.keyword(at + 1);
    let mut first = start.wrapping_sub(1);
    while unnamed && joins(text.at(first.wrapping_sub(1))) {
        first -= 1;
    }
    // A sentence begins with a capital too.
    let inside = text.at(start.wrapping_sub(1)) == ' ' && !text.is_end(start.wrapping_sub(2));
    is_capitalized(text, start)
        && ((at > end + 1
            && inside
            && ((text.at(at) == ' ' && next == text::CODE)
                || (text.at(at) == '-' && next == text::USE)))
            || (start + 1..at)
                .any(|i| text.at(i).is_ascii_uppercase() && text.at(i - 1).is_ascii_lowercase())
            || (unnamed && is_capitalized(text, first) && first + 6 < start + 1))
}

/// Sets the keyword of links, mail addresses and @names: no number in them is a code, and no word a keyword.
fn links(text: &mut Text) {
    let mut done = 0;
    for i in 0..text.len() {
        let ch = text.at(i);
        let scheme = ch == ':' && text.at(i + 1) == '/';
        if i < done || !(scheme || text.is(i, "@/?.")) {
            continue;
        }
        let mut start = i;
        let mut dotted = false;
        // Few hosts are longer, and a long text of such characters must not be scanned again from every dot.
        while start > done && i < start + 64 && text.is(start - 1, set::LINK_NAME) {
            start -= 1;
            dotted |= text.at(start) == '.';
        }
        // example.com/..., or www.
        let path = text.is(i, "/?") && dotted && text.is_letter(start) && !text.is_space(i + 1);
        let www = ch == '.' && i == start + 3 && (start..i).all(|k| text.is(k, "wW"));
        if !(scheme || ch == '@' || path || www) {
            continue;
        }
        done = i + 1;
        while text.is(done, set::LINK_NAME)
            || (ch != '@' && text.at(done).is_ascii_graphic() && !text.is(done, "\"!;"))
        {
            done += 1;
        }
        text.set_keyword(start, done, text::LINK);
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, MORE};
    use crate::code::Rule;
    use crate::code::text::Text;

    /// A keyword that normalization would change, other than by its accents, would be another than it says.
    #[test]
    fn every_keyword_is_in_lower_case_and_ends_with_a_bar() {
        let rule = Rule::default();
        for list in [KEYWORDS, MORE] {
            check(&Text::new(list, &rule), list);
        }
    }

    fn check(text: &Text, list: &str) {
        assert_eq!(text.len(), list.chars().count());
        assert!(list.ends_with("|\n"));
        let classes = (0..text.len()).filter(|&i| text.at(i).is_ascii_uppercase());
        let mut count = 0;
        for i in classes {
            count += 1;
            assert!(
                i == 0 || text.at(i - 1) == '\n',
                "{:?} is inside a keyword",
                text.at(i)
            );
        }
        assert!(count > 11, "{count}");
    }
}
