//! Lines that are bound to a host: `@example.com #482913`.

use super::{on, six, table};
use wasm_bindgen_test::wasm_bindgen_test;

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
        // a line without a code of an allowed length is ignored
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
    // A letter with an accent is another letter, and makes another host.
    table(&on("muenchen.example"), &[("@münchen.example #482913", "other-site")]);
    table(&on("munchen.example"), &[("@münchen.example #482913", "other-site")]);
    table(&on("münchen.example"), &[
        ("@munchen.example #482913", "other-site"),
        ("@MÜNCHEN.example #482913", "code 482913 message"),
        ("@münchen.example #48291ò", "no-code"),
    ]);
    table(&on("evil-example.com"), &[("@example.com #482913", "other-site")]);
    table(&on("example.com.evil.test"), &[("@example.com #482913", "other-site")]);
}
