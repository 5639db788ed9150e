//! What each address does: reads what came, asks, and answers in the form that the asker wants.

use axum::response::Response;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use crate::config::Config;
use crate::key::Use;
use crate::service::Service;
use crate::store::sessions;
use crate::store::users::{self, User};
use crate::web::error::Error;

pub mod account; // signed in
pub mod code; // the code step
pub mod guide; // the guide without JavaScript
pub mod login; // the login page

/// The login page.
const LOGIN: &str = "/";
/// The code step.
const CODE: &str = "/login/code";
/// The signed-in page.
const HOME: &str = "/account";

/// What a handler returns.
pub type Answer = Result<Response, Error>;

/// Which cookie.
#[derive(Clone, Copy)]
enum Jar {
    SignIn,
    Session,
}

impl Jar {
    /// With `__Host-` a browser takes the cookie from this host alone, over https alone, for all paths.
    fn name(self, config: &Config) -> &'static str {
        match (self, config.secure()) {
            (Jar::SignIn, true) => "__Host-todoita-sign-in",
            (Jar::SignIn, false) => "todoita-sign-in",
            (Jar::Session, true) => "__Host-todoita-session",
            (Jar::Session, false) => "todoita-session",
        }
    }

    fn read(self, jar: &CookieJar, config: &Config) -> Option<String> {
        jar.get(self.name(config))
            .map(|cookie| cookie.value().to_owned())
    }

    fn write(self, config: &Config, value: String) -> Cookie<'static> {
        Cookie::build((self.name(config), value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(config.secure())
            .build()
    }

    fn gone(self, config: &Config) -> Cookie<'static> {
        let mut cookie = self.write(config, String::new());
        cookie.make_removal();
        cookie
    }
}

async fn signed_in(service: &Service, jar: &CookieJar) -> Result<User, Error> {
    let cookie = Jar::Session
        .read(jar, &service.config)
        .ok_or(Error::NoSession)?;
    let stored = service.key.hash(Use::StoredCookie, &[cookie.as_bytes()]);
    let mut db = service.store.read().await?;
    let session = sessions::by_cookie(&mut db, &stored, service.clock.now())
        .await?
        .ok_or(Error::NoSession)?;
    Ok(users::by_id(&mut db, session.user).await?)
}
