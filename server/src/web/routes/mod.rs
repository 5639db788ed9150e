//! Handlers: each reads the request, calls the domain, and responds in the format that the client wants.

use ::login::session::{self, SignedIn};
use axum::response::Response;
use axum_extra::extract::CookieJar;

use crate::web::cookies::HttpOnlyCookie;
use crate::web::error::Error;
use crate::web::request_context::RequestContext;
use crate::web::state::AppState;

pub mod account; // signed in
pub mod code; // the code step
pub mod delivery; // what a gateway reports
pub mod enrolment; // backup codes and the authenticator of an account
pub mod guide; // the guide without JavaScript
pub mod login; // the login page
pub mod number; // the phone number of an account
pub mod step_up; // a fresh code before a factor is changed

/// The login page.
const LOGIN: &str = "/";
/// The code step.
const CODE: &str = "/login/code";
/// The signed-in page.
const HOME: &str = "/account";

/// The result of a handler.
pub type Answer = Result<Response, Error>;

/// The session of the browser.
async fn signed_in(state: &AppState, jar: &CookieJar) -> Result<SignedIn, Error> {
    let cookie = HttpOnlyCookie::Session.read(jar, &state.config);
    Ok(session::signed_in(&state.login, cookie.as_deref()).await?)
}

/// The session of a browser that wants a page; `None` where nobody is signed in. In JSON a page asks by itself for its state, which
/// does not keep the session alive.
async fn maybe_signed_in(
    state: &AppState,
    context: &RequestContext,
    jar: &CookieJar,
) -> Result<Option<SignedIn>, Error> {
    let cookie = HttpOnlyCookie::Session.read(jar, &state.config);
    let found = if context.json {
        session::peek(&state.login, cookie.as_deref()).await
    } else {
        session::signed_in(&state.login, cookie.as_deref()).await
    };
    match found {
        Ok(signed_in) => Ok(Some(signed_in)),
        Err(::login::Error::NoSession) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
