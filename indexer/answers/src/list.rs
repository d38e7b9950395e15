//! Lists of entities, counted in all documents or in those that a filter lets through.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use store::{
    By, Content, Counts, Entity, EntityKind, EntityList, Error, Facet, Filters, Page, Query, Search, Sort,
    StoredDocument,
};

use crate::Index;

/// Which documents count for a list. All conditions must hold; several values of one field are alternatives, no value is no
/// condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// Documents of these provinces.
    pub provinces: Vec<String>,
    /// Documents of these sources.
    pub sources: Vec<String>,
    /// Published on this day or later.
    pub from: Option<Date>,
    /// Published on this day or earlier.
    pub to: Option<Date>,
    /// Words that what is listed must be called by.
    pub words: Option<String>,
}

impl DocumentFilter {
    /// Whether it looks at documents.
    fn is_of_documents(&self) -> bool {
        *self != Self { words: self.words.clone(), ..Self::default() }
    }

    fn filters(&self) -> Filters {
        let values = |facet, values: &[String]| {
            values.iter().map(move |value| (facet, value.clone())).collect::<Vec<_>>()
        };
        let mut include = values(Facet::Province, &self.provinces);
        include.extend(values(Facet::Source, &self.sources));
        Filters { from: self.from, to: self.to, include, exclude: Vec::new() }
    }
}

/// What is known under a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Found<T> {
    /// This.
    One(Box<T>),
    /// It was merged into another: its key.
    Moved(String),
    /// It was split into several: their keys and labels.
    Split(Vec<(String, String)>),
    /// Nothing.
    None,
}

impl<T> Found<T> {
    /// Where a key that names no entity leads.
    pub(crate) fn through(successors: &[Entity]) -> Self {
        match successors {
            [] => Self::None,
            [only] => Self::Moved(only.id.clone()),
            several => {
                Self::Split(several.iter().map(|entity| (entity.id.clone(), entity.label())).collect())
            }
        }
    }

    /// The thing itself.
    pub fn one(self) -> Option<T> {
        if let Self::One(found) = self { Some(*found) } else { None }
    }
}

/// Mentions that a dossier or a career shows at once; the others stand in the documents that a search by its key finds.
pub const CITATIONS: usize = 100;

/// Entities of one answer that are counted in some documents alone, at most.
const COUNTED: usize = 100_000;

/// Documents that mention an entity, by what they have, the most first.
pub(crate) struct Spread {
    /// The earliest of them.
    pub(crate) first: Vec<StoredDocument>,
    pub(crate) years: Vec<(i16, u64)>,
    pub(crate) provinces: Vec<(String, u64)>,
    pub(crate) sources: Vec<(String, u64)>,
}

impl Index {
    /// Entities, those of the most documents first, and how many there are. Where a filter looks at the documents, each is
    /// counted in those that it lets through, as the facet of a search counts it.
    pub(crate) fn listed(
        &self,
        kind: EntityKind,
        facet: Facet,
        filter: &DocumentFilter,
        limit: usize,
    ) -> Result<(Vec<Entity>, u64), Error> {
        let words = self.words(filter.words.as_deref())?;
        if !filter.is_of_documents() {
            return self.store().list(&EntityList { kind, words: &words, after: None, limit });
        }
        let everything = Query::default();
        let filters = filter.filters();
        let found = self.store().search(&Search {
            words: &everything,
            filters: &filters,
            sort: Sort::Newest,
            page: None,
            facets: &[(facet, COUNTED)],
            months: false,
            content: Content::Summary,
            time: self.limits().time,
        })?;
        let mut counts = found.facets.into_iter().next().map(|facet| facet.values).unwrap_or_default();
        if !words.is_empty() {
            let called = EntityList { kind, words: &words, after: None, limit: COUNTED };
            let called: HashSet<String> =
                self.store().list(&called)?.0.into_iter().map(|entity| entity.id).collect();
            counts.retain(|(id, _)| called.contains(id));
        }
        let total = counts.len() as u64;
        counts.truncate(limit);
        let ids: Vec<&str> = counts.iter().map(|(id, _)| id.as_str()).collect();
        let mut entities: HashMap<String, Entity> = self
            .store()
            .entities(By::Id, &ids)?
            .into_iter()
            .map(|entity| (entity.id.clone(), entity))
            .collect();
        let listed = counts.iter().filter_map(|(id, documents)| {
            let mut entity = entities.remove(id)?;
            entity.counts = Counts { documents: *documents, ..entity.counts };
            Some(entity)
        });
        Ok((listed.collect(), total))
    }

    /// The documents that mention an entity: the earliest of them, and how they spread.
    pub(crate) fn spread(&self, facet: Facet, key: &str) -> Result<Spread, Error> {
        let everything = Query::default();
        let filters = Filters { include: vec![(facet, key.to_owned())], ..Filters::default() };
        let found = self.store().search(&Search {
            words: &everything,
            filters: &filters,
            sort: Sort::Oldest,
            page: Some(Page { limit: CITATIONS, from: None }),
            facets: &[(Facet::Province, usize::MAX), (Facet::Source, usize::MAX)],
            months: true,
            content: Content::Whole,
            time: self.limits().time,
        })?;
        let mut years: Vec<(i16, u64)> = Vec::new();
        for (month, count) in &found.months {
            let year = i16::try_from(month / 12).unwrap_or(i16::MAX);
            match years.last_mut() {
                Some((last, sum)) if *last == year => *sum += count,
                _ => years.push((year, *count)),
            }
        }
        let mut facets = found.facets.into_iter().map(|facet| facet.values);
        let (provinces, sources) = (facets.next().unwrap_or_default(), facets.next().unwrap_or_default());
        let first = found.documents.into_iter().filter_map(|found| found.whole).map(|whole| *whole);
        Ok(Spread { first: first.collect(), years, provinces, sources })
    }
}
