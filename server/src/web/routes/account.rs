//! The signed-in page, signing out, and the support page.

use ::login::enrolment::backup_codes;
use ::login::factors::sent_code::masked;
use ::login::session;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum_extra::extract::CookieJar;
use todoita::channel::Channel;

use super::{Answer, HOME, LOGIN, maybe_signed_in};
use crate::web::cookies::HttpOnlyCookie;
use crate::web::error::Error;
use crate::web::pages;
use crate::web::redirect::redirect;
use crate::web::request_context::RequestContext;
use crate::web::state::AppState;
use crate::words::Words;

/// The signed-in page. A browser that is not signed in is sent to the login page.
///
/// # Errors
/// Of the domain `NoSession` where JSON is wanted. Internal errors: database, template.
pub async fn account_page(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Answer {
    let Some(signed_in) = maybe_signed_in(&state, &context, &jar).await? else {
        return no_session(&context);
    };
    let other_sessions = session::others(&state.login, &signed_in).await?;
    let user = signed_in.user;
    let backup = backup_codes::kept(&state.login, user.id).await?;
    let words = Words::of(context.lang);
    let page = pages::Account {
        words,
        name: user.name,
        backup_left: backup.left,
        backup_made: backup
            .made
            .map(|made| words.date(made, state.config.utc_offset)),
        authenticator: user.authenticator_secret.is_some(),
        number: user
            .phone
            .as_deref()
            .map(|number| masked(Channel::Sms, number)),
        other_sessions,
    };
    pages::page(StatusCode::OK, &page)
}

/// The response to a browser that is not signed in.
pub(super) fn no_session(context: &RequestContext) -> Answer {
    if context.json {
        Err(Error::Login(::login::Error::NoSession))
    } else {
        Ok(redirect(LOGIN))
    }
}

/// Ends the other sessions of the account.
///
/// # Errors
/// Of the domain `NoSession`. Internal errors: database, randomness.
pub async fn end_other_sessions(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Answer {
    let cookie = HttpOnlyCookie::Session.read(&jar, &state.config);
    session::end_others(&state.login, &context.requester(), cookie.as_deref()).await?;
    Ok(redirect(HOME))
}

/// Ends the session, and the sign-in that began it.
///
/// # Errors
/// Internal errors: database.
pub async fn sign_out(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Answer {
    let config = &state.config;
    session::sign_out(
        &state.login,
        &context.requester(),
        HttpOnlyCookie::Session.read(&jar, config).as_deref(),
        HttpOnlyCookie::SignIn.read(&jar, config).as_deref(),
    )
    .await?;
    let jar = CookieJar::new()
        .add(HttpOnlyCookie::Session.removal_cookie(config))
        .add(HttpOnlyCookie::SignIn.removal_cookie(config));
    Ok((jar, redirect(LOGIN)).into_response())
}

/// The support page.
///
/// # Errors
/// Internal errors: template.
pub async fn help_page(Extension(context): Extension<RequestContext>) -> Answer {
    pages::page(
        StatusCode::OK,
        &pages::Help {
            words: Words::of(context.lang),
        },
    )
}
