//! Under which names the service is asked. Who listens on loopback alone means nobody but this machine; a page in its user's
//! browser whose own name leads there (DNS rebinding) asks under that name, and is told nothing.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::Error;
use crate::message::{Message, Saying};

/// The names that requests may have in `Host`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hosts {
    /// Any.
    #[default]
    Any,
    /// Addresses, names of the local network, which have no dot, what ends in `.localhost`, and these.
    Local(Vec<String>),
}

impl Hosts {
    /// Whether a request to such a host is answered.
    fn take(&self, host: &str) -> bool {
        let Self::Local(names) = self else { return true };
        let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((address, _)) => address,
            None => host.split_once(':').map_or(host, |(name, _)| name),
        };
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        // Nobody gives an address, or a name without a dot, to another machine: pages of strangers have neither.
        name.parse::<IpAddr>().is_ok()
            || !name.contains('.')
            || name.ends_with(".localhost")
            || names.iter().any(|known| known.eq_ignore_ascii_case(&name))
    }
}

/// Refuses requests to other names. HTTP/1.0 names none, and no browser speaks it.
pub(crate) async fn checked(
    axum::extract::State(state): axum::extract::State<crate::State>,
    request: Request,
    next: Next,
) -> Response {
    let named = request.headers().get(header::HOST).map(|host| host.to_str().unwrap_or_default());
    let host = request.uri().authority().map(axum::http::uri::Authority::as_str).or(named);
    match host {
        Some(host) if !state.settings.hosts.take(host) => {
            Error::Misdirected(Message::new(Saying::OtherHost).quoting("host", host)).into_response()
        }
        _ => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_of_this_machine_alone_is_asked_by_its_own_names() {
        let hosts = Hosts::Local(vec!["Kho.Son-Khe.example".to_owned()]);
        for host in [
            "localhost",
            "LOCALHOST:8080",
            "a.localhost:1",
            "desk",
            "127.0.0.1:8080",
            "[::1]:8080",
            "192.168.1.7",
            "kho.son-khe.example:443",
        ] {
            assert!(hosts.take(host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80"] {
            assert!(!hosts.take(host), "{host}");
            assert!(Hosts::Any.take(host), "{host}");
        }
    }
}
