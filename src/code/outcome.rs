//! Recognizes a sentence that reports what became of a code: code 482913 was withdrawn, 認証コード482913を破棄しました.
//!
//! Such sentences use too many verbs for the list of keywords, but they share a grammar: directly behind the number is an
//! auxiliary of the past, or a particle that a verb in the past follows later. A negation alone reports nothing ("do not
//! share", "cannot be shared"): it needs a verb of using. A sentence that says that a code was sent or requested has the
//! same grammar, but uses few verbs; those are listed, and it reports no outcome.
//!
//! All words are written as [`Text`] folds them: in lower case, without the accents of Latin-1. Bars separate the words
//! of one entry. Only builds with the second list of keywords contain them.

use super::keywords::joins;
use super::text::{self, Text};

/// Auxiliaries of the past, negations of using, and words for "already", with which such a sentence goes on behind the
/// number. An entry of several words may end within a word.
const AUXILIARIES: &[&str] = &[
    "was|has been|has just|has already|has gone|has now|had been|has exp|could not be acc|could not be ver", // en
    "wurde|konnte nicht best|konnte nicht akz|konnte nicht ver|hat seine g|hat ihre g|hat die g", // de
    "werd|kan niet meer|heeft zijn g|heeft haar g", // nl
    "har dra|har bli|har sp|har ater|har ogil|har avs|har anv|har forb|har mak|har upp|kan inte lang", // sv
    "blev|ble|er blevet|har mistet|er brukt|er tatt|er trukket|kan ikke leng|kan ikke lang", // da, nb
    "a ete|a deja|a exp|a perdu|n\"est plus|n\"a plus|ne pass|ne peut plus|ne march|ne fonct", // fr
    "fue|ha sido|ha qued|ha exp|ha cad|ha perd|no sirv|no func|no es val|quedo|ya se|ya fue|ya ha|ya no", // es
    "foi|ja foi|ja exp|ja nao|ja era|nao serv|nao val|nao func|nao e mais|perdeu", // pt
    "e stato|non val|non serv|non funz|non e piu|e gia",                           // it
    "został|stracił|nie dzia|nie jest już|nie jest wa|byl|bol|nebyl|nebol|jste|ste", // pl, cs, sk
    "a fost|a fi|nu mai|nu func|nu este val",                                      // ro
    "nem erv|nem hasznal|nem muk|on jo|on kay|on poi|on mit|ei toimi|ei kelpaa|ei ole enaa|ei ole voim", // hu, fi
    "был|была|было|уже ис|уже не|уже был|больше не|не дей|не раб|вже ви|вже не|більше не|не ді", // ru, uk
    "εχει απ|εχει ηδη|εχει λη|εχει ακ|εχει χρ|δεν ισχ|δεν λει|ηδη", // el
    "telah|sudah|tidak lagi|tidak berlaku|tidak dapat digunakan|tidak bisa di|ay na-e|ay hindi na", // id, ms, tl
    "đa bị|đa hết|đa dung|đa đư|da bi|da het|da dung|da duoc|khong con", // vi
    "अब नहीं|अब मान्य|अब काम|पहले ही|नहीं चल|नहीं रह|गত|ইতি",                 // hi, ne, bn
    "لم يعد|لم تعد|قد |دیگر |תם |כבר |לא תק|לא פע|לא עוב",               // ar, fa, he
    "已|此前|不再|不能使|不能再|不能用|不可用|不可再|不正|不匹|不符|不一致|不存", // zh
];

/// Particles behind a number, in Japanese and Korean.
const PARTICLES: &str = "はをがので은는을를이가로의";

/// Verbs in the past, and verbs of using in the negative, that follow such a particle.
const VERBS: &[&str] = &[
    "した!|した.|したので|したのを|したた|したが", // ja
    "使用できませ|利用できませ|使えませ|いただけませ|なれませ|通りませ|受け付けませ|効きませ", // ja
    "었|았|했|됐|였|인증하실 수 없|사용하실 수 없|사용할 수 없|이용할 수 없|쓸 수 없", // ko
];

/// Verbs of sentences about a code that is sent, asked for, made or still to be entered, and words of those about who may
/// use it, where and how often.
const LIVE: &[&str] = &[
    "sent|request|issu|creat|generat|expir|given|text|email|mail|ask|trigger|prompt|requir|assign|made", // en
    "initiat|share|reus|forward|deliver|only", // en
    "gesend|geschick|angeford|erstell|generier|beantragt|versand|zugestellt|ausgel", // de
    "verstuur|gestuurd|verzond|aangevr|aangemaakt|skick|sendt|bestilt|bestall|begar|skap|opret|opprett", // nl, sv, da, nb
    "envoy|demand|gener|cree|envi|solicit|emiti|gerad|pedid|criad|inviat|richiest|emess|creat", // fr, es, pt, it
    "wysł|wygener|utworz|odesl|odosl|vyžad|vyžiad|požad|požiad|vytvoř|zasl|trimis|solicit|lahet|tilat", // pl, cs, sk, ro, fi
    "отправ|выслан|запрош|создан|сгенер|надісл|запит|створ|σταλ|στειλ|ζητ|δημιουργ", // ru, uk, el
    "dikirim|diminta|dibuat|siap|gửi|gui|yeu|tạo|ipinadala|na-request|भेज|পাঠ", // id, vi, tl, hi, bn
    "إرسال|أرسل|إنشاء|طلب|ارسال|ایجاد|נשלח|נוצר|התבקש",                       // ar, fa, he
    "发送|發送|发出|發出|发到|發到|寄|生成|送达|送達|产生|產生|填|准备|準備|申请|申請", // zh
    "送|届|発行|通知|受け付けま|受付ま|受け取|承り|ござ|知ら|入力|分|作成|生成|設定|登録|案内|取得|用意|準備", // ja
    "見つか|必要|教え|忘れ|見せ|共有|要求|依頼|申請|リクエスト|しか|以外|ほか|他|第三|再利用|再使用|確認をし", // ja
    "발송|발급|전송|요청|보내|보냈|입력|생성|도착|준비|타인|다른|공유|재사용|이외", // ko
];

/// Whether the words behind a number, which ends at `end`, report an outcome of it.
pub(super) fn is_reported(text: &Text, end: usize) -> bool {
    let mut first = end;
    while first < end + 3 && text.is(first, " \")") {
        first += 1;
    }
    let mut last = first;
    while last < first + 60 && text.at(last) != '\n' && !text.is_end(last) {
        last += 1;
    }
    // 482913がログインに必要なコードになりました is about a code that is called one.
    let verb = || {
        (first..=last)
            .find(|&i| has(text, i, VERBS))
            .is_some_and(|verb| (first..verb).all(|i| text.keyword(i) != text::CODE))
    };
    let reported = has(text, first, AUXILIARIES) || (text.is(first, PARTICLES) && verb());
    reported && !(first..last).any(|i| text.keyword(i) == text::LATER || begins(text, i, LIVE))
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
        .all(|(k, c)| text.folded(i + k) == c)
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::{AUXILIARIES, LIVE, VERBS};
    use crate::code::Rule;
    use crate::code::text::Text;

    /// A word that normalization would change is never found.
    #[test]
    fn every_word_is_written_as_a_text_is_folded() {
        let rule = Rule::default();
        for entry in [AUXILIARIES, LIVE, VERBS].into_iter().flatten() {
            for word in entry.split('|') {
                let text = Text::new(word.trim(), &rule);
                let folded: String = (0..text.len()).map(|i| text.folded(i)).collect();
                assert_eq!(folded, word.trim(), "{entry}");
            }
        }
    }
}
