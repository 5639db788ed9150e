//! The code step: its page, its form, and the buttons beside the code.

use ::login::code_step::{self, Submitted};
use ::login::crypto::random;
use ::login::request_code::{self, Requested};
use ::login::sign_in::{self, Pending};
use ::login::status::SignInStatus;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum_extra::extract::CookieJar;
use todoita::cause::Cause;
use todoita::channel::Action;

use super::{Answer, CODE, HOME, LOGIN};
use crate::web::cookies::{self, Secret};
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::redirect::redirect;
use crate::web::request_context::RequestContext;
use crate::web::state::AppState;
use crate::web::{pages, responses};
use crate::words::Words;

/// Bytes of a typed code: any message that carries a code fits.
const LONGEST_CODE: usize = 2 * 1024;

/// The page of the code step. A refusal of the form is shown once. Reads only.
///
/// # Errors
/// Internal errors: database, randomness, template.
pub async fn code_page(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Answer {
    let cookie = Secret::SignIn.read(&jar, &state.config);
    let mut pending = match sign_in::pending(&state.login, cookie.as_deref()).await {
        Ok(pending) => pending,
        // Signed in already, or no password yet: the login page decides which.
        Err(::login::Error::NoSignIn) => return Ok(redirect(LOGIN)),
        Err(error) => return Err(error.into()),
    };
    let Some(refusal) = cookies::read_refusal(&jar, &state.config) else {
        return page(&state, &context, &pending, None, StatusCode::OK).await;
    };
    pending.status.cause = pending.status.cause.or(Some(refusal));
    let page = page(&state, &context, &pending, None, StatusCode::OK).await?;
    let jar = CookieJar::new().add(cookies::refusal(&state.config, None));
    Ok((jar, page).into_response())
}

async fn page(
    state: &AppState,
    context: &RequestContext,
    pending: &Pending,
    typed: Option<&str>,
    status: StatusCode,
) -> Answer {
    let Pending {
        user,
        status: of_sign_in,
        methods,
    } = pending;
    let mut page = pages::code::Code::new(context, &state.config, of_sign_in, methods, typed);
    page.idempotency_key = fresh_key()?;
    page.preload = state.preload.to_vec();
    if let Some(panels) = &state.panels {
        page.panel = Some(panels.code(Words::of(context.lang), user).await?);
    }
    pages::page(status, &page)
}

/// A fresh idempotency key, for the next submit.
fn fresh_key() -> Result<String, Error> {
    let key = random::idempotency_key().map_err(::login::Error::from)?;
    Ok(key)
}

/// Takes a code, or one of the buttons beside it.
///
/// # Errors
/// [`Error::InvalidInput`], [`Error::TooLarge`]; of the domain `NoSignIn`, `InvalidInput`. Internal errors: database, randomness,
/// template.
pub async fn submit_code(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
    fields: Fields,
) -> Answer {
    let cookie = Secret::SignIn.read(&jar, &state.config);
    let cookie = cookie.as_deref();
    if let Some(word) = fields.one("todoita-action")? {
        let action = Action::from_value(word)
            .ok_or(Error::InvalidInput("todoita-action is unknown".into()))?;
        return press(&state, &context, cookie, action).await;
    }
    let idempotency_key = fields.one("todoita-attempt")?;
    let typed = fields
        .one("code")?
        .ok_or(Error::InvalidInput("the code is missing".into()))?;
    if typed.len() > LONGEST_CODE {
        return Err(Error::TooLarge);
    }
    let submitted = code_step::submit(
        &state.login,
        &context.requester(),
        cookie,
        typed,
        idempotency_key,
    )
    .await?;
    match submitted {
        Submitted::Accepted(session) => accept(&state, &context, session),
        Submitted::Refused(status) => refuse(&state, &context, &status),
        Submitted::Unreadable(pending) if context.json => {
            let status = pending.status.refused(Cause::Wrong);
            responses::refused(&status, &fresh_key()?)
        }
        Submitted::Unreadable(pending) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&state, &context, &pending, Some(typed), status).await
        }
    }
}

/// Does what a button beside the code says.
pub(super) async fn press(
    state: &AppState,
    context: &RequestContext,
    cookie: Option<&str>,
    action: Action,
) -> Answer {
    let requester = context.requester();
    match request_code::request(&state.login, &requester, cookie, action).await? {
        Requested::Done(status) if context.json => responses::sent(&status, &fresh_key()?),
        Requested::Done(_) => Ok(redirect(CODE)),
        Requested::Refused(status) => refuse(state, context, &status),
    }
}

fn accept(state: &AppState, context: &RequestContext, session: String) -> Answer {
    tracing::info!("a code was accepted");
    let jar = CookieJar::new().add(Secret::Session.cookie(&state.config, session));
    let response = if context.json {
        responses::accepted(HOME)?
    } else {
        redirect(HOME)
    };
    Ok((jar, response).into_response())
}

/// A refusal: in JSON, or in a cookie for the page that the browser is sent to.
fn refuse(state: &AppState, context: &RequestContext, status: &SignInStatus) -> Answer {
    let cause = status.cause.unwrap_or(Cause::Unknown);
    tracing::info!(%cause, "a code was refused");
    if context.json {
        return responses::refused(status, &fresh_key()?);
    }
    let jar = CookieJar::new().add(cookies::refusal(&state.config, Some(cause)));
    Ok((jar, redirect(CODE)).into_response())
}
