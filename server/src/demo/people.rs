//! The demo's users.

use login::enrolment::backup_codes::NewSet;
use login::factors::authenticator;
use login::store::NewUser;
use login::{Error, Service, password};

use crate::words::Words;

/// A user of the demo. Everybody knows the password.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// The name to sign in with.
    pub name: &'static str,
    /// The password.
    pub password: &'static str,
    phone: Option<&'static str>,
    email: Option<&'static str>,
    /// The secret of the authenticator.
    authenticator: Option<&'static [u8; 20]>,
    /// The first set of backup codes.
    pub backup: &'static [&'static str],
}

/// The users. Their phone numbers are assigned to nobody in Japan (the area code 0), their mail domains are
/// reserved for examples (RFC 2606).
pub const PEOPLE: [Person; 4] = [
    Person {
        name: "hanako",
        password: "demo",
        phone: Some("+819000005678"),
        email: Some("hanako@example.com"),
        authenticator: Some(b"hanako's demo secret"),
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
        authenticator: Some(b"taro's demo secret.."),
        backup: &["15937264", "82640591", "03718465"],
    },
    Person {
        name: "sakura",
        password: "demo",
        phone: None,
        email: Some("sakura.long-address.for-the-narrowest-phone@mail.example.org"),
        authenticator: None,
        backup: &[],
    },
    Person {
        name: "jiro",
        password: "demo",
        phone: Some("+819000001234"),
        email: None,
        authenticator: None,
        backup: &[],
    },
];

/// The salt of each user's first set of backup codes, by which the phone recognises it.
pub const FIRST_SET: [u8; 16] = *b"demo's first set";

/// Adds those of the demo's users that the database does not have yet.
///
/// # Errors
/// Internal errors: database, randomness.
pub async fn seed(service: &Service) -> Result<(), Error> {
    for person in PEOPLE {
        let mut tx = service.store.begin().await?;
        if tx.user_by_name(person.name).await?.is_some() {
            continue;
        }
        let password = password::hash(person.password)?;
        let id = tx
            .add_user(NewUser {
                name: person.name,
                password: &password,
                phone: person.phone,
                email: person.email,
            })
            .await?;
        if let Some(secret) = person.authenticator {
            let sealed = authenticator::seal(service, id, secret)?;
            tx.set_authenticator(id, &sealed, None).await?;
        }
        tx.commit().await?;
        if person.backup.is_empty() {
            continue;
        }
        let codes = person
            .backup
            .iter()
            .map(|code| (*code).to_owned())
            .collect();
        let set = NewSet::of(service, id, FIRST_SET, codes).await?;
        let mut tx = service.store.begin_for(id).await?;
        set.store(&mut *tx, id, service.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

impl Person {
    /// The methods of this user, in words.
    pub fn note(&self, words: &Words) -> String {
        let has = [
            (self.phone.is_some(), "demo-has-phone"),
            (self.email.is_some(), "demo-has-mail"),
            (self.authenticator.is_some(), "demo-has-authenticator"),
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
