//! The context of a request: origin, language, wanted format, network.

use std::net::SocketAddr;
use std::sync::Once;

use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, header, request::Parts};
use axum_extra::extract::CookieJar;
use login::Requester;
use login::network::Network;

use crate::config::Config;
use crate::this_machine::is_this_machine;
use crate::web::cookies::{self, HttpOnlyCookie};
use crate::web::error::Error;
use crate::words::Lang;

/// The context of a request.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// Whether the client wants JSON.
    pub json: bool,
    /// The language of the response.
    pub lang: Lang,
    /// The origin of the service, as the client names it.
    pub origin: String,
    /// The network of the request, by which limits count.
    pub network: Network,
    /// The value of the cookie by which the browser is known.
    pub browser: Option<String>,
}

impl RequestContext {
    /// Reads the head of a request.
    ///
    /// # Errors
    /// [`Error::Host`] where `Host` names another service: on loopback another site's name may be made to
    /// resolve to this machine (DNS rebinding). [`Error::InvalidInput`] for more than one `Host` (RFC 9112 section
    /// 3.2): a proxy may have read another one than this service.
    pub fn read(parts: &Parts, config: &Config) -> Result<RequestContext, Error> {
        let headers = &parts.headers;
        if headers.get_all(header::HOST).iter().count() > 1 {
            return Err(Error::InvalidInput("more than one Host".into()));
        }
        let host = text(headers, header::HOST.as_str());
        let local = host.filter(|host| is_loopback(host));
        let origin = match &config.origin {
            // Behind a proxy `Host` may be any name. The demo has no proxy and shows every message: it is strict.
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
            .get(cookies::LANG)
            .and_then(|cookie| Lang::from_name(cookie.value()));
        let accepted = text(headers, header::ACCEPT_LANGUAGE.as_str()).map(Lang::from_accept);
        Ok(RequestContext {
            json: text(headers, header::ACCEPT.as_str()).is_some_and(wants_json),
            lang: chosen.or(accepted).unwrap_or_default(),
            origin,
            network: network(parts, config),
            browser: HttpOnlyCookie::Browser.read(&jar, config),
        })
    }

    /// Who makes the request, for the domain.
    pub fn requester(&self) -> Requester {
        Requester {
            host: self.host().to_owned(),
            lang: self.lang.as_str(),
            network: self.network.clone(),
            browser: self.browser.clone(),
        }
    }

    /// The host that the last line of a message is bound to.
    pub fn host(&self) -> &str {
        let authority = self
            .origin
            .split_once("://")
            .map_or(self.origin.as_str(), |(_, authority)| authority);
        host_of(authority)
    }

    /// Refuses a post that another site made a browser send. Both headers are set by the browser and no page
    /// can change them; a client that sends neither is not a browser that another site could use.
    ///
    /// # Errors
    /// [`Error::CrossSite`].
    pub fn refuse_cross_site(&self, method: &Method, headers: &HeaderMap) -> Result<(), Error> {
        if method.is_safe() {
            return Ok(());
        }
        let same_site = match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
            (Some(site), _) => site == "same-origin" || site == "none",
            (None, Some(origin)) => origin == self.origin.as_str(),
            (None, None) => true,
        };
        if same_site {
            Ok(())
        } else {
            Err(Error::CrossSite)
        }
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
    is_this_machine(host_of(authority))
}

/// The network that the trusted proxy states, if one is configured; else that of the connection.
fn network(parts: &Parts, config: &Config) -> Network {
    let header = config.address_header.as_deref();
    let stated = header.and_then(|name| {
        let stated = stated(&parts.headers, name);
        if stated.is_none() {
            static WARNED: Once = Once::new();
            WARNED.call_once(|| {
                tracing::warn!(
                    header = name,
                    "a request without an address in the address-header counts as one of the proxy; others are not reported"
                );
            });
        }
        stated
    });
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|peer| Network::of(peer.0.ip()));
    stated.or(peer).unwrap_or_default()
}

/// The network of the last address in a header.
fn stated(headers: &HeaderMap, name: &str) -> Option<Network> {
    let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    value.rsplit(',').next()?.trim().parse().ok()
}

/// Whether an `Accept` header names JSON and does not prefer HTML.
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
    use axum::http::Request;

    use super::*;

    #[test]
    fn the_network_is_that_of_the_last_address_in_the_header_of_the_proxy() {
        let config = Config {
            address_header: Some("x-real-ip".into()),
            ..Config::default()
        };
        let network = |value: &str| {
            let request = Request::builder().header("x-real-ip", value);
            let (mut parts, ()) = request.body(()).unwrap().into_parts();
            let proxy = SocketAddr::from(([10, 0, 0, 1], 443));
            parts.extensions.insert(ConnectInfo(proxy));
            super::network(&parts, &config).address
        };
        assert_eq!(network("192.0.2.9, 192.0.2.7"), "192.0.2.7");
        assert_eq!(network("fe80::1%eth0"), "fe80:0:0:0::/64");
        for none in ["", "unknown", "192.0.2.7:443"] {
            assert_eq!(network(none), "10.0.0.1", "{none}");
        }
    }

    #[test]
    fn json_is_for_clients_that_ask_for_it() {
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
    fn only_names_of_this_machine_are_loopback() {
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
