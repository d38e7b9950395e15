//! The address guard: which hosts, ports and addresses the crawler may connect to.
//!
//! Ranges follow the IANA special-purpose address registries (RFC 6890 and its updates).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use url::{Host, Url};

/// A block of addresses: `127.0.0.1/32`, `10.0.0.0/8`, `fd00::/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    base: IpAddr,
    bits: u8,
}

impl Cidr {
    /// The one address.
    pub fn only(address: IpAddr) -> Self {
        Self { base: address, bits: if address.is_ipv4() { 32 } else { 128 } }
    }

    /// Whether the block holds `address`; an IPv4 address mapped into IPv6 is the IPv4 address.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.base, address.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let shift = 32 - u32::from(self.bits);
                shift == 32 || base.to_bits() >> shift == address.to_bits() >> shift
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let shift = 128 - u32::from(self.bits);
                shift == 128 || base.to_bits() >> shift == address.to_bits() >> shift
            }
            _ => false,
        }
    }
}

/// The text is not a block of addresses.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not an address or a block such as 127.0.0.1 or 10.0.0.0/8")]
pub struct NotACidr(String);

impl FromStr for Cidr {
    type Err = NotACidr;
    fn from_str(text: &str) -> Result<Self, NotACidr> {
        let wrong = || NotACidr(text.to_owned());
        let (base, bits) = text.split_once('/').map_or((text, None), |(base, bits)| (base, Some(bits)));
        let base: IpAddr = base.parse().map_err(|_| wrong())?;
        let longest = if base.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => longest,
            Some(bits) => bits.parse().ok().filter(|bits| *bits <= longest).ok_or_else(wrong)?,
        };
        Ok(Self { base, bits })
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.bits)
    }
}

/// Why the guard refuses an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Neither `http` nor `https`, or no host.
    #[error("only http and https addresses with a host are fetched")]
    Scheme,
    /// A port other than 80 and 443.
    #[error("port {0} is not a web server's")]
    Port(u16),
    /// A name that stands for this machine or its network.
    #[error("the name {0} belongs to a private network")]
    Name(String),
    /// An address of this machine or of a network that is not public.
    #[error("the address {0} is not public")]
    Address(IpAddr),
}

/// Names at the end of host names that never lead to the public web (RFC 6761, RFC 6762, RFC 8375 and habit).
const PRIVATE_NAMES: &[&str] = &[
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "localdomain",
    "home.arpa",
    "svc",
    "test",
    "invalid",
    "onion",
];

/// The guard, with what the settings allow beyond the public web.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    allowed: Vec<Cidr>,
}

impl Guard {
    /// A guard that lets through the public web and the blocks in `allowed` (on every port).
    pub fn new(allowed: Vec<Cidr>) -> Self {
        Self { allowed }
    }

    fn allows(&self, address: IpAddr) -> bool {
        self.allowed.iter().any(|block| block.contains(address))
    }

    /// Checks a URL before its name is looked up: scheme, port, name, and an address written in it.
    /// A name may lead into an allowed block, so with such a block names and ports wait for [`Guard::check`].
    pub fn check_url(&self, url: &Url) -> Result<(), Refused> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refused::Scheme);
        }
        let port = url.port_or_known_default().unwrap_or(0);
        match url.host() {
            None => Err(Refused::Scheme),
            Some(Host::Ipv4(address)) => self.check(IpAddr::V4(address), port),
            Some(Host::Ipv6(address)) => self.check(IpAddr::V6(address), port),
            Some(Host::Domain(_)) if !self.allowed.is_empty() => Ok(()),
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.').to_ascii_lowercase();
                let private = !name.contains('.')
                    || PRIVATE_NAMES
                        .iter()
                        .any(|end| name.strip_suffix(end).is_some_and(|before| before.ends_with('.')));
                if private {
                    return Err(Refused::Name(name));
                }
                web_port(port)
            }
        }
    }

    /// Checks an address that is about to be connected to.
    pub fn check(&self, address: IpAddr, port: u16) -> Result<(), Refused> {
        if self.allows(address) {
            return Ok(());
        }
        if !is_public(address) {
            return Err(Refused::Address(address));
        }
        web_port(port)
    }
}

fn web_port(port: u16) -> Result<(), Refused> {
    if matches!(port, 80 | 443) { Ok(()) } else { Err(Refused::Port(port)) }
}

/// Whether an address is reachable on the public internet and is one host's.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)      // this network, private, loopback, multicast and reserved
            | (100, 64..=127, _)              // carrier-grade NAT
            | (169, 254, _)                   // link-local
            | (172, 16..=31, _)               // private
            | (192, 0, 0 | 2)                 // protocol assignments, documentation
            | (192, 88, 99)                   // 6to4 relay
            | (192, 168, _)                   // private
            | (198, 18..=19, _)               // benchmarks
            | (198, 51, 100)                  // documentation
            | (203, 0, 113) // documentation
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // Only 2000::/3 is given out as global unicast; that leaves out loopback, mapped, NAT64, unique local,
    // link-local, site-local, multicast and discard-only.
    (0x2000..=0x3fff).contains(&a)
        && !matches!(
            (a, b),
            (0x2001, 0..=0x01ff)              // protocol assignments, Teredo, benchmarks, ORCHID
                | (0x2001, 0x0db8)            // documentation
                | (0x2002, _)                 // 6to4
                | (0x3fff, 0..=0x0fff) // documentation
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared;

    #[test]
    fn addresses_names_and_ports_of_the_suite() {
        let Some(text) = shared::text("suites/payloads/ssrf.json") else { return };
        let suite: serde_json::Value = serde_json::from_str(&text).unwrap();
        let rows = |key: &str| {
            suite[key].as_array().unwrap().iter().map(|row| row.as_str().unwrap_or_default().to_owned())
        };
        let guard = Guard::default();
        let mut counts = Vec::new();
        for row in rows("bad") {
            assert!(guard.check(row.parse().unwrap(), 80).is_err(), "{row} must be refused");
            counts.push("bad");
        }
        for row in rows("good") {
            assert_eq!(guard.check(row.parse().unwrap(), 443), Ok(()), "{row} must stay reachable");
            counts.push("good");
        }
        for row in suite["spellings"].as_array().unwrap() {
            let text = row["url"].as_str().unwrap();
            let refused = Url::parse(text).map_or(true, |url| guard.check_url(&url).is_err());
            assert!(refused, "{text:?}");
            counts.push("spelling");
        }
        for row in rows("names") {
            let url = Url::parse(&format!("http://{row}/")).unwrap();
            assert!(guard.check_url(&url).is_err(), "{row}");
        }
        for row in rows("schemes") {
            let refused = Url::parse(&row).map_or(true, |url| guard.check_url(&url).is_err());
            assert!(refused, "{row}");
        }
        for port in suite["blocked_ports"].as_array().unwrap() {
            let url = Url::parse(&format!("http://news.example:{port}/")).unwrap();
            assert!(guard.check_url(&url).is_err(), "{port}");
        }
        let count = |kind: &str| counts.iter().filter(|row| **row == kind).count();
        assert_eq!((count("bad"), count("good"), count("spelling")), (44, 22, 33));
    }

    #[test]
    fn allowed_blocks_open_exactly_themselves() {
        let guard = Guard::new(vec!["127.0.0.1".parse().unwrap(), "10.1.0.0/16".parse().unwrap()]);
        let check = |address: &str, port: u16, open: bool| {
            assert_eq!(guard.check(address.parse().unwrap(), port).is_ok(), open, "{address} {port}");
        };
        check("127.0.0.1", 8080, true);
        check("::ffff:127.0.0.1", 8080, true);
        check("127.0.0.2", 80, false);
        check("10.1.2.3", 9999, true);
        check("10.2.0.1", 80, false);
        check("1.1.1.1", 8080, false);
        check("1.1.1.1", 443, true);
        check("169.254.169.254", 80, false);
    }

    #[test]
    fn blocks_are_read_and_written() {
        for (text, written) in [
            ("127.0.0.1", Some("127.0.0.1/32")),
            ("0.0.0.0/0", Some("0.0.0.0/0")),
            ("fd00::/8", Some("fd00::/8")),
            ("10.0.0.0/33", None),
            ("10.0.0/8", None),
            ("", None),
        ] {
            assert_eq!(
                text.parse::<Cidr>().ok().map(|block| block.to_string()).as_deref(),
                written,
                "{text}"
            );
        }
        assert!("0.0.0.0/0".parse::<Cidr>().unwrap().contains("8.8.8.8".parse().unwrap()));
    }
}
