//! From captures to the index: reads what is new, finds its mentions, writes both in one commit with the place reached.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use corpus::decision::BadLine;
use corpus::{Archive, Article, Capture, CaptureKind, Decisions, DocumentId, Forgotten, Position};
use extract::{Mentions, Reading};
use jiff::Timestamp;
use store::document::Stated;
use store::embedded::WriterSettings;
use store::{Assignment, StoredDocument, Watermark, Writer};
use text::Signature;

use crate::Place;
use crate::assign::{self, Gone};
use crate::book::Book;
use crate::error::Error;
use crate::kept::{Kept, KeptDocuments};
use crate::pipeline::{Bounds, in_order};

/// How the index is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexSettings {
    /// Memory for documents that are not yet written, in bytes. When those whose mentions are not yet decided fill a third of it,
    /// a commit is made; a quarter is the engine's, which writes what fills that as a segment and needs nearly as much again
    /// to do so. The rest is for what is known of documents of before. Small segments must be merged again.
    pub memory_bytes: usize,
    /// Threads that read and extract; 0 for one a core.
    pub threads: usize,
    /// Documents after which a commit is made.
    pub commit_documents: usize,
    /// Longest text of a document that is indexed, in bytes; what is longer is reported and left out.
    pub longest_text: usize,
    /// Mentions of one kind that are kept of one document (a table can hold thousands of figures).
    pub mentions: usize,
    /// Captures that are read but not yet indexed, at most.
    pub captures_ahead: usize,
    /// Their bytes, at most.
    pub bytes_ahead: usize,
    /// Version of the reader that makes articles of captures; what another one read is read again.
    pub reader: u32,
    /// This many losses are told one by one; beyond that they are only counted.
    pub lost_listed: usize,
}

impl Default for IndexSettings {
    fn default() -> Self {
        Self {
            memory_bytes: 384 << 20,
            threads: 0,
            commit_documents: 20_000,
            longest_text: 16 << 20,
            mentions: 5_000,
            captures_ahead: 128,
            bytes_ahead: 128 << 20,
            reader: 0,
            lost_listed: 1_000,
        }
    }
}

/// So many documents are read at once: an engine that is another machine is not asked for each.
pub(crate) const AT_ONCE: usize = 200;

/// Memory that a mention takes beside the text, about, in bytes.
const MENTION: usize = 1_200;

/// Least that documents whose mentions are not yet decided may take: small commits cost more than they free.
const LEAST_PENDING: usize = 16 << 20;

/// Memory that a document takes, about, in bytes.
fn weight(stored: &StoredDocument) -> usize {
    let mentions = &stored.mentions;
    let count = mentions.directives.len() + mentions.officials.len() + mentions.figures.len();
    stored.article.text.len() + count * MENTION
}

impl IndexSettings {
    /// What documents whose mentions are not yet decided may take, in bytes.
    fn pending_bytes(self) -> usize {
        (self.memory_bytes / 3).max(LEAST_PENDING)
    }

    pub(crate) fn writer(self) -> WriterSettings {
        WriterSettings { memory_bytes: self.memory_bytes / 4, threads: thread_count(self.threads) }
    }
}

/// How far a run has come, and what it did when it is over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndexReport {
    /// Captures read.
    pub captures: u64,
    /// Articles that were there and that other rules read again, all versions.
    pub kept: u64,
    /// Documents seen for the first time.
    pub documents: u64,
    /// Documents whose text had changed.
    pub new_versions: u64,
    /// Captures of known documents that say the same, revisits included.
    pub unchanged: u64,
    /// Captures without an article, by reason.
    pub not_articles: BTreeMap<String, u64>,
    /// Records of the archive that could not be read, by reason.
    pub unreadable: BTreeMap<String, u64>,
    /// Captures that the index lacks although there may be an article in them: unreadable ones, [`NoArticle::Lost`],
    /// and what the engine of the index does not take.
    pub lost: u64,
    /// The first of them, as many as [`IndexSettings::lost_listed`].
    pub lost_listed: Vec<Loss>,
    /// Directives found.
    pub directives: u64,
    /// Officials found.
    pub officials: u64,
    /// Figures found.
    pub figures: u64,
    /// Mentions that were left out, since their documents have more of a kind than [`IndexSettings::mentions`].
    pub mentions_beyond: u64,
    /// Documents written again because what their mentions stand for was decided otherwise.
    pub rewritten: u64,
    /// What people decided and holds.
    pub decisions: u64,
    /// Lines of `decisions.jsonl` that cannot be read.
    pub bad_decisions: Vec<BadLine>,
    /// `decisions.jsonl` was changed otherwise than by adding lines since the index was made: what was taken out may still be
    /// in force in it.
    pub decisions_changed: bool,
    /// Bytes of text.
    pub bytes: u64,
    /// Time it took so far.
    pub elapsed: Duration,
    /// It was asked to stop; the next run goes on.
    pub stopped: bool,
}

/// A capture that the index lacks although there may be an article in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Its address, or its file and the byte where it begins.
    pub capture: String,
    /// Why, in words.
    pub reason: String,
}

/// Why a capture has no article, in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoArticle {
    /// There is none in it: a list of links, an error's answer.
    #[error("{0}")]
    Absent(String),
    /// There may be one, and it cannot be read.
    #[error("{0}")]
    Lost(String),
}

/// Reads the article of a capture, or says why it has none.
pub type ReadArticle<'a> = dyn Fn(&Capture) -> Result<Article, NoArticle> + Sync + 'a;

/// Writes the index of an archive; one process at a time.
pub struct Indexer {
    writer: Box<dyn Writer>,
    watermark: Watermark,
    /// Begins with the articles that the index before keeps.
    from_kept: bool,
    /// What became of captures and articles, until what the index has of them is looked up for all at once.
    waiting: Vec<(String, Outcome)>,
    waiting_bytes: usize,
    /// Documents that are read and written with the next commit, once it is decided what they mention.
    pending: HashMap<DocumentId, Pending>,
    /// What the next commit decides again besides.
    gone: Gone,
    /// What people decided.
    book: Book,
    /// What is not indexed again.
    forgotten: Forgotten,
    pending_bytes: usize,
    /// Something was written since the last commit.
    written: bool,
    settings: IndexSettings,
    report: IndexReport,
}

/// A document that waits for the next commit.
struct Pending {
    stored: StoredDocument,
    signature: Option<Signature>,
}

/// Where an article comes from.
enum Item {
    Capture(Box<Result<Capture, corpus::Error>>),
    Kept(Result<Kept, store::Error>),
}

impl Item {
    fn bytes(&self) -> usize {
        match self {
            Self::Capture(capture) => capture.as_ref().as_ref().map_or(0, |capture| capture.body.len()),
            Self::Kept(Ok(Kept::Version(stored))) => stored.article.text.len(),
            Self::Kept(_) => 0,
        }
    }
}

/// What became of it.
enum Prepared {
    Capture {
        next: Position,
        target: String,
        outcome: Outcome,
    },
    Kept(String, Outcome),
    /// A record of the archive, by its place, and why it cannot be read.
    Unreadable(String, String),
}

enum Outcome {
    /// An article, the signature of its text, and how many of its mentions were more than are kept.
    Document(Box<StoredDocument>, Option<Box<Signature>>, u64),
    Unchanged(DocumentId, Timestamp),
    NoArticle(NoArticle),
}

impl Indexer {
    /// Opens the index in `folder` for writing; makes it where there is none. Another place is opened by [`Place::write`].
    ///
    /// [`Place::write`]: crate::Place::write
    pub fn open(folder: &Path, settings: IndexSettings) -> Result<Self, Error> {
        Place::new(folder, None).write(settings)
    }

    /// Begins the index in `folder` again from nothing. Another place is begun again by [`Place::rebuild`].
    ///
    /// [`Place::rebuild`]: crate::Place::rebuild
    pub fn rebuild(folder: &Path, settings: IndexSettings) -> Result<Self, Error> {
        Place::new(folder, None).rebuild(settings)
    }

    /// Writes by any engine.
    pub fn over(writer: Box<dyn Writer>, settings: IndexSettings) -> Result<Self, Error> {
        let mut watermark = writer.store().watermark();
        if watermark.captures == Position::default() {
            watermark.reader = settings.reader;
        } else if watermark.reader != settings.reader {
            return Err(Error::OtherReader);
        }
        let gone = writer.unfinished()?;
        Ok(Self {
            watermark,
            from_kept: false,
            waiting: Vec::new(),
            waiting_bytes: 0,
            written: !gone.is_empty(),
            gone: Gone { groups: gone, ..Gone::default() },
            book: Book::default(),
            forgotten: Forgotten::default(),
            writer,
            pending: HashMap::new(),
            pending_bytes: 0,
            settings,
            report: IndexReport::default(),
        })
    }

    /// How far captures are in the index.
    pub fn watermark(&self) -> &Watermark {
        &self.watermark
    }

    /// Begins with the articles that the index before keeps, where there is one and the same reader made them.
    pub(crate) fn over_kept(self) -> Self {
        Self { from_kept: true, ..self }
    }

    /// Brings the index up to date with `archive`. Where `stop` turns true it commits and returns early. Killed at any
    /// moment, the next run goes on from the last commit: nothing is lost and nothing stands twice.
    pub fn run(
        mut self,
        archive: &Archive,
        read: &ReadArticle<'_>,
        reading: &dyn Reading,
        progress: &mut dyn FnMut(&IndexReport),
        stop: &AtomicBool,
    ) -> Result<IndexReport, Error> {
        let start = Instant::now();
        let settings = self.settings;
        let bounds = Bounds {
            threads: thread_count(settings.threads),
            items: settings.captures_ahead,
            bytes: settings.bytes_ahead,
        };
        let before = self
            .writer
            .before()
            .filter(|before| self.from_kept && before.watermark().reader == self.watermark.reader);
        let from = before
            .as_ref()
            .map_or_else(|| self.watermark.captures.clone(), |before| before.watermark().captures);
        if !archive.reaches(&from) {
            return Err(Error::CapturesLost);
        }
        let decisions = archive.decisions().read()?;
        self.consult(&decisions, &decisions)?;
        self.forgotten = archive.forgotten()?;
        // A removal that was stopped goes on here; what it leaves on the disk, `forget` takes.
        let unfinished = self.forgotten.unfinished().flat_map(|removal| &removal.addresses);
        let unfinished: BTreeSet<DocumentId> = unfinished.copied().collect();
        if !unfinished.is_empty() && !self.from_kept {
            self.remove(&unfinished)?;
        }
        let captures = archive.captures(&from).map(|capture| Item::Capture(Box::new(capture)));
        let kept = before.into_iter().flat_map(KeptDocuments::of).map(Item::Kept);
        let mut reached = self.watermark.captures.clone();
        let work = |item| prepared(item, read, reading, settings);
        let taken = in_order(kept.chain(captures), Item::bytes, work, bounds, |prepared| {
            match prepared? {
                Prepared::Kept(target, outcome) => {
                    self.report.kept += 1;
                    self.wait(target, outcome)?;
                }
                Prepared::Capture { next, target, outcome } => {
                    self.report.captures += 1;
                    self.wait(target, outcome)?;
                    reached = next;
                }
                Prepared::Unreadable(place, reason) => {
                    self.lose(place, &reason);
                    *self.report.unreadable.entry(reason).or_default() += 1;
                }
            }
            self.report.elapsed = start.elapsed();
            progress(&self.report);
            if self.is_full() {
                // Some of what waits may be nothing new.
                self.settle()?;
                if self.is_full() {
                    self.commit(&reached)?;
                }
            }
            self.report.stopped = stop.load(Ordering::SeqCst);
            Ok(if self.report.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        });
        // What was read before a fault of the archive is kept; a fault of the index is not made worse.
        if let Err(error @ Error::Archive(_)) = taken {
            self.commit(&reached)?;
            return Err(error);
        }
        taken?;
        if !self.report.stopped {
            // All that is kept is read, and there may be no capture behind it.
            reached = reached.max(from);
        }
        self.commit(&reached)?;
        let Self { writer, mut report, .. } = self;
        writer.finish(!report.stopped)?;
        report.elapsed = start.elapsed();
        Ok(report)
    }

    /// Takes what people decided into account, from the next commit on. What was taken into account before stands in `known`.
    fn consult(&mut self, decisions: &Decisions, known: &Decisions) -> Result<(), Error> {
        let store = self.writer.store();
        self.book = Book::read(decisions, store)?;
        self.report.decisions = self.book.decisions.len() as u64;
        self.report.bad_decisions.clone_from(&decisions.bad);
        let before = store.watermark().decided;
        if before == self.book.mark {
            return Ok(());
        }
        let known = known.up_to(&before);
        self.report.decisions_changed = known.is_none();
        let delta = self.book.delta(&known.unwrap_or_default(), store)?;
        let mut ruled = store.documents(&delta.documents.into_iter().collect::<Vec<_>>())?;
        self.gone.groups.extend(delta.groups);
        for stored in &mut ruled {
            self.book.deny(stored);
        }
        self.gone.ruled = ruled;
        self.written = true;
        Ok(())
    }

    /// Removes documents with all their versions and mentions, for good: nothing of them is left. What else is mentioned
    /// there is decided again, by what people decided `after`wards where `before` held until now. How many there were.
    pub fn forget(
        mut self,
        ids: &BTreeSet<DocumentId>,
        before: &Decisions,
        after: &Decisions,
    ) -> Result<u64, Error> {
        self.consult(after, before)?;
        let known = self.remove(ids)?;
        self.writer.purge()?;
        Ok(known)
    }

    /// Removes documents, and what is noted of targets; how many documents there were.
    fn remove(&mut self, ids: &BTreeSet<DocumentId>) -> Result<u64, Error> {
        /// So many at once: they are decided again together.
        const AT_ONCE: usize = 1_000;
        let mut known = 0;
        for some in ids.iter().copied().collect::<Vec<_>>().chunks(AT_ONCE) {
            for stored in self.writer.store().documents(some)? {
                self.gone.groups.extend(stored.groups());
                self.gone.removed.push(stored.id);
                known += 1;
            }
            self.gone.ruled.retain(|ruled| !some.contains(&ruled.id));
            for id in some {
                self.writer.remove(*id)?;
            }
            self.written = true;
            self.commit(&self.watermark.captures.clone())?;
        }
        Ok(known)
    }

    /// Counts a capture that the index lacks.
    fn lose(&mut self, capture: String, reason: &str) {
        self.report.lost += 1;
        if self.report.lost_listed.len() < self.settings.lost_listed {
            self.report.lost_listed.push(Loss { capture, reason: reason.to_owned() });
        }
    }

    /// Whether there is as much as a commit takes, with what waits.
    fn is_full(&self) -> bool {
        self.pending.len() + self.waiting.len() >= self.settings.commit_documents
            || self.pending_bytes + self.waiting_bytes >= self.settings.pending_bytes()
    }

    /// Takes what became of a capture, a little later.
    fn wait(&mut self, target: String, outcome: Outcome) -> Result<(), Error> {
        if let Outcome::Document(stored, ..) = &outcome {
            self.waiting_bytes += weight(stored);
        }
        self.waiting.push((target, outcome));
        if self.waiting.len() < AT_ONCE { Ok(()) } else { self.settle() }
    }

    /// Takes all that waits.
    fn settle(&mut self) -> Result<(), Error> {
        let waiting = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        let ids = waiting.iter().filter_map(|(_, outcome)| match outcome {
            Outcome::Document(stored, ..) => Some(stored.id),
            _ => None,
        });
        let ids: BTreeSet<DocumentId> = ids.filter(|id| !self.pending.contains_key(id)).collect();
        let known = self.writer.store().documents(&ids.into_iter().collect::<Vec<_>>())?;
        let known = known.into_iter().map(|stored| (stored.id, stored)).collect();
        for (target, outcome) in waiting {
            self.take(&target, outcome, &known)?;
        }
        Ok(())
    }

    /// Takes what became of a capture; `known` is what the index has of documents that are not pending.
    fn take(
        &mut self,
        target: &str,
        outcome: Outcome,
        known: &HashMap<DocumentId, StoredDocument>,
    ) -> Result<(), Error> {
        let id = match &outcome {
            Outcome::Document(stored, ..) => Some(stored.id),
            Outcome::Unchanged(id, _) => Some(*id),
            Outcome::NoArticle(_) => None,
        };
        if self.forgotten.holds(target) || id.is_some_and(|id| self.forgotten.holds_id(id)) {
            *self.report.not_articles.entry("it was forgotten".to_owned()).or_default() += 1;
            return Ok(());
        }
        match outcome {
            Outcome::NoArticle(none) => {
                if let NoArticle::Lost(reason) = &none {
                    self.lose(target.to_owned(), reason);
                }
                let (NoArticle::Absent(reason) | NoArticle::Lost(reason)) = none;
                *self.report.not_articles.entry(reason).or_default() += 1;
                Ok(())
            }
            Outcome::Unchanged(id, at) => self.seen(id, at),
            Outcome::Document(stored, signature, beyond) => {
                self.report.mentions_beyond += beyond;
                let pending = self.pending.get(&stored.id).map(|pending| &pending.stored);
                let known = pending.or_else(|| known.get(&stored.id)).cloned();
                self.put(*stored, signature.map(|signature| *signature), known)
            }
        }
    }

    /// Takes a document: new, changed (the old text becomes an older version) or not at all.
    fn put(
        &mut self,
        mut stored: StoredDocument,
        signature: Option<Signature>,
        known: Option<StoredDocument>,
    ) -> Result<(), Error> {
        if let Some(known) = known {
            if known.capture == stored.capture {
                // Of a run that was killed before its commit: what else belongs to it may never have arrived.
                stored.version = known.version;
            } else if known.says_the_same(&stored.article) {
                return self.seen(stored.id, stored.captured);
            } else {
                stored.version = known.version + 1;
                self.gone.groups.extend(known.groups());
                self.gone.ruled.retain(|ruled| ruled.id != stored.id);
                self.writer.put_version(known)?;
                self.report.new_versions += 1;
            }
        } else {
            self.report.documents += 1;
        }
        self.book.deny(&mut stored);
        self.book.note(&stored);
        self.report.directives += stored.mentions.directives.len() as u64;
        self.report.officials += stored.mentions.officials.len() as u64;
        self.report.figures += stored.mentions.figures.len() as u64;
        self.report.bytes += stored.article.text.len() as u64;
        self.pending_bytes += weight(&stored);
        self.written = true;
        self.pending.insert(stored.id, Pending { stored, signature });
        Ok(())
    }

    /// Decides what the mentions of pending documents stand for, and writes documents and entities.
    fn write(&mut self) -> Result<(), Error> {
        let gone = std::mem::take(&mut self.gone);
        if self.pending.is_empty() && gone.groups.is_empty() && gone.ruled.is_empty() {
            return Ok(());
        }
        self.book.unite();
        let mut pending: Vec<Pending> = std::mem::take(&mut self.pending).into_values().collect();
        pending.sort_by_key(|one| one.stored.id);
        let mut new: Vec<&mut StoredDocument> = pending.iter_mut().map(|one| &mut one.stored).collect();
        let before = self.writer.before();
        let assigned = assign::assign(&mut new, gone, &self.book, self.writer.store(), before.as_deref())?;
        self.report.rewritten += (assigned.ruled.len() + assigned.changed.len()) as u64;
        for Pending { stored, signature } in pending {
            self.writer.put(stored, signature.as_ref())?;
        }
        for stored in assigned.ruled {
            self.put_again(stored)?;
        }
        for some in assigned.changed.chunks(AT_ONCE) {
            let ids: Vec<DocumentId> = some.iter().map(|(id, _)| *id).collect();
            let now: HashMap<DocumentId, &Assignment> = some.iter().map(|(id, now)| (*id, now)).collect();
            for mut stored in self.writer.store().documents(&ids)? {
                if let Some(now) = now.get(&stored.id) {
                    stored.assignment = (*now).clone();
                }
                self.put_again(stored)?;
            }
        }
        self.writer.replace(&assigned.replaced, &assigned.entities)?;
        Ok(())
    }

    /// Writes a document of before again.
    fn put_again(&mut self, stored: StoredDocument) -> Result<(), Error> {
        let signature = Signature::of(&stored.article.text);
        Ok(self.writer.put(stored, signature.as_ref())?)
    }

    /// Notes that a document, or what a target shows, was seen again.
    fn seen(&mut self, id: DocumentId, at: Timestamp) -> Result<(), Error> {
        self.report.unchanged += 1;
        self.written = true;
        Ok(self.writer.put_seen(id, at)?)
    }

    fn commit(&mut self, reached: &Position) -> Result<(), Error> {
        self.settle()?;
        if !self.written && *reached == self.watermark.captures {
            return Ok(());
        }
        self.write()?;
        let watermark = Watermark {
            captures: reached.clone(),
            reader: self.watermark.reader,
            decided: self.book.mark.clone(),
        };
        self.writer.commit(&watermark)?;
        for refused in self.writer.refused() {
            self.lose(refused.record, &refused.reason);
        }
        self.watermark = watermark;
        self.pending.clear();
        self.pending_bytes = 0;
        self.written = false;
        Ok(())
    }
}

/// Reads an article and finds what it mentions.
fn prepared(
    item: Item,
    read: &ReadArticle<'_>,
    reading: &dyn Reading,
    settings: IndexSettings,
) -> Result<Prepared, Error> {
    Ok(match item {
        Item::Capture(capture) => match *capture {
            Ok(capture) => {
                let outcome = unfailing(&capture.target, || outcome(&capture, read, reading, settings));
                Prepared::Capture { next: capture.next, target: capture.target, outcome }
            }
            Err(corpus::Error::Record { path, offset, reason }) => {
                Prepared::Unreadable(format!("{}, byte {offset}", path.display()), reason)
            }
            Err(error) => return Err(Error::Archive(error)),
        },
        Item::Kept(kept) => match kept? {
            Kept::Seen(id, at) => Prepared::Kept(String::new(), Outcome::Unchanged(id, at)),
            Kept::Version(stored) => {
                let address = stored.address.clone();
                let outcome = unfailing(&address, move || read_again(*stored, reading, settings));
                Prepared::Kept(address, outcome)
            }
        },
    })
}

/// What makes the program fail is reported like what has no article: it must not keep the others out.
fn unfailing(target: &str, read: impl FnOnce() -> Outcome) -> Outcome {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        tracing::error!("{target}: reading it failed; please report this");
        lost("reading it failed: please report this as a bug".to_owned())
    })
}

fn lost(reason: String) -> Outcome {
    Outcome::NoArticle(NoArticle::Lost(reason))
}

fn outcome(
    capture: &Capture,
    read: &ReadArticle<'_>,
    reading: &dyn Reading,
    settings: IndexSettings,
) -> Outcome {
    if matches!(capture.kind, CaptureKind::Revisit { .. }) {
        return Outcome::Unchanged(DocumentId::of_target(&capture.target), capture.at);
    }
    let mut article = match read(capture) {
        Ok(article) => article,
        Err(none) => return Outcome::NoArticle(none),
    };
    if article.text.len() > settings.longest_text {
        let most = settings.longest_text >> 20;
        return lost(format!("the text is longer than {most} MiB (longest_text)"));
    }
    if article.text.trim().is_empty() {
        return Outcome::NoArticle(NoArticle::Absent("there is no text".to_owned()));
    }
    if article.source.is_none() {
        let host = || article.url.as_ref().map(|url| url.host().to_owned());
        article.source = capture.source.clone().or_else(host);
    }
    let address = article.url.as_ref().map_or_else(|| capture.target.clone(), ToString::to_string);
    let stated = Stated {
        language: article.language,
        province: article.province.take().or_else(|| capture.province.clone()),
    };
    let stored = StoredDocument {
        id: DocumentId::of(&address),
        version: 1,
        address,
        target: capture.target.clone(),
        captured: capture.at,
        capture: capture.record_id.clone(),
        article,
        stated,
        mentions: Mentions::default(),
        assignment: Assignment::default(),
        denied: Vec::new(),
    };
    read_again(stored, reading, settings)
}

/// Finds what an article says: its language, its province, its mentions.
fn read_again(mut stored: StoredDocument, reading: &dyn Reading, settings: IndexSettings) -> Outcome {
    let article = &mut stored.article;
    article.language = stored.stated.language;
    article.language = reading.language(article);
    article.province = None;
    let province = stored.stated.province.clone().or_else(|| reading.province(article));
    // By its one name, however the source's record writes it.
    article.province = province.map(|name| identity::province_called(&name).map_or(name, str::to_owned));
    let mut mentions = reading.mentions(article);
    let counts = [mentions.directives.len(), mentions.officials.len(), mentions.figures.len()];
    let beyond: usize = counts.map(|count| count.saturating_sub(settings.mentions)).iter().sum();
    mentions.directives.truncate(settings.mentions);
    mentions.officials.truncate(settings.mentions);
    mentions.figures.truncate(settings.mentions);
    stored.mentions = mentions;
    stored.assignment = Assignment::default();
    stored.denied = Vec::new();
    let signature = Signature::of(&stored.article.text).map(Box::new);
    Outcome::Document(Box::new(stored), signature, beyond as u64)
}

/// Threads for a setting where 0 means one a core.
fn thread_count(setting: usize) -> usize {
    match setting {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(8),
        threads => threads,
    }
}
