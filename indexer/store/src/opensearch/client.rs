//! Talking to the engine: JSON there and back, within bounds, and what it says in the words of our errors.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use reqwest::blocking::{Client as Http, Response};
use reqwest::{Method, StatusCode, Url};
use serde_json::Value;

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
        matches!(self, Self::Away(_) | Self::Busy | Self::Full)
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

/// A cluster that is asked.
#[derive(Debug)]
pub(super) struct Client {
    http: Http,
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
        // Whoever was first has chosen.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut http = Http::builder()
            .connect_timeout(Duration::from_secs(3))
            .timeout(settings.patience)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy();
        if let Some(file) = &settings.ca_file {
            let pem = std::fs::read(file).map_err(Error::io(file))?;
            let wrong = |error: reqwest::Error| {
                Error::io(file)(std::io::Error::new(std::io::ErrorKind::InvalidData, error.to_string()))
            };
            let all = reqwest::Certificate::from_pem_bundle(&pem).map_err(wrong)?;
            http = http.tls_certs_merge(all);
        }
        let http = http.build().map_err(|error| problem(&settings, EngineProblem::Refused(chain(&error))))?;
        Ok(Self { http, settings, node: AtomicUsize::new(0) })
    }

    pub(super) fn problem(&self, what: EngineProblem) -> Error {
        problem(&self.settings, what)
    }

    pub(super) fn unreadable(&self, what: impl fmt::Display) -> Error {
        self.problem(EngineProblem::Unreadable(what.to_string()))
    }

    /// Asks; `None` where there is no such thing.
    pub(super) fn ask(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Option<Value>, Error> {
        let body = body.map(|body| body.to_string().into_bytes());
        self.send(method, path, body.as_deref(), "application/json", self.settings.patience)
    }

    /// Asks for what there must be.
    pub(super) fn get(&self, method: &Method, path: &str, body: Option<&Value>) -> Result<Value, Error> {
        let found = self.ask(method, path, body)?;
        found.ok_or_else(|| self.problem(EngineProblem::Refused(format!("there is no {path}"))))
    }

    /// Sends to the first node that answers.
    pub(super) fn send(
        &self,
        method: &Method,
        path: &str,
        body: Option<&[u8]>,
        content_type: &str,
        patience: Duration,
    ) -> Result<Option<Value>, Error> {
        let nodes = &self.settings.address.nodes;
        let first = self.node.load(Ordering::Relaxed);
        let mut away = None;
        for turn in 0..nodes.len() {
            let at = (first + turn) % nodes.len();
            let mut request =
                self.http.request(method.clone(), format!("{}/{path}", nodes[at])).timeout(patience);
            request = match &self.settings.credentials {
                Credentials::None => request,
                Credentials::Password { user, password } => request.basic_auth(user, Some(password)),
                Credentials::Token(token) => request.bearer_auth(token),
            };
            if let Some(body) = body {
                request = request.header("content-type", content_type).body(body.to_vec());
            }
            match request.send() {
                Ok(response) => {
                    self.node.store(at, Ordering::Relaxed);
                    return self.read(response, path);
                }
                Err(error) => {
                    let said = chain(&error);
                    let untrusted = said.contains("certificate") || said.contains("UnknownIssuer");
                    let what =
                        if untrusted { EngineProblem::Untrusted(said) } else { EngineProblem::Away(said) };
                    away = Some(what);
                }
            }
        }
        Err(self.problem(away.unwrap_or_else(|| EngineProblem::Away("no node is named".to_owned()))))
    }

    fn read(&self, response: Response, path: &str) -> Result<Option<Value>, Error> {
        let status = response.status();
        let text = response.text().map_err(|error| self.problem(EngineProblem::Away(chain(&error))))?;
        let body: Option<Value> =
            if text.is_empty() { Some(Value::Null) } else { serde_json::from_str(&text).ok() };
        if status.is_success() {
            return body.map(Some).ok_or_else(|| self.unreadable(shortened(&text)));
        }
        let body = body.unwrap_or(Value::Null);
        let kind = body["error"]["type"].as_str().unwrap_or_default();
        let reason = reason_of(&body).unwrap_or_else(|| shortened(&text));
        let what = match status {
            StatusCode::NOT_FOUND => return Ok(None),
            StatusCode::UNAUTHORIZED => EngineProblem::Unauthorized,
            StatusCode::FORBIDDEN if kind == "cluster_block_exception" => EngineProblem::Full,
            StatusCode::FORBIDDEN => EngineProblem::Forbidden(format!("ask for {path} ({reason})")),
            StatusCode::TOO_MANY_REQUESTS if reason.contains("flood") => EngineProblem::Full,
            StatusCode::TOO_MANY_REQUESTS => EngineProblem::Busy,
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

/// An error with its causes, without addresses.
fn chain(error: &reqwest::Error) -> String {
    use std::error::Error as _;
    if error.is_timeout() {
        return "it took too long".to_owned();
    }
    let mut said = String::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        said = error.to_string();
        cause = error.source();
    }
    if said.is_empty() { "no connection".to_owned() } else { said }
}

#[cfg(test)]
mod tests {
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
        let error = Client::new(settings).unwrap().ask(&Method::GET, "", None).unwrap_err();
        for text in [shown, error.to_string(), format!("{error:?}")] {
            assert!(!text.contains("geheim") && !text.contains("ann"), "{text}");
        }
        assert!(error.to_string().contains("does not answer"), "{error}");
    }
}
