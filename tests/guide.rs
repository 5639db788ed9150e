//! The guide's table and its paths. The plan of the table is beside these tests (`guide/plan.txt`): a slip in
//! either shows.

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
        // So that a code can be sent again.
        context: GuideContext {
            destination: true,
            can_resend: true,
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
        let exits: Vec<&str> = exits(&screen).map(Exit::as_str).collect();
        exits.join(" ")
    }
}

/// The exits of a screen, in order.
fn exits(screen: &Screen) -> impl Iterator<Item = Exit> {
    Exit::ALL.into_iter().filter(|exit| screen.has(*exit))
}

fn set(methods: &[RecoveryMethod]) -> RecoveryMethods {
    methods
        .iter()
        .fold(RecoveryMethods::NONE, |set, method| set.insert(*method))
}

#[path = "guide/diagram.rs"]
mod diagram;
#[path = "guide/exits.rs"]
mod exits;
#[path = "guide/facts.rs"]
mod facts;
#[path = "guide/lengths.rs"]
mod lengths;
#[path = "guide/methods.rs"]
mod methods;
#[path = "guide/plan.rs"]
mod plan;
#[path = "guide/properties.rs"]
mod properties;
#[path = "guide/replays.rs"]
mod replays;
#[path = "guide/safety.rs"]
mod safety;
#[path = "guide/search.rs"]
mod search;
#[path = "guide/sends.rs"]
mod sends;
#[path = "guide/situations.rs"]
mod situations;
#[path = "guide/starts.rs"]
mod starts;
