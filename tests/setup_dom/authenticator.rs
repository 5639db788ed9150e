//! An authenticator is set up: the three steps, the check of the code, and what is left afterwards.

use super::*;

#[wasm_bindgen_test]
fn the_three_steps_are_drawn_around_the_sites_input() {
    let (page, _connected) = Page::setup(&[]);
    assert_eq!(
        page.host
            .query_selector_all("h2")
            .expect("a selector")
            .length(),
        3
    );
    let qr = page.part("qr").expect("a QR code");
    assert_eq!(
        qr.namespace_uri().as_deref(),
        Some("http://www.w3.org/2000/svg")
    );
    assert!(
        qr.get_attribute("aria-label")
            .is_some_and(|label| label.starts_with("QR code"))
    );
    let key = page.part("key").and_then(|part| part.text_content());
    assert_eq!(
        key.as_deref(),
        Some("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
    );
    let link = page
        .part("open")
        .and_then(|link| link.get_attribute("href"));
    assert_eq!(link.as_deref(), Some(URI));
    assert!(page.host.contains(Some(&page.input)));
}

#[wasm_bindgen_test]
fn a_right_code_is_sent_as_digits() {
    let (page, _connected) = Page::setup(&[("now", &NOW.to_string())]);
    let code = shown_at(NOW);
    page.typed(&format!("{} {}", &code[..3], &code[3..]));
    assert!(page.submitted());
    assert_eq!(page.input.value(), code);
    assert_eq!(page.message(), "");
}

#[wasm_bindgen_test]
fn the_published_codes_of_rfc_6238_are_accepted_and_no_others() {
    let vectors = JSON::parse(include_str!("../vectors/otp.json")).expect("JSON");
    let member = |row: &JsValue, name: &str| Reflect::get(row, &name.into()).expect("a member");
    let text = |row: &JsValue, name: &str| member(row, name).as_string().unwrap_or_default();
    let rows: js_sys::Array = member(&vectors, "rows").unchecked_into();
    let mut checked = 0;
    for row in rows.iter().filter(|row| text(row, "kind") == "totp") {
        let number = |name| member(&row, name).as_f64().expect("a number").to_string();
        let (secret, expect) = (text(&row, "secret"), text(&row, "expect"));
        let uri = [
            "otpauth://totp/a?secret=",
            &secret,
            "&digits=",
            &number("digits"),
            "&period=",
            &number("period"),
        ]
        .concat();
        let now = [&number("seconds"), "000"].concat();
        let page = Page::new("todoita-setup", &[("uri", &uri), ("now", &now)]);
        let _connected =
            connect_authenticator(page.host.clone(), "en".into(), words(), is_for_code(), None)
                .expect("a key URI");
        let last = if expect.ends_with('0') { "1" } else { "0" };
        page.typed(&[&expect[..expect.len() - 1], last].concat());
        assert!(!page.submitted(), "{uri}");
        page.typed(&expect);
        assert!(page.submitted(), "{uri}: {}", page.message());
        assert_eq!(page.input.value(), expect);
        checked += 1;
    }
    assert_eq!(checked, 12);
}

#[wasm_bindgen_test]
fn a_clock_that_is_off_is_named_from_minus_ten_to_plus_ten_minutes() {
    let (page, _connected) = Page::setup(&[("now", &NOW.to_string())]);
    for minutes in 1..=10 {
        for (time, word) in [
            (NOW - minutes * MINUTE, "slow"),
            (NOW + minutes * MINUTE, "fast"),
        ] {
            page.typed(&shown_at(time));
            assert!(!page.submitted(), "{minutes} minutes {word}");
            let unit = if minutes == 1 { "minute" } else { "minutes" };
            let sentence = format!("Your phone’s clock seems to be about {minutes} {unit} {word}.");
            assert!(page.message().starts_with(&sentence), "{}", page.message());
        }
    }
    assert_eq!(
        page.input.get_attribute("aria-invalid").as_deref(),
        Some("true")
    );
    page.typed("1");
    assert_eq!(
        (
            page.message().as_str(),
            page.input.has_attribute("aria-invalid")
        ),
        ("", false)
    );
}

#[wasm_bindgen_test]
fn the_result_of_a_check_is_an_event_without_the_code() {
    let (page, _connected) = Page::setup(&[("now", &NOW.to_string())]);
    let seen = std::rc::Rc::new(std::cell::RefCell::new(String::new()));
    let into = seen.clone();
    let listener = Closure::<dyn Fn(CustomEvent)>::new(move |event: CustomEvent| {
        *into.borrow_mut() = JSON::stringify(&event.detail()).expect("JSON").into();
    });
    document()
        .add_event_listener_with_callback("todoita-checked", listener.as_ref().unchecked_ref())
        .expect("a listener");
    page.typed(&shown_at(NOW - 3 * MINUTE));
    page.submitted();
    assert_eq!(*seen.borrow(), r#"{"ok":false,"drift":-3}"#);
    page.typed("000001");
    page.submitted();
    assert_eq!(*seen.borrow(), r#"{"ok":false,"drift":null}"#);
    page.typed(&shown_at(NOW));
    page.submitted();
    assert_eq!(*seen.borrow(), r#"{"ok":true,"drift":0}"#);
    document()
        .remove_event_listener_with_callback("todoita-checked", listener.as_ref().unchecked_ref())
        .expect("a listener");
}

#[wasm_bindgen_test]
fn a_wrong_code_is_sent_when_the_button_is_pressed_again() {
    let (page, _connected) = Page::setup(&[("now", &NOW.to_string())]);
    page.typed("000001");
    assert!(!page.submitted());
    assert!(page.message().contains("Example (hana)"));
    assert!(page.submitted());
}

#[wasm_bindgen_test]
fn an_element_that_ends_leaves_no_secret() {
    let (page, connected) = Page::setup(&[]);
    let text = |page: &Page| page.form.outer_html();
    assert!(text(&page).contains(SECRET));
    drop(connected);
    let left = text(&page);
    assert!(!left.contains(SECRET) && !left.contains("GEZD"), "{left}");
    assert!(page.submitted(), "its listeners are gone");
}

#[wasm_bindgen_test]
fn an_invalid_key_uri_leaves_the_page_as_it_is() {
    let page = Page::new("todoita-setup", &[("uri", SECRET)]);
    let before = page.form.outer_html();
    let error =
        connect_authenticator(page.host.clone(), "en".into(), words(), is_for_code(), None).err();
    let text = error.map(|error| String::from(error.unchecked_into::<js_sys::Error>().message()));
    assert_eq!(text.as_deref(), Some("the attribute uri is no key URI"));
    assert_eq!(page.form.outer_html(), before);
}

#[wasm_bindgen_test]
fn an_element_works_in_a_shadow_root() {
    let page = Page::new("todoita-setup", &[("uri", URI), ("now", &NOW.to_string())]);
    let around: HtmlElement = create("div");
    let shadow = around
        .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
        .expect("a root");
    shadow.append_child(&page.form).expect("a child");
    document()
        .body()
        .expect("a body")
        .append_child(&around)
        .expect("a child");
    let _connected =
        connect_authenticator(page.host.clone(), "en".into(), words(), is_for_code(), None).ok();
    page.typed("000001");
    assert!(!page.submitted());
    assert!(page.message().contains("Example (hana)"));
    around.remove();
}
