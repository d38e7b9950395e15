//! What was collected, by source.

use std::collections::{BTreeMap, HashMap};

use tantivy::query::{EnableScoring, Query as _};
use tantivy::{DocId, SegmentReader};

use super::document::SourceSummary;
use super::entry;
use super::reader::Index;
use super::schema::{RecordKind, name};
use crate::Error;

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

/// The span around two spans of days.
pub(crate) fn around(a: Option<(i64, i64)>, b: Option<(i64, i64)>) -> Option<(i64, i64)> {
    match (a, b) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (known, other) => known.or(other),
    }
}

impl Index {
    /// What was collected, by source, in the order of names.
    pub fn sources(&self) -> Result<Vec<SourceSummary>, Error> {
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
        let summary = |(name, sum): (String, Sum<String>)| SourceSummary {
            name,
            // Of equals the first by name, so that the answer does not depend on chance.
            province: sum
                .provinces
                .into_iter()
                .max_by(|(a, a_count), (b, b_count)| a_count.cmp(b_count).then_with(|| b.cmp(a)))
                .map(|(province, _)| province),
            documents: sum.documents,
            dates: sum.days.and_then(|(first, last)| Some((entry::date(first)?, entry::date(last)?))),
        };
        Ok(all.into_iter().map(summary).collect())
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
