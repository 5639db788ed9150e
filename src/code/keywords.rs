//! The words around a number that identify it, in the languages in which large services write.
//!
//! A code that is the only number of its message needs no keyword; these decide where there are several numbers,
//! or where the only one is an order, an account or an amount.

use super::text::{self, Keyword, Text, set};

/// The keywords. A capital letter opens a class (the constants of [`text`]); `|` ends a keyword; `_` is the edge of
/// a word; `^` is one ideograph, katakana or hangul. A later keyword wins over an earlier one at the same place.
/// `<` is the edge of a word that does not continue a name. Everything is in lower case, without the accents of Latin-1, as [`Text`] folds it.
const KEYWORDS: &str = "\
U\
verif|confirm|login|log in|sign in|one-time|one time|_enter_|_use_|new code|new otp|\
認証|確認|验证|驗證|인증|ログイン|登录|登入|登錄|로그인|入力|输入|輸入|입력|请使用|請使用|新しい|动态|動態|\
xac|nhap|nhập|xac|ยืนยัน|กรอก|ใช้|เข้าสู่|masuk|_guna|gamit|लगइन|प्रयोग|लॉगिन|उपयोग|লগইন|ব্যবহার|ဝင်ရောက်|သုံး|\
digite|acess|acces|_usa_|introdu|inici|saisi|connex|connect|conect|utilis|bestatig|anmeld|verwend|inseri|acced|voer|inlog|gebruik|wpisz|logowa|użyj|\
zadejte|přihl|použi|zadajte|prihl|bejelent|hasznal|folos|_ange_|inlogg|innlogg|anvand|indtast|bekr|_brug_|_bruk_|syot|kirjau|giri|kullan|\
введ|вход|підтв|подтв|σύνδε|πληκτρ|χρησιμ|أدخل|تسجيل|استخدم|להזין|כניסה|אישור|ورود|وارد|\
N\
num|nomor|nombor|_nr_|_no_|_n°|№|номер|号|號|번호|หมายเลข|เลขที่|رقم|नंबर|नम्बर|संख्या|_नं|নম্বর|နံပါတ်|\
I\
_is_|lautet|_est_|_ist_|_es_|_e_|_este_|_la_|คือ|は|が|是|为|為|은|는|είναι|_هو_|_הוא_|numaralı|szamu|\
F\
_for_|_of_|_fur_|_pour_|_para_|_per_|_voor_|_dla_|_для_|_pro_|_pre_|_pentru_|_til_|_cho_|_untuk_|สำหรับ|_ehhez_|_talle_|_για_|עבור|لهذا|للرقم|برای|用于|用於|\
A\
円|元|원|руб|_yen_|_jpy_|_usd_|_eur|_gbp_|_inr_|_rs_|dollar|rupee|_ft_|_point|_pts_|积分|ポイント|マイル|年|년|件|分|_minute|_min_|\
M\
account|_acct|_a/c|_card|_user|_customer|member|phone|_call_|_id_|_konto|compte|_cuenta|アカウント|口座|カード|会員|お客様|账|帳|계정|고객|客户|客戶|client|klient|klant|asiakas|zakaz|kunde|клиент|клієнт|\
C\
cod|kod|kood|κωδικ|код|קוד|رمز|كود|کد|कोड|ओटीपी|কোড|ကုဒ်|รหัส|otp|_pin_|passwor|_tan_|_tac_|_ma_|_ma_|_mtan|kennwort|wachtwoord|mot de passe|contrasen|_clave|senha|hasło|heslo|jelszo|parola|losenord|salasana|пароль|şifre|المرور|הסיסמה|コード|ｺｰﾄﾞ|ワード|証キー|ワンタイム|码|碼|코드|\
O\
_order|ordre|_invoice|_ref_|_refe|transa|_txn|_trx|tracking|parcel|package|shipment|booking|reserv|_ticket|_case_|_fax|_tel_|telef|version|_build_|_ver_|polic|balance|_total_|request|ending|endet|\
_zip code|<post code|postcode|promo code|discount code|error code|country code|_sort code|area code|product code|branch code|invite code|referral code|tracking code|qr code|barcode|vscode|code promo|coupon|confirmation n|confirmation #|confirm no|\
bestel|auftrag|rechnung|kunden|sendung|vorgang|vertrag|buchung|anfrage|paket|commande|factu|dossier|contrat|colis|pedido|protocolo|encomenda|_ordine|fattura|prenota|\
zamow|paczk|faktur|objedn|rendel|szamla|comand|bestall|tilau|lasku|заказ|договор|замовл|рахун|παραγγ|τιμολ|sipariş|fatura|takip|pesanan|_resi_|rujukan|pelanggan|đơn hang|hoa đơn|don hang|hoa don|คำสั่งซื้อ|อ้างอิง|พัสดุ|طلب|فاتور|سفارش|فاکتور|הזמנ|חשבונית|ऑर्डर|अर्डर|बिल|অর্ডার|বিল|အော်ဒါ|ဘေလ်|\
注文|合わせ|合せ|予約|末尾|尾号|尾號|订单|訂單|电话|電話|手机号|手機號|卡号|流水|编号|編號|邮编|전화|주문|예약|계좌|운송장|^番号|^番號|^번호|\
〒|qrコード|バーコード|ポンコード|ラーコード|社コード|様コード|員コード|店コード|舗コード|行コード|業コード|品コード|国コード|待コード|介コード|\
X\
expired|no longer|_void_|old code|previous code|期限切れ|無効です|無効になりまし|無効となりまし|失効し|使用済|以前の|古い|已过期|已過期|已失效|만료되었|만료됐|만료된|đa hết hạn|da het han|หมดอายุแล้ว|sudah kedal|telah tamat|nag-expire|म्याद सकियो|သက်တမ်းကုန်သွား|समाप्त हो ग|মেয়াদ শেষ|\
expirou|nao e mais|caducado|expirado|ya no|_a expir|est plus|abgelaufen|nicht mehr|scadut|non e piu|verlopen|niet meer|wygasł|stracił|vypršel|vypršal|již nen|už nie|lejart|nu mai|gatt ut|inte langre|udlobet|ikke lang|utlopt|ikke leng|vanhentun|suresi dol|більше не|минув|больше не|истёк|έχει λήξει|δεν ισχύ|انتهت|_פג_|منقضی شده|\
Z\
すると無効です|期限切れにな|期限切れとな|\
C\
認証番号|認証用番号|確認番号|確認用番号|暗証番号|イム番号|グイン番号|グイン用番号|コード番号|桁番号|桁の番号|ティ番号|ティー番号|ワード番号|인증번호|확인번호|비밀번호|backup|back-up|recover|バックアップ|リカバリ|復旧|备用|備用|백업|복구|secours|";

/// Sets the keyword of every character of a text.
pub(super) fn find(text: &mut Text) {
    // Which characters the text has, by six bits of their code points: most keywords have another.
    let mut present = 0;
    let mut lettered = false;
    for i in 0..text.len() {
        present |= bit(text.small(i));
        lettered |= text.is_letter(i);
    }
    // A text of digits alone is read at every key, and needs no keyword. Normalized like the text, they compare with it.
    let keywords = Text::new(if lettered { KEYWORDS } else { "" }, text.rule);
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
            absent |= bit(c) & !present;
        }
    }
    links(text);
}

/// One of 64 bits for a character.
fn bit(c: char) -> u64 {
    1 << (c as u32 & 63)
}

/// A letter that is written together with Latin, Greek or Cyrillic letters in one word.
#[inline(never)]
fn joins(ch: char) -> bool {
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
            && (text.small(at) == keywords.at(k)
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
        // The name of a sender that begins with the word, or a word for a code after such a name: Parcelforce code,
        // Hibari Post code
        let named = (at > end && text.at(at) == ' ' && text.keyword(at + 1) == text::CODE)
            || (unnamed && is_named(text, i));
        if class == text::OTHER && text.at(i).is_ascii_uppercase() && named {
            continue;
        }
        text.set_keyword(i, at, class);
    }
}

/// The word before an index is capitalised and longer than "Your".
fn is_named(text: &Text, i: usize) -> bool {
    let mut start = i.wrapping_sub(1);
    while joins(text.at(start.wrapping_sub(1))) {
        start -= 1;
    }
    text.at(start).is_ascii_uppercase() && start + 6 < i + 1
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
            || (ch != '@' && text.at(done).is_ascii_graphic() && text.at(done) != '"')
        {
            done += 1;
        }
        text.set_keyword(start, done, text::LINK);
    }
}

#[cfg(test)]
mod tests {
    use super::KEYWORDS;
    use crate::code::Rule;
    use crate::code::text::Text;

    /// A keyword that normalization would change, other than by its accents, would be another than it says.
    #[test]
    fn every_keyword_is_in_lower_case_and_ends_with_a_bar() {
        let rule = Rule::default();
        let text = Text::new(KEYWORDS, &rule);
        assert_eq!(text.len(), KEYWORDS.chars().count());
        assert_eq!(text.at(text.len() - 1), '|');
        let classes = (0..text.len()).filter(|&i| text.at(i).is_ascii_uppercase());
        let mut count = 0;
        for i in classes {
            count += 1;
            assert!(
                i == 0 || text.at(i - 1) == '|',
                "{:?} is inside a keyword",
                text.at(i)
            );
        }
        assert_eq!(count, 11);
    }
}
