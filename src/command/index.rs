//! `yearline index`.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use corpus::Archive;
use indexer::{Error, Extractor, Index, Indexer, store};
use indexer::{IndexReport, IndexSettings};

use crate::article;
use crate::settings::Settings;
use crate::terminal::{self, Progress, one_line};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Make the index again from the captures
    #[arg(long)]
    rebuild: bool,
    /// Memory for documents that are not yet written, in MiB
    #[arg(long, env = "YEARLINE_INDEX_MEMORY_MIB", value_name = "MIB")]
    memory_mib: Option<usize>,
    /// Documents after which what has been indexed is kept for good
    #[arg(long, value_name = "DOCUMENTS")]
    commit_every: Option<usize>,
}

/// Indexes and reports.
pub(super) fn run(arguments: &Arguments, folder: &Path, settings: &Settings) -> anyhow::Result<ExitCode> {
    let archive = Archive::open(folder)?;
    let mut how = IndexSettings { reader: article::VERSION, ..IndexSettings::default() };
    if let Some(mib) = arguments.memory_mib.or(settings.index_memory_mib) {
        how.memory_bytes = mib << 20;
    }
    if let Some(documents) = arguments.commit_every {
        how.commit_documents = documents.max(1);
    }
    let place = super::place(&archive, settings)?;
    // Captures may be gone that the index in use was made of: what it has of them is lost with it.
    let lacks = |index: &Index| !archive.reaches(&index.captures());
    let in_use = arguments.rebuild.then(|| place.open().ok()).flatten().filter(lacks);
    let before = in_use.and_then(|index| index.stats().ok()).map(|stats| stats.documents);
    let begun = if arguments.rebuild { place.rebuild(how) } else { place.write(how) };
    let indexer = match begun {
        // What can be read can be replaced while it is.
        Err(Error::Store(store::Error::OtherVersion { .. })) if place.open().is_ok() => {
            writeln!(
                terminal::err(),
                "the rules have changed since: they read all articles again, beside the index in use"
            )?;
            place.renew(how)?
        }
        Err(Error::OtherReader) => {
            writeln!(
                terminal::err(),
                "the reader of captures has changed since: it reads all of them again, beside the index in use"
            )?;
            place.renew(how)?
        }
        begun => begun?,
    };
    if archive.forgotten()?.unfinished().count() > 0 {
        writeln!(
            terminal::err(),
            "a removal was stopped before nothing was left: `yearline forget` finishes it"
        )?;
    }
    let runtime = super::runtime()?;
    let stop = super::stop::flag(&runtime);
    let report = bring_up_to_date(indexer, &archive, &settings.source_records()?, &stop)?;
    print_report(&report)?;
    // A commit looks at all files before it is made; where nothing was new there was none.
    // An engine looks after its own files; `check` compares what it has.
    if place.is_folder() && !report.stopped && report.captures + report.kept == 0 {
        let problems = place.problems()?;
        for problem in &problems {
            writeln!(terminal::err(), "{}", one_line(problem))?;
        }
        if !problems.is_empty() {
            return Ok(ExitCode::from(super::TROUBLE));
        }
    }
    let mut losses = report.lost + report.mentions_beyond > 0 || !report.bad_decisions.is_empty();
    if let Some(before) = before
        && let gone = before.saturating_sub(place.open()?.stats()?.documents)
        && gone > 0
        && !report.stopped
    {
        losses = true;
        writeln!(
            terminal::err(),
            "{gone} documents of the index before are in no capture by now: put the capture files back from a copy, or import again what they held; then `yearline index --rebuild`"
        )?;
    }
    Ok(if losses { ExitCode::from(super::LOSSES) } else { ExitCode::SUCCESS })
}

/// Runs the indexer with the readers of all kinds of captures.
pub(super) fn bring_up_to_date(
    indexer: Indexer,
    archive: &Archive,
    sources: &crawler::Sources,
    stop: &AtomicBool,
) -> anyhow::Result<IndexReport> {
    let bar = Progress::begin();
    let mut ticks = 0_u64;
    let report = indexer.run(
        archive,
        &|capture| article::read(capture, sources),
        &Extractor,
        &mut |report| {
            ticks += 1;
            if ticks.is_multiple_of(50) {
                let seconds = report.elapsed.as_secs_f64().max(0.001);
                bar.tell(&format!(
                    "{} captures, {} documents, {:.1} MB of text, {:.0} a second",
                    report.captures + report.kept,
                    report.documents,
                    report.bytes as f64 / 1e6,
                    (report.captures + report.kept) as f64 / seconds
                ));
            }
        },
        stop,
    )?;
    bar.end();
    Ok(report)
}

fn print_report(report: &IndexReport) -> std::io::Result<()> {
    let mut err = terminal::err();
    for loss in &report.lost_listed {
        writeln!(err, "left out {}: {}", one_line(&loss.capture), loss.reason)?;
    }
    let more = report.lost - report.lost_listed.len() as u64;
    if more > 0 {
        writeln!(err, "… and {more} more")?;
    }
    for bad in &report.bad_decisions {
        writeln!(err, "decisions.jsonl, line {}: passed over, {}", bad.line, one_line(&bad.reason))?;
    }
    if report.decisions_changed {
        writeln!(
            err,
            "decisions.jsonl was changed otherwise than by adding lines: what was taken out of it may act until `yearline index --rebuild`"
        )?;
    }
    let mut out = terminal::out();
    if report.kept > 0 {
        writeln!(out, "{} kept articles read again", report.kept)?;
    }
    writeln!(
        out,
        "{} captures read: {} new documents, {} new versions, {} unchanged",
        report.captures, report.documents, report.new_versions, report.unchanged
    )?;
    writeln!(
        out,
        "{} directives, {} officials, {} figures in {:.1} MB of text, {:.1} s",
        report.directives,
        report.officials,
        report.figures,
        report.bytes as f64 / 1e6,
        report.elapsed.as_secs_f64()
    )?;
    if report.mentions_beyond > 0 {
        writeln!(
            err,
            "{} mentions left out: of a document at most {} of a kind are kept",
            report.mentions_beyond,
            IndexSettings::default().mentions
        )?;
    }
    if report.decisions > 0 {
        writeln!(
            out,
            "{} decisions hold; {} documents were decided again",
            report.decisions, report.rewritten
        )?;
    }
    for (reason, count) in report.not_articles.iter().chain(&report.unreadable) {
        writeln!(out, "{count} without an article: {reason}")?;
    }
    if report.stopped {
        writeln!(out, "stopped; `yearline index` goes on from here")?;
    }
    Ok(())
}
