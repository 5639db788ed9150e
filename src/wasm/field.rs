//! What the field's element (`www/element.js`) and the page (`src/page.rs`) are to each other. Only
//! scalars and strings cross.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use crate::cause::Cause;
use crate::code::{Backup, Rule};
use crate::entry::{Answer, Channel, Event, Facts, Site};
use crate::page::Page;
use crate::view::Deed;

#[wasm_bindgen]
extern "C" {
    /// The element around the input, with what touches the page.
    pub type Host;
    /// Milliseconds since the page's facts were said.
    #[wasm_bindgen(method, js_name = _at)]
    pub fn at(this: &Host) -> u32;
    /// Puts `text` in over the selection or the `whole` text, `back` characters before the caret.
    #[wasm_bindgen(method, js_name = _replace)]
    pub fn replace(this: &Host, whole: bool, text: &str, back: u32);
    /// Lets the submit go out, with the code ([`Field::code`]) or without, under a `fresh` attempt id or
    /// the form's own.
    #[wasm_bindgen(method, js_name = _send)]
    pub fn send(this: &Host, code: bool, fresh: bool);
    /// Submits the form as the person would.
    #[wasm_bindgen(method, js_name = _submit)]
    pub fn submit(this: &Host);
    /// Gives up the request that is under way.
    #[wasm_bindgen(method, js_name = _giveUp)]
    pub fn give_up(this: &Host);
    /// Focuses the input and selects its text.
    #[wasm_bindgen(method, js_name = _select)]
    pub fn select(this: &Host);
    /// Tells the page, as an event of the element.
    #[wasm_bindgen(method, js_name = _tell)]
    pub fn tell(this: &Host, name: &str, about: &str);

    // A view, piece by piece; the last call puts it into the page.

    /// What the style sheet goes by.
    #[wasm_bindgen(method, js_name = _state)]
    pub fn state(this: &Host, state: &str, kind: &str, tone: &str);
    /// What goes into the sentences: `{digits}`, `{have}`, `{n}`.
    #[wasm_bindgen(method, js_name = _values)]
    pub fn values(this: &Host, digits: u32, have: u32, n: u32);
    /// A sentence of a part, behind those that it has already.
    #[wasm_bindgen(method, js_name = _say)]
    pub fn say(this: &Host, part: &str, word: &str);
    /// A part that tells a span: the sentence, the unit's sentence and its `{n}`, hundredths left.
    #[wasm_bindgen(method, js_name = _time)]
    pub fn time(this: &Host, part: &str, word: &str, unit: &str, n: u32, share: u32);
    /// Another way in.
    #[wasm_bindgen(method, js_name = _way)]
    pub fn way(this: &Host, deed: &str, word: &str);
    /// The rest, and when time alone will change the view (milliseconds; 0: never).
    #[wasm_bindgen(method, js_name = _shown)]
    pub fn shown(this: &Host, resend: bool, busy: bool, invalid: bool, wake: u32);
}

/// One field, alive. Every method may be called from within another's effects. Those that give a
/// truth value say whether the browser is not to do what it was about to.
#[wasm_bindgen]
pub struct Field {
    page: Page,
}

#[wasm_bindgen]
impl Field {
    /// A field for the site's attributes, to which [`Field::facts`] then tells what
    /// the server said.
    /// `backup`: 0 digits, 1 alphanumeric, 2 none. `ways`: a bit for each of [`Channel::ALL`].
    #[wasm_bindgen(constructor)]
    #[expect(
        clippy::too_many_arguments,
        reason = "scalars are what crosses cheaply"
    )]
    pub fn new(
        host: Host,
        digits: u8,
        backup: u8,
        backup_digits: u8,
        own_host: String,
        ways: u8,
        auto_submit: bool,
        json: bool,
    ) -> Field {
        let mut site = Site {
            rule: Rule {
                digits,
                backup: match backup {
                    0 => Backup::Digits,
                    1 => Backup::Alphanumeric,
                    _ => Backup::None,
                },
                backup_digits,
                host: Some(own_host),
            },
            auto_submit,
            json,
            ..Site::default()
        };
        for (place, way) in site.ways.iter_mut().enumerate() {
            *way = ways >> place & 1 == 1;
        }
        Field {
            page: Page::new(host, site, Facts::default()),
        }
    }

    /// What the server said, as spans from then in milliseconds; a number that is not there is negative.
    /// `channel` and `cause` are places in [`Channel::ALL`] and [`Cause::ALL`]. `what`: 0 the page said
    /// so, 1 a refusal, 2 a code was sent.
    #[expect(
        clippy::too_many_arguments,
        reason = "scalars are what crosses cheaply"
    )]
    pub fn facts(
        &self,
        what: u8,
        channel: i32,
        destination: bool,
        sent_ago: f64,
        expires_in: f64,
        resend_in: f64,
        attempts_left: f64,
        retry_in: f64,
        cause: i32,
    ) {
        let facts = Facts {
            channel: Channel::ALL.get(channel as usize).copied(),
            destination,
            sent_ago: number(sent_ago),
            expires_in: number(expires_in),
            resend_in: number(resend_in),
            attempts_left: number(attempts_left),
            retry_in: number(retry_in),
            cause: Cause::ALL.get(cause as usize).copied(),
        };
        self.page.run(match what {
            0 => Event::Facts(facts),
            1 => Event::Answered(Answer::Refused(facts)),
            _ => Event::Answered(Answer::Sent(facts)),
        });
    }

    /// A text is about to come in (`beforeinput`). `chunk`: pasted, dropped or suggested, not typed.
    pub fn insert(&self, before: &str, inserted: &str, after: &str, chunk: bool) -> bool {
        self.page.run(Event::Insert {
            before,
            inserted,
            after,
            chunk,
        })
    }

    /// This stands in the field now.
    pub fn changed(&self, text: &str) {
        self.page.run(Event::Changed(text));
    }

    /// An input method has finished, or something other than a person filled the field.
    pub fn settled(&self, text: &str) {
        self.page.run(Event::Settled(text));
    }

    /// The form is about to be submitted. `deed`: the value of our button that was pressed, or nothing.
    pub fn submitted(&self, deed: &str, text: &str) -> bool {
        let deed = Deed::from_value(deed);
        self.page.run(Event::Submit { deed, text })
    }

    /// The code that was read; where none was, the digits so far.
    pub fn code(&self) -> String {
        self.page.code()
    }

    /// Whether what stands in the field cannot be sent as it is.
    #[wasm_bindgen(js_name = hasProblem)]
    pub fn has_problem(&self) -> bool {
        self.page.has_problem()
    }

    /// The person is in.
    pub fn accepted(&self) {
        self.page.run(Event::Answered(Answer::Accepted));
    }

    /// No answer came.
    pub fn unreachable(&self) {
        self.page.run(Event::Answered(Answer::Unreachable));
    }

    /// The submit went its own way.
    pub fn released(&self) {
        self.page.run(Event::Released);
    }

    /// The browser says whether there is a network.
    pub fn online(&self, online: bool) {
        self.page.run(Event::Online(online));
    }

    /// The form was reset.
    pub fn reset(&self) {
        self.page.run(Event::Reset);
    }

    /// Time has passed.
    pub fn tick(&self) {
        self.page.run(Event::Tick);
    }
}

/// A number that is there.
fn number(n: f64) -> Option<u32> {
    (n >= 0.0).then_some(n as u32)
}
