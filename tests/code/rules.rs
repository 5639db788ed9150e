//! Other lengths, letters in backup codes, no backup codes.

use super::{letters, no_backup, of_length, table};
use wasm_bindgen_test::wasm_bindgen_test;

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
