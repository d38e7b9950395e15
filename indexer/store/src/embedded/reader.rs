//! An index in a folder, opened for reading: its commits, its health, and records as they were stored.

use std::collections::{BTreeSet, HashSet};
use std::fmt::{self, Display};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use corpus::DocumentId;
use jiff::Timestamp;
use tantivy::query::{Bm25StatisticsProvider, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value as _};
use tantivy::{
    DocAddress, DocSet as _, IndexReader, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, Term,
};

use super::facet::{self, FacetValues, Overview};
use super::folder::{IndexFolder, Payload};
use super::packing::UNPACKER;
use super::plan::Days;
use super::schema::{self, Fields, RecordKind, name};
use super::sealed;
use super::segment::{Columns, Segment};
use crate::document::StoredDocument;
use crate::entity::Entity;
use crate::error::Error;
use crate::record::DocumentSummary;
use crate::store::Damage;

/// An index that is read; cheap to clone and to share between threads.
#[derive(Clone)]
pub struct Embedded {
    inner: Arc<Inner>,
}

struct Inner {
    folder: IndexFolder,
    fields: Fields,
    follows: Follows,
    snapshot: RwLock<Arc<Snapshot>>,
    health: Mutex<Health>,
}

/// Which commits are picked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Follows {
    /// Those of the inner folder in use, whichever that is by then.
    InUse,
    /// Those of one inner folder: the writer's.
    OneFolder,
    /// None.
    Nothing,
}

/// What is known of the files.
#[derive(Debug, Default)]
struct Health {
    /// Files that were found whole; they are never written again.
    whole: HashSet<PathBuf>,
    /// All files of the commit in use were found whole.
    verified: bool,
    damage: Option<Damage>,
}

/// One commit of the index.
pub(crate) struct Snapshot {
    pub(crate) searcher: Searcher,
    /// Of each of its segments.
    columns: Vec<Columns>,
    /// Of the commit.
    pub(crate) generation: u64,
    /// Documents that scores are computed from.
    documents: u64,
    pub(super) facet_values: FacetValues,
    /// Counted where it is first asked for.
    pub(super) overview: OnceLock<Overview>,
    pub(super) payload: Payload,
    /// The inner folder.
    number: u32,
    index: tantivy::Index,
    reader: IndexReader,
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded").field("folder", &self.inner.folder.path()).finish_non_exhaustive()
    }
}

impl Snapshot {
    /// How many documents there are, removed ones that still take room included.
    pub(crate) fn documents(&self) -> u64 {
        self.documents
    }

    /// The segments, of which documents of these days are wanted.
    pub(super) fn segments(&self, wanted: Days) -> impl Iterator<Item = Segment<'_>> {
        let each = (0..).zip(self.searcher.segment_readers()).zip(&self.columns);
        each.map(move |((number, reader), columns)| Segment { number, reader, columns, wanted })
    }
}

/// Statistics of documents alone: mentions stand in the same index and must not change how rare a word is.
impl Bm25StatisticsProvider for Snapshot {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.searcher.doc_freq(term)?.min(self.documents))
    }
}

impl Embedded {
    /// Opens the index in `folder`.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let folder = IndexFolder::new(folder);
        let fields = schema::schema().1;
        let snapshot = Arc::new(current_snapshot(&folder, &fields)?);
        Ok(Self {
            inner: Arc::new(Inner {
                folder,
                fields,
                follows: Follows::InUse,
                snapshot: RwLock::new(snapshot),
                health: Mutex::default(),
            }),
        })
    }

    /// Opens one inner folder, whether or not it is the one in use.
    pub(crate) fn open_number(folder: &IndexFolder, number: u32) -> Result<Self, Error> {
        let fields = schema::schema().1;
        let snapshot = RwLock::new(Arc::new(snapshot_of(folder, number, &fields)?));
        let health = Mutex::default();
        let folder = folder.clone();
        let follows = Follows::OneFolder;
        Ok(Self { inner: Arc::new(Inner { folder, fields, follows, snapshot, health }) })
    }

    /// The commit in use, and no later one.
    pub(super) fn still(&self) -> Self {
        let Inner { folder, fields, .. } = &*self.inner;
        let snapshot = RwLock::new(self.snapshot());
        let (folder, follows, health) = (folder.clone(), Follows::Nothing, Mutex::default());
        let fields = fields.clone();
        Self { inner: Arc::new(Inner { folder, fields, follows, snapshot, health }) }
    }

    /// Picks up what was committed since, once its files were found whole; `true` where there was something. Answers that
    /// are being computed go on with what they began with.
    pub(super) fn pick_up_whole(&self) -> Result<bool, Error> {
        let picked_up = self.pick_up();
        if let Err(error @ Error::Corrupt { .. }) = &picked_up {
            let mut health = self.health();
            // What is in use may be worse.
            if health.damage.as_ref().is_none_or(|damage| !damage.in_use) {
                health.damage = Some(Damage { reason: error.to_string(), in_use: false });
            }
        }
        picked_up
    }

    fn pick_up(&self) -> Result<bool, Error> {
        let old = self.snapshot();
        let inner = &self.inner;
        if inner.follows == Follows::Nothing {
            return Ok(false);
        }
        let in_use = inner.follows == Follows::InUse;
        let moved = in_use && inner.folder.current()? != Some(old.number);
        let verify = |number, index: &tantivy::Index| {
            if in_use { self.verify_files(number, index) } else { Ok(()) }
        };
        let new = if moved {
            if let Some(number) = inner.folder.current()? {
                let index = sealed::open(&inner.folder.inner(number));
                verify(number, &index.map_err(|error| inner.folder.error(error))?)?;
            }
            current_snapshot(&inner.folder, &inner.fields)?
        } else {
            let error = |error| inner.folder.error(error);
            if generation(old.number, old.index.load_metas().map_err(error)?.opstamp) == old.generation {
                return Ok(false);
            }
            verify(old.number, &old.index)?;
            old.reader.reload().map_err(error)?;
            take_snapshot(&inner.folder, old.number, &inner.fields, old.index.clone(), old.reader.clone())?
        };
        *inner.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        if in_use {
            let mut health = self.health();
            (health.verified, health.damage) = (true, None);
        }
        Ok(true)
    }

    /// Reads every file of the commit in use, and tells where one is not as it was written; [`Store::damage`](crate::Store::damage) says it
    /// from then on. Takes as long as reading the index from the disk.
    pub(super) fn verify_all(&self) -> Result<(), Error> {
        let snapshot = self.snapshot();
        let found = self.verify_files(snapshot.number, &snapshot.index);
        // One that was picked up meanwhile was verified before.
        if self.snapshot().generation == snapshot.generation {
            let mut health = self.health();
            match &found {
                Ok(()) => health.verified = true,
                Err(error) => health.damage = Some(Damage { reason: error.to_string(), in_use: true }),
            }
        }
        found
    }

    /// Whether all files of the commit in use were found whole.
    pub(super) fn was_verified(&self) -> bool {
        self.health().verified
    }

    /// What was found to be damaged.
    pub(super) fn damaged(&self) -> Option<Damage> {
        self.health().damage.clone()
    }

    fn health(&self) -> MutexGuard<'_, Health> {
        self.inner.health.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Checks the files of the last commit of an inner folder that were not checked before.
    fn verify_files(&self, number: u32, index: &tantivy::Index) -> Result<(), Error> {
        let folder = &self.inner.folder;
        for file in files_of(folder, number, index)? {
            if self.health().whole.contains(&file) {
                continue;
            }
            if !is_whole(&file)? {
                return Err(folder.corrupt(format!("{}: its checksum is wrong", file.display())));
            }
            self.health().whole.insert(file);
        }
        Ok(())
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.inner.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.inner.fields
    }

    pub(crate) fn error(&self, error: tantivy::TantivyError) -> Error {
        self.met(self.inner.folder.error(error))
    }

    pub(crate) fn corrupt(&self, reason: impl Display) -> Error {
        self.met(self.inner.folder.corrupt(reason))
    }

    /// Keeps in mind that something damaged was met, until another commit was found whole: what does not touch it is answered.
    fn met(&self, error: Error) -> Error {
        if matches!(error, Error::Corrupt { .. }) {
            let damage = Damage { reason: error.to_string(), in_use: false };
            self.health().damage.get_or_insert(damage);
        }
        error
    }

    /// The documents whose `field` is `id`.
    pub(super) fn stored_by(
        &self,
        snapshot: &Snapshot,
        field: Field,
        id: DocumentId,
    ) -> Result<Vec<StoredDocument>, Error> {
        self.with_id(snapshot, field, id)?
            .into_iter()
            .map(|address| {
                let document = snapshot.searcher.doc(address).map_err(|error| self.error(error))?;
                self.read_stored(&document)
            })
            .collect()
    }

    /// The records whose `field` is `id`: straight from the postings, since a writer asks this for every document.
    pub(crate) fn with_id(
        &self,
        snapshot: &Snapshot,
        field: Field,
        id: DocumentId,
    ) -> Result<Vec<DocAddress>, Error> {
        self.with_term(snapshot, &Term::from_field_text(field, &id.to_string()), usize::MAX)
    }

    /// The first `limit` records with a term, in the order of the index.
    pub(crate) fn with_term(
        &self,
        snapshot: &Snapshot,
        term: &Term,
        limit: usize,
    ) -> Result<Vec<DocAddress>, Error> {
        let mut found = Vec::new();
        for (number, reader) in (0..).zip(snapshot.searcher.segment_readers()) {
            let inverted = reader.inverted_index(term.field()).map_err(|error| self.error(error))?;
            let postings = inverted
                .read_postings(term, IndexRecordOption::Basic)
                .map_err(|error| self.corrupt(error))?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED && found.len() < limit {
                if !reader.is_deleted(postings.doc()) {
                    found.push(DocAddress::new(number, postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(found)
    }

    /// The entity whose record stands at a place.
    pub(crate) fn entity_at(&self, snapshot: &Snapshot, address: DocAddress) -> Result<Entity, Error> {
        let document: TantivyDocument = snapshot.searcher.doc(address).map_err(|error| self.error(error))?;
        serde_json::from_slice(&self.stored_json(&document)?).map_err(|error| self.corrupt(error))
    }

    /// Reads a document out of what was stored.
    pub(crate) fn read_stored(&self, document: &TantivyDocument) -> Result<StoredDocument, Error> {
        let json = self.stored_json(document)?;
        let mut stored: StoredDocument =
            serde_json::from_slice(&json).map_err(|error| self.corrupt(error))?;
        stored.article.text = self.stored_text(document)?;
        Ok(stored)
    }

    /// The stored JSON of a record.
    fn stored_json(&self, document: &TantivyDocument) -> Result<Vec<u8>, Error> {
        self.unpacked(document, self.fields().stored)
    }

    /// The stored text of a document.
    pub(crate) fn stored_text(&self, document: &TantivyDocument) -> Result<String, Error> {
        let text = self.unpacked(document, self.fields().body)?;
        let text = simdutf8::basic::from_utf8(&text).map_err(|error| self.corrupt(error))?;
        Ok(text.to_owned())
    }

    fn unpacked(&self, document: &TantivyDocument, field: Field) -> Result<Vec<u8>, Error> {
        let packed = document.get_first(field).and_then(|value| value.as_bytes());
        let packed = packed.ok_or_else(|| self.corrupt("a record has no content"))?;
        UNPACKER.unpack(packed).map_err(|reason| self.corrupt(reason))
    }

    /// What a list shows of a document, out of its fast field.
    pub(crate) fn summary(&self, snapshot: &Snapshot, address: DocAddress) -> Result<DocumentSummary, Error> {
        let columns = snapshot.columns.get(address.segment_ord as usize);
        let column = columns.and_then(|columns| columns.summaries.as_ref());
        let column = column.ok_or_else(|| self.corrupt("documents have no summaries"))?;
        let mut json = Vec::new();
        if let Some(number) = column.term_ords(address.doc_id).next() {
            column.ord_to_bytes(number, &mut json).map_err(|error| self.corrupt(error))?;
        }
        serde_json::from_slice(&json).map_err(|error| self.corrupt(error))
    }

    /// When something was last seen unchanged.
    pub(super) fn seen_at(&self, snapshot: &Snapshot, id: DocumentId) -> Result<Option<Timestamp>, Error> {
        let mut last = None;
        for address in self.with_id(snapshot, self.fields().seen, id)? {
            let reader = snapshot.searcher.segment_reader(address.segment_ord);
            let column = reader.fast_fields().i64(name::SEEN_AT).map_err(|error| self.error(error))?;
            last =
                last.max(column.first(address.doc_id).and_then(|second| Timestamp::from_second(second).ok()));
        }
        Ok(last)
    }

    /// Reads every file of the index in `folder`, without trusting any, and names those whose checksum is wrong.
    pub fn damaged_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
        let folder = IndexFolder::new(folder);
        let number = folder.current()?.ok_or_else(|| Error::NoIndex(folder.path().to_owned()))?;
        let index = sealed::open(&folder.inner(number)).map_err(|error| folder.error(error))?;
        let mut damaged = Vec::new();
        for file in files_of(&folder, number, &index)? {
            if !is_whole(&file)? {
                damaged.push(file);
            }
        }
        Ok(damaged)
    }

    /// The records of one kind.
    pub(crate) fn kind(&self, kind: RecordKind) -> TermQuery {
        TermQuery::new(Term::from_field_text(self.fields().record, kind.as_str()), IndexRecordOption::Basic)
    }
}

/// The files of the last commit of an inner folder, but for those that say what belongs to it: these are checked whenever
/// they are read.
fn files_of(folder: &IndexFolder, number: u32, index: &tantivy::Index) -> Result<BTreeSet<PathBuf>, Error> {
    let metas = index.load_metas().map_err(|error| folder.error(error))?;
    let inner = folder.inner(number);
    Ok(metas.list_segment_files().into_iter().map(|file| inner.join(file)).collect())
}

/// Whether a file is as it was written. Where there is none it was not needed, or a merge has replaced it; opening tells
/// of one that is missed.
fn is_whole(file: &Path) -> Result<bool, Error> {
    match sealed::is_whole(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        read => read.map_err(Error::io(file)),
    }
}

/// The records with a term, without scores.
pub(crate) fn term_query(term: Term) -> Box<dyn tantivy::query::Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// The index in use. Where a rebuild replaces it meanwhile, the new one.
fn current_snapshot(folder: &IndexFolder, fields: &Fields) -> Result<Snapshot, Error> {
    let current = || folder.current()?.ok_or_else(|| Error::NoIndex(folder.path().to_owned()));
    let number = current()?;
    match snapshot_of(folder, number, fields) {
        Err(error) => match current()? {
            moved if moved != number => snapshot_of(folder, moved, fields),
            _ => Err(error),
        },
        snapshot => snapshot,
    }
}

fn snapshot_of(folder: &IndexFolder, number: u32, fields: &Fields) -> Result<Snapshot, Error> {
    let error = |error| folder.error(error);
    let index = sealed::open(&folder.inner(number)).map_err(error)?;
    schema::register(index.tokenizers());
    // Before the fields are looked at: another version has other fields.
    Payload::read(index.load_metas().map_err(error)?.payload.as_deref(), folder.path())?;
    if index.schema() != schema::schema().0 {
        return Err(folder.corrupt("its fields are not those of its version"));
    }
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(error)?;
    take_snapshot(folder, number, fields, index, reader)
}

/// The state that a reader shows, with the payload of the same commit.
fn take_snapshot(
    folder: &IndexFolder,
    number: u32,
    fields: &Fields,
    index: tantivy::Index,
    reader: IndexReader,
) -> Result<Snapshot, Error> {
    let error = |error| folder.error(error);
    let mut metas = index.load_metas().map_err(error)?;
    loop {
        reader.reload().map_err(error)?;
        let after = index.load_metas().map_err(error)?;
        // Unless a commit came between, the reader shows this one.
        if after.opstamp == metas.opstamp {
            break;
        }
        metas = after;
    }
    let payload = Payload::read(metas.payload.as_deref(), folder.path())?;
    let searcher = reader.searcher();
    let document = Term::from_field_text(fields.record, RecordKind::Document.as_str());
    let texts = facet::texts();
    let columns = searcher.segment_readers().iter().map(|reader| Columns::open(reader, &texts));
    Ok(Snapshot {
        columns: columns.collect::<tantivy::Result<_>>().map_err(error)?,
        generation: generation(number, metas.opstamp),
        documents: searcher.doc_freq(&document).map_err(error)?,
        facet_values: FacetValues::default(),
        overview: OnceLock::new(),
        payload,
        searcher,
        number,
        index,
        reader,
    })
}

/// Grows with each commit and each rebuild.
fn generation(number: u32, opstamp: u64) -> u64 {
    (u64::from(number) << 40) + (opstamp & ((1 << 40) - 1))
}
