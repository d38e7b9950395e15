//! `cargo run --release -p benches -- crawl`: what a page costs to crawl, and what a crawl survives.
//!
//! A site of many hosts on loopback runs in a process of its own. It is crawled with everything on (robots.txt, frontier,
//! extraction, WARC) but the pause between requests, beside a bare loop of reqwest and scraper over the same pages; then
//! again with the default pause, and again while it is killed at random moments.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use corpus::{Archive, WriterSettings};
use crawler::frontier::{Found, Lane};
use crawler::{Clock, Crawler, Frontier, Settings, Source};
use indexer::{Extractor, Indexer};
use indexer::{IndexSettings, NoArticle};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Process, megabytes, program, site};

/// CPU of a page at most, as a multiple of what the bare loop takes.
const MOST_CPU: f64 = 2.0;
/// Bytes of memory of a crawl at most.
const MOST_MEMORY: u64 = 150 << 20;
/// Bytes of memory of an address in the frontier at most.
const MOST_PER_ADDRESS: u64 = 250;

/// What is measured.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Hosts of the site
    #[arg(long, default_value_t = 20)]
    hosts: usize,
    /// Pages of each host
    #[arg(long, default_value_t = 1_000)]
    pages: usize,
    /// Addresses in the frontier whose memory is measured
    #[arg(long, default_value_t = 1_000_000)]
    known: usize,
    /// Times that a crawl is killed
    #[arg(long, default_value_t = 50)]
    kills: usize,
}

/// What a measured process says of itself at its end.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Cost {
    pages: u64,
    /// Seconds of processor time.
    cpu: f64,
    /// Bytes of memory at most.
    peak: u64,
}

impl Cost {
    fn now(pages: u64) -> anyhow::Result<Self> {
        let status = std::fs::read_to_string("/proc/self/status")?;
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok());
        let peak: u64 = peak.context("no VmHWM in /proc/self/status (Linux alone has it)")?;
        Ok(Self { pages, cpu: program::time("self")?.as_secs_f64(), peak: peak * 1024 })
    }

    fn say(&self) -> anyhow::Result<()> {
        println!("{}", serde_json::to_string(self)?);
        Ok(())
    }
}

/// Crawls the site at `port` into `folder`, in this process.
#[tokio::main]
pub(crate) async fn ours(folder: &Path, port: u16, hosts: usize, polite: bool) -> anyhow::Result<()> {
    let mut settings =
        Settings { hosts_at_once: hosts, resolve: site::addresses(port, hosts), ..Settings::default() };
    if !polite {
        settings.delay = Duration::ZERO;
        settings.delay_factor = 0;
        settings.patience = Duration::ZERO;
    }
    let start = |host| Ok(Source::of_site(&format!("http://{}/", site::name(host)).parse()?));
    let sources = (0..hosts).map(start).collect::<anyhow::Result<Vec<_>>>()?;
    let writer = Archive::create(folder)?.writer(WriterSettings::default())?;
    let crawler = Crawler::new(settings, sources, Frontier::open(folder)?, writer, Clock::default())?;
    let (_go, stop) = tokio::sync::watch::channel(false);
    let report = crawler.run(stop, |_| {}).await?;
    ensure!(report.failed.is_empty(), "pages failed: {:?}", report.failed);
    Cost::now(report.fetched)?.say()
}

/// Fetches the same pages and parses them, and nothing else.
#[tokio::main]
pub(crate) async fn bare(port: u16, hosts: usize, pages: usize) -> anyhow::Result<()> {
    drop(rustls::crypto::ring::default_provider().install_default());
    let mut client = reqwest::Client::builder().no_proxy();
    for (host, address) in site::addresses(port, hosts) {
        client = client.resolve(&host, address);
    }
    let client = client.build()?;
    let anchors = scraper::Selector::parse("a[href]").map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut tasks = tokio::task::JoinSet::new();
    for host in 0..hosts {
        let (client, anchors) = (client.clone(), anchors.clone());
        tasks.spawn(async move {
            let mut links = 0;
            for page in 0..pages {
                let url = format!("http://{}:{port}{}", site::name(host), site::path(page));
                let html = client.get(url).send().await?.text().await?;
                let anchors = anchors.clone();
                links += tokio::task::spawn_blocking(move || {
                    scraper::Html::parse_document(&html)
                        .select(&anchors)
                        .filter_map(|link| link.attr("href"))
                        .count()
                })
                .await?;
            }
            anyhow::Ok(links)
        });
    }
    while let Some(done) = tasks.join_next().await {
        ensure!(done?? > 0, "pages without links");
    }
    Cost::now((hosts * pages) as u64)?.say()
}

/// Fills a frontier with `known` addresses, and says what that costs.
pub(crate) fn frontier(folder: &Path, known: usize) -> anyhow::Result<()> {
    const AT_ONCE: usize = 10_000;
    let frontier = Frontier::open(folder)?;
    let now = Timestamp::now();
    for from in (0..known).step_by(AT_ONCE) {
        let found = (from..(from + AT_ONCE).min(known)).map(|number| {
            let url = format!(
                "http://{}/tin-tuc/mot-bai-ve-mua-lua-o-vung-cao-{number}.html",
                site::name(number % 20)
            );
            Ok(Found {
                url: url.parse()?,
                source: "a newspaper".to_owned(),
                kind: crawler::frontier::Kind::Page,
                lane: Lane::Near,
                depth: 3,
                hops: 0,
                changed_at: None,
                linked: None,
                alike: None,
            })
        });
        frontier.begin(&found.collect::<anyhow::Result<Vec<_>>>()?, &[], false, now)?;
    }
    ensure!(frontier.known()? == known as u64, "addresses are lost");
    frontier.due(now)?;
    Cost::now(known as u64)?.say()
}

fn child(arguments: &[&str]) -> anyhow::Result<Cost> {
    let output = program::command(arguments)?.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "{arguments:?} failed");
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Everything, one after the other.
pub(crate) fn measure(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { hosts, pages, known, kills } = arguments;
    cost(hosts, pages)?;
    memory(known)?;
    politeness(hosts)?;
    crashes(hosts, pages.min(400), kills)
}

/// A site in a process of its own.
fn start(pages: usize, hosts: usize) -> anyhow::Result<Process> {
    Process::start(&["site", &pages.to_string(), &hosts.to_string()])
}

fn cost(hosts: usize, pages: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let site = start(pages, hosts)?;
    let (port, count) = (site.address.port().to_string(), hosts.to_string());
    let place = folder.path().to_string_lossy().into_owned();
    println!("# {hosts} hosts of {pages} pages of {} kB", site::page(1, pages).len() / 1_000);
    let started = Instant::now();
    let ours = child(&["crawl-ours", &place, &port, &count])?;
    let took = started.elapsed().as_secs_f64();
    let seen = site::asked(site.address)?;
    let all = hosts * pages;
    let twice = seen.twice();
    ensure!(seen.pages.len() == all, "{} of {all} pages were asked for", seen.pages.len());
    let kept = captured(folder.path())?;
    ensure!(kept.len() == all, "{} of {all} pages were kept", kept.len());
    ensure!(twice == 0 && kept.values().all(|times| *times == 1), "pages were asked for or kept twice");
    let bare = child(&["crawl-bare", &port, &count, &pages.to_string()])?;
    let per_page = |cost: &Cost| cost.cpu * 1e6 / cost.pages as f64;
    println!("{all} of {all} pages, {twice} asked for twice, in {took:.1} s");
    println!(
        "yearline              {:>7.0} us CPU a page   {:>5.0} MB at most",
        per_page(&ours),
        megabytes(ours.peak)
    );
    println!(
        "bare reqwest, scraper {:>7.0} us CPU a page   {:>5.0} MB at most",
        per_page(&bare),
        megabytes(bare.peak)
    );
    let ratio = per_page(&ours) / per_page(&bare);
    println!("CPU a page, as a ratio: {ratio:.2} (at most {MOST_CPU})\n");
    ensure!(ratio <= MOST_CPU, "a page costs too much");
    ensure!(ours.peak <= MOST_MEMORY, "a crawl takes more than {} MB", megabytes(MOST_MEMORY));
    Ok(())
}

fn memory(known: usize) -> anyhow::Result<()> {
    let (empty, full) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let base = child(&["frontier", &empty.path().to_string_lossy(), "0"])?;
    let cost = child(&["frontier", &full.path().to_string_lossy(), &known.to_string()])?;
    let memory = cost.peak.saturating_sub(base.peak);
    println!("# A frontier of {known} addresses");
    println!(
        "{:.0} MB of memory above an empty one's {:.0} MB: {} bytes an address; {} bytes an address on disk; {:.1} us CPU an address\n",
        megabytes(memory),
        megabytes(base.peak),
        memory / known.max(1) as u64,
        crate::size(full.path()) / known.max(1) as u64,
        cost.cpu * 1e6 / known.max(1) as f64
    );
    ensure!(memory / known.max(1) as u64 <= MOST_PER_ADDRESS, "an address takes too much memory");
    Ok(())
}

fn politeness(hosts: usize) -> anyhow::Result<()> {
    const PAGES: usize = 6;
    let folder = tempfile::tempdir()?;
    let site = start(PAGES, hosts)?;
    let place = folder.path().to_string_lossy().into_owned();
    child(&["crawl-ours", &place, &site.address.port().to_string(), &hosts.to_string(), "--polite"])?;
    let seen = site::asked(site.address)?;
    println!("# With the pause of the defaults, {hosts} hosts of {PAGES} pages");
    println!(
        "{} requests at once of a host at most, {} ms between two at least (the pause is {} ms), robots.txt first at {} of {hosts}\n",
        seen.at_once,
        seen.shortest_gap_ms,
        Settings::default().delay.as_millis(),
        seen.robots_first
    );
    let delay = u64::try_from(Settings::default().delay.as_millis())?;
    ensure!(seen.at_once == 1 && seen.shortest_gap_ms >= delay, "a host was asked too often");
    ensure!(seen.robots_first == hosts, "a host was asked before its robots.txt");
    Ok(())
}

fn crashes(hosts: usize, pages: usize, kills: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let site = start(pages, hosts)?;
    let place = folder.path().to_string_lossy().into_owned();
    let arguments = ["crawl-ours", &place, &site.address.port().to_string(), &hosts.to_string()];
    // A fixed row of moments that looks random.
    let mut random = 20_261_125_u32;
    let mut killed = 0;
    while killed < kills {
        random = site::next_random(random);
        let mut child = program::command(&arguments)?.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        std::thread::sleep(Duration::from_millis(20 + u64::from(random >> 24)));
        if child.try_wait()?.is_some() {
            break;
        }
        child.kill()?;
        child.wait()?;
        killed += 1;
    }
    child(&arguments)?;
    let archive = Archive::open(folder.path())?;
    let problems = archive.verify().count();
    let kept = captured(folder.path())?;
    let twice = site::asked(site.address)?.twice();
    let indexer = Indexer::open(&archive.index_folder(), IndexSettings::default())?;
    let sources = crawler::Sources::shipped();
    let read = |capture: &corpus::Capture| {
        let url = capture.target.parse().ok();
        let context = crawler::page::Context {
            url: url.as_ref(),
            charset: capture.charset.as_deref(),
            source: url.as_ref().and_then(|url: &corpus::CanonicalUrl| sources.for_host(url.host())),
            fetched_at: capture.at,
            is_live: true,
        };
        let page = crawler::page::read(&capture.body, &context)
            .map_err(|unreadable| NoArticle::Lost(unreadable.to_string()))?;
        page.article.map_err(|none| NoArticle::Absent(none.to_string()))
    };
    let report = indexer.run(&archive, &read, &Extractor, &mut |_| {}, &AtomicBool::new(false))?;
    let all = hosts * pages;
    println!("# Killed {killed} times");
    println!(
        "{} of {all} pages kept, {twice} asked for again after a kill, {problems} problems in the captures, {} documents in the index",
        kept.len(),
        report.documents
    );
    ensure!(killed == kills, "it ended after {killed} of {kills} kills: give it more pages");
    ensure!(kept.len() == all && problems == 0, "a crawl that was killed is not whole");
    ensure!(report.documents as usize == all, "the index does not have what was kept");
    Ok(())
}

/// The addresses of the pages that an archive holds, each with how often.
fn captured(folder: &Path) -> anyhow::Result<BTreeMap<String, usize>> {
    let archive = Archive::open(folder)?;
    let mut targets = BTreeMap::new();
    for capture in archive.captures(&corpus::Position::default()) {
        *targets.entry(capture?.target).or_default() += 1;
    }
    Ok(targets)
}

/// What the site was asked for.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// Pages, each with how often.
    pub(crate) pages: BTreeMap<String, usize>,
    /// Requests at once of one host at most.
    pub(crate) at_once: usize,
    /// Between the beginnings of two requests for pages of one host at least.
    pub(crate) shortest_gap_ms: u64,
    /// Hosts whose robots.txt was asked for before anything else.
    pub(crate) robots_first: usize,
}

impl Asked {
    /// How many pages were asked for more than once.
    fn twice(&self) -> usize {
        self.pages.values().filter(|times| **times > 1).count()
    }
}
