//! The middleware around every request and response.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::CookieJar;
use tokio::time::{Instant, timeout};

use crate::config::Config;
use crate::web::cookies;
use crate::web::error::Error;
use crate::web::headers;
use crate::web::measure::Kind;
use crate::web::redirect::redirect;
use crate::web::request_context::RequestContext;
use crate::web::state::AppState;
use crate::web::{pages, responses, sentences};
use crate::words::{Lang, Words};

/// Middleware: resolves origin and language, rejects cross-site posts, renders errors, sets the headers of
/// every response.
pub async fn around(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (kind, began) = (Kind::of(&request), Instant::now());
    let (mut parts, body) = request.into_parts();
    let (method, uri) = (parts.method.clone(), parts.uri.clone());
    let (context, refused) = match RequestContext::read(&parts, &state.config) {
        Ok(context) => {
            let allowed = context.refuse_cross_site(&method, &parts.headers);
            (Some(context), allowed.err())
        }
        Err(error) => (None, Some(error)),
    };
    let mut response = match (&context, refused) {
        (_, Some(error)) => error.into_response(),
        (Some(context), None) => match chosen_lang(&method, &uri) {
            Some((lang, location)) => with_lang(&state.config, lang, &location),
            None => {
                parts.extensions.insert(context.clone());
                let answer = next.run(Request::from_parts(parts, body));
                let answer = timeout(state.config.request_limit, answer).await;
                answer.unwrap_or_else(|_| Error::TooLate.into_response())
            }
        },
        (None, None) => Error::Host.into_response(),
    };
    // Errors become responses here and nowhere else. The file service responds 404 on its own.
    let not_found = response.status() == StatusCode::NOT_FOUND;
    let error = response
        .extensions_mut()
        .remove()
        .or_else(|| not_found.then(|| Arc::new(Error::NotFound)));
    if let Some(error) = error {
        error.log(method.as_str(), uri.path());
        match render(&state, context.as_ref(), &error) {
            Ok(mut rendered) => {
                for name in [header::RETRY_AFTER, header::ALLOW] {
                    if let Some(value) = response.headers().get(&name) {
                        rendered.headers_mut().insert(name, value.clone());
                    }
                }
                response = rendered;
            }
            Err(error) => error.log(method.as_str(), uri.path()),
        }
    }
    headers::set(&state.config, uri.path(), response.headers_mut());
    kind.answered(response.status(), began.elapsed());
    response
}

/// An error as JSON or as a page. `context`: `None` where the request named another host.
fn render(
    state: &AppState,
    context: Option<&RequestContext>,
    error: &Error,
) -> Result<Response, Error> {
    let words = Words::of(context.map(|context| context.lang).unwrap_or_default());
    let now = state.login.clock.now();
    let sentence = sentences::of_error(words, error, now, state.config.utc_offset);
    if context.is_some_and(|context| context.json) && error.has_json() {
        return responses::failed(error, &sentence, now);
    }
    let title = if matches!(error, Error::NotFound) {
        "not-found-title"
    } else {
        "error-title"
    };
    let page = pages::Failed {
        words,
        title,
        sentence,
    };
    pages::page(error.status(), &page)
}

/// The language that a link chooses (`?lang=en`), and the path to go on to.
fn chosen_lang(method: &Method, uri: &Uri) -> Option<(Lang, String)> {
    if method != Method::GET {
        return None;
    }
    let query = uri.query()?;
    let (_, lang) =
        form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == cookies::LANG)?;
    Some((Lang::from_name(&lang)?, uri.path().to_owned()))
}

fn with_lang(config: &Config, lang: Lang, location: &str) -> Response {
    let jar = CookieJar::new().add(cookies::lang(config, lang));
    (jar, redirect(location)).into_response()
}
