//! `yearline coverage`.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use crawler::frontier::coverage::{self, Coverage};

use crate::terminal::{self, one_line};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Names of sources; none means all
    #[arg(value_name = "SOURCE")]
    sources: Vec<String>,
    /// Print each day as a line of JSON
    #[arg(long)]
    json: bool,
}

/// Tells what was crawled of each source on each day, oldest first, then how far each source reaches.
pub(super) fn run(arguments: &Arguments, archive: &Path) -> anyhow::Result<ExitCode> {
    let folder = corpus::Archive::open(archive)?.folder().to_owned();
    let mut days = coverage::read(&folder)?;
    for name in &arguments.sources {
        if !days.iter().any(|day| day.source == *name) {
            bail!("nothing was crawled of “{name}” (`yearline coverage` lists all)");
        }
    }
    days.retain(|day| arguments.sources.is_empty() || arguments.sources.contains(&day.source));
    let mut out = if arguments.json { terminal::json() } else { terminal::out() };
    if arguments.json {
        for day in &days {
            writeln!(out, "{}", serde_json::to_string(day)?)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if days.is_empty() {
        writeln!(out, "nothing was crawled yet")?;
    }
    table(&mut out, &days)?;
    for reach in coverage::reach(&days) {
        write!(out, "{}: covered from {} to {}", one_line(&reach.source), reach.first, reach.last)?;
        match reach.longest_gap {
            Some((first, last)) => writeln!(
                out,
                ", {} days without an answered page, the longest gap {first} to {last}",
                reach.missed
            )?,
            None => writeln!(out, ", without a gap")?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn table(out: &mut impl std::io::Write, days: &[Coverage]) -> std::io::Result<()> {
    if !days.is_empty() {
        writeln!(
            out,
            "{:<10}  {:>8} {:>8} {:>8} {:>9} {:>6} {:>8} {:>9}  source",
            "day", "fetched", "new", "changed", "unchanged", "gone", "failed", "forbidden"
        )?;
    }
    for day in days {
        writeln!(
            out,
            "{:<10}  {:>8} {:>8} {:>8} {:>9} {:>6} {:>8} {:>9}  {}",
            day.day.to_string(),
            day.fetched,
            day.new,
            day.changed,
            day.unchanged,
            day.gone,
            day.failed,
            day.forbidden,
            one_line(&day.source)
        )?;
    }
    Ok(())
}

/// The coverage of an archive as the service answers it.
pub(super) fn for_service(folder: PathBuf) -> api::Coverage {
    api::Coverage::new(move || {
        let days = coverage::read(&folder).map_err(|error| error.to_string())?;
        let since: HashMap<String, _> =
            coverage::reach(&days).into_iter().map(|reach| (reach.source, reach.first)).collect();
        let day = |day: Coverage| api::coverage::Day {
            since: since.get(&day.source).copied(),
            source: day.source,
            day: day.day,
            fetched: day.fetched,
            new: day.new,
            changed: day.changed,
            unchanged: day.unchanged,
            gone: day.gone,
            failed: day.failed,
            forbidden: day.forbidden,
        };
        Ok(days.into_iter().map(day).collect())
    })
}
