//! Scheme, host and port of an address.

use std::fmt;

use corpus::CanonicalUrl;
use url::Position;

/// Scheme, host and port, as `https://host:port`: what a robots.txt holds for (RFC 9309, 2.3), and what is left alone
/// where it does not answer. The pace at which a machine is asked belongs to its host, whatever the port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Origin(String);

impl Origin {
    /// Where an address belongs.
    pub fn of(url: &CanonicalUrl) -> Self {
        Self(url.as_url()[..Position::BeforePath].to_owned())
    }

    /// One that was written down.
    pub(super) fn known(text: String) -> Self {
        Self(text)
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, as [`CanonicalUrl::host`] has it.
    pub fn host(&self) -> &str {
        let authority = self.0.split_once("://").map_or(self.0.as_str(), |(_, authority)| authority);
        match authority.rsplit_once(':') {
            // The colons of an IPv6 address stand in brackets.
            Some((host, port)) if !port.ends_with(']') => host,
            _ => authority,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_the_host_of_its_addresses() {
        let check = |url: &str, origin: &str| {
            let url: CanonicalUrl = url.parse().unwrap();
            let got = Origin::of(&url);
            assert_eq!((got.as_str(), got.host()), (origin, url.host()), "{url}");
        };
        check("http://a.example", "http://a.example");
        check("https://A.example:443/x:1/y", "https://a.example");
        check("http://a.example:81/?x=http://b:1/", "http://a.example:81");
        check("http://10.0.0.1:8080/", "http://10.0.0.1:8080");
        check("https://[2001:db8::1]/", "https://[2001:db8::1]");
        check("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443");
    }
}
