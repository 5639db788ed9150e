//! The phone number of an account that is signed in. A change needs a fresh code first ([`super::step_up`]), and a code that was
//! sent to the new number.

use ::login::enrolment::Confirmed;
use ::login::enrolment::number::{self, Proposed, Waiting};
use ::login::factors::sent_code::masked;
use ::login::session::SignedIn;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum_extra::extract::CookieJar;
use todoita::channel::Channel;
use todoita::phone;

use super::enrolment::{codes_limited, fresh_session, step_up};
use super::step_up::Goal;
use super::{Answer, HOME, maybe_signed_in, signed_in};
use crate::instant::instant;
use crate::web::cookies::HttpOnlyCookie;
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::pages;
use crate::web::redirect::redirect;
use crate::web::request_context::RequestContext;
use crate::web::responses;
use crate::web::sentences::{self, Notice};
use crate::web::state::AppState;
use crate::words::Words;

/// The page of the number: with the field for the code where one was sent, else with that for the number. In JSON, for the page
/// that waits for a code, the name of the notice on its delivery. Reads only.
///
/// # Errors
/// Of the domain `NoSession` and `StepUpNeeded` where JSON is wanted. Internal errors: database, template.
pub async fn number_page(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Answer {
    // Where a code was sent its field is shown for as long as the code is valid.
    if let Some(signed_in) = maybe_signed_in(&state, &context, &jar).await?
        && let Some(waiting) = waiting(&state, &jar, &signed_in).await?
    {
        if context.json {
            let notice = notice(&context, &waiting);
            return responses::delivery(notice.map(|notice| notice.name));
        }
        return page(&state, &context, &signed_in, Some(waiting), None);
    }
    match fresh_session(&state, &context, &jar, Goal::Number).await? {
        Ok(signed_in) => page(&state, &context, &signed_in, None, None),
        Err(answer) => Ok(answer),
    }
}

/// The notice on the delivery of its code.
fn notice(context: &RequestContext, waiting: &Waiting) -> Option<Notice> {
    let words = Words::of(context.lang);
    sentences::of_new_number(words, waiting, &written(&waiting.number))
}

/// Why a form was refused.
struct Refusal {
    status: StatusCode,
    sentence: String,
    /// The number as it was typed, where the form of the number was refused.
    typed: Option<String>,
}

fn page(
    state: &AppState,
    context: &RequestContext,
    signed_in: &SignedIn,
    waiting: Option<Waiting>,
    refusal: Option<Refusal>,
) -> Answer {
    let status = refusal.as_ref().map_or(StatusCode::OK, |it| it.status);
    let (sentence, typed) = refusal.map(|it| (it.sentence, it.typed)).unzip();
    let typed = typed.flatten();
    // A refused form is shown again: that of the number also where an earlier number waits for its code.
    let waiting = waiting.filter(|_| typed.is_none());
    let last_digits = |number: &str| masked(Channel::Sms, number);
    let page = pages::Number {
        words: Words::of(context.lang),
        current: signed_in.user.phone.as_deref().map(last_digits),
        waiting: waiting.map(|waiting| pages::WaitingNumber {
            undelivered: waiting.undelivered,
            notice: notice(context, &waiting),
            written: written(&waiting.number),
            destination: last_digits(&waiting.number),
            now: instant(state.login.clock.now()),
            sent_at: instant(waiting.sent_at),
            expires_at: instant(waiting.expires_at),
            looks: state.config.delivery.any(),
        }),
        refusal: sentence,
        typed: typed.unwrap_or_default(),
    };
    pages::page(status, &page)
}

/// The number that waits for its code in this session.
async fn waiting(
    state: &AppState,
    jar: &CookieJar,
    signed_in: &SignedIn,
) -> Result<Option<Waiting>, ::login::Error> {
    match HttpOnlyCookie::Number.read(jar, &state.config) {
        Some(sealed) => number::proposed(&state.login, signed_in, &sealed).await,
        None => Ok(None),
    }
}

/// A number as people write it.
fn written(e164: &str) -> String {
    let national = phone::read(e164).ok().and_then(|phone| phone.national);
    national.unwrap_or_else(|| e164.to_owned())
}

/// Sends a code to the number of the form; or, with a code, makes that number the account's; or, with neither, forgets it.
///
/// # Errors
/// [`Error::InvalidInput`]; of the domain `NoSession`, `CodeTooLong`, and `StepUpNeeded` where JSON is wanted. Internal errors:
/// database, randomness, template.
pub async fn submit_number(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
    fields: Fields,
) -> Answer {
    let words = Words::of(context.lang);
    let invalid = |key: &str| (StatusCode::UNPROCESSABLE_ENTITY, words.own(key).to_owned());
    let (code, phone) = (fields.one("code")?, fields.one("phone")?);
    let ((status, sentence), typed) = match (code, phone) {
        (Some(typed), _) => {
            let refusal = match confirm(&state, &context, &jar, typed).await? {
                Confirmed::Enrolled => return leave(&state, HOME),
                Confirmed::NotProposed => invalid("number-expired"),
                Confirmed::Wrong => invalid("number-code-wrong"),
                Confirmed::Refused(closed) => (
                    StatusCode::TOO_MANY_REQUESTS,
                    codes_limited(&state, words, closed),
                ),
            };
            (refusal, None)
        }
        (None, Some(typed)) => {
            let refusal = match propose(&state, &context, &jar, typed).await {
                Ok(Proposed::Sent(sealed)) => {
                    let jar =
                        CookieJar::new().add(HttpOnlyCookie::Number.cookie(&state.config, sealed));
                    return Ok((jar, redirect(Goal::Number.page())).into_response());
                }
                Ok(Proposed::NoNumber(_)) => invalid("number-none"),
                Ok(Proposed::NoMessages) => invalid("number-no-messages"),
                Ok(Proposed::Limited(until)) => {
                    let now = state.login.clock.now();
                    let time = words.clock_time_from(until, now, state.config.utc_offset);
                    let sentence = words.own_with("number-limited", &[("time", &time)]);
                    (StatusCode::TOO_MANY_REQUESTS, sentence)
                }
                Err(::login::Error::StepUpNeeded) => return step_up(&context, Goal::Number),
                Err(error) => return Err(error.into()),
            };
            (refusal, Some(typed.to_owned()))
        }
        (None, None) => return leave(&state, Goal::Number.page()),
    };
    let refusal = Refusal {
        status,
        sentence,
        typed,
    };
    let signed_in = signed_in(&state, &jar).await?;
    let waiting = waiting(&state, &jar, &signed_in).await?;
    page(&state, &context, &signed_in, waiting, Some(refusal))
}

/// Leads on without a number that waits for its code.
fn leave(state: &AppState, to: &'static str) -> Answer {
    let jar = CookieJar::new().add(HttpOnlyCookie::Number.removal_cookie(&state.config));
    Ok((jar, redirect(to)).into_response())
}

async fn propose(
    state: &AppState,
    context: &RequestContext,
    jar: &CookieJar,
    typed: &str,
) -> Result<Proposed, ::login::Error> {
    let cookie = HttpOnlyCookie::Session.read(jar, &state.config);
    let former = HttpOnlyCookie::Number.read(jar, &state.config);
    let (requester, cookie) = (context.requester(), cookie.as_deref());
    number::propose(&state.login, &requester, cookie, former.as_deref(), typed).await
}

async fn confirm(
    state: &AppState,
    context: &RequestContext,
    jar: &CookieJar,
    typed: &str,
) -> Result<Confirmed, Error> {
    let cookie = HttpOnlyCookie::Session.read(jar, &state.config);
    let sealed = HttpOnlyCookie::Number
        .read(jar, &state.config)
        .unwrap_or_default();
    let (requester, cookie) = (context.requester(), cookie.as_deref());
    Ok(number::confirm(&state.login, &requester, cookie, &sealed, typed).await?)
}
