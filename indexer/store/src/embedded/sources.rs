//! What was collected, by source.

use std::collections::{BTreeMap, HashMap};

use tantivy::query::{EnableScoring, Query as _};
use tantivy::{DocId, SegmentReader};

use super::reader::{Embedded, Snapshot};
use super::schema::{RecordKind, name};
use crate::calendar::{around, date};
use crate::error::Error;
use crate::store::SourceSummary;

/// What is counted of a source; provinces by name, or by number within a segment.
struct Sum<Province> {
    documents: u64,
    days: Option<(i64, i64)>,
    provinces: HashMap<Province, u64>,
}

impl<Province> Default for Sum<Province> {
    fn default() -> Self {
        Self { documents: 0, days: None, provinces: HashMap::new() }
    }
}

impl Embedded {
    /// What was collected, by source, in the order of names.
    pub(super) fn by_source(&self) -> Result<Vec<SourceSummary>, Error> {
        let snapshot = self.snapshot();
        let mut all: BTreeMap<String, Sum<String>> = BTreeMap::new();
        let mut run = || -> tantivy::Result<()> {
            let documents = self.kind(RecordKind::Document);
            let weight = documents.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
            for reader in snapshot.searcher.segment_readers() {
                let mut docs = Vec::new();
                weight.for_each_no_score(reader, &mut |block| {
                    docs.extend(block.iter().filter(|doc| !reader.is_deleted(**doc)));
                })?;
                add_segment(reader, &docs, &mut all)?;
            }
            Ok(())
        };
        run().map_err(|error| self.error(error))?;
        let summary = |(name, sum): (String, Sum<String>)| {
            let dates = sum.days.and_then(|(first, last)| Some((date(first)?, date(last)?)));
            SourceSummary::new(name, sum.documents, sum.provinces, dates)
        };
        Ok(all.into_iter().map(summary).collect())
    }
}

impl Embedded {
    /// What documents have in two fast fields, summed.
    pub(super) fn sums(&self, snapshot: &Snapshot, fields: [&str; 2]) -> Result<[u64; 2], Error> {
        let mut sums = [0; 2];
        let mut run = || -> tantivy::Result<()> {
            for reader in snapshot.searcher.segment_readers() {
                for (sum, field) in sums.iter_mut().zip(fields) {
                    let column = reader.fast_fields().u64(field)?;
                    *sum += reader.doc_ids_alive().filter_map(|doc| column.first(doc)).sum::<u64>();
                }
            }
            Ok(())
        };
        run().map_err(|error| self.error(error))?;
        Ok(sums)
    }
}

fn add_segment(
    reader: &SegmentReader,
    docs: &[DocId],
    all: &mut BTreeMap<String, Sum<String>>,
) -> tantivy::Result<()> {
    let fast = reader.fast_fields();
    let Some(sources) = fast.str(name::SOURCE)? else { return Ok(()) };
    let (provinces, days) = (fast.str(name::PROVINCE)?, fast.i64(name::DAY)?);
    let mut here: HashMap<u64, Sum<u64>> = HashMap::new();
    for doc in docs {
        let Some(source) = sources.ords().first(*doc) else { continue };
        let sum = here.entry(source).or_default();
        sum.documents += 1;
        sum.days = around(sum.days, days.first(*doc).map(|day| (day, day)));
        if let Some(province) = provinces.as_ref().and_then(|column| column.ords().first(*doc)) {
            *sum.provinces.entry(province).or_default() += 1;
        }
    }
    for (number, sum) in here {
        let mut source = String::new();
        sources.ord_to_str(number, &mut source)?;
        let total = all.entry(source).or_default();
        total.documents += sum.documents;
        total.days = around(total.days, sum.days);
        for (number, count) in sum.provinces {
            let mut province = String::new();
            if let Some(column) = &provinces {
                column.ord_to_str(number, &mut province)?;
            }
            *total.provinces.entry(province).or_default() += count;
        }
    }
    Ok(())
}
