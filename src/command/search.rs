//! `yearline search`.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use corpus::Archive;
use indexer::Index;
use indexer::search::{Counted, Facet, SearchRequest, Sort};
use indexer::value::Value;
use jiff::civil::Date;

use crate::settings::Settings;
use crate::terminal::{self, one_line};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What to search for, as on the page
    query: Vec<String>,
    /// Published on this day or later (2021-05-31)
    #[arg(long)]
    from: Option<Date>,
    /// Published on this day or earlier
    #[arg(long)]
    to: Option<Date>,
    /// Province by its Vietnamese name; may be repeated
    #[arg(long)]
    province: Vec<String>,
    /// Name of a source; may be repeated
    #[arg(long)]
    source: Vec<String>,
    /// Latest first instead of best first
    #[arg(long)]
    newest: bool,
    /// How many to show
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// JSON Lines for tools
    #[arg(long)]
    json: bool,
    /// Answer without reading every file of the index first to see that it is as it was written
    #[arg(long)]
    unverified: bool,
}

/// Searches and prints.
pub(super) fn run(arguments: &Arguments, archive: &Path, settings: &Settings) -> anyhow::Result<ExitCode> {
    let index = super::open_index(archive, settings)?;
    // What is damaged may answer, and wrongly.
    if !arguments.unverified {
        index.verify()?;
    }
    let mut request = SearchRequest {
        query: arguments.query.join(" "),
        limit: arguments.limit,
        highlight: true,
        sort: if arguments.newest { Sort::Newest } else { Sort::Relevance },
        ..SearchRequest::default()
    };
    request.filters.from = arguments.from;
    request.filters.to = arguments.to;
    request.filters.include = named(&index, Facet::Province, &arguments.province)?;
    request.filters.include.extend(named(&index, Facet::Source, &arguments.source)?);
    let answer = index.search(&request)?;
    let mut out = if arguments.json { terminal::json() } else { terminal::out() };
    for hit in &answer.hits {
        if arguments.json {
            let snippet = hit.snippet.as_ref().map(|snippet| &snippet.text);
            let line = serde_json::json!({"document": hit.document, "score": hit.score, "lacks": hit.lacks, "snippet": snippet});
            writeln!(out, "{line}")?;
            continue;
        }
        let document = &hit.document;
        let date =
            document.published.map_or_else(|| "undated".to_owned(), |published| published.date.to_string());
        let source = document.source.as_deref().unwrap_or("-");
        let (title, address) = (one_line(&document.title), one_line(&document.address));
        writeln!(out, "{title}\n  {date}  {}  {address}", one_line(source))?;
        if !hit.lacks.is_empty() {
            writeln!(out, "  without: {}", one_line(&hit.lacks.join(", ")))?;
        }
        if let Some(snippet) = &hit.snippet {
            writeln!(out, "  {}", snippet.text.replace('\n', " "))?;
        }
    }
    if !arguments.json {
        for word in &answer.respelt {
            let (typed, used) = (one_line(&word.typed), one_line(&word.used));
            writeln!(out, "no document has “{typed}”: “{used}” was looked for")?;
        }
        for phrase in &answer.unquoted {
            writeln!(out, "no document has “{}” word for word: its words were looked for", one_line(phrase))?;
        }
        let weaker = answer.hits.iter().any(|hit| !hit.lacks.is_empty());
        match answer.counted {
            Counted::MostWords if weaker => {
                writeln!(out, "{} found with most of the words", answer.count)?;
            }
            Counted::AllWords if weaker => {
                writeln!(out, "{} found with all words; others have some of them", answer.count)?;
            }
            _ => writeln!(out, "{} found", answer.count)?,
        }
    }
    if answer.count == 0 {
        tell_waiting(&index, archive)?;
    }
    Ok(if answer.count > 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Values as documents have them, however they were written; what no document has is refused, with the nearest.
fn named(index: &Index, facet: Facet, values: &[String]) -> anyhow::Result<Vec<(Facet, String)>> {
    let mut named = Vec::with_capacity(values.len());
    for value in values {
        match index.value(facet, value)? {
            Value::Known(known) => named.extend(known.into_iter().map(|value| (facet, value))),
            Value::Unknown { nearest } => {
                let hint =
                    nearest.map_or_else(String::new, |near| format!(": did you mean “{}”?", one_line(&near)));
                bail!("no document has the {facet} “{}”{hint}", one_line(value));
            }
        }
    }
    Ok(named)
}

/// Where nothing was found, says whether the index has read all that was kept.
fn tell_waiting(index: &Index, folder: &Path) -> anyhow::Result<()> {
    let waits = |archive: &Archive| super::waiting(archive, &index.captures()).next().is_some();
    if Archive::open(folder).is_ok_and(|archive| waits(&archive)) {
        writeln!(terminal::err(), "some captures wait for `yearline index`")?;
    }
    Ok(())
}
