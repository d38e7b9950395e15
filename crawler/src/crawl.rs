//! The engine: fetches what is due, politely, and keeps it.
//!
//! One task a host asks for one page at a time (`visit`). What comes back is appended to the archive, and about once a
//! second made safe on the disk; only then the frontier learns of it, so that a kill at any moment loses no page.

mod clock;
mod readers;
mod trap;
mod visit;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZero;
use std::sync::Arc;
use std::time::{Duration, Instant};

use corpus::{CanonicalUrl, CaptureWriter, Forgotten};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;
use jiff::civil::Date;
use tokio::sync::watch;

use crate::fetch::Fetcher;
use crate::frontier::{Applied, Done, Found, Kept, Kind, Lane, Origin, Paused, Verdict};
use crate::{Cidr, Error, Frontier, Source, robots};
pub use clock::Clock;
use clock::Steady;
use readers::Readers;
use visit::{OUT, Outcome, Visit, Visitor};
pub(crate) use visit::{location, robots_of};

/// Pages that are made safe together at most.
const BATCH: usize = 64;
/// How long an answer may wait to be made safe.
const LATEST_SYNC: Duration = Duration::from_secs(1);
/// How long an origin is left alone that asks for it and does not say how long.
const BUSY: Duration = Duration::from_secs(60);
/// After so many pages in a row without an answer an origin is left alone for [`OUT`].
const DEAD: u32 = 4;
/// How often `progress` is called.
const PROGRESS_EVERY: Duration = Duration::from_millis(250);

/// How a crawl behaves. [`Settings::default`] is right for the public web.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the administrator of a site reaches whoever crawls: a URL or an e-mail address, part of the User-Agent.
    pub contact: Option<String>,
    /// Least pause between two requests to a host. Default 1 s.
    pub delay: Duration,
    /// The pause is at least so many times as long as the host took to answer: a slow host is asked less often.
    /// Default 5.
    pub delay_factor: u32,
    /// The longest pause that a slow answer brings about. Default 30 s.
    pub longest_delay: Duration,
    /// Hosts asked at the same time. Default 16.
    pub hosts_at_once: usize,
    /// Pages read at the same time: each takes memory many times its length. Default: one for each processor.
    pub readers: usize,
    /// Pages to fetch in this run; the next run goes on. `None` for no limit.
    pub limit: Option<u64>,
    /// Time for this run; what is in flight then is finished, and the next run goes on. `None` for no limit.
    pub time: Option<Duration>,
    /// The first day that is wanted: what a sitemap, a feed, an address or the page itself dates before is not
    /// followed. `None` for all years.
    pub from: Option<Date>,
    /// Links followed from a start page. Default 12.
    pub max_depth: u32,
    /// Linked addresses of one pattern (the same but for numbers in the path and values of the query) that are ever
    /// remembered of a host: a calendar or a filter makes them without end. Default 5,000.
    pub max_alike: u32,
    /// Articles of a host with the same words whose links are followed in a run: a server that answers anything it is
    /// asked for with one page would lead on without end. Default 20.
    pub max_same: u32,
    /// Ask for every known page again, also where it is not due.
    pub refresh: bool,
    /// Time for one request from connection to last byte. Default 60 s.
    pub timeout: Duration,
    /// Bytes of a body that must come a second, measured from its beginning once [`Self::slow_after`] is over: who
    /// sends less keeps a connection open for nothing. Default 256.
    pub least_rate: u64,
    /// Time that a body has before its rate counts. Default 10 s.
    pub slow_after: Duration,
    /// Longest body of a page that is kept, in bytes as sent. Default 20 MiB.
    pub max_body: usize,
    /// Longest file that is kept, where a record has files collected, in bytes as sent. Default 32 MiB.
    pub max_file: usize,
    /// Answers of a host in a run that are kept although they are no pages (4xx, 5xx, pages that say that they are not
    /// there), so that the archive tells what came. Default 200.
    pub max_errors: u32,
    /// Longest body of such an answer that is kept, in bytes as sent. Default 256 KiB.
    pub max_error_body: usize,
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
            delay_factor: 5,
            longest_delay: Duration::from_secs(30),
            hosts_at_once: 16,
            readers: std::thread::available_parallelism().map_or(1, NonZero::get),
            limit: None,
            time: None,
            from: None,
            max_depth: 12,
            max_alike: 5_000,
            max_same: 20,
            refresh: false,
            timeout: Duration::from_secs(60),
            least_rate: 256,
            slow_after: Duration::from_secs(10),
            max_body: 20 << 20,
            max_file: 32 << 20,
            max_errors: 200,
            max_error_body: 256 << 10,
            patience: Duration::from_secs(120),
            allow_net: Vec::new(),
            resolve: Vec::new(),
        }
    }
}

impl Settings {
    /// The longest time that a host is left alone between two requests.
    fn longest_pace(&self, sources: &[Source]) -> Duration {
        let asked = sources.iter().filter_map(|source| source.delay).max().unwrap_or_default();
        asked.max(self.delay).max(self.longest_delay).max(robots::LONGEST_DELAY)
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
    /// Pages that said something else than before.
    pub changed: u64,
    /// Pages that had not changed.
    pub unchanged: u64,
    /// Addresses that led to another one.
    pub redirected: u64,
    /// Pages that had answered before and are gone; what was kept of them stays.
    pub gone: u64,
    /// Addresses that robots.txt keeps from us.
    pub forbidden: u64,
    /// The same by host.
    pub hosts: BTreeMap<String, HostReport>,
    /// What failed, by reason.
    pub failed: BTreeMap<String, u64>,
    /// Bytes of bodies as sent.
    pub bytes: u64,
    /// Addresses still waiting at the end.
    pub waiting: u64,
    /// Which of them wait because their origin is left alone for now, those first that may be asked first.
    pub paused: Vec<Paused>,
    /// The run ended because it was asked to stop.
    pub stopped: bool,
}

/// What a run did at one host.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct HostReport {
    /// Requests answered and dealt with.
    pub fetched: u64,
    /// Articles and pages seen for the first time.
    pub new: u64,
    /// Addresses that failed.
    pub failed: u64,
    /// Addresses that robots.txt keeps from us.
    pub forbidden: u64,
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
    /// Sets up a crawl; nothing is fetched yet. Sources that were forgotten are none of it.
    pub fn new(
        settings: Settings,
        mut sources: Vec<Source>,
        frontier: Frontier,
        writer: CaptureWriter,
        clock: Clock,
    ) -> Result<Self, Error> {
        let forgotten = writer.archive().forgotten()?;
        sources.retain(|source| !forgotten.holds_source(&source.name));
        if sources.is_empty() {
            return Err(Error::NothingToDo);
        }
        Ok(Self { settings, sources, frontier, writer, clock })
    }

    /// Crawls until nothing is due, the limit is reached, or `stop` turns true (what is in flight is finished). The
    /// next run goes on where this one ended. `progress` is called a few times a second at most.
    pub async fn run(
        self,
        mut stop: watch::Receiver<bool>,
        mut progress: impl FnMut(&Progress) + Send,
    ) -> Result<Report, Error> {
        let fetcher = Fetcher::new(&self.settings)?;
        let frontier = Arc::new(self.frontier);
        let forgotten = Arc::new(self.writer.archive().forgotten()?);
        let mut seeds = seeds(&self.sources);
        seeds.retain(|seed| !forgotten.holds(seed.url.as_str()));
        let names: Vec<&str> = self.sources.iter().map(|source| source.name.as_str()).collect();
        let clock = Steady::from(&self.clock);
        frontier.mend_times(self.settings.longest_pace(&self.sources), clock.now())?;
        frontier.begin(&seeds, &names, self.settings.refresh, clock.now())?;
        let readers = Readers::start(self.settings.readers).map_err(|error| Error::Setting {
            name: "readers",
            reason: format!("so many threads cannot be started: {error}"),
        })?;
        let visitor = Arc::new(Visitor::new(
            self.settings.clone(),
            self.sources.clone(),
            fetcher,
            readers,
            Arc::clone(&frontier),
            Arc::clone(&forgotten),
            (self.clock, clock),
        ));
        let mut keeping = Keeping {
            frontier: Arc::clone(&frontier),
            forgotten,
            writer: self.writer,
            clock,
            seeds: seeds.into_iter().map(|seed| seed.url).collect(),
            report: Report::default(),
            silent: HashMap::new(),
            waiting: Vec::new(),
            since: Instant::now(),
        };
        let hosts_of_seeds: HashSet<String> = keeping.seeds.iter().map(|url| url.host().to_owned()).collect();
        let is_ours = |host: &str| {
            hosts_of_seeds.contains(host) || self.sources.iter().any(|source| source.has_host(host))
        };
        let mut turn = 0;
        let began = Instant::now();
        let mut told: Option<Instant> = None;
        let mut queue = Queue::default();
        let mut busy: HashMap<String, Option<IpAddr>> = HashMap::new();
        // Where hosts were last found: those on one machine are asked one after the other.
        let mut machines: HashMap<String, IpAddr> = HashMap::new();
        let mut visits = FuturesUnordered::new();
        let mut pages = 0;
        let mut stop_is_gone = false;
        loop {
            let stopping = *stop.borrow();
            let full = self.settings.limit.is_some_and(|limit| pages >= limit)
                || self.settings.time.is_some_and(|most| began.elapsed() >= most);
            let mut next = None;
            if !stopping && !full {
                let now = clock.now();
                let due = frontier.due(now)?;
                next = due.next;
                let mut origins = due.origins;
                // Other crawls' pages are none of this one's.
                origins.retain(|origin| is_ours(origin.host()));
                // Where there are more hosts than may be asked at once, each has its turn.
                turn += 1;
                let first = turn % origins.len().max(1);
                origins.rotate_left(first);
                for origin in origins {
                    if visits.len() >= self.settings.hosts_at_once.max(1)
                        || self.settings.limit.is_some_and(|limit| pages >= limit)
                    {
                        break;
                    }
                    let host = origin.host();
                    let machine = machines.get(host).copied();
                    if busy.contains_key(host)
                        || machine.is_some_and(|machine| busy.values().any(|other| *other == Some(machine)))
                    {
                        continue;
                    }
                    let Some(lease) = frontier.lease(&origin, now)? else { continue };
                    let Some(source) = self.sources.iter().position(|source| source.name == lease.source)
                    else {
                        // Another crawl's. It stays leased, out of the way, until the next run begins; its host may
                        // have more that is due.
                        next = Some(now);
                        continue;
                    };
                    pages += u64::from(lease.kind.is_kept());
                    busy.insert(host.to_owned(), machine);
                    let visitor = Arc::clone(&visitor);
                    visits.push(async move { visitor.visit(lease, source).await });
                }
            }
            if told.is_none_or(|told| told.elapsed() >= PROGRESS_EVERY) {
                told = Some(Instant::now());
                progress(&Progress {
                    report: keeping.report.clone(),
                    queue: queue.length(&frontier, clock.now())?,
                    in_flight: visits.len(),
                    elapsed: began.elapsed(),
                });
            }
            if visits.is_empty() {
                // What was found last may be due at once.
                if keeping.flush()? {
                    continue;
                }
                if stopping || full {
                    break;
                }
                let now = clock.now();
                let Some(next) = next else { break };
                let wait = Duration::try_from(next.duration_since(now)).unwrap_or_default();
                if wait > self.settings.patience && wait > self.settings.delay {
                    break;
                }
                tokio::select! {
                    () = tokio::time::sleep(wait.min(PROGRESS_EVERY)) => {}
                    changed = stop.changed(), if !stop_is_gone => stop_is_gone = changed.is_err(),
                }
                continue;
            }
            let wait = next.map_or(PROGRESS_EVERY, |next| {
                let wait = Duration::try_from(next.duration_since(clock.now())).unwrap_or_default();
                wait.clamp(Duration::from_millis(5), PROGRESS_EVERY)
            });
            tokio::select! {
                Some(visit) = visits.next() => {
                    let visit: Visit = visit?;
                    busy.remove(visit.host());
                    if let Some(ip) = visit.ip {
                        machines.insert(visit.host().to_owned(), ip);
                    }
                    if visit.was_not_asked() {
                        pages -= u64::from(visit.lease.kind.is_kept());
                    }
                    keeping.keep(visit)?;
                }
                () = tokio::time::sleep(wait) => {}
                changed = stop.changed(), if !stop_is_gone => stop_is_gone = changed.is_err(),
            }
            if keeping.waiting.len() >= BATCH || keeping.since.elapsed() >= LATEST_SYNC {
                keeping.flush()?;
            }
        }
        let mut report = keeping.report;
        report.stopped = *stop.borrow();
        let now = clock.now();
        report.waiting = frontier.waiting(now)?;
        report.paused = frontier.paused(now)?;
        report.paused.retain(|paused| is_ours(paused.origin.host()));
        progress(&Progress {
            report: report.clone(),
            queue: report.waiting,
            in_flight: 0,
            elapsed: began.elapsed(),
        });
        Ok(report)
    }
}

/// The number of addresses that wait. Counting them takes time in a large frontier, so it is done seldom there.
#[derive(Default)]
struct Queue {
    length: u64,
    /// When it may be counted again.
    again: Option<Instant>,
}

impl Queue {
    /// The share of the time, one in so many, that may go into counting.
    const SHARE: u32 = 100;

    fn length(&mut self, frontier: &Frontier, now: Timestamp) -> Result<u64, Error> {
        if self.again.is_none_or(|again| again <= Instant::now()) {
            let began = Instant::now();
            self.length = frontier.waiting(now)?;
            self.again = Some(Instant::now() + began.elapsed() * Self::SHARE);
        }
        Ok(self.length)
    }
}

/// What the source records say to begin with.
fn seeds(sources: &[Source]) -> Vec<Found> {
    let mut seeds = Vec::new();
    for source in sources {
        let lists =
            [(&source.start, Kind::Start), (&source.feeds, Kind::Feed), (&source.sitemaps, Kind::Sitemap)];
        for (urls, kind) in lists {
            seeds.extend(urls.iter().map(|url| Found {
                url: url.clone(),
                source: source.name.clone(),
                kind,
                lane: Lane::Seeds,
                depth: 0,
                hops: 0,
                changed_at: None,
                linked: None,
                alike: None,
            }));
        }
    }
    seeds
}

/// What has come and is on its way to the archive and the frontier.
struct Keeping {
    frontier: Arc<Frontier>,
    /// What is not asked for again.
    forgotten: Arc<Forgotten>,
    writer: CaptureWriter,
    clock: Steady,
    /// Seeds of this run: a feed or a sitemap that is found again is not asked again.
    seeds: HashSet<CanonicalUrl>,
    report: Report,
    /// Pages in a row for which an origin had no answer.
    silent: HashMap<Origin, u32>,
    waiting: Vec<Done>,
    /// When the first of those that wait came.
    since: Instant,
}

impl Keeping {
    /// Appends what a page brought to the archive.
    fn keep(&mut self, visit: Visit) -> Result<(), Error> {
        self.report.bytes += visit.bytes;
        let now = self.clock.now();
        let mut done = match visit.outcome {
            Outcome::Done(done) => *done,
            Outcome::Out { reason } => {
                // The page has not failed, its origin has: all its pages wait.
                self.frontier.pause(&Origin::of(&visit.lease.url), now + OUT, &reason)?;
                self.frontier.give_back(&visit.lease.url)?;
                self.report.hosts.entry(visit.lease.url.host().to_owned()).or_default().failed += 1;
                *self.report.failed.entry(reason).or_default() += 1;
                return Ok(());
            }
        };
        let origin = Origin::of(&visit.lease.url);
        match &done.verdict {
            Verdict::Failed { status: Some(429 | 503), reason, after, .. } => {
                self.frontier.pause(&origin, now + after.unwrap_or(BUSY), reason)?;
            }
            Verdict::Failed { status: None, reason, for_good: false, .. } => {
                let silent = self.silent.entry(origin.clone()).or_default();
                *silent += 1;
                if *silent >= DEAD {
                    let reason = format!("{reason}, {silent} times in a row");
                    self.frontier.pause(&origin, now + OUT, &reason)?;
                }
            }
            _ => drop(self.silent.remove(&origin)),
        }
        self.frontier.rest(origin.host(), now + visit.pause)?;
        if let Some(capture) = &visit.capture {
            let written = self.writer.append(capture)?;
            if let Verdict::Answered { kept, .. } = &mut done.verdict
                && kept.is_none()
            {
                *kept = Some(Kept {
                    record_id: written.record_id,
                    payload_digest: written.payload_digest,
                    at: capture.at,
                });
            }
        }
        done.found.retain(|found| !self.forgotten.holds(found.url.as_str()));
        done.found.retain(|found| !found.kind.is_seed() || self.seeds.insert(found.url.clone()));
        if self.waiting.is_empty() {
            self.since = Instant::now();
        }
        self.waiting.push(done);
        Ok(())
    }

    /// Makes the captures safe and tells the frontier; whether there was anything.
    fn flush(&mut self) -> Result<bool, Error> {
        self.since = Instant::now();
        if self.waiting.is_empty() {
            return Ok(false);
        }
        self.writer.sync()?;
        let applied = self.frontier.apply(&self.waiting, self.clock.now())?;
        let report = &mut self.report;
        for (applied, done) in applied.into_iter().zip(self.waiting.drain(..)) {
            let page = u64::from(done.kind.is_kept());
            let host = report.hosts.entry(done.url.host().to_owned()).or_default();
            let answered = match applied {
                Applied::Failed(reason) => {
                    *report.failed.entry(reason).or_default() += 1;
                    host.failed += 1;
                    matches!(done.verdict, Verdict::Failed { status: Some(_), .. })
                }
                Applied::Forbidden => {
                    report.forbidden += 1;
                    host.forbidden += 1;
                    false
                }
                Applied::New => {
                    report.new += page;
                    host.new += page;
                    true
                }
                Applied::Changed => {
                    report.changed += page;
                    true
                }
                Applied::Unchanged => {
                    report.unchanged += page;
                    true
                }
                Applied::Redirected => {
                    report.redirected += 1;
                    true
                }
                Applied::Gone => {
                    report.gone += 1;
                    true
                }
            };
            report.fetched += u64::from(answered);
            host.fetched += u64::from(answered);
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests;
