//! What each address does: reads what came, asks, and answers in the form that the asker wants.

use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use todoita::cause::Cause;
use todoita::code;
use todoita::entry::Channel;
use todoita::view::Deed;
use zeroize::Zeroizing;

use crate::app::{Service, go};
use crate::asker::Asker;
use crate::config::Config;
use crate::demo::{self, Phone, PhoneJson};
use crate::error::Error;
use crate::fields::Fields;
use crate::key::Use;
use crate::sign_in::{Asked, Outcome, Told};
use crate::store::sessions;
use crate::store::sign_ins::{self, SignIn};
use crate::store::tries::{self, What};
use crate::store::users::{self, User};
use crate::words::Words;
use crate::{answers, app_codes, pages, random, sign_in};

/// The signed-in page.
const HOME: &str = "/account";
const LOGIN: &str = "/";
const CODE: &str = "/login/code";
/// Backup codes in a set.
const BACKUP_CODES: usize = 10;
/// The longest name that is looked up.
const LONGEST_NAME: usize = 256;

type Answer = Result<Response, Error>;

// Cookies.

#[derive(Clone, Copy)]
enum Jar {
    SignIn,
    Session,
}

impl Jar {
    /// With `__Host-` a browser takes the cookie from this host alone, over https alone, for all paths.
    fn name(self, config: &Config) -> &'static str {
        match (self, config.secure()) {
            (Jar::SignIn, true) => "__Host-todoita-sign-in",
            (Jar::SignIn, false) => "todoita-sign-in",
            (Jar::Session, true) => "__Host-todoita-session",
            (Jar::Session, false) => "todoita-session",
        }
    }

    fn read(self, jar: &CookieJar, config: &Config) -> Option<String> {
        jar.get(self.name(config))
            .map(|cookie| cookie.value().to_owned())
    }

    fn write(self, config: &Config, value: String) -> Cookie<'static> {
        Cookie::build((self.name(config), value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(config.secure())
            .build()
    }

    fn gone(self, config: &Config) -> Cookie<'static> {
        let mut cookie = self.write(config, String::new());
        cookie.make_removal();
        cookie
    }
}

async fn signed_in(service: &Service, jar: &CookieJar) -> Result<User, Error> {
    let cookie = Jar::Session
        .read(jar, &service.config)
        .ok_or(Error::NoSession)?;
    let stored = service.key.hash(Use::StoredCookie, &[cookie.as_bytes()]);
    let mut db = service.store.read().await?;
    let session = sessions::by_cookie(&mut db, &stored, service.clock.now())
        .await?
        .ok_or(Error::NoSession)?;
    Ok(users::by_id(&mut db, session.user).await?)
}

// The password step.

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
            answers::no_password(Words::of(asker.lang), service.clock.now())
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
        answers::accepted(CODE)?
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

// The code step.

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
        told.facts.cause = told.facts.cause.or(Some(Cause::from_wire(refusal)));
    }
    let ways = sign_in::ways(&mut db, &user).await?;
    db.commit().await?;
    code_step(&service, &asker, &user, &told, &ways, None, StatusCode::OK).await
}

async fn code_step(
    service: &Service,
    asker: &Asker,
    user: &User,
    told: &Told,
    ways: &[Channel],
    typed: Option<&str>,
    status: StatusCode,
) -> Answer {
    let mut page = pages::Code::new(asker, service.config.utc_offset, told, ways, typed);
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
    let deed = match fields.one("todoita-action")? {
        None => None,
        Some(word) => Some(
            Deed::from_value(word)
                .ok_or(Error::BadInput("todoita-action is none of ours".into()))?,
        ),
    };
    let attempt = fields.one("todoita-attempt")?;
    let asked = match deed {
        None => {
            let typed = fields
                .one("code")?
                .ok_or(Error::BadInput("there is no code".into()))?;
            let outcome = sign_in::give(&service, &asker, cookie, typed, attempt).await?;
            return answer_code(&service, &asker, cookie, typed, outcome).await;
        }
        Some(Deed::Resend) => sign_in::ask(&service, &asker, cookie, None).await?,
        Some(Deed::Way(channel)) => sign_in::ask(&service, &asker, cookie, Some(channel)).await?,
        Some(Deed::Code) => Asked::Done(sign_in::back_to_code(&service, cookie).await?),
    };
    match asked {
        Asked::Done(told) if asker.json => answers::sent(&told, &random::attempt()?),
        Asked::Done(_) => Ok(go(CODE)),
        Asked::Refused(told) => refuse(&service, &asker, cookie, &told).await,
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
                answers::accepted(HOME)?
            } else {
                go(HOME)
            };
            Ok((jar, answer).into_response())
        }
        Outcome::Refused(told) => refuse(service, asker, cookie, &told).await,
        Outcome::Unreadable(told) if asker.json => answers::refused(&told, &random::attempt()?),
        Outcome::Unreadable(mut told) => {
            let mut db = service.store.read().await?;
            let (_, user) = sign_in::pending(service, &mut db, cookie).await?;
            let ways = sign_in::ways(&mut db, &user).await?;
            drop(db);
            told.facts.cause = None;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            code_step(service, asker, &user, &told, &ways, Some(typed), status).await
        }
    }
}

/// A refusal: as an answer for those who want JSON, else kept for the page that the browser is sent to.
async fn refuse(service: &Service, asker: &Asker, cookie: Option<&str>, told: &Told) -> Answer {
    let cause = told.facts.cause.unwrap_or(Cause::Unknown);
    tracing::info!(%cause, "a code was refused");
    if asker.json {
        return answers::refused(told, &random::attempt()?);
    }
    let mut db = service.store.begin().await?;
    let (SignIn { id, .. }, _) = sign_in::pending(service, &mut db, cookie).await?;
    sign_ins::set_refusal(&mut db, &id, Some(cause.as_str())).await?;
    db.commit().await?;
    Ok(go(CODE))
}

// Signed in.

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
    let mut codes = Vec::with_capacity(BACKUP_CODES);
    while codes.len() < BACKUP_CODES {
        let code = random::code(sign_in::BACKUP_DIGITS)?;
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let salt: [u8; 16] = random::bytes()?;
    let hash = |code: &String| sign_in::backup_code_hash(&service, user.id, &salt, code);
    let hashes: Vec<[u8; 32]> = codes.iter().map(hash).collect();
    let mut db = service.store.begin().await?;
    users::replace_backup_codes(&mut db, user.id, &salt, &hashes).await?;
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
    let reading = code::read(typed, &sign_in::rule(&asker));
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

// The rest.

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

/// The service's own style, script and mark.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn own_file(Path(file): Path<String>) -> Answer {
    let (kind, text) = match file.as_str() {
        "demo.css" => (
            "text/css; charset=utf-8",
            include_str!("../assets/demo.css"),
        ),
        "phone.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../assets/phone.js"),
        ),
        "mark.svg" => ("image/svg+xml", include_str!("../assets/mark.svg")),
        _ => return Err(Error::NotFound),
    };
    Ok((
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind))],
        text,
    )
        .into_response())
}

/// The phone on which all messages arrive (demo).
///
/// # Errors
/// What is ours.
pub async fn outbox_page(
    State(service): State<Service>,
    Extension(asker): Extension<Asker>,
) -> Answer {
    let words = Words::of(asker.lang);
    let phone = Phone::read(&service, words, None).await?;
    pages::page(StatusCode::OK, &pages::Outbox { words, phone })
}

/// The same for scripts and tests (demo): `?user=` for one user's phone.
///
/// # Errors
/// What is ours.
pub async fn outbox_json(State(service): State<Service>, RawQuery(query): RawQuery) -> Answer {
    let query = query.unwrap_or_default();
    let user = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "user")
        .map(|(_, user)| user);
    let phone = PhoneJson::read(&service, user.as_deref()).await?;
    answers::json(StatusCode::OK, "application/json", &phone)
}

/// Puts the clock forward by `milliseconds` (demo, for tests).
///
/// # Errors
/// [`Error::BadInput`].
pub async fn put_clock_forward(State(service): State<Service>, fields: Fields) -> Answer {
    let span = fields
        .one("milliseconds")?
        .and_then(|span| span.parse().ok());
    service
        .clock
        .put_forward(span.ok_or(Error::BadInput("milliseconds is no number".into()))?);
    let now = answers::instant(service.clock.now());
    answers::json(
        StatusCode::OK,
        "application/json",
        &serde_json::json!({ "now": now }),
    )
}
