//! Talking to the engine: JSON there and back, within bounds, and what it says in the words of our errors.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use ureq::http::{Method, Request, Response, StatusCode};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::addresses::Addresses;
use super::{Address, Credentials, EngineSettings};
use crate::error::Error;

/// What an engine on another machine does not do for us, and what its user can do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EngineProblem {
    /// It does not answer.
    #[error("does not answer ({0}): start it, or name in `[index] url` where it is")]
    Away(String),
    /// Its certificate is not trusted.
    #[error("shows a certificate that is not trusted ({0}): name the authority's file in `[index] ca_file`")]
    Untrusted(String),
    /// Everything would go unencrypted.
    #[error("would be asked unencrypted: name it with https, or allow it with `[index] insecure = true`")]
    Insecure,
    /// It does not know us.
    #[error(
        "refuses user and password: set YEARLINE_INDEX_USER and YEARLINE_INDEX_PASSWORD, or YEARLINE_INDEX_TOKEN"
    )]
    Unauthorized,
    /// We may not do this.
    #[error(
        "does not allow to {0}: give our user the right to create, read, write and delete indices of this name"
    )]
    Forbidden(String),
    /// It is another program, or too old.
    #[error("is {0}; OpenSearch 2.19 or later is needed")]
    TooOld(String),
    /// The name is taken.
    #[error("has an index of another program under this name: choose another name in `[index] url`")]
    Foreign,
    /// It takes no more for now.
    #[error("is overloaded: ask again, or give it more machines")]
    Busy,
    /// Its disks are full.
    #[error("has no room left on its disks: make room; indexing goes on where it ended")]
    Full,
    /// A rebuild would not fit.
    #[error(
        "has {free} MB free, and an index that is made again beside the one in use needs {needed} MB: make room first"
    )]
    NoRoom {
        /// Megabytes that are free.
        free: u64,
        /// Megabytes that are needed.
        needed: u64,
    },
    /// What is sent is longer than it takes.
    #[error("takes nothing so long: raise its http.max_content_length")]
    TooLarge,
    /// What was removed is still in its files.
    #[error(
        "still holds what was removed in its files, to bring its copies up to date: ask again in a minute"
    )]
    Holding,
    /// It acknowledged more than it has.
    #[error(
        "has {found} of {documents} documents that it acknowledged: make the index again (`yearline index --rebuild`)"
    )]
    Lost {
        /// Documents that are there.
        found: u64,
        /// Documents that were acknowledged.
        documents: u64,
    },
    /// It refuses what we ask.
    #[error("refused what was asked: {0}")]
    Refused(String),
    /// What it answers cannot be read.
    #[error("answered what cannot be read: {0}")]
    Unreadable(String),
}

impl EngineProblem {
    /// Whether the same may be asked again after a while.
    pub fn passes(&self) -> bool {
        matches!(self, Self::Away(_) | Self::Busy | Self::Full | Self::Holding)
    }
}

/// The text is no address of an index.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "“{0}” is no address of an index: give one such as https://host:9200/name, the name in small letters, digits, - and _"
)]
pub struct NotAnAddress(String);

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let wrong = || NotAnAddress(without_secrets(text));
        let mut nodes = Vec::new();
        let mut name = None;
        for part in text.split(',') {
            let url: Url = part.trim().parse().map_err(|_| wrong())?;
            // A password in an address would stand in logs and lists of processes.
            let plain = url.username().is_empty() && url.password().is_none();
            if !matches!(url.scheme(), "http" | "https") || !url.has_host() || !plain {
                return Err(wrong());
            }
            let path = url.path().trim_matches('/');
            if !path.is_empty() {
                name = Some(path.to_owned());
            }
            nodes.push(url.origin().ascii_serialization());
        }
        let letters = |name: &String| {
            name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
                && name.len() <= 200
                && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
        };
        let name = name.filter(letters).ok_or_else(wrong)?;
        Ok(Self { nodes, name })
    }
}

/// What stands between `//` and `@` is nobody's business.
fn without_secrets(text: &str) -> String {
    match (text.find("//"), text.rfind('@')) {
        (Some(start), Some(end)) if start + 2 <= end => format!("{}…{}", &text[..start + 2], &text[end..]),
        _ => text.to_owned(),
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.nodes.join(","), self.name)
    }
}

impl Address {
    /// Name of the index.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether all of it stays on this machine.
    fn is_loopback(&self) -> bool {
        self.nodes.iter().all(|node| {
            let host = node.parse::<Url>().ok().and_then(|url| url.host_str().map(str::to_owned));
            let host = host.unwrap_or_default();
            let ip = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
            host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
        })
    }
}

/// Connections to a node that are kept for the next question.
const KEPT_CONNECTIONS: usize = 16;
/// Longest wait for a node that is there to take a connection.
const CONNECTING: Duration = Duration::from_secs(3);
/// Bytes of an answer at most: a page of whole documents stays far below.
const LONGEST_ANSWER: u64 = 1 << 29;
/// How bodies of questions are written.
const JSON: &str = "application/json";

/// A cluster that is asked, in the thread that asks.
#[derive(Debug)]
pub(super) struct Client {
    http: Agent,
    /// What says who asks.
    authorization: Option<HeaderValue>,
    pub(super) settings: EngineSettings,
    /// The node that answered last.
    node: AtomicUsize,
}

impl Client {
    pub(super) fn new(settings: EngineSettings) -> Result<Self, Error> {
        let encrypted = settings.address.nodes.iter().all(|node| node.starts_with("https:"));
        if !encrypted && !settings.insecure && !settings.address.is_loopback() {
            return Err(problem(&settings, EngineProblem::Insecure));
        }
        let trusted = match &settings.ca_file {
            None => RootCerts::PlatformVerifier,
            Some(file) => {
                let pem = std::fs::read(file).map_err(Error::io(file))?;
                let named = authorities(&pem).map_err(Error::io(file))?;
                let system = rustls_native_certs::load_native_certs().certs;
                let system = system.iter().map(|known| Certificate::from_der(known).to_owned());
                RootCerts::Specific(Arc::new(system.chain(named).collect()))
            }
        };
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .root_certs(trusted)
            .build();
        let http = Agent::config_builder()
            .timeout_connect(Some(CONNECTING))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(KEPT_CONNECTIONS * settings.address.nodes.len())
            .max_idle_connections_per_host(KEPT_CONNECTIONS)
            .proxy(None)
            .tls_config(tls)
            .build();
        let http = Agent::with_parts(http, DefaultConnector::default(), Addresses::default());
        let authorization = match &settings.credentials {
            Credentials::None => None,
            Credentials::Password { user, password } => {
                let both = BASE64.encode(format!("{user}:{password}").as_bytes());
                Some(HeaderValue::from_maybe_shared(format!("Basic {both}")))
            }
            Credentials::Token(token) => Some(HeaderValue::from_maybe_shared(format!("Bearer {token}"))),
        };
        let authorization = authorization.transpose().map_err(|_| {
            problem(
                &settings,
                EngineProblem::Refused("a token has characters that cannot be sent".to_owned()),
            )
        })?;
        let authorization = authorization.map(|mut said| {
            // Shown by nothing that prints it.
            said.set_sensitive(true);
            said
        });
        Ok(Self { http, authorization, settings, node: AtomicUsize::new(0) })
    }

    pub(super) fn problem(&self, what: EngineProblem) -> Error {
        problem(&self.settings, what)
    }

    pub(super) fn unreadable(&self, what: impl fmt::Display) -> Error {
        self.problem(EngineProblem::Unreadable(what.to_string()))
    }

    /// Asks; `None` where there is no such thing.
    pub(super) fn ask<T: DeserializeOwned>(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Option<T>, Error> {
        let body = body.map(|body| body.to_string().into_bytes());
        self.send(method, path, body.as_deref(), JSON, self.settings.patience)
    }

    /// Asks for what there must be.
    pub(super) fn get<T: DeserializeOwned>(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<T, Error> {
        let found = self.ask(method, path, body)?;
        found.ok_or_else(|| self.problem(EngineProblem::Refused(format!("there is no {path}"))))
    }

    /// Sends to the first node that answers.
    pub(super) fn send<T: DeserializeOwned>(
        &self,
        method: &Method,
        path: &str,
        body: Option<&[u8]>,
        content_type: &str,
        patience: Duration,
    ) -> Result<Option<T>, Error> {
        let nodes = &self.settings.address.nodes;
        let first = self.node.load(Ordering::Relaxed);
        let mut away = None;
        for turn in 0..nodes.len() {
            let at = (first + turn) % nodes.len();
            let mut request = Request::builder().method(method).uri(format!("{}/{path}", nodes[at]));
            if let Some(said) = &self.authorization {
                request = request.header(AUTHORIZATION, said);
            }
            let answered = if method == Method::GET {
                self.run(request.body(()), patience)
            } else {
                // A length is said also where there is nothing: the engine would wait for it.
                let body = body.unwrap_or_default();
                self.run(request.header(CONTENT_TYPE, content_type).body(body), patience)
            };
            match answered {
                Ok(response) => {
                    self.node.store(at, Ordering::Relaxed);
                    return self.read(response, path);
                }
                Err(what) => away = Some(what),
            }
        }
        Err(self.problem(away.unwrap_or_else(|| EngineProblem::Away("no node is named".to_owned()))))
    }

    /// Asks one node.
    fn run<B: ureq::AsSendBody>(
        &self,
        request: Result<Request<B>, ureq::http::Error>,
        patience: Duration,
    ) -> Result<Response<Body>, EngineProblem> {
        let request = request.map_err(|error| EngineProblem::Refused(error.to_string()))?;
        let request = self.http.configure_request(request).timeout_global(Some(patience)).build();
        self.http.run(request).map_err(|error| {
            let said = reason(&error);
            let untrusted = said.contains("certificate") || said.contains("UnknownIssuer");
            if untrusted { EngineProblem::Untrusted(said) } else { EngineProblem::Away(said) }
        })
    }

    fn read<T: DeserializeOwned>(
        &self,
        mut response: Response<Body>,
        path: &str,
    ) -> Result<Option<T>, Error> {
        let status = response.status();
        let bytes = response.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec();
        let bytes = bytes.map_err(|error| self.problem(EngineProblem::Away(reason(&error))))?;
        if status.is_success() {
            let bytes = if bytes.is_empty() { b"null" } else { bytes.as_slice() };
            let unreadable = |error: &dyn fmt::Display| {
                self.unreadable(format!("{error}: {}", shortened(&String::from_utf8_lossy(bytes))))
            };
            // Whole texts are in it: they are checked once, in one go, not each by itself.
            let text = simdutf8::basic::from_utf8(bytes).map_err(|error| unreadable(&error))?;
            return serde_json::from_str(text).map(Some).map_err(|error| unreadable(&error));
        }
        let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let kind = body["error"]["type"].as_str().unwrap_or_default();
        let reason = reason_of(&body).unwrap_or_else(|| shortened(&String::from_utf8_lossy(&bytes)));
        let what = match status {
            StatusCode::NOT_FOUND => return Ok(None),
            StatusCode::UNAUTHORIZED => EngineProblem::Unauthorized,
            StatusCode::FORBIDDEN if kind == "cluster_block_exception" => EngineProblem::Full,
            StatusCode::FORBIDDEN => EngineProblem::Forbidden(format!("ask for {path} ({reason})")),
            StatusCode::TOO_MANY_REQUESTS if reason.contains("flood") => EngineProblem::Full,
            StatusCode::TOO_MANY_REQUESTS => EngineProblem::Busy,
            StatusCode::PAYLOAD_TOO_LARGE => EngineProblem::TooLarge,
            // A node that dies ends what it was asked for others so, too.
            status if status.is_server_error() => EngineProblem::Away(format!("{status}: {reason}")),
            _ => EngineProblem::Refused(format!("{status}: {reason}")),
        };
        Err(self.problem(what))
    }

    /// Does something again, with growing pauses, while its failure may pass.
    pub(super) fn patiently<T>(&self, work: impl FnMut() -> Result<T, Error>) -> Result<T, Error> {
        within(self.settings.write_patience, work)
    }
}

/// Does something again, with growing pauses, for so long while its failure may pass.
pub(super) fn within<T>(patience: Duration, mut work: impl FnMut() -> Result<T, Error>) -> Result<T, Error> {
    const LONGEST: Duration = Duration::from_secs(5);
    let end = Instant::now() + patience;
    let mut pause = Duration::from_millis(100);
    loop {
        match work() {
            Err(Error::Engine { problem, .. }) if problem.passes() && Instant::now() < end => {
                tracing::warn!("OpenSearch {problem}; trying again");
                sleep(pause);
                pause = (pause * 2).min(LONGEST);
            }
            done => return done,
        }
    }
}

fn problem(settings: &EngineSettings, problem: EngineProblem) -> Error {
    Error::Engine { address: settings.address.to_string(), problem }
}

/// What the engine says is wrong.
fn reason_of(body: &Value) -> Option<String> {
    let error = &body["error"];
    let root = &error["root_cause"][0]["reason"];
    let said = root.as_str().or_else(|| error["reason"].as_str()).or_else(|| error.as_str())?;
    Some(shortened(said))
}

fn shortened(text: &str) -> String {
    text.chars().take(300).collect()
}

/// Why a node did not answer, without its address.
fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "it took too long".to_owned(),
        ureq::Error::Io(error) => error.to_string(),
        ureq::Error::BodyExceedsLimit(limit) => format!("its answer is longer than {limit} bytes"),
        error => shortened(&error.to_string()),
    }
}

/// The certificates of a file.
fn authorities(pem: &[u8]) -> std::io::Result<Vec<Certificate<'static>>> {
    let wrong = |what: String| std::io::Error::new(std::io::ErrorKind::InvalidData, what);
    let mut all = Vec::new();
    for item in ureq::tls::parse_pem(pem) {
        if let PemItem::Certificate(known) = item.map_err(|error| wrong(error.to_string()))? {
            all.push(known);
        }
    }
    if all.is_empty() { Err(wrong("it holds no certificate".to_owned())) } else { Ok(all) }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn addresses_name_nodes_and_an_index() {
        let check = |text: &str, expected: Option<&str>| {
            let read = text.parse::<Address>();
            assert_eq!(read.as_ref().map(ToString::to_string).ok().as_deref(), expected, "{text}");
        };
        check("https://host:9200/news", Some("https://host:9200/news"));
        check("http://127.0.0.1:9200/a-1_b", Some("http://127.0.0.1:9200/a-1_b"));
        check("https://one:9200,https://two:9200/news", Some("https://one:9200,https://two:9200/news"));
        for wrong in [
            "",
            "host",
            "https://host:9200",
            "https://host:9200/",
            "https://host/News",
            "https://host/_all",
            "https://host/a/b",
            "ftp://host/a",
            "https://user:secret@host/a",
            "https://host/-a",
        ] {
            check(wrong, None);
        }
        let error = "https://user:secret@host/a".parse::<Address>().unwrap_err().to_string();
        assert!(!error.contains("secret") && !error.contains("user:"), "{error}");
    }

    #[test]
    fn nothing_goes_unencrypted_to_another_machine() {
        let check = |url: &str, insecure: bool, allowed: bool| {
            let settings = EngineSettings { insecure, ..EngineSettings::at(url.parse().unwrap()) };
            assert_eq!(Client::new(settings).is_ok(), allowed, "{url}");
        };
        check("http://127.0.0.1:9200/a", false, true);
        check("http://[::1]:9200/a", false, true);
        check("http://localhost:9200/a", false, true);
        check("http://10.0.0.1:9200/a", false, false);
        check("http://localhost.example:9200/a", false, false);
        check("https://one:9200,http://two:9200/a", false, false);
        check("http://10.0.0.1:9200/a", true, true);
        check("https://10.0.0.1:9200/a", false, true);
    }

    #[test]
    fn secrets_stand_in_no_message() {
        let settings = EngineSettings {
            credentials: Credentials::Password { user: "ann".to_owned(), password: "geheim".to_owned() },
            ..EngineSettings::at("http://127.0.0.1:9/a".parse().unwrap())
        };
        let shown = format!("{settings:?}");
        let error = Client::new(settings).unwrap().ask::<Value>(&Method::GET, "", None).unwrap_err();
        for text in [shown, error.to_string(), format!("{error:?}")] {
            assert!(!text.contains("geheim") && !text.contains("ann"), "{text}");
        }
        assert!(error.to_string().contains("does not answer"), "{error}");
    }

    /// A node that answers everything with a status and a body, encrypted or not; its certificate where it is.
    fn node(encrypted: bool, status: &'static str) -> (String, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let pem = made.cert.pem();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let tls = tls.unwrap().with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key);
        let tls = Arc::new(tls.unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let tls = rustls::ServerConnection::new(Arc::clone(&tls)).unwrap();
                if encrypted {
                    answer(rustls::StreamOwned::new(tls, stream), status);
                } else {
                    answer(stream, status);
                }
            }
        });
        (format!("{}://localhost:{port}/a", if encrypted { "https" } else { "http" }), pem)
    }

    fn answer(mut stream: impl Read + Write, status: &str) {
        let mut head = [0; 4096];
        if stream.read(&mut head).is_ok_and(|size| size > 0) {
            let body = r#"{"error":{"reason":"no such right"}}"#;
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            )
            .ok();
        }
    }

    #[test]
    fn who_is_trusted_and_who_asks_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let check = |encrypted: bool, trusts: bool, status: &'static str, says: &str| {
            let (url, pem) = node(encrypted, status);
            let ca_file = folder.path().join("ca.pem");
            std::fs::write(&ca_file, pem).unwrap();
            let settings = EngineSettings {
                ca_file: trusts.then_some(ca_file),
                credentials: Credentials::Password { user: "ann".to_owned(), password: "geheim".to_owned() },
                ..EngineSettings::at(url.parse().unwrap())
            };
            let asked = Client::new(settings).unwrap().ask::<Value>(&Method::GET, "_cat", None);
            let said = asked.map_or_else(|error| error.to_string(), |answer| format!("{answer:?}"));
            assert!(said.contains(says) && !said.contains("geheim") && !said.contains("ann:"), "{said}");
        };
        check(true, true, "200 OK", "no such right");
        check(true, false, "200 OK", "not trusted");
        check(false, false, "200 OK", "no such right");
        check(true, true, "401 Unauthorized", "refuses user and password");
        check(true, true, "403 Forbidden", "does not allow to ask for _cat (no such right)");
        check(true, true, "429 Too Many Requests", "is overloaded");
        check(true, true, "503 Service Unavailable", "does not answer (503");
        check(true, true, "400 Bad Request", "refused what was asked");
    }

    #[test]
    fn a_file_without_a_certificate_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let check = |text: &str| {
            let ca_file = folder.path().join("ca.pem");
            std::fs::write(&ca_file, text).unwrap();
            let settings = EngineSettings {
                ca_file: Some(ca_file),
                ..EngineSettings::at("https://localhost:9/a".parse().unwrap())
            };
            let error = Client::new(settings).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains("ca.pem"), "{text}: {error}");
        };
        check("");
        check("not a certificate");
        check("-----BEGIN CERTIFICATE-----\n****\n-----END CERTIFICATE-----\n");
    }
}
