//! `<todoita-backup-codes>`: buttons and a box after the site's own list of codes.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::sync::atomic::{AtomicU32, Ordering};

use js_sys::{Array, Date, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Element, Event, HtmlAnchorElement, Url};

use super::host_page::Page;
use super::{Connected, Controller, error, instant};
use crate::setup::Word;
use crate::setup::backup::{self, State};

/// The attribute of the root that the print style sheet looks for.
const PRINTED: &str = "data-todoita-print";

/// The elements at work, which share that attribute.
static AT_WORK: AtomicU32 = AtomicU32::new(0);

struct Backup {
    page: Page,
    state: RefCell<State>,
    /// Whose codes they are; seen on paper alone.
    paper: Element,
    controls: Element,
    notice: Element,
    /// The address of the last file, which has the codes until it is revoked.
    file: RefCell<Option<String>>,
}

/// # Errors
/// An `Error` if there is no list, or an exception of the browser.
pub fn connect(page: Page) -> Result<Connected, JsValue> {
    let list = list(&page)?.ok_or_else(|| error("<todoita-backup-codes> has no list of codes"))?;
    let controls = page.element("div", "controls")?;
    page.add_word(&controls, "p", Word::BackupWhere)?;
    let buttons = page.add(&controls, "div", "buttons", "")?;
    page.add_button(&buttons, "copy", Word::BackupCopy)?;
    page.add_button(&buttons, "download", Word::BackupDownload)?;
    page.add_button(&buttons, "print", Word::BackupPrint)?;
    let notice = page.add(&controls, "p", "notice", "")?;
    notice.set_attribute("role", "status")?;
    let label = page.add(&controls, "label", "kept", "")?;
    let kept = page.add(&label, "input", "kept-box", "")?;
    kept.set_attribute("type", "checkbox")?;
    kept.set_attribute("required", "")?;
    let form = page.attribute("form");
    if !form.is_empty() {
        kept.set_attribute("form", &form)?;
    }
    page.add_word(&label, "span", Word::BackupKept)?;
    let paper = page.element("div", "paper")?;
    for line in head(&page)?.iter().filter(|line| !line.is_empty()) {
        page.add(&paper, "p", "", line)?;
    }
    list.before_with_node_1(&paper)?;
    list.after_with_node_1(&controls)?;
    if let Some(root) = page.document.document_element() {
        root.set_attribute(PRINTED, "")?;
    }
    let targets = vec![
        (page.host.clone().into(), "click"),
        (page.host.clone().into(), "change"),
    ];
    let backup = Backup {
        page,
        state: RefCell::default(),
        paper,
        controls,
        notice,
        file: RefCell::default(),
    };
    AT_WORK.fetch_add(1, Ordering::Relaxed);
    Connected::start(Rc::new(backup), targets)
}

/// The site's list of codes.
fn list(page: &Page) -> Result<Option<Element>, JsValue> {
    page.host.query_selector("ol, ul")
}

/// The lines with which the file and the paper begin: the service, and where they are known, the account and the day.
fn head(page: &Page) -> Result<[String; 3], JsValue> {
    let words = &page.words;
    let service = match page.attribute("service") {
        name if name.is_empty() => page.window.location().hostname()?,
        name => name,
    };
    let named = |word, name: &str, value: &str| match value {
        "" => String::new(),
        value => words.text(word, &[(name, value)]),
    };
    Ok([
        words.text(Word::FileTitle, &[("service", &service)]),
        named(Word::FileAccount, "account", &page.attribute("account")),
        named(Word::FileDate, "date", &date(page)?),
    ])
}

/// The day on which the codes were made, as the language writes it; empty for an invalid one.
fn date(page: &Page) -> Result<String, JsValue> {
    let made = page.attribute("made");
    let made = match made.trim() {
        "" => Date::new_0(),
        text => Date::new(&instant(text).into()),
    };
    if made.get_time().is_nan() {
        return Ok(String::new());
    }
    let options = Object::new();
    Reflect::set(&options, &"dateStyle".into(), &"long".into())?;
    Ok(made
        .to_locale_date_string(&page.words.lang, &options)
        .into())
}

impl Controller for Backup {
    fn page(&self) -> &Page {
        &self.page
    }

    fn handle(&self, event: &Event) -> Result<(), JsValue> {
        if let Some(list) = list(&self.page)? {
            self.keep_place(&list)?;
        }
        if event.type_() == "change" {
            self.report(backup::Event::Kept);
            return Ok(());
        }
        match self.page.pressed(event).as_deref() {
            Some("copy") => self.page.copy(&self.codes()?.join("\n"))?,
            Some("download") => self.download()?,
            Some("print") => self.page.window.print()?,
            _ => {}
        }
        Ok(())
    }

    fn copied(&self, worked: bool) {
        self.report(backup::Event::Copied(worked));
    }

    fn end(&self) {
        self.revoke();
        self.paper.remove();
        self.controls.remove();
        let others = AT_WORK.fetch_sub(1, Ordering::Relaxed) - 1;
        if let Some(root) = self
            .page
            .document
            .document_element()
            .filter(|_| others == 0)
        {
            // It fails for no name.
            let _ = root.remove_attribute(PRINTED);
        }
    }
}

impl Backup {
    /// Puts the element's own parts around a list that a framework has rendered again, which takes away what it did not make, or
    /// puts the new list before or behind it; the controls stay where they are then, since one of them may have the focus.
    fn keep_place(&self, list: &Element) -> Result<(), JsValue> {
        if self.paper.next_element_sibling().as_ref() != Some(list) {
            list.before_with_node_1(&self.paper)?;
        }
        if self.page.host.contains(Some(&self.controls)) {
            return Ok(());
        }
        list.after_with_node_1(&self.controls)
    }

    /// The codes of the site's list.
    fn codes(&self) -> Result<Vec<String>, JsValue> {
        let Some(list) = list(&self.page)? else {
            return Ok(Vec::new());
        };
        let items = list.query_selector_all(":scope > li")?;
        let texts = (0..items.length()).filter_map(|at| items.item(at)?.text_content());
        Ok(texts.map(|text| text.trim().into()).collect())
    }

    /// Hands the codes to the browser as a text file.
    fn download(&self) -> Result<(), JsValue> {
        let kind = BlobPropertyBag::new();
        kind.set_type("text/plain;charset=utf-8");
        let text = Array::of1(&self.text()?.into());
        let file = Blob::new_with_str_sequence_and_options(&text, &kind)?;
        self.revoke();
        let address = Url::create_object_url_with_blob(&file)?;
        let link: HtmlAnchorElement = self.page.element("a", "")?.unchecked_into();
        link.set_href(&address);
        link.set_download("backup-codes.txt");
        link.click();
        self.file.replace(Some(address));
        self.report(backup::Event::Downloaded);
        Ok(())
    }

    fn text(&self) -> Result<String, JsValue> {
        let notes = [Word::FileOnce, Word::FileVoid].map(|word| self.page.words.text(word, &[]));
        Ok(backup::file(&head(&self.page)?, &self.codes()?, &notes))
    }

    fn revoke(&self) {
        if let Some(address) = self.file.take() {
            // It fails for no address.
            let _ = Url::revoke_object_url(&address);
        }
    }

    fn report(&self, event: backup::Event) {
        self.state.borrow_mut().update(event);
        let word = self.state.borrow().view();
        let text = word.map(|word| self.page.words.text(word, &[]));
        self.notice
            .set_text_content(Some(&text.unwrap_or_default()));
    }
}
