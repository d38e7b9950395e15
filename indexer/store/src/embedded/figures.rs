//! Figures by what they are about.

use std::collections::{BinaryHeap, HashMap};

use extract::Figure;
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Occur, Query};
use tantivy::{DocAddress, DocId, SegmentReader, Term};

use super::plan::{self, Days};
use super::reader::{Embedded, Snapshot};
use super::schema::{RecordKind, name};
use crate::calendar::{around, date};
use crate::error::Error;
use crate::figure::{FigureFilter, FigurePlace, Figures, KeyCount, MAX_FIGURES, most_first};
use crate::record::{Keyed, MentionReader};

/// Figures, documents, the document that was counted last, and days.
#[derive(Default)]
struct Tally {
    mentions: u64,
    documents: u64,
    last: Option<u64>,
    days: Option<(i64, i64)>,
}

impl Embedded {
    /// The keys of the figures that a filter lets through.
    pub(super) fn indicators_of(
        &self,
        filter: &FigureFilter,
        limit: usize,
    ) -> Result<(Vec<KeyCount>, usize), Error> {
        let snapshot = self.snapshot();
        let mut all: HashMap<String, Tally> = HashMap::new();
        self.each_figure(&snapshot, filter, &mut |segment, docs| {
            let fast = segment.reader.fast_fields();
            let Some(keys) = fast.str(name::INDICATOR)? else { return Ok(()) };
            let orders = fast.u64(name::ORDER)?;
            let mut here: HashMap<u64, Tally> = HashMap::new();
            for doc in docs {
                let Some(key) = keys.ords().first(*doc) else { continue };
                let tally = here.entry(key).or_default();
                tally.mentions += 1;
                // The figures of one document stand one behind the other.
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
            first: tally.days.and_then(|(first, _)| date(first)),
            last: tally.days.and_then(|(_, last)| date(last)),
        };
        let mut all: Vec<KeyCount> = all.into_iter().map(count).collect();
        most_first(&mut all);
        all.truncate(limit);
        Ok((all, distinct))
    }

    /// The figures that a filter lets through.
    pub(super) fn figures_of(
        &self,
        filter: &FigureFilter,
        after: Option<FigurePlace>,
        limit: usize,
    ) -> Result<Figures, Error> {
        let limit = limit.min(MAX_FIGURES);
        let snapshot = self.snapshot();
        // The greatest is the first to be dropped.
        let mut earliest: BinaryHeap<(FigurePlace, DocAddress, u64)> = BinaryHeap::new();
        let mut total = 0;
        self.each_figure(&snapshot, filter, &mut |segment, docs| {
            let fast = segment.reader.fast_fields();
            let (orders, places) = (fast.u64(name::ORDER)?, fast.u64(name::PLACE)?);
            let numbers = fast.u64(name::NUMBER)?;
            total += docs.len() as u64;
            for doc in docs {
                let place = FigurePlace {
                    day: segment.days.first(*doc).unwrap_or(i64::MAX),
                    order: orders.first(*doc).unwrap_or_default(),
                    start: places.first(*doc).unwrap_or_default(),
                };
                if after.is_some_and(|after| place <= after) {
                    continue;
                }
                let number = numbers.first(*doc).unwrap_or(u64::MAX);
                let found = (place, DocAddress::new(segment.number, *doc), number);
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
        let lost = || self.corrupt("a figure is in no document");
        // By document, in the order in which these stand on the disk.
        let mut by_document: Vec<(DocAddress, usize, usize)> = Vec::with_capacity(found.len());
        for (place, (_, figure, number)) in found.iter().enumerate() {
            let before = u32::try_from(*number).ok().and_then(|number| number.checked_add(1));
            let document = before.and_then(|before| figure.doc_id.checked_sub(before)).ok_or_else(lost)?;
            by_document.push((DocAddress::new(figure.segment_ord, document), *number as usize, place));
        }
        by_document.sort_unstable();
        let mut records: Vec<(usize, Keyed<Figure>)> = Vec::with_capacity(found.len());
        for of_one in by_document.chunk_by(|(a, ..), (b, ..)| a == b) {
            let document = snapshot.searcher.doc(of_one[0].0).map_err(|error| self.error(error))?;
            let stored = self.read_stored(&document)?;
            let reader = MentionReader::of(&stored);
            for (_, number, place) in of_one {
                records.push((*place, reader.figure(*number).ok_or_else(lost)?));
            }
        }
        records.sort_unstable_by_key(|(number, _)| *number);
        Ok(Figures { records: records.into_iter().map(|(_, keyed)| keyed).collect(), total })
    }

    /// Hands the figures that a filter lets through to `take`, one segment at a time.
    fn each_figure(
        &self,
        snapshot: &Snapshot,
        filter: &FigureFilter,
        take: &mut dyn FnMut(&FigureSegment<'_>, &[DocId]) -> tantivy::Result<()>,
    ) -> Result<(), Error> {
        let query = self.figure_query(filter);
        let days = Days::new(filter.from, filter.to);
        let years = filter.years.map(|(first, last)| (i64::from(first), i64::from(last)));
        let mut run = || -> tantivy::Result<()> {
            let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
            for (number, reader) in snapshot.searcher.segment_readers().iter().enumerate() {
                let fast = reader.fast_fields();
                let segment = FigureSegment { number: number as u32, reader, days: fast.i64(name::DAY)? };
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

    fn figure_query(&self, filter: &FigureFilter) -> Box<dyn Query> {
        let fields = self.fields();
        let mut clauses: Vec<(Occur, Box<dyn Query>)> =
            vec![(Occur::Must, Box::new(self.kind(RecordKind::Figure)))];
        let mut any = |field, values: &mut dyn Iterator<Item = &str>| {
            let wanted = plan::any_of(values.map(|value| Term::from_field_text(field, value)).collect());
            clauses.extend(wanted.map(|wanted| (Occur::Must, wanted)));
        };
        any(fields.indicator, &mut filter.keys.iter().map(String::as_str));
        any(fields.province, &mut filter.provinces.iter().map(String::as_str));
        any(fields.source, &mut filter.sources.iter().map(String::as_str));
        any(fields.language, &mut filter.languages.iter().map(corpus::Language::code));
        let document = filter.document.map(|id| id.to_string());
        any(fields.id, &mut document.iter().map(String::as_str));
        if !filter.words.is_empty() {
            clauses.extend(plan::words(&plan::Target::About(fields.about), &filter.words));
        }
        plan::joined(clauses)
    }
}

/// A segment of which figures are read.
struct FigureSegment<'a> {
    number: u32,
    reader: &'a SegmentReader,
    days: Column<i64>,
}
