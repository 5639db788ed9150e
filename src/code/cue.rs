//! The words around a number that say what it is, in the languages in which large services write.
//!
//! A code that stands alone in its message needs no cue; these decide where several numbers stand, or where the
//! only number is an order, an account or an amount.

use alloc::vec;
use alloc::vec::Vec;

use super::sign::Text;

/// What a place of the text belongs to: one of the letters that open a kind in [`CUES`], or none.
pub(super) type Mark = u8;
/// Outside the text.
pub(super) const OUTSIDE: Mark = 1;
/// No cue.
pub(super) const NONE: Mark = 0;
/// A word for a code: the number beside it is one.
pub(super) const CODE: Mark = b'C';
/// A word for a backup code.
pub(super) const BACKUP: Mark = b'B';
/// A word for what a code is for (verify, sign in, enter).
pub(super) const USE: Mark = b'U';
/// A label of something else (order, tracking, telephone): the number right after it is no code.
pub(super) const OTHER: Mark = b'O';
/// A label of something else that also stands in sentences about codes (account, card, phone).
pub(super) const MAYBE: Mark = b'M';
/// "number", "no.": belongs to the label before it.
pub(super) const NUMBER: Mark = b'N';
/// "is": joins a number and what it is.
pub(super) const IS: Mark = b'I';
/// A unit or currency: the number before it (or, for the names of currencies, after it) is an amount.
pub(super) const AMOUNT: Mark = b'A';
/// An address, a link or a name with @.
pub(super) const LINK: Mark = b'L';

/// The cues. A capital letter opens a kind; `|` ends a cue; `_` is the edge of a word; `^` is one ideograph,
/// katakana or hangul. A later cue wins over an earlier one at the same place. Everything is in small letters,
/// without the accents of Latin-1, as [`Text`] folds it.
const CUES: &str = "\
U\
verif|weryf|confirm|konfirm|bestatig|認証|確認|验证|驗證|认证|認證|인증|확인|подтвер|\
login|log in|sign in|ログイン|登录|登入|로그인|войти|вход|_enter_|_use_|入力|输入|輸入|입력|ยืนยัน|xac|تحقق|\
N\
number|numero|nummer|_nr_|_no_|_no°|_nº|№|номер|番号|番號|號|号|번호|_n°|หมายเลข|\
I\
_is_|lautet|_est_|_ist_|_es_|は|が|是|为|為|은|는|\
A\
円|元|원|руб|บาท|đ_|_yen_|_jpy_|_usd_|_eur_|_euro|_gbp_|_krw_|_inr_|_cny_|_rs_|_rp_|_rub_|_tl_|_kr_|_zł_|_vnd|_thb|\
dollar|_points|积分|_pts_|ポイント|マイル|年|년|件|分|_minute|_min_|\
M\
account|_acct|_a/c|_card|_user|_customer|member|phone|_call_|_id_|_konto|compte|_cuenta|_conta_|_conto_|\
rekening|_hesa|счет|tai khoản|บัญชี|حساب|खात|アカウント|口座|カード|会員|お客様|账户|帳戶|账号|帳號|계정|\
C\
cod|kod|kood|κωδικ|код|קוד|رمز|كود|کد|کوڈ|कोड|ओटीपी|কোড|รหัส|_ma xac|otp|_pin_|passwor|_tan_|_mtan|kennwort|\
mot de passe|contrasen|_clave|senha|hasło|пароль|parol|şifre|コード|ｺｰﾄﾞ|パスワード|証キー|ムキー|ワンタイム|码|碼|코드|비밀번호|\
O\
_order|_invoice|_ref_|_refe|transac|transa|_txn|_trx|tracking|parcel|shipment|booking|reserv|_ticket|_case_|_fax|\
_tel_|telef|version|_ver_|polic|ending|endet|_zip code|post code|postcode|postal|promo code|code promo|coupon|discount code|barcode|qr code|\
error code|country code|sort code|area code|product code|branch code|invite code|referral code|confirmation nu|confirmation no|confirm no|bestell|auftrag|rechnung|kunden|sendung|vorgang|vertrag|buchung|paket|commande|facture|dossier|contrat|colis|\
pedido|factura|encomenda|ordine|fattura|prenota|spedizion|bestelling|klant|zamow|paczk|przesył|заказ|договор|посылк|_тел|\
sipariş|takip|muşteri|pesanan|đơn hang|คำสั่งซื้อ|อ้างอิง|طلب|ऑर्डर|注文|合わせ|合せ|订单|訂單|尾号|尾號|末尾|\
电话|電話|手机号|手機號|卡号|流水|编号|編號|邮编|전화|주문|계좌|운송장|^番号|^番號|^번호|\
〒|qrコード|バーコード|ポンコード|ラーコード|社コード|様コード|員コード|店コード|舗コード|行コード|業コード|品コード|国コード|待コード|介コード|体コード|\
C\
認証番号|認証用番号|確認番号|検証番号|暗証番号|ワンタイム番号|ログイン番号|證碼|证码|인증번호|확인번호|비밀번호|\
B\
backup|back-up|recover|バックアップ|リカバリ|復旧|予備コード|备用|備用|备份|備份|恢复|백업|복구|secours|recupera|\
respaldo|wiederherst|riserva|herstelcod|zapasow|резервн|восстанов|yedek|kurtarma|احتياطي|สำรอง|dự phong|cadangan|";

/// Marks every place of a text with what it belongs to.
pub(super) fn mark(text: &mut Text) {
    let small: Vec<char> = text
        .signs
        .iter()
        .map(|s| s.ch.to_ascii_lowercase())
        .collect();
    let mut marks = vec![NONE; small.len()];
    let mut kind = NONE;
    let mut cue: Vec<char> = Vec::new();
    for c in CUES.chars() {
        if c.is_ascii_uppercase() {
            kind = c as Mark;
        } else if c != '|' {
            cue.push(c);
        } else {
            find(&small, &cue, kind, &mut marks);
            cue.clear();
        }
    }
    links(text, &mut marks);
    text.marks = marks;
}

/// A letter that is written together with Latin, Greek or Cyrillic letters in one word.
fn joins(ch: Option<&char>) -> bool {
    ch.is_some_and(|&c| {
        c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{52F}' | '\u{1E00}'..='\u{1EFF}')
    })
}

fn find(small: &[char], cue: &[char], kind: Mark, marks: &mut [Mark]) {
    let (cue, before) = match cue.strip_prefix(&['_']) {
        Some(rest) => (rest, true),
        None => (cue, false),
    };
    let (cue, after) = match cue.strip_suffix(&['_']) {
        Some(rest) => (rest, true),
        None => (cue, false),
    };
    let Some(first) = cue.first() else { return };
    for (i, window) in small.windows(cue.len()).enumerate() {
        if window.first() != Some(first) && *first != '^' {
            continue;
        }
        let alike = window.iter().zip(cue).all(|(a, b)| {
            a == b || (*b == '^' && matches!(a, '\u{30A1}'..='\u{30FC}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'))
        });
        if alike
            && !(before && joins(small.get(i.wrapping_sub(1))))
            && !(after && joins(small.get(i + cue.len())))
        {
            let mut end = i + cue.len();
            // A cue is the whole word: Zamów|ienie. What is a cue itself stays one: Bestell|code.
            while !after && joins(small.get(end)) && marks.get(end) == Some(&NONE) {
                end += 1;
            }
            for mark in marks.iter_mut().take(end).skip(i) {
                *mark = kind;
            }
        }
    }
}

/// Marks links, mail addresses and @names: no number in them is a code, and no word in them a cue.
fn links(text: &Text, marks: &mut [Mark]) {
    let name = |i: usize| {
        let ch = text.at(i);
        ch.is_ascii_alphanumeric() || matches!(ch, '.' | '-' | '_' | '+' | '%')
    };
    let mut done = 0;
    for i in 0..text.signs.len() {
        let ch = text.at(i);
        let scheme = ch == ':' && text.at(i + 1) == '/';
        if i < done || !(scheme || matches!(ch, '@' | '/' | '?' | '.')) {
            continue;
        }
        let mut start = i;
        let mut dotted = false;
        // No host is longer, and a text of nothing else must not be walked again from every dot.
        while start > done && i < start + 64 && name(start - 1) {
            start -= 1;
            dotted |= text.at(start) == '.';
        }
        // example.com/..., or www.
        let path =
            (ch == '/' || ch == '?') && dotted && text.is_letter(start) && !text.is_space(i + 1);
        let www =
            ch == '.' && i == start + 3 && (start..i).all(|k| matches!(text.at(k), 'w' | 'W'));
        if !(scheme || ch == '@' || path || www) {
            continue;
        }
        done = i + 1;
        while name(done) || (ch != '@' && text.at(done).is_ascii_graphic() && text.at(done) != '"')
        {
            done += 1;
        }
        marks
            .iter_mut()
            .take(done)
            .skip(start)
            .for_each(|m| *m = LINK);
    }
}
