//! Running a planned search: one pass over what matches counts it, lets facets see it, and keeps the best.

use std::collections::BinaryHeap;
use std::time::Instant;

use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocAddress, DocId, DocSet as _, SegmentReader, TERMINATED, TantivyError};

use super::conjunction::Sink;
use super::max_score::{self, Judge};
use super::part::Part;
use super::plan::Plan;
use super::question::{Asked, Docs};
use super::reader::Snapshot;
use super::segment::Segment;
use crate::query::QueryError;
use crate::search::{Counted, Direction, Page, Rank, Sort};

/// Why a search ended without an answer.
pub(crate) enum Stop {
    TooSlow,
    Tantivy(TantivyError),
}

impl From<TantivyError> for Stop {
    fn from(error: TantivyError) -> Self {
        Self::Tantivy(error)
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Tantivy(error.into())
    }
}

/// When a search must be over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    end: Instant,
    limit: std::time::Duration,
}

impl Deadline {
    pub(crate) fn after(limit: std::time::Duration) -> Self {
        Self { end: Instant::now() + limit, limit }
    }

    pub(crate) fn error(self) -> QueryError {
        QueryError::TooSlow { limit: self.limit }
    }
}

/// Looks at the clock now and then.
pub(crate) struct Watch {
    deadline: Deadline,
    looks: u32,
    late: bool,
}

impl Watch {
    pub(crate) fn new(deadline: Deadline) -> Self {
        Self { deadline, looks: 0, late: false }
    }

    /// Whether time is up; asks the clock every `EVERY` documents.
    pub(crate) fn is_late(&mut self, documents: u32) -> bool {
        const EVERY: u32 = 4_096;
        self.looks += documents;
        if self.looks >= EVERY {
            self.looks = 0;
            self.late = self.late || Instant::now() > self.deadline.end;
        }
        self.late
    }

    pub(crate) fn end(self) -> Result<(), Stop> {
        if self.late { Err(Stop::TooSlow) } else { Ok(()) }
    }
}

/// A result: its place in the list, where it is, and which words of a question it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ranked {
    pub(crate) rank: Rank,
    pub(crate) address: DocAddress,
    pub(crate) has: u64,
}

/// What is looked for in one pass.
#[derive(Clone, Copy)]
pub(crate) struct Sought<'a> {
    pub(crate) plan: &'a Plan,
    /// What else scores where it stands, besides what the plan's query has.
    pub(crate) hints: &'a [Part],
    /// Comes on top of all scores.
    pub(crate) on_top: f32,
}

impl<'a> Sought<'a> {
    /// A plan by itself.
    pub(crate) fn plan(plan: &'a Plan) -> Self {
        Self { plan, hints: &[], on_top: 0.0 }
    }
}

/// Counts what matches and lets each counter see it; the best of it is kept in the same pass, where that is asked for.
pub(crate) fn collect(
    snapshot: &Snapshot,
    sought: Sought<'_>,
    mut best: Option<(Sort, &mut Best)>,
    counters: &mut [&mut dyn Counter],
    watch: &mut Watch,
) -> Result<u64, Stop> {
    let plan = sought.plan;
    let by_score = matches!(best, Some((Sort::Relevance, _)));
    let unscored = || EnableScoring::disabled_from_searcher(&snapshot.searcher);
    let enabled = || EnableScoring::enabled_from_statistics_provider(snapshot, &snapshot.searcher);
    let words = plan.words.as_ref().filter(|_| by_score);
    let words = words.map(|words| words.scored(snapshot, sought.hints)).transpose()?;
    let weight = match &words {
        None => Some(plan.query.weight(if by_score { enabled() } else { unscored() })?),
        Some(_) => None,
    };
    let mut total = 0;
    for segment in snapshot.segments(plan.days) {
        if let (None, Some(weight), true, true) =
            (&best, &weight, counters.is_empty(), plan.days.is_everything())
        {
            total += u64::from(weight.count(segment.reader)?);
            continue;
        }
        for counter in &mut *counters {
            counter.begin(&segment);
        }
        let mut pass = Pass { segment, on_top: sought.on_top, seen: Block::default(), counters, total: 0 };
        match (&mut best, &words, &weight) {
            (Some((_, best)), Some(words), _) => {
                words.each(&segment, &mut Offering { pass: &mut pass, best }, watch)?;
            }
            (Some((Sort::Relevance, best)), None, Some(weight)) => {
                by_score_of(&**weight, &mut Offering { pass: &mut pass, best }, watch)?;
            }
            (best, _, Some(weight)) => each_block(&**weight, segment.reader, watch, &mut |docs| {
                for doc in docs.iter().copied().filter(|doc| segment.wants(*doc)) {
                    pass.see(doc);
                }
                if let Some((sort, best)) = best {
                    offer_by_date(docs, &segment, *sort, best);
                }
                Ok(())
            })?,
            (_, _, None) => {}
        }
        total += pass.end();
        for counter in &mut *counters {
            counter.end();
        }
        if watch.late {
            break;
        }
    }
    Ok(total)
}

/// Documents that counters are shown together.
struct Block {
    docs: [DocId; tantivy::COLLECT_BLOCK_BUFFER_LEN],
    filled: usize,
}

impl Default for Block {
    fn default() -> Self {
        Self { docs: [0; tantivy::COLLECT_BLOCK_BUFFER_LEN], filled: 0 }
    }
}

/// A pass over what matches in a segment.
struct Pass<'a, 'counter> {
    segment: Segment<'a>,
    on_top: f32,
    seen: Block,
    counters: &'a mut [&'counter mut dyn Counter],
    total: u64,
}

impl Pass<'_, '_> {
    /// A wanted document that matches.
    fn see(&mut self, doc: DocId) {
        self.total += 1;
        if self.counters.is_empty() {
            return;
        }
        self.seen.docs[self.seen.filled] = doc;
        self.seen.filled += 1;
        if self.seen.filled == self.seen.docs.len() {
            self.show();
        }
    }

    fn show(&mut self) {
        for counter in &mut *self.counters {
            counter.count(&self.seen.docs[..self.seen.filled]);
        }
        self.seen.filled = 0;
    }

    /// How many there were.
    fn end(mut self) -> u64 {
        self.show();
        self.total
    }
}

/// A pass that offers what it sees.
struct Offering<'a, 'pass, 'counter> {
    pass: &'a mut Pass<'pass, 'counter>,
    best: &'a mut Best,
}

impl Sink for Offering<'_, '_, '_> {
    fn see(&mut self, doc: DocId) {
        self.pass.see(doc);
    }

    fn floor(&self) -> f32 {
        let Some(floor) = self.best.floor() else { return f32::NEG_INFINITY };
        // What is put on top takes the last places of a score away.
        f32::from_bits(floor as u32) - self.pass.on_top * (1.0 + 2.0 * f32::EPSILON)
    }

    fn offer(&mut self, doc: DocId, score: f32) {
        let weight = Rank::of_score(score + self.pass.on_top);
        // Equals are offered too: the key decides between them.
        if self.best.floor().is_none_or(|floor| weight >= floor) {
            let rank = self.pass.segment.rank(doc, weight);
            self.best.offer(Ranked { rank, address: self.pass.segment.address(doc), has: u64::MAX });
        }
    }
}

/// Offers the documents that match, each scored.
fn by_score_of(weight: &dyn Weight, to: &mut Offering<'_, '_, '_>, watch: &mut Watch) -> Result<(), Stop> {
    let segment = to.pass.segment;
    let mut scorer = weight.scorer(segment.reader, 1.0)?;
    let mut doc = scorer.doc();
    while doc != TERMINATED && !watch.is_late(1) {
        if segment.wants(doc) {
            to.see(doc);
            to.offer(doc, scorer.score());
        }
        doc = scorer.advance();
    }
    Ok(())
}

/// What else answers a question: those that have some of its words by relevance, behind or among those with all; by date
/// where none has all.
pub(crate) fn others(
    snapshot: &Snapshot,
    asked: &Asked,
    (counted, sort): (Counted, Sort),
    best: &mut Best,
    watch: &mut Watch,
) -> Result<(), Stop> {
    match sort {
        Sort::Relevance if best.floor().is_none() => partly(snapshot, asked, best, watch),
        Sort::Newest | Sort::Oldest if counted != Counted::AllWords => {
            asked.each(snapshot, counted, watch, &mut |segment, docs| {
                offer_by_date(docs, segment, sort, best);
            })
        }
        _ => Ok(()),
    }
}

/// Offers what has most of the words of a question, and was not offered for having all.
fn partly(snapshot: &Snapshot, asked: &Asked, best: &mut Best, watch: &mut Watch) -> Result<(), Stop> {
    let weights = asked.weights(snapshot)?;
    for segment in snapshot.segments(asked.days) {
        let held = weights.conditions(segment.reader, watch)?;
        // What comes first has been offered already.
        let offered = if asked.weighed.all_first { weights.all(segment.reader, watch)? } else { None };
        let mut part = Partly { asked, segment, held, offered, best };
        max_score::rank(&asked.parts, asked.weighed.words.len(), segment.reader, &mut part, watch)?;
        if watch.late {
            break;
        }
    }
    Ok(())
}

/// What has a part of the words, in a segment.
struct Partly<'a> {
    asked: &'a Asked,
    segment: Segment<'a>,
    held: Option<Docs>,
    offered: Option<Docs>,
    best: &'a mut Best,
}

impl Judge for Partly<'_> {
    fn admits(&self, doc: DocId) -> bool {
        self.segment.wants(doc)
            && self.held.as_ref().is_none_or(|held| held.has(doc))
            && !self.offered.as_ref().is_some_and(|offered| offered.has(doc))
    }

    fn offer(&mut self, doc: DocId, has: u64, score: f32) {
        let rank = self.segment.rank(doc, Rank::of_score(score));
        if self.asked.weighed.suffices(has) {
            self.best.offer(Ranked { rank, address: self.segment.address(doc), has });
        }
    }

    fn floor(&self) -> Option<f32> {
        self.best.floor().map(|weight| f32::from_bits(weight as u32))
    }
}

/// The best results of a page so far.
pub(crate) struct Best {
    ranked: BinaryHeap<Worst>,
    page: Page,
    room: usize,
    /// The last ones before a place are wanted, not the first ones after it.
    backwards: bool,
}

/// A result; the greatest is the first to be dropped.
#[derive(PartialEq, Eq)]
struct Worst {
    found: Ranked,
    backwards: bool,
}

impl Ord for Worst {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let forwards = self.found.rank.cmp(&other.found.rank);
        if self.backwards { forwards.reverse() } else { forwards }
    }
}

impl PartialOrd for Worst {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Best {
    pub(crate) fn of(page: Page) -> Self {
        let backwards = matches!(page.from, Some((Direction::Previous, _)));
        Self { ranked: BinaryHeap::new(), page, room: page.limit + 1, backwards }
    }

    /// In order, and whether there are more than fit the page.
    pub(crate) fn results(self) -> (Vec<Ranked>, bool) {
        let mut ranked: Vec<Ranked> = self.ranked.into_iter().map(|worst| worst.found).collect();
        ranked.sort_unstable_by_key(|found| found.rank);
        let more = ranked.len() > self.page.limit;
        if more && self.backwards {
            ranked.remove(0);
        }
        ranked.truncate(self.page.limit);
        (ranked, more)
    }

    /// Takes a result where it belongs to the page.
    fn offer(&mut self, found: Ranked) {
        if !self.page.wants(found.rank) {
            return;
        }
        let offered = Worst { found, backwards: self.backwards };
        if self.ranked.len() < self.room {
            self.ranked.push(offered);
        } else if let Some(mut worst) = self.ranked.peek_mut()
            && offered < *worst
        {
            *worst = offered;
        }
    }

    /// Weights below this need not be offered.
    fn floor(&self) -> Option<u64> {
        let full = self.ranked.len() >= self.room && !self.backwards;
        if full { self.ranked.peek().map(|worst| worst.found.rank.weight) } else { None }
    }
}

fn offer_by_date(docs: &[DocId], segment: &Segment<'_>, sort: Sort, best: &mut Best) {
    for doc in docs {
        if !segment.wants(*doc) {
            continue;
        }
        let weight = Rank::of_day(sort, segment.columns.days.first(*doc));
        if best.floor().is_some_and(|floor| weight < floor) {
            continue;
        }
        let rank = segment.rank(*doc, weight);
        best.offer(Ranked { rank, address: segment.address(*doc), has: u64::MAX });
    }
}

/// Hands the documents that match to `take`, in blocks, deleted ones included.
pub(crate) fn each_block(
    weight: &dyn Weight,
    reader: &SegmentReader,
    watch: &mut Watch,
    take: &mut dyn FnMut(&[DocId]) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    let mut block = [0; tantivy::COLLECT_BLOCK_BUFFER_LEN];
    loop {
        let count = scorer.fill_buffer(&mut block);
        take(&block[..count])?;
        if count < block.len() || watch.is_late(count as u32) {
            return Ok(());
        }
    }
}

/// What is done with all documents that match, segment by segment.
pub(crate) trait Counter {
    /// A segment begins.
    fn begin(&mut self, segment: &Segment<'_>);
    /// Documents of it that match.
    fn count(&mut self, docs: &[DocId]);
    /// It is over.
    fn end(&mut self);
}
