//! Backup codes are shown once, kept and printed.

use super::*;

#[wasm_bindgen_test]
fn backup_codes_have_to_be_kept() {
    let form: HtmlFormElement = create("form");
    let host: HtmlElement = create("todoita-backup-codes");
    let list: HtmlElement = create("ol");
    for code in ["48291304", "11820473"] {
        let item: HtmlElement = create("li");
        item.set_text_content(Some(code));
        list.append_child(&item).expect("a child");
    }
    host.append_child(&list).expect("a child");
    form.append_child(&host).expect("a child");
    document()
        .body()
        .expect("a body")
        .append_child(&form)
        .expect("a child");
    let connected =
        connect_backup(host.clone(), "en".into(), words(), is_for_code()).expect("a list");
    assert!(!form.check_validity());
    let kept = host
        .query_selector("[data-part=kept-box]")
        .expect("a selector")
        .expect("a box");
    kept.unchecked_ref::<HtmlInputElement>().click();
    assert!(form.check_validity());
    let root = document().document_element().expect("a root");
    assert!(root.has_attribute("data-todoita-print"));
    drop(connected);
    assert!(!root.has_attribute("data-todoita-print"));
    assert_eq!(host.children().length(), 1);
    form.remove();
}

#[wasm_bindgen_test]
fn codes_are_printed_alone_as_long_as_an_element_shows_some() {
    let root = document().document_element().expect("a root");
    let pages = [(); 2].map(|()| {
        let page = Page::new("todoita-backup-codes", &[]);
        page.host
            .append_child(&create::<HtmlElement>("ol"))
            .expect("a child");
        page
    });
    let [first, second] = pages.each_ref().map(|page| {
        connect_backup(page.host.clone(), "en".into(), words(), is_for_code()).expect("a list")
    });
    drop(first);
    assert!(root.has_attribute("data-todoita-print"));
    drop(second);
    assert!(!root.has_attribute("data-todoita-print"));
}

#[wasm_bindgen_test]
fn the_box_is_back_before_a_list_that_was_rendered_again_is_left() {
    let page = Page::new("todoita-backup-codes", &[]);
    let render = || {
        page.host.set_text_content(None);
        for name in ["ol", "button"] {
            let element: HtmlElement = create(name);
            page.host.append_child(&element).expect("a child");
        }
    };
    render();
    let _connected =
        connect_backup(page.host.clone(), "en".into(), words(), is_for_code()).expect("a list");
    render();
    let button = page.host.last_element_child().expect("a button");
    let button: HtmlElement = button.unchecked_into();
    // A button that sends nothing, so that the page stays whatever happens.
    button
        .set_attribute("type", "button")
        .expect("an attribute");
    button.click();
    assert!(page.part("kept-box").is_some());
    assert!(!page.form.check_validity());
}
