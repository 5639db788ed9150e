//! Typing key by key: nothing jumps, nothing is erased, and a code is corrected as soon as it is complete.

use super::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test(unsupported = test)]
fn an_untouched_field_is_ready_and_says_nothing() {
    let typist = Typist::new();
    let view = typist.view();
    assert_eq!((typist.status(), typist.message().as_str()), ("ready", ""));
    assert_eq!((view.entered, view.length, view.kind), (0, 6, Kind::Code));
    assert!(!view.invalid && !view.held);
}

#[wasm_bindgen_test(unsupported = test)]
fn digits_come_in_as_they_are_typed() {
    let mut typist = Typist::new();
    for (place, key) in "48291".chars().enumerate() {
        typist.types(&key.to_string());
        assert_eq!(typist.view().entered as usize, place + 1);
        assert_eq!(typist.events(), "input");
    }
    typist.types("3");
    assert_eq!(typist.field(), "482913|");
    assert_eq!(typist.events(), "input=code complete=code");
    assert_eq!((typist.status(), typist.message().as_str()), ("ready", ""));
}

#[wasm_bindgen_test(unsupported = test)]
fn leading_zeros_stay() {
    assert_eq!(Typist::new().types("000012").field(), "000012|");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_full_width_key_is_a_digit_and_nobody_is_alarmed_on_the_way() {
    let mut typist = Typist::new();
    let mut ascii = String::new();
    for (key, digit) in "４８２９１".chars().zip("48291".chars()) {
        typist.types(&key.to_string());
        ascii.push(digit);
        assert_eq!(typist.text(), ascii);
        assert_eq!((typist.status(), typist.message().as_str()), ("ready", ""));
        assert!(!typist.view().invalid);
    }
    typist.types("３");
    assert_eq!(typist.field(), "482913|");
    assert_eq!(typist.message(), "quiet fix-full-width");
    assert_eq!(typist.completed(), "complete=code");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_full_width_key_in_the_middle_leaves_the_caret_behind_it() {
    let mut typist = Typist::new();
    typist.types("4813").caret(2).types("２");
    assert_eq!(typist.field(), "482|13");
    typist.types("９");
    assert_eq!(typist.field(), "4829|13");
    assert_eq!(typist.message(), "quiet fix-full-width");
}

#[wasm_bindgen_test(unsupported = test)]
fn digits_of_other_scripts_are_digits() {
    let mut typist = Typist::new();
    typist.types("٤٨٢٩١");
    assert_eq!(
        (typist.field().as_str(), typist.status()),
        ("48291|", "ready")
    );
    typist.types("٣");
    assert_eq!(typist.field(), "482913|");
    assert_eq!(typist.message(), "quiet fix-other-digits");
}

#[wasm_bindgen_test(unsupported = test)]
fn separators_stay_until_the_code_is_whole() {
    let mut typist = Typist::new();
    typist.types("123 - 45");
    assert_eq!(typist.field(), "123 - 45|");
    assert_eq!(typist.message(), "");
    typist.types("6");
    assert_eq!(typist.field(), "123456|");
    assert_eq!(typist.message(), "quiet fix-separators");
    assert_eq!(typist.completed(), "complete=code");
}

#[wasm_bindgen_test(unsupported = test)]
fn the_caret_stays_where_a_code_was_made_whole() {
    let mut typist = Typist::new();
    typist.types("12-456").caret(3).types("3");
    assert_eq!(typist.field(), "123|456");
    let mut typist = Typist::new();
    typist.types("1 2 45 6").caret(4).types("3");
    assert_eq!(typist.field(), "123|456");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_separator_behind_a_whole_code_is_dropped_and_completes_nothing_again() {
    let mut typist = Typist::new();
    typist.types("482913").events();
    typist.types(" ");
    assert_eq!(typist.field(), "482913|");
    assert_eq!(typist.message(), "quiet fix-separators");
    assert_eq!(typist.completed(), "");
}

#[wasm_bindgen_test(unsupported = test)]
fn look_alike_letters_become_digits_when_the_code_is_complete() {
    let mut typist = Typist::new();
    typist.types("4829l");
    assert_eq!(
        (typist.field().as_str(), typist.message().as_str()),
        ("4829l|", "")
    );
    typist.types("O");
    assert_eq!(typist.field(), "482910|");
    assert_eq!(typist.message(), "quiet fix-look-alike");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_letter_stays_without_a_message_while_typing() {
    let mut typist = Typist::new();
    typist.types("12a");
    assert_eq!(
        (typist.field().as_str(), typist.message().as_str()),
        ("12a|", "")
    );
    typist.types("3456");
    assert_eq!(typist.field(), "12a3456|");
    typist.caret(3).deletes(1);
    assert_eq!(typist.field(), "12|3456");
    assert_eq!(typist.completed(), "complete=code");
}

#[wasm_bindgen_test(unsupported = test)]
fn seven_digits_are_on_their_way_and_eight_are_a_backup_code() {
    let mut typist = Typist::new();
    typist.types("4829134");
    assert_eq!(typist.field(), "4829134|");
    assert_eq!((typist.status(), typist.message().as_str()), ("ready", ""));
    typist.events();
    typist.types("5");
    let view = typist.view();
    assert_eq!(typist.field(), "48291345|");
    assert_eq!((view.kind, view.length, view.entered), (Kind::Backup, 8, 8));
    assert_eq!(typist.message(), "quiet read-backup");
    assert_eq!(typist.events(), "input=backup complete=backup");
    typist.deletes(1);
    assert_eq!(
        (typist.view().kind, typist.message().as_str()),
        (Kind::Code, "")
    );
    assert_eq!(typist.events(), "input");
    typist.deletes(1);
    assert_eq!(typist.field(), "482913|");
    assert_eq!(typist.events(), "input=code complete=code");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_backup_code_may_be_typed_in_groups() {
    let mut typist = Typist::new();
    typist.types("4829 1345");
    assert_eq!(typist.field(), "48291345|");
    assert_eq!(typist.view().kind, Kind::Backup);
}

#[wasm_bindgen_test(unsupported = test)]
fn too_many_digits_are_reported_at_once_and_not_cut() {
    let mut typist = Typist::new();
    typist.types("482913456");
    let view = typist.view();
    assert_eq!(typist.field(), "482913456|");
    assert_eq!(typist.message(), "alert too-many");
    assert_eq!(
        (typist.status(), view.entered, view.length),
        ("problem", 9, 6)
    );
    assert!(view.invalid);
    typist.types("7890123");
    assert_eq!(typist.field(), "4829134567890123|");
    typist.deletes(8);
    assert_eq!(typist.message(), "quiet read-backup");
    assert!(!typist.view().invalid);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_phone_number_is_distinguished_from_too_many_digits() {
    let mut typist = Typist::new();
    typist.types("090123456");
    assert_eq!(typist.message(), "alert too-many");
    typist.types("78");
    assert_eq!(typist.message(), "alert phone-number");
    assert_eq!(typist.field(), "09012345678|");
}

#[wasm_bindgen_test(unsupported = test)]
fn where_there_are_no_backup_codes_the_seventh_digit_is_one_too_many() {
    let site = ruled(Rule {
        backup: Backup::None,
        ..Rule::default()
    });
    let mut typist = Typist::with(site, sms());
    typist.types("4829134");
    assert_eq!(typist.message(), "alert too-many");
    typist.types("5");
    assert_eq!(typist.field(), "48291345|");
    assert_eq!(typist.message(), "alert too-many");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_backup_code_of_letters_and_digits() {
    let mut typist = Typist::with(letters(), sms());
    typist.types("ab3d-9f2");
    assert_eq!(
        (typist.field().as_str(), typist.message().as_str()),
        ("ab3d-9f2|", "")
    );
    typist.types("K");
    assert_eq!(typist.field(), "ab3d9f2K|");
    assert_eq!(typist.message(), "quiet read-backup");
    assert_eq!(typist.completed(), "complete=backup");
}

#[wasm_bindgen_test(unsupported = test)]
fn look_alikes_are_left_alone_where_codes_have_letters() {
    let mut typist = Typist::with(letters(), sms());
    typist.types("O0lI1o|");
    assert_eq!(typist.field(), "O0lI1o||");
    assert_eq!(typist.completed(), "");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_backup_code_that_was_asked_for_is_not_complete_at_six_digits() {
    for code in ["48291345", "４８２９１３４５", "4829-1345", "48 29 13 45"] {
        let mut typist = Typist::with(auto_submit(), sms());
        typist.presses(Action::Method(Channel::Backup));
        for key in code.chars() {
            assert_eq!(typist.view().kind, Kind::Backup, "{code} before {key}");
            assert_eq!(typist.completed(), "", "{code} before {key}");
            assert_eq!(typist.status(), "ready", "{code} before {key}");
            typist.types(&key.to_string());
        }
        assert_eq!(typist.field(), "48291345|", "{code}");
        assert_eq!(typist.completed(), "complete=backup", "{code}");
        assert_eq!(
            typist.sent().0,
            0,
            "a backup code is not submitted by itself"
        );
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn where_codes_and_backup_codes_are_equally_long_a_code_is_a_code() {
    let eight = Rule {
        digits: 8,
        ..Rule::default()
    };
    for facts in [sms(), by(Channel::Backup)] {
        let mut typist = Typist::with(ruled(eight.clone()), facts);
        assert!(!typist.methods().contains("backup"), "no switch is offered");
        typist
            .presses(Action::Method(Channel::Backup))
            .types("48291345");
        assert_eq!(typist.completed(), "complete=code");
        assert_eq!(typist.message(), "");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn four_and_ten_digits() {
    let mut typist = Typist::with(
        ruled(Rule {
            digits: 4,
            backup_digits: 10,
            ..Rule::default()
        }),
        sms(),
    );
    typist.types("4829");
    assert_eq!(typist.completed(), "complete=code");
    typist.types("134567");
    assert_eq!(typist.completed(), "complete=backup");
    assert_eq!(typist.view().length, 10);
}

#[wasm_bindgen_test(unsupported = test)]
fn deleting_closes_the_gap_and_is_only_looked_at() {
    let mut typist = Typist::new();
    typist.types("482913").caret(3).deletes(2);
    assert_eq!(typist.field(), "4|913");
    assert_eq!(typist.view().entered, 4);
    typist.types("8２");
    assert_eq!(typist.field(), "482|913");
    typist.clears();
    assert_eq!((typist.field().as_str(), typist.status()), ("|", "ready"));
}

#[wasm_bindgen_test(unsupported = test)]
fn typing_over_a_selection_replaces_it() {
    let mut typist = Typist::new();
    typist.types("482913").selects(1, 3).types("７");
    assert_eq!(typist.field(), "47|913");
    typist.selects(0, 5).types("4");
    assert_eq!(typist.field(), "4|");
}

#[wasm_bindgen_test(unsupported = test)]
fn composed_text_is_corrected_after_the_composition() {
    let mut typist = Typist::new();
    typist.composes("４８２９１３");
    assert_eq!(typist.field(), "482913|");
    assert_eq!(typist.message(), "quiet fix-full-width");
    assert_eq!(typist.completed(), "complete=code");
}

#[wasm_bindgen_test(unsupported = test)]
fn an_input_method_may_finish_more_than_once_on_the_way() {
    let mut typist = Typist::new();
    typist.composes("４８").composes("２");
    assert_eq!(
        (typist.field().as_str(), typist.message().as_str()),
        ("482|", "")
    );
    typist.composes("９１").composes("３");
    assert_eq!(typist.field(), "482913|");
    assert_eq!(typist.completed(), "complete=code");
}

#[wasm_bindgen_test(unsupported = test)]
fn composed_text_is_not_erased() {
    let mut typist = Typist::new();
    typist.composes("12").composes("-").composes("3");
    assert_eq!(typist.text(), "12-3");
    typist.clears().composes("4829").composes("O");
    assert_eq!(typist.text(), "4829O");
    typist.composes("1");
    assert_eq!(typist.text(), "482901");
    typist.clears().composes("よんはち");
    assert_eq!(
        (typist.text().as_str(), typist.message().as_str()),
        ("よんはち", "")
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn an_input_method_does_not_complete_a_backup_code_at_six_digits() {
    for parts in [["４８２９１３", "４５"], ["482913", "45"]] {
        let mut typist = Typist::with(auto_submit(), sms());
        typist
            .presses(Action::Method(Channel::Backup))
            .composes(parts[0]);
        assert_eq!(typist.completed(), "", "{parts:?}");
        assert_eq!(typist.view().kind, Kind::Backup, "{parts:?}");
        typist.composes(parts[1]);
        assert_eq!(typist.completed(), "complete=backup", "{parts:?}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn an_input_method_in_the_middle_leaves_the_caret_there() {
    let mut typist = Typist::new();
    typist.types("423").caret(1).composes("８");
    assert_eq!(typist.field(), "48|23");
    typist.caret(3).composes("９１");
    assert_eq!(typist.field(), "48291|3");
    let mut typist = Typist::new();
    typist.types("4-1-3").caret(2).composes("８２９");
    assert_eq!(typist.field(), "4829|13");
}
