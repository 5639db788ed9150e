//! The factors of an account that is signed in: new backup codes, an authenticator. A change needs a fresh
//! code first ([`super::step_up`]).

use ::login::counted_code::Closed;
use ::login::enrolment::{Confirmed, authenticator, backup_codes};
use ::login::session::SignedIn;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use todoita::setup;

use super::account::no_session;
use super::step_up::Goal;
use super::{Answer, HOME, maybe_signed_in, signed_in};
use crate::web::cookies::HttpOnlyCookie;
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::pages;
use crate::web::redirect::redirect;
use crate::web::request_context::RequestContext;
use crate::web::state::AppState;
use crate::words::Words;

/// The session, if its last code is fresh enough to change a factor; otherwise the answer that asks for one, or for
/// a sign-in.
pub(super) async fn fresh_session(
    state: &AppState,
    context: &RequestContext,
    jar: &CookieJar,
    goal: Goal,
) -> Result<Result<SignedIn, Response>, Error> {
    Ok(match maybe_signed_in(state, context, jar).await? {
        None => Err(no_session(context)?),
        Some(signed_in) if !signed_in.is_fresh(&state.login) => Err(step_up(context, goal)?),
        Some(signed_in) => Ok(signed_in),
    })
}

/// The answer where a fresh code is needed first: a browser is sent to the page that asks for it.
pub(super) fn step_up(context: &RequestContext, goal: Goal) -> Answer {
    if context.json {
        Err(Error::Login(::login::Error::StepUpNeeded))
    } else {
        Ok(redirect(goal.step_up()))
    }
}

/// The page with the button that makes new backup codes.
///
/// # Errors
/// Of the domain `NoSession` and `StepUpNeeded` where JSON is wanted. Internal errors: database, template.
pub async fn backup_codes_page(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Answer {
    if let Err(answer) = fresh_session(&state, &context, &jar, Goal::BackupCodes).await? {
        return Ok(answer);
    }
    let words = Words::of(context.lang);
    pages::page(StatusCode::OK, &pages::NewBackup { words })
}

/// Makes ten backup codes in place of all earlier ones, and shows them once.
///
/// # Errors
/// Of the domain `NoSession`, and `StepUpNeeded` where JSON is wanted. Internal errors: database, randomness,
/// template.
pub async fn renew_backup_codes(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Answer {
    let cookie = HttpOnlyCookie::Session.read(&jar, &state.config);
    let renewed = backup_codes::renew(&state.login, &context.requester(), cookie.as_deref()).await;
    let renewed = match renewed {
        Ok(renewed) => renewed,
        Err(::login::Error::StepUpNeeded) => return step_up(&context, Goal::BackupCodes),
        Err(error) => return Err(error.into()),
    };
    let page = pages::Backup {
        words: Words::of(context.lang),
        account: renewed.account,
        made: renewed.made,
        codes: renewed.codes,
    };
    pages::page(StatusCode::OK, &page)
}

/// The page on which an authenticator is enrolled.
///
/// # Errors
/// Of the domain `NoSession` and `StepUpNeeded` where JSON is wanted. Internal errors: database, template, a
/// sealed secret that does not open.
pub async fn authenticator_page(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Answer {
    match fresh_session(&state, &context, &jar, Goal::Authenticator).await? {
        Ok(signed_in) => page(&state, &context, &signed_in, None),
        Err(answer) => Ok(answer),
    }
}

/// Why no code can be compared now, and from when one is.
pub(super) fn codes_limited(state: &AppState, words: &Words, closed: Closed) -> String {
    let now = state.login.clock.now();
    let time = words.clock_time_from(closed.until, now, state.config.utc_offset);
    words.own_with("codes-limited", &[("time", &time)])
}

/// `refusal`: the sentence that explains it.
fn page(
    state: &AppState,
    context: &RequestContext,
    signed_in: &SignedIn,
    refusal: Option<(StatusCode, String)>,
) -> Answer {
    let words = Words::of(context.lang);
    let proposal = authenticator::proposal(&state.login, signed_in, words.own("service"))?;
    let proposed = proposal.map(|proposal| pages::ProposedKey {
        groups: setup::authenticator::groups(&proposal.secret).to_string(),
        qr: setup::qr::encode(&proposal.uri),
        uri: proposal.uri,
    });
    let (status, refusal) = refusal.unzip();
    let page = pages::Authenticator {
        words,
        proposed,
        now: state.login.clock.now(),
        confirmable: authenticator::is_proposed(&state.login, signed_in),
        refusal,
    };
    pages::page(status.unwrap_or(StatusCode::OK), &page)
}

/// Proposes a secret; or, with a code, enrols the proposed one.
///
/// # Errors
/// [`Error::InvalidInput`]; of the domain `NoSession`, `CodeTooLong`, and `StepUpNeeded` where JSON is wanted. Internal
/// errors: database, randomness, template, a sealed secret that does not open.
pub async fn enrol_authenticator(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
    fields: Fields,
) -> Answer {
    let cookie = HttpOnlyCookie::Session.read(&jar, &state.config);
    let cookie = cookie.as_deref();
    let Some(typed) = fields.one("code")? else {
        return match authenticator::propose(&state.login, cookie).await {
            Ok(()) => Ok(redirect(Goal::Authenticator.page())),
            Err(::login::Error::StepUpNeeded) => step_up(&context, Goal::Authenticator),
            Err(error) => Err(error.into()),
        };
    };
    let requester = context.requester();
    let words = Words::of(context.lang);
    let invalid = |key| (StatusCode::UNPROCESSABLE_ENTITY, words.own(key).to_owned());
    let refusal = match authenticator::confirm(&state.login, &requester, cookie, typed).await? {
        Confirmed::Enrolled => return Ok(redirect(HOME)),
        Confirmed::NotProposed => invalid("authenticator-expired"),
        Confirmed::Wrong => invalid("authenticator-wrong"),
        Confirmed::Refused(closed) => (
            StatusCode::TOO_MANY_REQUESTS,
            codes_limited(&state, words, closed),
        ),
    };
    let signed_in = signed_in(&state, &jar).await?;
    page(&state, &context, &signed_in, Some(refusal))
}
