//! Typed texts: complete, partial, separated, in brackets, in every script; and the problems of texts without a code.

use super::{six, table, letters};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test(unsupported = test)]
fn complete() {
    table(&six(), &[
        ("482913", "code 482913"),
        ("000000", "code 000000"),
        ("004829", "code 004829"),
        ("012345", "code 012345"),
        ("202611", "code 202611"),
        ("112226", "code 112226"),
        ("103045", "code 103045"),
        ("090123", "code 090123"),
        ("48291345", "backup 48291345"),
        ("00000001", "backup 00000001"),
        ("20261122", "backup 20261122"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn partial() {
    table(&six(), &[
        ("", "empty"),
        (" ", "empty"),
        ("\u{3000}\n\t", "empty"),
        ("\u{200B}\u{FEFF}", "empty"),
        ("4", "too-few 4"),
        ("0", "too-few 0"),
        ("48", "too-few 48"),
        ("482", "too-few 482"),
        ("482 ", "too-few 482"),
        ("482-", "too-few 482"),
        ("482 - 9", "too-few 4829"),
        ("48291", "too-few 48291"),
        ("４８２", "too-few 482"),
        ("4829O", "too-few 4829"),
        ("4829134", "too-many 4829134"),
        ("482 9134", "too-many 4829134"),
        ("482913456", "too-many 482913456"),
        ("4829134567", "too-many 4829134567"),
        ("482913456789", "too-many 482913456789"),
        ("4829 1345 6789 0123", "too-many 4829134567890123"),
        ("482913 1", "too-many 4829131"),
        ("1 482913", "too-many 1482913"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn separated() {
    table(&six(), &[
        (" 482913", "code 482913 separators"),
        ("482913 ", "code 482913 separators"),
        ("482913\n", "code 482913 separators"),
        ("482913\r\n", "code 482913 separators"),
        ("482 913", "code 482913 separators"),
        ("482  913", "code 482913 separators"),
        ("482\u{A0}913", "code 482913 separators"),
        ("482\u{3000}913", "code 482913 separators"),
        ("482\u{2009}913", "code 482913 separators"),
        ("482\u{202F}913", "code 482913 separators"),
        ("482\u{2028}913", "code 482913 separators"),
        ("482\t913", "code 482913 separators"),
        ("482-913", "code 482913 separators"),
        ("482 - 913", "code 482913 separators"),
        ("123 - 456", "code 123456 separators"),
        ("482‐913", "code 482913 separators"),
        ("482‑913", "code 482913 separators"),
        ("482‒913", "code 482913 separators"),
        ("482–913", "code 482913 separators"),
        ("482—913", "code 482913 separators"),
        ("482―913", "code 482913 separators"),
        ("482−913", "code 482913 separators"),
        ("482－913", "code 482913 separators"),
        ("482ー913", "code 482913 separators"),
        ("482ｰ913", "code 482913 separators"),
        ("482〜913", "code 482913 separators"),
        ("482﹣913", "code 482913 separators"),
        ("482.913", "code 482913 separators"),
        ("482·913", "code 482913 separators"),
        ("482・913", "code 482913 separators"),
        ("482•913", "code 482913 separators"),
        ("482｡913", "code 482913 separators"),
        ("482_913", "code 482913 separators"),
        ("482,913", "code 482913 separators"),
        ("482、913", "code 482913 separators"),
        ("482，913", "code 482913 separators"),
        ("482/913", "code 482913 separators"),
        ("48 29 13", "code 482913 separators"),
        ("48-29-13", "code 482913 separators"),
        ("11-12-13", "code 111213 separators"),
        ("4 8 2 9 1 3", "code 482913 separators"),
        ("4-8-2-9-1-3", "code 482913 separators"),
        ("4\n8\n2\n9\n1\n3", "code 482913 separators"),
        ("4829 13", "code 482913 separators"),
        ("1 23456", "code 123456 separators"),
        ("482913.", "code 482913 separators"),
        ("482913。", "code 482913 separators"),
        ("482913!", "code 482913 separators"),
        ("#482913", "code 482913 separators"),
        ("+482913", "code 482913 separators"),
        ("4829 1345", "backup 48291345 separators"),
        ("4829-1345", "backup 48291345 separators"),
        ("48 29 13 45", "backup 48291345 separators"),
        ("482 913 45", "backup 48291345 separators"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn in_brackets() {
    table(&six(), &[
        ("【482913】", "code 482913 separators"),
        ("「482913」", "code 482913 separators"),
        ("『482913』", "code 482913 separators"),
        ("｢482913｣", "code 482913 separators"),
        ("〔482913〕", "code 482913 separators"),
        ("(482913)", "code 482913 separators"),
        ("（482913）", "code 482913 separators"),
        ("[482913]", "code 482913 separators"),
        ("［482913］", "code 482913 separators"),
        ("<482913>", "code 482913 separators"),
        ("＜482913＞", "code 482913 separators"),
        ("〈482913〉", "code 482913 separators"),
        ("《482913》", "code 482913 separators"),
        ("{482913}", "code 482913 separators"),
        ("\"482913\"", "code 482913 separators"),
        ("'482913'", "code 482913 separators"),
        ("“482913”", "code 482913 separators"),
        ("‘482913’", "code 482913 separators"),
        ("„482913“", "code 482913 separators"),
        ("«482913»", "code 482913 separators"),
        ("`482913`", "code 482913 separators"),
        ("*482913*", "code 482913 separators"),
        ("**482913**", "code 482913 separators"),
        ("【４８２－９１３】", "code 482913 full-width separators"),
        ("「4829 1345」", "backup 48291345 separators"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn digits_of_every_script() {
    table(&six(), &[
        ("４８２９１３", "code 482913 full-width"),
        ("４８２913", "code 482913 full-width"),
        ("００４８２９", "code 004829 full-width"),
        ("４８２９１３４５", "backup 48291345 full-width"),
        ("４８２　９１３", "code 482913 full-width separators"),
        ("٤٨٢٩١٣", "code 482913 other-digits"),
        ("۴۸۲۹۱۳", "code 482913 other-digits"),
        ("४८२९१३", "code 482913 other-digits"),
        ("৪৮২৯১৩", "code 482913 other-digits"),
        ("௪௮௨௯௧௩", "code 482913 other-digits"),
        ("๔๘๒๙๑๓", "code 482913 other-digits"),
        ("໔໘໒໙໑໓", "code 482913 other-digits"),
        ("၄၈၂၉၁၃", "code 482913 other-digits"),
        ("៤៨២៩១៣", "code 482913 other-digits"),
        ("𝟒𝟖𝟐𝟗𝟏𝟑", "code 482913 other-digits"),
        ("𝟜𝟠𝟚𝟡𝟙𝟛", "code 482913 other-digits"),
        ("𝟺𝟾𝟸𝟿𝟷𝟹", "code 482913 other-digits"),
        ("🯴🯸🯲🯹🯱🯳", "code 482913 other-digits"),
        ("④⑧②⑨①③", "code 482913 other-digits"),
        ("❹❽❷❾❶❸", "code 482913 other-digits"),
        ("4\u{FE0F}\u{20E3}8\u{FE0F}\u{20E3}2\u{FE0F}\u{20E3}9\u{FE0F}\u{20E3}1\u{FE0F}\u{20E3}3\u{FE0F}\u{20E3}",
         "code 482913 invisible"),
        ("①482913", "code 482913 separators"),
        ("٤٨٢-９１３", "code 482913 full-width other-digits separators"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn invisible_characters() {
    table(&six(), &[
        ("\u{200B}482913", "code 482913 invisible"),
        ("482\u{200B}913", "code 482913 invisible"),
        ("482913\u{200B}", "code 482913 invisible"),
        ("\u{FEFF}482913", "code 482913 invisible"),
        ("\u{202A}482913\u{202C}", "code 482913 invisible"),
        ("\u{2066}482913\u{2069}", "code 482913 invisible"),
        ("\u{200E}482\u{200F}913", "code 482913 invisible"),
        ("482\u{AD}913", "code 482913 invisible"),
        ("482\u{2060}913", "code 482913 invisible"),
        ("482\u{200D}913", "code 482913 invisible"),
        ("482\u{E0001}\u{E0020}913", "code 482913 invisible"),
        ("482\u{0}913", "code 482913 invisible"),
        ("4\u{332}8\u{332}2\u{332}9\u{332}1\u{332}3\u{332}", "code 482913 invisible"),
        ("482\u{200B} 913", "code 482913 separators invisible"),
        ("４８２\u{200B}-O13", "code 482013 full-width look-alike separators invisible"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn look_alike_letters() {
    table(&six(), &[
        ("48291O", "code 482910 look-alike"),
        ("48291o", "code 482910 look-alike"),
        ("48291ò", "password"),
        ("48291Ö", "password"),
        ("O48291", "code 048291 look-alike"),
        ("l48293", "code 148293 look-alike"),
        ("4829I3", "code 482913 look-alike"),
        ("4829l3", "code 482913 look-alike"),
        ("4829|3", "code 482913 look-alike"),
        ("4829ı3", "code 482913 look-alike"),
        ("4829Ｉ3", "code 482913 look-alike"),
        ("48291Ｏ", "code 482910 look-alike"),
        ("48291ｏ", "code 482910 look-alike"),
        ("48291О", "code 482910 look-alike"),
        ("48291〇", "code 482910 look-alike"),
        ("482 91O", "code 482910 look-alike separators"),
        ("4O-29-l3", "code 402913 look-alike separators"),
        ("4829134O", "backup 48291340 look-alike"),
        ("4829 I34O", "backup 48291340 look-alike separators"),
        // too few real digits
        ("OOO913", "password"),
        ("lOlOl3", "password"),
        ("Il", "password"),
        // other letters are not replaced
        ("48291S", "password"),
        ("48291B", "password"),
        ("4829Z3", "password"),
        ("i82913", "password"),
        ("482913a", "password"),
    ]);
    table(&letters(), &[
        ("4829134O", "backup 4829134O"),
        ("48291O", "too-few 48291O"),
        ("l48291IO", "backup l48291IO"),
    ]);
}


#[wasm_bindgen_test(unsupported = test)]
fn telephone_numbers() {
    table(&six(), &[
        ("090-1234-5678", "phone-number 09012345678"),
        ("09012345678", "phone-number 09012345678"),
        ("０９０ー１２３４ー５６７８", "phone-number 09012345678"),
        ("090 1234 5678", "phone-number 09012345678"),
        ("080-1234", "phone-number 0801234"),
        ("070-1234-567", "phone-number 0701234567"),
        ("050-1234-5678", "phone-number 05012345678"),
        ("03-1234-5678", "phone-number 0312345678"),
        ("(03) 1234-5678", "phone-number 0312345678"),
        ("03(1234)5678", "phone-number 0312345678"),
        ("0312345678", "phone-number 0312345678"),
        ("0120-123-456", "phone-number 0120123456"),
        ("0120 482913", "phone-number 0120482913"),
        ("0570-000-123", "phone-number 0570000123"),
        ("+81 90-1234-5678", "phone-number 819012345678"),
        ("+819012345678", "phone-number 819012345678"),
        ("+81-3-1234-5678", "phone-number 81312345678"),
        ("+1 (415) 555-0132", "phone-number 14155550132"),
        ("+44 7700 900123", "phone-number 447700900123"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn dates_and_times() {
    table(&six(), &[
        ("2026/11/22", "date 20261122"),
        ("2026-11-22", "date 20261122"),
        ("2026.11.22", "date 20261122"),
        ("22.11.2026", "date 22112026"),
        ("1-2-2026", "date 122026"),
        ("1-2-3456", "code 123456 separators"),
        ("22.11.26", "date 221126"),
        ("22/11/26", "date 221126"),
        ("11/22/2026", "date 11222026"),
        ("11/22", "date 1122"),
        ("11/22 10:30", "date 11221030"),
        ("2026/11/22 10:30", "date 202611221030"),
        ("２０２６／１１／２２", "date 20261122"),
        ("10:30", "date 1030"),
        ("12:34:56", "date 123456"),
        ("10:30 PM", "date"),
        ("2026年11月22日", "date"),
        ("2026年11月22日 10時30分", "date"),
        ("令和8年11月22日", "date"),
        ("11月22日", "date"),
        ("午前10時30分", "date"),
        ("11月22日(日) 10:30", "date"),
        ("2026년 11월 22일", "date"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn passwords_and_other_texts() {
    table(&six(), &[
        ("password", "password"),
        ("Tr0ub4dor&3", "password"),
        ("correct-horse-battery", "password"),
        ("p@ssw0rd!", "password"),
        ("abc123", "password"),
        ("ａｂｃ１２３", "password"),
        ("x", "password"),
        ("G-4829", "password"),
        ("FB-12345", "password"),
        ("482913abcdef", "password"),
        ("4f8a2c913e", "password"),
        ("こんにちは", "no-code"),
        ("パスワードを忘れました", "no-code"),
        ("correct horse battery staple", "no-code"),
        ("https://example.com/482913", "no-code"),
        ("user482913@example.com", "no-code"),
        ("482913@example.com", "no-code"),
        ("@user482913", "password"),
        ("¥482,913", "no-code"),
        ("￥482913", "no-code"),
        ("$482913", "no-code"),
        ("482913円", "no-code"),
        ("482,913円", "no-code"),
        ("482913 yen", "no-code"),
        ("€ 482913", "no-code"),
        ("482913%", "no-code"),
        ("〒123-4567", "no-code"),
        ("---", "no-code"),
        ("「」", "no-code"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn several_codes() {
    table(&six(), &[
        ("482913 771204", "ambiguous 482913771204"),
        ("482913\n771204", "ambiguous 482913771204"),
        ("482913, 771204", "ambiguous 482913771204"),
        ("482913 / 771204", "ambiguous 482913771204"),
        ("482913 10", "ambiguous 48291310"),
        ("482913 48291345", "ambiguous 48291348291345"),
        ("482913 482913", "code 482913 message"),
        ("482-913 482 913", "code 482913 message separators"),
        ("48291345\n48291345", "backup 48291345 message"),
        ("482913 または 771204", "ambiguous"),
        ("482913 or 771204", "ambiguous"),
        ("認証コードは 482913 か 771204 です", "ambiguous"),
        ("Your codes are 482913 and 771204.", "ambiguous"),
        ("482913 and 771204 are your codes.", "ambiguous"),
        ("認証コード 482913\n認証コード 771204", "ambiguous"),
        ("認証コード：482913\n認証コード：482913", "code 482913 message"),
        ("Your code is 482913. Again: 482913", "code 482913 message"),
        ("Code 482913 (482 913)", "code 482913 message"),
        ("- 48291345\n- 59302456\n- 60413567", "ambiguous 482913455930245660413567"),
        ("1. 48291345 2. 59302456", "ambiguous 148291345259302456"),
        ("48291345\n59302456\n60413567", "ambiguous 482913455930245660413567"),
        ("4829 1345\n5930 2456\n6041 3567", "ambiguous 482913455930245660413567"),
        ("4829 1345 5930 2456 6041 3567", "ambiguous 482913455930245660413567"),
        ("4829-1345 5930-2456 6041-3567", "ambiguous 482913455930245660413567"),
        ("1. 4829 1345\n2. 5930 2456", "ambiguous 148291345259302456"),
        ("バックアップコード\n48291345\n59302456\n60413567\n71524678\n82635789\n93746890\n04857901\n15968012\n26079123\n37180234", "ambiguous"),
        ("Your backup codes: 4829 1345 5930 2456 6041 3567 7152 4678", "ambiguous"),
        ("1. 4829 1345\n2. 5930 2456\nKeep these backup codes safe.", "ambiguous"),
    ]);
}
