//! Where nodes are: addresses as they stand, names looked up now and then.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::http::uri::Scheme;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// How long a name's addresses are taken for true: short enough for a node that moves.
const KNOWN_FOR: Duration = Duration::from_secs(10);

/// Looks up where a node is. The client asks before each question, also where a connection is open, and its own way to look a
/// name up takes a thread each time.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    names: DefaultResolver,
    /// By host and port.
    known: Mutex<HashMap<String, (Instant, Vec<SocketAddr>)>>,
}

impl Resolver for Addresses {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut found = self.empty();
        if let Some(address) = written(uri) {
            found.push(address);
            return Ok(found);
        }
        let node = uri.authority().map(ToString::to_string).unwrap_or_default();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, addresses)) = known.get(&node).filter(|(since, _)| since.elapsed() < KNOWN_FOR) {
            for address in addresses {
                found.push(*address);
            }
            return Ok(found);
        }
        drop(known);
        let looked_up = self.names.resolve(uri, config, timeout)?;
        known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(node, (Instant::now(), looked_up.to_vec()));
        Ok(looked_up)
    }
}

/// The address that a node is named by.
fn written(uri: &Uri) -> Option<SocketAddr> {
    let host = uri.host()?.trim_matches(['[', ']']);
    let usual = if uri.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
    Some(SocketAddr::new(host.parse::<IpAddr>().ok()?, uri.port_u16().unwrap_or(usual)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_stand() {
        let check = |uri: &str, expected: Option<&str>| {
            let found = written(&uri.parse().unwrap()).map(|address| address.to_string());
            assert_eq!(found.as_deref(), expected, "{uri}");
        };
        check("http://127.0.0.1:9200/a/_search", Some("127.0.0.1:9200"));
        check("https://10.1.2.3/a", Some("10.1.2.3:443"));
        check("http://10.1.2.3/a", Some("10.1.2.3:80"));
        check("http://[::1]:9200/a", Some("[::1]:9200"));
        check("http://localhost:9200/a", None);
    }
}
