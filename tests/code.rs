//! What is read of what people type and paste, as tables: the text, and the reading in words.
//!
//! `code 482913` is a code, `backup 48291345` a backup code; what was changed follows in the order of
//! `Fix`. Anything else is the problem, and the digits seen so far where they are counted.
//! The same bodies run natively and, through wasm-bindgen-test, in a browser.

use todoita::code::{Backup, Fix, Kind, Problem, Rule, read};
use wasm_bindgen_test::wasm_bindgen_test;

/// A reading in words.
fn said(text: &str, rule: &Rule) -> String {
    let reading = read(text, rule);
    let mut words = Vec::new();
    match (reading.kind, reading.problem) {
        (Some(Kind::Code), None) => words.push("code"),
        (Some(Kind::Backup), None) => words.push("backup"),
        (None, Some(problem)) => words.push(match problem {
            Problem::Empty => "empty",
            Problem::TooFew => "too-few",
            Problem::TooMany => "too-many",
            Problem::PhoneNumber => "phone-number",
            Problem::Date => "date",
            Problem::Password => "password",
            Problem::Ambiguous => "ambiguous",
            Problem::OtherSite => "other-site",
            Problem::NoCode => "no-code",
        }),
        _ => words.push("(a kind and a problem, or neither)"),
    }
    if !reading.digits.is_empty() {
        words.push(&reading.digits);
    }
    for fix in &reading.fixes {
        words.push(match fix {
            Fix::Message => "message",
            Fix::FullWidth => "full-width",
            Fix::OtherDigits => "other-digits",
            Fix::LookAlike => "look-alike",
            Fix::Separators => "separators",
            Fix::Invisible => "invisible",
        });
    }
    words.join(" ")
}

/// Reads every text of a table and tells of all that are read otherwise.
fn table(rule: &Rule, rows: &[(&str, &str)]) {
    let mut wrong = String::new();
    for (text, wanted) in rows {
        let got = said(text, rule);
        if got != *wanted {
            wrong.push_str(&["\n  ", text, "\n    wanted: ", wanted, "\n    read:   ", &got].concat());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Messages that hold this code, each by itself and with its line ends made spaces, as an `<input>` does.
fn messages(code: &str, texts: &[&str]) {
    let wanted = ["code ", code, " message"].concat();
    let flat: Vec<String> = texts.iter().map(|t| t.replace('\n', " ")).collect();
    let mut rows: Vec<(&str, &str)> = texts.iter().map(|t| (*t, wanted.as_str())).collect();
    rows.extend(flat.iter().map(|t| (t.as_str(), wanted.as_str())));
    table(&Rule::default(), &rows);
}

fn six() -> Rule {
    Rule::default()
}

fn of_length(digits: u8, backup_digits: u8) -> Rule {
    Rule { digits, backup_digits, ..Rule::default() }
}

fn on(host: &str) -> Rule {
    Rule { host: Some(host.to_owned()), ..Rule::default() }
}

fn letters() -> Rule {
    Rule { backup: Backup::Alphanumeric, ..Rule::default() }
}

fn no_backup() -> Rule {
    Rule { backup: Backup::None, ..Rule::default() }
}

// ---- typed ----

#[wasm_bindgen_test(unsupported = test)]
fn typed_plainly() {
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
fn typed_in_part() {
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
        ("4829 1345", "backup 48291345 separators"),
        ("4829-1345", "backup 48291345 separators"),
        ("48 29 13 45", "backup 48291345 separators"),
        ("482 913 45", "backup 48291345 separators"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn wrapped() {
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
        // other letters are not repaired
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

// ---- problems ----

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

// ---- bound lines ----

#[wasm_bindgen_test(unsupported = test)]
fn bound_to_this_page() {
    table(&on("example.com"), &[
        ("@example.com #482913", "code 482913 message"),
        ("482913 is your code.\n\n@example.com #482913", "code 482913 message"),
        ("482913 is your code. @example.com #482913", "code 482913 message"),
        ("Your order 771204 is on its way.\n@example.com #482913", "code 482913 message"),
        ("Code 771204 was sent before.\n@example.com #482913", "code 482913 message"),
        ("認証コード：482913です。@example.com #482913", "code 482913 message"),
        ("@EXAMPLE.com #482913", "code 482913 message"),
        ("@example.com:443 #482913", "code 482913 message"),
        ("@example.com. #482913", "code 482913 message"),
        ("＠example.com ＃４８２９１３", "code 482913 message full-width"),
        ("@example.com #48291345", "backup 48291345 message"),
        ("@example.com #482913 @shop.example", "code 482913 message"),
        ("@shop.example #482913 @example.com", "code 482913 message"),
        ("@example.com #482913 %shop.example", "code 482913 message"),
        ("@example.com #482913 and more text", "code 482913 message"),
        ("@example.com #482913\n@other.example #771204", "code 482913 message"),
        ("@example.com #482913 @other.example #771204", "code 482913 message"),
        ("@other.example #771204 @example.com #482913", "code 482913 message"),
        ("@example.com #482913\n@example.com #771204", "ambiguous"),
        ("\u{200B}@example.com\u{200B} #482\u{200B}913", "code 482913 message invisible"),
        // a line without a code that fits says nothing
        ("Your code is 482913\n@example.com #4829", "code 482913 message"),
    ]);
    table(&on("login.example.com"), &[
        ("@example.com #482913", "code 482913 message"),
        ("@login.example.com #482913", "code 482913 message"),
        ("@www.example.com #482913", "other-site"),
    ]);
    table(&on("localhost:8080"), &[("@localhost #482913", "code 482913 message")]);
    table(&on("LOGIN.Example.Com"), &[("@example.com #482913", "code 482913 message")]);
    table(&six(), &[
        ("@example.com #482913", "code 482913 message"),
        ("Your code is 771204.\n@bank.example #482913", "code 482913 message"),
        ("@a.example #482913\n@b.example #482913", "code 482913 message"),
        ("@a.example #482913\n@b.example #771204", "ambiguous"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn bound_to_another_page() {
    table(&on("example.com"), &[
        ("@bank.example #482913", "other-site"),
        ("482913 is your code.\n\n@bank.example #482913", "other-site"),
        ("認証コード：482913\n\n@bank.example #482913", "other-site"),
        ("Your code is 771204. @bank.example #482913", "other-site"),
        ("@evil-example.com #482913", "other-site"),
        ("@example.com.evil.test #482913", "other-site"),
        ("@login.example.com #482913", "other-site"),
        ("@xample.com #482913", "other-site"),
        ("@com #482913", "other-site"),
        ("@exampleXcom #482913", "other-site"),
        ("@例え.jp #482913", "other-site"),
        ("@bank.example #AB12CD", "other-site"),
        ("@bank.example #48291345", "other-site"),
        ("@bank.example #482913 @shop.example", "other-site"),
        // not a bound line
        ("@alice #hello your code is 482913", "code 482913 message"),
        ("Thanks @bank.example! Your code is 482913", "code 482913 message"),
        ("mail@bank.example #482913", "code 482913 message"),
        ("@bank.example code 482913", "code 482913 message"),
    ]);
    table(&on("evil-example.com"), &[("@example.com #482913", "other-site")]);
    table(&on("example.com.evil.test"), &[("@example.com #482913", "other-site")]);
}

// ---- other lengths and alphabets ----

#[wasm_bindgen_test(unsupported = test)]
fn other_lengths() {
    table(&of_length(4, 8), &[
        ("4829", "code 4829"),
        ("48 29", "code 4829 separators"),
        ("48291345", "backup 48291345"),
        ("4829 1345", "backup 48291345 separators"),
        ("482", "too-few 482"),
        ("482913", "too-many 482913"),
        ("2026", "code 2026"),
        ("10:30", "date 1030"),
        ("2026/11/22 10:30 認証コード：4829（10分間有効）", "code 4829 message"),
        ("Your code is 4829. Card ending 1881, 2026-11-22.", "code 4829 message"),
        ("2026年11月22日に認証コード 4829 を送りました", "code 4829 message"),
        ("【示例】验证码4829，您尾号1881的账户转账1500元。", "code 4829 message"),
        ("Use 4829 within 1440 minutes", "code 4829 message"),
        ("(C) 2026 Example. Code: 4829", "code 4829 message"),
        ("Backup code: 4829 1345", "backup 48291345 message separators"),
    ]);
    table(&of_length(5, 10), &[
        ("48291", "code 48291"),
        ("4829134567", "backup 4829134567"),
        ("48291 34567", "backup 4829134567 separators"),
        ("482913", "too-many 482913"),
        ("4829", "too-few 4829"),
        ("FB-48291 is your confirmation code", "code 48291 message"),
        ("03-1234-5678", "phone-number 0312345678"),
    ]);
    table(&of_length(7, 8), &[
        ("4829134", "code 4829134"),
        ("482 9134", "code 4829134 separators"),
        ("Your code is 482-9134.", "code 4829134 message separators"),
        ("〒482-9134 東京都", "no-code"),
        ("48291345", "backup 48291345"),
        ("482913", "too-few 482913"),
    ]);
    table(&of_length(8, 8), &[
        ("48291345", "code 48291345"),
        ("4829 1345", "code 48291345 separators"),
        ("482913", "too-few 482913"),
        ("Your code is 4829-1345.", "code 48291345 message separators"),
        ("2026/11/22", "date 20261122"),
        ("2026-11-22 10:30 Your code is 48291345", "code 48291345 message"),
    ]);
    table(&of_length(10, 8), &[
        ("4829134567", "code 4829134567"),
        ("0829134567", "code 0829134567"),
        ("48291 34567", "code 4829134567 separators"),
        ("03-1234-5678", "phone-number 0312345678"),
        ("48291345", "backup 48291345"),
        ("482913", "too-few 482913"),
        ("482913456", "too-many 482913456"),
    ]);
    table(&of_length(6, 10), &[
        ("482913", "code 482913"),
        ("4829134567", "backup 4829134567"),
        ("4829134", "too-many 4829134"),
        ("48291345", "too-many 48291345"),
    ]);
    table(&of_length(6, 6), &[("482913", "code 482913"), ("482-913", "code 482913 separators")]);
}

#[wasm_bindgen_test(unsupported = test)]
fn without_backup_codes() {
    table(&no_backup(), &[
        ("482913", "code 482913"),
        ("48291345", "too-many 48291345"),
        ("4829 1345", "too-many 48291345"),
        ("4829", "too-few 4829"),
        ("Backup code 48291345", "no-code"),
        ("Backup code 48291345, code 482913", "code 482913 message"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn backup_codes_with_letters() {
    table(&letters(), &[
        ("482913", "code 482913"),
        ("48291345", "backup 48291345"),
        ("AB12CD34", "backup AB12CD34"),
        ("ab12cd34", "backup ab12cd34"),
        ("AB12-CD34", "backup AB12CD34 separators"),
        ("AB12 CD34", "backup AB12CD34 separators"),
        ("ａｂ１２ｃｄ３４", "backup ab12cd34 full-width"),
        ("ABCDEFGH", "backup ABCDEFGH"),
        ("「AB12CD34」", "backup AB12CD34 separators"),
        ("O0Il1l0O", "backup O0Il1l0O"),
        ("AB12", "too-few AB12"),
        ("AB12-", "too-few AB12"),
        ("AB12-C", "too-few AB12C"),
        ("4829", "too-few 4829"),
        ("AB12CD345", "password"),
        ("p@ssw0rd", "password"),
        ("hey there", "no-code"),
        ("482 913", "code 482913 separators"),
        ("Your backup code is AB12CD34.", "backup AB12CD34 message"),
        ("Your backup code: AB12-CD34", "backup AB12CD34 message separators"),
        ("バックアップコード：AB12CD34", "backup AB12CD34 message"),
        ("Your password and username", "no-code"),
        ("Your recovery code was sent yesterday evening", "no-code"),
        ("Your verification code is 482913", "code 482913 message"),
        ("AB12CD34\nEF56GH78\nIJ90KL12", "ambiguous"),
        ("AB12CD34 EF56GH78", "ambiguous"),
        ("Backup codes:\nAB12-CD34\nEF56-GH78", "ambiguous"),
        ("https://example.com/AB12CD34", "no-code"),
    ]);
}

// ---- messages ----

#[wasm_bindgen_test(unsupported = test)]
fn japanese() {
    messages("482913", &[
        "認証コード：482913",
        "認証コード:482913",
        "認証コード 482913",
        "認証コード\n482913",
        "認証コード\n\n482913\n\n有効期限は10分です。",
        "認証コード【482913】",
        "認証コード「482913」を入力してください。",
        "認証コード（482913）",
        "認証コードは482913です。",
        "あなたの認証コードは 482913 です。10分間有効です。",
        "482913が認証コードです。",
        "482913 があなたの確認コードです",
        "【サンプル銀行】認証番号：482913\n有効時間は5分です。他人に教えないでください。",
        "2026/11/22 10:30 認証番号：482913",
        "2026年11月22日 10時30分\n確認コード：482913\n(有効期限 10:40)",
        "11/22 10:30発行 認証コード 482913",
        "[サンプル] 確認コード: 482913\n心当たりのない場合は 0120-123-456 までご連絡ください。",
        "確認コードは482913です。お問い合わせ：03-1234-5678",
        "ワンタイムパスワード：482913\nご利用金額：12,345円\nご利用日時：2026/11/22 10:30",
        "振込金額 123456円 ワンタイムパスワード 482913",
        "ご注文番号 771204 の認証コードは 482913 です。",
        "認証コード 482913 注文番号 771204",
        "注文番号：771204\n認証コード：482913",
        "会員番号 771204 様\nログインコードは 482913 です",
        "受付番号:771204\n認証コード:482913",
        "お客様番号771204\nパスコード482913",
        "セキュリティコード 482913 をログイン画面に入力してください。",
        "SMS認証コード：482913 (5分間有効)",
        "本人確認のため、以下の番号を入力してください：482913",
        "以下の6桁の番号を画面に入力してください。\n482913",
        "認証コードをお送りします。ログイン画面に次の6桁の数字を入力してください。\n\n482913\n\nこのコードは10分間有効です。",
        "サンプル: 482913 はあなたの認証コードです。誰にも教えないでください。",
        "【重要】ログイン用の暗証番号は482913です。",
        "サンプル通販です。認証コード[482913]を入力して下さい。https://example.co.jp/auth/771204",
        "認証コード：482913\nhttps://example.jp/v?code=771204&t=20261122",
        "認証コード：482913\nsupport771204@example.jp",
        "サンプル株式会社 〒123-4567 東京都千代田区1-2-3\n認証コード：482913",
        "お荷物伝票番号 1234-5678-9012 の受取認証番号は482913です。",
        "認証コード：482913\n有効期限：2026/11/22 10:40:59",
        "《サンプル》\n認証コード＝482913＝\n",
        "認証コード→482913",
        "コード482913でログインしてください",
        "あなたのコードは482913です",
        "確認用コード 482913 （6桁）",
        "6桁の認証コード：482913",
        "(1) 認証コード 482913\n(2) 有効期限 10分",
        "①認証コード：482913 ②有効期限：10分",
        "アカウント認証コードは482913です。",
        "お使いの携帯電話に送信した認証コード：482913",
        "証券口座 1234567 への出金認証番号 482913",
        "ﾛｸﾞｲﾝｺｰﾄﾞ:482913",
        "482913 これをアプリに入力",
    ]);
    table(&six(), &[
        ("認証コード：４８２９１３", "code 482913 message full-width"),
        ("認証コード：482-913", "code 482913 message separators"),
        ("認証コード：482 913", "code 482913 message separators"),
        ("認証コード 4 8 2 9 1 3 です", "code 482913 message separators"),
        ("認証コード：4-8-2-9-1-3", "code 482913 message separators"),
        ("認証コード：48291O", "code 482910 message look-alike"),
        ("認証コード：482\u{200B}913", "code 482913 message invisible"),
        ("認証コード：\u{200B}482913", "code 482913 message invisible"),
        ("バックアップコード：48291345", "backup 48291345 message"),
        ("バックアップコードは 4829 1345 です。大切に保管してください。", "backup 48291345 message separators"),
        ("リカバリーコード 4829-1345（2026/11/22発行）", "backup 48291345 message separators"),
        ("予備コード：48291345 電話 03-1234-5678", "backup 48291345 message"),
        ("お荷物 48291345 をお届けします", "no-code"),
        ("ご注文番号は771204です。", "no-code"),
        ("会員番号：771204", "no-code"),
        ("ご利用金額は123456円です", "no-code"),
        ("電話番号 090-1234-5678", "no-code"),
        ("11月22日10時30分にお届けします", "no-code"),
        ("認証コードを送信しました", "no-code"),
        ("認証コードは10分間有効です", "no-code"),
        ("https://example.jp/482913 を開いてください", "no-code"),
        ("お問い合わせ番号：771204 でお荷物をお預かりしています", "no-code"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn english() {
    messages("482913", &[
        "Your verification code is 482913",
        "Your verification code is: 482913.",
        "482913 is your verification code.",
        "482913 is your Example code. Don't share it.",
        "G-482913 is your verification code.",
        "Your Example code: 482913. It expires in 10 minutes.",
        "<#> Your ExampleApp code is: 482913\nFA+9qCX9VSu",
        "[#][Example] 482913 is your login code. q1w2e3r4t5Y",
        "Use 482913 to verify your account.",
        "Enter 482913 to sign in. Valid for 10 minutes.",
        "Hi Taro,\nenter this code to log in:\n\n482913\n\nIf this wasn't you, call 1-800-555-0199.",
        "Example: Your security code is 482913. Your code expires at 10:40 AM on 11/22/2026.",
        "2026-11-22 10:30 Your OTP is 482913",
        "482913 is the OTP for your transaction of Rs.12,345.67 on card ending 4417. Ref 771204.",
        "OTP 482913 for INR 123456.00 at EXAMPLE STORE on card XX4417. Valid till 10:40.",
        "OTP=482913 (Ref: ABCD) valid 5 min",
        "Your one-time passcode for order 771204 is 482913.",
        "Your code for order #771204 is 482913",
        "Code: 482913 Order: 771204",
        "Order: 771204 Code: 482913",
        "Order no. 771204. Code 482913.",
        "Your code 482913 expires in 10 minutes. Reference: 771204",
        "Ref: 771204. Your code is 482913.",
        "Account number 771204: your PIN is 482913",
        "Verification code for your account: 482913",
        "We sent a code to your phone: 482913",
        "Your Example ID code is: 482913. Don't share it with anyone.",
        "482913 is your code. 771204 is your order number.",
        "Do not share this code with anyone, not even staff: 482913",
        "Your code is below.\n\n482913\n\nIt can be used once. Example Inc., 1 Sample Way, 94107-1234",
        "Your verification code is 482913. Questions? Call +1 415 555 0132.",
        "Your code is 482913 https://example.com/c/771204",
        "Sign in at https://example.com/login?otp=771204 or use code 482913",
        "Code 482913, requested by user771204@example.com",
        "Thanks @user771204! Your code is 482913",
        "Your code is *482913*",
        "**482913** is your code",
        "Your code: <b>482913</b>",
        "\"482913\" is your code",
        "code=482913",
        "(482913) Example login code",
        "Example v2.10.4: code 482913",
        "OTP-482913",
        "Amount: $482,771.00 Code: 482913",
        "USD 771204 transfer. Confirm with 482913.",
        "Transfer of 771204 USD. Confirm with 482913.",
        "Your balance is 771204 points. Code: 482913",
        "Package 1Z999AA10123456784: pickup code 482913",
        "Tracking number 771204. Delivery PIN 482913",
        "Ticket 771204: temporary password 482913",
        "Message 3 of 3: code 482913",
        "Your 6-digit code is 482913",
        "6 digit code: 482913 (10:30)",
        "From: 32665\nYour code is 482913",
        "Reply STOP to 77120 to opt out. 482913 is your code",
        "Invoice 771204 is ready. To view it, enter 482913.",
        "Promo code 771204 is for later. Your login code is 482913.",
        "ZIP code 771204? No: your code is 482913",
        "482913\n\nis your login code",
        "Your code is 482913\n\n@example.com #482913",
    ]);
    table(&six(), &[
        ("Your code is 482-913", "code 482913 message separators"),
        ("Your code is 482 913.", "code 482913 message separators"),
        ("Your code is 48 29 13", "code 482913 message separators"),
        ("Your code is 4 8 2 9 1 3", "code 482913 message separators"),
        ("Your code is 4, 8, 2, 9, 1, 3.", "code 482913 message separators"),
        ("Your code is 482.913", "code 482913 message separators"),
        ("Code 482 913 (10:30)", "code 482913 message separators"),
        ("10:30 482 913", "code 482913 message separators"),
        ("2026/11/22 482-913", "code 482913 message separators"),
        ("2026/11/22 10:30 482913", "code 482913 message"),
        ("090-1234-5678 482913", "code 482913 message"),
        ("Your code is 48291O", "code 482910 message look-alike"),
        ("Your backup code is 48291345", "backup 48291345 message"),
        ("Backup code: 4829 1345", "backup 48291345 message separators"),
        ("Your recovery code 4829-1345. Keep it safe. Issued 2026-11-22", "backup 48291345 message separators"),
        ("Your code is 48291345", "backup 48291345 message"),
        ("Your code is 4829", "no-code"),
        ("FB-12345 is your code", "no-code"),
        ("Your parcel 48291345 arrives today", "no-code"),
        ("Order 771204 has shipped", "no-code"),
        ("Your account 771204 was locked. Enter the code from your app.", "no-code"),
        ("Call 090 1234 5678 for help", "no-code"),
        ("Call 0120 482913 for help", "no-code"),
        ("Card 4111 1111 1111 1111", "no-code"),
        ("IBAN NL91 ABNA 0417 1643 00", "no-code"),
        ("Total 482,913 yen", "no-code"),
        ("Paid USD 482913", "no-code"),
        ("Meet me at 10:30 on 11/22", "no-code"),
        ("commit 4829134f8a2c", "no-code"),
        ("id 550e8400-e29b-41d4-a716-446655440000", "no-code"),
        ("see 482913-ab12", "no-code"),
        ("ISO 20261122", "no-code"),
        ("Your code expired", "no-code"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn chinese_and_korean() {
    messages("482913", &[
        "【示例】验证码：482913，10分钟内有效，请勿泄露给他人。",
        "【示例银行】您尾号4417的卡正在支付1234.56元，动态密码482913，5分钟内有效。",
        "【示例】482913是您的登录验证码，如非本人操作请致电400-123-4567。",
        "【示例】您的校验码是482913。订单号771204。",
        "【示例】订单771204的取件验证码为482913",
        "您的验证码为 482913，请于2026年11月22日10:30前输入。",
        "验证码482913，用于手机号138****5678登录",
        "【示例支付】您正在转账771204元，验证码482913。",
        "【範例】您的驗證碼為 482913，請於10分鐘內輸入。",
        "【範例銀行】簡訊動態密碼：482913，訂單編號771204，金額NT$12,345。",
        "您的一次性密碼是482913，請勿提供予他人。客服電話 02-1234-5678",
        "[Web발신]\n[예시] 인증번호 [482913]를 입력해 주세요.",
        "[예시] 인증번호는 482913 입니다. 타인에게 알려주지 마세요.",
        "[Web발신] 본인확인 인증번호(482913)를 화면에 입력해주세요",
        "[예시은행] 인증번호 482913 이체금액 771204원",
        "주문번호 771204 인증코드: 482913",
        "고객번호 771204님, 인증번호는 482913입니다. 문의 1588-1234",
        "예시 확인코드: 482913 (유효시간 3분) 2026.11.22 10:30",
        "운송장 번호 771204123456, 비밀번호 482913",
    ]);
    table(&six(), &[
        ("【示例】订单号771204已发货", "no-code"),
        ("您的快递771204元", "no-code"),
        ("주문번호 771204 배송이 시작되었습니다", "no-code"),
        ("备用验证码：48291345", "backup 48291345 message"),
        ("백업 코드: 4829 1345", "backup 48291345 message separators"),
        ("【示例】验证码：４８２９１３", "code 482913 message full-width"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn european_languages() {
    messages("482913", &[
        // German
        "Ihr Bestätigungscode lautet 482913. Er ist 10 Minuten gültig.",
        "482913 ist dein Sicherheitscode für Beispiel.",
        "Ihre mTAN für den Auftrag 771204 vom 22.11.2026 über 1.234,56 EUR lautet: 482913",
        "Bestellnummer 771204. Ihr Code: 482913",
        "Kundennr. 771204: Ihr Einmalpasswort ist 482913",
        "TAN: 482913 Überweisung 771204,00 EUR auf Konto DE89 3704 0044 0532 0130 00",
        "BESTÄTIGUNGSCODE 482913 RECHNUNG 771204",
        // French
        "Votre code de vérification est 482913. Il expire dans 10 minutes.",
        "482913 est votre code Exemple. Ne le partagez pas.",
        "Commande n° 771204 : votre code est 482913",
        "Code : 482913. Paiement de 123,45 € le 22/11/2026 à 10h30, carte finissant par 4417.",
        "Saisissez 482913 pour confirmer. Numéro de dossier : 771204",
        // Spanish
        "Tu código de verificación es 482913. No lo compartas.",
        "482913 es tu código de Ejemplo",
        "Pedido 771204: su clave es 482913",
        "Su CÓDIGO es: 482913. Compra por $771204 en TIENDA 22/11 10:30",
        // Portuguese
        "Seu código de verificação é 482913. Não compartilhe.",
        "482913 é o seu código do Exemplo.",
        "Pedido 771204 - use a senha 482913 até 10:40",
        "Código: 482913. Compra R$ 1.234,56 em 22/11/2026.",
        // Italian
        "Il tuo codice di verifica è 482913",
        "482913 è il tuo codice Esempio. Scade tra 10 minuti.",
        "Ordine 771204: il codice è 482913",
        "Codice 482913 per autorizzare il pagamento di 1.234,56 EUR del 22/11/2026 ore 10:30",
        // Dutch
        "Je verificatiecode is 482913. Deel deze met niemand.",
        "Gebruik 482913 als inlogcode voor Voorbeeld",
        "Bestelling 771204: uw code is 482913",
        // Polish
        "Twój kod weryfikacyjny to 482913. Ważny 10 minut.",
        "Kod SMS: 482913 do operacji nr 771204 z dnia 22.11.2026 na kwotę 1234,56 PLN",
        "Zamówienie 771204, hasło jednorazowe: 482913",
        // Russian
        "Ваш код подтверждения: 482913. Никому его не сообщайте.",
        "482913 — ваш код для входа в Пример",
        "Код 482913. Заказ 771204. Сумма 123456 руб.",
        "Заказ № 771204. КОД: 482913",
        "Никому не говорите код! 482913 пароль для оплаты 1234.56 RUB",
        // Turkish
        "Doğrulama kodunuz: 482913. Kimseyle paylaşmayın.",
        "482913 Örnek doğrulama kodunuzdur.",
        "Sipariş 771204 için şifreniz 482913. Tutar 1.234,56 TL 22/11/2026 10:30",
        // others
        "Din verifieringskod är 482913. Giltig i 10 minuter.",
        "Din engangskode er 482913",
        "Vahvistuskoodisi on 482913. Älä jaa sitä.",
        "Váš ověřovací kód je 482913. Objednávka 12/2026.",
        "Az Ön ellenőrző kódja: 482913",
        "Codul tău de verificare este 482913",
        "Ο κωδικός σας είναι 482913. Λήγει σε 10 λεπτά.",
        "Ваш код підтвердження: 482913",
    ]);
    table(&six(), &[
        ("Bestellnummer: 771204", "no-code"),
        ("Ihre Kundennummer lautet 771204", "no-code"),
        ("Commande n° 771204 expédiée", "no-code"),
        ("Zamówienie 771204 wysłane", "no-code"),
        ("Заказ 771204 отправлен", "no-code"),
        ("Ihr Backup-Code: 4829 1345", "backup 48291345 message separators"),
        ("Code de secours : 48291345", "backup 48291345 message"),
        ("Código de respaldo: 48291345", "backup 48291345 message"),
        ("Резервный код: 48291345", "backup 48291345 message"),
        ("Votre code : 482 913", "code 482913 message separators"),
        ("Ihr Code: 482-913", "code 482913 message separators"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn asian_and_right_to_left_languages() {
    messages("482913", &[
        // Arabic, Persian, Hebrew
        "رمز التحقق الخاص بك هو 482913. لا تشاركه مع أحد.",
        "482913 هو رمز التحقق الخاص بك",
        "كود التفعيل: 482913 صالح لمدة 10 دقائق",
        "رقم الطلب 771204 ورمز التحقق 482913",
        "کد تایید شما: 482913",
        "קוד האימות שלך הוא 482913",
        "482913 הוא קוד הכניסה שלך. בתוקף עד 10:40",
        // Hindi, Bengali
        "आपका सत्यापन कोड 482913 है। इसे किसी से साझा न करें।",
        "482913 आपका ओटीपी है। ऑर्डर 771204",
        "আপনার যাচাইকরণ কোড 482913",
        // Thai
        "รหัส OTP ของคุณคือ 482913 (Ref: ABCD) ใช้ได้ภายใน 5 นาที",
        "คำสั่งซื้อ 771204 รหัสยืนยัน 482913",
        "OTP: 482913 เพื่อโอนเงิน 123456 บาท 22/11/2026 10:30",
        // Vietnamese
        "Mã xác thực của bạn là 482913. Không chia sẻ mã này.",
        "482913 là mã xác minh Ví Dụ của bạn",
        "Mã OTP: 482913. Giao dịch 1.234.567đ ngày 22/11/2026",
        "Đơn hàng 771204. Mã xác nhận: 482913",
        // Indonesian, Malay, Filipino
        "Kode verifikasi Anda adalah 482913. Jangan bagikan kepada siapa pun.",
        "482913 adalah kode OTP Contoh Anda. Berlaku 5 menit.",
        "Pesanan 771204: kode Anda 482913. Total Rp123.456",
        "Kod pengesahan anda ialah 482913",
        "Ang iyong verification code ay 482913",
    ]);
    table(&six(), &[
        ("رمز التحقق: ٤٨٢٩١٣", "code 482913 message other-digits"),
        ("رمز التحقق \u{202A}482913\u{202C} صالح حتى ١٠:٤٠", "code 482913 message invisible"),
        ("आपका कोड ४८२९१३ है", "code 482913 message other-digits"),
        ("รหัส ๔๘๒๙๑๓", "code 482913 message other-digits"),
        ("کد: ۴۸۲۹۱۳", "code 482913 message other-digits"),
        ("คำสั่งซื้อ 771204", "no-code"),
        ("Đơn hàng 771204", "no-code"),
        ("رقم الطلب 771204", "no-code"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn long_texts() {
    let far = ["x ".repeat(20_000).as_str(), "code 482913"].concat();
    let near = ["code 482913 ", "x ".repeat(2_000_000).as_str()].concat();
    let spaces = ["482", " ".repeat(2_000_000).as_str(), "913"].concat();
    let digits = "4".repeat(2_000_000);
    table(&six(), &[
        (far.as_str(), "no-code"),
        (near.as_str(), "code 482913 message"),
        (spaces.as_str(), "code 482913 separators"),
        (digits.as_str(), "no-code"),
    ]);
}

#[path = "code/strangers.rs"]
mod strangers;
