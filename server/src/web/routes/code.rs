//! The code step's page, the code, and the buttons beside it.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum_extra::extract::CookieJar;
use todoita::cause::Cause;
use todoita::channel::{Action, Channel};

use super::{Answer, CODE, HOME, Jar, LOGIN};
use crate::code_step::{self, Outcome};
use crate::demo::Phone;
use crate::service::Service;
use crate::sign_in::{Asked, Told};
use crate::store::sign_ins::{self, SignIn};
use crate::store::users::User;
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::redirect::go;
use crate::web::request_context::Asker;
use crate::web::{pages, responses};
use crate::words::Words;
use crate::{random, sign_in};

/// The code step's page. A refusal that was kept for it is shown once.
///
/// # Errors
/// What is ours.
pub async fn code_page(
    State(service): State<Service>,
    Extension(asker): Extension<Asker>,
    jar: CookieJar,
) -> Answer {
    let cookie = Jar::SignIn.read(&jar, &service.config);
    let now = service.clock.now();
    let mut db = service.store.begin().await?;
    let (sign_in, user) = match sign_in::pending(&service, &mut db, cookie.as_deref()).await {
        Ok((sign_in, user)) if sign_in.accepted_attempt.is_none() => (sign_in, user),
        Ok(_) | Err(Error::NoSignIn) => {
            drop(db);
            // Already in, or nobody: the login page knows which.
            return Ok(go(LOGIN));
        }
        Err(error) => return Err(error),
    };
    let mut told = sign_in::told(&service, &mut db, &sign_in, &user, now).await?;
    if let Some(refusal) = &sign_in.refusal {
        sign_ins::set_refusal(&mut db, &sign_in.id, None).await?;
        told.cause = told.cause.or(Some(Cause::from_wire(refusal)));
    }
    let ways = sign_in::ways(&mut db, &user).await?;
    db.commit().await?;
    show(&service, &asker, &user, &told, &ways, None, StatusCode::OK).await
}

async fn show(
    service: &Service,
    asker: &Asker,
    user: &User,
    told: &Told,
    ways: &[Channel],
    typed: Option<&str>,
    status: StatusCode,
) -> Answer {
    let mut page = pages::Code::new(asker, &service.config, told, ways, typed);
    page.attempt = random::attempt()?;
    page.preload = service.preload.to_vec();
    if service.config.demo {
        page.phone = Some(Phone::read(service, Words::of(asker.lang), Some(&user.name)).await?);
    }
    pages::page(status, &page)
}

/// Takes a code, or one of the buttons beside it.
///
/// # Errors
/// [`Error::NoSignIn`], [`Error::BadInput`], and what is ours.
pub async fn give_code(
    State(service): State<Service>,
    Extension(asker): Extension<Asker>,
    jar: CookieJar,
    fields: Fields,
) -> Answer {
    let cookie = Jar::SignIn.read(&jar, &service.config);
    let cookie = cookie.as_deref();
    let action = match fields.one("todoita-action")? {
        None => None,
        Some(word) => Some(
            Action::from_value(word)
                .ok_or(Error::BadInput("todoita-action is none of ours".into()))?,
        ),
    };
    let attempt = fields.one("todoita-attempt")?;
    match action {
        None => {
            let typed = fields
                .one("code")?
                .ok_or(Error::BadInput("there is no code".into()))?;
            let outcome = code_step::give(&service, &asker, cookie, typed, attempt).await?;
            answer_code(&service, &asker, cookie, typed, outcome).await
        }
        Some(action) => press(&service, &asker, cookie, action).await,
    }
}

/// Does what a button beside the code says.
pub(super) async fn press(
    service: &Service,
    asker: &Asker,
    cookie: Option<&str>,
    action: Action,
) -> Answer {
    let asked = match action {
        Action::Resend => sign_in::ask(service, asker, cookie, None).await?,
        Action::Method(channel) => sign_in::ask(service, asker, cookie, Some(channel)).await?,
        Action::Code => Asked::Done(sign_in::back_to_code(service, cookie).await?),
    };
    match asked {
        Asked::Done(told) if asker.json => responses::sent(&told, &random::attempt()?),
        Asked::Done(_) => Ok(go(CODE)),
        Asked::Refused(told) => refuse(service, asker, cookie, &told).await,
    }
}

async fn answer_code(
    service: &Service,
    asker: &Asker,
    cookie: Option<&str>,
    typed: &str,
    outcome: Outcome,
) -> Answer {
    match outcome {
        Outcome::Accepted(session) => {
            tracing::info!("a code was accepted");
            let jar = CookieJar::new().add(Jar::Session.write(&service.config, session));
            let answer = if asker.json {
                responses::accepted(HOME)?
            } else {
                go(HOME)
            };
            Ok((jar, answer).into_response())
        }
        Outcome::Refused(told) => refuse(service, asker, cookie, &told).await,
        Outcome::Unreadable(told) if asker.json => responses::refused(&told, &random::attempt()?),
        Outcome::Unreadable(mut told) => {
            let mut db = service.store.read().await?;
            let (_, user) = sign_in::pending(service, &mut db, cookie).await?;
            let ways = sign_in::ways(&mut db, &user).await?;
            drop(db);
            told.cause = None;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show(service, asker, &user, &told, &ways, Some(typed), status).await
        }
    }
}

/// A refusal: as an answer for those who want JSON, else kept for the page that the browser is sent to.
async fn refuse(service: &Service, asker: &Asker, cookie: Option<&str>, told: &Told) -> Answer {
    let cause = told.cause.unwrap_or(Cause::Unknown);
    tracing::info!(%cause, "a code was refused");
    if asker.json {
        return responses::refused(told, &random::attempt()?);
    }
    let mut db = service.store.begin().await?;
    let (SignIn { id, .. }, _) = sign_in::pending(service, &mut db, cookie).await?;
    sign_ins::set_refusal(&mut db, &id, Some(cause.as_str())).await?;
    db.commit().await?;
    Ok(go(CODE))
}
