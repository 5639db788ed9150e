//! `<todoita-setup>`: draws the three steps around the site's own label, input and button, and checks the first code.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec;
use core::cell::RefCell;

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Element, Event};

use super::host_page::Page;
use super::{Connected, Controller, error, instant};
use crate::setup::Word;
use crate::setup::authenticator::{self, Checked, Clock, Effects, State, Times};
use crate::text::push_number;
use crate::wasm::clean_stack::with_clean_stack;

/// Apps that are named if the site names none: free of charge, for both kinds of phones.
const APPS: &str = "Google Authenticator, Microsoft Authenticator, 2FAS";

struct Authenticator {
    page: Page,
    /// `None` after the end: an exception of the page runs no destructor, so a reference to the controller may stay for good,
    /// and with it the key.
    state: RefCell<Option<State>>,
    steps: Element,
    message: Element,
    notice: Element,
    started: Started,
}

/// The beginning, by which later times are computed.
struct Started {
    /// The server's time, in milliseconds since the Unix epoch; `None` if the page does not state it.
    server: Option<f64>,
    steady: f64,
    wall: f64,
}

/// Starts the element, with a link to the address `support`.
///
/// # Errors
/// An `Error` for an invalid attribute, or an exception of the browser.
pub fn connect(page: Page, support: Option<&str>) -> Result<Connected, JsValue> {
    let input = page
        .input()
        .ok_or_else(|| error("<todoita-setup> has no input"))?;
    let started = Started::new(&page)?;
    let clock = match started.server {
        Some(_) => Clock::Server,
        None => Clock::Page,
    };
    let state = with_clean_stack(|| State::new(&page.attribute("uri"), clock))
        // `readKeyUri` of todoita/core names the reason: its texts would weigh some kilobytes here.
        .map_err(|_| error("the attribute uri is no key URI"))?;
    let steps = page.element("div", "steps")?;
    let notice = page.element("p", "notice")?;
    notice.set_attribute("role", "status")?;
    with_clean_stack(|| draw(&page, &state, &steps, &notice, support))?;
    let message = page.add_message(&input)?;
    place(&page, &steps)?;
    let targets = vec![
        (page.host.clone().into(), "input"),
        (page.host.clone().into(), "click"),
        (page.host.get_root_node().into(), "submit"),
    ];
    let authenticator = Authenticator {
        page,
        state: RefCell::new(Some(state)),
        steps,
        message,
        notice,
        started,
    };
    Connected::start(Rc::new(authenticator), targets)
}

impl Controller for Authenticator {
    fn page(&self) -> &Page {
        &self.page
    }

    fn handle(&self, event: &Event) -> Result<(), JsValue> {
        if self.page.is_own_submit(event) {
            return self.submitted(event);
        }
        if event.type_() == "input" && self.page.is_of_input(event) {
            self.update(authenticator::Event::Edited);
            return self.show();
        }
        if self.page.pressed(event).as_deref() == Some("copy") {
            let key = with_clean_stack(|| self.state.borrow().as_ref().map(State::key));
            if let Some(key) = key {
                self.page.copy(&key)?;
            }
        }
        Ok(())
    }

    fn copied(&self, worked: bool) {
        let word = if worked {
            Word::Copied
        } else {
            Word::NotCopied
        };
        let text = self.page.words.text(word, &[]);
        self.notice.set_text_content(Some(&text));
    }

    fn end(&self) {
        // First: the other steps may fail.
        self.state.take();
        self.steps.remove();
        self.page.remove_message(&self.message);
        if let Ok(Some(plain)) = self.page.host.query_selector("[data-plain]") {
            plain.remove();
        }
        // It fails for no name.
        let _ = self.page.host.remove_attribute("uri");
    }
}

impl Authenticator {
    fn update(&self, event: authenticator::Event<'_>) -> Effects {
        let mut state = self.state.borrow_mut();
        state
            .as_mut()
            .map(|state| state.update(event))
            .unwrap_or_default()
    }

    fn submitted(&self, event: &Event) -> Result<(), JsValue> {
        let Some(input) = self.page.input() else {
            return Ok(());
        };
        let (text, times) = (input.value(), self.started.times(&self.page));
        let effects = with_clean_stack(|| {
            let event = authenticator::Event::Submitted { text: &text, times };
            self.update(event)
        });
        if let Some(code) = effects.code.filter(|code| *code != text) {
            self.page.replace(&input, &code)?;
        }
        if effects.prevent {
            self.page.stop(event)?;
        }
        self.show()?;
        effects
            .checked
            .map_or(Ok(()), |checked| self.dispatch(checked))
    }

    fn show(&self) -> Result<(), JsValue> {
        let (message, rest) = {
            let state = self.state.borrow();
            let Some(view) = state.as_ref().map(State::view) else {
                return Ok(());
            };
            let anyway = view.can_send_anyway.then_some(Word::SendAnyway);
            (view.message, view.remedy.into_iter().chain(anyway))
        };
        place(&self.page, &self.steps)?;
        self.page.show(&self.message, message.as_ref(), rest)
    }

    fn dispatch(&self, checked: Checked) -> Result<(), JsValue> {
        let detail = Object::new();
        let drift = checked.drift.map_or(JsValue::NULL, JsValue::from);
        for (name, value) in [("ok", checked.ok.into()), ("drift", drift)] {
            Reflect::set(&detail, &name.into(), &value)?;
        }
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_detail(&detail);
        let event = CustomEvent::new_with_event_init_dict("todoita-checked", &init)?;
        self.page.host.dispatch_event(&event).map(|_| ())
    }
}

impl Started {
    fn new(page: &Page) -> Result<Started, JsValue> {
        let stated = page.attribute("now");
        let server = match stated.trim() {
            "" => None,
            text => {
                let time = instant(text);
                if time.is_nan() || time < 0.0 {
                    return Err(error(
                        "the attribute now is neither milliseconds nor a date",
                    ));
                }
                Some(time)
            }
        };
        Ok(Started {
            server,
            steady: steady(page),
            wall: Date::now(),
        })
    }

    fn times(&self, page: &Page) -> Times {
        let wall = Date::now();
        match self.server {
            None => [wall as u64; 2],
            Some(server) => [steady(page) - self.steady, wall - self.wall]
                .map(|passed| (server + passed) as u64),
        }
    }
}

fn steady(page: &Page) -> f64 {
    page.window.performance().map_or(0.0, |clock| clock.now())
}

/// Puts the steps in the place of the site's own rendering, also after a framework has rendered the page again and taken
/// away what it did not make.
fn place(page: &Page, steps: &Element) -> Result<(), JsValue> {
    if page.host.contains(Some(steps)) {
        return Ok(());
    }
    if let Some(plain) = page.host.query_selector("[data-plain]")? {
        plain.set_attribute("hidden", "")?;
    }
    page.host.prepend_with_node_1(steps)
}

/// Draws the three steps; the third is the heading over the site's own label and input.
fn draw(
    page: &Page,
    state: &State,
    steps: &Element,
    notice: &Element,
    support: Option<&str>,
) -> Result<(), JsValue> {
    let (words, view) = (&page.words, state.view());
    page.add_word(steps, "h2", Word::StepApp)?;
    page.add_word(steps, "p", Word::AppHave)?;
    let apps = page.add_details(steps, Word::AppNone)?;
    page.add_word(&apps, "p", Word::AppList)?;
    let list = page.add(&apps, "ul", "apps", "")?;
    let named = page.attribute("apps");
    let named = if named.trim().is_empty() {
        APPS
    } else {
        &named
    };
    for name in named
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        page.add(&list, "li", "", name)?;
    }

    page.add_word(steps, "h2", Word::StepKey)?;
    let phone = page
        .window
        .match_media("(pointer: coarse)")?
        .is_some_and(|it| it.matches());
    let open = |parent: &Element| {
        let link = page.add(parent, "a", "open", &words.text(Word::KeyOpen, &[]))?;
        link.set_attribute("href", state.uri())
    };
    // On a phone the app is on the same device, whose screen its own camera cannot see.
    let around_qr = if phone {
        open(steps)?;
        page.add_details(steps, Word::KeyOther)?
    } else {
        steps.clone()
    };
    if let Some(qr) = state.qr() {
        page.add_word(&around_qr, "p", Word::KeyScan)?;
        let size = written(qr.size);
        let label = words.text(Word::QrAlt, &[]);
        let image = page.svg(
            "svg",
            &[
                ("viewBox", &["0 0 ", &size, " ", &size].concat()),
                ("role", "img"),
                ("aria-label", &label),
                ("data-part", "qr"),
                ("shape-rendering", "crispEdges"),
            ],
        )?;
        let ground = [("width", "100%"), ("height", "100%"), ("fill", "#fff")];
        image.append_child(&page.svg("rect", &ground)?.into())?;
        let path = [("d", qr.path.as_str()), ("fill", "#000")];
        image.append_child(&page.svg("path", &path)?.into())?;
        around_qr.append_child(&image)?;
    }

    let typed = page.add_details(steps, Word::KeyType)?;
    page.add_word(&typed, "p", Word::KeyText)?;
    let rows = page.add(&typed, "dl", "", "")?;
    let row = |word, text: &str| {
        let row = page.add(&rows, "div", "", "")?;
        page.add_word(&row, "dt", word)?;
        page.add(&row, "dd", "", text)
    };
    if !view.issuer.is_empty() {
        row(Word::KeyIssuer, view.issuer)?;
    }
    row(Word::KeyAccount, view.account)?;
    let kind = if view.by_counter {
        Word::KeyKindCounter
    } else {
        Word::KeyKindTime
    };
    row(Word::KeyKind, &words.text(kind, &[]))?;
    let key = row(Word::KeySecret, "")?;
    let base32 = state.key();
    // A screen reader would read the groups as words.
    let groups = page.add(&key, "code", "key", &authenticator::groups(&base32))?;
    groups.set_attribute("aria-hidden", "true")?;
    page.add(&key, "span", "spelled", &authenticator::spelled(&base32))?;
    page.add_button(&typed, "copy", Word::Copy)?;
    typed.append_child(notice)?;
    if !phone {
        page.add_word(&typed, "p", Word::KeyOpenNote)?;
        open(&typed)?;
    }
    let entry = state.entry();
    page.add(
        steps,
        "p",
        "same",
        &words.text(Word::KeySame, &[("entry", &entry)]),
    )?;

    page.add_word(steps, "h2", Word::StepCode)?;
    let digits = written(view.digits.into());
    page.add(
        steps,
        "p",
        "",
        &words.text(Word::CodeHint, &[("digits", &digits)]),
    )?;
    if let Some(support) = support {
        page.add_word(steps, "a", Word::Support)?
            .set_attribute("href", support)?;
    }
    Ok(())
}

/// A number in digits.
fn written(number: u32) -> String {
    let mut text = String::new();
    push_number(&mut text, number.into());
    text
}
