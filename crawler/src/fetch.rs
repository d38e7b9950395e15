//! Fetching: the one module that knows the HTTP client.
//!
//! It follows no redirect, takes no proxy, decodes nothing, and connects only where the address guard lets it: names
//! are looked up by its own resolver, which gives the client none but checked addresses. What came is written out as
//! one HTTP/1.1 message for the archive.

use std::borrow::Cow;
use std::collections::HashMap;
use std::error::Error as _;
use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use corpus::warc::http::{Message, head_length, media_type};
use futures_util::StreamExt as _;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HOST, IF_MODIFIED_SINCE, IF_NONE_MATCH, USER_AGENT};
use url::{Host, Url};

use crate::address::{Guard, Refused};
use crate::frontier::LONGEST_PAUSE;
use crate::{Error, Settings};

/// Asks web servers.
#[derive(Clone, Debug)]
pub struct Fetcher {
    client: reqwest::Client,
    addresses: Addresses,
    agent: String,
    max_body: usize,
    least_rate: u64,
    slow_after: Duration,
}

/// What is asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Conditions<'a> {
    /// Only where the page is another than this one (`If-None-Match`).
    pub etag: Option<&'a str>,
    /// Only where the page was changed since (`If-Modified-Since`).
    pub last_modified: Option<&'a str>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Status line, header fields and body as sent, as one HTTP/1.1 message.
    pub message: Vec<u8>,
    /// The request.
    pub request: Vec<u8>,
    /// The server's address.
    pub ip: Option<IpAddr>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The guard does not let us there.
    #[error("address refused")]
    Refused(Refused),
    /// The name is not known.
    #[error("host name not found")]
    Name,
    /// No connection, or none that can be trusted.
    #[error("no connection")]
    Connection,
    /// It took too long.
    #[error("timed out")]
    TimedOut,
    /// The body came too slowly.
    #[error("too slow")]
    TooSlow,
    /// The body is longer than is kept.
    #[error("too long")]
    TooLong,
    /// The connection broke, or what came is no HTTP.
    #[error("broken answer")]
    Broken,
}

/// Where names lead, and which addresses may be connected to.
#[derive(Clone, Debug)]
struct Addresses {
    guard: Guard,
    given: Arc<HashMap<String, SocketAddr>>,
}

impl Addresses {
    /// Checks what can be checked before connecting. Where the guard cannot tell before the name is looked up, it is
    /// looked up here: the client's resolver does not know the port.
    async fn check(&self, url: &Url) -> Result<(), Failure> {
        if url.host_str().is_some_and(|host| self.given.contains_key(host))
            && matches!(url.scheme(), "http" | "https")
        {
            return Ok(());
        }
        self.guard.check_url(url).map_err(Failure::Refused)?;
        let port = url.port_or_known_default().unwrap_or(0);
        if let Some(Host::Domain(name)) = url.host()
            && !matches!(port, 80 | 443)
        {
            for address in tokio::net::lookup_host((name, port)).await.map_err(|_| Failure::Name)? {
                self.guard.check(address.ip(), port).map_err(Failure::Refused)?;
            }
        }
        Ok(())
    }
}

impl Resolve for Addresses {
    fn resolve(&self, name: Name) -> Resolving {
        let here = self.clone();
        Box::pin(async move {
            if let Some(address) = here.given.get(name.as_str()) {
                return Ok(Box::new(std::iter::once(*address)) as Addrs);
            }
            let found = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|_| Failure::Name)?;
            let mut refused = None;
            let mut checked = Vec::new();
            for address in found {
                match here.guard.check(address.ip(), 80) {
                    Ok(()) => checked.push(address),
                    Err(why) => refused = Some(Failure::Refused(why)),
                }
            }
            if checked.is_empty() {
                return Err(refused.unwrap_or(Failure::Name).into());
            }
            Ok(Box::new(checked.into_iter()) as Addrs)
        })
    }
}

impl Fetcher {
    /// Sets the client up.
    pub fn new(settings: &Settings) -> Result<Self, Error> {
        // An error says that one is installed already.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut agent = format!("{}/{}", crate::robots::AGENT, env!("CARGO_PKG_VERSION"));
        if let Some(contact) = &settings.contact {
            if contact.is_empty() || !contact.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                let reason = "give a URL or an e-mail address, in ASCII".to_owned();
                return Err(Error::Setting { name: "contact", reason });
            }
            write!(agent, " (+{contact})").expect("writing to a string succeeds");
        }
        let given = settings.resolve.iter().map(|(host, at)| (host.to_ascii_lowercase(), *at)).collect();
        let addresses = Addresses { guard: Guard::new(settings.allow_net.clone()), given: Arc::new(given) };
        let builder = || {
            reqwest::Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                .timeout(settings.timeout)
                .pool_max_idle_per_host(1)
                .dns_resolver(addresses.clone())
        };
        let client = builder()
            .build()
            .or_else(|error| {
                // A bare container has no certificates; plain HTTP works there all the same.
                tracing::warn!("https addresses will fail: {}", chain(&error));
                builder().tls_certs_only(std::iter::empty()).build()
            })
            .map_err(|error| Error::Client(chain(&error)))?;
        Ok(Self {
            client,
            addresses,
            agent,
            max_body: settings.max_body,
            least_rate: settings.least_rate,
            slow_after: settings.slow_after,
        })
    }

    /// Whether the guard lets us ask for `url`, as far as the URL itself tells.
    pub async fn check(&self, url: &Url) -> Result<(), Failure> {
        self.addresses.check(url).await
    }

    /// Asks for a page.
    pub async fn get(&self, url: &Url, conditions: Conditions<'_>) -> Result<Answer, Failure> {
        self.get_up_to(url, conditions, self.max_body).await
    }

    /// Asks for something that may be so many bytes long.
    pub async fn get_up_to(
        &self,
        url: &Url,
        conditions: Conditions<'_>,
        max_body: usize,
    ) -> Result<Answer, Failure> {
        self.addresses.check(url).await?;
        let mut host = url.host_str().unwrap_or_default().to_owned();
        if let Some(port) = url.port() {
            write!(host, ":{port}").expect("writing to a string succeeds");
        }
        let mut fields = vec![
            (HOST, host.as_str()),
            (USER_AGENT, self.agent.as_str()),
            (ACCEPT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"),
            (ACCEPT_ENCODING, "gzip, br"),
        ];
        fields.extend(conditions.etag.map(|etag| (IF_NONE_MATCH, etag)));
        fields.extend(conditions.last_modified.map(|date| (IF_MODIFIED_SINCE, date)));
        let mut request = self.client.get(url.clone());
        let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let mut text = format!("GET {target} HTTP/1.1\r\n");
        for (name, value) in &fields {
            write!(text, "{name}: {value}\r\n").expect("writing to a string succeeds");
            // The client writes the host itself.
            if name != HOST {
                request = request.header(name, *value);
            }
        }
        text.push_str("\r\n");

        let response = request.send().await.map_err(|error| failure(&error))?;
        let status = response.status();
        let ip = response.remote_addr().map(|address| address.ip());
        if response.content_length().is_some_and(|length| length > max_body as u64) {
            return Err(Failure::TooLong);
        }
        let reason = status.canonical_reason().unwrap_or_default();
        let mut message = format!("HTTP/1.1 {} {reason}\r\n", status.as_u16()).into_bytes();
        for (name, value) in response.headers() {
            // The client has joined the chunks, so the field would not be true of what is kept.
            if name != reqwest::header::TRANSFER_ENCODING {
                message.extend_from_slice(name.as_str().as_bytes());
                message.extend_from_slice(b": ");
                message.extend_from_slice(value.as_bytes());
                message.extend_from_slice(b"\r\n");
            }
        }
        message.extend_from_slice(b"\r\n");
        let longest = message.len() + max_body;
        let head = message.len();
        let began = Instant::now();
        let mut body = response.bytes_stream();
        while let Some(portion) = body.next().await {
            let portion = portion.map_err(|error| failure(&error))?;
            let took = began.elapsed();
            let come = (message.len() - head + portion.len()) as u64;
            if took > self.slow_after && come < self.least_rate.saturating_mul(took.as_secs()) {
                return Err(Failure::TooSlow);
            }
            if message.len() + portion.len() > longest {
                return Err(Failure::TooLong);
            }
            message.extend_from_slice(&portion);
        }
        Ok(Answer { status: status.as_u16(), message, request: text.into_bytes(), ip })
    }
}

/// What the client's error means to a crawl.
fn failure(error: &reqwest::Error) -> Failure {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(own) = inner.downcast_ref::<Failure>() {
            return own.clone();
        }
        cause = inner.source();
    }
    match error {
        error if error.is_timeout() => Failure::TimedOut,
        error if error.is_connect() => Failure::Connection,
        _ => Failure::Broken,
    }
}

fn chain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        write!(text, ": {inner}").expect("writing to a string succeeds");
        cause = inner.source();
    }
    text
}

impl Answer {
    /// The values of a header field.
    pub fn value(&self, name: &str) -> Option<String> {
        let head = &self.message[..head_length(&self.message)];
        Message::parse(head)?.values(name).next().map(str::to_owned)
    }

    /// Status line and header fields with the empty line after them.
    pub fn head(&self) -> &[u8] {
        &self.message[..head_length(&self.message)]
    }

    /// The body as sent.
    pub fn wire_body(&self) -> &[u8] {
        &self.message[head_length(&self.message)..]
    }

    /// The body without its encodings; `None` where it is longer than so many bytes.
    pub fn body(&self, longest: usize) -> Option<Cow<'_, [u8]>> {
        Message::parse(&self.message)?.body(longest).ok()
    }

    /// Media type and character set.
    pub fn media_type(&self) -> (Option<String>, Option<String>) {
        self.value("content-type").map(|value| media_type(&value)).unwrap_or_default()
    }

    /// How long the server asks us to wait (`Retry-After`), at most [`LONGEST_PAUSE`].
    pub fn retry_after(&self, now: jiff::Timestamp) -> Option<Duration> {
        let value = self.value("retry-after")?;
        let seconds = match value.trim().parse::<u64>() {
            Ok(seconds) => seconds,
            Err(_) => {
                let at = jiff::fmt::rfc2822::parse(value.trim()).ok()?.timestamp();
                u64::try_from(at.duration_since(now).as_secs()).unwrap_or(0)
            }
        };
        Some(Duration::from_secs(seconds).min(LONGEST_PAUSE))
    }

    /// Whether a directive stands in `X-Robots-Tag`, for all crawlers or for ours.
    pub fn robots_tag(&self, directive: &str) -> bool {
        let Some(message) = Message::parse(self.head()) else { return false };
        message.values("x-robots-tag").any(|value| {
            let value = value.to_ascii_lowercase();
            let (agent, directives) = match value.split_once(':') {
                Some((agent, rest)) if !agent.contains(',') && agent.trim() != "unavailable_after" => {
                    (agent.trim(), rest)
                }
                _ => ("", value.as_str()),
            };
            (agent.is_empty() || agent == "yearline")
                && directives.split(',').any(|word| word.trim() == directive || word.trim() == "none")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(fields: &str) -> Answer {
        let message = format!("HTTP/1.1 200 OK\r\n{fields}\r\nbody").into_bytes();
        Answer { status: 200, message, request: Vec::new(), ip: None }
    }

    #[test]
    fn waits_are_read() {
        let now: jiff::Timestamp = "2025-01-01T12:00:00Z".parse().unwrap();
        let check = |value: &str, seconds: Option<u64>| {
            let got = answer(&format!("Retry-After: {value}\r\n")).retry_after(now);
            assert_eq!(got, seconds.map(Duration::from_secs), "{value}");
        };
        check("120", Some(120));
        check("9999999", Some(86_400));
        check("Wed, 01 Jan 2025 12:01:00 GMT", Some(60));
        check("Wed, 01 Jan 2025 11:01:00 GMT", Some(0));
        check("soon", None);
    }

    #[test]
    fn robots_tags_are_read() {
        let check = |value: &str, noindex: bool| {
            let got = answer(&format!("X-Robots-Tag: {value}\r\n")).robots_tag("noindex");
            assert_eq!(got, noindex, "{value}");
        };
        check("noindex", true);
        check("nofollow, NoIndex", true);
        check("none", true);
        check("yearline: noindex", true);
        check("otherbot: noindex", false);
        check("nofollow", false);
    }
}
