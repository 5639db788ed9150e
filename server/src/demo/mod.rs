//! The demo: ready-made users, and the phone on which their messages arrive.

use std::pin::Pin;

use askama::Template;
use login::store::User;

use crate::delivery::outbox::Outbox;
use crate::web::error::Error;
use crate::web::panels::{Panel, Panels};
use crate::web::state::AppState;
use crate::words::Words;

pub mod people; // users
pub mod phone; // messages and codes
pub mod routes; // the phone's page and the test clock

use people::PEOPLE;
use phone::Phone;

/// The panels of the demo: its users beside the login page, a user's phone beside the code step.
#[derive(Clone, Debug)]
pub struct DemoPanels {
    /// The state of the service, without panels.
    pub state: AppState,
    /// The messages.
    pub outbox: Outbox,
}

#[derive(Template)]
#[template(path = "demo_users.html")]
struct UsersPanel {
    words: &'static Words,
    /// Name, password, methods.
    users: Vec<(&'static str, &'static str, String)>,
}

#[derive(Template)]
#[template(path = "phone.html")]
struct PhonePanel {
    words: &'static Words,
    phone: Phone,
}

impl Panels for DemoPanels {
    fn login(&self, words: &'static Words) -> Result<Panel, Error> {
        let users = PEOPLE
            .iter()
            .map(|person| (person.name, person.password, person.note(words)))
            .collect();
        Panel::render(&UsersPanel { words, users })
    }

    fn code<'a>(
        &'a self,
        words: &'static Words,
        user: &'a User,
    ) -> Pin<Box<dyn Future<Output = Result<Panel, Error>> + Send + 'a>> {
        Box::pin(async move {
            let phone = Phone::read(&self.state, &self.outbox, words, Some(&user.name)).await?;
            Panel::render(&PhonePanel { words, phone })
        })
    }
}
