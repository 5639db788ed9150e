//! The factors of an account that is signed in: new backup codes, an authenticator.

use ::login::enrolment::{authenticator, backup_codes};
use ::login::store::User;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;

use super::account::no_session;
use super::{Answer, HOME, maybe_signed_in, signed_in};
use crate::web::form::Fields;
use crate::web::pages;
use crate::web::redirect::redirect;
use crate::web::request_context::RequestContext;
use crate::web::state::AppState;
use crate::words::Words;

/// Makes ten backup codes in place of all earlier ones, and shows them once.
///
/// # Errors
/// Of the domain `NoSession`. Internal errors: database, randomness, template.
pub async fn renew_backup_codes(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Answer {
    let user = signed_in(&state, &jar).await?;
    let codes = backup_codes::renew(&state.login, user.id).await?;
    pages::page(
        StatusCode::OK,
        &pages::Backup {
            words: Words::of(context.lang),
            codes,
        },
    )
}

/// The page on which an authenticator is enrolled.
///
/// # Errors
/// Of the domain `NoSession` where JSON is wanted. Internal errors: database, template, a sealed secret that
/// does not open.
pub async fn authenticator_page(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Answer {
    match maybe_signed_in(&state, &jar).await? {
        Some(user) => page(&state, &context, &user, false),
        None => no_session(&context),
    }
}

fn page(state: &AppState, context: &RequestContext, user: &User, wrong: bool) -> Answer {
    let words = Words::of(context.lang);
    let proposal = authenticator::proposal(&state.login, user, words.own("service"))?;
    let proposed = proposal.map(|proposal| {
        let groups: Vec<String> = proposal
            .secret
            .as_bytes()
            .chunks(4)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect();
        (groups.join(" "), proposal.uri)
    });
    let status = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    pages::page(
        status,
        &pages::Authenticator {
            words,
            proposed,
            wrong,
        },
    )
}

/// Proposes a secret; or, with a code, enrols the proposed one.
///
/// # Errors
/// [`crate::web::error::Error::InvalidInput`]; of the domain `NoSession`. Internal errors: database,
/// randomness, template, a sealed secret that does not open.
pub async fn enrol_authenticator(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
    fields: Fields,
) -> Answer {
    let user = signed_in(&state, &jar).await?;
    let Some(typed) = fields.one("code")? else {
        authenticator::propose(&state.login, user.id).await?;
        return Ok(redirect("/account/app"));
    };
    match authenticator::confirm(&state.login, &context.requester(), user.id, typed).await? {
        Ok(()) => Ok(redirect(HOME)),
        Err(user) => page(&state, &context, &user, true),
    }
}
