//! The best documents that have any of many terms, by `MaxScore` (Turtle and Flood 1995): what only has terms that together cannot
//! reach the page is not looked at. Block-max WAND, which tantivy has, sorts its terms at every step, and a text that is pasted
//! has a hundred.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25StatisticsProvider as _, Bm25Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED, Term};

use super::collect::{Stop, Watch};
use super::reader::Snapshot;
use super::spelt::Spellings;
use crate::best::Among;

/// Documents that are added up at a time.
const WINDOW: u32 = 4_096;

/// A score as a whole number, so that sums are the same in whatever order they are made: pages are told apart by scores.
type Whole = u64;

/// Of one.
const UNIT: f32 = 65_536.0;

fn whole(score: f32) -> Whole {
    (score * UNIT + 0.5) as Whole
}

/// A score out of what was added up.
fn score(sum: Whole) -> f32 {
    sum as f32 / UNIT
}

/// A term and how it scores (BM25).
pub(super) struct Part {
    among: Among,
    term: Term,
    weight: Bm25Weight,
}

impl Part {
    /// Of a term that so many documents have.
    pub(super) fn new(
        snapshot: &Snapshot,
        (among, term): (Among, Term),
        having: u64,
        boost: f32,
    ) -> tantivy::Result<Self> {
        let tokens = snapshot.total_num_tokens(term.field())?;
        let documents = snapshot.documents().max(1);
        let average = tokens as f32 / documents as f32;
        let weight = Bm25Weight::for_one_term(having.min(documents), documents, average).boost_by(boost);
        Ok(Self { among, term, weight })
    }
}

/// A part in a segment.
struct Reading<'a> {
    postings: Spellings,
    lengths: FieldNormReader,
    weight: &'a Bm25Weight,
    /// Its bit, where it is one of the words that are told.
    bit: u64,
    /// The most that it can score.
    most: Whole,
}

impl Reading<'_> {
    fn worth(&mut self) -> Whole {
        let length = self.lengths.fieldnorm_id(self.postings.doc());
        // What stands there counts, however little.
        whole(self.weight.score(length, self.postings.frequency())).max(1)
    }
}

/// What a segment's documents are asked.
pub(super) trait Judge {
    /// Whether a document may be offered.
    fn admits(&self, doc: DocId) -> bool;
    /// A document that may, which of the words it has, and its score.
    fn offer(&mut self, doc: DocId, has: u64, score: f32);
    /// What a score must reach to be offered; `None` as long as any will do.
    fn floor(&self) -> Option<f32>;
}

/// Offers the documents of a segment that have any of the parts and may be good enough. The first `words` of the parts are
/// the words that are told.
pub(super) fn rank(
    parts: &[Part],
    words: usize,
    reader: &SegmentReader,
    judge: &mut dyn Judge,
    watch: &mut Watch,
) -> Result<(), Stop> {
    let mut readings = open(parts, words, reader)?;
    // The most that this one and all before it can score together.
    let together: Vec<Whole> = readings
        .iter()
        .scan(0, |sum, reading| {
            *sum += reading.most;
            Some(*sum)
        })
        .collect();
    let mut sums = vec![(0, 0_u64); WINDOW as usize];
    let mut floor = judge.floor().map(whole);
    loop {
        // What has only such as stand before the essential ones stays below the floor. A little room, since the floor was rounded.
        let below = |floor: Whole| together.partition_point(|sum| sum + 1 < floor);
        let essential = floor.map_or(0, below);
        let (others, essential) = readings.split_at_mut(essential);
        let begin = essential.iter().map(|reading| reading.postings.doc()).min();
        let Some(begin) = begin.filter(|begin| *begin != TERMINATED) else { return Ok(()) };
        let end = begin.saturating_add(WINDOW);
        let mut read = 0;
        for reading in essential {
            while reading.postings.doc() < end {
                let worth = reading.worth();
                let (sum, has) = &mut sums[(reading.postings.doc() - begin) as usize];
                *sum += worth;
                *has |= reading.bit;
                reading.postings.advance();
                read += 1;
            }
        }
        for (doc, place) in (begin..end).zip(&mut sums) {
            if place.0 == 0 {
                continue;
            }
            let (sum, has) = std::mem::take(place);
            if let Some((has, sum)) = completed((sum, has), doc, others, &together, floor, judge) {
                judge.offer(doc, has, score(sum));
                floor = judge.floor().map(whole);
            }
        }
        if watch.is_late(read) {
            return Ok(());
        }
    }
}

/// A document's words and sum with the parts that were not added up yet; `None` where it may not be offered or stays below the
/// floor.
fn completed(
    (mut sum, mut has): (Whole, u64),
    doc: DocId,
    others: &mut [Reading<'_>],
    together: &[Whole],
    floor: Option<Whole>,
    judge: &dyn Judge,
) -> Option<(u64, Whole)> {
    let reaches = |sum: Whole, others: usize| {
        let rest = others.checked_sub(1).map_or(0, |last| together[last]);
        floor.is_none_or(|floor| sum + rest + 1 >= floor)
    };
    if !reaches(sum, others.len()) || !judge.admits(doc) {
        return None;
    }
    for number in (0..others.len()).rev() {
        let reading = &mut others[number];
        if reading.postings.doc() < doc {
            reading.postings.seek(doc);
        }
        if reading.postings.doc() == doc {
            sum += reading.worth();
            has |= reading.bit;
        }
        if !reaches(sum, number) {
            return None;
        }
    }
    Some((has, sum))
}

/// The parts that a segment has, those that can score least first.
fn open<'a>(parts: &'a [Part], words: usize, reader: &SegmentReader) -> tantivy::Result<Vec<Reading<'a>>> {
    let mut readings = Vec::with_capacity(parts.len());
    for (number, Part { among, term, weight }) in parts.iter().enumerate() {
        let read = match among {
            Among::Words => Spellings::one,
            Among::Pairs => Spellings::pair,
        };
        let Some(postings) = read(reader, term, IndexRecordOption::WithFreqs)? else { continue };
        readings.push(Reading {
            postings,
            lengths: reader.get_fieldnorms_reader(term.field())?,
            weight,
            bit: if number < words { 1 << number } else { 0 },
            most: whole(weight.max_score()) + 1,
        });
    }
    readings.sort_by_key(|reading| reading.most);
    Ok(readings)
}
