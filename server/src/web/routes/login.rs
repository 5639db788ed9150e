//! The login page and its form.

use ::login::password_step;
use ::login::sign_in::Former;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum_extra::extract::CookieJar;

use super::{Answer, CODE, HOME, maybe_signed_in};
use crate::web::cookies::{self, HttpOnlyCookie};
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::redirect::redirect;
use crate::web::request_context::RequestContext;
use crate::web::state::AppState;
use crate::web::{pages, responses};
use crate::words::Words;

/// The login page. A browser that is signed in is sent on.
///
/// # Errors
/// Internal errors: database, template.
pub async fn login_page(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Answer {
    match maybe_signed_in(&state, &context, &jar).await? {
        Some(_) => Ok(redirect(HOME)),
        None => page(&state, &context, None),
    }
}

/// The login page; `refused` is the typed name, where it or the password was wrong.
fn page(state: &AppState, context: &RequestContext, refused: Option<String>) -> Answer {
    let words = Words::of(context.lang);
    let panel = match &state.panels {
        Some(panels) => Some(panels.login(words)?),
        None => None,
    };
    let status = match refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    pages::page(
        status,
        &pages::Login {
            words,
            refused,
            panel,
        },
    )
}

/// Takes a name and a password.
///
/// # Errors
/// [`Error::InvalidInput`]; of the domain `TooManyPasswords`, `NoMethod`. Internal errors: database,
/// randomness, template.
pub async fn submit_password(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
    fields: Fields,
) -> Answer {
    let name = fields
        .one("name")?
        .ok_or(Error::InvalidInput("the name is missing".into()))?;
    let password = fields
        .one("password")?
        .ok_or(Error::InvalidInput("the password is missing".into()))?;
    // A new sign-in has a new cookie; the previous one is ended, whoever planted it.
    let sign_in = HttpOnlyCookie::SignIn.read(&jar, &state.config);
    let session = HttpOnlyCookie::Session.read(&jar, &state.config);
    let former = Former {
        sign_in: sign_in.as_deref(),
        session: session.as_deref(),
    };
    let begun =
        password_step::submit(&state.login, &context.requester(), name, password, former).await?;
    let Some(begun) = begun else {
        tracing::info!(network = %context.network, "a password was refused");
        return if context.json {
            responses::wrong_password(Words::of(context.lang), state.login.clock.now())
        } else {
            page(&state, &context, Some(name.to_owned()))
        };
    };
    let stale = cookies::read_refusal(&jar, &state.config);
    let mut jar = CookieJar::new().add(HttpOnlyCookie::SignIn.cookie(&state.config, begun.cookie));
    if begun.refusal.is_some() || stale.is_some() {
        jar = jar.add(cookies::refusal(&state.config, begun.refusal));
    }
    let response = if context.json {
        responses::accepted(CODE)?
    } else {
        redirect(CODE)
    };
    Ok((jar, response).into_response())
}
