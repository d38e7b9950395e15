//! `yearline crawl`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use corpus::{Archive, CanonicalUrl, WriterSettings};
use crawler::{Cidr, Clock, Crawler, Frontier, Progress, Report, Source, Sources};

use crate::settings::Settings;

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
    /// Ask for every known page again
    #[arg(long)]
    refresh: bool,
    /// A block of addresses that may be fetched although it is not public (10.1.0.0/16); may be repeated
    #[arg(long, value_name = "CIDR")]
    allow_net: Vec<Cidr>,
}

/// Crawls until nothing is due.
pub(super) fn run(arguments: &Arguments, folder: &Path, settings: &Settings) -> anyhow::Result<ExitCode> {
    let sources = chosen(&arguments.what, &settings.source_records()?)?;
    let writer = Archive::create(folder)?.writer(WriterSettings::default())?;
    let frontier = Frontier::open(folder)?;
    let how = crawler::Settings {
        contact: arguments.contact.clone().or_else(|| settings.contact.clone()),
        limit: arguments.limit,
        refresh: arguments.refresh,
        allow_net: arguments.allow_net.clone(),
        ..crawler::Settings::default()
    };
    let runtime = super::runtime()?;
    let stop = super::stop::asked(&runtime);
    let bar = super::progress_line();
    let crawler = Crawler::new(how, sources, frontier, writer, Clock::default())?;
    let report = runtime.block_on(crawler.run(stop, |progress| bar.set_message(line(progress))))?;
    bar.finish_and_clear();
    print_report(&report);
    Ok(ExitCode::SUCCESS)
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

fn line(progress: &Progress) -> String {
    let report = &progress.report;
    let failed: u64 = report.failed.values().sum();
    let rate = report.fetched as f64 / progress.elapsed.as_secs_f64().max(0.001);
    format!(
        "{} fetched ({rate:.1}/s), {} new, {} changed, {failed} failed, {} waiting",
        report.fetched, report.new, report.changed, progress.queue
    )
}

/// Prints what a run did.
pub(super) fn print_report(report: &Report) {
    println!(
        "{} pages fetched: {} new, {} changed, {} unchanged, {} redirected; {} forbidden by robots.txt",
        report.fetched, report.new, report.changed, report.unchanged, report.redirected, report.forbidden
    );
    for (reason, count) in &report.failed {
        println!("{count} failed: {reason}");
    }
    if report.stopped || report.waiting > 0 {
        println!("{} addresses are waiting; the same command goes on with them", report.waiting);
    }
}
