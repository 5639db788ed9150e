//! The demo's phone: the messages that arrived, the codes of the authenticator, the backup codes.

use login::factors::authenticator;
use login::queue;
use login::store::BackupCode;
use todoita::channel::Channel;

use super::people::{FIRST_SET, PEOPLE, Person};
use crate::delivery::delivered::Delivered;
use crate::delivery::outbox::Outbox;
use crate::instant::instant;
use crate::web::error::Error;
use crate::web::state::AppState;
use crate::words::Words;

/// The content of the phone, for a page and for scripts.
#[derive(serde::Serialize)]
pub struct Phone {
    /// The current time.
    pub now: String,
    /// Whose phone it is; `None` for that of all users.
    #[serde(skip)]
    pub owner: Option<String>,
    /// The messages, oldest first.
    pub messages: Vec<Arrived>,
    /// The codes of the authenticators.
    pub apps: Vec<AppCode>,
    /// The backup codes.
    pub notes: Vec<Note>,
}

/// A message on the phone.
#[derive(serde::Serialize)]
pub struct Arrived {
    /// Its number.
    pub number: u64,
    /// When it arrived.
    pub at: String,
    /// The same as clock time.
    pub time: String,
    /// Its account.
    pub user: String,
    /// The channel's name.
    pub channel: &'static str,
    /// The channel in words.
    pub how: &'static str,
    /// Its destination.
    pub destination: String,
    /// The subject of a mail.
    pub subject: Option<String>,
    /// Its text.
    pub text: String,
    /// The tag of its language.
    pub lang: String,
}

/// The code that an authenticator shows.
#[derive(serde::Serialize)]
pub struct AppCode {
    /// Its account.
    pub user: String,
    /// The code.
    pub code: String,
}

/// A backup code of the first set.
#[derive(serde::Serialize)]
pub struct Note {
    /// Its account.
    pub user: String,
    /// The code.
    pub code: &'static str,
    /// Whether it is consumed or void.
    pub consumed: bool,
}

impl Phone {
    /// The phone of one user, or that of all users.
    ///
    /// # Errors
    /// Internal errors: database, outbox, a sealed secret that does not open.
    pub async fn read(
        state: &AppState,
        outbox: &Outbox,
        words: &'static Words,
        owner: Option<&str>,
    ) -> Result<Phone, Error> {
        // The page that follows a request shows the message of that request.
        queue::deliver_due(&state.login).await?;
        let arrived = |Delivered {
                           number, message, ..
                       }: Delivered| Arrived {
            number,
            at: instant(message.at),
            time: words.clock_time(message.at, message.at, state.config.utc_offset),
            user: message.user,
            channel: message.channel.as_str(),
            how: words.own(match message.channel {
                Channel::Voice => "phone-voice",
                Channel::Email => "phone-mail",
                _ => "phone-sms",
            }),
            destination: message.destination,
            subject: message.subject,
            text: message.text,
            lang: message.lang,
        };
        let is_theirs =
            |delivered: &Delivered| owner.is_none_or(|owner| delivered.message.user == owner);
        let messages = outbox
            .messages()
            .map_err(|_| login::Error::Internal("the outbox cannot be read"))?
            .into_iter()
            .filter(is_theirs)
            .map(arrived)
            .collect();
        let (apps, notes) = own_codes(&state.login, owner).await?;
        let now = instant(state.login.clock.now());
        Ok(Phone {
            now,
            owner: owner.map(str::to_owned),
            messages,
            apps,
            notes,
        })
    }
}

/// The codes that need no message: of the authenticators, and the backup codes.
async fn own_codes(
    service: &login::Service,
    owner: Option<&str>,
) -> Result<(Vec<AppCode>, Vec<Note>), login::Error> {
    let mut db = service.store.read().await?;
    let (mut apps, mut notes) = (Vec::new(), Vec::new());
    for person in PEOPLE {
        if owner.is_some_and(|owner| owner != person.name) {
            continue;
        }
        let Some(user) = db.user_by_name(person.name).await? else {
            continue;
        };
        if let Some(code) = authenticator::current_code(service, &user) {
            apps.push(AppCode {
                user: user.name.clone(),
                code,
            });
        }
        let stored = db.backup_codes(user.id).await?;
        notes.extend(notes_of(person, &stored));
    }
    Ok((apps, notes))
}

/// The first set of backup codes of a user. Once it was replaced, its codes are void.
fn notes_of(person: Person, stored: &[BackupCode]) -> impl Iterator<Item = Note> {
    let consumed = |at: usize| {
        let stored = stored.get(at).filter(|code| code.salt == FIRST_SET);
        stored.is_none_or(|code| code.consumed)
    };
    let codes = person.backup.iter().enumerate();
    codes.map(move |(at, code)| Note {
        user: person.name.to_owned(),
        code,
        consumed: consumed(at),
    })
}
