//! The engine: fetches what is due, politely, and keeps it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use corpus::CaptureWriter;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::{Cidr, Error, Frontier, Source};

/// How a crawl behaves. [`Settings::default`] is right for the public web.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the administrator of a site reaches whoever crawls: a URL or an e-mail address, part of the User-Agent.
    pub contact: Option<String>,
    /// Least pause between two requests to a host. Default 1 s.
    pub delay: Duration,
    /// Hosts asked at the same time. Default 16.
    pub hosts_at_once: usize,
    /// Pages to fetch in this run; the next run goes on. `None` for no limit.
    pub limit: Option<u64>,
    /// Links followed from a start page. Default 12.
    pub max_depth: u32,
    /// Ask for every known page again, also where it is not due.
    pub refresh: bool,
    /// Time for one request from connection to last byte. Default 60 s.
    pub timeout: Duration,
    /// Longest body that is kept, in bytes as sent. Default 20 MiB.
    pub max_body: usize,
    /// A run ends when everything left is due later than this. Default 2 minutes.
    pub patience: Duration,
    /// Blocks of addresses that may be fetched although they are not public, on every port.
    pub allow_net: Vec<Cidr>,
    /// Hosts whose address is given here instead of being looked up, as curl's `--resolve`; the port holds where
    /// the URL has none. These addresses are trusted for these hosts.
    pub resolve: Vec<(String, SocketAddr)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            contact: None,
            delay: Duration::from_secs(1),
            hosts_at_once: 16,
            limit: None,
            max_depth: 12,
            refresh: false,
            timeout: Duration::from_secs(60),
            max_body: 20 << 20,
            patience: Duration::from_secs(120),
            allow_net: Vec::new(),
            resolve: Vec::new(),
        }
    }
}

/// The time of a crawl: the system's, or the system's moved for tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    ahead: SignedDuration,
}

impl Clock {
    /// A clock that runs ahead of the system's.
    pub fn ahead_by(ahead: SignedDuration) -> Self {
        Self { ahead }
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        Timestamp::now() + self.ahead
    }
}

/// How far a run has come.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// Counts so far.
    pub report: Report,
    /// Addresses waiting.
    pub queue: u64,
    /// Requests on their way.
    pub in_flight: usize,
    /// Time since the run began.
    pub elapsed: Duration,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Requests answered and dealt with (robots.txt not counted).
    pub fetched: u64,
    /// Articles and pages seen for the first time.
    pub new: u64,
    /// Pages whose body had changed.
    pub changed: u64,
    /// Pages that had not changed.
    pub unchanged: u64,
    /// Addresses that led to another one.
    pub redirected: u64,
    /// Addresses that robots.txt keeps from us.
    pub forbidden: u64,
    /// What failed, by reason.
    pub failed: BTreeMap<String, u64>,
    /// Bytes of bodies as sent.
    pub bytes: u64,
    /// Addresses still waiting at the end.
    pub waiting: u64,
    /// The run ended because it was asked to stop.
    pub stopped: bool,
}

/// A crawl of some sources into an archive.
#[derive(Debug)]
pub struct Crawler {
    settings: Settings,
    sources: Vec<Source>,
    frontier: Frontier,
    writer: CaptureWriter,
    clock: Clock,
}

impl Crawler {
    /// Sets up a crawl; nothing is fetched yet.
    pub fn new(
        settings: Settings,
        sources: Vec<Source>,
        frontier: Frontier,
        writer: CaptureWriter,
        clock: Clock,
    ) -> Result<Self, Error> {
        if sources.is_empty() {
            return Err(Error::NothingToDo);
        }
        Ok(Self { settings, sources, frontier, writer, clock })
    }

    /// Crawls until nothing is due, the limit is reached, or `stop` turns true (what is in flight is finished). The
    /// next run goes on where this one ended. `progress` is called a few times a second at most.
    #[expect(clippy::unused_async, reason = "the engine follows")]
    pub async fn run(
        self,
        _stop: watch::Receiver<bool>,
        mut progress: impl FnMut(&Progress) + Send,
    ) -> Result<Report, Error> {
        let _ = (&self.settings, &self.sources, &self.frontier, &self.writer, self.clock.now());
        let report = Report::default();
        progress(&Progress { report: report.clone(), ..Progress::default() });
        Ok(report)
    }
}
