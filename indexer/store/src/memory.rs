//! The smallest engine: everything in memory, each question answered by looking at everything.
//!
//! It is what the others are compared with, and what tests of answers run on. It keeps no time limit, since it is never
//! large; nothing of it outlives the process.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use corpus::DocumentId;
use extract::Figure;
use jiff::Timestamp;
use text::Signature;

use crate::best::{Question, Weighed};
use crate::calendar::{around, day, month};
use crate::document::{StoredDocument, order};
use crate::entity::{Entity, What};
use crate::error::Error;
use crate::figure::{FigureFilter, FigurePlace, Figures, KeyCount, hundredths, most_first};
use crate::query::{Query, QueryError};
use crate::record::{Keyed, Mentioned};
use crate::search::{
    ALL_WORDS, Content, Counted, Direction, Facet, FacetCounts, Filters, Found, FoundDocument, Rank, Search,
    Sort,
};
use crate::store::{
    By, Damage, EachDocument, EntityList, Replaced, Signed, SourceSummary, Stats, Store, Watermark, Writer,
};

mod words;

use words::{Collection, Words, called};

/// Everything in memory; cheap to clone, all clones are one.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    committed: Arc<RwLock<Arc<State>>>,
}

/// What one commit holds.
#[derive(Clone, Debug, Default)]
struct State {
    documents: BTreeMap<DocumentId, Arc<Kept>>,
    versions: BTreeMap<DocumentId, Vec<StoredDocument>>,
    seen: BTreeMap<DocumentId, Timestamp>,
    entities: BTreeMap<String, Entity>,
    /// What scores are computed from; filled when first asked for.
    collection: OnceLock<Arc<Collection>>,
    watermark: Watermark,
    generation: u64,
}

/// The newest version of a document.
#[derive(Debug)]
struct Kept {
    stored: StoredDocument,
    signature: Option<Signature>,
    figures: Vec<Keyed<Figure>>,
    /// Values of the fields that are text.
    values: BTreeMap<Facet, BTreeSet<String>>,
    words: Words,
}

/// A document that a search finds.
struct Match<'a> {
    kept: &'a Arc<Kept>,
    score: f32,
    /// The words of the question that it has, as bits.
    has: u64,
}

impl Kept {
    fn new(stored: StoredDocument, signature: Option<Signature>) -> Self {
        let Mentioned { directives, officials, figures } = Mentioned::of(&stored);
        let article = &stored.article;
        let mut values: BTreeMap<Facet, BTreeSet<String>> = BTreeMap::new();
        let mut add = |facet, all: &mut dyn Iterator<Item = &str>| {
            values.entry(facet).or_default().extend(all.map(str::to_owned));
        };
        add(Facet::Source, &mut article.source.iter().map(String::as_str));
        add(Facet::Province, &mut article.province.iter().map(String::as_str));
        add(Facet::Language, &mut article.language.iter().map(corpus::Language::code));
        let types = [
            ("directive", directives.is_empty()),
            ("official", officials.is_empty()),
            ("figure", figures.is_empty()),
        ];
        add(Facet::Type, &mut types.into_iter().filter(|(_, none)| !none).map(|(name, _)| name));
        add(Facet::Directive, &mut directives.iter().filter_map(|keyed| keyed.key.as_deref()));
        add(Facet::Official, &mut officials.iter().filter_map(|keyed| keyed.key.as_deref()));
        let positions = officials.iter().flat_map(|keyed| keyed.positions.iter().map(String::as_str));
        add(Facet::Position, &mut positions.into_iter());
        add(Facet::Indicator, &mut figures.iter().filter_map(|keyed| keyed.key.as_deref()));
        let words = Words::of(article);
        Self { stored, signature, figures, values, words }
    }

    fn day(&self) -> Option<i64> {
        self.stored.article.published.map(|published| day(published.date))
    }

    fn month(&self) -> Option<u64> {
        self.stored.article.published.map(|published| month(published.date))
    }

    /// Whether the value of a facet is one of its own.
    fn has(&self, facet: Facet, value: &str) -> Result<bool, QueryError> {
        if facet.is_of_the_calendar() {
            let months = facet.months(value)?;
            return Ok(self.month().is_some_and(|month| months.contains(&month)));
        }
        Ok(self.values.get(&facet).is_some_and(|values| values.contains(value)))
    }

    /// Whether filters let it through.
    fn passes(&self, filters: &Filters) -> Result<bool, QueryError> {
        let mut wanted: BTreeMap<Facet, bool> = BTreeMap::new();
        for (facet, value) in &filters.include {
            *wanted.entry(*facet).or_default() |= self.has(*facet, value)?;
        }
        let mut unwanted = false;
        for (facet, value) in &filters.exclude {
            unwanted |= self.has(*facet, value)?;
        }
        Ok(wanted.into_values().all(|has| has)
            && !unwanted
            && self.is_published(filters.from.map(day), filters.to.map(day)))
    }

    fn is_published(&self, from: Option<i64>, to: Option<i64>) -> bool {
        match self.day() {
            Some(day) => from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to),
            None => from.is_none() && to.is_none(),
        }
    }

    fn signed(&self) -> Option<Signed> {
        let signature = self.signature.clone()?;
        Some(Signed { summary: self.stored.summary(), captured: self.stored.captured, signature })
    }
}

impl State {
    /// What scores are computed from, made where it is first asked for.
    fn collection(&self) -> &Collection {
        let all = || Arc::new(Collection::of(self.documents.values().map(|kept| &kept.words)));
        self.collection.get_or_init(all)
    }

    /// The figures that a filter lets through, with their documents.
    fn figures<'a>(
        &'a self,
        filter: &'a FigureFilter,
    ) -> impl Iterator<Item = (&'a Arc<Kept>, &'a Keyed<Figure>)> {
        let one_of = |wanted: &[String], has: Option<&String>| {
            wanted.is_empty() || has.is_some_and(|has| wanted.contains(has))
        };
        let documents = self.documents.values().filter(move |kept| {
            let article = &kept.stored.article;
            filter.document.is_none_or(|id| id == kept.stored.id)
                && one_of(&filter.provinces, article.province.as_ref())
                && one_of(&filter.sources, article.source.as_ref())
                && (filter.languages.is_empty()
                    || article.language.is_some_and(|language| filter.languages.contains(&language)))
                && kept.is_published(filter.from.map(day), filter.to.map(day))
        });
        let all = documents.flat_map(|kept| kept.figures.iter().map(move |keyed| (kept, keyed)));
        all.filter(move |(_, keyed)| {
            let figure = &keyed.record.mention;
            let years = figure.period.map(|period| {
                let (first, last) = period.days();
                (first.year(), last.year())
            });
            let says = [&figure.indicator, &figure.unit, &figure.place].into_iter().flatten();
            one_of(&filter.keys, keyed.key.as_ref())
                && filter
                    .years
                    .is_none_or(|(from, to)| years.is_some_and(|(first, last)| first <= to && from <= last))
                && hundredths(figure.rule.confidence()) >= u64::from(filter.min_confidence)
                && (filter.words.is_empty() || called(says.map(String::as_str), &filter.words))
        })
    }
}

impl Memory {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whoever writes to it.
    pub fn writer(&self) -> MemoryWriter {
        MemoryWriter { next: State::clone(&self.state()), store: self.clone() }
    }

    fn state(&self) -> Arc<State> {
        Arc::clone(&self.committed.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store for Memory {
    fn generation(&self) -> u64 {
        self.state().generation
    }

    fn watermark(&self) -> Watermark {
        self.state().watermark.clone()
    }

    fn is_outdated(&self) -> bool {
        false
    }

    fn reload(&self) -> Result<bool, Error> {
        // What is committed is read at once.
        Ok(false)
    }

    fn at_this_point(&self) -> Result<Arc<dyn Store>, Error> {
        Ok(Arc::new(Self { committed: Arc::new(RwLock::new(self.state())) }))
    }

    fn verify(&self) -> Result<(), Error> {
        Ok(())
    }

    fn is_verified(&self) -> bool {
        true
    }

    fn damage(&self) -> Option<Damage> {
        None
    }

    fn stats(&self) -> Result<Stats, Error> {
        let state = self.state();
        let mentions = |count: &dyn Fn(&StoredDocument) -> usize| -> u64 {
            state.documents.values().map(|kept| count(&kept.stored) as u64).sum()
        };
        Ok(Stats {
            documents: state.documents.len() as u64,
            older_versions: state.versions.values().map(|versions| versions.len() as u64).sum(),
            directives: mentions(&|stored| stored.mentions.directives.len()),
            officials: mentions(&|stored| stored.mentions.officials.len()),
            figures: mentions(&|stored| stored.mentions.figures.len()),
            bytes: 0,
            watermark: state.watermark.clone(),
            generation: state.generation,
        })
    }

    fn sources(&self) -> Result<Vec<SourceSummary>, Error> {
        let state = self.state();
        let mut all: BTreeMap<&str, Vec<&Arc<Kept>>> = BTreeMap::new();
        for kept in state.documents.values() {
            if let Some(source) = &kept.stored.article.source {
                all.entry(source).or_default().push(kept);
            }
        }
        let summary = |(name, documents): (&str, Vec<&Arc<Kept>>)| {
            let mut provinces: BTreeMap<String, u64> = BTreeMap::new();
            let mut dates = None;
            for kept in &documents {
                if let Some(province) = &kept.stored.article.province {
                    *provinces.entry(province.clone()).or_default() += 1;
                }
                let date = kept.stored.article.published.map(|published| published.date);
                dates = around(dates, date.map(|date| (date, date)));
            }
            SourceSummary::new(name.to_owned(), documents.len() as u64, provinces, dates)
        };
        Ok(all.into_iter().map(summary).collect())
    }

    fn search(&self, search: &Search<'_>) -> Result<Found, Error> {
        let state = self.state();
        let collection = state.collection();
        let question = Question::of(search);
        let conditions = question.as_ref().map(|question| question.conditions.clone()).unwrap_or_default();
        let is_whole = question.as_ref().is_none_or(Question::is_whole);
        let asked = question.map(|question| collection.weigh(question));
        let (mut all, mut partly): (Vec<Match<'_>>, Vec<Match<'_>>) = (Vec::new(), Vec::new());
        for kept in state.documents.values() {
            let words = &kept.words;
            if !kept.passes(search.filters)? {
                continue;
            }
            let holds =
                |query: &Query| if query.is_empty() { Some(0.0) } else { words.score(query, collection) };
            if let Some(score) = holds(search.words).filter(|_| is_whole) {
                let score = match &asked {
                    None => score,
                    Some(asked) if asked.all_first => score + words.hints(asked, collection) + ALL_WORDS,
                    Some(asked) => words.partly(asked, collection).1,
                };
                all.push(Match { kept, score, has: u64::MAX });
            } else if let Some(asked) = &asked
                && holds(&conditions).is_some()
            {
                let (has, score) = words.partly(asked, collection);
                if asked.suffices(has) {
                    partly.push(Match { kept, score, has });
                }
            }
        }
        let mut counted = Counted::AllWords;
        if let Some(asked) = asked.as_ref().filter(|asked| all.is_empty() && asked.may_lack()) {
            let most = |found: &Match<'_>| asked.counts(found.has, Counted::MostWords);
            counted = if partly.iter().any(most) { Counted::MostWords } else { Counted::SomeWords };
            (all, partly) = partly.into_iter().partition(|found| asked.counts(found.has, counted));
        }
        let mut matched = all;
        let mut found =
            Found { count: matched.len() as u64, counted, generation: state.generation, ..Found::default() };
        found.weights = asked.as_ref().map(Weighed::weights).unwrap_or_default();
        for (facet, size) in search.facets {
            let mut counts: HashMap<&str, u64> = HashMap::new();
            for Match { kept, .. } in &matched {
                for value in kept.values.get(facet).into_iter().flatten() {
                    *counts.entry(value).or_default() += 1;
                }
            }
            let counts = counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
            found.facets.push(FacetCounts::of(counts, *size));
        }
        if search.months {
            for month in matched.iter().filter_map(|found| found.kept.month()) {
                *found.months.entry(month).or_default() += 1;
            }
        }
        let Some(page) = search.page.filter(|page| page.limit > 0) else { return Ok(found) };
        let rank = |kept: &Kept, score: f32| Rank {
            weight: match search.sort {
                Sort::Relevance => Rank::of_score(score),
                sort => Rank::of_day(sort, kept.day()),
            },
            key: order(kept.stored.id),
        };
        if search.sort == Sort::Relevance {
            matched.append(&mut partly);
        }
        let mut ranked: Vec<(Rank, Match<'_>)> =
            matched.into_iter().map(|found| (rank(found.kept, found.score), found)).collect();
        ranked.retain(|(rank, _)| page.wants(*rank));
        ranked.sort_unstable_by_key(|(rank, _)| *rank);
        found.more = ranked.len() > page.limit;
        if matches!(page.from, Some((Direction::Previous, _))) {
            ranked.drain(..ranked.len().saturating_sub(page.limit));
        }
        ranked.truncate(page.limit);
        found.documents = ranked
            .into_iter()
            .map(|(rank, Match { kept, has, .. })| FoundDocument {
                rank,
                lacks: asked.as_ref().map(|asked| asked.lacks(has)).unwrap_or_default(),
                counted: asked.as_ref().is_none_or(|asked| asked.counts(has, counted)),
                summary: kept.stored.summary(),
                text: (search.content == Content::Text).then(|| kept.stored.article.text.clone()),
                whole: (search.content == Content::Whole).then(|| Box::new(kept.stored.clone())),
            })
            .collect();
        Ok(found)
    }

    fn near_spellings(&self, words: &[&str]) -> Result<Vec<Option<String>>, Error> {
        let state = self.state();
        let collection = state.collection();
        Ok(words.iter().map(|word| collection.near(word)).collect())
    }

    fn documents(&self, ids: &[DocumentId]) -> Result<Vec<StoredDocument>, Error> {
        let state = self.state();
        Ok(ids.iter().filter_map(|id| state.documents.get(id)).map(|kept| kept.stored.clone()).collect())
    }

    fn versions(&self, id: DocumentId) -> Result<Vec<StoredDocument>, Error> {
        Ok(self.state().versions.get(&id).cloned().unwrap_or_default())
    }

    fn seen(&self, ids: &[DocumentId]) -> Result<BTreeMap<DocumentId, Timestamp>, Error> {
        let state = self.state();
        Ok(ids.iter().filter_map(|id| state.seen.get(id).map(|at| (*id, *at))).collect())
    }

    fn each_of_groups(&self, groups: &BTreeSet<String>, each: &mut EachDocument<'_>) -> Result<(), Error> {
        let state = self.state();
        let touched = |kept: &&Arc<Kept>| !kept.stored.groups().is_disjoint(groups);
        state.documents.values().filter(touched).try_for_each(|kept| each(kept.stored.clone()))
    }

    fn entities(&self, by: By, values: &[&str]) -> Result<Vec<Entity>, Error> {
        let state = self.state();
        let has = |entity: &&Entity| match by {
            By::Id => values.contains(&entity.id.as_str()),
            By::Before => entity.also.iter().any(|id| values.contains(&id.as_str())),
            By::Group => values.contains(&entity.group.as_str()),
            By::Office => entity.offices().any(|office| values.contains(&office)),
        };
        Ok(state.entities.values().filter(has).cloned().collect())
    }

    fn list(&self, list: &EntityList<'_>) -> Result<(Vec<Entity>, u64), Error> {
        let state = self.state();
        let wanted = |entity: &&Entity| {
            entity.what.kind() == list.kind
                && (list.words.is_empty() || called(entity.words().into_iter(), list.words))
        };
        let mut found: Vec<&Entity> = state.entities.values().filter(wanted).collect();
        let total = found.len() as u64;
        found.sort_by(|a, b| a.place().cmp(&b.place()));
        if let Some((documents, id)) = list.after {
            found.retain(|entity| entity.place() > (std::cmp::Reverse(documents), id));
        }
        Ok((found.into_iter().take(list.limit).cloned().collect(), total))
    }

    fn figures(
        &self,
        filter: &FigureFilter,
        after: Option<FigurePlace>,
        limit: usize,
    ) -> Result<Figures, Error> {
        let state = self.state();
        let mut found: Vec<_> = state.figures(filter).map(|(_, keyed)| keyed).collect();
        found.sort_by_key(|keyed| FigurePlace::of(keyed));
        let total = found.len() as u64;
        let behind =
            found.into_iter().filter(|keyed| after.is_none_or(|after| FigurePlace::of(keyed) > after));
        Ok(Figures { records: behind.take(limit).cloned().collect(), total })
    }

    fn indicators(&self, filter: &FigureFilter, limit: usize) -> Result<(Vec<KeyCount>, usize), Error> {
        let state = self.state();
        let mut all: BTreeMap<&str, (u64, BTreeSet<DocumentId>, Option<_>)> = BTreeMap::new();
        for (kept, keyed) in state.figures(filter) {
            let Some(key) = &keyed.key else { continue };
            let (mentions, documents, dates) = all.entry(key).or_default();
            *mentions += 1;
            documents.insert(kept.stored.id);
            *dates = around(*dates, keyed.published().map(|date| (date, date)));
        }
        let mut counts: Vec<KeyCount> = all
            .into_iter()
            .map(|(key, (mentions, documents, dates))| KeyCount {
                key: key.to_owned(),
                mentions,
                documents: documents.len() as u64,
                first: dates.map(|(first, _)| first),
                last: dates.map(|(_, last)| last),
            })
            .collect();
        let distinct = counts.len();
        most_first(&mut counts);
        counts.truncate(limit);
        Ok((counts, distinct))
    }

    fn signed(&self, id: DocumentId) -> Result<Option<Signed>, Error> {
        Ok(self.state().documents.get(&id).and_then(|kept| kept.signed()))
    }

    fn alike(&self, bands: &[u64], limit: usize) -> Result<Vec<Signed>, Error> {
        let state = self.state();
        let mut found: BTreeMap<DocumentId, Signed> = BTreeMap::new();
        for band in bands {
            let with =
                |signed: &Signed| signed.signature.bands().into_iter().any(|candidate| candidate == *band);
            let signed = state.documents.values().filter_map(|kept| kept.signed());
            found.extend(signed.filter(with).take(limit).map(|signed| (signed.summary.id, signed)));
        }
        Ok(found.into_values().collect())
    }
}

/// Writes to a store in memory.
#[derive(Debug)]
pub struct MemoryWriter {
    store: Memory,
    next: State,
}

impl Writer for MemoryWriter {
    fn store(&self) -> &dyn Store {
        &self.store
    }

    fn before(&self) -> Option<Arc<dyn Store>> {
        None
    }

    fn unfinished(&self) -> Result<BTreeSet<String>, Error> {
        Ok(BTreeSet::new())
    }

    fn put(&mut self, document: StoredDocument, signature: Option<&Signature>) -> Result<(), Error> {
        self.next.documents.insert(document.id, Arc::new(Kept::new(document, signature.cloned())));
        Ok(())
    }

    fn put_version(&mut self, document: StoredDocument) -> Result<(), Error> {
        let versions = self.next.versions.entry(document.id).or_default();
        versions.retain(|known| known.version != document.version);
        versions.push(document);
        versions.sort_by_key(|known| known.version);
        Ok(())
    }

    fn put_seen(&mut self, id: DocumentId, at: Timestamp) -> Result<(), Error> {
        self.next.seen.insert(id, at);
        Ok(())
    }

    fn remove(&mut self, id: DocumentId) -> Result<(), Error> {
        self.next.documents.remove(&id);
        self.next.versions.remove(&id);
        self.next.seen.remove(&id);
        Ok(())
    }

    fn replace(&mut self, replaced: &Replaced, entities: &[Entity]) -> Result<(), Error> {
        self.next.entities.retain(|id, entity| {
            let is_office = matches!(entity.what, What::Office(_));
            let gone =
                replaced.groups.contains(&entity.group) || (is_office && replaced.offices.contains(id));
            !gone
        });
        for entity in entities {
            // As it would be read back: what is not written down is not kept.
            let kept = serde_json::to_value(entity).and_then(serde_json::from_value::<Entity>);
            let kept = kept.map_err(|error| Error::Corrupt {
                folder: std::path::PathBuf::from("memory"),
                reason: error.to_string(),
            })?;
            self.next.entities.insert(kept.id.clone(), kept);
        }
        Ok(())
    }

    fn commit(&mut self, watermark: &Watermark) -> Result<(), Error> {
        self.next.watermark = watermark.clone();
        self.next.generation += 1;
        self.next.collection = OnceLock::new();
        *self.store.committed.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(self.next.clone());
        Ok(())
    }

    fn purge(self: Box<Self>) -> Result<(), Error> {
        Ok(())
    }

    fn finish(self: Box<Self>, _complete: bool) -> Result<(), Error> {
        Ok(())
    }
}
