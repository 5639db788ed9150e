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
    let (part, tail) = rest.split_at_checked(end).unwrap_or_default();
    *rest = tail.get(1..).unwrap_or_default();
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
pub(crate) fn position(words: &str, word: &str) -> Option<usize> {
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

/// Declares an enum of words from one list: its variants, `ALL` in the same order, `as_str`, and all words in one
/// string, each followed by a space.
macro_rules! word_enum {
    (
        $(#[$doc:meta])*
        pub enum $name:ident as $words:ident { $($variant:ident = $word:literal),+ $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "each is its word")]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every variant, in the order of the list.
            pub const ALL: [$name; [$($word),+].len()] = [$($name::$variant),+];

            /// Its word in the list: the name in the files of sentences.
            pub fn as_str(self) -> &'static str {
                $crate::word_list::nth($words, self as usize)
            }
        }

        const $words: &str = concat!($($word, " "),+);
    };
}
pub(crate) use word_enum;
