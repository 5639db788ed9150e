//! The words around a number that identify it, in the languages in which large services write.
//!
//! A code that is the only number of its message needs no keyword; these decide where there are several numbers,
//! or where the only one is an order, an account or an amount.

use super::text::{self, Keyword, Text, set};

/// The keywords. A capital letter opens a class (the constants of [`text`]); `|` ends a keyword; `_` is the edge of
/// a word; `^` is one ideograph, katakana or hangul. A later keyword wins over an earlier one at the same place.
/// Everything is in lower case, without the accents of Latin-1, as [`Text`] folds it.
const KEYWORDS: &str = "\
U\
verif|confirm|認証|確認|验证|驗證|인증|login|log in|sign in|ログイン|登录|_enter_|_use_|入力|输入|입력|xac|\
N\
number|numero|nummer|_nr_|_no_|_n°|№|номер|号|號|번호|\
I\
_is_|lautet|_est_|_ist_|_es_|は|が|是|为|為|은|는|\
A\
円|元|원|руб|_yen_|_jpy_|_usd_|_eur|_gbp_|_inr_|_rs_|dollar|_point|_pts_|积分|ポイント|マイル|年|년|件|分|_minute|_min_|\
M\
account|_acct|_a/c|_card|_user|_customer|member|phone|_call_|_id_|_konto|compte|_cuenta|アカウント|口座|カード|会員|お客様|账|帳|계정|\
C\
cod|kod|kood|κωδικ|код|קוד|رمز|كود|کد|कोड|ओटीपी|কোড|รหัส|otp|_pin_|passwor|_tan_|_mtan|kennwort|mot de passe|contrasen|_clave|senha|hasło|пароль|şifre|コード|ｺｰﾄﾞ|ワード|証キー|ワンタイム|码|碼|코드|\
O\
_order|_invoice|_ref_|_refe|transa|_txn|_trx|tracking|parcel|shipment|booking|reserv|_ticket|_case_|_fax|_tel_|telef|version|_ver_|polic|ending|endet|\
_zip code|post code|postcode|promo code|discount code|error code|country code|sort code|area code|product code|branch code|invite code|referral code|qr code|barcode|code promo|coupon|confirmation n|confirm no|\
bestell|auftrag|rechnung|kunden|sendung|vorgang|vertrag|buchung|paket|commande|factur|dossier|contrat|colis|pedido|encomenda|_ordine|fattura|prenota|\
zamow|paczk|заказ|договор|sipariş|takip|pesanan|đơn hang|คำสั่งซื้อ|อ้างอิง|طلب|\
注文|合わせ|合せ|末尾|尾号|尾號|订单|訂單|电话|電話|手机号|手機號|卡号|流水|编号|編號|邮编|전화|주문|계좌|운송장|^番号|^番號|^번호|\
〒|qrコード|バーコード|ポンコード|ラーコード|社コード|様コード|員コード|店コード|舗コード|行コード|業コード|品コード|国コード|待コード|介コード|\
C\
認証番号|認証用番号|確認番号|暗証番号|イム番号|グイン番号|인증번호|확인번호|비밀번호|backup|back-up|recover|バックアップ|リカバリ|復旧|备用|備用|백업|복구|secours|";

/// Sets the keyword of every character of a text.
pub(super) fn find(text: &mut Text) {
    // A text of digits alone is read at every key, and the keywords are ten times as long as a message.
    let lettered = (0..text.len()).any(|i| text.is_letter(i));
    // Normalized like the text, they compare with it.
    let keywords = Text::new(if lettered { KEYWORDS } else { "" }, text.rule);
    let (mut class, mut start) = (text::NONE, 0);
    for end in 0..keywords.len() {
        let ch = keywords.at(end);
        if ch.is_ascii_uppercase() {
            class = ch as Keyword & 15;
        } else if ch == '|' {
            find_one(text, &keywords, start, end, class);
        } else {
            continue;
        }
        start = end + 1;
    }
    links(text);
}

/// A letter that is written together with Latin, Greek or Cyrillic letters in one word.
#[inline(never)]
fn joins(ch: char) -> bool {
    ch.is_ascii_alphabetic() || matches!(ch, '\u{C0}'..='\u{52F}' | '\u{1E00}'..='\u{1EFF}')
}

/// Sets the keyword wherever the one in this span of `keywords` occurs.
fn find_one(text: &mut Text, keywords: &Text, mut start: usize, mut end: usize, class: Keyword) {
    let before = keywords.at(start) == '_';
    start += usize::from(before);
    let after = keywords.at(end - 1) == '_';
    end -= usize::from(after);
    for i in 0..text.len() {
        let (mut at, mut k) = (i, start);
        while k < end
            && (text.small(at) == keywords.at(k)
                || (keywords.at(k) == '^'
                    && matches!(text.at(at), '\u{30A1}'..='\u{30FC}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')))
        {
            at += 1;
            k += 1;
        }
        if k < end || (before && joins(text.at(i.wrapping_sub(1)))) || (after && joins(text.at(at)))
        {
            continue;
        }
        // It covers the rest of its word, Zamów|ienie, up to another keyword: Bestell|code.
        while !after && joins(text.at(at)) && text.keyword(at) == text::NONE {
            at += 1;
        }
        text.set_keyword(i, at, class);
    }
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
