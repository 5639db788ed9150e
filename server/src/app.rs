//! The service, built: state, routes, and what every answer goes through.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::services::ServeDir;

use crate::answers;
use crate::asker::{Asker, LANG_COOKIE};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Error;
use crate::key::Key;
use crate::outbox::Outbox;
use crate::pages;
use crate::password::Passwords;
use crate::routes::{account, code, demo, guide, password};
use crate::store::Store;
use crate::words::{Lang, Words};

/// What every request may use.
#[derive(Clone, Debug)]
pub struct Service {
    /// What the operator decided.
    pub config: Arc<Config>,
    /// The database.
    pub store: Store,
    /// The key outside the database.
    pub key: Key,
    /// The clock.
    pub clock: Clock,
    /// Where messages go.
    pub outbox: Outbox,
    /// Checks passwords.
    pub passwords: Passwords,
    /// The widget's built files that a page loads at once: addresses below `/assets/`.
    pub preload: Arc<[String]>,
}

impl Service {
    /// The service, with an empty outbox.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub fn new(config: Config, store: Store, key: Key, clock: Clock) -> Result<Service, Error> {
        let preload = preload(&config.assets);
        Ok(Service {
            config: Arc::new(config),
            store,
            key,
            clock,
            outbox: Outbox::default(),
            passwords: Passwords::new()?,
            preload: preload.into(),
        })
    }
}

/// Builds the service: for `main` and for the tests alike. Serve it with the peer's address
/// (`into_make_service_with_connect_info`), by which limits count.
pub fn app(service: Service) -> Router {
    let mut router = Router::new()
        .route("/", get(password::login_page))
        // The addresses of forms, typed or reloaded: back to where the form stands.
        .route(
            "/login",
            get(async || go("/")).post(password::give_password),
        )
        .route("/login/code", get(code::code_page).post(code::give_code))
        .route(
            "/login/guide",
            get(guide::guide_page).post(guide::give_answer),
        )
        .route("/account", get(account::account_page))
        .route(
            "/account/backup",
            get(async || go("/account")).post(account::new_backup_codes),
        )
        .route(
            "/account/app",
            get(account::app_page).post(account::enrol_app),
        )
        .route("/logout", get(async || go("/")).post(account::log_out))
        .route("/help", get(account::help_page))
        .route("/own/{file}", get(demo::own_file))
        .nest_service(
            "/assets",
            ServeDir::new(&service.config.assets).append_index_html_on_directories(false),
        );
    if service.config.demo {
        router = router
            .route("/outbox", get(demo::outbox_page))
            .route("/outbox.json", get(demo::outbox_json));
    }
    if service.config.test_clock {
        router = router.route("/test/clock", post(demo::put_clock_forward));
    }
    router
        .fallback(async || Error::NotFound)
        .method_not_allowed_fallback(async || Error::Method)
        .layer(CatchPanicLayer::custom(|_| {
            Error::Internal("a panic").into_response()
        }))
        .layer(middleware::from_fn_with_state(service.clone(), around))
        .with_state(service)
}

/// Around every request: who asks, what another site sent, errors in words, and the headers.
async fn around(State(service): State<Service>, request: Request, next: Next) -> Response {
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
            answers::failed(&error, words, service.clock.now())
        } else {
            let time = match *error {
                Error::TooManyPasswords { retry_at, .. } => {
                    words.clock_time_from(retry_at, service.clock.now(), service.config.utc_offset)
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

/// The cookie of the language that was chosen.
pub fn lang_cookie(config: &Config, lang: Lang) -> Cookie<'static> {
    Cookie::build((LANG_COOKIE, lang.as_str()))
        .path("/")
        .same_site(SameSite::Lax)
        .secure(config.secure())
        .permanent()
        .build()
}

/// Sends the browser on, by GET.
pub fn go(location: &str) -> Response {
    // A path that begins with two slashes would be another host's.
    let location = format!("/{}", location.trim_start_matches(['/', '\\']));
    match HeaderValue::try_from(location) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => Error::NotFound.into_response(),
    }
}

/// The headers of every answer.
fn protect(config: &Config, path: &str, headers: &mut HeaderMap) {
    let script = if config.wasm {
        "'self' 'wasm-unsafe-eval'"
    } else {
        "'self'"
    };
    let policy = format!(
        "default-src 'none'; script-src {script}; connect-src 'self'; style-src 'self'; img-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types todoita"
    );
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not `no-referrer`: under it browsers send `Origin: null` with our own forms.
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if config.secure() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000"),
        );
    }
    let cache = match path.strip_prefix("/assets/") {
        Some(file) if is_hashed(file) => "public, max-age=31536000, immutable",
        Some(_) => "no-cache",
        None if path.starts_with("/own/") => "no-cache",
        None => "no-store",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
}

/// Whether a file's name carries its content's hash (`todoita-1a2b3c4d.wasm`): it never changes.
fn is_hashed(path: &str) -> bool {
    let stem = path
        .rsplit('/')
        .next()
        .and_then(|file| file.rsplit_once('.'))
        .map(|(stem, _)| stem);
    let hash = stem
        .and_then(|stem| stem.rsplit_once('-'))
        .map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The field's built wasm, to be fetched beside the script and not after it. The guide's is fetched when
/// the guide is opened.
fn preload(assets: &Path) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(assets.join("dist")) else {
        return Vec::new();
    };
    let names = files
        .flatten()
        .filter_map(|file| file.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_fields(name)).collect();
    names.sort();
    names
        .into_iter()
        .map(|name| format!("/assets/dist/{name}"))
        .collect()
}

/// `todoita-1a2b3c4d.wasm`, and not `todoita-guide-1a2b3c4d.wasm`.
fn is_fields(name: &str) -> bool {
    let hash = name.strip_prefix("todoita-");
    name.ends_with(".wasm") && is_hashed(name) && hash.is_some_and(|hash| !hash.contains('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_is_known() {
        assert!(is_hashed("dist/todoita-1a2b3c4d.wasm"));
        assert!(!is_hashed("dist/todoita.js"));
        assert!(!is_hashed("dist/todoita-functions.wasm"));
        assert!(!is_hashed("todoita-1a2b3c4d"));
        assert!(is_fields("todoita-1a2b3c4d.wasm"));
        assert!(!is_fields("todoita-guide-1a2b3c4d.wasm"));
    }

    #[test]
    fn nobody_is_sent_to_another_host() {
        let location = |to: &str| {
            go(to)
                .headers()
                .get(header::LOCATION)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        assert_eq!(location("/login/code"), "/login/code");
        assert_eq!(location("//evil.example"), "/evil.example");
        assert_eq!(location("/\\evil.example"), "/evil.example");
    }
}
