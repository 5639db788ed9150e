//! A person at a page with the field: what they do, and what they can notice of it.

use super::*;

/// A page and its input: keeps the text and the selection, carries out effects as `www/element.js`
/// does, and records events and announcements.
pub struct Typist {
    pub state: State,
    pub at: u32,
    pub text: Vec<char>,
    /// The selection, in characters; the caret where both are the same.
    pub from: usize,
    pub to: usize,
    /// The events of the element since the last call.
    pub events: Vec<Dispatch>,
    /// The code and the idempotency key of every submit; a button of the widget sends no code.
    pub sent: Vec<(String, u32)>,
    pub key: u32,
    pub aborted: u32,
    /// The announcements of the live region for phases: a text is announced when it changes.
    pub announced: Vec<Word>,
    pub phase: Option<Word>,
    /// The browser's own action was prevented.
    pub prevented: bool,
}

impl Typist {
    /// A page whose code was sent by SMS: six digits, good for ten minutes.
    pub fn new() -> Typist {
        Typist::with(site(), sms())
    }

    pub fn with(site: Site, facts: Facts) -> Typist {
        Typist {
            state: State::new(site, facts),
            at: 0,
            text: Vec::new(),
            from: 0,
            to: 0,
            events: Vec::new(),
            sent: Vec::new(),
            key: 0,
            aborted: 0,
            announced: Vec::new(),
            phase: None,
            prevented: false,
        }
    }

    /// Runs an event and carries out its effects in order.
    pub fn run(&mut self, event: Event<'_>) -> Effects {
        let effects = update(&mut self.state, self.at, event);
        if let Some(Replace { whole, text, back }) = &effects.replace {
            assert!(
                effects.prevent,
                "a corrected text must not be inserted as well"
            );
            if *whole {
                (self.from, self.to) = (0, self.text.len());
            }
            self.put(text);
            self.changed();
            self.caret(self.text.len().saturating_sub(*back as usize));
        }
        self.events.extend(effects.dispatch.into_iter().flatten());
        if effects.submit {
            self.submits();
        }
        if let Some(send) = effects.send {
            if send.fresh || self.key == 0 {
                self.key += 1;
            }
            let code = match send.code {
                true => self.state.reading().digits.clone(),
                false => String::new(),
            };
            self.sent.push((code, self.key));
        }
        self.aborted += u32::from(effects.abort);
        if effects.select {
            (self.from, self.to) = (0, self.text.len());
        }
        let phase = self.view().phase;
        if phase != self.phase {
            self.announced.extend(phase);
            self.phase = phase;
        }
        self.prevented = effects.prevent;
        effects
    }

    /// Over the selection; an input makes spaces of line ends.
    pub fn put(&mut self, text: &str) {
        let text = text.chars().map(|c| if c == '\n' { ' ' } else { c });
        let length = self.text.len();
        self.text.splice(self.from..self.to, text);
        self.from = self.to + self.text.len() - length;
        self.to = self.from;
    }

    pub fn changed(&mut self) {
        let text = self.text();
        self.run(Event::Changed(&text));
    }

    pub fn insert(&mut self, inserted: &str, chunk: bool) {
        // The input is read-only.
        if self.view().held {
            return;
        }
        let before: String = self.text[..self.from].iter().collect();
        let after: String = self.text[self.to..].iter().collect();
        let effects = self.run(Event::Insert {
            before: &before,
            inserted,
            after: &after,
            chunk,
        });
        if !effects.prevent {
            self.put(inserted);
            self.changed();
        }
    }

    // Actions of a person.

    /// Key by key.
    pub fn types(&mut self, keys: &str) -> &mut Self {
        for key in keys.chars() {
            self.insert(&key.to_string(), false);
        }
        self
    }

    pub fn pastes(&mut self, text: &str) -> &mut Self {
        self.insert(text, true);
        self
    }

    /// A keyboard's suggestion: one input of several characters.
    pub fn accepts(&mut self, suggestion: &str) -> &mut Self {
        self.insert(suggestion, false);
        self
    }

    /// With an input method: the text is read only after the composition.
    pub fn composes(&mut self, text: &str) -> &mut Self {
        if self.view().held {
            return self;
        }
        self.put(text);
        self.settles()
    }

    /// A password manager or a script fills the field.
    pub fn is_filled(&mut self, text: &str) -> &mut Self {
        self.text = text.chars().collect();
        self.caret(self.text.len()).settles()
    }

    /// The page, a link or the browser's history had put a text in before the field was alive.
    pub fn holds(&mut self, text: &str) -> &mut Self {
        self.text = text.chars().collect();
        self.caret(self.text.len());
        self.run(Event::Settled {
            before: text,
            after: "",
            by_person: false,
        });
        self
    }

    pub fn settles(&mut self) -> &mut Self {
        let before: String = self.text[..self.to].iter().collect();
        let after: String = self.text[self.to..].iter().collect();
        self.run(Event::Settled {
            before: &before,
            after: &after,
            by_person: true,
        });
        self
    }

    /// Backspace, so many times.
    pub fn deletes(&mut self, times: usize) -> &mut Self {
        for _ in 0..times {
            // The input is read-only meanwhile.
            if self.view().held {
                return self;
            }
            if self.from == self.to {
                self.from = self.from.saturating_sub(1);
            }
            self.put("");
            self.changed();
        }
        self
    }

    pub fn caret(&mut self, at: usize) -> &mut Self {
        self.selects(at, at)
    }

    pub fn selects(&mut self, from: usize, to: usize) -> &mut Self {
        (self.from, self.to) = (from, to);
        self
    }

    pub fn clears(&mut self) -> &mut Self {
        self.selects(0, self.text.len()).deletes(1)
    }

    /// Enter, or the site's own button.
    pub fn submits(&mut self) -> &mut Self {
        let text = self.text();
        self.run(Event::Submit {
            action: None,
            text: &text,
        });
        self
    }

    /// A button of the widget.
    pub fn presses(&mut self, action: Action) -> &mut Self {
        let text = self.text();
        self.run(Event::Submit {
            action: Some(action),
            text: &text,
        });
        self
    }

    pub fn receives(&mut self, answer: Answer) -> &mut Self {
        let answer = match answer {
            Answer::Refused(facts) => Answer::Refused(self.dated(facts)),
            Answer::Sent(facts) => Answer::Sent(self.dated(facts)),
            other => other,
        };
        self.run(Event::Answered(answer));
        self
    }

    /// The attributes of the element change.
    pub fn reads(&mut self, facts: Facts) -> &mut Self {
        let facts = self.dated(facts);
        self.run(Event::Facts(facts));
        self
    }

    /// The server's clock has gone on since [`NOW`]: the same facts, given now.
    pub fn dated(&self, mut facts: Facts) -> Facts {
        let Facts {
            now,
            sent_at,
            expires_at,
            resend_at,
            retry_at,
            ..
        } = &mut facts;
        for instant in [now, sent_at, expires_at, resend_at, retry_at] {
            *instant = instant.map(|instant| instant.saturating_add(self.at.into()));
        }
        facts
    }

    /// As a shell does: ticks whenever the view changes by time alone.
    pub fn waits(&mut self, span: u32) -> &mut Self {
        let until = self.at + span;
        while self.at < until {
            let wake = self.view().wake_in.unwrap_or(u32::MAX);
            assert!(wake > 0, "a shell that wakes at once never sleeps");
            self.at = self.at.saturating_add(wake).min(until);
            self.run(Event::Tick);
        }
        self
    }

    pub fn resets(&mut self) -> &mut Self {
        self.text.clear();
        self.caret(0);
        self.run(Event::Reset);
        self
    }

    // The text that a person sees.

    pub fn view(&self) -> View {
        self.state.view()
    }

    pub fn text(&self) -> String {
        self.text.iter().collect()
    }

    /// The field's text with its caret, or its selection in brackets.
    pub fn field(&self) -> String {
        let part = |chars: &[char]| chars.iter().collect::<String>();
        let (before, after) = (part(&self.text[..self.from]), part(&self.text[self.to..]));
        match part(&self.text[self.from..self.to]).as_str() {
            "" => [&before, "|", &after].concat(),
            selected => [&before, "[", selected, "]", &after].concat(),
        }
    }

    /// The message under the field: the tone and the keys of the sentences, or nothing.
    pub fn message(&self) -> String {
        message(&self.view())
    }

    pub fn status(&self) -> &'static str {
        self.view().status.as_str()
    }

    /// The events of the element since the last call.
    pub fn events(&mut self) -> String {
        let events = self.events.drain(..).map(|events| match events {
            Dispatch::Input(None) => "input".to_owned(),
            Dispatch::Input(Some(kind)) => ["input=", kind_str(kind)].concat(),
            Dispatch::Complete(kind) => ["complete=", kind_str(kind)].concat(),
            Dispatch::Accepted => "accepted".to_owned(),
            Dispatch::Refused(cause) => ["refused=", cause.as_str()].concat(),
        });
        events.collect::<Vec<_>>().join(" ")
    }

    /// The same, but the changes of the text.
    pub fn completed(&mut self) -> String {
        let events = self.events();
        let words = events
            .split(' ')
            .filter(|events| !events.starts_with("input"));
        words.collect::<Vec<_>>().join(" ")
    }

    /// How many submits went out, and the code and the key of the last.
    pub fn sent(&self) -> (usize, &str, u32) {
        match self.sent.last() {
            Some((code, key)) => (self.sent.len(), code, *key),
            None => (0, "", 0),
        }
    }

    pub fn methods(&self) -> String {
        let methods = self.view().methods.into_iter().flatten();
        methods.map(Action::as_str).collect::<Vec<_>>().join(" ")
    }
}
