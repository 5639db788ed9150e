//! The cookies: of a pending sign-in, of a session, of a known browser, of the language, of a number that is not confirmed yet, and
//! of a refusal that the next page shows.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use todoita::cause::Cause;

use crate::config::Config;
use crate::words::Lang;

/// The name of the cookie of the chosen language, and of the link's parameter that chooses it.
pub const LANG: &str = "lang";

/// A cookie that a page's scripts cannot read: the browser gets it with `HttpOnly`.
#[derive(Clone, Copy, Debug)]
pub enum HttpOnlyCookie {
    /// Of a pending sign-in.
    SignIn,
    /// Of a session.
    Session,
    /// Of a refusal that the next page shows once.
    Refusal,
    /// Of a phone number that waits for its code ([`login::enrolment::number`]).
    Number,
    /// Of a browser in which a sign-in was completed ([`login::known_places`]).
    Browser,
}

impl HttpOnlyCookie {
    /// With `__Host-` a browser takes the cookie from this host alone, over https alone, for all paths.
    fn name(self, config: &Config) -> &'static str {
        match (self, config.secure()) {
            (HttpOnlyCookie::SignIn, true) => "__Host-todoita-sign-in",
            (HttpOnlyCookie::SignIn, false) => "todoita-sign-in",
            (HttpOnlyCookie::Session, true) => "__Host-todoita-session",
            (HttpOnlyCookie::Session, false) => "todoita-session",
            (HttpOnlyCookie::Refusal, true) => "__Host-todoita-refusal",
            (HttpOnlyCookie::Refusal, false) => "todoita-refusal",
            (HttpOnlyCookie::Number, true) => "__Host-todoita-number",
            (HttpOnlyCookie::Number, false) => "todoita-number",
            (HttpOnlyCookie::Browser, true) => "__Host-todoita-browser",
            (HttpOnlyCookie::Browser, false) => "todoita-browser",
        }
    }

    /// The value that the browser sent.
    pub fn read(self, jar: &CookieJar, config: &Config) -> Option<String> {
        jar.get(self.name(config))
            .map(|cookie| cookie.value().to_owned())
    }

    /// A cookie to be set.
    pub fn cookie(self, config: &Config, value: String) -> Cookie<'static> {
        Cookie::build((self.name(config), value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(config.secure())
            .build()
    }

    /// A cookie that removes it.
    pub fn removal_cookie(self, config: &Config) -> Cookie<'static> {
        let mut cookie = self.cookie(config, String::new());
        cookie.make_removal();
        cookie
    }
}

/// The cookie by which a browser is known after a completed sign-in. The service forgets it after
/// [`login::known_places::LIFE`].
pub fn browser(config: &Config, value: String) -> Cookie<'static> {
    let mut cookie = HttpOnlyCookie::Browser.cookie(config, value);
    cookie.make_permanent();
    cookie
}

/// The cookie of a refusal, or its removal. The page after a refused form shows the cause once; no
/// database write is needed for it.
pub fn refusal(config: &Config, cause: Option<Cause>) -> Cookie<'static> {
    match cause {
        Some(cause) => HttpOnlyCookie::Refusal.cookie(config, cause.as_str().to_owned()),
        None => HttpOnlyCookie::Refusal.removal_cookie(config),
    }
}

/// The refusal that the next page is to show.
pub fn read_refusal(jar: &CookieJar, config: &Config) -> Option<Cause> {
    let word = HttpOnlyCookie::Refusal.read(jar, config)?;
    Some(Cause::from_wire(&word))
}

/// The cookie of a chosen language.
pub fn lang(config: &Config, lang: Lang) -> Cookie<'static> {
    Cookie::build((LANG, lang.as_str()))
        .path("/")
        .same_site(SameSite::Lax)
        .secure(config.secure())
        .permanent()
        .build()
}
