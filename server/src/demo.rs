//! The demo: ready-made users, and the phone on which their messages arrive.

use crate::app::Service;
use crate::error::Error;
use crate::outbox::Message;
use crate::store::users::{self, User};
use crate::words::Words;
use crate::{answers, app_codes, backup_codes, password};
use todoita::channel::Channel;

/// A ready-made user. Everybody knows the password.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// The name to sign in with.
    pub name: &'static str,
    /// The password.
    pub password: &'static str,
    phone: Option<&'static str>,
    email: Option<&'static str>,
    /// The app's secret.
    app: Option<&'static [u8; 20]>,
    /// Backup codes, as they were shown once.
    backup: &'static [&'static str],
}

/// The users. The numbers are ones that Japan gives to nobody (the area code 0), the addresses are of
/// domains kept for examples (RFC 2606).
pub const PEOPLE: [Person; 4] = [
    Person {
        name: "hanako",
        password: "demo",
        phone: Some("+819000005678"),
        email: Some("hanako@example.com"),
        app: Some(b"hanako's demo secret"),
        backup: &[
            "20718346", "59140268", "07361925", "84620517", "31975042", "66208413", "12850397",
            "90543671", "48172906", "73096254",
        ],
    },
    Person {
        name: "taro",
        password: "demo",
        phone: None,
        email: None,
        app: Some(b"taro's demo secret.."),
        backup: &["15937264", "82640591", "03718465"],
    },
    Person {
        name: "sakura",
        password: "demo",
        phone: None,
        email: Some("sakura.long-address.for-the-narrowest-phone@mail.example.org"),
        app: None,
        backup: &[],
    },
    Person {
        name: "jiro",
        password: "demo",
        phone: Some("+819000001234"),
        email: None,
        app: None,
        backup: &[],
    },
];

/// Adds those of the demo's users who are not there yet.
///
/// # Errors
/// When the database does not answer or there is no randomness to be had.
pub async fn settle(service: &Service) -> Result<(), Error> {
    let mut db = service.store.begin().await?;
    for person in PEOPLE {
        if users::by_name(&mut db, person.name).await?.is_some() {
            continue;
        }
        let password = password::hash(person.password)?;
        let id = users::add(&mut db, person.name, &password, person.phone, person.email).await?;
        if let Some(secret) = person.app {
            let sealed = app_codes::seal(service, id, secret)?;
            users::enrol_app(&mut db, id, &sealed, None).await?;
        }
        backup_codes::replace(service, &mut db, id, person.backup).await?;
    }
    db.commit().await?;
    Ok(())
}

impl Person {
    /// What the login page says of them.
    pub fn note(&self, words: &Words) -> String {
        let has = [
            (self.phone.is_some(), "demo-has-phone"),
            (self.email.is_some(), "demo-has-mail"),
            (self.app.is_some(), "demo-has-app"),
            (!self.backup.is_empty(), "demo-has-backup"),
        ];
        let has: Vec<&str> = has
            .into_iter()
            .filter(|(has, _)| *has)
            .map(|(_, key)| words.own(key))
            .collect();
        has.join(words.own("list-joint"))
    }
}

/// What the demo's phone shows, on a page and to scripts.
#[derive(serde::Serialize)]
pub struct Phone {
    /// What time it is.
    pub now: String,
    /// Whose it is; everybody's on the page of its own.
    #[serde(skip)]
    pub owner: Option<String>,
    /// The messages, oldest first.
    pub messages: Vec<Arrived>,
    /// The codes of the authenticator app.
    pub apps: Vec<AppCode>,
    /// The backup codes that were written down.
    pub notes: Vec<Note>,
}

/// A message on the phone.
#[derive(serde::Serialize)]
pub struct Arrived {
    /// Its number.
    pub number: u64,
    /// When it came.
    pub at: String,
    /// The same, as clock time.
    pub time: String,
    /// Whose it is.
    pub user: String,
    /// The channel's name.
    pub channel: &'static str,
    /// How it came, in words.
    pub how: &'static str,
    /// Where it went.
    pub destination: String,
    /// A mail's subject.
    pub subject: Option<String>,
    /// What it says.
    pub text: String,
    /// The language it is in.
    pub lang: &'static str,
}

/// What an account's app shows.
#[derive(serde::Serialize)]
pub struct AppCode {
    /// Whose it is.
    pub user: String,
    /// The code.
    pub code: String,
}

/// A backup code that was written down.
#[derive(serde::Serialize)]
pub struct Note {
    /// Whose it is.
    pub user: String,
    /// The code.
    pub code: &'static str,
    /// Whether it was spent.
    pub spent: bool,
}

impl Phone {
    /// The phone of one user, or everybody's.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read(
        service: &Service,
        words: &'static Words,
        owner: Option<&str>,
    ) -> Result<Phone, Error> {
        let shown = |message: Message| Arrived {
            number: message.number,
            at: answers::instant(message.at),
            time: words.clock_time(message.at, message.at, service.config.utc_offset),
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
        let is_theirs = |message: &Message| owner.is_none_or(|owner| message.user == owner);
        let messages = service
            .outbox
            .messages()
            .into_iter()
            .filter(is_theirs)
            .map(shown)
            .collect();
        let (apps, notes) = kept(service, owner).await?;
        let now = answers::instant(service.clock.now());
        Ok(Phone {
            now,
            owner: owner.map(str::to_owned),
            messages,
            apps,
            notes,
        })
    }
}

/// What the phone has beside messages: the app's codes, and the backup codes that were written down.
async fn kept(service: &Service, owner: Option<&str>) -> Result<(Vec<AppCode>, Vec<Note>), Error> {
    let mut db = service.store.read().await?;
    let (mut apps, mut notes) = (Vec::new(), Vec::new());
    for person in PEOPLE {
        if owner.is_some_and(|owner| owner != person.name) {
            continue;
        }
        let Some(user) = users::by_name(&mut db, person.name).await? else {
            continue;
        };
        if let Some(code) = app_codes::shown(service, &user, service.clock.now())? {
            apps.push(AppCode {
                user: user.name.clone(),
                code,
            });
        }
        notes.extend(written_down(service, &mut db, &user, person.backup).await?);
    }
    Ok((apps, notes))
}

async fn written_down(
    service: &Service,
    db: &mut sqlx::SqliteConnection,
    user: &User,
    codes: &'static [&'static str],
) -> Result<Vec<Note>, Error> {
    let kept = users::backup_codes(db, user.id).await?;
    let note = |code: &&'static str| {
        let found = kept
            .iter()
            .find(|kept| backup_codes::is(service, user.id, kept, code));
        // A set that was replaced is void: what was written down is worth nothing.
        Note {
            user: user.name.clone(),
            code,
            spent: found.is_none_or(|kept| kept.spent_at.is_some()),
        }
    };
    Ok(codes.iter().map(note).collect())
}
