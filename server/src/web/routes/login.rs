//! The login page and its password.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum_extra::extract::CookieJar;
use zeroize::Zeroizing;

use super::{Answer, CODE, HOME, Jar, signed_in};
use crate::key::Use;
use crate::service::Service;
use crate::store::sign_ins;
use crate::store::tries::{self, What};
use crate::store::users;
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::redirect::go;
use crate::web::request_context::Asker;
use crate::web::{pages, responses};
use crate::words::Words;
use crate::{demo, sign_in};

/// The longest name that is looked up.
const LONGEST_NAME: usize = 256;

/// The login page; whoever is signed in goes on.
///
/// # Errors
/// What is ours.
pub async fn login_page(
    State(service): State<Service>,
    Extension(asker): Extension<Asker>,
    jar: CookieJar,
) -> Answer {
    match signed_in(&service, &jar).await {
        Ok(_) => Ok(go(HOME)),
        Err(Error::NoSession) => login(&service, &asker, StatusCode::OK),
        Err(error) => Err(error),
    }
}

fn login(service: &Service, asker: &Asker, status: StatusCode) -> Answer {
    let words = Words::of(asker.lang);
    let people = if service.config.demo {
        demo::PEOPLE.as_slice()
    } else {
        &[]
    };
    let users = people
        .iter()
        .map(|person| (person.name, person.password, person.note(words)))
        .collect();
    pages::page(
        status,
        &pages::Login {
            words,
            wrong: status != StatusCode::OK,
            users,
        },
    )
}

/// Takes a name and a password.
///
/// # Errors
/// [`Error::TooManyPasswords`], and what is ours.
pub async fn give_password(
    State(service): State<Service>,
    Extension(asker): Extension<Asker>,
    jar: CookieJar,
    fields: Fields,
) -> Answer {
    let name = fields
        .one("name")?
        .ok_or(Error::BadInput("there is no name".into()))?
        .trim();
    let password = fields
        .one("password")?
        .ok_or(Error::BadInput("there is no password".into()))?;
    if name.len() > LONGEST_NAME {
        return Err(Error::BadInput("the name is too long".into()));
    }
    let pair = format!("{name} {}", asker.network);
    count_password(&service, &asker, name, &pair).await?;
    let user = users::by_name(&mut *service.store.read().await?, name).await?;
    let stored = user.as_ref().map(|user| user.password.clone());
    let right = service
        .passwords
        .check(stored, Zeroizing::new(password.to_owned()))
        .await?;
    let Some(user) = user.filter(|_| right) else {
        tracing::info!(network = %asker.network, "a password was refused");
        return if asker.json {
            responses::no_password(Words::of(asker.lang), service.clock.now())
        } else {
            login(&service, &asker, StatusCode::UNPROCESSABLE_ENTITY)
        };
    };
    let mut db = service.store.begin().await?;
    tries::clear_events(&mut db, What::PasswordForNameFromAddress, &pair).await?;
    // A new sign-in has a new cookie; the one before it, whoever planted it, is over.
    if let Some(before) = Jar::SignIn.read(&jar, &service.config) {
        let stored = service.key.hash(Use::StoredCookie, &[before.as_bytes()]);
        sign_ins::end(&mut db, &stored).await?;
    }
    db.commit().await?;
    let cookie = sign_in::begin(&service, &asker, &user).await?;
    let jar = CookieJar::new().add(Jar::SignIn.write(&service.config, cookie));
    let answer = if asker.json {
        responses::accepted(CODE)?
    } else {
        go(CODE)
    };
    Ok((jar, answer).into_response())
}

/// Counts a password before it is checked.
async fn count_password(
    service: &Service,
    asker: &Asker,
    name: &str,
    pair: &str,
) -> Result<(), Error> {
    let (now, limits) = (service.clock.now(), &service.config.limits);
    let counted = [
        (What::PasswordForName, name, limits.passwords_per_name),
        (
            What::PasswordForNameFromAddress,
            pair,
            limits.passwords_per_name_and_address,
        ),
        (
            What::PasswordFromAddress,
            asker.network.as_str(),
            limits.passwords_per_address,
        ),
    ];
    let mut db = service.store.begin().await?;
    for (what, who, allowed) in counted {
        let times = tries::events(
            &mut db,
            what,
            who,
            now.saturating_sub(limits.passwords_within),
        )
        .await?;
        if let Some(retry_at) =
            todoita::policy::window(&times, allowed, limits.passwords_within, now)
        {
            return Err(Error::TooManyPasswords { retry_at, now });
        }
    }
    for (what, who, _) in counted {
        tries::add_event(&mut db, what, who, now).await?;
    }
    db.commit().await?;
    Ok(())
}
