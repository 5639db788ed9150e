//! Who asks, as far as a request's head tells: language, formats, the name they know us by.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, header, request::Parts};
use axum_extra::extract::CookieJar;

use crate::config::{self, Config};
use crate::web::error::Error;
use crate::words::Lang;

/// What is known of whoever asks.
#[derive(Clone, Debug)]
pub struct Asker {
    /// They want JSON.
    pub json: bool,
    /// The language that they read.
    pub lang: Lang,
    /// Our origin, as they know it.
    pub origin: String,
    /// The network that they ask from, for limits.
    pub network: String,
}

/// The cookie of the language that was chosen.
pub const LANG_COOKIE: &str = "lang";

impl Asker {
    /// Reads a request's head.
    ///
    /// # Errors
    /// [`Error::Host`] for a name that is not ours: on loopback another site's name may be made to lead
    /// here.
    pub fn read(parts: &Parts, config: &Config) -> Result<Asker, Error> {
        let headers = &parts.headers;
        let host = text(headers, header::HOST.as_str());
        let local = host.filter(|host| is_loopback(host));
        let origin = match &config.origin {
            // Behind a proxy `Host` may be another name; the demo has none, and shows every message.
            Some(origin)
                if !config.demo
                    || local.is_some()
                    || host == origin.split_once("://").map(|(_, host)| host) =>
            {
                origin.clone()
            }
            None if local.is_some() => format!("http://{}", local.unwrap_or_default()),
            _ => return Err(Error::Host),
        };
        let jar = CookieJar::from_headers(headers);
        let chosen = jar
            .get(LANG_COOKIE)
            .and_then(|cookie| Lang::from_name(cookie.value()));
        let accepted = text(headers, header::ACCEPT_LANGUAGE.as_str()).map(Lang::from_accept);
        Ok(Asker {
            json: text(headers, header::ACCEPT.as_str()).is_some_and(wants_json),
            lang: chosen.or(accepted).unwrap_or_default(),
            origin,
            network: network(parts, config),
        })
    }

    /// The host that a message's last line is bound to.
    pub fn host(&self) -> &str {
        let authority = self
            .origin
            .split_once("://")
            .map_or(self.origin.as_str(), |(_, authority)| authority);
        host_of(authority)
    }

    /// Refuses what another site made a browser send. Both headers are the browser's own word, which no
    /// page can change; something that sends neither is no browser that another site could use.
    ///
    /// # Errors
    /// [`Error::CrossSite`].
    pub fn refuse_cross_site(&self, method: &Method, headers: &HeaderMap) -> Result<(), Error> {
        if method.is_safe() {
            return Ok(());
        }
        let ours = match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
            (Some(site), _) => site == "same-origin" || site == "none",
            (None, Some(origin)) => origin == self.origin.as_str(),
            (None, None) => true,
        };
        if ours { Ok(()) } else { Err(Error::CrossSite) }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// A host and port without the port; an IPv6 address keeps its brackets.
fn host_of(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

fn is_loopback(authority: &str) -> bool {
    let host = host_of(authority);
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || bare
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

fn network(parts: &Parts, config: &Config) -> String {
    let forwarded = config
        .address_header
        .as_deref()
        .and_then(|name| parts.headers.get_all(name).iter().next_back())
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|peer| peer.0.ip());
    forwarded.or(peer).map(config::network).unwrap_or_default()
}

/// Whether an `Accept` header asks for JSON by name, and for no HTML that it would rather have.
fn wants_json(accept: &str) -> bool {
    let quality = |names: &[&str]| {
        accept
            .split(',')
            .filter_map(|range| {
                let mut parts = range.split(';').map(str::trim);
                let name = parts.next()?.to_ascii_lowercase();
                let q = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok());
                names.contains(&name.as_str()).then_some(q.unwrap_or(1.0))
            })
            .fold(0.0, f32::max)
    };
    let json = quality(&["application/json", "application/problem+json"]);
    json > 0.0 && json > quality(&["text/html", "application/xhtml+xml"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_for_those_who_ask_for_it() {
        assert!(wants_json("application/json, application/problem+json"));
        assert!(wants_json("application/problem+json, */*"));
        assert!(wants_json("application/json, text/html;q=0.5"));
        assert!(!wants_json(
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        ));
        assert!(!wants_json("application/json;q=0.5, text/html"));
        assert!(!wants_json("application/json;q=0"));
        assert!(!wants_json("*/*"));
        assert!(!wants_json(""));
    }

    #[test]
    fn only_this_machines_own_names_are_loopback() {
        for name in [
            "localhost",
            "localhost:8080",
            "127.0.0.1:8080",
            "127.8.8.8",
            "[::1]:8080",
            "[::1]",
        ] {
            assert!(is_loopback(name), "{name}");
        }
        for name in [
            "login.example",
            "127.0.0.1.example",
            "localhost.example:80",
            "",
            "192.0.2.1",
            "127.0.0.1:80:80",
        ] {
            assert!(!is_loopback(name), "{name}");
        }
        assert_eq!(host_of("[::1]:8080"), "[::1]");
        assert_eq!(host_of("login.example"), "login.example");
    }
}
