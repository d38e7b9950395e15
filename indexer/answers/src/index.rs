//! An index that is asked.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use corpus::{DecisionMark, Position};
use store::{
    By, Damage, Entity, Error, FigureFilter, KeyCount, Query, QueryLimits, SourceSummary, Stats, Store,
    Watermark,
};

use crate::labels::Labels;
use crate::of_commit::OfCommit;

/// An index that is asked; cheap to clone and to share between threads.
#[derive(Clone, Debug)]
pub struct Index {
    store: Arc<dyn Store>,
    limits: Limits,
    /// Version of this program's reader of captures, where it is known.
    reader: Option<u32>,
    /// Documents collected by month.
    collected: Arc<OfCommit<BTreeMap<u64, u64>>>,
    /// The statistics of all figures.
    measured: Arc<OfCommit<(Vec<KeyCount>, usize)>>,
    labels: Arc<Labels>,
    /// Names of the sources.
    sources: Arc<OfCommit<Vec<String>>>,
}

/// Bounds of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of the words of a search.
    pub query: QueryLimits,
    /// Most values of filters.
    pub filters: usize,
    /// Longest a search may take.
    pub time: Duration,
    /// Longest that looking for what the words of a search name may take.
    pub naming: Duration,
    /// Longest passage of a text that is cut out, in characters.
    pub snippet_characters: usize,
    /// Bytes of a text in which a passage is looked for.
    pub snippet_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            query: QueryLimits::default(),
            filters: 200,
            time: Duration::from_secs(5),
            naming: Duration::from_millis(250),
            snippet_characters: 240,
            snippet_bytes: 256 * 1024,
        }
    }
}

impl Index {
    /// What is kept in a store, with the usual bounds.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self::with(store, Limits::default())
    }

    /// What is kept in a store.
    pub fn with(store: Arc<dyn Store>, limits: Limits) -> Self {
        Self {
            store,
            limits,
            reader: None,
            collected: Arc::default(),
            measured: Arc::default(),
            labels: Arc::default(),
            sources: Arc::default(),
        }
    }

    /// The same for a program that reads captures so: what another reader made is outdated.
    #[must_use]
    pub fn with_reader(self, version: u32) -> Self {
        Self { reader: Some(version), ..self }
    }

    pub(crate) fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// The bounds of its questions.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether its answers wait for another machine. See [`Store::waits`].
    pub fn waits(&self) -> bool {
        self.store.waits()
    }

    /// Picks up what was committed since; `true` where there was something. See [`Store::reload`].
    pub fn reload(&self) -> Result<bool, Error> {
        self.store.reload()
    }

    /// The same as it is now, whatever is written meanwhile. See [`Store::at_this_point`].
    pub fn at_this_point(&self) -> Result<Self, Error> {
        Ok(Self { store: self.store.at_this_point()?, ..self.clone() })
    }

    /// Reads all that an answer may be made of, and tells where something is not as it was written. See [`Store::verify`].
    pub fn verify(&self) -> Result<(), Error> {
        self.store.verify()
    }

    /// Whether everything was found whole.
    pub fn is_verified(&self) -> bool {
        self.store.is_verified()
    }

    /// Whether the mentions were found by other rules than this program's, or in articles that another reader made of the
    /// captures: answers are as those had it.
    pub fn is_outdated(&self) -> bool {
        let other_reader = || {
            let Watermark { captures, reader, .. } = self.store.watermark();
            captures != Position::default() && self.reader.is_some_and(|ours| ours != reader)
        };
        self.store.is_outdated() || other_reader()
    }

    /// What was found to be damaged.
    pub fn damage(&self) -> Option<Damage> {
        self.store.damage()
    }

    /// A number that changes with each commit that was picked up.
    pub fn generation(&self) -> u64 {
        self.store.generation()
    }

    /// The place in the archive that captures are taken into account up to.
    pub fn captures(&self) -> Position {
        self.store.watermark().captures
    }

    /// How much of what people decided is taken into account.
    pub fn decided(&self) -> DecisionMark {
        self.store.watermark().decided
    }

    /// The index in numbers.
    pub fn stats(&self) -> Result<Stats, Error> {
        self.store.stats()
    }

    /// What was collected, by source, in the order of names.
    pub fn sources(&self) -> Result<Vec<SourceSummary>, Error> {
        self.store.sources()
    }

    /// The names of the sources, looked up once a generation.
    pub(crate) fn source_names(&self) -> Result<Arc<Vec<String>>, Error> {
        let generation = self.store.generation();
        self.sources.get(generation, || {
            Ok((generation, self.sources()?.into_iter().map(|source| source.name).collect()))
        })
    }

    /// The words of a question, read within the bounds.
    pub(crate) fn words(&self, words: Option<&str>) -> Result<Query, Error> {
        Ok(Query::parse(words.unwrap_or_default(), &self.limits.query)?)
    }

    /// The entity of an id; `None` where the id leads to none or to several others by now.
    pub(crate) fn entity(&self, id: &str) -> Result<Option<Entity>, Error> {
        Ok(self.store.entities(By::Id, &[id])?.pop())
    }

    /// What entities are called; those that there are not are left out.
    pub(crate) fn labels(&self, ids: &[&str]) -> Result<HashMap<String, String>, Error> {
        self.labels.of(self.store(), ids)
    }

    /// Entities that an id of before leads to: one that it was merged into, or several that it was split into.
    pub(crate) fn successors(&self, id: &str) -> Result<Vec<Entity>, Error> {
        let mut found = self.store.entities(By::Before, &[id])?;
        found.sort_by(|a, b| a.place().cmp(&b.place()));
        Ok(found)
    }

    /// Documents by month, counted once a generation by `count`.
    pub(crate) fn collected(
        &self,
        count: impl FnOnce() -> Result<(u64, BTreeMap<u64, u64>), Error>,
    ) -> Result<Arc<BTreeMap<u64, u64>>, Error> {
        self.collected.get(self.store.generation(), count)
    }

    /// The keys of the figures that a filter lets through with their counts, the most frequent first, and how many there are;
    /// of all figures counted once a generation.
    pub(crate) fn measured(&self, filter: &FigureFilter) -> Result<Arc<(Vec<KeyCount>, usize)>, Error> {
        // As many as the catalogue has rows.
        let count = || self.store.indicators(filter, usize::MAX);
        if *filter != FigureFilter::default() {
            return Ok(Arc::new(count()?));
        }
        let generation = self.store.generation();
        self.measured.get(generation, || Ok((generation, count()?)))
    }
}
