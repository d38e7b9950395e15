//! The best documents that have any of many terms, by `MaxScore` (Turtle and Flood 1995): what only has terms that together cannot
//! reach the page is not looked at. Block-max WAND, which tantivy has, sorts its terms at every step, and a text that is pasted
//! has a hundred.

use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED};

use super::collect::{Stop, Watch};
use super::part::{Part, Reading, Whole, score, whole};
use super::spelt::Spellings;

/// Documents that are added up at a time.
const WINDOW: u32 = 4_096;

/// A part in a segment, and its bit, where it is one of the words that are told.
struct Told<'a> {
    reading: Reading<'a, Spellings>,
    bit: u64,
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
        .scan(0, |sum, told| {
            *sum += told.reading.most;
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
        let begin = essential.iter().map(|told| told.reading.postings.doc()).min();
        let Some(begin) = begin.filter(|begin| *begin != TERMINATED) else { return Ok(()) };
        let end = begin.saturating_add(WINDOW);
        let mut read = 0;
        for Told { reading, bit } in essential {
            while reading.postings.doc() < end {
                let worth = reading.worth();
                let (sum, has) = &mut sums[(reading.postings.doc() - begin) as usize];
                *sum += worth;
                *has |= *bit;
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
    others: &mut [Told<'_>],
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
        let Told { reading, bit } = &mut others[number];
        if reading.stands(doc) {
            sum += reading.worth();
            has |= *bit;
        }
        if !reaches(sum, number) {
            return None;
        }
    }
    Some((has, sum))
}

/// The parts that a segment has, those that can score least first.
fn open<'a>(parts: &'a [Part], words: usize, reader: &SegmentReader) -> tantivy::Result<Vec<Told<'a>>> {
    let mut readings = Vec::with_capacity(parts.len());
    for (number, part) in parts.iter().enumerate() {
        let Some(reading) = part.open(reader)? else { continue };
        readings.push(Told { reading, bit: if number < words { 1 << number } else { 0 } });
    }
    readings.sort_by_key(|told| told.reading.most);
    Ok(readings)
}
