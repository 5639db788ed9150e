//! The step-up: a signed-in person gives a fresh code before a factor is changed.

use ::login::sign_in::Cookie;
use ::login::step_up::{self, Begun};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum_extra::extract::CookieJar;

use super::account::no_session;
use super::code::{self, CodeStep};
use super::{Answer, maybe_signed_in};
use crate::web::cookies::{self, HttpOnlyCookie};
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::pages;
use crate::web::pages::code::Form;
use crate::web::redirect::redirect;
use crate::web::request_context::RequestContext;
use crate::web::state::AppState;
use crate::words::Words;

/// The page that a step-up leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Enrolment of an authenticator.
    Authenticator,
    /// New backup codes.
    BackupCodes,
    /// Another phone number.
    Number,
}

impl Goal {
    fn from_name(name: &str) -> Result<Goal, Error> {
        match name {
            "app" => Ok(Goal::Authenticator),
            "backup" => Ok(Goal::BackupCodes),
            "number" => Ok(Goal::Number),
            _ => Err(Error::NotFound),
        }
    }

    /// The address of the page.
    pub fn page(self) -> &'static str {
        match self {
            Goal::Authenticator => "/account/app",
            Goal::BackupCodes => "/account/backup",
            Goal::Number => "/account/number",
        }
    }

    /// The address of the step-up before it.
    pub fn step_up(self) -> &'static str {
        match self {
            Goal::Authenticator => "/account/confirm/app",
            Goal::BackupCodes => "/account/confirm/backup",
            Goal::Number => "/account/confirm/number",
        }
    }

    fn code_step(self) -> CodeStep {
        CodeStep {
            form: Form {
                action: self.step_up(),
                title: "step-up-title",
                is_sign_in: false,
            },
            next: self.page(),
        }
    }
}

/// The page of a step-up: that of the code step where one is pending, else one with the button that begins it. A
/// session whose last code is recent enough is sent on. Reads only.
///
/// # Errors
/// [`Error::NotFound`]; of the domain `NoSession` where JSON is wanted. Internal errors: database, randomness,
/// template.
pub async fn step_up_page(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    Path(goal): Path<String>,
    jar: CookieJar,
) -> Answer {
    let goal = Goal::from_name(&goal)?;
    let Some(signed_in) = maybe_signed_in(&state, &context, &jar).await? else {
        return no_session(&context);
    };
    if signed_in.is_fresh(&state.login) {
        return Ok(redirect(goal.page()));
    }
    let cookie = HttpOnlyCookie::Session.read(&jar, &state.config);
    let cookie = Cookie::Session(cookie.as_deref());
    match code::page(&state, &context, &jar, goal.code_step(), cookie).await {
        Err(Error::Login(::login::Error::NoSignIn)) => {
            let page = pages::StepUp {
                words: Words::of(context.lang),
                action: goal.step_up(),
            };
            pages::page(StatusCode::OK, &page)
        }
        answer => answer,
    }
}

/// Begins a step-up; or takes its code, or one of the buttons beside the code.
///
/// # Errors
/// As [`code::submit_code`], and [`Error::NotFound`]; of the domain `NoSession`, `NoMethod`.
pub async fn submit_step_up(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    Path(goal): Path<String>,
    jar: CookieJar,
    fields: Fields,
) -> Answer {
    let goal = Goal::from_name(&goal)?;
    let cookie = HttpOnlyCookie::Session.read(&jar, &state.config);
    let cookie = cookie.as_deref();
    let begins = fields.one("code")?.is_none() && fields.one("todoita-action")?.is_none();
    if !begins {
        let (step, cookie) = (goal.code_step(), Cookie::Session(cookie));
        let submitted = code::submit(&state, &context, step, cookie, &fields).await;
        return match submitted {
            // It is over, or was completed in another tab: the page leads on, or to a new one.
            Err(Error::Login(::login::Error::NoSignIn)) => Ok(redirect(goal.step_up())),
            other => other,
        };
    }
    let refusal = match step_up::begin(&state.login, &context.requester(), cookie).await? {
        Begun::NotNeeded => return Ok(redirect(goal.page())),
        Begun::Pending(refusal) => refusal,
    };
    let response = redirect(goal.step_up());
    if refusal.is_none() && cookies::read_refusal(&jar, &state.config).is_none() {
        return Ok(response);
    }
    let jar = CookieJar::new().add(cookies::refusal(&state.config, refusal));
    Ok((jar, response).into_response())
}
