//! The words of a message that could be a code of letters and digits.
//!
//! Most words of that length are no code: names, models, quantities (Hibari24, 10mins, PLEASE). A word is taken for a
//! code that was sent only if its form (here) and its place (`score`) are those of one.

use alloc::vec::Vec;

use super::keywords::joins;
use super::rule::{Kind, kind_of};
use super::text::{self, Form, Number, Text, set};

/// Adds the words of a text that could be a code.
pub(super) fn find(text: &Text, found: &mut Vec<Number>) {
    let mut end = 0;
    while end < text.len() {
        let start = end;
        let before = start.wrapping_sub(1);
        let digit_first = text.is_digit(start);
        // `turns`: how often a letter follows a digit, or a digit a letter. `group`: the characters before a hyphen;
        // `since`: those after it.
        let (mut count, mut digits, mut turns, mut group, mut since) = (0, 0, 0, 0, 0);
        let (mut small, mut vowel, mut even, mut was_digit) = (false, false, true, digit_first);
        loop {
            let is_digit = text.is_digit(end);
            if is_digit || text.is(end, set::LETTER) {
                turns += usize::from(is_digit != was_digit);
                was_digit = is_digit;
                digits += usize::from(is_digit);
                small |= text.at(end).is_ascii_lowercase();
                vowel |= text.is(end, "AEIOU");
                count += 1;
                since += 1;
            } else {
                even &= group == 0 || since == group;
                if text.at(end) != '-' || since == 0 || !text.is(end + 1, set::ALPHANUMERIC) {
                    break;
                }
                (group, since) = (since, 0);
            }
            end += 1;
        }
        let kind = kind_of(count, true, text.rule);
        let could = if kind == Some(Kind::Backup) {
            digits > 0 || (!small && text.is(before - usize::from(text.at(before) == ' '), "\":"))
        } else {
            // Codes without vowels are no words (RFC 8628, 6.1); others must be the last word of a line or a sentence.
            let last = text.is_end(end) || text.at(end) == '\n';
            even && (digits > 0 || (!small && (!vowel || last)))
        };
        if could
            && digits < count
            && kind.is_some()
            && text.keyword(start) != text::LINK
            && !is_part(text, before)
            && !is_part(text, end)
        {
            let solid = if digits > 0 {
                turns > 1 && !(small && digit_first)
            } else {
                group > 0 && !vowel
            };
            found.push(Number {
                start,
                end,
                plain: false,
                weak: kind == Some(Kind::Code),
                form: if kind == Some(Kind::Backup) {
                    Form::Number
                } else if solid {
                    Form::Solid
                } else {
                    Form::Loose
                },
                kind,
                value: text.value(start, end, 36),
                score: 0,
            });
        }
        end = end.max(start + 1);
    }
}

/// The character at `i`, beside a word, makes the word a part of something longer.
fn is_part(text: &Text, i: usize) -> bool {
    text.is(i, "/_@+=") || joins(text.at(i))
}
