//! Writing an index in a folder.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::iter;
use std::path::Path;
use std::sync::Arc;

use corpus::DocumentId;
use jiff::Timestamp;
use tantivy::indexer::{LogMergePolicy, NoMergePolicy, UserOperation};
use tantivy::schema::Value as _;
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term};
use text::Signature;

use super::backlog::Backlog;
use super::entry;
use super::folder::{IndexFolder, Payload};
use super::packing::Packer;
use super::reader::Embedded;
use super::schema::{self, Fields};
use super::sealed;
use crate::document::StoredDocument;
use crate::entity::Entity;
use crate::error::Error;
use crate::lock::lock;
use crate::store::{Replaced, Store as _, Watermark, Writer};

/// What writing may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriterSettings {
    /// Memory for records that are not yet written, in bytes; what fills it is written as a segment, and small segments must
    /// be merged again.
    pub memory_bytes: usize,
    /// Threads that write; one at least.
    pub threads: usize,
}

/// Writes an index in a folder; one process at a time.
pub struct EmbeddedWriter {
    folder: IndexFolder,
    number: u32,
    /// The index is made again beside the one in use, and put in its place when it is done.
    rebuilding: bool,
    fields: Fields,
    writer: IndexWriter<TantivyDocument>,
    packer: Packer,
    backlog: Backlog,
    reader: Embedded,
    /// The index that this one will replace.
    before: Option<Arc<dyn crate::store::Store>>,
    /// What was there before has been found whole.
    verified: bool,
    _lock: File,
}

impl EmbeddedWriter {
    /// Opens the index in `folder` for writing; makes it where there is none.
    pub fn open(folder: &Path, settings: WriterSettings) -> Result<Self, Error> {
        let folder = IndexFolder::new(folder);
        let lock = lock(folder.path())?;
        let current = folder.current()?;
        folder.remove_others(current)?;
        let number = current.unwrap_or(1);
        if current.is_none() {
            Self::create_inner(&folder, number)?;
            folder.publish(number)?;
        }
        Self::open_inner(folder, number, false, settings, lock)
    }

    /// Begins the index in `folder` again from nothing, whatever stands there. The one in use stays until a run is over:
    /// who reads it goes on reading, and a run that is stopped or killed changes nothing.
    pub fn rebuild(folder: &Path, settings: WriterSettings) -> Result<Self, Error> {
        let folder = IndexFolder::new(folder);
        let lock = lock(folder.path())?;
        // A damaged `current` is what a rebuild mends.
        let current = folder.current().unwrap_or(None);
        folder.remove_others(current)?;
        let number = current.unwrap_or(0).wrapping_add(1);
        Self::create_inner(&folder, number)?;
        // One that is damaged is what a rebuild mends; then ids begin anew.
        let whole = Embedded::damaged_files(folder.path()).is_ok_and(|damaged| damaged.is_empty());
        let before =
            current.filter(|_| whole).and_then(|current| Embedded::open_number(&folder, current).ok());
        let mut writer = Self::open_inner(folder, number, true, settings, lock)?;
        writer.before = before.map(|before| Arc::new(before) as Arc<dyn crate::store::Store>);
        Ok(writer)
    }

    /// Makes an empty index with a first commit, so that each index has a payload.
    fn create_inner(folder: &IndexFolder, number: u32) -> Result<(), Error> {
        let inner = folder.inner(number);
        fs::create_dir_all(&inner).map_err(Error::io(&inner))?;
        let (schema, _) = schema::schema();
        let create = || -> tantivy::Result<()> {
            let index = sealed::create(&inner, schema)?;
            let mut writer: IndexWriter<TantivyDocument> = index.writer_with_num_threads(1, THREAD_MEMORY)?;
            commit(&mut writer, &Payload::at(Watermark::default()))
        };
        create().map_err(|error| folder.error(error))
    }

    fn open_inner(
        folder: IndexFolder,
        number: u32,
        rebuilding: bool,
        settings: WriterSettings,
        lock: File,
    ) -> Result<Self, Error> {
        let reader = Embedded::open_number(&folder, number)?;
        reader.snapshot().payload.refuse_other_rules(folder.path())?;
        let in_folder = |error| folder.error(error);
        let index = sealed::open(&folder.inner(number)).map_err(in_folder)?;
        let backlog = schema::register(index.tokenizers());
        let threads = settings.threads.max(1);
        let memory = settings.memory_bytes.clamp(threads * THREAD_MEMORY, threads * MOST_MEMORY);
        let writer = index.writer_with_num_threads(threads, memory).map_err(in_folder)?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(DELETED_SHARE);
        policy.set_min_num_segments(SEGMENTS);
        writer.set_merge_policy(Box::new(policy));
        // A run that was killed in the middle of its commit left files that no commit has, and this one may need their names.
        writer.garbage_collect_files().wait().map_err(in_folder)?;
        Ok(Self {
            number,
            rebuilding,
            fields: schema::schema().1,
            writer,
            packer: Packer::new(),
            backlog,
            reader,
            before: None,
            verified: false,
            folder,
            _lock: lock,
        })
    }

    /// Merges would put new seals on what is damaged: before the first record, all that is there is read.
    fn verify_once(&mut self) -> Result<(), Error> {
        if std::mem::replace(&mut self.verified, true) { Ok(()) } else { self.reader.verify() }
    }

    fn add(&mut self, record: TantivyDocument) -> Result<(), Error> {
        self.run(vec![UserOperation::Add(record)])
    }

    fn run(&mut self, operations: Vec<UserOperation<TantivyDocument>>) -> Result<(), Error> {
        self.verify_once()?;
        let Err(error) = self.writer.run(operations) else { return Ok(()) };
        // That a thread of the writer died says nothing; what it died of comes out with the next commit.
        let error = match (&error, self.writer.prepare_commit()) {
            (TantivyError::ErrorInThread(_), Err(cause)) => cause,
            _ => error,
        };
        Err(self.folder.error(error))
    }
}

impl Writer for EmbeddedWriter {
    fn store(&self) -> &dyn crate::store::Store {
        &self.reader
    }

    fn before(&self) -> Option<Arc<dyn crate::store::Store>> {
        self.before.clone()
    }

    fn unfinished(&self) -> Result<BTreeSet<String>, Error> {
        // A commit is there wholly or not at all.
        Ok(BTreeSet::new())
    }

    fn put(&mut self, mut document: StoredDocument, signature: Option<&Signature>) -> Result<(), Error> {
        let before = Term::from_field_text(self.fields.id, &document.id.to_string());
        let records = entry::records(&self.fields, &mut document, signature, &mut self.packer);
        let records = records.map_err(|error| self.folder.corrupt(error))?;
        let texts = records.iter().flat_map(|record| record.get_all(self.fields.pairs));
        let bytes = texts.filter_map(|text| text.as_str()).map(str::len).sum();
        self.backlog.enter(bytes, MOST_WAITING);
        // In one go, so that they stand one behind the other in one segment: counting documents by their figures rests on it.
        let all = iter::once(UserOperation::Delete(before));
        self.run(all.chain(records.into_iter().map(UserOperation::Add)).collect())
    }

    fn put_version(&mut self, mut document: StoredDocument) -> Result<(), Error> {
        let version = entry::version(&self.fields, &mut document, &mut self.packer);
        self.add(version.map_err(|error| self.folder.corrupt(error))?)
    }

    fn put_seen(&mut self, id: DocumentId, at: Timestamp) -> Result<(), Error> {
        self.writer.delete_term(Term::from_field_text(self.fields.seen, &id.to_string()));
        self.add(entry::seen(&self.fields, id, at))
    }

    fn remove(&mut self, id: DocumentId) -> Result<(), Error> {
        for field in [self.fields.id, self.fields.version_of, self.fields.seen] {
            self.writer.delete_term(Term::from_field_text(field, &id.to_string()));
        }
        Ok(())
    }

    fn replace(&mut self, replaced: &Replaced, entities: &[Entity]) -> Result<(), Error> {
        for group in &replaced.groups {
            self.writer.delete_term(Term::from_field_text(self.fields.entity_group, group));
        }
        for office in &replaced.offices {
            self.writer.delete_term(Term::from_field_text(self.fields.entity, office));
        }
        for entity in entities {
            let record = entry::entity(&self.fields, entity, &mut self.packer);
            self.add(record.map_err(|error| self.folder.corrupt(error))?)?;
        }
        Ok(())
    }

    fn commit(&mut self, watermark: &Watermark) -> Result<(), Error> {
        self.verify_once()?;
        commit(&mut self.writer, &Payload::at(watermark.clone()))
            .map_err(|error| self.folder.error(error))?;
        self.reader.reload().map(drop)
    }

    fn purge(self: Box<Self>) -> Result<(), Error> {
        let Self { folder, number, writer, _lock, .. } = *self;
        let in_folder = |error| folder.error(error);
        // What is being merged is waited for: the same records must not be merged twice.
        writer.wait_merging_threads().map_err(in_folder)?;
        let index = sealed::open(&folder.inner(number)).map_err(in_folder)?;
        schema::register(index.tokenizers());
        let mut writer: IndexWriter<TantivyDocument> =
            index.writer_with_num_threads(1, THREAD_MEMORY).map_err(in_folder)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        // One by one, so that none becomes larger than it was.
        for segment in index.searchable_segment_metas().map_err(in_folder)? {
            if segment.has_deletes() {
                writer.merge(&[segment.id()]).wait().map_err(in_folder)?;
            }
        }
        writer.garbage_collect_files().wait().map_err(in_folder)?;
        writer.wait_merging_threads().map_err(in_folder)
    }

    fn finish(self: Box<Self>, complete: bool) -> Result<(), Error> {
        let Self { folder, number, rebuilding, writer, _lock, .. } = *self;
        writer.wait_merging_threads().map_err(|error| folder.error(error))?;
        if rebuilding && complete {
            folder.publish(number)?;
            folder.remove_others(Some(number))?;
        }
        Ok(())
    }
}

/// Text that waits to be written at most, in bytes: enough that no thread ever waits. A record weighs some six times its text.
const MOST_WAITING: usize = 8 << 20;

/// tantivy wants 15 MB a thread at least.
const THREAD_MEMORY: usize = 16 << 20;

/// And less than 4 GiB.
const MOST_MEMORY: usize = 4_000 << 20;

/// A segment with a larger share of deleted records is written again without them.
const DELETED_SHARE: f32 = 0.3;
/// So many segments of one size become one: each costs every search some ten microseconds, each merge costs indexing.
const SEGMENTS: usize = 4;

fn commit(writer: &mut IndexWriter<TantivyDocument>, payload: &Payload) -> tantivy::Result<()> {
    let text =
        serde_json::to_string(payload).map_err(|error| TantivyError::InternalError(error.to_string()))?;
    let mut commit = writer.prepare_commit()?;
    commit.set_payload(&text);
    commit.commit().map(drop)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use tantivy::directory::{Directory as _, TerminatingWrite as _};

    use super::*;

    #[test]
    fn what_a_killed_run_left_is_in_nobodys_way() {
        let folder = tempfile::tempdir().unwrap();
        let settings = WriterSettings { memory_bytes: THREAD_MEMORY, threads: 1 };
        drop(EmbeddedWriter::open(folder.path(), settings).unwrap());
        let inner = IndexFolder::new(folder.path()).inner(1);
        let left = Path::new("0fd1392596354d888e510f80e27e9740.1025.del");
        let index = sealed::open(&inner).unwrap();
        let mut file = index.directory().open_write(left).unwrap();
        file.write_all(b"half of it").unwrap();
        file.terminate().unwrap();
        drop(index);
        assert!(inner.join(left).exists());
        drop(EmbeddedWriter::open(folder.path(), settings).unwrap());
        assert!(!inner.join(left).exists());
    }
}
