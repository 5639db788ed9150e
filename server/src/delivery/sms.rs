//! How many parts a text message has: what it costs, and what a phone has to put together again.
//!
//! A text of the GSM 7-bit default alphabet (3GPP TS 23.038 section 6.2.1) has 160 characters in one part, or 153 in each of
//! several (the header of a concatenated part takes the rest); any other text is sent as UCS-2, 70 or 67 a part. A character of
//! the extension table counts twice, and so does one outside the basic plane in UCS-2; neither is split.

/// The encoding of a text message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// The GSM 7-bit default alphabet.
    Gsm7,
    /// UCS-2 (UTF-16).
    Ucs2,
}

impl Encoding {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Encoding::Gsm7 => "gsm7",
            Encoding::Ucs2 => "ucs2",
        }
    }
}

/// The default alphabet, without the escape to the extension table.
const GSM7: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                    ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// The extension table: each character is two septets.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// The encoding of a text and its number of parts.
pub fn parts(text: &str) -> (Encoding, usize) {
    match text.chars().map(septets).collect::<Option<Vec<_>>>() {
        Some(lengths) => (Encoding::Gsm7, count(&lengths, 160, 153)),
        None => {
            let lengths: Vec<usize> = text.chars().map(char::len_utf16).collect();
            (Encoding::Ucs2, count(&lengths, 70, 67))
        }
    }
}

fn septets(c: char) -> Option<usize> {
    if GSM7.contains(c) {
        Some(1)
    } else {
        EXTENSION.contains(c).then_some(2)
    }
}

/// The number of parts of characters of these lengths: one of at most `single`, or several of at most `several`.
fn count(lengths: &[usize], single: usize, several: usize) -> usize {
    if lengths.iter().sum::<usize>() <= single {
        return 1;
    }
    let (mut parts, mut room) = (1, several);
    for &length in lengths {
        if length > room {
            parts += 1;
            room = several;
        }
        room -= length;
    }
    parts
}

#[cfg(test)]
mod tests {
    use login::delivery::{CodeMessage, Wording as _};
    use todoita::channel::Channel;

    use super::*;
    use crate::words::messages::OwnWording;

    #[test]
    fn a_text_has_the_parts_of_its_encoding() {
        use Encoding::{Gsm7, Ucs2};
        for (text, expected) in [
            ("a".repeat(160), (Gsm7, 1)),
            ("a".repeat(161), (Gsm7, 2)),
            ("a".repeat(306), (Gsm7, 2)),
            ("a".repeat(307), (Gsm7, 3)),
            ("€".repeat(80), (Gsm7, 1)),
            ("€".repeat(81), (Gsm7, 2)),
            // The escape and its character stay together: 76 in a part of 153.
            ("€".repeat(152), (Gsm7, 2)),
            ("€".repeat(153), (Gsm7, 3)),
            ("é@\n".repeat(53), (Gsm7, 1)),
            ("あ".repeat(70), (Ucs2, 1)),
            ("あ".repeat(71), (Ucs2, 2)),
            ("あ".repeat(134), (Ucs2, 2)),
            ("あ".repeat(135), (Ucs2, 3)),
            ("a".repeat(69) + "ç", (Ucs2, 1)),
            ("a".repeat(70) + "ç", (Ucs2, 2)),
            ("📦".repeat(35), (Ucs2, 1)),
            // A pair stays together: 33 in a part of 67.
            ("📦".repeat(66), (Ucs2, 2)),
            ("📦".repeat(67), (Ucs2, 3)),
            (String::new(), (Gsm7, 1)),
        ] {
            assert_eq!(parts(&text), expected, "{text}");
        }
    }

    #[test]
    fn our_own_text_messages_are_one_part() {
        for (lang, encoding) in [("ja", Encoding::Ucs2), ("en", Encoding::Gsm7)] {
            let message = OwnWording.code_message(
                lang,
                &CodeMessage {
                    channel: Channel::Sms,
                    code: "482913",
                    minutes: 10,
                    host: "login.example.com",
                },
            );
            assert_eq!(parts(&message.text), (encoding, 1), "{}", message.text);
        }
    }
}
