//! Texts at the limits of a rule: one character, digit or word more or less changes the reading. Each kills a mutant that
//! survives all other tables (`cargo xtask mutants code`).

use super::{letters, of_length, on, six, table};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test(unsupported = test)]
fn how_many_digits() {
    table(&of_length(4, 8), &[
        ("01-2345", "too-many 012345"),
        ("Hana 71 84", "code 7184 message separators"),
        ("2169;0789@", "code 2169 message"),
        ("Room 8 29 13", "no-code"),
        ("認証コードは4 8 2 9 1です", "no-code"),
        ("Codes 4829 1357 2468$", "ambiguous"),
    ]);
    table(&six(), &[
        ("01234-OO", "too-many 01234"),
        ("03-1234567890", "too-many 031234567890"),
        ("+1234567", "too-many 1234567"),
        ("012345-6789", "phone-number 0123456789"),
        ("482\u{200b}  913", "code 482913 separators invisible"),
        ("①:", "too-few 1"),
        ("｟482913｠", "code 482913 separators"),
        ("Your code is 482 - 913.", "code 482913 message separators"),
        ("Room 123 : 123 Hana", "no-code"),
        ("482913 48 29 13", "code 482913 message"),
        ("Hana 482 \n913 Taro", "no-code"),
        ("Hana 482\n 913 Taro", "no-code"),
        ("code 482①913", "code 482913 message separators"),
        ("Backup codes: 4829 1357 1111 2222 3333 4444", "ambiguous"),
        ("Codes 48 29 13 77 12 04", "no-code"),
    ]);
    table(&of_length(9, 8), &[
        ("012 345 678", "code 012345678 separators"),
    ]);
    table(&of_length(6, 8), &[
        ("072307-5", "too-many 0723075"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn dates_and_times() {
    table(&six(), &[
        ("1O:30", "too-few 130"),
        ("00010:30", "too-many 0001030"),
        ("2:8", "too-few 28"),
        ("110:30", "too-few 11030"),
        ("25:30", "too-few 2530"),
        ("10:60", "too-few 1060"),
        ("22:8", "too-few 228"),
        ("1:30", "date 130"),
        ("11-22-2100", "backup 11222100 separators"),
        ("22.11.100", "too-many 2211100"),
        ("0/6", "too-few 06"),
        ("9/0", "too-few 90"),
        ("13/13", "too-few 1313"),
        ("12/32", "too-few 1232"),
        ("11.22/482913", "too-many 1122482913"),
        ("4.5/482913", "ambiguous 45482913"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn words_without_a_code() {
    table(&six(), &[
        (":", "no-code"),
        ("passwo.rd", "password"),
        ("pass/word", "password"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn lines_that_are_bound() {
    table(&on("example.com"), &[
        ("@bank.example 482913", "code 482913 message"),
        ("@bank.example!#482913", "code 482913 message"),
        ("@ #482913", "code 482913 message"),
        ("@bank.example:8443 #482913", "other-site"),
        ("@example.com:8443 #482913", "code 482913 message"),
    ]);
    table(&six(), &[
        ("@example.com #a482913", "no-code"),
        ("@example.com #AB12CD34", "no-code"),
    ]);
    table(&letters(), &[
        ("@example.com #AB12CD34", "backup AB12CD34 message"),
        ("@example.com #AB12CD3", "no-code"),
        ("@example.com #AB12CD345", "no-code"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn links_and_names() {
    table(&six(), &[
        ("@482913", "no-code"),
        ("myapp://verify?code=482913", "no-code"),
        ("hana.482913@example.com", "no-code"),
        ("482913.hana@example.com", "no-code"),
        ("482913 example.com/t?n=771204", "code 482913 message"),
        ("Order/Ref 771204", "no-code"),
        ("v1.2/482913 code", "no-code"),
        ("code.me? 482913", "code 482913 message"),
        ("example.com? 482913", "code 482913 message"),
        ("www.482913.com", "password"),
        ("Your.code? 48291357", "backup 48291357 message"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn labels_that_are_no_names() {
    table(&six(), &[
        ("Enter the Parcel code 482913 at the depot.", "no-code"),
        ("Enter the Parcels code 482913 at the depot.", "no-code"),
        ("Ihre Bestellung 118204 ist unterwegs.", "no-code"),
        ("Ihre Bestellungs-Nr. 118204 ist unterwegs.", "no-code"),
        ("Your Post code is 118204.", "no-code"),
        ("118204 hibari.example/code 530871", "ambiguous"),
        ("Zu Ihrer Bestellung 482913", "no-code"),
        ("Ihre Bestellungs-Seite 482913", "no-code"),
        ("Ihr Bestellcenter-Login 482913", "code 482913 message"),
        ("Code for No. 482913", "no-code"),
        ("The code that you asked for. 482913", "code 482913 message"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn whose_label_and_whose_unit() {
    table(&six(), &[
        ("OTP 250 EUR: 482913", "code 482913 message"),
        ("OTP 482913 JPY 500000", "code 482913 message"),
        ("OTP 482913 JPY 500000 login code", "code 482913 message"),
        ("118204 is your 530871", "ambiguous"),
        ("118204 OTP. Code. 530871", "ambiguous"),
        ("OTP 482913: JPY 500000", "code 482913 message"),
        ("OTP 482913. JPY 500000", "code 482913 message"),
        ("OTP: 482913: EUR 250.00 at Hibari", "code 482913 message"),
        ("OTP 482913, JPY 500000", "code 482913 message"),
        ("OTP 482913; JPY 500000", "code 482913 message"),
        ("OTP 482913 - JPY 500000", "code 482913 message"),
        ("OTP 482913 (JPY 500000)", "code 482913 message"),
        ("OTP 482913: ¥500000", "code 482913 message"),
        ("OTP 482913: $5000.00", "code 482913 message"),
        ("OTP 482913: Rs. 500000", "code 482913 message"),
        ("TAN 482913: EUR 5000,00", "code 482913 message"),
        ("482913: JPY 500000 OTP", "code 482913 message"),
        ("482913 is your OTP: JPY 500000", "code 482913 message"),
        ("認証コード：482913　金額：500000円", "code 482913 message"),
        ("認証コード482913 ￥500000", "code 482913 message"),
        ("118204 验证码 530871", "code 530871 message"),
        ("118204 認証コード 530871", "code 530871 message"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn prefixes_phones_and_markup() {
    table(&six(), &[
        ("PIN Hlb-640913", "no-code"),
        ("Hibari code ABCDEFG-640913", "no-code"),
        ("Hibari: Go-482913", "code 482913 message"),
        ("Votre code client HLB-640913", "no-code"),
        ("Code 482913 $ 20", "code 482913 message"),
        ("code 482913$ 20", "code 482913 message"),
        ("Ext. 110 * 482 913 code", "code 482913 message separators"),
        ("code 012345 4829", "code 012345 message"),
        ("48<b>29</b>13", "code 482913 separators"),
        // A > before the tags, as mail quotes a line, ends none of them.
        ("> Your code: 48<b>29</b>13", "code 482913 message separators"),
        // No tag: it never ends.
        ("No parcels </3 Your code is 482913", "code 482913 message"),
        ("482913</", "code 482913 separators"),
        ("Your code: <b>48</b><b>29</b><b>13</b>", "code 482913 message separators"),
    ]);
    table(&of_length(5, 8), &[("Hibari +49 30123456 48291 is your code", "code 48291 message")]);
    table(&of_length(4, 8), &[
        ("Hibari +49 301234 567 8901", "no-code"),
        ("045 1234 5678 9012 is your code", "code 9012 message"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn whose_clause() {
    table(&six(), &[
        ("Old 482913", "no-code"),
        ("482913 は 118204", "no-code"),
        ("482913 - is your: 500000", "ambiguous"),
        ("code client 482913", "no-code"),
        ("482913 is order 118204. Your code", "no-code"),
        ("118204 password. 482913 - Use it", "ambiguous"),
        ("Confirm your order 12:30 482913", "no-code"),
        ("482913 is yours, order now", "code 482913 message"),
        ("Code 0O2 482 913", "code 482913 message separators"),
        ("118204 void OTP 482913", "code 482913 message"),
        ("482913 is your code, old codes are void", "code 482913 message"),
        ("482913 is void at gate 118", "no-code"),
        ("482913 is here, order it", "code 482913 message"),
        ("482913 has expired because nobody has used it for 10 minutes", "no-code"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn points_bars_and_signs() {
    table(&six(), &[
        ("コード .482913", "code 482913 message"),
        (".482913 code", "code 482913 message"),
        ("482913|Hana", "code 482913 message"),
        ("Hana|482913", "code 482913 message"),
        ("95419O=547436", "code 547436 message"),
        ("Your code is 482OlI", "no-code"),
        ("Code 1234,5678", "no-code"),
        ("599138$", "no-code"),
        ("212808 $", "no-code"),
        ("428980$3", "code 428980 message"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn words_beside_a_number() {
    table(&six(), &[
        ("お客様771204", "no-code"),
        ("48291345号", "no-code"),
        ("482913验证码482913", "code 482913 message"),
        ("Code: 482913. Code: ４８２９１３.", "code 482913 message"),
        ("482913 code ４８２９１３", "code 482913 message full-width"),
        ("入力482914だ482913", "ambiguous"),
        ("backup code 090 - 48291357", "backup 48291357 message"),
        ("code +123456 482913", "no-code"), // a phone number in two groups,
        ("code 08 482913", "code 482913 message"),
    ]);
    table(&of_length(4, 8), &[
        ("19254853年0", "no-code"),
    ]);
    table(&of_length(6, 9), &[
        ("backup code 01234 482913571", "no-code"), // the first number has the word
        ("backup code 123 482913571", "backup 482913571 message"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn words_farther_away() {
    table(&six(), &[
        ("code zzzzzzzzzzzzzzzz 482913 abcdefgh 771204 code", "code 482913 message"),
        ("code zzzzzzzzzzzzzzzzzz 482913 abcdefgh 771204 code", "ambiguous"),
        ("backup code zz 21001122", "backup 21001122 message"),
        ("backup code zz 20991122", "no-code"),
        ("backup code of 21001122", "no-code") /* the number after "of" is the purpose */,
        ("認証コード 2026年11月22日 482913", "code 482913 message"),
        ("お客様のご利用ありがとうございます 482913", "code 482913 message"),
        ("code abc 8282, 482913", "no-code"),
        ("code abcd 8282, 482913", "code 482913 message"),
        ("enter abcdefghijkl 48291357", "backup 48291357 message"),
        ("order abcdefghijk 482913", "no-code"), // it may be the order
        ("order abcdefghijkl 482913", "code 482913 message"),
        ("order abc 482913", "no-code"),
        ("card abcdefghi 482913", "code 482913 message"),
        ("card abcdefgh 482913", "no-code"),
        ("Enter card 482913", "no-code"),
        ("Log in. Card 482913", "no-code"),
        ("482913 is your code abcdefg 771204", "code 482913 message"),
        ("認証コード（2026年度版） 482913", "code 482913 message"),
        ("認証コード 2026年 482913", "code 482913 message"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn words_after_a_number() {
    table(&six(), &[
        ("482.913 code. 771205", "code 482913 message separators"), // the word has its number
        ("482.913 codes. 482914 code", "ambiguous"),
        ("482913 code. 771205", "code 482913 message"),
        ("482913 1 code", "code 482913 message"),
        ("482913 7120 code", "no-code"),
        ("771204 is your order number", "no-code"),
        ("482913 yes. Code sent", "no-code"),
        ("48291O. Code", "no-code"),
        ("482.913\nzzzzzzzzzzzz code", "no-code"),
        ("482.913\nzzzzzzzzzz code", "code 482913 message separators"),
        ("771204 is abcdefghi order", "code 771204 message"),
        ("771204 is abcdefgh order", "no-code"),
        ("771204 ab is your order", "code 771204 message"),
        ("771204 a is your order", "no-code"),
        ("771204コード2913", "no-code"),
        ("771204 code abc 2913", "code 771204 message"),
        ("771204 code ab 2913", "no-code"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn codes_of_letters_and_digits() {
    table(&letters(), &[
        (" AB12", "too-few AB12"),
        ("Backup code: ABCDEFGH", "backup ABCDEFGH message"),
        ("Backup code: AbCDEFGH", "no-code"),
        ("Backup code:-ABCDEFGH", "no-code"),
        ("Your backup code is AB12CD34-", "backup AB12CD34 message"),
        ("Backup code VERIFIED", "no-code"),
        ("Total 77284497$", "no-code"),
        ("77284497$", "no-code"),
    ]);
}

/// The distance over which a word counts.
#[wasm_bindgen_test(unsupported = test)]
fn how_far_a_word_reaches() {
    let far = |before: &str, sign: &str, times, after: &str| [before, &sign.repeat(times), after].concat();
    for (text, wanted) in [
        (far("code", ";", 399, "482913 Hana"), "code 482913 message"),
        (far("code", ";", 400, "482913 Hana"), "no-code"),
        (far("482913", ";", 99, "code Hana"), "code 482913 message"),
        (far("482913", ";", 100, "code Hana"), "no-code"),
        (far("enter ", "z", 41, " 48291357"), "backup 48291357 message"),
        (far("enter ", "z", 42, " 48291357"), "no-code"),
        (far("48291357 ", "z", 81, " code"), "backup 48291357 message"),
        (far("48291357 ", "z", 82, " code"), "no-code"),
        (far("771204 code", ";", 11, "2913"), "no-code"),
        (far("771204 code", ";", 12, "2913"), "code 771204 message"),
        // the word belongs to the number before it
        (far("482913", ";", 35, "code abcdefg 771204"), "code 482913 message"),
        (far("482913", ";", 36, "code abcdefg 771204"), "code 771204 message"),
    ] {
        table(&six(), &[(text.as_str(), wanted)]);
    }
}
