//! The guide without JavaScript: answers come by POST and are not stored.

use ::login::sign_in::{self, Cookie};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use axum_extra::extract::CookieJar;
use todoita::cause::Cause;
use todoita::channel::{Action, Channel};
use todoita::guide::{Act, GuideContext, Step, replay};

use super::{Answer, CODE, LOGIN, code};
use crate::web::cookies::{self, HttpOnlyCookie};
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::pages;
use crate::web::pages::guide::Page;
use crate::web::pages::guide_request::{self, GuideRequest};
use crate::web::redirect::redirect;
use crate::web::request_context::RequestContext;
use crate::web::state::AppState;
use crate::words::Lang;

/// The guide's first screen.
///
/// # Errors
/// Internal errors: database, template.
pub async fn guide_page(
    state: State<AppState>,
    context: Extension<RequestContext>,
    jar: CookieJar,
    headers: HeaderMap,
) -> Answer {
    submit_answer(state, context, jar, headers, Fields::default()).await
}

/// The screen for the posted answers; or, for a choice that sends a code, the code step.
///
/// # Errors
/// [`Error::InvalidInput`]. Internal errors: database, randomness, template.
pub async fn submit_answer(
    State(state): State<AppState>,
    Extension(mut context): Extension<RequestContext>,
    jar: CookieJar,
    headers: HeaderMap,
    fields: Fields,
) -> Answer {
    let cookie = HttpOnlyCookie::SignIn.read(&jar, &state.config);
    let cookie = Cookie::SignIn(cookie.as_deref());
    // The code step shows a refusal once, and its page posts it to the guide; the guide's pages post it on.
    let posted = fields.one("todoita-cause")?.map(Cause::from_wire);
    let refusal = cookies::read_refusal(&jar, &state.config).or(posted);
    let pending = sign_in::pending(&state.login, &context.requester(), cookie, refusal).await;
    let mut pending = match pending {
        Ok(pending) => pending,
        Err(::login::Error::NoSignIn) => return Ok(redirect(LOGIN)),
        Err(error) => return Err(error.into()),
    };
    if pending.status.unsent.is_some() {
        // No code was sent at all: it was a limit, also when its page is opened again.
        pending.status.cause = pending.status.cause.or(Some(Cause::Limited));
    }
    let lang = fields.one("lang")?.and_then(Lang::from_name);
    context.lang = lang.unwrap_or(context.lang);
    let user_agent = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok());
    let request = GuideRequest {
        context: &context,
        config: &state.config,
        status: &pending.status,
        methods: &pending.methods,
        device: user_agent.map(guide_request::device),
    };
    let guide_context = request.facts().context();
    let search = fields.one("search")?;
    let answers = match answered(&fields, &guide_context, search.is_some())? {
        Answered::Screen(answers) => answers,
        Answered::Press(action) => {
            return code::press(&state, &context, code::SIGN_IN, cookie, action).await;
        }
    };
    let screen = replay(&guide_context, &answers);
    if screen.step == Step::BackToCode {
        return Ok(redirect(CODE));
    }
    let page = Page::new(&request, &screen, search)
        .ok_or(Error::Internal("a screen of the guide has no sentences"))?
        .after(refusal);
    let page = pages::page(StatusCode::OK, &page)?;
    Ok(match lang {
        Some(lang) => {
            let jar = CookieJar::new().add(cookies::lang(&state.config, lang));
            (jar, page).into_response()
        }
        None => page,
    })
}

enum Answered {
    /// These answers lead to a screen.
    Screen(String),
    /// A button of the code step is pressed.
    Press(Action),
}

/// The answers together with the one that was pressed. An unknown answer leads back to the screen on which it
/// was pressed.
fn answered(
    fields: &Fields,
    guide_context: &GuideContext,
    search: bool,
) -> Result<Answered, Error> {
    let answers = fields.one("answers")?.unwrap_or_default();
    let (start, answer) = (fields.one("start")?, fields.one("answer")?);
    Ok(Answered::Screen(match (start, answer) {
        _ if search => Step::Entry.as_str().to_owned(),
        (Some(start), _) => start.to_owned(),
        (None, Some("~back")) => {
            let screen = replay(guide_context, answers);
            match screen.answers.rsplit_once(' ') {
                Some((before, _)) => before.to_owned(),
                None => screen.answers,
            }
        }
        (None, Some(answer)) => {
            let screen = replay(guide_context, answers);
            let pressed = screen.choices().find(|choice| choice.name == answer);
            if let Some(action) = pressed.and_then(|choice| action(choice.act?)) {
                return Ok(Answered::Press(action));
            }
            format!("{} {answer}", screen.answers)
        }
        (None, None) => answers.to_owned(),
    }))
}

fn action(act: Act) -> Option<Action> {
    match act {
        Act::Resend => Some(Action::Resend),
        Act::Method(method) => Channel::from_name(method.as_str()).map(Action::Method),
    }
}
