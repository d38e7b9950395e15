//! The subcommands.

mod calibrate;
mod cdxj;
mod check;
mod coverage;
mod crawl;
mod decide;
mod demo;
mod export;
mod extract;
mod forget;
mod import;
mod index;
mod robots;
mod rules;
mod search;
mod serve;
mod sources;
mod stop;
mod why;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand};

use crate::article;
use crate::settings::Settings;

/// Exit code where something went wrong; 1 is for a search that found nothing.
pub(crate) const TROUBLE: u8 = 2;
/// Exit code where it was done, but something was left out that belongs in: each is told on a line of its own.
pub(crate) const LOSSES: u8 = 3;

/// Said under the help of each command that ends in them.
const EXIT_CODES: &str = "Exit codes: 0 done; 1 nothing found; 2 trouble, nothing or not all was done; 3 done, but files, \
    captures or sites that do not answer were left out, each told on a line";

/// Said under the help of `cdxj`.
const REPLAY: &str = "An index is made again where its capture file was written to since, so run this after a crawl, an import or a \
    removal. For pywb: `index_paths` and `archive_paths` of a collection are both the folder `captures` of the archive.";

/// Search and text analytics over news and report archives: directives, officials and figures joined over the years.
#[derive(Debug, Parser)]
#[command(name = "yearline", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// Folder of the archive [default: ./archive]
    #[arg(long, global = true, env = "YEARLINE_ARCHIVE", value_name = "DIR")]
    archive: Option<PathBuf>,
    /// File of settings [default: ./yearline.toml, where there is one]
    #[arg(long, global = true, env = "YEARLINE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve a bundled sample newspaper and portal, crawl them, index, and answer: no network, no set-up
    Demo(demo::Arguments),
    /// Collect pages of sources or addresses into the archive; exit code 3 where sites do not answer and are left alone
    #[command(after_help = EXIT_CODES)]
    Crawl(crawl::Arguments),
    /// Tell what was crawled of each source on each day, since when, with which gaps
    Coverage(coverage::Arguments),
    /// Keep files and folders (texts, pages, documents, tables of records, warc) in the archive; exit code 3 where some were
    /// left out
    #[command(after_help = EXIT_CODES)]
    Import(import::Arguments),
    /// Bring the index up to date with the archive; exit code 3 where captures were left out
    #[command(after_help = EXIT_CODES)]
    Index(index::Arguments),
    /// Answer over HTTP: the API and the pages
    Serve(serve::Arguments),
    /// Search on the terminal; exit code 0 found, 1 nothing, 2 trouble
    Search(search::Arguments),
    /// Print the article and the mentions of files as JSON Lines, without an archive
    Extract(extract::Arguments),
    /// Count on judged texts how often observations are right, by what told their parts
    Calibrate(calibrate::Arguments),
    /// List the tables of rules that mentions are found by, or the rows that hold a word; exit code 1 where none does
    Rules(rules::Arguments),
    /// Tell what brought the mentions of a directive or an official together, and what keeps others apart; exit code 1
    /// where there is none
    Why(why::Arguments),
    /// Decide what the rules cannot know: two are the same, two are different, words are no mention, a name; exit code 1
    /// where there is no such directive, official or mention
    Decide(decide::Arguments),
    /// Answer JSON Lines {robots, agent, url} with what the crawler would decide
    Robots,
    /// List the source records, or explain what one does with a page
    Sources(sources::Arguments),
    /// Write captures of a source and a time to one WARC file, for other tools; exit code 1 where there is none
    #[command(after_help = EXIT_CODES)]
    Export(export::Arguments),
    /// Bring an index beside each capture file up to date (CDXJ), by which pywb and other replay tools serve the archive
    #[command(after_help = REPLAY)]
    Cdxj,
    /// Take pages, or all of a source, out of the archive for good, and keep them out; exit code 1 where there is nothing
    Forget(forget::Arguments),
    /// Verify the captures and the index of the archive
    Check,
}

/// Runs a subcommand.
pub(crate) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let settings = Settings::load(arguments.config.as_deref())?;
    let archive =
        arguments.archive.or_else(|| settings.archive.clone()).unwrap_or_else(|| PathBuf::from("archive"));
    match arguments.command {
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Crawl(arguments) => crawl::run(&arguments, &archive, &settings),
        Command::Coverage(arguments) => coverage::run(&arguments, &archive),
        Command::Import(arguments) => import::run(&arguments, &archive),
        Command::Index(arguments) => index::run(&arguments, &archive, &settings),
        Command::Serve(arguments) => serve::run(&arguments, &archive, &settings),
        Command::Search(arguments) => search::run(&arguments, &archive, &settings),
        Command::Extract(arguments) => extract::run(&arguments, &settings),
        Command::Calibrate(arguments) => calibrate::run(&arguments, &settings),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Why(arguments) => why::run(&arguments, &archive, &settings),
        Command::Decide(arguments) => decide::run(&arguments, &archive, &settings),
        Command::Robots => robots::run(),
        Command::Sources(arguments) => sources::run(&arguments, &settings),
        Command::Export(arguments) => export::run(&arguments, &archive),
        Command::Cdxj => cdxj::run(&archive),
        Command::Forget(arguments) => forget::run(&arguments, &archive, &settings),
        Command::Check => check::run(&archive, &settings),
    }
}

/// Where the index of an archive stands.
fn place(archive: &corpus::Archive, settings: &Settings) -> anyhow::Result<indexer::Place> {
    let engine = settings.index.settings(&|name| std::env::var(name).ok())?;
    Ok(indexer::Place::new(&archive.index_folder(), engine))
}

/// What to do about an index of other rules or of another reader.
const OUTDATED: &str = "the index was made by other rules or by another reader of captures than this program's: `yearline index` makes it again, beside it";

/// The index of an archive, for reading.
fn open_index(archive: &Path, settings: &Settings) -> anyhow::Result<indexer::Index> {
    let archive = corpus::Archive::open(archive)?;
    let index = place(&archive, settings)?.open().context("the index cannot be opened")?;
    let index = index.with_reader(article::VERSION);
    if index.is_outdated() {
        tracing::warn!("{OUTDATED}");
    }
    Ok(index)
}

/// The captures that an index made up to a place has not read yet; none where they do not reach that far.
fn waiting(
    archive: &corpus::Archive,
    reached: &corpus::Position,
) -> impl Iterator<Item = Result<corpus::Capture, corpus::Error>> {
    archive.reaches(reached).then(|| archive.captures(reached)).into_iter().flatten()
}

/// A runtime for what waits on sockets.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    /// Tasks that a thread goes on with before it looks at the sockets again. A search is answered within one of them: with
    /// the usual 61, nobody's connection was taken for seconds while many searched.
    const LOOK_AFTER: u32 = 4;
    // As many threads may be at work on searches as there are cores; one more looks after the sockets meanwhile.
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get) + 1;
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .event_interval(LOOK_AFTER)
        .enable_all()
        .build()
        .context("no threads can be started")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }
}
