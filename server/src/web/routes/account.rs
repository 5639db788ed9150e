//! Signed in: the account, its backup codes and its app; logging out; and where to ask for help.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum_extra::extract::CookieJar;
use todoita::code;
use zeroize::Zeroizing;

use super::{Answer, HOME, Jar, LOGIN, signed_in};
use crate::key::Use;
use crate::service::Service;
use crate::store::users::{self, User};
use crate::store::{sessions, sign_ins};
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::pages;
use crate::web::redirect::go;
use crate::web::request_context::Asker;
use crate::words::Words;
use crate::{app_codes, backup_codes, code_rule};

/// The signed-in page.
///
/// # Errors
/// What is ours.
pub async fn account_page(
    State(service): State<Service>,
    Extension(asker): Extension<Asker>,
    jar: CookieJar,
) -> Answer {
    let user = match signed_in(&service, &jar).await {
        Err(Error::NoSession) if !asker.json => return Ok(go(LOGIN)),
        user => user?,
    };
    let codes = users::backup_codes(&mut *service.store.read().await?, user.id).await?;
    let page = pages::Account {
        words: Words::of(asker.lang),
        name: user.name,
        backup_left: codes.iter().filter(|code| code.spent_at.is_none()).count(),
        app: user.app_secret.is_some(),
    };
    pages::page(StatusCode::OK, &page)
}

/// Makes ten backup codes in place of all earlier ones, and shows them once.
///
/// # Errors
/// [`Error::NoSession`], and what is ours.
pub async fn new_backup_codes(
    State(service): State<Service>,
    Extension(asker): Extension<Asker>,
    jar: CookieJar,
) -> Answer {
    let user = signed_in(&service, &jar).await?;
    let codes = backup_codes::new_set()?;
    let mut db = service.store.begin().await?;
    backup_codes::replace(&service, &mut db, user.id, &codes).await?;
    db.commit().await?;
    pages::page(
        StatusCode::OK,
        &pages::Backup {
            words: Words::of(asker.lang),
            codes,
        },
    )
}

/// The page on which an app is enrolled.
///
/// # Errors
/// What is ours.
pub async fn app_page(
    State(service): State<Service>,
    Extension(asker): Extension<Asker>,
    jar: CookieJar,
) -> Answer {
    match signed_in(&service, &jar).await {
        Err(Error::NoSession) if !asker.json => Ok(go(LOGIN)),
        user => enrolment(&service, &asker, &user?, false),
    }
}

fn enrolment(service: &Service, asker: &Asker, user: &User, wrong: bool) -> Answer {
    let words = Words::of(asker.lang);
    let proposed =
        app_codes::proposed(service, user, words.own("service"))?.map(|(secret, uri)| {
            let groups: Vec<String> = secret
                .as_bytes()
                .chunks(4)
                .map(|group| String::from_utf8_lossy(group).into_owned())
                .collect();
            (groups.join(" "), uri)
        });
    let status = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    pages::page(
        status,
        &pages::App {
            words,
            proposed,
            wrong,
        },
    )
}

/// Proposes a secret; or, with a code, takes the proposed one over.
///
/// # Errors
/// [`Error::NoSession`], and what is ours.
pub async fn enrol_app(
    State(service): State<Service>,
    Extension(asker): Extension<Asker>,
    jar: CookieJar,
    fields: Fields,
) -> Answer {
    let user = signed_in(&service, &jar).await?;
    let mut db = service.store.begin().await?;
    // Read again under the lock: another tab may have proposed a secret since.
    let user = users::by_id(&mut db, user.id).await?;
    let Some(typed) = fields.one("code")? else {
        app_codes::propose(&service, &mut db, &user).await?;
        db.commit().await?;
        return Ok(go("/account/app"));
    };
    let reading = code::read(typed, &code_rule::rule(&asker));
    let digits = Zeroizing::new(reading.digits);
    if app_codes::prove(&service, &mut db, &user, &digits, service.clock.now()).await? {
        db.commit().await?;
        return Ok(go(HOME));
    }
    enrolment(&service, &asker, &user, true)
}

/// Ends the session, and the sign-in it came from.
///
/// # Errors
/// What is ours.
pub async fn log_out(State(service): State<Service>, jar: CookieJar) -> Answer {
    let config = &service.config;
    let mut db = service.store.begin().await?;
    let stored = |cookie: String| service.key.hash(Use::StoredCookie, &[cookie.as_bytes()]);
    if let Some(cookie) = Jar::Session.read(&jar, config) {
        sessions::end(&mut db, &stored(cookie), service.clock.now()).await?;
    }
    if let Some(cookie) = Jar::SignIn.read(&jar, config) {
        sign_ins::end(&mut db, &stored(cookie)).await?;
    }
    db.commit().await?;
    let jar = CookieJar::new()
        .add(Jar::Session.gone(config))
        .add(Jar::SignIn.gone(config));
    Ok((jar, go(LOGIN)).into_response())
}

/// The support page.
///
/// # Errors
/// What is ours.
pub async fn help_page(Extension(asker): Extension<Asker>) -> Answer {
    pages::page(
        StatusCode::OK,
        &pages::Help {
            words: Words::of(asker.lang),
        },
    )
}
