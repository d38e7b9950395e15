//! The two traits that an engine implements.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::Arc;

use corpus::{DecisionMark, DocumentId, Position};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use text::Signature;

use crate::document::StoredDocument;
use crate::entity::{Entity, EntityKind};
use crate::error::Error;
use crate::figure::{FigureFilter, FigurePlace, Figures, KeyCount};
use crate::query::Query;
use crate::record::DocumentSummary;
use crate::search::{Found, Search};

/// What is done with each document that is read.
pub type EachDocument<'a> = dyn FnMut(StoredDocument) -> Result<(), Error> + 'a;

/// What is kept, to be read. An answer is out of one commit; [`Store::reload`] picks up the next.
pub trait Store: Send + Sync + Debug {
    /// Whether its answers wait for another machine, so that a thread that serves others must not ask it.
    fn waits(&self) -> bool {
        false
    }

    /// A number that changes with each commit that is picked up, and grows.
    fn generation(&self) -> u64;

    /// What is in the store.
    fn watermark(&self) -> Watermark;

    /// Whether the mentions were read by other rules than this program's. They are answered from all the same; what is
    /// written next has to be written from the beginning.
    fn is_outdated(&self) -> bool;

    /// Picks up what was committed since; `true` where there was something. Answers that are being computed go on with what
    /// they began with.
    fn reload(&self) -> Result<bool, Error>;

    /// The same as it is now: a store that stays at this commit whatever is written, for a list that is read in many pages.
    /// What is looked up by its name (a document, an entity) may be of a later commit.
    fn at_this_point(&self) -> Result<Arc<dyn Store>, Error>;

    /// Reads all that an answer may be made of and tells where something is not as it was written; [`Store::damage`] says
    /// it from then on. It may take as long as reading everything.
    fn verify(&self) -> Result<(), Error>;

    /// Whether everything was found whole.
    fn is_verified(&self) -> bool;

    /// What was found to be damaged.
    fn damage(&self) -> Option<Damage>;

    /// What is kept, in numbers.
    fn stats(&self) -> Result<Stats, Error>;

    /// What was collected, by source, in the order of names.
    fn sources(&self) -> Result<Vec<SourceSummary>, Error>;

    /// Documents by words and filters: how many, one page of them, and counts of what they have.
    fn search(&self, search: &Search<'_>) -> Result<Found, Error>;

    /// For each word in small letters without accents that no document has: the near spelling that most documents have, where there
    /// is one, which begins with the same letter and is one letter longer, shorter or other, or has two neighbours exchanged.
    fn near_spellings(&self, words: &[&str]) -> Result<Vec<Option<String>>, Error>;

    /// The newest versions of documents, in the order of their ids in `ids`; those that there are not are left out.
    fn documents(&self, ids: &[DocumentId]) -> Result<Vec<StoredDocument>, Error>;

    /// The older versions of a document, the oldest first.
    fn versions(&self, id: DocumentId) -> Result<Vec<StoredDocument>, Error>;

    /// When each of these (documents, or targets of captures) was last seen unchanged; those that never were are left out.
    fn seen(&self, ids: &[DocumentId]) -> Result<BTreeMap<DocumentId, Timestamp>, Error>;

    /// Hands on the newest versions that mention something of these groups, each once, as they are read: there may be more of
    /// them than memory holds.
    fn each_of_groups(&self, groups: &BTreeSet<String>, each: &mut EachDocument<'_>) -> Result<(), Error>;

    /// The same as a list.
    fn documents_of_groups(&self, groups: &BTreeSet<String>) -> Result<Vec<StoredDocument>, Error> {
        let mut found = Vec::new();
        self.each_of_groups(groups, &mut |stored| {
            found.push(stored);
            Ok(())
        })?;
        Ok(found)
    }

    /// The entities that have one of some values, each once, in the order of their ids.
    fn entities(&self, by: By, values: &[&str]) -> Result<Vec<Entity>, Error>;

    /// A page of the entities of a kind, those of the most documents first, equals by id; and how many there are in all.
    fn list(&self, list: &EntityList<'_>) -> Result<(Vec<Entity>, u64), Error>;

    /// The first `limit` figures that a filter lets through, the earliest published first (undated ones last), of those
    /// behind a place where one is given; and how many the filter lets through in all.
    fn figures(
        &self,
        filter: &FigureFilter,
        after: Option<FigurePlace>,
        limit: usize,
    ) -> Result<Figures, Error>;

    /// The keys of the figures that a filter lets through, those of the most documents first, `limit` of them, and how many
    /// there are.
    fn indicators(&self, filter: &FigureFilter, limit: usize) -> Result<(Vec<KeyCount>, usize), Error>;

    /// The signature of a document's text; `None` where there is no such document, or its text is too short for one.
    fn signed(&self, id: DocumentId) -> Result<Option<Signed>, Error>;

    /// Documents whose signature has one of these bands, each once: `limit` of each band at most.
    fn alike(&self, bands: &[u64], limit: usize) -> Result<Vec<Signed>, Error>;
}

/// What is kept, to be written; one process at a time. What is put and removed is there for readers from the next commit
/// on, all of it at once.
pub trait Writer: Send {
    /// What was committed.
    fn store(&self) -> &dyn Store;

    /// The store that this one will replace, where it is made again and the old one is sound: ids that it gave go on.
    fn before(&self) -> Option<Arc<dyn Store>>;

    /// Groups that a writer that was killed may have left half decided; they are to be decided again.
    fn unfinished(&self) -> Result<BTreeSet<String>, Error>;

    /// Puts the newest version of a document, with its figures, in the place of what was there under its id.
    fn put(&mut self, document: StoredDocument, signature: Option<&Signature>) -> Result<(), Error>;

    /// Keeps an older version, for reading.
    fn put_version(&mut self, document: StoredDocument) -> Result<(), Error>;

    /// Notes that a document, or what a target shows, was seen again.
    fn put_seen(&mut self, id: DocumentId, at: Timestamp) -> Result<(), Error>;

    /// Removes a document with all its versions and figures.
    fn remove(&mut self, id: DocumentId) -> Result<(), Error>;

    /// Puts entities in the place of those that were decided before.
    fn replace(&mut self, replaced: &Replaced, entities: &[Entity]) -> Result<(), Error>;

    /// Makes all of it readable at once, with what is in it.
    fn commit(&mut self, watermark: &Watermark) -> Result<(), Error>;

    /// Records that the engine will not take, whatever is done again, since this was last asked: what is written goes on
    /// without them.
    fn refused(&mut self) -> Vec<Refused> {
        Vec::new()
    }

    /// Ends the writing, and writes again what still holds records that were removed or replaced: nothing of them is left.
    fn purge(self: Box<Self>) -> Result<(), Error>;

    /// Ends the writing; a store that was made again takes the place of the one before where it is `complete`.
    fn finish(self: Box<Self>, complete: bool) -> Result<(), Error>;
}

/// What is in a store: how far captures are, who read them, and how much of what people decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watermark {
    /// Captures before this place are.
    pub captures: Position,
    /// Version of the reader that made articles of them.
    pub reader: u32,
    /// What people decided, as far as it is taken into account.
    #[serde(default)]
    pub decided: DecisionMark,
}

/// What entities are looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// Their id.
    Id,
    /// An id that led to them before.
    Before,
    /// The group that they were decided in.
    Group,
    /// The key of an office that a person holds or held.
    Office,
}

/// Which entities of a list.
#[derive(Clone, Copy, Debug)]
pub struct EntityList<'a> {
    /// Their kind.
    pub kind: EntityKind,
    /// Words that must all stand in what they are called; a phrase means its words.
    pub words: &'a Query,
    /// Entities behind this one: its documents and its id.
    pub after: Option<(u64, &'a str)>,
    /// How many.
    pub limit: usize,
}

/// Which entities are replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    /// All that were decided in these groups.
    pub groups: BTreeSet<String>,
    /// Offices of these keys.
    pub offices: BTreeSet<String>,
}

/// A record that an engine will not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its name in the engine.
    pub record: String,
    /// Why.
    pub reason: String,
}

/// The signature of a document's text.
#[derive(Clone, Debug)]
pub struct Signed {
    /// What a list shows of the document.
    pub summary: DocumentSummary,
    /// When this version was captured.
    pub captured: Timestamp,
    /// By which texts are compared.
    pub signature: Signature,
}

/// What is kept is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// What is wrong, and what mends it.
    pub reason: String,
    /// It is in the commit that is read, so that its answers are not to be trusted; else in a later one, which is not picked
    /// up.
    pub in_use: bool,
}

/// What was collected from one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSummary {
    /// Source record or host.
    pub name: String,
    /// The province that most of its documents are from; of equals the first by name.
    pub province: Option<String>,
    /// How many documents there are.
    pub documents: u64,
    /// First and last date of publication.
    pub dates: Option<(Date, Date)>,
}

impl SourceSummary {
    /// Sums up a source; `provinces` are the documents of each.
    pub(crate) fn new(
        name: String,
        documents: u64,
        provinces: impl IntoIterator<Item = (String, u64)>,
        dates: Option<(Date, Date)>,
    ) -> Self {
        // Of equals the first by name, so that the answer does not depend on chance.
        let most = provinces.into_iter().max_by(|(a, n), (b, m)| n.cmp(m).then_with(|| b.cmp(a)));
        Self { name, province: most.map(|(province, _)| province), documents, dates }
    }
}

/// What is kept, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Documents, each counted once.
    pub documents: u64,
    /// Older versions of documents.
    pub older_versions: u64,
    /// Mentions of directives in the newest versions.
    pub directives: u64,
    /// Mentions of officials.
    pub officials: u64,
    /// Figures.
    pub figures: u64,
    /// Bytes on the disk.
    pub bytes: u64,
    /// What is in the store.
    pub watermark: Watermark,
    /// Grows with each commit.
    pub generation: u64,
}
