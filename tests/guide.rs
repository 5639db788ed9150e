//! The guide's table, a screen at a time, and its walks. The table is written out here once more, from
//! the plan and not from `guide::FLOW`: a slip in either shows.

#![cfg(not(target_arch = "wasm32"))]

use todoita::channel::{RecoveryMethod, RecoveryMethods};
use todoita::guide::{Act, Exit, Flags, Known, Screen, Step, Trouble, replay};

/// A screen that a test stands on.
#[derive(Clone)]
struct Node {
    known: Known,
    answers: String,
}

/// A screen as the first one.
fn on(step: &str) -> Node {
    Node {
        // So that a text message has a destination to check.
        known: Known {
            destination: true,
            ..Known::default()
        },
        answers: step.to_owned(),
    }
}

/// A screen as the last of a walk; the answers, and the screen that they lead to.
fn after(answers: &str, step: &str) -> Node {
    let node = on(answers);
    assert_eq!(node.screen().step.as_str(), step, "{answers}");
    node
}

impl Node {
    fn where_(mut self, flags: Flags) -> Node {
        self.known.flags = self.known.flags.and(flags);
        self
    }

    fn by(mut self, channel: RecoveryMethod) -> Node {
        self.known.channel = Some(channel);
        self
    }

    fn troubled(mut self, trouble: Trouble) -> Node {
        self.known.trouble = Some(trouble);
        self
    }

    /// The site names these ways.
    fn with(mut self, ways: &[RecoveryMethod]) -> Node {
        self.known.ways = Some(set(ways));
        self
    }

    fn screen(&self) -> Screen {
        replay(&self.known, &self.answers)
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
            let next = replay(&self.known, &answers);
            assert_eq!(next.answers, answers);
            assert_eq!(next.step.as_str(), *to, "{answers}");
        }
    }

    /// What pressing a choice does, besides; `-` for nothing, nothing where it is not shown.
    #[track_caller]
    fn act(&self, name: &str) -> String {
        let screen = self.screen();
        let Some(shown) = screen.choices().find(|shown| shown.name == name) else {
            return String::new();
        };
        match shown.act {
            None => "-".to_owned(),
            Some(Act::Resend) => "resend".to_owned(),
            Some(Act::Way(way)) => format!("way-{}", way.as_str()),
        }
    }

    fn ways(&self) -> String {
        let screen = self.screen();
        let ways: Vec<&str> = screen.ways().map(RecoveryMethod::as_str).collect();
        ways.join(" ")
    }

    fn exits(&self) -> String {
        let screen = self.screen();
        let exits: Vec<&str> = screen.exits().map(Exit::as_str).collect();
        exits.join(" ")
    }
}

fn set(ways: &[RecoveryMethod]) -> RecoveryMethods {
    ways.iter()
        .fold(RecoveryMethods::NONE, |set, way| set.with(*way))
}

#[path = "guide/app.rs"]
mod app;
#[path = "guide/diagram.rs"]
mod diagram;
#[path = "guide/exits.rs"]
mod exits;
#[path = "guide/laws.rs"]
mod laws;
#[path = "guide/locked.rs"]
mod locked;
#[path = "guide/lost.rs"]
mod lost;
#[path = "guide/mail.rs"]
mod mail;
#[path = "guide/menu.rs"]
mod menu;
#[path = "guide/refused.rs"]
mod refused;
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
#[path = "guide/walks.rs"]
mod walks;
#[path = "guide/ways.rs"]
mod ways;
