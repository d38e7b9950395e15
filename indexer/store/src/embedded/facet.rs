//! Counting documents by the values of their fast fields.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::{Cardinality, Column, StrColumn};
use tantivy::{DocId, Searcher};

use super::collect::{self, Counter, Sought, Stop, Watch};
use super::plan::Plan;
use super::reader::Snapshot;
use super::schema::name;
use super::segment::Segment;
use crate::search::{Facet, FacetCounts};

/// The fast fields of the facets that are texts.
pub(crate) fn texts() -> Vec<&'static str> {
    Facet::ALL.iter().copied().filter_map(field).collect()
}

/// The fast field of a facet that is text.
fn field(facet: Facet) -> Option<&'static str> {
    match facet {
        Facet::Source => Some(name::SOURCE),
        Facet::Province => Some(name::PROVINCE),
        Facet::Language => Some(name::LANGUAGE),
        Facet::Type => Some(name::TYPES),
        Facet::Directive => Some(name::DIRECTIVE),
        Facet::Official => Some(name::OFFICIAL),
        Facet::Position => Some(name::POSITION),
        Facet::Indicator => Some(name::INDICATOR),
        Facet::Year | Facet::Month => None,
    }
}

/// The values of a text field in all segments of a commit, each with one number: so they are counted without being read.
#[derive(Debug, Default)]
pub(crate) struct Values {
    /// In order.
    all: Vec<Box<str>>,
    /// By segment: the place in `all` of each value that it numbers.
    places: Vec<Vec<u32>>,
}

impl Values {
    fn read(searcher: &Searcher, field: &str) -> tantivy::Result<Self> {
        let mut of_segments = Vec::new();
        for reader in searcher.segment_readers() {
            let mut here: Vec<Box<str>> = Vec::new();
            if let Some(column) = reader.fast_fields().str(field)? {
                let mut stream = column.dictionary().stream()?;
                while stream.advance() {
                    // What is no text was not written by us; it keeps its number.
                    here.push(String::from_utf8_lossy(stream.key()).into());
                }
            }
            of_segments.push(here);
        }
        let mut all: Vec<Box<str>> = of_segments.iter().flatten().cloned().collect();
        all.sort_unstable();
        all.dedup();
        let place = |value: &str| all.binary_search_by(|known| (**known).cmp(value)).unwrap_or_default();
        let places =
            of_segments.iter().map(|here| here.iter().map(|value| place(value) as u32).collect()).collect();
        Ok(Self { all, places })
    }
}

/// The values of the facets of a commit; read where they are first counted.
#[derive(Debug, Default)]
pub(crate) struct FacetValues(Mutex<HashMap<&'static str, Arc<Values>>>);

impl FacetValues {
    fn of(&self, searcher: &Searcher, field: &'static str) -> tantivy::Result<Arc<Values>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(values) = known.get(field) {
            return Ok(values.clone());
        }
        let values = Arc::new(Values::read(searcher, field)?);
        known.insert(field, values.clone());
        Ok(values)
    }
}

/// Counts the values of a text field.
pub(crate) struct TextCounter {
    field: &'static str,
    values: Arc<Values>,
    column: Option<StrColumn>,
    /// The segment that is counted.
    segment: usize,
    /// By the place of a value.
    counts: Vec<u32>,
}

impl TextCounter {
    /// A counter for a facet that is text.
    pub(crate) fn new(facet: Facet, snapshot: &Snapshot) -> tantivy::Result<Option<Self>> {
        let Some(field) = field(facet) else { return Ok(None) };
        let values = snapshot.facet_values.of(&snapshot.searcher, field)?;
        let counts = vec![0; values.all.len()];
        Ok(Some(Self { field, values, column: None, segment: 0, counts }))
    }

    /// The `size` most frequent values.
    pub(crate) fn tally(self, size: usize) -> Tally {
        let mut found: Vec<(Reverse<u32>, usize)> = (0..)
            .zip(&self.counts)
            .filter(|(_, count)| **count > 0)
            .map(|(place, count)| (Reverse(*count), place))
            .collect();
        let distinct = found.len();
        if size < found.len() {
            found.select_nth_unstable(size);
            found.truncate(size);
        }
        found.sort_unstable();
        Tally { values: self.values, found, distinct }
    }
}

/// Documents by value, the most frequent first, equals by value.
#[derive(Debug)]
pub(crate) struct Tally {
    values: Arc<Values>,
    /// How many documents, and the place of the value.
    found: Vec<(Reverse<u32>, usize)>,
    distinct: usize,
}

impl Tally {
    /// The `size` most frequent values.
    pub(crate) fn counts(&self, size: usize) -> FacetCounts {
        let value = |(Reverse(count), place): &(Reverse<u32>, usize)| {
            (self.values.all[*place].to_string(), u64::from(*count))
        };
        FacetCounts { values: self.found.iter().take(size).map(value).collect(), distinct: self.distinct }
    }
}

/// All documents of a commit by the values of each facet and by month.
#[derive(Debug)]
pub(crate) struct Overview {
    pub(crate) documents: u64,
    pub(crate) months: BTreeMap<u64, u64>,
    facets: Vec<(Facet, Tally)>,
}

impl Overview {
    /// Counts what a plan for all documents finds.
    pub(crate) fn count(snapshot: &Snapshot, plan: &Plan, watch: &mut Watch) -> Result<Self, Stop> {
        let mut months = MonthCounter::default();
        let mut texts = Vec::new();
        for facet in Facet::ALL.iter().copied() {
            if let Some(text) = TextCounter::new(facet, snapshot)? {
                texts.push((facet, text));
            }
        }
        let mut counters: Vec<&mut dyn Counter> = vec![&mut months];
        counters.extend(texts.iter_mut().map(|(_, text)| text as &mut dyn Counter));
        let documents = collect::collect(snapshot, Sought::plan(plan), None, &mut counters, watch)?;
        let facets = texts.into_iter().map(|(facet, text)| (facet, text.tally(usize::MAX)));
        Ok(Self { documents, months: months.months(), facets: facets.collect() })
    }

    /// The `size` most frequent values of a facet; none of the calendar's.
    pub(crate) fn counts(&self, facet: Facet, size: usize) -> FacetCounts {
        let known = self.facets.iter().find(|(known, _)| *known == facet);
        known.map(|(_, tally)| tally.counts(size)).unwrap_or_default()
    }
}

impl Counter for TextCounter {
    fn begin(&mut self, segment: &Segment<'_>) {
        self.segment = segment.number as usize;
        self.column = segment.columns.text(self.field).cloned();
    }

    fn count(&mut self, docs: &[DocId]) {
        let (Some(column), Some(places)) = (&self.column, self.values.places.get(self.segment)) else {
            return;
        };
        let counts = &mut self.counts;
        let mut add = |value: u64| {
            if let Some(count) = places.get(value as usize).and_then(|place| counts.get_mut(*place as usize))
            {
                *count += 1;
            }
        };
        let values = column.ords();
        if values.get_cardinality() == Cardinality::Multivalued {
            for doc in docs {
                values.values_for_doc(*doc).for_each(&mut add);
            }
        } else {
            let mut found = [None; tantivy::COLLECT_BLOCK_BUFFER_LEN];
            let found = &mut found[..docs.len()];
            values.first_vals(docs, found);
            found.iter().flatten().copied().for_each(add);
        }
    }

    fn end(&mut self) {
        self.column = None;
    }
}

/// Counts calendar months.
#[derive(Default)]
pub(crate) struct MonthCounter {
    column: Option<Column<u64>>,
    /// The month of the table's first place.
    first: u64,
    here: Vec<u32>,
    all: BTreeMap<u64, u64>,
}

impl MonthCounter {
    /// Documents by month, as `year * 12 + month - 1`.
    pub(crate) fn months(self) -> BTreeMap<u64, u64> {
        self.all
    }
}

impl Counter for MonthCounter {
    fn begin(&mut self, segment: &Segment<'_>) {
        let column = &segment.columns.months;
        let (first, last) = (column.min_value(), column.max_value());
        self.first = first;
        // Years have four digits, so the table is bounded.
        let months = last.checked_sub(first).map_or(0, |months| months as usize + 1);
        self.here = vec![0; months.min(120_000)];
        self.column = Some(column.clone());
    }

    fn count(&mut self, docs: &[DocId]) {
        let Some(column) = &self.column else { return };
        let mut found = [None; tantivy::COLLECT_BLOCK_BUFFER_LEN];
        let found = &mut found[..docs.len()];
        column.first_vals(docs, found);
        for month in found.iter().flatten() {
            if let Some(count) = self.here.get_mut((month - self.first) as usize) {
                *count += 1;
            }
        }
    }

    fn end(&mut self) {
        for (month, count) in (self.first..).zip(std::mem::take(&mut self.here)) {
            if count > 0 {
                *self.all.entry(month).or_default() += u64::from(count);
            }
        }
    }
}
