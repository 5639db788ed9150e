//! The boundary: names, numbers, texts and facts from JavaScript to Rust and back.

use todoita::cause::Cause;
use todoita::channel::{Action, Channel};
use todoita::code::Kind;
use todoita::view::{Status, Tone, kind_str};
use todoita::wasm::names;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Insertion, Page};

/// The text of a name in JavaScript.
fn text(name: impl Into<JsValue>) -> String {
    name.into().as_string().expect("a name is a string")
}

#[wasm_bindgen_test]
fn every_name_in_the_page_is_that_of_the_core() {
    for channel in Channel::ALL {
        let name = names::Channel::from(channel);
        assert_eq!(
            (text(name).as_str(), name.known()),
            (channel.as_str(), Some(channel))
        );
        let action = Action::Method(channel);
        let name = names::Action::from(action);
        assert_eq!(
            (text(name).as_str(), name.known()),
            (action.as_str(), Some(action))
        );
    }
    for action in [Action::Resend, Action::Code] {
        let name = names::Action::from(action);
        assert_eq!(
            (text(name).as_str(), name.known()),
            (action.as_str(), Some(action))
        );
    }
    for cause in Cause::ALL {
        let name = names::Cause::from(cause);
        assert_eq!((text(name).as_str(), name.known()), (cause.as_str(), cause));
    }
    for kind in [Kind::Code, Kind::Backup] {
        assert_eq!(text(names::Kind::from(kind)), kind_str(kind));
    }
    for tone in [Tone::Quiet, Tone::Good, Tone::Alert] {
        assert_eq!(text(names::Tone::from(tone)), tone.as_str());
    }
    for status in [
        Status::Ready,
        Status::Busy,
        Status::Problem,
        Status::Refused,
        Status::Locked,
        Status::Ended,
        Status::Expired,
        Status::Unreachable,
        Status::Accepted,
    ] {
        assert_eq!(text(names::Status::from(status)), status.as_str());
    }
}

#[wasm_bindgen_test]
fn facts_cross_with_what_is_missing() {
    let page = Page::new();
    let now = 1_795_000_005_000_f64;
    page.state(
        "facts",
        &[
            ("now", now.into()),
            ("channel", "sms".into()),
            ("destination", "5678".into()),
            ("expires-at", (now + 595_000.0).into()),
            ("attempts-left", 7.9.into()),
        ],
    );
    assert_eq!(page.sentence("sent"), "sent-sms");
    assert_eq!(page.sentence("times"), "expires-in");
    assert_eq!(page.view("n"), "7", "a count has no fraction");
    assert_eq!(
        page.facts(),
        "1795000005000,sms,5678,NaN,1795000600000,NaN,7,NaN,,NaN,0"
    );
    page.call("occurred", &["unreachable".into(), 0.into()]);
    assert_eq!(page.view("status"), "unreachable");
    assert!(
        page.facts().ends_with(",unreachable,NaN,0"),
        "{}",
        page.facts()
    );
}

#[wasm_bindgen_test]
fn no_attempt_left_is_not_an_unknown_number() {
    let page = Page::new();
    page.state(
        "refused",
        &[("cause", "locked".into()), ("attempts-left", 0.into())],
    );
    assert!(page.facts().contains(",0,NaN,locked,"), "{}", page.facts());
}

#[wasm_bindgen_test]
fn names_that_this_version_does_not_know_do_no_harm() {
    let page = Page::new();
    page.call("offer", &["pigeon".into(), true.into()]);
    page.call("offer", &["voice".into(), true.into()]);
    page.call("offer", &["email".into(), true.into()]);
    page.call("offer", &["email".into(), false.into()]);
    page.state(
        "refused",
        &[("cause", "eaten".into()), ("channel", "pigeon".into())],
    );
    assert_eq!(page.sentence("message"), "unknown");
    assert_eq!(page.view("methods"), r#"["voice"]"#);
    page.call("occurred", &["no-such".into(), 0.into()]);
    let prevented = page.call("submitted", &["no-such".into(), 0.into()]);
    assert_eq!(prevented.as_bool(), Some(true), "an empty text is not sent");
}

#[wasm_bindgen_test]
fn half_a_surrogate_pair_becomes_a_replacement_character() {
    let page = Page::new();
    // JavaScript's strings may hold half a pair; a Rust string cannot.
    let half = js_string(&[0x34, 0xD83D, 0x38]);
    page.call("receive", &[half, 0.into()]);
    assert_eq!(page.sentence("message"), "no-code");
}

fn js_string(units: &[u16]) -> JsValue {
    web_sys::js_sys::JsString::from_char_code(units).into()
}

#[wasm_bindgen_test]
fn numbers_from_javascript_are_converted_as_webassembly_does() {
    // The time is a whole number below 2^32; a fraction is cut, and nothing traps.
    for at in [
        0.0,
        1.75,
        4_294_967_295.0,
        4_294_967_296.0,
        -1.0,
        f64::NAN,
        f64::INFINITY,
    ] {
        let page = Page::new();
        page.call("occurred", &["tick".into(), at.into()]);
        assert_eq!(page.view("status"), "ready", "{at}");
        page.state("facts", &[("now", at.into()), ("attempts-left", at.into())]);
        assert_eq!(page.view("status"), "ready", "{at}");
    }
}

#[wasm_bindgen_test]
fn an_endless_text_does_no_harm() {
    let page = Page::new();
    let long = "9".repeat(200_000);
    assert!(
        page.insert(Insertion::pasted(&long)),
        "a text that is too long to be read is not inserted"
    );
    page.insert(Insertion::pasted("482913"));
    assert_eq!(page.value(), "482913");
}

#[wasm_bindgen_test]
fn a_key_that_changes_nothing_on_the_screen_draws_nothing() {
    let page = Page::new();
    page.insert(Insertion::typed("4"));
    let views = page.views();
    for digit in ["8", "2", "9", "1"] {
        page.insert(Insertion::typed(digit));
    }
    assert_eq!(page.views(), views);
    page.insert(Insertion::typed("3"));
    assert_eq!(page.views(), views + 1, "a complete code is drawn");
    page.call("occurred", &["tick".into(), 0.into()]);
    assert_eq!(page.views(), views + 2, "the time is");
}
