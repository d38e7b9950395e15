//! Counting documents by the values of their fast fields.

use std::collections::{BTreeMap, HashMap};

use tantivy::columnar::{Cardinality, Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::collect::{Counter, Stop};
use super::schema::name;
use crate::search::{Facet, FacetCounts};

/// Counts the values of a text field.
pub(crate) struct TextCounter {
    field: &'static str,
    column: Option<StrColumn>,
    /// By the number of a value in this segment.
    here: Counts,
    all: HashMap<String, u64>,
}

/// Counts by small numbers: a table where there are few, a map where there are many.
enum Counts {
    Table(Vec<u32>),
    Map(HashMap<u64, u32>),
}

/// Values of one segment that are counted in a table.
const TABLE: usize = 100_000;

impl Counts {
    fn new(values: usize) -> Self {
        if values <= TABLE { Self::Table(vec![0; values]) } else { Self::Map(HashMap::new()) }
    }

    fn add(&mut self, value: u64) {
        match self {
            Self::Table(table) => {
                if let Some(count) = table.get_mut(value as usize) {
                    *count += 1;
                }
            }
            Self::Map(map) => *map.entry(value).or_default() += 1,
        }
    }

    fn take(&mut self) -> Vec<(u64, u32)> {
        match self {
            Self::Table(table) => (0..).zip(std::mem::take(table)).filter(|(_, count)| *count > 0).collect(),
            Self::Map(map) => {
                let mut all: Vec<_> = std::mem::take(map).into_iter().collect();
                all.sort_unstable();
                all
            }
        }
    }
}

impl TextCounter {
    /// A counter for a facet that is text.
    pub(crate) fn new(facet: Facet) -> Option<Self> {
        let field = match facet {
            Facet::Source => name::SOURCE,
            Facet::Province => name::PROVINCE,
            Facet::Language => name::LANGUAGE,
            Facet::Type => name::TYPES,
            Facet::Directive => name::DIRECTIVE,
            Facet::Official => name::OFFICIAL,
            Facet::Position => name::POSITION,
            Facet::Indicator => name::INDICATOR,
            Facet::Year | Facet::Month => return None,
        };
        Some(Self { field, column: None, here: Counts::new(0), all: HashMap::new() })
    }

    /// The most frequent values.
    pub(crate) fn counts(self, size: usize) -> FacetCounts {
        FacetCounts::of(self.all.into_iter().collect(), size)
    }
}

impl Counter for TextCounter {
    fn begin(&mut self, reader: &SegmentReader) -> Result<(), Stop> {
        self.column = reader.fast_fields().str(self.field)?;
        self.here = Counts::new(self.column.as_ref().map_or(0, |column| column.num_terms()));
        Ok(())
    }

    fn count(&mut self, docs: &[DocId]) {
        let Some(column) = &self.column else { return };
        let values = column.ords();
        if values.get_cardinality() == Cardinality::Multivalued {
            for doc in docs {
                for value in values.values_for_doc(*doc) {
                    self.here.add(value);
                }
            }
        } else {
            let mut found = [None; tantivy::COLLECT_BLOCK_BUFFER_LEN];
            let found = &mut found[..docs.len()];
            values.first_vals(docs, found);
            for value in found.iter().flatten() {
                self.here.add(*value);
            }
        }
    }

    fn end(&mut self) -> Result<(), Stop> {
        let Some(column) = self.column.take() else { return Ok(()) };
        let counts = self.here.take();
        let mut each = counts.iter();
        let numbers: Vec<u64> = counts.iter().map(|(value, _)| *value).collect();
        let all = &mut self.all;
        column.dictionary().sorted_ords_to_term_cb(&numbers, |term| {
            if let (Some((_, count)), Ok(value)) = (each.next(), str::from_utf8(term)) {
                if let Some(known) = all.get_mut(value) {
                    *known += u64::from(*count);
                } else {
                    all.insert(value.to_owned(), u64::from(*count));
                }
            }
        })?;
        Ok(())
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
    fn begin(&mut self, reader: &SegmentReader) -> Result<(), Stop> {
        let column = reader.fast_fields().u64(name::MONTH)?;
        let (first, last) = (column.min_value(), column.max_value());
        self.first = first;
        // Years have four digits, so the table is bounded.
        let months = last.checked_sub(first).map_or(0, |months| months as usize + 1);
        self.here = vec![0; months.min(120_000)];
        self.column = Some(column);
        Ok(())
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

    fn end(&mut self) -> Result<(), Stop> {
        for (month, count) in (self.first..).zip(std::mem::take(&mut self.here)) {
            if count > 0 {
                *self.all.entry(month).or_default() += u64::from(count);
            }
        }
        Ok(())
    }
}
