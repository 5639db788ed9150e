//! Recognizes a sentence that reports what became of a code: code 482913 was withdrawn, 認証コード482913を破棄しました.
//!
//! Such sentences use too many verbs for the list of keywords, but they share a grammar. Directly behind the number
//! is an auxiliary of the past or a negation ("was", "cannot"), or, in Japanese and Korean, a particle that a verb
//! in the past or the negative follows later. A sentence that says that a code was sent or requested has the same
//! grammar, but uses few verbs: those are listed, and such a sentence reports no outcome.
//!
//! All words are written as [`Text`] folds them: in lower case, without the accents of Latin-1. Bars separate the
//! words of one entry. Only builds with the second list of keywords contain them.

use super::keywords::joins;
use super::text::{self, Text};

/// Auxiliaries, negations and words for "already" directly behind the number in such a sentence.
const AUXILIARIES: &[&str] = &[
    "was|has|had|cannot|could", // en
    "wurde|konnte|hat",         // de
    "werd|kan niet|zostal|har|blev|ble|er blevet|er brukt|er tatt|kan inte|kan ikke", // nl, sv, da, nb
    "a ete|a deja|a ex|n\"est|n\"a|ne p",                                             // fr
    "fue|ha|no se|no p|no es|quedo|ya",                                               // es
    "foi|ja|nao",                                                                     // pt
    "e stato|non",                                                                    // it
    "został|stracił|nie|byl|bol|nebyl|nebol|jste|ste",                                // pl, cs, sk
    "a fost|a f|nu|nem|on jo|on k|on p|on m|ei",                                      // ro, hu, fi
    "был|была|было|не|уже|вже|δεν|έχει|ήδη",                                          // ru, uk, el
    "bukan|telah|sudah|tidak|ay na|ay hindi",                                         // id, ms, tl
    "đa|da bi|da het|da d|khong",                                                     // vi
    "अब|पहले|नहीं|গত|ইতি",                                                              // hi, ne, bn
    "لم |قد |دیگر |תם |כבר |לא ",                                                     // ar, fa, he
    "已|此前|不",                                                                     // zh
];

/// Particles behind a number, in Japanese and Korean.
const PARTICLES: &str = "はをがので은는을를이가로의";

/// Verbs in the past or the negative that follow such a particle.
const VERBS: &[&str] = &[
    "した!|した.|したの|したた|したが|せん|いようにし", // ja
    "었|았|했|됐|없|였|수 없",                          // ko
];

/// Verbs of sentences that say that a code was sent or requested, or is still to be entered.
const SENT: &[&str] = &[
    "sent|request|issu|creat|generat|expir|given|text|email|mail|ask", // en
    "gesend|geschick|angeford|erstell",                                // de
    "verstuur|gestuurd|verzond|aangevr|skick|sendt|bestilt|begar",     // nl, sv, da, nb
    "envoy|demand|gener|cree|envi|solicit|emiti|gerad|pedid|inviat|richiest", // fr, es, pt, it
    "wysł|wygener|odesl|odosl|vyžad|zasl|trimis|lahet|tilat",          // pl, cs, sk, ro, fi
    "отправ|выслан|надісл|запит|στάλ|στείλ|ζητ",                       // ru, uk, el
    "dikirim|diminta|gửi|gui|yeu|ipinadala|भेज|পাঠ",                     // id, vi, tl, hi, bn
    "إرسال|أرسل|ارسال|נשלח",                                           // ar, fa, he
    "发送|發送|发出|發出|发到|發到|寄|生成|送达|送達",                 // zh
    "送|届|発行|通知|受け付けま|受付ま|受け取|承り|ござ|知ら|入力|분", // ja
    "발송|발급|전송|요청|보내|보냈|입력",                              // ko
];

/// Whether the words behind a number that ends at `end` report what became of it.
pub(super) fn is_reported(text: &Text, end: usize) -> bool {
    let mut first = end;
    while first < end + 3 && text.is(first, " \")") {
        first += 1;
    }
    let mut last = first;
    while last < first + 60 && text.at(last) != '\n' && !text.is_end(last) {
        last += 1;
    }
    let reported = has(text, first, AUXILIARIES)
        || (text.is(first, PARTICLES) && (first..=last).any(|i| has(text, i, VERBS)));
    reported && !(first..last).any(|i| text.keyword(i) == text::LATER || begins(text, i, SENT))
}

/// One of the words begins at an index, and ends where a word of the text does.
fn has(text: &Text, i: usize, words: &[&str]) -> bool {
    any(words, |word| {
        let next = i + word.chars().count();
        is_at(text, i, word) && (!joins(text.at(i)) || word.contains(' ') || !joins(text.at(next)))
    })
}

/// One of the words, or of their beginnings, begins at an index.
fn begins(text: &Text, i: usize, words: &[&str]) -> bool {
    any(words, |word| is_at(text, i, word))
}

/// Some word of the entries satisfies a condition.
fn any(words: &[&str], condition: impl Fn(&str) -> bool) -> bool {
    words.iter().any(|entry| entry.split('|').any(&condition))
}

/// The text has a word at an index.
fn is_at(text: &Text, i: usize, word: &str) -> bool {
    word.chars()
        .enumerate()
        .all(|(k, c)| text.small(i + k) == c)
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::{AUXILIARIES, SENT, VERBS};
    use crate::code::Rule;
    use crate::code::text::Text;

    /// A word that normalization would change is never found.
    #[test]
    fn every_word_is_written_as_a_text_is_folded() {
        let rule = Rule::default();
        for entry in [AUXILIARIES, SENT, VERBS].into_iter().flatten() {
            for word in entry.split('|') {
                let text = Text::new(word.trim(), &rule);
                let folded: String = (0..text.len()).map(|i| text.small(i)).collect();
                assert_eq!(folded, word.trim(), "{entry}");
            }
        }
    }
}
