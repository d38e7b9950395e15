//! `yearline crawl`.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::bail;
use corpus::{Archive, CanonicalUrl, WriterSettings};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crawler::{Cidr, Clock, Crawler, Frontier, Progress, Report, Source, Sources};

use crate::settings::Settings;
use crate::terminal::{self, one_line};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Names of sources (see `yearline sources`) and addresses; none means all sources
    #[arg(value_name = "SOURCE|URL")]
    what: Vec<String>,
    /// Where the administrator of a site reaches you: a URL or an e-mail address
    #[arg(long, env = "YEARLINE_CONTACT")]
    contact: Option<String>,
    /// Pages to fetch in this run; the next run goes on
    #[arg(long)]
    limit: Option<u64>,
    /// Time for this run: 90s, 30m, 2h; the next run goes on
    #[arg(long = "for", value_name = "TIME", value_parser = time)]
    time: Option<Duration>,
    /// The first year or day that is wanted: what is dated before (2016, 2016-05-01) is not followed
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    from: Option<Date>,
    /// Ask for every known page again
    #[arg(long)]
    refresh: bool,
    /// Forget what was asked for before and begin anew; what was kept stays
    #[arg(long, conflicts_with = "refresh")]
    fresh: bool,
    /// A block of addresses that may be fetched although it is not public (10.1.0.0/16); may be repeated
    #[arg(long, value_name = "CIDR")]
    allow_net: Vec<Cidr>,
}

/// How often the log tells how far a crawl has come, where there is no terminal.
const LOG_EVERY: Duration = Duration::from_secs(30);
/// Hosts that the report names, those with most pages first.
const HOSTS_TOLD: usize = 20;

fn time(text: &str) -> Result<Duration, String> {
    text.parse::<SignedDuration>()
        .ok()
        .and_then(|time| Duration::try_from(time).ok())
        .ok_or_else(|| "write a time such as 90s, 30m or 2h".to_owned())
}

/// The first day of a year, a month or a day.
pub(super) fn first_day(text: &str) -> Result<Date, String> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.parse().map_err(|_| "write a year or a day such as 2016 or 2016-05-01".to_owned())
}

/// Crawls until nothing is due.
pub(super) fn run(arguments: &Arguments, folder: &Path, settings: &Settings) -> anyhow::Result<ExitCode> {
    let sources = chosen(&arguments.what, &settings.source_records()?)?;
    let archive = Archive::create(folder)?;
    let forgotten = archive.forgotten()?;
    for source in sources.iter().filter(|source| forgotten.holds_source(&source.name)) {
        writeln!(
            terminal::err(),
            "{}: forgotten, and not collected again; `yearline forget --lift --source` takes that back",
            one_line(&source.name)
        )?;
    }
    let writer = archive.writer(WriterSettings::default())?;
    let frontier = Frontier::open(folder)?;
    if arguments.fresh {
        for source in &sources {
            frontier.start_over(&source.name)?;
        }
    }
    let how = crawler::Settings {
        contact: arguments.contact.clone().or_else(|| settings.contact.clone()),
        limit: arguments.limit,
        time: arguments.time,
        from: arguments.from,
        refresh: arguments.refresh,
        allow_net: arguments.allow_net.clone(),
        max_file: settings.max_file_mib.map_or(crawler::Settings::default().max_file, |mib| mib << 20),
        ..crawler::Settings::default()
    };
    let runtime = super::runtime()?;
    let stop = super::stop::asked(&runtime);
    let bar = terminal::Progress::begin();
    let crawler = Crawler::new(how, sources, frontier, writer, Clock::default())?;
    let mut told = Duration::ZERO;
    let report = runtime.block_on(crawler.run(stop, |progress| {
        if bar.is_seen() {
            bar.tell(&line(progress));
        } else if progress.elapsed >= told + LOG_EVERY {
            told = progress.elapsed;
            tracing::info!("{}", line(progress));
        }
    }))?;
    bar.end();
    print_report(&report)?;
    let came = report.new + report.changed + report.unchanged + report.redirected;
    let did_not = report.failed.values().sum::<u64>() + report.gone + report.forbidden;
    // What is left alone for now may come yet.
    if came == 0 && did_not > 0 && !report.stopped && report.paused.is_empty() {
        writeln!(terminal::err(), "nothing was collected: {}", why_not(&report))?;
        return Ok(ExitCode::from(super::TROUBLE));
    }
    // A script that asks for all of a site learns that some of it did not answer; a limit of its own is no loss.
    Ok(if report.paused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(super::LOSSES) })
}

fn chosen(what: &[String], known: &Sources) -> anyhow::Result<Vec<Source>> {
    if what.is_empty() {
        return Ok(known.iter().cloned().collect());
    }
    what.iter()
        .map(|word| {
            if let Some(source) = known.named(word) {
                return Ok(source.clone());
            }
            match word.parse::<CanonicalUrl>() {
                Ok(url) => Ok(known.for_host(url.host()).cloned().unwrap_or_else(|| Source::of_site(&url))),
                Err(_) => bail!("“{word}” is neither a source (see `yearline sources`) nor an http address"),
            }
        })
        .collect()
}

/// Why nothing came, in words.
fn why_not(report: &Report) -> String {
    let failed = report.failed.iter().map(|(reason, count)| (*count, reason.clone()));
    let other = [
        (report.gone, "its server says that it is not there".to_owned()),
        (report.forbidden, "robots.txt forbids it".to_owned()),
    ];
    let all = failed.chain(other).filter(|(count, _)| *count > 0);
    let told: Vec<String> = all.map(|(_, reason)| one_line(&reason).into_owned()).take(HOSTS_TOLD).collect();
    told.join("; ")
}

fn line(progress: &Progress) -> String {
    let report = &progress.report;
    let failed: u64 = report.failed.values().sum();
    let rate = report.fetched as f64 / progress.elapsed.as_secs_f64().max(0.001);
    let hosts = report.hosts.len();
    let at_hosts = if hosts > 1 { format!(" at {hosts} hosts") } else { String::new() };
    // Each page leads to more as long as the crawl is young.
    let left = if progress.elapsed > Duration::from_secs(60) && rate > 0.0 && progress.queue > 0 {
        let minutes = progress.queue as f64 / rate / 60.0;
        format!(
            ", {} for those",
            if minutes < 90.0 {
                format!("about {:.0} min", minutes.max(1.0))
            } else {
                format!("about {:.0} h", minutes / 60.0)
            }
        )
    } else {
        String::new()
    };
    format!(
        "{} fetched{at_hosts} ({rate:.1}/s), {} new, {} changed, {failed} failed, {} waiting{left}",
        report.fetched, report.new, report.changed, progress.queue
    )
}

/// Prints what a run did.
pub(super) fn print_report(report: &Report) -> io::Result<()> {
    let mut out = terminal::out();
    writeln!(
        out,
        "{} pages fetched: {} new, {} changed, {} unchanged, {} redirected, {} gone; {} forbidden by robots.txt",
        report.fetched,
        report.new,
        report.changed,
        report.unchanged,
        report.redirected,
        report.gone,
        report.forbidden
    )?;
    if report.hosts.len() > 1 {
        let mut hosts: Vec<_> = report.hosts.iter().collect();
        hosts.sort_by_key(|(name, host)| (std::cmp::Reverse(host.fetched), *name));
        for (name, host) in hosts.iter().take(HOSTS_TOLD) {
            writeln!(
                out,
                "  {name}: {} fetched, {} new, {} failed, {} forbidden",
                host.fetched, host.new, host.failed, host.forbidden
            )?;
        }
        if hosts.len() > HOSTS_TOLD {
            writeln!(out, "  and {} other hosts", hosts.len() - HOSTS_TOLD)?;
        }
    }
    for (reason, count) in &report.failed {
        writeln!(out, "{count} failed: {reason}")?;
    }
    for paused in report.paused.iter().take(HOSTS_TOLD) {
        writeln!(
            out,
            "{} is left alone until {}: {}; {} of its addresses wait",
            paused.origin,
            clock_time(paused.until),
            paused.reason,
            paused.pages
        )?;
    }
    if report.paused.len() > HOSTS_TOLD {
        writeln!(out, "and {} more are left alone", report.paused.len() - HOSTS_TOLD)?;
    }
    if report.stopped || report.waiting > 0 {
        let left_alone: u64 = report.paused.iter().map(|paused| paused.pages).sum();
        // Where nothing else waits, coming back earlier would be for nothing.
        let when = match report.paused.first() {
            Some(first) if left_alone >= report.waiting => format!(" after {}", clock_time(first.until)),
            _ => String::new(),
        };
        writeln!(out, "{} addresses are waiting; the same command goes on with them{when}", report.waiting)?;
    }
    Ok(())
}

/// A time as clocks here show it.
fn clock_time(at: Timestamp) -> impl std::fmt::Display {
    TimeZone::system().to_datetime(at).strftime("%Y-%m-%d %H:%M")
}
