//! The code step: its page, its form, and the buttons beside the code.

use ::login::code_step::{self, Submitted};
use ::login::crypto::random;
use ::login::known_places;
use ::login::request_code::{self, Requested};
use ::login::sign_in::{self, Cookie, Pending};
use ::login::status::SignInStatus;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum_extra::extract::CookieJar;
use todoita::cause::Cause;
use todoita::channel::Action;

use super::{Answer, CODE, HOME, LOGIN};
use crate::web::cookies::{self, HttpOnlyCookie};
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::pages::code::Form;
use crate::web::redirect::redirect;
use crate::web::request_context::RequestContext;
use crate::web::state::AppState;
use crate::web::{pages, responses, sentences};
use crate::words::Words;

/// A form by which a code is asked for, and where an accepted one leads.
#[derive(Clone, Copy, Debug)]
pub(super) struct CodeStep {
    /// The form.
    pub form: Form,
    /// The page after an accepted code.
    pub next: &'static str,
}

/// The code step of a sign-in.
pub(super) const SIGN_IN: CodeStep = CodeStep {
    form: Form {
        action: CODE,
        title: "code-title",
        is_sign_in: true,
    },
    next: HOME,
};

/// The page of the code step of a sign-in. Reads only.
///
/// # Errors
/// Internal errors: database, randomness, template.
pub async fn code_page(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Answer {
    let cookie = HttpOnlyCookie::SignIn.read(&jar, &state.config);
    let (jar, cookie) = (&jar, Cookie::SignIn(cookie.as_deref()));
    match page(&state, &context, jar, SIGN_IN, cookie).await {
        // Signed in already, or no password yet: the login page decides which.
        Err(Error::Login(::login::Error::NoSignIn)) => Ok(redirect(LOGIN)),
        answer => answer,
    }
}

/// The page of a code step, or its state in JSON. A refusal of the form is shown once.
///
/// # Errors
/// Of the domain `NoSignIn`. Internal errors: database, randomness, template.
pub(super) async fn page(
    state: &AppState,
    context: &RequestContext,
    jar: &CookieJar,
    step: CodeStep,
    cookie: Cookie<'_>,
) -> Answer {
    let requester = context.requester();
    if context.json {
        let pending = sign_in::pending(&state.login, &requester, cookie, None).await?;
        return state_of(state, context, &pending);
    }
    let refusal = cookies::read_refusal(jar, &state.config);
    let pending = sign_in::pending(&state.login, &requester, cookie, refusal).await?;
    let page = render(state, context, step, &pending, None, StatusCode::OK).await?;
    if refusal.is_none() {
        return Ok(page);
    }
    let jar = CookieJar::new().add(cookies::refusal(&state.config, None));
    Ok((jar, page).into_response())
}

/// The state of a pending sign-in, for a page that waits for a code.
fn state_of(state: &AppState, context: &RequestContext, pending: &Pending) -> Answer {
    let open = pending.status.open_methods(&pending.methods);
    let (words, offset) = (Words::of(context.lang), state.config.utc_offset);
    let notice = sentences::of_delivery(words, &pending.status, &pending.methods, offset);
    responses::pending(&pending.status, notice.as_ref(), &open)
}

async fn render(
    state: &AppState,
    context: &RequestContext,
    step: CodeStep,
    pending: &Pending,
    typed: Option<&str>,
    status: StatusCode,
) -> Answer {
    let Pending {
        user,
        status: of_sign_in,
        methods,
    } = pending;
    let mut page = pages::code::Code::new(
        context,
        &state.config,
        step.form,
        of_sign_in,
        methods,
        typed,
    );
    page.idempotency_key = fresh_key()?;
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
/// [`Error::InvalidInput`]; of the domain `NoSignIn`, `InvalidInput`, `CodeTooLong`. Internal errors: database, randomness,
/// template.
pub async fn submit_code(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
    fields: Fields,
) -> Answer {
    let cookie = HttpOnlyCookie::SignIn.read(&jar, &state.config);
    let cookie = Cookie::SignIn(cookie.as_deref());
    submit(&state, &context, SIGN_IN, cookie, &fields).await
}

/// Takes a code, or one of the buttons beside it, for a sign-in or a step-up.
pub(super) async fn submit(
    state: &AppState,
    context: &RequestContext,
    step: CodeStep,
    cookie: Cookie<'_>,
    fields: &Fields,
) -> Answer {
    if let Some(word) = fields.one("todoita-action")? {
        let action = Action::from_value(word)
            .ok_or(Error::InvalidInput("todoita-action is unknown".into()))?;
        return press(state, context, step, cookie, action).await;
    }
    let idempotency_key = fields.one("todoita-attempt")?;
    let typed = fields
        .one("code")?
        .ok_or(Error::InvalidInput("the code is missing".into()))?;
    let submitted = code_step::submit(
        &state.login,
        &context.requester(),
        cookie,
        typed,
        idempotency_key,
    )
    .await?;
    match submitted {
        Submitted::Accepted(session) => accept(state, context, step, session),
        Submitted::Refused(status) => refuse(state, context, step, &status),
        Submitted::Unreadable(pending) if context.json => {
            let status = pending.status.refused(Cause::Wrong);
            responses::refused(&status, &fresh_key()?, None)
        }
        Submitted::Unreadable(pending) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            render(state, context, step, &pending, Some(typed), status).await
        }
    }
}

/// Does what a button beside the code says.
pub(super) async fn press(
    state: &AppState,
    context: &RequestContext,
    step: CodeStep,
    cookie: Cookie<'_>,
    action: Action,
) -> Answer {
    let requester = context.requester();
    match request_code::request(&state.login, &requester, cookie, action).await? {
        Requested::Done(status) if context.json => responses::sent(&status, &fresh_key()?),
        Requested::Done(_) => Ok(redirect(step.form.action)),
        Requested::Refused(status) => refuse(state, context, step, &status),
    }
}

fn accept(state: &AppState, context: &RequestContext, step: CodeStep, session: String) -> Answer {
    tracing::info!("a code was accepted");
    let browser = known_places::browser_cookie(&state.login, &session);
    let jar = CookieJar::new()
        .add(HttpOnlyCookie::Session.cookie(&state.config, session))
        .add(cookies::browser(&state.config, browser));
    let response = if context.json {
        responses::accepted(step.next)?
    } else {
        redirect(step.next)
    };
    Ok((jar, response).into_response())
}

/// A refusal: in JSON, or in a cookie for the page that the browser is sent to.
fn refuse(
    state: &AppState,
    context: &RequestContext,
    step: CodeStep,
    status: &SignInStatus,
) -> Answer {
    let cause = status.cause.unwrap_or(Cause::Unknown);
    tracing::info!(%cause, "a code was refused");
    if context.json {
        let unsent = status.unsent.as_ref().map(|unsent| {
            let words = Words::of(context.lang);
            sentences::of_unsent(words, unsent, status.now, state.config.utc_offset)
        });
        return responses::refused(status, &fresh_key()?, unsent.as_deref());
    }
    let jar = CookieJar::new().add(cookies::refusal(&state.config, Some(cause)));
    Ok((jar, redirect(step.form.action)).into_response())
}
