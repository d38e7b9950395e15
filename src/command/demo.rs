//! `yearline demo`: the main job on a bundled sample, with nothing outside this machine.

use std::io::Write as _;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::Context as _;
use corpus::{Archive, WriterSettings};
use crawler::{Clock, Crawler, Frontier, Report};
use indexer::IndexSettings;
use indexer::store::FigureFilter;
use indexer::{DocumentFilter, Index, Indexer};
use jiff::SignedDuration;
use tokio::sync::watch;

use crate::article;
use crate::demo::site::{self, Site};
use crate::terminal;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Address and port to answer on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Leave when the pages have been served once: for tests
    #[arg(long, hide = true)]
    once: bool,
}

/// Serves the sample, crawls it twice (one page changes in between), indexes, and serves the answers.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let folder =
        tempfile::Builder::new().prefix("yearline-demo-").tempdir().context("no temporary folder")?;
    let archive = Archive::create(folder.path().join("archive"))?;
    let runtime = super::runtime()?;
    let stop = super::stop::asked(&runtime);
    runtime.block_on(async {
        let listener = super::serve::listen(arguments.listen)?;
        let sample = Site::start(std::net::TcpListener::bind(("127.0.0.1", 0))?)?;
        writeln!(
            terminal::out(),
            "A sample newspaper and portal of an invented province are served on {}.",
            sample.address()
        )?;
        let first = crawl(&archive, sample.address(), Clock::default(), stop.clone()).await?;
        writeln!(
            terminal::out(),
            "Crawled: {} pages, {} kept from us by robots.txt.",
            first.fetched,
            first.forbidden
        )?;
        sample.change();
        let later = Clock::ahead_by(SignedDuration::from_hours(24 * 30));
        let second = crawl(&archive, sample.address(), later, stop.clone()).await?;
        writeln!(
            terminal::out(),
            "Crawled again a month later: {} unchanged, {} changed.",
            second.unchanged,
            second.changed
        )?;
        let indexer = Indexer::open(
            &archive.index_folder(),
            IndexSettings { threads: 1, reader: article::VERSION, ..IndexSettings::default() },
        )?;
        let sources = site::sources()?;
        let report = super::index::bring_up_to_date(indexer, &archive, &sources, &AtomicBool::new(false))?;
        writeln!(
            terminal::out(),
            "Indexed: {} documents with {} directives, {} officials and {} figures.",
            report.documents,
            report.directives,
            report.officials,
            report.figures
        )?;
        let index = indexer::open(&archive.index_folder())?;
        let address = listener.local_addr()?;
        writeln!(
            terminal::out(),
            "\nYearline answers on http://{address}/ (Ctrl-C ends it and removes the sample). Worth opening:"
        )?;
        for (path, what) in worth_opening(&index)? {
            writeln!(terminal::out(), "  http://{address}{path}\n      {what}")?;
        }
        if arguments.once {
            return anyhow::Ok(());
        }
        let how = api::Settings {
            coverage: super::coverage::for_service(archive.folder().to_owned()),
            decisions: super::decide::for_service(archive.folder().to_owned()),
            ..api::Settings::default()
        };
        api::serve(listener, index, how, super::stop::wait(stop)).await?;
        anyhow::Ok(())
    })?;
    runtime.shutdown_background();
    Ok(ExitCode::SUCCESS)
}

async fn crawl(
    archive: &Archive,
    sample: SocketAddr,
    clock: Clock,
    stop: watch::Receiver<bool>,
) -> anyhow::Result<Report> {
    let settings = crawler::Settings {
        delay: Duration::ZERO,
        delay_factor: 0,
        patience: Duration::ZERO,
        refresh: true,
        resolve: site::HOSTS.iter().map(|host| ((*host).to_owned(), sample)).collect(),
        ..crawler::Settings::default()
    };
    let writer = archive.writer(WriterSettings::default())?;
    let frontier = Frontier::open(archive.folder())?;
    let sources = site::sources()?.iter().cloned().collect();
    Ok(Crawler::new(settings, sources, frontier, writer, clock)?.run(stop, |_| {}).await?)
}

/// Three pages that show what there is: the directive and the official that are mentioned most, and a series.
fn worth_opening(index: &Index) -> anyhow::Result<Vec<(String, String)>> {
    let most = DocumentFilter::default();
    let mut pages = Vec::new();
    if let Some(directive) = index.directives(&most, None, 1)?.directives.first() {
        pages.push((
            format!("/directives/{}", directive.key),
            "a directive and every sentence that cites it".to_owned(),
        ));
    }
    if let Some(official) = index.officials(&most, None, 1)?.officials.first() {
        pages.push((
            format!("/officials/{}", official.key),
            "an official: positions over the years, each with its proof".to_owned(),
        ));
    }
    if let Some(indicator) = index.indicators(&FigureFilter::default(), None, 1)?.indicators.first() {
        pages.push((
            format!("/series?indicator={}", indicator.row.id),
            "a number over the years, each point with its sentence".to_owned(),
        ));
    }
    Ok(pages)
}
