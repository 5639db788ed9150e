//! Lists of words in one string, which weigh less in a WebAssembly module than tables of strings.

/// Removes the text before the first `separator` from `rest`, with the separator, and returns it. Without a
/// separator that is the whole of `rest`.
#[inline(never)]
pub(crate) fn take_until<'a>(rest: &mut &'a str, separator: u8) -> &'a str {
    let mut end = 0;
    for byte in rest.bytes() {
        if byte == separator {
            break;
        }
        end += 1;
    }
    let part = rest.get(..end).unwrap_or_default();
    *rest = rest.get(end + 1..).unwrap_or_default();
    part
}

/// The word at `at` in a list of words with a space between them.
#[inline(never)]
pub(crate) fn nth(words: &'static str, at: usize) -> &'static str {
    let mut rest = words;
    for _ in 0..at {
        take_until(&mut rest, b' ');
    }
    take_until(&mut rest, b' ')
}

/// The position of a word in a list of words.
#[inline(never)]
pub(crate) fn position(words: &'static str, word: &str) -> Option<usize> {
    let mut rest = words;
    let mut at = 0;
    while !rest.is_empty() {
        if take_until(&mut rest, b' ') == word {
            return Some(at);
        }
        at += 1;
    }
    None
}
