//! Mentions by what they are about: what dossiers, careers and series are computed from.

use std::collections::{BTreeMap, BinaryHeap, HashMap};

use corpus::{DocumentId, Language};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Occur, Query};
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, SegmentReader, TantivyDocument, Term};

use super::document::Keyed;
use super::entity::{Counts, Entity};
use super::entry;
use super::reader::{Index, Snapshot};
use super::schema::{Fields, RecordKind, name};
use super::sources::around;
use crate::search::plan::{self, Days};
use crate::{Directive, Error, Figure, Official};

/// Which mentions. All conditions must hold; several values of one field are alternatives, no value is no condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordFilter {
    /// Keys of directives, officials or indicators.
    pub keys: Vec<String>,
    /// Keys of positions; officials only.
    pub positions: Vec<String>,
    /// Mentioned in this document.
    pub document: Option<DocumentId>,
    /// Mentioned in a document of these provinces.
    pub provinces: Vec<String>,
    /// Mentioned in a document of these sources.
    pub sources: Vec<String>,
    /// Mentioned in a document in these languages.
    pub languages: Vec<Language>,
    /// Mentioned in a document published on this day or later.
    pub from: Option<Date>,
    /// Mentioned in a document published on this day or earlier.
    pub to: Option<Date>,
    /// Figures whose period touches these years, both included.
    pub years: Option<(i16, i16)>,
    /// Words in what the mention itself says: name and positions; number, issuer and subject; indicator, unit and place.
    /// Read as a search is.
    pub words: Option<String>,
    /// Mentions that are at least so sure, in whole hundredths: see [`Rule::confidence`](crate::Rule::confidence).
    pub min_confidence: u8,
    /// How many to return at most; 0 and anything above [`MAX_RECORDS`] mean [`MAX_RECORDS`].
    pub limit: usize,
}

/// Mentions that one question returns, at most.
pub const MAX_RECORDS: usize = 10_000;

/// Mentions, the earliest published first (undated ones last), then by document and place.
#[derive(Clone, Debug, PartialEq)]
pub struct Records<M> {
    /// The mentions.
    pub records: Vec<Keyed<M>>,
    /// How many there are in all; more than `records` holds where the limit was reached.
    pub total: u64,
}

/// How often something is mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCount {
    /// Its key.
    pub key: String,
    /// Its mentions.
    pub mentions: u64,
    /// Documents that mention it, each counted once.
    pub documents: u64,
    /// Date of the first document that mentions it.
    pub first: Option<Date>,
    /// Date of the last one.
    pub last: Option<Date>,
}

/// Mentions, documents, the document that was counted last, and days.
#[derive(Default)]
struct Tally {
    mentions: u64,
    documents: u64,
    last: Option<u64>,
    days: Option<(i64, i64)>,
}

/// Mentions by what is known of their documents.
#[derive(Debug, Default)]
pub(crate) struct Spread {
    pub(crate) years: BTreeMap<i16, u64>,
    pub(crate) provinces: BTreeMap<String, u64>,
    pub(crate) sources: BTreeMap<String, u64>,
}

/// The kinds of mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// Directives.
    Directive,
    /// Officials.
    Official,
    /// Figures.
    Figure,
}

impl MentionKind {
    fn record(self) -> RecordKind {
        match self {
            Self::Directive => RecordKind::Directive,
            Self::Official => RecordKind::Official,
            Self::Figure => RecordKind::Figure,
        }
    }

    fn key(self, fields: &Fields) -> (Field, &'static str) {
        match self {
            Self::Directive => (fields.directive, name::DIRECTIVE),
            Self::Official => (fields.official, name::OFFICIAL),
            Self::Figure => (fields.indicator, name::INDICATOR),
        }
    }
}

impl Index {
    /// Mentions of directives.
    pub fn directive_records(&self, filter: &RecordFilter) -> Result<Records<Directive>, Error> {
        self.records(MentionKind::Directive, filter)
    }

    /// Mentions of officials.
    pub fn official_records(&self, filter: &RecordFilter) -> Result<Records<Official>, Error> {
        self.records(MentionKind::Official, filter)
    }

    /// Figures.
    pub fn figure_records(&self, filter: &RecordFilter) -> Result<Records<Figure>, Error> {
        self.records(MentionKind::Figure, filter)
    }

    /// What is mentioned, the most often first, at most `limit` of it, and how many different things there are.
    /// `filter.limit` does not count.
    pub fn mentioned(
        &self,
        kind: MentionKind,
        filter: &RecordFilter,
        limit: usize,
    ) -> Result<(Vec<KeyCount>, usize), Error> {
        let snapshot = self.snapshot();
        let mut all: HashMap<String, Tally> = HashMap::new();
        let (_, column) = kind.key(self.fields());
        self.each_mention(&snapshot, kind, filter, &mut |segment, docs| {
            let fast = segment.reader.fast_fields();
            let Some(keys) = fast.str(column)? else { return Ok(()) };
            let orders = fast.u64(name::ORDER)?;
            let mut here: HashMap<u64, Tally> = HashMap::new();
            for doc in docs {
                let Some(key) = keys.ords().first(*doc) else { continue };
                let tally = here.entry(key).or_default();
                tally.mentions += 1;
                // The mentions of one document stand one behind the other.
                let order = orders.first(*doc);
                if tally.last != order || order.is_none() {
                    tally.documents += 1;
                    tally.last = order;
                }
                tally.days = around(tally.days, segment.days.first(*doc).map(|day| (day, day)));
            }
            for (number, tally) in here {
                let mut key = String::new();
                keys.ord_to_str(number, &mut key)?;
                let sum = all.entry(key).or_default();
                sum.mentions += tally.mentions;
                sum.documents += tally.documents;
                sum.days = around(sum.days, tally.days);
            }
            Ok(())
        })?;
        let distinct = all.len();
        let count = |(key, tally): (String, Tally)| KeyCount {
            key,
            mentions: tally.mentions,
            documents: tally.documents,
            first: tally.days.and_then(|(first, _)| entry::date(first)),
            last: tally.days.and_then(|(_, last)| entry::date(last)),
        };
        let mut all: Vec<KeyCount> = all.into_iter().map(count).collect();
        all.sort_unstable_by(|a, b| {
            (b.documents, b.mentions).cmp(&(a.documents, a.mentions)).then_with(|| a.key.cmp(&b.key))
        });
        all.truncate(limit.min(MAX_RECORDS));
        Ok((all, distinct))
    }

    /// Mentions of some keys by year of publication, province and source of their documents.
    pub(crate) fn spread(&self, kind: MentionKind, filter: &RecordFilter) -> Result<Spread, Error> {
        let snapshot = self.snapshot();
        let mut spread = Spread::default();
        self.each_mention(&snapshot, kind, filter, &mut |segment, docs| {
            let fast = segment.reader.fast_fields();
            let columns = [fast.str(name::PROVINCE)?, fast.str(name::SOURCE)?];
            for doc in docs {
                if let Some(day) = segment.days.first(*doc).and_then(entry::date) {
                    *spread.years.entry(day.year()).or_default() += 1;
                }
                for (column, counts) in columns.iter().zip([&mut spread.provinces, &mut spread.sources]) {
                    let Some(column) = column else { continue };
                    let Some(number) = column.ords().first(*doc) else { continue };
                    let mut value = String::new();
                    column.ord_to_str(number, &mut value)?;
                    *counts.entry(value).or_default() += 1;
                }
            }
            Ok(())
        })?;
        Ok(spread)
    }

    /// The entities of a list, those of the most documents first, and how many there are. Where a filter looks at the
    /// documents, each is counted in those that it lets through.
    pub(crate) fn listed(
        &self,
        mentioned: MentionKind,
        kind: RecordKind,
        filter: &RecordFilter,
        limit: usize,
    ) -> Result<(Vec<Entity>, usize), Error> {
        let all =
            RecordFilter { words: filter.words.clone(), limit: filter.limit, ..RecordFilter::default() };
        if *filter == all {
            return self.entities(kind, filter.words.as_deref(), limit);
        }
        let (counts, total) = self.mentioned(mentioned, filter, limit)?;
        let mut found = Vec::with_capacity(counts.len());
        for KeyCount { key, mentions, documents, first, last } in counts {
            let Some(mut entity) = self.entity(&key)? else { continue };
            entity.counts = Counts { mentions, documents, dates: first.zip(last) };
            found.push(entity);
        }
        Ok((found, total))
    }

    /// Entities of a kind, those of the most documents first, and how many there are. `words` must all stand in what they
    /// are called.
    pub(crate) fn entities(
        &self,
        kind: RecordKind,
        words: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<Entity>, usize), Error> {
        let snapshot = self.snapshot();
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(self.kind(kind)))];
        let query = crate::search::query::Query::parse(words.unwrap_or_default(), self.limits())?;
        if !query.is_empty() {
            clauses.extend(plan::words(&plan::Target::Mentions(self.fields().about), &query));
        }
        let query = plan::joined(clauses);
        let mut all: Vec<(u64, DocAddress)> = Vec::new();
        let mut run = || -> tantivy::Result<()> {
            let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
            for (number, reader) in snapshot.searcher.segment_readers().iter().enumerate() {
                let weights = reader.fast_fields().u64(name::WEIGHT)?;
                weight.for_each_no_score(reader, &mut |docs| {
                    for doc in docs.iter().filter(|doc| !reader.is_deleted(**doc)) {
                        let address = DocAddress::new(number as u32, *doc);
                        all.push((weights.first(*doc).unwrap_or_default(), address));
                    }
                })?;
            }
            Ok(())
        };
        run().map_err(|error| self.error(error))?;
        let total = all.len();
        // Of equals the first by id, so all of the last rank are read.
        all.sort_unstable_by_key(|(weight, address)| (std::cmp::Reverse(*weight), *address));
        let end = limit.min(total);
        let last = end.checked_sub(1).map(|at| all[at].0);
        let behind = all.partition_point(|(weight, _)| last.is_some_and(|last| *weight >= last));
        // A rank with a great many members is cut by place: nobody pages through those that one text names once.
        all.truncate(behind.min(end + MAX_RECORDS));
        let mut found = Vec::with_capacity(all.len());
        for (_, address) in all {
            found.push(self.entity_at(&snapshot, address)?);
        }
        found.sort_by(|a, b| b.counts.documents.cmp(&a.counts.documents).then_with(|| a.id.cmp(&b.id)));
        found.truncate(limit);
        Ok((found, total))
    }

    fn records<M: DeserializeOwned>(
        &self,
        kind: MentionKind,
        filter: &RecordFilter,
    ) -> Result<Records<M>, Error> {
        let limit = if filter.limit == 0 { MAX_RECORDS } else { filter.limit.min(MAX_RECORDS) };
        let snapshot = self.snapshot();
        // The greatest is the first to be dropped.
        let mut earliest: BinaryHeap<(i64, u64, u64, DocAddress)> = BinaryHeap::new();
        let mut total = 0;
        self.each_mention(&snapshot, kind, filter, &mut |segment, docs| {
            let fast = segment.reader.fast_fields();
            let (orders, places) = (fast.u64(name::ORDER)?, fast.u64(name::PLACE)?);
            total += docs.len() as u64;
            for doc in docs {
                let day = segment.days.first(*doc).unwrap_or(i64::MAX);
                let order = orders.first(*doc).unwrap_or_default();
                let place = places.first(*doc).unwrap_or_default();
                let found = (day, order, place, DocAddress::new(segment.number, *doc));
                if earliest.len() < limit {
                    earliest.push(found);
                } else if earliest.peek().is_some_and(|last| found < *last) {
                    earliest.pop();
                    earliest.push(found);
                }
            }
            Ok(())
        })?;
        let found = earliest.into_sorted_vec();
        // Read in the order in which they stand on the disk.
        let mut by_address: Vec<(DocAddress, usize)> =
            found.iter().enumerate().map(|(number, (.., address))| (*address, number)).collect();
        by_address.sort_unstable();
        let mut records = Vec::with_capacity(found.len());
        for (address, number) in by_address {
            let document: TantivyDocument =
                snapshot.searcher.doc(address).map_err(|error| self.error(error))?;
            let keyed =
                entry::read_mention(self.stored_json(&document)?).map_err(|error| self.corrupt(error))?;
            records.push((number, keyed));
        }
        records.sort_unstable_by_key(|(number, _)| *number);
        Ok(Records { records: records.into_iter().map(|(_, keyed)| keyed).collect(), total })
    }

    /// Hands the mentions that a filter lets through to `take`, one segment at a time.
    fn each_mention(
        &self,
        snapshot: &Snapshot,
        kind: MentionKind,
        filter: &RecordFilter,
        take: &mut dyn FnMut(&MentionSegment<'_>, &[DocId]) -> tantivy::Result<()>,
    ) -> Result<(), Error> {
        let query = self.mention_query(kind, filter)?;
        let days = Days::new(filter.from, filter.to);
        let years = filter.years.map(|(first, last)| (i64::from(first), i64::from(last)));
        let mut run = || -> tantivy::Result<()> {
            let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
            for (number, reader) in snapshot.searcher.segment_readers().iter().enumerate() {
                let fast = reader.fast_fields();
                let segment = MentionSegment { number: number as u32, reader, days: fast.i64(name::DAY)? };
                let (first_years, last_years) = (fast.i64(name::FIRST_YEAR)?, fast.i64(name::LAST_YEAR)?);
                let in_years = |doc| match (years, first_years.first(doc), last_years.first(doc)) {
                    (None, ..) => true,
                    (Some((from, to)), Some(first), Some(last)) => first <= to && from <= last,
                    _ => false,
                };
                let least = u64::from(filter.min_confidence);
                let sure = if least == 0 { None } else { Some(fast.u64(name::CONFIDENCE)?) };
                let is_sure =
                    |doc| sure.as_ref().is_none_or(|sure| sure.first(doc).is_some_and(|sure| sure >= least));
                let mut wanted = Vec::new();
                weight.for_each_no_score(reader, &mut |docs| {
                    let wants = |doc: &DocId| {
                        !reader.is_deleted(*doc)
                            && (days.is_everything() || days.has(segment.days.first(*doc)))
                            && in_years(*doc)
                            && is_sure(*doc)
                    };
                    wanted.extend(docs.iter().copied().filter(wants));
                })?;
                take(&segment, &wanted)?;
            }
            Ok(())
        };
        run().map_err(|error| self.error(error))
    }

    fn mention_query(&self, kind: MentionKind, filter: &RecordFilter) -> Result<Box<dyn Query>, Error> {
        let fields = self.fields();
        let mut clauses: Vec<(Occur, Box<dyn Query>)> =
            vec![(Occur::Must, Box::new(self.kind(kind.record())))];
        let mut any = |field, values: &mut dyn Iterator<Item = &str>| {
            let wanted = plan::any_of(values.map(|value| Term::from_field_text(field, value)).collect());
            clauses.extend(wanted.map(|wanted| (Occur::Must, wanted)));
        };
        any(kind.key(fields).0, &mut filter.keys.iter().map(String::as_str));
        any(fields.position, &mut filter.positions.iter().map(String::as_str));
        any(fields.province, &mut filter.provinces.iter().map(String::as_str));
        any(fields.source, &mut filter.sources.iter().map(String::as_str));
        any(fields.language, &mut filter.languages.iter().map(Language::code));
        let document = filter.document.map(|id| id.to_string());
        any(fields.id, &mut document.iter().map(String::as_str));
        let query =
            crate::search::query::Query::parse(filter.words.as_deref().unwrap_or_default(), self.limits())?;
        if !query.is_empty() {
            clauses.extend(plan::words(&plan::Target::Mentions(fields.about), &query));
        }
        Ok(plan::joined(clauses))
    }
}

/// A segment of which mentions are read.
struct MentionSegment<'a> {
    number: u32,
    reader: &'a SegmentReader,
    days: Column<i64>,
}
