//! Canonical URLs, and the identity of documents that follows from them.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use data_encoding::Specification;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

/// An absolute `http` or `https` URL in canonical form (WHATWG URL Standard, then our rules): lower-case host, no
/// fragment, no credentials, no default port, no dot behind the host, escapes in one spelling, no parameters that track
/// a reader, other parameters kept in their order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CanonicalUrl(Url);

/// Query parameters, in lower case, that say who a reader is or came from and never what the page is. A `*` ends a
/// prefix.
const TRACKING: &[&str] = &[
    "utm_*",
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "zarsrc",
    "mc_cid",
    "mc_eid",
    "yclid",
    "_ga",
    "igshid",
    "phpsessid",
    "jsessionid",
    "aspsessionid*",
    "sessionid",
];

/// The same as a parameter of the path: `/tin.jsp;jsessionid=0A1B`.
const SESSION: &str = ";jsessionid=";

/// Bytes of a URL at most: what RFC 9110, 4.1, asks everybody to take. No page of a newspaper has a longer one.
const LONGEST: usize = 8_000;

impl CanonicalUrl {
    /// The canonical form of `url`; `None` for other schemes, for URLs without a host, and for those that are longer than 8,000
    /// bytes.
    pub fn new(mut url: Url) -> Option<Self> {
        let is_web = matches!(url.scheme(), "http" | "https") && !url.host_str().is_none_or(str::is_empty);
        if !is_web || url.as_str().len() > LONGEST {
            return None;
        }
        url.set_fragment(None);
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
        // The dot that ends a full name in DNS: the same host, which would else be a second one. Where nothing that is a
        // host stays, it stays.
        if let Some(host) = url.host_str().and_then(|host| host.strip_suffix('.')) {
            let host = host.trim_end_matches('.').to_owned();
            if !host.is_empty() {
                let _ = url.set_host(Some(&host));
            }
        }
        if let Some(path) = normal_escapes(url.path()) {
            url.set_path(&path);
        }
        if let Some(query) = url.query().and_then(normal_escapes) {
            url.set_query(Some(&query));
        }
        if let Some(at) = url.path().to_ascii_lowercase().find(SESSION) {
            let path = url.path();
            let end = path[at..].find('/').map_or(path.len(), |end| at + end);
            let path = format!("{}{}", &path[..at], &path[end..]);
            url.set_path(&path);
        }
        if url.query().is_some() {
            let kept: Vec<&str> = url
                .query()
                .unwrap_or_default()
                .split('&')
                .filter(|pair| !pair.is_empty() && !tracks(pair))
                .collect();
            let kept = (!kept.is_empty()).then(|| kept.join("&"));
            url.set_query(kept.as_deref());
        }
        Some(Self(url))
    }

    /// The URL.
    pub fn as_url(&self) -> &Url {
        &self.0
    }

    /// The URL as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Host name, lower case, in its ASCII form.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The identity of the document that lives here.
    pub fn document_id(&self) -> DocumentId {
        DocumentId::of(self.as_str())
    }
}

/// Percent-encoding as RFC 3986, 6.2.2, has it: upper-case digits, and none for letters, digits and `-._~`. `None` where
/// it is so already, or where a `%` begins no escape: such a text means whatever its server says.
fn normal_escapes(text: &str) -> Option<String> {
    let mut pieces = text.split('%');
    let mut normal = pieces.next()?.to_owned();
    for piece in pieces {
        let digits = piece.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        let byte = u8::from_str_radix(digits, 16).ok()?;
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            normal.push(char::from(byte));
        } else {
            normal.push('%');
            normal.push_str(&digits.to_ascii_uppercase());
        }
        normal.push_str(&piece[2..]);
    }
    (normal != text).then_some(normal)
}

fn tracks(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    TRACKING.iter().any(|rule| match rule.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == *rule,
    })
}

/// The text is not a URL that a document can live at.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not an http or https address")]
pub struct NotAnAddress(String);

impl FromStr for CanonicalUrl {
    type Err = NotAnAddress;
    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        Url::parse(text.trim()).ok().and_then(Self::new).ok_or_else(|| NotAnAddress(text.to_owned()))
    }
}

impl TryFrom<String> for CanonicalUrl {
    type Error = NotAnAddress;
    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        text.parse()
    }
}

impl From<CanonicalUrl> for String {
    fn from(url: CanonicalUrl) -> Self {
        url.0.into()
    }
}

impl fmt::Display for CanonicalUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Identity of a document: 16 characters made from its canonical URL (or, for a file without one, from its
/// capture's target), the same on every machine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentId([u8; 10]);

impl DocumentId {
    /// The id of the document at `address`, a canonical URL or a capture's target.
    pub fn of(address: &str) -> Self {
        let digest = Sha256::digest(address.as_bytes());
        Self(digest[..10].try_into().expect("SHA-256 has 32 bytes"))
    }

    /// What the captures of one target have in common: the id of its canonical URL, or of the target where it is none.
    pub fn of_target(target: &str) -> Self {
        target.parse::<CanonicalUrl>().map_or_else(|_| Self::of(target), |url| url.document_id())
    }
}

/// Crockford's base 32 in lower case: no letter that looks like a digit.
static BASE32: LazyLock<data_encoding::Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
    specification.encoding().expect("thirty-two distinct symbols")
});

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE32.encode(&self.0))
    }
}

impl fmt::Debug for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not the id of a document.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a document id (16 letters and digits)")]
pub struct NotADocumentId(String);

impl FromStr for DocumentId {
    type Err = NotADocumentId;
    fn from_str(text: &str) -> Result<Self, NotADocumentId> {
        BASE32
            .decode(text.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or_else(|| NotADocumentId(text.to_owned()))
    }
}

impl TryFrom<String> for DocumentId {
    type Error = NotADocumentId;
    fn try_from(text: String) -> Result<Self, NotADocumentId> {
        text.parse()
    }
}

impl From<DocumentId> for String {
    fn from(id: DocumentId) -> Self {
        id.to_string()
    }
}

#[cfg(test)]
mod suites;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_are_one_document() {
        let check = |text: &str, canonical: Option<&str>| {
            assert_eq!(
                text.parse::<CanonicalUrl>().ok().as_ref().map(CanonicalUrl::as_str),
                canonical,
                "{text}"
            );
        };
        check("HTTP://BaoSonKhe.Example:80/a#b", Some("http://baosonkhe.example/a"));
        check("https://u:p@x.example/?utm_source=f&id=3&fbclid=9&b=", Some("https://x.example/?id=3&b="));
        check("https://x.example/?utm_medium=f", Some("https://x.example/"));
        check(&format!("https://x.example/{}", "a".repeat(9_000)), None);
        check("https://x.example/t?PHPSESSID=a1&id=3", Some("https://x.example/t?id=3"));
        check("https://x.example/t.jsp;jsessionid=0A1B?id=3", Some("https://x.example/t.jsp?id=3"));
        check("https://x.example/a;JSESSIONID=0A1B/b", Some("https://x.example/a/b"));
        check("https://x.example/?b=2&a=1", Some("https://x.example/?b=2&a=1"));
        check(
            "https://x.example/%7etin-t%e1%bb%A9c%2f1?q=%2a%41",
            Some("https://x.example/~tin-t%E1%BB%A9c%2F1?q=%2AA"),
        );
        check("https://x.example/?%75tm_source=f", Some("https://x.example/"));
        check("https://x.example/90%25%36%36/100%", Some("https://x.example/90%25%36%36/100%"));
        check("https://x.example/90%25%36%36", Some("https://x.example/90%2566"));
        check("https://x.example.:443/", Some("https://x.example/"));
        check("ftp://x.example/", None);
        check("mailto:a@x.example", None);
        check("/relative", None);
    }

    #[test]
    fn ids_are_written_and_read() {
        let id = "http://baosonkhe.example/a".parse::<CanonicalUrl>().unwrap().document_id();
        assert_eq!(id.to_string().len(), 16);
        assert_eq!(id.to_string().parse::<DocumentId>().unwrap(), id);
        for wrong in ["", "abc", "0123456789abcdeu", "0123456789abcdef0"] {
            assert!(wrong.parse::<DocumentId>().is_err(), "{wrong}");
        }
    }
}
