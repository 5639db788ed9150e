//! Codes of letters and digits, and backup codes in the shape of the site.

use todoita::code::{Alphabet, Rule};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{describe, table};

fn codes(digits: u8) -> Rule {
    Rule { digits, code: Alphabet::Alphanumeric, ..Rule::default() }
}

fn shaped(format: &str) -> Rule {
    let mut rule = Rule::default();
    assert!(rule.set_backup_format(format), "{format:?}");
    rule
}

#[wasm_bindgen_test(unsupported = test)]
fn typed() {
    table(&codes(6), &[
        ("A7C219", "code A7C219"),
        ("a7c-219", "code a7c219 separators"),
        ("A7C 219", "code A7C219 separators"),
        ("A7 C2 19", "code A7C219 separators"),
        (" A7C219\n", "code A7C219 separators"),
        ("(A7C219)", "code A7C219 separators"),
        ("Ａ７Ｃ２１９", "code A7C219 full-width"),
        ("A7C\u{200B}219", "code A7C219 invisible"),
        ("O0I1L8", "code O0I1L8"),
        ("O0O0O0", "code O0O0O0"),
        ("482913", "code 482913"),
        ("482 913", "code 482913 separators"),
        ("48291345", "backup 48291345"),
        ("A7", "too-few A7"),
        ("A7C21", "too-few A7C21"),
        ("A7 C219", "no-code"),
        ("A7C2 19", "no-code"),
        ("A7C219Q", "too-many A7C219Q"),
        ("A7C2-19QX", "too-many A7C219QX"),
        ("two six", "no-code"),
        ("one two", "no-code"),
        ("ONE TWO", "code ONETWO separators"),
        ("A7C219!", "password"),
        ("Äpfel1", "password"),
        // No code has a letter with an accent, and none loses it.
        ("A7Ç219", "password"),
        ("O0Ò7oo", "password"),
        ("A7İ219", "password"),
    ]);
    table(&codes(4), &[("QKRT", "code QKRT"), ("1234", "code 1234")]);
    table(&codes(10), &[("K7Q2M-9XP4T", "code K7Q2M9XP4T separators")]);
}

#[wasm_bindgen_test(unsupported = test)]
fn in_messages() {
    table(&codes(6), &[
        ("Your code is A7C219", "code A7C219 message"),
        ("Code A7C219", "code A7C219 message"),
        ("Enter A7C219", "no-code"),
        ("Enter A7C219 to sign in", "code A7C219 message"),
        ("A7C219 is your code", "code A7C219 message"),
        ("A7C219 was your code", "no-code"),
        ("Your code: A7C-219", "code A7C219 message separators"),
        ("Your code: A7-C219", "no-code"),
        ("Your code: A7-C2-19", "code A7C219 message separators"),
        ("Your code: A7C219-QX", "no-code"),
        ("Your code: A7C219_1", "no-code"),
        ("Your code: +A7C219", "no-code"),
        ("Your code: A7C219é", "no-code"),
        ("Your code: éA7C219", "no-code"),
        ("Your code is AB1234", "code AB1234 message"),
        ("Your code is ab1234", "code ab1234 message"),
        ("Your code is 22Nov2", "code 22Nov2 message"),
        ("Your code ends 22Nov2", "no-code"),
        ("22Nov2 is your code", "no-code"),
        ("AB1234 is your code", "no-code"),
        ("Your code is QKRTBX and new", "code QKRTBX message"),
        ("Your code is QAKRTE and new", "no-code"),
        ("Your code is QAKRTE.", "code QAKRTE message"),
        ("Your code is QAKRTE", "code QAKRTE message"),
        ("Your code is qkrtbx", "no-code"),
        ("Your code QKRTBX", "no-code"),
        ("Your code QKR-TBX", "code QKRTBX message separators"),
        ("Your code QAR-TBX", "no-code"),
        ("See example.com/A7C219 for your code", "no-code"),
        ("See https://a.example/x?c=A7C219 for your code", "no-code"),
        ("Hello\n\nA7C219\n\nBye", "code A7C219 message"),
        ("Hello\n\nAB1234\n\nBye", "no-code"),
        ("Hello\n\nA7C219 and\n\nBye", "no-code"),
        ("Hello\n\nA7C219\nB8D331\n\nBye", "ambiguous"),
        ("Code: A7C219 or B8D331", "ambiguous"),
        ("Code: A7C219. Code: B8D331", "ambiguous"),
        ("Your order number:\n\nA7C219\n\nBye", "no-code"),
        ("Your code was used\nDevice: A7C219", "no-code"),
        ("Someone is signing in to your account.\n\n482913\n\nBye", "no-code"),
        ("Hibari: 482913", "no-code"),
        ("Hibari: your code is 482913", "code 482913 message"),
        ("Hello\n\n482913\n\nBye", "no-code"),
        ("@login.example #A7C219", "code A7C219 message"),
        ("@login.example #A7C2", "no-code"),
    ]);
    // Without letters in the site's codes none of these is one.
    table(&Rule::default(), &[
        ("Your code is A7C219", "no-code"),
        ("@login.example #A7C219", "no-code"),
        // A full stop before a line end ends a sentence, after a label too.
        ("Someone is signing in to your account.\n\n482913\n\nBye", "code 482913 message"),
        ("Please pay your account. 482913 is due.", "no-code"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn backup_codes_have_the_shape_of_the_site() {
    table(&shaped("xxxx-xxxx"), &[
        ("k7q2-m9xp", "backup k7q2-m9xp"),
        ("k7q2m9xp", "backup k7q2-m9xp separators"),
        ("k7q2 m9xp", "backup k7q2-m9xp separators"),
        ("k7q2–m9xp", "backup k7q2-m9xp separators"),
        ("k7q2－m9xp", "backup k7q2-m9xp separators"),
        (" k7q2-m9xp", "backup k7q2-m9xp separators"),
        ("k7q2\u{200B}-m9xp", "backup k7q2-m9xp invisible"),
        ("k7q-2m9xp", "backup k7q2-m9xp separators"),
        ("Backup code: k7q2-m9xp", "backup k7q2-m9xp message"),
        ("Backup code: k7q2m9xp", "backup k7q2-m9xp message separators"),
        ("482913", "code 482913"),
        ("k7q2", "too-few k7q2"),
        ("k7q2-m9xé", "password"),
    ]);
    table(&shaped("9999 9999"), &[
        ("4829 1345", "backup 4829 1345"),
        ("48291345", "backup 4829 1345 separators"),
        ("482O 1345", "backup 4820 1345 look-alike"),
        ("K7Q2M9XP", "password"),
    ]);
    // To the character: also what looks like a date, or like two codes.
    table(&shaped("xx.xx.xxxx"), &[("28.11.2026", "backup 28.11.2026")]);
    table(&shaped("9999-99-99"), &[("2026-11-28", "backup 2026-11-28")]);
    table(&shaped("999999-99"), &[("482913-10", "backup 482913-10")]);
    // The digits of a code are one, also where a backup code has as many characters.
    table(&shaped("xxx-xxx"), &[
        ("482913", "code 482913"),
        ("k7q-2m9", "backup k7q-2m9"),
    ]);
}

#[wasm_bindgen_test(unsupported = test)]
fn shapes() {
    for (format, places) in [("xxxx", 4), ("x.x_x x-x", 5), ("9999-9999", 8), (&"x".repeat(32), 32)] {
        assert_eq!(shaped(format).backup_digits, places, "{format:?}");
    }
    let (many, long) = ("x".repeat(33), "x".repeat(260));
    for format in ["", "xxx", "-xxxx", "xxxx-", "xx--xx", "xxxx/xxxx", "xx99", "9999x", "XXXX", "ｘｘｘｘ", &many, &long] {
        let mut rule = Rule::default();
        assert!(!rule.set_backup_format(format), "{format:?}");
        assert_eq!(rule, Rule::default(), "{format:?}");
    }
    assert_eq!(describe("k7q2m9xp", &shaped("xxxx.xxxx")), "backup k7q2.m9xp separators");
}
