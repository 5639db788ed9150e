//! The guide without JavaScript: answers come by POST, and none is kept.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use axum_extra::extract::CookieJar;
use todoita::cause::Cause;
use todoita::channel::{Action, Channel};
use todoita::guide::facts::GuideFacts;
use todoita::guide::{Act, GuideContext, Step, replay};

use super::{Answer, CODE, Jar, LOGIN, code};
use crate::app::{Service, go, lang_cookie};
use crate::asker::Asker;
use crate::error::Error;
use crate::fields::Fields;
use crate::guide::{self, GuideRequest, Page};
use crate::pages;
use crate::sign_in::{self, Told};
use crate::words::Lang;

/// The guide's first screen.
///
/// # Errors
/// What is ours.
pub async fn guide_page(
    service: State<Service>,
    asker: Extension<Asker>,
    jar: CookieJar,
    headers: HeaderMap,
) -> Answer {
    give_answer(service, asker, jar, headers, Fields::default()).await
}

/// The screen for the posted answers; or, for a choice that sends a code, the code step.
///
/// # Errors
/// [`Error::BadInput`], and what is ours.
pub async fn give_answer(
    State(service): State<Service>,
    Extension(mut asker): Extension<Asker>,
    jar: CookieJar,
    headers: HeaderMap,
    fields: Fields,
) -> Answer {
    let cookie = Jar::SignIn.read(&jar, &service.config);
    let cookie = cookie.as_deref();
    let Some((mut told, ways)) = pending(&service, cookie).await? else {
        return Ok(go(LOGIN));
    };
    // The code step says a refusal once; its page hands it on.
    if let Some(cause) = fields.one("todoita-cause")? {
        told.cause = told.cause.or(Some(Cause::from_wire(cause)));
    }
    let lang = fields.one("lang")?.and_then(Lang::from_name);
    asker.lang = lang.unwrap_or(asker.lang);
    let user_agent = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok());
    let context = GuideRequest {
        asker: &asker,
        config: &service.config,
        told: &told,
        methods: &ways,
        device: user_agent.map(guide::device),
    };
    let facts = context.facts();
    let known = GuideFacts(&facts).context();
    let search = fields.one("search")?;
    let answers = match answered(&fields, &known, search.is_some())? {
        Answered::Leads(answers) => answers,
        Answered::Sends(action) => return code::press(&service, &asker, cookie, action).await,
    };
    let screen = replay(&known, &answers);
    if screen.step == Step::BackToCode {
        return Ok(go(CODE));
    }
    let page = Page::new(&context, &screen, search)
        .ok_or(Error::Internal("a screen of the guide has no words"))?;
    let page = pages::page(StatusCode::OK, &page)?;
    Ok(match lang {
        Some(lang) => {
            let jar = CookieJar::new().add(lang_cookie(&service.config, lang));
            (jar, page).into_response()
        }
        None => page,
    })
}

/// What the person may know of a pending sign-in, and its account's ways in. `None` where there is none.
async fn pending(
    service: &Service,
    cookie: Option<&str>,
) -> Result<Option<(Told, Vec<Channel>)>, Error> {
    let mut db = service.store.read().await?;
    let (sign_in, user) = match sign_in::pending(service, &mut db, cookie).await {
        Ok((sign_in, user)) if sign_in.accepted_attempt.is_none() => (sign_in, user),
        Ok(_) | Err(Error::NoSignIn) => return Ok(None),
        Err(error) => return Err(error),
    };
    let now = service.clock.now();
    let mut told = sign_in::told(service, &mut db, &sign_in, &user, now).await?;
    let refusal = sign_in.refusal.as_deref().map(Cause::from_wire);
    told.cause = told.cause.or(refusal);
    let ways = sign_in::ways(&mut db, &user).await?;
    Ok(Some((told, ways)))
}

enum Answered {
    /// To the screen of these answers.
    Leads(String),
    /// To the code step, by a button of its.
    Sends(Action),
}

/// The answers with the one that was pressed. What is none of ours leads to where it was pressed.
fn answered(fields: &Fields, known: &GuideContext, search: bool) -> Result<Answered, Error> {
    let answers = fields.one("answers")?.unwrap_or_default();
    let (start, answer) = (fields.one("start")?, fields.one("answer")?);
    Ok(Answered::Leads(match (start, answer) {
        _ if search => Step::Entry.as_str().to_owned(),
        (Some(start), _) => start.to_owned(),
        (None, Some("~back")) => {
            let screen = replay(known, answers);
            match screen.answers.rsplit_once(' ') {
                Some((before, _)) => before.to_owned(),
                None => screen.answers,
            }
        }
        (None, Some(answer)) => {
            let screen = replay(known, answers);
            let pressed = screen.choices().find(|shown| shown.name == answer);
            if let Some(action) = pressed.and_then(|shown| action(shown.act?)) {
                return Ok(Answered::Sends(action));
            }
            format!("{} {answer}", screen.answers)
        }
        (None, None) => answers.to_owned(),
    }))
}

fn action(act: Act) -> Option<Action> {
    match act {
        Act::Resend => Some(Action::Resend),
        Act::Method(way) => Channel::from_name(way.as_str()).map(Action::Method),
    }
}
