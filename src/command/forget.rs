//! `yearline forget`: takes pages, or all of a source, out of the archive for good.

use std::collections::{BTreeSet, HashSet};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use anyhow::bail;
use corpus::forgotten::source_id;
use corpus::{
    Archive, CanonicalUrl, Capture, CaptureKind, CaptureWriter, DocumentId, Position, Removal, WriterSettings,
};
use crawler::frontier::coverage::{Answer, Counted};
use crawler::{Frontier, Sources};
use indexer::store::Error as StoreError;
use indexer::{Error, IndexSettings, Indexer};
use jiff::Timestamp;
use memchr::memmem::Finder;

use crate::article;
use crate::settings::Settings;
use crate::terminal::{self, Progress, one_line};

/// Said under the help.
const WHAT_GOES: &str = "What goes: every capture of the address, and of any other address under which the same page came (a print \
    view that names it as its canonical address), their requests, revisits and metadata, redirects that lead there; the document with \
    all its versions, mentions and figures; what was decided of its mentions; what the crawl knows of the address, and its share of the \
    coverage. Capture files, index and frontier are written anew, so that no word of it is left in them.\n\n\
    What stays: other pages that link to it, quote it or carry the same text; they are named, to be forgotten by themselves. A tombstone \
    (digests of the addresses, when, why) keeps crawls, imports and the index from taking it in again, until `--lift`.\n\n\
    Killed anywhere, nothing else is lost, and `yearline forget` without an address finishes. Copies of the archive that were made \
    elsewhere, and what `export` wrote, are not reached.\n\n\
    Exit codes: 0 done; 1 there is nothing of it; 2 trouble";

#[derive(Debug, clap::Args)]
#[command(after_help = WHAT_GOES)]
pub(super) struct Arguments {
    /// Addresses of pages, as documents show them; `file:///…` of files that were imported. None finishes a removal that was
    /// stopped
    #[arg(value_name = "URL")]
    addresses: Vec<String>,
    /// All that was collected of a source, which is then not collected again
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Why: stands in the tombstone
    #[arg(long, value_name = "WORDS")]
    why: Option<String>,
    /// Only tell what would go
    #[arg(long)]
    dry_run: bool,
    /// Take the tombstone away: what is gone stays gone, and may be collected again
    #[arg(long, conflicts_with_all = ["why", "dry_run"])]
    lift: bool,
}

/// Forgets, or tells what would be forgotten.
pub(super) fn run(arguments: &Arguments, folder: &Path, settings: &Settings) -> anyhow::Result<ExitCode> {
    let archive = Archive::open(folder)?;
    let sources = settings.source_records()?;
    let wanted = Wanted {
        addresses: arguments.addresses.iter().map(|address| DocumentId::of_target(address)).collect(),
        source: arguments.source.as_deref(),
    };
    let is_asked = !wanted.addresses.is_empty() || wanted.source.is_some();
    if arguments.dry_run {
        let plan = Plan::make(&archive, &arguments.addresses, &wanted, &sources)?;
        plan.print("would go")?;
        return Ok(plan.exit());
    }
    let mut writer = archive.writer(WriterSettings::default())?;
    if arguments.lift {
        if !is_asked {
            bail!("name an address, or a source with --source, whose tombstone is to be taken away");
        }
        let lifted = writer.lift(&wanted.addresses, wanted.source.map(source_id))?;
        writeln!(terminal::out(), "{lifted} tombstones taken away")?;
        return Ok(if lifted == 0 { ExitCode::from(1) } else { ExitCode::SUCCESS });
    }
    // Whoever writes to the index is told before anything is removed.
    let index = IndexAtHand::take(&archive, settings)?;
    let mut exit = ExitCode::SUCCESS;
    if is_asked {
        let plan = Plan::make(&archive, &arguments.addresses, &wanted, &sources)?;
        plan.print("goes")?;
        exit = plan.exit();
        if !plan.is_empty() {
            writer.begin_removal(Removal {
                at: Timestamp::now(),
                why: arguments.why.clone(),
                source: wanted.source.map(source_id),
                addresses: plan.addresses,
                done: false,
            })?;
        }
    }
    if archive.forgotten()?.unfinished().count() == 0 {
        if !is_asked {
            writeln!(terminal::out(), "no removal was stopped; name an address or a source")?;
        }
        return Ok(ExitCode::from(1));
    }
    finish(&archive, &mut writer, index, &sources, settings)?;
    Ok(exit)
}

/// What somebody wants to be forgotten.
struct Wanted<'a> {
    addresses: BTreeSet<DocumentId>,
    source: Option<&'a str>,
}

/// What goes.
#[derive(Default)]
struct Plan {
    /// Addresses of captures and of the documents in them.
    addresses: BTreeSet<DocumentId>,
    /// A line for each capture.
    captures: Vec<String>,
    /// Captures of other pages that name one of the addresses.
    naming: Vec<String>,
    /// Addresses that were asked for and have no capture.
    unknown: Vec<String>,
    unreadable: u64,
}

impl Plan {
    fn is_empty(&self) -> bool {
        self.captures.is_empty()
    }

    /// How the command ends: whoever mistypes one of many addresses must not believe all of them gone.
    fn exit(&self) -> ExitCode {
        match (self.is_empty(), self.unknown.is_empty()) {
            (true, _) => ExitCode::from(1),
            (false, true) => ExitCode::SUCCESS,
            (false, false) => ExitCode::from(super::LOSSES),
        }
    }

    /// Looks through all captures.
    fn make(
        archive: &Archive,
        addresses: &[String],
        wanted: &Wanted<'_>,
        sources: &Sources,
    ) -> anyhow::Result<Self> {
        let mut plan = Self { addresses: wanted.addresses.clone(), ..Self::default() };
        let mut names: BTreeSet<String> = addresses.iter().map(|address| name(address)).collect();
        if !addresses.is_empty() {
            // Under which addresses the index has what was captured there.
            for capture in archive.captures(&Position::default()).flatten() {
                if wanted.addresses.contains(&DocumentId::of_target(&capture.target))
                    && let Some(address) = address_of(&capture, sources)
                {
                    plan.addresses.insert(DocumentId::of(&address));
                    names.insert(name(&address));
                }
            }
        }
        let names: Vec<Finder<'_>> = names.iter().map(Finder::new).collect();
        let named = plan.addresses.clone();
        let mut going: BTreeSet<DocumentId> = BTreeSet::new();
        let bar = Progress::begin();
        for (count, capture) in (1_u64..).zip(archive.captures(&Position::default())) {
            let capture = match capture {
                Ok(capture) => capture,
                Err(corpus::Error::Record { .. }) => {
                    plan.unreadable += 1;
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            if count % 1_000 == 0 {
                bar.tell(&format!("{count} captures looked at, {} of them go", plan.captures.len()));
            }
            let id = DocumentId::of_target(&capture.target);
            let leads_to = capture.leads_to().map(|there| DocumentId::of_target(&there));
            let document = || address_of(&capture, sources).map(|address| DocumentId::of(&address));
            let is_of_source = wanted.source.is_some_and(|source| is_of(&capture, source, sources));
            let made = if named.contains(&id) || is_of_source {
                let made = document();
                plan.addresses.insert(id);
                plan.addresses.extend(made);
                made
            } else if names.iter().any(|name| name.find(&capture.body).is_some()) {
                let Some(made) = document().filter(|made| named.contains(made)) else {
                    plan.naming.push(capture.target.clone());
                    continue;
                };
                plan.addresses.insert(id);
                Some(made)
            } else if leads_to.is_some_and(|there| named.contains(&there)) {
                document()
            } else {
                continue;
            };
            going.extend([Some(id), made, leads_to].into_iter().flatten());
            plan.captures.push(line(&capture));
        }
        bar.end();
        let is_unknown = |address: &&String| !going.contains(&DocumentId::of_target(address));
        plan.unknown = addresses.iter().filter(is_unknown).cloned().collect();
        Ok(plan)
    }

    fn print(&self, goes: &str) -> io::Result<()> {
        /// Lines of a kind that are shown.
        const SHOWN: usize = 50;
        let mut out = terminal::out();
        for line in self.captures.iter().take(SHOWN) {
            writeln!(out, "{goes}: {}", one_line(line))?;
        }
        if self.captures.len() > SHOWN {
            writeln!(out, "… and {} more captures", self.captures.len() - SHOWN)?;
        }
        let naming: BTreeSet<&String> = self.naming.iter().collect();
        for target in naming.iter().take(SHOWN) {
            writeln!(out, "stays, and names it: {}", one_line(target))?;
        }
        if naming.len() > SHOWN {
            writeln!(out, "… and {} more pages that name it", naming.len() - SHOWN)?;
        }
        if self.unreadable > 0 {
            writeln!(
                out,
                "{} places of the capture files cannot be read; what stands there is not known (`yearline check`)",
                self.unreadable
            )?;
        }
        if self.is_empty() {
            writeln!(out, "there is no capture of it")?;
        } else {
            for address in &self.unknown {
                writeln!(out, "there is no capture of {}", one_line(address))?;
            }
        }
        Ok(())
    }
}

/// What a page that names an address has in it: the last part of its path, however the rest is written; where that is short,
/// all of its path, and the host for want of one.
fn name(address: &str) -> String {
    /// Letters of a part that does not stand in pages by chance.
    const TELLING: usize = 8;
    let bare = address.split(['?', '#']).next().unwrap_or(address).trim_end_matches('/');
    let last = bare.rsplit('/').next().unwrap_or_default();
    if last.len() >= TELLING {
        return last.to_owned();
    }
    let behind = bare.split_once("://").map_or(bare, |(_, rest)| rest);
    behind.find('/').map_or(behind, |at| &behind[at..]).to_owned()
}

/// The address of the document that the index makes of a capture.
fn address_of(capture: &Capture, sources: &Sources) -> Option<String> {
    let article = article::read(capture, sources).ok()?;
    Some(article.url.as_ref().map_or_else(|| capture.target.clone(), ToString::to_string))
}

/// Whether a capture belongs to a source: as it was collected, or as what it holds says.
fn is_of(capture: &Capture, source: &str, sources: &Sources) -> bool {
    let is_it = |name: &str| source_id(name) == source_id(source);
    let is_record = capture.media_type.as_deref() == Some("application/json");
    match &capture.source {
        Some(name) if is_it(name) => true,
        Some(_) if !is_record => false,
        _ => article::read(capture, sources).is_ok_and(|article| match &article.source {
            Some(name) => is_it(name),
            None => article.url.as_ref().map(CanonicalUrl::host).is_some_and(is_it),
        }),
    }
}

fn line(capture: &Capture) -> String {
    let kind = match &capture.kind {
        CaptureKind::Response { status, .. } => format!("answer {status}"),
        CaptureKind::Resource => "file".to_owned(),
        CaptureKind::Revisit { .. } => "revisit".to_owned(),
    };
    format!("{}, {kind} of {}", capture.target, capture.at)
}

/// The index, as it can be written to.
enum IndexAtHand {
    /// There is none.
    None,
    /// It is written to as it is.
    Sound(Box<Indexer>),
    /// Other rules or another reader made it: it is made again.
    Other,
}

impl IndexAtHand {
    fn take(archive: &Archive, settings: &Settings) -> anyhow::Result<Self> {
        let place = super::place(archive, settings)?;
        if matches!(place.open(), Err(StoreError::NoIndex(_))) {
            return Ok(Self::None);
        }
        match place.write(IndexSettings { reader: article::VERSION, ..IndexSettings::default() }) {
            Ok(indexer) => Ok(Self::Sound(Box::new(indexer))),
            Err(Error::OtherReader | Error::Store(StoreError::OtherVersion { .. })) => Ok(Self::Other),
            Err(error) => Err(error.into()),
        }
    }
}

/// Takes everything out that has a tombstone and is not gone yet.
fn finish(
    archive: &Archive,
    writer: &mut CaptureWriter,
    index: IndexAtHand,
    sources: &Sources,
    settings: &Settings,
) -> anyhow::Result<()> {
    let forgotten = archive.forgotten()?;
    let addresses: BTreeSet<DocumentId> =
        forgotten.unfinished().flat_map(|removal| &removal.addresses).copied().collect();
    let of_sources: HashSet<DocumentId> =
        forgotten.unfinished().filter_map(|removal| removal.source).collect();
    let set: HashSet<DocumentId> = addresses.iter().copied().collect();
    let mut known = 0;
    if archive.frontier_file().exists() {
        let counted: Vec<Counted> = archive
            .captures(&Position::default())
            .flatten()
            .filter(|capture| set.contains(&DocumentId::of_target(&capture.target)))
            .filter_map(|capture| counted(&capture))
            .collect();
        known = Frontier::open(archive.folder())?.forget(&set, &of_sources, &counted)?;
    }
    let removed = writer.take_out(&set)?;
    let mut documents = 0;
    let mut again = false;
    archive.decisions().forget(&set, |before, after| -> anyhow::Result<()> {
        match index {
            IndexAtHand::None => {}
            IndexAtHand::Sound(indexer) => documents = indexer.forget(&addresses, before, after)?,
            IndexAtHand::Other => again = true,
        }
        Ok(())
    })?;
    if again {
        writeln!(
            terminal::err(),
            "the index was made by other rules or another reader: it is made again without it"
        )?;
        let how = IndexSettings { reader: article::VERSION, ..IndexSettings::default() };
        let indexer = super::place(archive, settings)?.renew(how)?;
        super::index::bring_up_to_date(indexer, archive, sources, &AtomicBool::new(false))?;
    }
    if removed.indexes {
        archive.index_files()?;
    }
    writer.end_removals()?;
    writeln!(
        terminal::out(),
        "{} records taken out of {} capture files, {documents} documents out of the index, {known} addresses out of the frontier",
        removed.records,
        removed.files
    )?;
    Ok(())
}

/// As what a capture was counted when it was crawled.
fn counted(capture: &Capture) -> Option<Counted> {
    let answer = match capture.kind {
        CaptureKind::Response { status: 200..=299, .. } => Answer::Page,
        CaptureKind::Response { status: 400.., .. } => Answer::Error,
        CaptureKind::Response { .. } => Answer::Other,
        CaptureKind::Revisit { .. } => Answer::Unchanged,
        // Files are imported, not crawled.
        CaptureKind::Resource => return None,
    };
    let address = DocumentId::of_target(&capture.target);
    Some(Counted { address, source: capture.source.clone()?, at: capture.at, answer })
}
