//! A phone number; and what both it and the authenticator do with a page that is rendered again.

use super::*;

#[wasm_bindgen_test]
fn a_number_is_posted_in_e164_beside_its_text() {
    let page = Page::new("todoita-phone", &[]);
    let connected = connect_phone(page.host.clone(), "en".into(), words(), is_for_code()).ok();
    page.typed("０９０−１２３４−５６７８");
    assert!(
        page.message().starts_with("We will use 090-1234-5678."),
        "{}",
        page.message()
    );
    let hidden: HtmlInputElement = page.part("e164").expect("a field").unchecked_into();
    assert_eq!(
        (hidden.name().as_str(), hidden.value().as_str()),
        ("value-e164", "+819012345678")
    );
    assert!(page.submitted());
    page.typed("0312345678");
    assert!(!page.submitted());
    assert!(page.message().contains("landline"));
    assert!(page.submitted(), "the person insists");
    drop(connected);
    assert!(page.part("e164").is_none() && page.part("message").is_none());
}

#[wasm_bindgen_test]
fn an_exception_of_the_page_leaves_the_element_at_work() {
    let page = Page::new("todoita-setup", &[("uri", URI), ("now", &NOW.to_string())]);
    // `Intl.PluralRules` refuses this tag, which `www/setup.js` never passes.
    let _connected = connect_authenticator(
        page.host.clone(),
        "en_US".into(),
        words(),
        is_for_code(),
        None,
    )
    .ok();
    page.typed(&shown_at(NOW - 3 * MINUTE));
    assert!(!page.submitted());
    page.typed("000001");
    assert!(!page.submitted());
    assert!(page.message().contains("Example (hana)"));
}

#[wasm_bindgen_test]
fn an_element_goes_on_after_the_page_was_rendered_again() {
    for (tag, text) in [("todoita-setup", "000001"), ("todoita-phone", "0312345678")] {
        let mut page = Page::new(tag, &[("uri", URI), ("now", &NOW.to_string())]);
        let connected = if tag == "todoita-setup" {
            connect_authenticator(page.host.clone(), "en".into(), words(), is_for_code(), None)
        } else {
            connect_phone(page.host.clone(), "en".into(), words(), is_for_code())
        };
        let connected = connected.expect("an element");
        // As a framework does that replaces what it did not make.
        page.input = create("input");
        page.input.set_name("value");
        page.host.set_text_content(None);
        page.host.append_child(&page.input).expect("a child");
        page.typed(text);
        assert!(!page.submitted(), "{tag}");
        assert!(page.message().len() > 20, "{tag}: {}", page.message());
        let message = page.part("message").expect("a region");
        assert!(page.is_described_by(&message.id()), "{tag}");
        if tag == "todoita-setup" {
            let first = page.host.first_element_child().expect("a child");
            assert_eq!(first.get_attribute("data-part").as_deref(), Some("steps"));
        } else {
            let hidden: HtmlInputElement = page.part("e164").expect("a field").unchecked_into();
            assert_eq!(hidden.value(), "+81312345678");
        }
        // The input alone is another one.
        let other: HtmlInputElement = create("input");
        page.host
            .replace_child(&other, &page.input)
            .expect("a child");
        page.input = other;
        page.typed(text);
        assert!(page.is_described_by(&message.id()), "{tag}");
        drop(connected);
        assert!(
            page.part("message").is_none() && page.part("e164").is_none(),
            "{tag}"
        );
    }
}

#[wasm_bindgen_test]
fn each_message_has_an_id_of_its_own_which_its_end_takes_back() {
    let pages = [(); 2].map(|()| Page::new("todoita-phone", &[]));
    pages[1]
        .input
        .set_attribute("aria-describedby", "hint")
        .expect("an attribute");
    let connected = pages.each_ref().map(|page| {
        connect_phone(page.host.clone(), "en".into(), words(), is_for_code()).expect("an input")
    });
    let ids = pages
        .each_ref()
        .map(|page| page.part("message").expect("a region").id());
    assert_ne!(ids[0], ids[1]);
    for (page, id) in pages.iter().zip(&ids) {
        assert!(page.is_described_by(id));
        page.typed("0312345678");
        assert!(page.input.has_attribute("aria-invalid"));
    }
    drop(connected);
    let described = pages
        .each_ref()
        .map(|page| page.input.get_attribute("aria-describedby"));
    assert_eq!(described, [None, Some("hint".into())]);
    assert!(!pages[0].input.has_attribute("aria-invalid"));
}
