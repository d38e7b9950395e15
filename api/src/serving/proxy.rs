//! Who asks through a proxy: what a proxy in front of us says of it, believed where the proxy is one that is trusted.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;

/// An address, or a block of them, that proxies stand at: `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proxies(IpNet);

/// What is neither an address nor a block of addresses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is neither an address nor a block of addresses: write 127.0.0.1 or 10.0.0.0/8")]
pub struct NotProxies(String);

impl FromStr for Proxies {
    type Err = NotProxies;

    fn from_str(text: &str) -> Result<Self, NotProxies> {
        let block = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        block.map(Self).map_err(|_| NotProxies(text.to_owned()))
    }
}

/// Whether an address is one of a trusted proxy.
pub(super) fn is_trusted(address: IpAddr, trusted: &[Proxies]) -> bool {
    let address = address.to_canonical();
    trusted.iter().any(|proxies| proxies.0.contains(&address))
}

/// Whom a request is from that came from `peer`.
///
/// Each proxy adds whom it was asked by behind what it was told, and clients may tell anything: so the last one counts that
/// is no trusted proxy. A proxy that writes one of the two headers hands the other on as its client sent it: where they
/// tell of two, neither is believed, nor is what cannot be read.
pub(super) fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Proxies]) -> IpAddr {
    static FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
    let peer = peer.to_canonical();
    if !is_trusted(peer, trusted) {
        return peer;
    }
    let said = |name: &HeaderName, read: fn(&str) -> Vec<Option<IpAddr>>| {
        let mut lines = headers.get_all(name).iter().peekable();
        lines.peek()?;
        let hops: Vec<Option<IpAddr>> =
            lines.flat_map(|line| line.to_str().map_or_else(|_| vec![None], read)).collect();
        let mut last = peer;
        for hop in hops.into_iter().rev() {
            let Some(hop) = hop else { break };
            last = hop;
            if !is_trusted(hop, trusted) {
                break;
            }
        }
        Some(last)
    };
    match (said(&FORWARDED_FOR, list), said(&header::FORWARDED, forwarded)) {
        (Some(one), Some(other)) if one != other => peer,
        (Some(client), _) | (None, Some(client)) => client,
        (None, None) => peer,
    }
}

/// The hops of `X-Forwarded-For: 192.0.2.7, 2001:db8::7, 192.0.2.8:4711`.
fn list(line: &str) -> Vec<Option<IpAddr>> {
    line.split(',').map(|hop| node(hop.trim())).collect()
}

/// The hops of `Forwarded: for=192.0.2.7;proto=https, for="[2001:db8::7]:4711"` (RFC 7239).
fn forwarded(line: &str) -> Vec<Option<IpAddr>> {
    let hop = |hop: &str| {
        let mut pairs = hop.split(';').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("for"))?;
        let value = value.trim();
        node(value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value))
    };
    // In quotes a comma or a semicolon would end nothing; no address has one, so such a hop is one that cannot be read.
    line.split(',').map(hop).collect()
}

/// An address as proxies write it, with a port or without.
fn node(text: &str) -> Option<IpAddr> {
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || text.parse::<SocketAddr>().map(|address| address.ip()).ok();
    let address: Option<IpAddr> = text.parse().ok().or_else(with_port).or_else(bare);
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_proxy_is_an_address_or_a_block_of_them() {
        let check = |text: &str, address: &str, expected: Option<bool>| {
            let proxies: Option<Proxies> = text.parse().ok();
            let trusted = proxies.map(|proxies| is_trusted(address.parse().unwrap(), &[proxies]));
            assert_eq!(trusted, expected, "{text}");
        };
        check("127.0.0.1", "127.0.0.1", Some(true));
        check("127.0.0.1", "127.0.0.2", Some(false));
        check("127.0.0.1", "::ffff:127.0.0.1", Some(true));
        check("10.0.0.0/8", "10.255.0.1", Some(true));
        check("10.0.0.0/8", "11.0.0.1", Some(false));
        check("fd00::/8", "fd12::1", Some(true));
        check("0.0.0.0/0", "::1", Some(false));
        for wrong in ["", "localhost", "10.0.0.0/33", "10.0.0", "127.0.0.1:80"] {
            check(wrong, "127.0.0.1", None);
        }
    }

    #[test]
    fn the_last_that_is_no_trusted_proxy_asks() {
        let check = |peer: &str, headers: &[(&'static str, &str)], expected: &str| {
            let trusted = ["127.0.0.1", "10.0.0.0/8", "::1"].map(|proxies| proxies.parse().unwrap());
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.append(*name, HeaderValue::from_str(value).unwrap());
            }
            let found = client(peer.parse().unwrap(), &map, &trusted);
            assert_eq!(found, expected.parse::<IpAddr>().unwrap(), "{peer} {headers:?}");
        };
        let (by, with) = ("x-forwarded-for", "forwarded");
        // Nobody is believed who is not trusted.
        check("192.0.2.1", &[(by, "203.0.113.7")], "192.0.2.1");
        check("192.0.2.1", &[(with, "for=203.0.113.7")], "192.0.2.1");
        check("127.0.0.1", &[], "127.0.0.1");
        check("127.0.0.1", &[(by, "203.0.113.7")], "203.0.113.7");
        check("::ffff:127.0.0.1", &[(by, "203.0.113.7")], "203.0.113.7");
        check("::1", &[(by, "2001:db8::7")], "2001:db8::7");
        // What the client sent stands in front of what the proxy adds.
        check("127.0.0.1", &[(by, "198.51.100.1, 203.0.113.7")], "203.0.113.7");
        check("127.0.0.1", &[(by, "198.51.100.1"), (by, "203.0.113.7")], "203.0.113.7");
        check("127.0.0.1", &[(by, "nonsense, 203.0.113.7")], "203.0.113.7");
        // Through several proxies.
        check("127.0.0.1", &[(by, "198.51.100.1, 203.0.113.7, 10.0.0.3")], "203.0.113.7");
        check("127.0.0.1", &[(by, "10.0.0.9, 10.0.0.3")], "10.0.0.9");
        // What cannot be read is not believed, nor what stands in front of it.
        check("127.0.0.1", &[(by, "203.0.113.7, nonsense")], "127.0.0.1");
        check("127.0.0.1", &[(by, "203.0.113.7, , 10.0.0.3")], "10.0.0.3");
        check("127.0.0.1", &[(by, "")], "127.0.0.1");
        check("127.0.0.1", &[(with, "for=unknown")], "127.0.0.1");
        check("127.0.0.1", &[(with, "for=_hidden, for=10.0.0.3")], "10.0.0.3");
        // As they are written.
        check("127.0.0.1", &[(by, "203.0.113.7:4711")], "203.0.113.7");
        check("127.0.0.1", &[(by, "[2001:db8::7]:4711")], "2001:db8::7");
        check("127.0.0.1", &[(by, "::ffff:203.0.113.7")], "203.0.113.7");
        check("127.0.0.1", &[(with, "for=203.0.113.7;proto=https;by=10.0.0.1")], "203.0.113.7");
        check("127.0.0.1", &[(with, "proto=https; For=\"[2001:db8::7]:4711\"")], "2001:db8::7");
        check("127.0.0.1", &[(with, "for=198.51.100.1, for=\"[2001:db8::7]\"")], "2001:db8::7");
        check("127.0.0.1", &[(with, "for=\"203.0.113.7, 198.51.100.1\"")], "127.0.0.1");
        // A proxy writes one of them, and hands on the other as it came.
        check("127.0.0.1", &[(by, "203.0.113.7"), (with, "for=203.0.113.7")], "203.0.113.7");
        check("127.0.0.1", &[(by, "203.0.113.7"), (with, "for=198.51.100.1")], "127.0.0.1");
    }
}
