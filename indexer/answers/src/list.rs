//! Lists of entities, counted in all documents or in those that a filter lets through.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use store::{
    By, Content, Counts, Direction, Entity, EntityKind, EntityList, Error, Facet, Filters, Keyed, Page,
    Query, Rank, Search, Sort, StoredDocument,
};

use crate::Index;
use crate::paging::{EntityPlace, MentionPlace};

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
pub(crate) const COUNTED: usize = 100_000;

/// A page of the mentions of an entity, the earliest published first.
#[derive(Clone, Debug, PartialEq)]
pub struct MentionPage<M> {
    /// The mentions.
    pub mentions: Vec<Keyed<M>>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page begins; `None` on the last.
    pub next: Option<MentionPlace>,
}

/// A page of entities.
pub(crate) struct Listed {
    pub(crate) entities: Vec<Entity>,
    pub(crate) total: u64,
    pub(crate) next: Option<EntityPlace>,
}

impl Listed {
    /// A page of what was read to its end.
    pub(crate) fn of(mut all: Vec<Entity>, after: Option<&EntityPlace>, limit: usize) -> Self {
        let total = all.len() as u64;
        if let Some(EntityPlace { documents, id }) = after {
            let behind = (std::cmp::Reverse(*documents), id.as_str());
            all.retain(|entity| entity.place() > behind);
        }
        Self::cut(all, total, limit)
    }

    /// The first `limit` of what was read one beyond them.
    fn cut(mut entities: Vec<Entity>, total: u64, limit: usize) -> Self {
        let more = entities.len() > limit;
        entities.truncate(limit);
        let last = entities.last().filter(|_| more);
        let next = last.map(|last| EntityPlace { documents: last.counts.documents, id: last.id.clone() });
        Self { entities, total, next }
    }
}

/// Documents that mention an entity, by what they have, the most first.
pub(crate) struct Spread {
    pub(crate) years: Vec<(i16, u64)>,
    pub(crate) provinces: Vec<(String, u64)>,
    pub(crate) sources: Vec<(String, u64)>,
}

impl Index {
    /// A page of entities, those of the most documents first. Where a filter looks at the documents, each is counted in
    /// those that it lets through, as the facet of a search counts it.
    pub(crate) fn listed(
        &self,
        kind: EntityKind,
        facet: Facet,
        filter: &DocumentFilter,
        after: Option<&EntityPlace>,
        limit: usize,
    ) -> Result<Listed, Error> {
        let words = self.words(filter.words.as_deref())?;
        if !filter.is_of_documents() {
            let after = after.map(|place| (place.documents, place.id.as_str()));
            let list = EntityList { kind, words: &words, after, limit: limit.saturating_add(1) };
            let (entities, total) = self.store().list(&list)?;
            return Ok(Listed::cut(entities, total, limit));
        }
        let everything = Query::default();
        let filters = filter.filters();
        let found = self.store().search(&Search {
            words: &everything,
            matching: store::Matching::All,
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
        if let Some(EntityPlace { documents, id }) = after {
            counts.retain(|(other, count)| count < documents || (count == documents && other > id));
        }
        counts.truncate(limit.saturating_add(1));
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
        Ok(Listed::cut(listed.collect(), total, limit))
    }

    /// A page of the mentions of an entity out of the documents that `facet` finds by its key; `of` reads those of one
    /// document.
    pub(crate) fn mentions<M>(
        &self,
        facet: Facet,
        entity: &Entity,
        (after, limit): (Option<MentionPlace>, usize),
        of: impl Fn(&StoredDocument) -> Vec<Keyed<M>>,
    ) -> Result<MentionPage<M>, Error> {
        let found = self.mentioning(facet, &entity.id, (after, limit), false)?;
        Ok(mentions_in(&found, entity, (after, limit), of))
    }

    /// The same, and how all documents that mention the entity spread: in one search.
    pub(crate) fn mentions_and_spread<M>(
        &self,
        facet: Facet,
        entity: &Entity,
        (after, limit): (Option<MentionPlace>, usize),
        of: impl Fn(&StoredDocument) -> Vec<Keyed<M>>,
    ) -> Result<(MentionPage<M>, Spread), Error> {
        let found = self.mentioning(facet, &entity.id, (after, limit), true)?;
        Ok((mentions_in(&found, entity, (after, limit), of), Spread::of(found)))
    }

    /// Documents that mention an entity, the earliest first, behind a place where one is given; with what they have counted
    /// where they are to be `spread`.
    fn mentioning(
        &self,
        facet: Facet,
        key: &str,
        (after, limit): (Option<MentionPlace>, usize),
        spread: bool,
    ) -> Result<store::Found, Error> {
        let everything = Query::default();
        let filters = Filters { include: vec![(facet, key.to_owned())], ..Filters::default() };
        let facets = [(Facet::Province, usize::MAX), (Facet::Source, usize::MAX)];
        self.store().search(&Search {
            words: &everything,
            matching: store::Matching::All,
            filters: &filters,
            sort: Sort::Oldest,
            // Each of them has a mention at least.
            page: Some(Page { limit, from: after.map(|place| (Direction::Next, place.after)) }),
            facets: if spread { &facets } else { &[] },
            months: spread,
            content: Content::Whole,
            time: self.limits().time,
        })
    }
}

impl Spread {
    fn of(found: store::Found) -> Self {
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
        Self { years, provinces, sources }
    }
}

/// The page of mentions that documents make, where each is read by `of`.
fn mentions_in<M>(
    found: &store::Found,
    entity: &Entity,
    (after, limit): (Option<MentionPlace>, usize),
    of: impl Fn(&StoredDocument) -> Vec<Keyed<M>>,
) -> MentionPage<M> {
    let mut page = MentionPage { mentions: Vec::new(), total: entity.counts.mentions, next: None };
    let mut shown = after.map_or(0, |place| place.shown);
    let mut behind = after.map(|place| place.after);
    for document in &found.documents {
        let Some(whole) = &document.whole else { continue };
        let mut own = of(whole).into_iter().skip(shown);
        let room = limit - page.mentions.len();
        page.mentions.extend(own.by_ref().take(room));
        if own.next().is_some() {
            // The document is begun, so the next page begins with it.
            let after = behind.unwrap_or(Rank { weight: u64::MAX, key: 0 });
            page.next = Some(MentionPlace { after, shown: shown + room });
            return page;
        }
        shown = 0;
        behind = Some(document.rank);
        if page.mentions.len() == limit {
            break;
        }
    }
    let is_last = found.documents.last().map(|last| Some(last.rank)) == Some(behind);
    if let Some(after) = behind.filter(|_| found.more || !is_last) {
        page.next = Some(MentionPlace { after, shown: 0 });
    }
    page
}
