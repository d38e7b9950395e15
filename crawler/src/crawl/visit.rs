//! One visit to a page: its host's robots.txt first, then the page, then what stands in it.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use corpus::warc::digest::sha1_digest;
use corpus::{CanonicalUrl, Forgotten, Linked, NewCapture, NewContent, RevisitProfile};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use url::{Position, Url};

use super::clock::Steady;
use super::readers::Readers;
use super::{Clock, Settings, trap};
use crate::fetch::{Answer, Conditions, Failure, Fetcher};
use crate::frontier::{Done, Found, Kept, Kind, KnownRobots, Lane, Lease, Verdict};
use crate::robots::{self, Robots};
use crate::source::Rule;
use crate::{Error, Frontier, Source, discover, files, page};

/// Redirects followed on the way to a page.
const HOPS: u32 = 5;
/// Indexes of sitemaps inside each other.
const SITEMAP_DEPTH: u32 = 3;
/// How long a robots.txt holds.
const ROBOTS_HOLD: SignedDuration = SignedDuration::from_hours(24);
/// The reason of pages that the readers break on.
const UNREADABLE: &str = "could not be read";
/// The reason of pages that say that they are not there.
const MISSING: &str = "says that there is no such page";
/// How long an origin without an answer for its robots.txt is left alone.
pub(super) const OUT: Duration = Duration::from_secs(600);

/// Goes to pages.
#[derive(Debug)]
pub(super) struct Visitor {
    settings: Settings,
    sources: Vec<Arc<Source>>,
    fetcher: Fetcher,
    frontier: Arc<Frontier>,
    /// What is not kept again.
    forgotten: Arc<Forgotten>,
    /// Dates what comes.
    wall: Clock,
    /// Measures what is waited for.
    clock: Steady,
    /// How often this run has seen the words of an article at a host, by a hash of both.
    said: Mutex<HashMap<u64, u32>>,
    hashes: RandomState,
    /// Answers of each host that are no pages, in this run.
    errors: Mutex<HashMap<String, u32>>,
    /// Rules by origin, as far as this run has needed them.
    rules: Mutex<HashMap<String, (Timestamp, Arc<Robots>)>>,
    readers: Readers,
}

/// What came of a visit.
pub(super) struct Visit {
    pub(super) lease: Lease,
    pub(super) outcome: Outcome,
    /// What is to be kept.
    pub(super) capture: Option<NewCapture>,
    /// How long the host is left alone now.
    pub(super) pause: Duration,
    /// Length of the body as sent.
    pub(super) bytes: u64,
    /// The address that answered.
    pub(super) ip: Option<IpAddr>,
}

impl Visit {
    pub(super) fn host(&self) -> &str {
        self.lease.url.host()
    }

    /// Whether it ended before the page was asked for.
    pub(super) fn was_not_asked(&self) -> bool {
        match &self.outcome {
            Outcome::Out { .. } => true,
            Outcome::Done(done) => matches!(done.verdict, Verdict::Forbidden),
        }
    }
}

pub(super) enum Outcome {
    /// The page is dealt with.
    Done(Box<Done>),
    /// Its origin cannot be asked for now.
    Out {
        /// Why, in few words.
        reason: String,
    },
}

/// What a page's answer comes to.
struct Reading {
    verdict: Verdict,
    found: Vec<Found>,
    content: Option<NewContent>,
}

impl Reading {
    fn failed(status: Option<u16>, reason: impl Into<String>, for_good: bool) -> Self {
        let verdict = Verdict::Failed { status, reason: reason.into(), after: None, for_good };
        Self { verdict, found: Vec::new(), content: None }
    }
}

enum Rules {
    /// They are known; `fresh` where this run has only just learnt them.
    Known { robots: Arc<Robots>, fresh: bool, asked: bool },
    /// The origin gives none, and no leave either.
    None(String),
    /// The host may not be asked at all.
    Refused,
}

impl Visitor {
    pub(super) fn new(
        settings: Settings,
        sources: Vec<Source>,
        fetcher: Fetcher,
        readers: Readers,
        frontier: Arc<Frontier>,
        forgotten: Arc<Forgotten>,
        (wall, clock): (Clock, Steady),
    ) -> Self {
        Self {
            settings,
            sources: sources.into_iter().map(Arc::new).collect(),
            fetcher,
            frontier,
            forgotten,
            wall,
            clock,
            said: Mutex::default(),
            hashes: RandomState::new(),
            errors: Mutex::default(),
            rules: Mutex::default(),
            readers,
        }
    }

    /// Goes to a page of the `source`-th source.
    pub(super) async fn visit(&self, lease: Lease, source: usize) -> Result<Visit, Error> {
        let source = &self.sources[source];
        let mut pause = self.settings.delay.max(source.delay.unwrap_or_default());
        let (robots, fresh, asked) = match self.rules(lease.url.as_url()).await? {
            Rules::Known { robots, fresh, asked } => (robots, fresh, asked),
            Rules::Refused => {
                let reading = Reading::failed(None, "address refused", true);
                return Ok(self.visit_of(lease, source, reading, Duration::ZERO, 0, None));
            }
            Rules::None(reason) => {
                let outcome = Outcome::Out { reason };
                return Ok(Visit { lease, outcome, capture: None, pause, bytes: 0, ip: None });
            }
        };
        pause = pause.max(robots.delay().unwrap_or_default());
        let mut sitemaps = Vec::new();
        if fresh {
            let named = robots.sitemaps().iter().filter(|url| source.has_host(url.host()));
            sitemaps.extend(named.map(|url| found(url.clone(), source, Kind::Sitemap, Lane::Lists, 0)));
        }
        if !robots.allows(lease.url.as_url()) {
            let reading = Reading { verdict: Verdict::Forbidden, found: sitemaps, content: None };
            let pause = if asked { pause } else { Duration::ZERO };
            return Ok(self.visit_of(lease, source, reading, pause, 0, None));
        }
        if asked {
            tokio::time::sleep(pause).await;
        }
        self.about_to_ask(lease.url.as_url(), pause)?;
        let began = Instant::now();
        let conditions =
            Conditions { etag: lease.etag.as_deref(), last_modified: lease.last_modified.as_deref() };
        let longest = if lease.kind == Kind::File { self.settings.max_file } else { self.settings.max_body };
        let answer = self.fetcher.get_up_to(lease.url.as_url(), conditions, longest).await;
        let slow = began.elapsed().saturating_mul(self.settings.delay_factor);
        pause = pause.max(slow.min(self.settings.longest_delay));
        let answer = match answer {
            Ok(answer) => Arc::new(answer),
            Err(failure) => {
                let for_good = matches!(failure, Failure::Refused(_) | Failure::TooLong);
                let mut reading = Reading::failed(None, failure.to_string(), for_good);
                reading.found = sitemaps;
                return Ok(self.visit_of(lease, source, reading, pause, 0, None));
            }
        };
        let bytes = answer.wire_body().len() as u64;
        let mut reading = self.read(&lease, source, &answer, &robots).await;
        reading.found.extend(sitemaps);
        Ok(self.visit_of(lease, source, reading, pause, bytes, Some(&answer)))
    }

    fn visit_of(
        &self,
        lease: Lease,
        source: &Source,
        reading: Reading,
        pause: Duration,
        bytes: u64,
        answer: Option<&Answer>,
    ) -> Visit {
        let ip = answer.and_then(|answer| answer.ip);
        let capture = reading.content.map(|content| NewCapture {
            target: lease.url.to_string(),
            at: self.wall.now(),
            source: Some(source.name.clone()),
            province: None,
            linked: lease.linked.clone(),
            ip,
            content,
        });
        let done = Done {
            url: lease.url.clone(),
            source: lease.source.clone(),
            kind: lease.kind,
            verdict: reading.verdict,
            found: reading.found,
        };
        Visit { lease, outcome: Outcome::Done(Box::new(done)), capture, pause, bytes, ip }
    }

    /// The rules of a page's origin: from this run, from the frontier, or from the host.
    async fn rules(&self, url: &Url) -> Result<Rules, Error> {
        let origin = &url[..Position::BeforePath];
        let now = self.clock.now();
        // One from the future was written down while the clock was wrong.
        let holds = |at: Timestamp| (SignedDuration::ZERO..ROBOTS_HOLD).contains(&now.duration_since(at));
        let known = {
            let rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
            rules.get(origin).filter(|(at, _)| holds(*at)).map(|(_, robots)| Arc::clone(robots))
        };
        if let Some(robots) = known {
            return Ok(Rules::Known { robots, fresh: false, asked: false });
        }
        if matches!(self.fetcher.check(url).await, Err(Failure::Refused(_))) {
            return Ok(Rules::Refused);
        }
        let remembered = self.frontier.robots(origin)?.filter(|known| {
            holds(known.fetched_at) && known.status.is_some_and(|status| status < 500 && status != 429)
        });
        let asked = remembered.is_none();
        let known = match remembered {
            Some(known) => known,
            None => {
                self.about_to_ask(url, self.settings.delay)?;
                match robots_of(&self.fetcher, url, now).await {
                    Ok(known) => {
                        self.frontier.remember_robots(origin, &known)?;
                        known
                    }
                    Err(Failure::Refused(_)) => return Ok(Rules::Refused),
                    Err(failure) => return Ok(Rules::None(format!("robots.txt: {failure}"))),
                }
            }
        };
        if let Some(status @ (429 | 500..)) = known.status {
            return Ok(Rules::None(format!("robots.txt: HTTP {status}")));
        }
        let robots = Arc::new(Robots::from_answer(known.status, &known.body, robots::AGENT));
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        rules.insert(origin.to_owned(), (known.fetched_at, Arc::clone(&robots)));
        Ok(Rules::Known { robots, fresh: true, asked })
    }

    /// Writes the pause down before a host is asked: a run that is killed then does not ask again within it.
    fn about_to_ask(&self, url: &Url, pause: Duration) -> Result<(), Error> {
        match url.host_str() {
            Some(host) if !pause.is_zero() => self.frontier.wait(host, self.clock.now() + pause),
            _ => Ok(()),
        }
    }

    async fn read(
        &self,
        lease: &Lease,
        source: &Arc<Source>,
        answer: &Arc<Answer>,
        robots: &Robots,
    ) -> Reading {
        let status = answer.status;
        match status {
            200 | 203 => {}
            304 if lease.digest.is_some() => {
                let content =
                    lease.kept.as_ref().map(|_| revisit(lease, answer, RevisitProfile::ServerNotModified));
                return Reading { verdict: Verdict::NotModified, found: Vec::new(), content };
            }
            301 | 302 | 303 | 307 | 308 => {
                let mut reading = redirected(lease, source, answer);
                let there = location(answer, lease.url.as_url());
                if there.is_some_and(|there| self.forgotten.holds(there.as_str())) {
                    reading.content = None;
                }
                return reading;
            }
            404 | 410 if lease.digest.is_some() && matches!(lease.kind, Kind::Page | Kind::File) => {
                let verdict = Verdict::Gone { status };
                return Reading { verdict, found: Vec::new(), content: Some(kept_as_sent(answer)) };
            }
            _ => {
                let for_good = matches!(status, 400 | 401 | 403..=407 | 410 | 414 | 451);
                let mut reading = Reading::failed(Some(status), format!("HTTP {status}"), for_good);
                reading.content = self.kept_error(lease, answer);
                if let Verdict::Failed { after, .. } = &mut reading.verdict {
                    *after = answer.retry_after(self.wall.now());
                }
                return reading;
            }
        }
        let verdict = |digest: String, kept, is_article| Verdict::Answered {
            status,
            etag: answer.value("etag"),
            last_modified: answer.value("last-modified"),
            digest,
            kept,
            is_article,
        };
        match lease.kind {
            Kind::Feed | Kind::Sitemap => {
                let (kind, base) = (lease.kind, lease.url.as_url().clone());
                let owned = Arc::clone(answer);
                let entries = self.readers.read(move || {
                    let body = owned.body(page::LONGEST).ok_or(discover::Unusable::TooLong)?;
                    if kind == Kind::Feed {
                        let pages = discover::feed(&body, &base)?;
                        Ok(discover::Sitemap { pages, sitemaps: Vec::new() })
                    } else {
                        discover::sitemap(&body, &base)
                    }
                });
                let Some(entries) = entries.await else {
                    return Reading::failed(Some(status), UNREADABLE, true);
                };
                match entries {
                    Ok(entries) => {
                        let named = entries.pages.iter().chain(&entries.sitemaps);
                        let digest = digest_of(named.map(|entry| entry.url.as_str()));
                        let found = self.listed(lease, source, entries, robots);
                        Reading { verdict: verdict(digest, None, false), found, content: None }
                    }
                    // The next run asks again.
                    Err(unusable) => Reading::failed(Some(status), unusable.to_string(), true),
                }
            }
            Kind::File => {
                let (media, _) = answer.media_type();
                // Some ask for a name first, and show a page.
                if !files::is_one(media.as_deref(), &answer.body(self.settings.max_file).unwrap_or_default())
                {
                    return Reading::failed(Some(status), "not a file of a kind that is read", true);
                }
                let digest = sha1_digest(answer.wire_body());
                if answer.robots_tag("noindex") {
                    return Reading {
                        verdict: verdict(digest, None, false),
                        found: Vec::new(),
                        content: None,
                    };
                }
                let (kept, content) = Self::kept(lease, answer);
                Reading { verdict: verdict(digest, kept, false), found: Vec::new(), content: Some(content) }
            }
            Kind::Start | Kind::Page => {
                let (media, charset) = answer.media_type();
                if !media
                    .as_deref()
                    .is_none_or(|media| matches!(media, "text/html" | "application/xhtml+xml"))
                {
                    return Reading::failed(Some(status), "not an HTML page", true);
                }
                let (url, record, owned) = (lease.url.clone(), Arc::clone(source), Arc::clone(answer));
                let fetched_at = self.wall.now();
                let read = self.readers.read(move || {
                    let body = owned.body(page::LONGEST).ok_or(page::Unreadable::TooLong)?;
                    let context = page::Context {
                        url: Some(&url),
                        charset: charset.as_deref(),
                        source: Some(&record),
                        fetched_at,
                        // What is counted from now would make the same page another one tomorrow.
                        is_live: false,
                    };
                    page::read(&body, &context).map(|page| (says(&page), page))
                });
                let Some(read) = read.await else {
                    return Reading::failed(Some(status), UNREADABLE, true);
                };
                let (digest, page) = match read {
                    Ok(read) => read,
                    Err(unreadable) => return Reading::failed(Some(status), unreadable.to_string(), true),
                };
                if page.is_missing && lease.kind == Kind::Page {
                    let mut reading = Reading::failed(Some(status), MISSING, true);
                    if lease.digest.is_some() {
                        // As if its server had said so.
                        reading.verdict = Verdict::Gone { status: 404 };
                    }
                    reading.content = self.kept_error(lease, answer);
                    return reading;
                }
                let is_everywhere = page.article.is_ok() && self.is_everywhere(lease.url.host(), &digest);
                let found = if page.nofollow || answer.robots_tag("nofollow") || is_everywhere {
                    Vec::new()
                } else {
                    self.linked(lease, source, &page)
                };
                // Under another address, a page may still be one that was forgotten.
                let article = page.article.as_ref().ok().and_then(|article| article.url.as_ref());
                let is_forgotten = article.is_some_and(|url| self.forgotten.holds(url.as_str()));
                if is_forgotten || page.noindex || answer.robots_tag("noindex") {
                    return Reading { verdict: verdict(digest, None, false), found, content: None };
                }
                let is_article = page.article.is_ok();
                let (kept, content) = Self::kept(lease, answer);
                Reading { verdict: verdict(digest, kept, is_article), found, content: Some(content) }
            }
        }
    }

    /// What is kept of an answer: its body, or that it is the same as before, and then the capture that holds it.
    fn kept(lease: &Lease, answer: &Answer) -> (Option<Kept>, NewContent) {
        let same = lease.kept.as_ref();
        match same.filter(|kept| kept.payload_digest == sha1_digest(answer.wire_body())) {
            Some(same) => {
                (Some(same.clone()), revisit(lease, answer, RevisitProfile::IdenticalPayloadDigest))
            }
            None => (None, kept_as_sent(answer)),
        }
    }

    /// An answer that is no page, as far as a host may have so many of them kept.
    fn kept_error(&self, lease: &Lease, answer: &Answer) -> Option<NewContent> {
        if !lease.kind.is_kept() || answer.wire_body().len() > self.settings.max_error_body {
            return None;
        }
        let mut errors = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = errors.entry(lease.url.host().to_owned()).or_default();
        *kept = kept.saturating_add(1);
        (*kept <= self.settings.max_errors).then(|| kept_as_sent(answer))
    }

    /// Whether a host has said the same under more addresses than an honest one does.
    fn is_everywhere(&self, host: &str, digest: &str) -> bool {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let times = said.entry(self.hashes.hash_one((host, digest))).or_default();
        *times = times.saturating_add(1);
        *times > self.settings.max_same
    }

    /// What a page links to.
    fn linked(&self, lease: &Lease, source: &Source, page: &page::Page) -> Vec<Found> {
        let deeper = lease.depth + 1;
        // Files are what a page leads to, not where the crawl goes on: neither depth nor the page's day bounds them.
        let headline = || {
            let article = page.article.as_ref().ok().and_then(|article| article.title.as_deref());
            article.or(page.heading.as_deref())
        };
        let from = page.canonical.as_ref().unwrap_or(&lease.url);
        let files = page
            .links
            .iter()
            .filter(|link| source.files && !link.nofollow)
            .filter_map(|link| Some((link, link.file.as_deref()?)))
            .filter(|(link, _)| source.takes_file(&link.url))
            .filter(|(link, _)| {
                !page::day_in_path(link.url.as_url().path()).is_some_and(|day| self.is_too_old(day))
            })
            .map(|(link, words)| Found {
                linked: Some(Linked { from: from.clone(), name: files::name(Some(words), headline()) }),
                alike: trap::alike(&link.url, self.settings.max_alike),
                ..found(link.url.clone(), source, Kind::File, Lane::Files, deeper)
            });
        let feeds = page
            .feeds
            .iter()
            .filter(|url| lease.kind == Kind::Start && source.has_host(url.host()))
            .map(|url| found(url.clone(), source, Kind::Feed, Lane::Lists, 0));
        // What is older than what is wanted leads to what is older still.
        let published = page.article.as_ref().ok().and_then(|article| article.published);
        if deeper > self.settings.max_depth || published.is_some_and(|day| self.is_too_old(day.date)) {
            return feeds.chain(files).collect();
        }
        let lane = match lease.lane {
            // A list may name as many pages as it likes, so what these lead to is not near for being two links away.
            Lane::News | Lane::Listed | Lane::Deep => Lane::Deep,
            _ => Lane::linked(deeper),
        };
        let is_taken = |link: &&page::Link| source.files && link.file.is_some();
        let links = page.links.iter().filter(|link| !link.nofollow && !is_taken(link)).map(|link| &link.url);
        let links = page
            .related
            .iter()
            .chain(links)
            .map(|url| source.canonical(url))
            .filter(|url| *url != lease.url && source.follows(url) && !trap::is_endless(url))
            .filter(|url| !page::day_in_path(url.as_url().path()).is_some_and(|day| self.is_too_old(day)))
            .map(|url| {
                // What a record names by a pattern is meant, however much there is of it.
                let alike = match source.rule(&url) {
                    Rule::All => trap::alike(&url, self.settings.max_alike),
                    _ => None,
                };
                Found { alike, ..found(url, source, Kind::Page, lane, deeper) }
            });
        feeds.chain(files).chain(links).collect()
    }

    /// What a sitemap or feed names.
    fn listed(
        &self,
        lease: &Lease,
        source: &Source,
        entries: discover::Sitemap,
        robots: &Robots,
    ) -> Vec<Found> {
        let deeper = lease.depth + 1;
        let is_too_old = |entry: &discover::Entry| {
            let changed = entry.changed_at.map(|at| jiff::tz::TimeZone::UTC.to_datetime(at).date());
            let day = page::day_in_path(entry.url.as_url().path()).or(changed);
            day.is_some_and(|day| self.is_too_old(day))
        };
        let sitemaps = entries
            .sitemaps
            .into_iter()
            .filter(|entry| {
                deeper <= SITEMAP_DEPTH && source.has_host(entry.url.host()) && !is_too_old(entry)
            })
            .map(|entry| found(entry.url, source, Kind::Sitemap, Lane::Lists, deeper));
        let lane = if lease.kind == Kind::Feed { Lane::News } else { Lane::Listed };
        let pages = entries.pages.into_iter().filter(|entry| !is_too_old(entry));
        let pages = pages
            .map(|entry| (source.canonical(&entry.url), entry.changed_at))
            // What robots.txt keeps from us need not be remembered by the thousand.
            .filter(|(url, _)| {
                source.follows(url) && (url.host() != lease.url.host() || robots.allows(url.as_url()))
            })
            .map(|(url, changed_at)| Found { changed_at, ..found(url, source, Kind::Page, lane, 1) });
        sitemaps.chain(pages).collect()
    }

    /// Whether a day is before the first that is wanted.
    fn is_too_old(&self, day: Date) -> bool {
        self.settings.from.is_some_and(|from| day < from)
    }
}

/// Digest of what a page says: the words of an article, the links of another page. Counters and advertisements are
/// other ones at each look.
fn says(page: &page::Page) -> String {
    match &page.article {
        Ok(article) => digest_of([article.title.as_deref().unwrap_or_default(), &article.text].into_iter()),
        Err(_) => digest_of(page.links.iter().map(|link| link.url.as_str())),
    }
}

fn digest_of<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    sha1_digest(lines.collect::<Vec<_>>().join("\n").as_bytes())
}

fn kept_as_sent(answer: &Answer) -> NewContent {
    NewContent::Response { message: answer.message.clone(), request: Some(answer.request.clone()) }
}

/// Asks for the robots.txt of a page's origin.
pub(crate) async fn robots_of(fetcher: &Fetcher, page: &Url, now: Timestamp) -> Result<KnownRobots, Failure> {
    let mut url = page.clone();
    url.set_path("/robots.txt");
    url.set_query(None);
    url.set_fragment(None);
    let mut answer = fetcher.get(&url, Conditions::default()).await;
    for _ in 0..robots::HOPS {
        let Ok(redirect) = &answer else { break };
        let Some(there) = location(redirect, &url) else { break };
        url = there;
        answer = fetcher.get(&url, Conditions::default()).await;
    }
    let answer = answer?;
    let mut body = answer.body(robots::LIMIT * 4).unwrap_or_default().into_owned();
    body.truncate(robots::LIMIT);
    Ok(KnownRobots { fetched_at: now, status: Some(answer.status), body })
}

fn redirected(lease: &Lease, source: &Source, answer: &Answer) -> Reading {
    let status = answer.status;
    let there = location(answer, lease.url.as_url()).and_then(CanonicalUrl::new);
    let Some(there) = there.map(|there| source.canonical(&there)) else {
        return Reading::failed(Some(status), "redirect to nowhere", true);
    };
    if there == lease.url {
        return Reading::failed(Some(status), "redirect to itself", true);
    }
    if lease.hops >= HOPS {
        return Reading::failed(Some(status), "too many redirects", true);
    }
    let followed = match lease.kind {
        Kind::Page => source.follows(&there),
        _ => source.has_host(there.host()),
    };
    let lane = if lease.lane == Lane::Again { Lane::linked(lease.depth) } else { lease.lane };
    let found = followed.then(|| Found {
        hops: lease.hops + 1,
        linked: lease.linked.clone(),
        ..found(there, source, lease.kind, lane, lease.depth)
    });
    let content = lease.kind.is_kept().then(|| kept_as_sent(answer));
    Reading { verdict: Verdict::Redirected { status }, found: found.into_iter().collect(), content }
}

fn found(url: CanonicalUrl, source: &Source, kind: Kind, lane: Lane, depth: u32) -> Found {
    Found {
        url,
        source: source.name.clone(),
        kind,
        lane,
        depth,
        hops: 0,
        changed_at: None,
        linked: None,
        alike: None,
    }
}

/// Where a redirect leads.
pub(crate) fn location(answer: &Answer, from: &Url) -> Option<Url> {
    if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    from.join(&answer.value("location")?).ok()
}

fn revisit(lease: &Lease, answer: &Answer, profile: RevisitProfile) -> NewContent {
    let kept = lease.kept.as_ref();
    NewContent::Revisit {
        profile,
        head: answer.head().to_vec(),
        request: Some(answer.request.clone()),
        payload_digest: kept.map(|kept| kept.payload_digest.clone()),
        refers_to: kept.map(|kept| kept.record_id.clone()),
        refers_to_target: kept.map(|_| lease.url.to_string()),
        refers_to_date: kept.map(|kept| kept.at),
    }
}
