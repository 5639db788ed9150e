//! Text inserted as a whole: a code is extracted, a part of a code is inserted at the caret, and a text without a code
//! is not inserted but gets a message.

use super::*;
use wasm_bindgen_test::wasm_bindgen_test;

const MESSAGE: &str = "2026/11/22 10:30\n認証番号：482913\nお問い合わせ 0120-123-456";

#[wasm_bindgen_test(unsupported = test)]
fn a_whole_message_gives_its_code() {
    let mut typist = Typist::new();
    typist.pastes(MESSAGE);
    assert_eq!(typist.field(), "482913|");
    assert_eq!(typist.message(), "quiet fix-message");
    assert_eq!(typist.events(), "input=code complete=code");
}

#[wasm_bindgen_test(unsupported = test)]
fn at_most_two_fixes_are_shown() {
    for (text, expected) in [
        ("482913", ""),
        ("４８２９１３", "quiet fix-full-width"),
        ("482-913", "quiet fix-separators"),
        ("482\u{200B}913", "quiet fix-invisible"),
        ("4829l3", "quiet fix-look-alike"),
        ("４８２-９１３", "quiet fix-full-width fix-separators"),
        (
            "認証番号は４８２-９１３です",
            "quiet fix-message fix-full-width",
        ),
        ("1234 5678", "quiet read-backup"),
        ("12345678", "quiet read-backup"),
    ] {
        let mut typist = Typist::new();
        typist.pastes(text);
        assert_eq!(typist.message(), expected, "{text}");
        assert_eq!(typist.view().entered, typist.view().length, "{text}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn fixes_are_shown_until_the_text_changes() {
    let mut typist = Typist::new();
    typist.pastes("482-913").waits(5 * SECOND);
    assert_eq!(typist.message(), "quiet fix-separators");
    assert_eq!(typist.deletes(1).message(), "");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_text_without_a_code_is_not_inserted_and_gets_a_message() {
    for (text, expected) in [
        ("090-1234-5678", "phone-number"),
        ("09012345678", "phone-number"),
        ("2026/11/22", "date"),
        ("22:30", "date"),
        ("Tr0ub4dor&3", "password"),
        ("482913 771204", "ambiguous"),
        ("Your codes are 482913 and 771204.", "ambiguous"),
        (
            "Your code is 482913.\n\n@bank.example #482913",
            "other-site",
        ),
        ("明日の朝に行きます", "no-code"),
        ("12,300円", "no-code"),
    ] {
        let mut typist = Typist::with(
            ruled(Rule {
                host: Some("login.example".to_owned()),
                ..Rule::default()
            }),
            sms(),
        );
        typist.types("48").events();
        typist.caret(1).pastes(text);
        assert!(typist.prevented, "{text}");
        assert_eq!(typist.field(), "4|8", "{text}");
        assert_eq!(typist.message(), ["alert ", expected].concat(), "{text}");
        assert_eq!(typist.status(), "problem", "{text}");
        assert_eq!(typist.events(), "", "{text}");
        typist.types("2");
        assert_eq!(
            (typist.field().as_str(), typist.message().as_str()),
            ("42|8", ""),
            "{text}"
        );
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_code_bound_to_this_host_wins() {
    let site = ruled(Rule {
        host: Some("login.example".to_owned()),
        ..Rule::default()
    });
    let mut typist = Typist::with(site, sms());
    typist.pastes("注文 123456\n\n@login.example #482913");
    assert_eq!(typist.field(), "482913|");
}

#[wasm_bindgen_test(unsupported = test)]
fn blank_text_and_nothing_are_no_reason_to_complain() {
    for text in [" ", "", "\n\t", "\u{3000}"] {
        let mut typist = Typist::new();
        typist.types("48").pastes(text);
        assert_eq!(
            (typist.status(), typist.message().as_str()),
            ("ready", ""),
            "{text:?}"
        );
        assert_eq!(typist.view().entered, 2);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn too_few_and_too_many_digits_are_inserted_with_a_message() {
    for (text, expected) in [
        ("48291", "alert too-few"),
        ("４８２", "alert too-few"),
        ("4829134", "alert too-many"),
        ("482913456", "alert too-many"),
        ("4829134567890", "alert too-many"),
        ("4829 1345 6789 0123", "alert too-many"),
    ] {
        let mut typist = Typist::new();
        typist.pastes(text);
        assert_eq!(typist.message(), expected, "{text}");
        let digits = todoita::code::read(text, &Rule::default()).digits;
        assert_eq!(typist.state.reading().digits, digits, "{text}");
        assert_eq!(typist.view().entered as usize, digits.len(), "{text}");
        assert_eq!(typist.completed(), "", "{text}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn typing_goes_on_behind_a_part() {
    for part in ["482", "４８２", "482-", " 482 ", "4 8 2"] {
        let mut typist = Typist::new();
        typist.pastes(part).types("91");
        assert_eq!(typist.message(), "", "{part}");
        typist.types("3");
        assert_eq!(typist.field(), "482913|", "{part}");
        assert_eq!(typist.completed(), "complete=code", "{part}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn nothing_of_a_part_is_lost() {
    let mut typist = Typist::new();
    typist.pastes("4829O").types("1");
    assert_eq!(typist.field(), "482901|");
    assert_eq!(typist.message(), "quiet fix-look-alike");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_part_is_inserted_at_the_caret() {
    for (part, expected) in [
        ("29", ""),
        ("２９", "quiet fix-full-width"),
        ("2-9", "quiet fix-separators"),
    ] {
        let mut typist = Typist::new();
        typist.types("4813").caret(2).pastes(part);
        assert_eq!(typist.field(), "4829|13", "{part}");
        assert_eq!(typist.message(), expected, "{part}");
        assert_eq!(typist.completed(), "complete=code", "{part}");
    }
    let mut typist = Typist::new();
    typist.types("413").caret(1).pastes("８２");
    assert_eq!(typist.field(), "482|13");
    assert_eq!(typist.message(), "alert too-few");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_whole_code_takes_the_place_of_everything() {
    for old in ["111111", "48", "12a", "111111111"] {
        for at in 0..=2 {
            let mut typist = Typist::new();
            typist.types(old).events();
            typist.caret(at).pastes("コード: 482913");
            assert_eq!(typist.field(), "482913|", "{old} at {at}");
            assert_eq!(typist.completed(), "complete=code", "{old} at {at}");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_keyboards_suggestion_is_put_in_at_once() {
    let mut typist = Typist::new();
    typist.types("4").accepts("482913");
    assert_eq!(typist.field(), "482913|");
    assert_eq!(typist.completed(), "complete=code");
    assert_eq!(typist.clears().accepts("今日は").message(), "alert no-code");
    assert_eq!(typist.field(), "|");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_filled_code_is_read_and_completes_once() {
    for text in ["482913", "４８２ ９１３", "認証コード 482913"] {
        let mut typist = Typist::new();
        typist.is_filled(text);
        assert_eq!(typist.field(), "482913|", "{text}");
        assert_eq!(typist.completed(), "complete=code", "{text}");
        typist.is_filled("482913");
        assert_eq!(typist.events(), "", "{text}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_filled_text_without_a_code_stays() {
    for (text, expected) in [
        ("hunter2", ""),
        ("482", ""),
        ("482 9", ""),
        ("4829134567", "alert too-many"),
        ("482 913 456", "alert too-many"),
    ] {
        let mut typist = Typist::new();
        typist.is_filled(text);
        assert_eq!(
            (typist.text().as_str(), typist.message().as_str()),
            (text, expected)
        );
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_code_that_is_put_in_at_once_is_a_code_also_where_a_backup_code_was_asked_for() {
    let mut typist = Typist::new();
    typist.presses(Action::Method(Channel::Backup));
    assert_eq!(typist.view().kind, Kind::Backup);
    typist.pastes("認証コード 482913");
    assert_eq!(typist.view().kind, Kind::Code);
    assert_eq!(typist.message(), "quiet fix-message");
    assert_eq!(typist.completed(), "complete=code");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_backup_code_that_was_asked_for_is_not_explained() {
    for (site, facts) in [(site(), sms()), (site(), by(Channel::Backup))] {
        let mut typist = Typist::with(site, facts);
        typist
            .presses(Action::Method(Channel::Backup))
            .pastes("12345678");
        assert_eq!(
            (typist.view().kind, typist.message().as_str()),
            (Kind::Backup, "")
        );
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn nothing_comes_in_while_a_request_is_under_way() {
    let mut typist = Typist::with(json(), sms());
    typist.types("482913").submits().events();
    typist.types("7").pastes("771204");
    assert_eq!(
        (typist.text().as_str(), typist.status()),
        ("482913", "busy")
    );
    assert_eq!(typist.events(), "");
}
