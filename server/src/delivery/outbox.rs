//! Where messages go. Kept in memory alone: a message holds its code in clear, and the database must
//! not. A gateway that really sends would take the place of [`Outbox::push`].

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use todoita::channel::Channel;

/// A message to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its place in the order of all messages, from 1.
    pub number: u64,
    /// When it went, milliseconds since the Unix epoch.
    pub at: u64,
    /// How it went.
    pub channel: Channel,
    /// The account it is for.
    pub user: String,
    /// Where it went.
    pub destination: String,
    /// A mail's subject.
    pub subject: Option<String>,
    /// What it says; for a call, what is spoken.
    pub text: String,
    /// The language it is in.
    pub lang: &'static str,
}

/// The newest messages.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    count: u64,
    newest: VecDeque<Message>,
}

/// How many messages the demo's phone shows.
const NEWEST: usize = 100;

impl Outbox {
    /// Takes a message; its number is given here.
    pub fn push(&self, mut message: Message) {
        let mut kept = self.lock();
        kept.count += 1;
        message.number = kept.count;
        if kept.newest.len() == NEWEST {
            kept.newest.pop_front();
        }
        kept.newest.push_back(message);
    }

    /// The newest messages, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        self.lock().newest.iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // A list of messages is whole between any two of its statements.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
