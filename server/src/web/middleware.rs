//! What every request and every response passes.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::CookieJar;

use crate::config::Config;
use crate::service::Service;
use crate::web::error::Error;
use crate::web::headers::protect;
use crate::web::redirect::{go, lang_cookie};
use crate::web::request_context::{Asker, LANG_COOKIE};
use crate::web::{pages, responses};
use crate::words::{Lang, Words};

/// Middleware: resolves origin and language, rejects cross-site posts, renders errors, sets the headers of
/// every response.
pub async fn around(State(service): State<Service>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (method, uri) = (parts.method.clone(), parts.uri.clone());
    let asker = Asker::read(&parts, &service.config);
    let checked = match &asker {
        Ok(asker) => asker.refuse_cross_site(&method, &parts.headers),
        Err(_) => Err(Error::Host),
    };
    let mut response = match (&asker, checked) {
        (Ok(asker), Ok(())) => match chosen_lang(&method, &uri) {
            Some((lang, location)) => with_lang(&service.config, lang, &location),
            None => {
                parts.extensions.insert(asker.clone());
                next.run(Request::from_parts(parts, body)).await
            }
        },
        (_, Err(error)) => error.into_response(),
        (Err(_), Ok(())) => Error::Host.into_response(),
    };
    // The one place where an error becomes an answer.
    let lost = response.status() == StatusCode::NOT_FOUND; // a file of the widget's
    let error = response
        .extensions_mut()
        .remove()
        .or_else(|| lost.then(|| Arc::new(Error::NotFound)));
    if let Some(error) = error {
        error.log(method.as_str(), uri.path());
        let (json, lang) = asker.as_ref().map_or((false, Lang::default()), |asker| {
            (asker.json && error.is_for_programs(), asker.lang)
        });
        let words = Words::of(lang);
        let rendered = if json {
            responses::failed(&error, words, service.clock.now())
        } else {
            let time = match *error {
                Error::TooManyPasswords { retry_at, .. } => {
                    words.clock_time(retry_at, service.config.utc_offset)
                }
                _ => String::new(),
            };
            let sentence = words.own_with(error.word(), &[("time", &time)]);
            pages::page(error.status(), &pages::Failed { words, sentence })
        };
        match rendered {
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
    protect(&service.config, uri.path(), response.headers_mut());
    response
}

/// A language that was chosen by a link, and the address to go on to.
fn chosen_lang(method: &Method, uri: &Uri) -> Option<(Lang, String)> {
    if method != Method::GET {
        return None;
    }
    let query = uri.query()?;
    let (_, lang) =
        form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == LANG_COOKIE)?;
    Some((Lang::from_name(&lang)?, uri.path().to_owned()))
}

fn with_lang(config: &Config, lang: Lang, location: &str) -> Response {
    let jar = CookieJar::new().add(lang_cookie(config, lang));
    (jar, go(location)).into_response()
}
