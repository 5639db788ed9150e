//! The guide's table, one screen at a time, and its paths. The table is written out here once more, from
//! the plan and not from `guide::FLOW`: a slip in either shows.

#![cfg(not(target_arch = "wasm32"))]

use todoita::channel::{RecoveryMethod, RecoveryMethods};
use todoita::guide::{Act, Exit, Flags, GuideContext, Screen, Step, Trouble, replay};

/// A screen under test.
#[derive(Clone)]
struct Node {
    context: GuideContext,
    answers: String,
}

/// A screen as the first one.
fn on(step: &str) -> Node {
    Node {
        // So that a text message has a destination to check.
        context: GuideContext {
            destination: true,
            ..GuideContext::default()
        },
        answers: step.to_owned(),
    }
}

/// A screen as the last of a path; the answers, and the screen that they lead to.
fn after(answers: &str, step: &str) -> Node {
    let node = on(answers);
    assert_eq!(node.screen().step.as_str(), step, "{answers}");
    node
}

impl Node {
    fn where_(mut self, flags: Flags) -> Node {
        self.context.flags = self.context.flags.union(flags);
        self
    }

    fn by(mut self, channel: RecoveryMethod) -> Node {
        self.context.channel = Some(channel);
        self
    }

    fn troubled(mut self, trouble: Trouble) -> Node {
        self.context.trouble = Some(trouble);
        self
    }

    /// The site names these methods.
    fn with(mut self, methods: &[RecoveryMethod]) -> Node {
        self.context.methods = Some(set(methods));
        self
    }

    fn screen(&self) -> Screen {
        replay(&self.context, &self.answers)
    }

    /// Exactly these choices are shown, in this order, and each leads to its screen.
    #[track_caller]
    fn leads(&self, choices: &[(&str, &str)]) {
        let screen = self.screen();
        let shown: Vec<&str> = screen.choices().map(|shown| shown.name).collect();
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        assert_eq!(shown, names, "the choices of {}", self.answers);
        for (name, to) in choices {
            let answers = format!("{} {name}", self.answers);
            let next = replay(&self.context, &answers);
            assert_eq!(next.answers, answers);
            assert_eq!(next.step.as_str(), *to, "{answers}");
        }
    }

    /// The action of a choice; `-` for none, `None` if the choice is not shown.
    #[track_caller]
    fn act(&self, name: &str) -> String {
        let screen = self.screen();
        let Some(shown) = screen.choices().find(|shown| shown.name == name) else {
            return String::new();
        };
        match shown.act {
            None => "-".to_owned(),
            Some(Act::Resend) => "resend".to_owned(),
            Some(Act::Method(method)) => format!("way-{}", method.as_str()),
        }
    }

    fn methods(&self) -> String {
        let screen = self.screen();
        let methods: Vec<&str> = screen.methods().map(RecoveryMethod::as_str).collect();
        methods.join(" ")
    }

    fn exits(&self) -> String {
        let screen = self.screen();
        let exits: Vec<&str> = screen.exits().map(Exit::as_str).collect();
        exits.join(" ")
    }
}

fn set(methods: &[RecoveryMethod]) -> RecoveryMethods {
    methods
        .iter()
        .fold(RecoveryMethods::NONE, |set, method| set.insert(*method))
}

#[path = "guide/authenticator.rs"]
mod authenticator;
#[path = "guide/diagram.rs"]
mod diagram;
#[path = "guide/exits.rs"]
mod exits;
#[path = "guide/locked.rs"]
mod locked;
#[path = "guide/lost.rs"]
mod lost;
#[path = "guide/mail.rs"]
mod mail;
#[path = "guide/menu.rs"]
mod menu;
#[path = "guide/methods.rs"]
mod methods;
#[path = "guide/properties.rs"]
mod properties;
#[path = "guide/refused.rs"]
mod refused;
#[path = "guide/replays.rs"]
mod replays;
#[path = "guide/safety.rs"]
mod safety;
#[path = "guide/search.rs"]
mod search;
#[path = "guide/sends.rs"]
mod sends;
#[path = "guide/setup.rs"]
mod setup;
#[path = "guide/sms.rs"]
mod sms;
#[path = "guide/starts.rs"]
mod starts;
#[path = "guide/voice.rs"]
mod voice;
